import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, goTo, openText, ready, test, trainToTheEnd } from "./support/lab.ts";
import { holding, privateHeads, profileFiles } from "./support/profile.ts";

const marks = {
  file: "Qzxfile7741",
  column: "Qzxcolumn7742",
  level: "Qzxlevel7743",
  note: "Qzxnote7744",
  run: "Qzxrun7745",
};

const markedCsv = (): string => {
  const rows = Array.from({ length: 60 }, (_, i) =>
    [
      20 + ((i * 37) % 61),
      i % 3 ? "B" : marks.level,
      `${marks.note} seen in week ${i}`,
      i % 2 ? "yes" : "no",
    ].join(","),
  );
  return `age,${marks.column},note,died\n${rows.join("\n")}\n`;
};

test("what is kept cannot be read in the browser's files, and after forgetting its keys are nowhere in them", async ({
  playwright,
  launchOptions,
  baseURL,
}) => {
  const profile = await mkdtemp(join(tmpdir(), "semblance-profile-"));
  const visit = async () => {
    const context = await playwright.chromium.launchPersistentContext(profile, { ...launchOptions });
    const page = context.pages()[0] ?? (await context.newPage());
    await page.goto(baseURL ?? "");
    await ready(page);
    return { context, page };
  };
  try {
    const first = await visit();
    const settings = JSON.stringify({ synthesizer: "independent" });
    await first.page.evaluate((text) => {
      localStorage.setItem("semblance.settings", text);
      localStorage.setItem("semblance.control", "Qzxcontrol7746");
    }, settings);
    await first.page.reload();
    await ready(first.page);
    await openText(first.page, `${marks.file}.csv`, markedCsv());
    await first.page.getByRole("switch", { name: "Remember this table in this browser" }).click();
    await expect(first.page.getByText(/Kept in this browser: the table \(.*encrypted\)/)).toBeVisible();
    await trainToTheEnd(first.page);
    await first.page.getByRole("button", { name: "Keep them" }).click();
    await expect(first.page.getByText(/Kept in this browser: the table and 1 run/)).toBeVisible();
    await goTo(first.page, "Train");
    await first.page.getByRole("button", { name: "Rename run 1" }).click();
    await first.page.getByRole("textbox", { name: "New name of run 1" }).fill(marks.run);
    await first.page.keyboard.press("Enter");
    await expect(first.page.getByRole("button", { name: `1 · ${marks.run}` })).toBeVisible();
    await first.context.close();

    expect(await holding(profile, ["Qzxcontrol7746"]), "the search finds what is kept openly").not.toEqual(
      [],
    );
    expect(await holding(profile, Object.values(marks))).toEqual([]);
    const keys = await privateHeads(profile);
    expect(keys.length, "a key for all, and those of a table, its source and a run").toBeGreaterThanOrEqual(
      4,
    );
    expect(await holding(profile, keys)).not.toEqual([]);

    const second = await visit();
    await goTo(second.page, "Train");
    await expect(second.page.getByRole("button", { name: `1 · ${marks.run}` })).toBeVisible();
    await goTo(second.page, "Data");
    await expect(second.page.getByRole("heading", { level: 1 })).toContainText(marks.file);
    await second.page.getByTestId("forget").click();
    await expect(second.page.getByText("Everything kept in this browser has been removed.")).toBeVisible();
    await second.context.close();

    expect(await holding(profile, keys)).toEqual([]);
    expect(await holding(profile, Object.values(marks))).toEqual([]);
    expect(await privateHeads(profile)).toEqual([]);
    expect((await profileFiles(profile)).length).toBeGreaterThan(10);
  } finally {
    await rm(profile, { recursive: true, force: true });
  }
});
