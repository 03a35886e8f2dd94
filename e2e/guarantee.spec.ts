import { unzipSync } from "fflate";
import type { Locator, Page } from "@playwright/test";
import {
  expect,
  goTo,
  leaveRest,
  openLab,
  openSampleCohort,
  openText,
  ready,
  runEnds,
  save,
  test,
  violations,
  violationsOfColour,
  violationsWhenNarrow,
} from "./support/lab.ts";

/** How far the page is wider than its window, in px. */
const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

const stop = (page: Page, name: string): Locator => page.getByRole("radio", { name, exact: true });
const confirm = (page: Page): Locator => page.getByTestId("confirm-public");
const total = (page: Page): Locator => page.getByTestId("ledger-total");

/** So few patients that measuring a run takes little time. */
const few = [
  "patient,sex,furosemide_mg,ward,died",
  ...Array.from({ length: 160 }, (_, i) => {
    const died = (i * 7919) % 10 < 3;
    const dose = ((i * 37) % 9) * 20 + (died ? 120 : 0);
    return `P-${1000 + i},${i % 2 ? "f" : "m"},${dose},${"ABC"[(i * 5) % 3]},${died ? "yes" : "no"}`;
  }),
].join("\n");

/** Declares a range in its line, in place. */
async function declareRange(page: Page, column: string, from: string, to: string): Promise<void> {
  await page.getByRole("button", { name: `Declare: Range of ${column}` }).click();
  const form = page.getByRole("form", { name: `Range of ${column}` });
  await form.getByLabel("From").fill(from);
  await form.getByLabel("To").fill(to);
  await form.getByRole("button", { name: "Declare" }).click();
}

test("with a guarantee: a range declared, the list confirmed, two runs that add up, and files where they belong", async ({
  page,
}) => {
  test.slow();
  await openLab(page);
  await openText(page, "wards.csv", few);
  await goTo(page, "Train");
  await expect(stop(page, "Off")).toBeChecked();
  await expect(page.getByRole("radio", { name: /^(Noisy t|T)arget tables/ })).toHaveCount(0);

  await test.step("the switch, by its key", async () => {
    await page.keyboard.press("g");
    await expect(stop(page, "Off")).toBeFocused();
    for (let i = 0; i < 3; i++) await page.keyboard.press("ArrowRight");
    await expect(stop(page, "ε 1")).toBeChecked();
    await expect(page.getByRole("radio", { name: /^(Noisy t|T)arget tables/ })).toBeVisible();
    await expect(page.getByText("Cannot give a guarantee. Set it to Off to use them.")).toBeVisible();
    await expect(page.getByRole("radio", { name: "Autoregressive" })).toHaveCount(0);
  });

  await test.step("nothing trains before what is public is confirmed", async () => {
    await expect(page.getByTestId("train")).toHaveText("Train: confirm what is public first");
    await page.getByTestId("train").click();
    await expect(confirm(page)).toBeFocused();
    await expect(page.getByTestId("progress")).toHaveCount(0);
  });

  await test.step("a range that is upside down is refused, one that is not becomes public, and can be taken back", async () => {
    await declareRange(page, "furosemide_mg", "500", "0");
    await expect(page.getByText("The range is upside down: 500 is above 0.")).toBeVisible();
    const form = page.getByRole("form", { name: "Range of furosemide_mg" });
    await form.getByLabel("From").fill("0");
    await form.getByLabel("To").fill("500");
    await form.getByRole("button", { name: "Declare" }).click();
    const line = page.getByRole("row", { name: /^Range of furosemide_mg/ });
    await expect(line).toContainText("0 to 500");
    await expect(line).toContainText("Public");
    await confirm(page).check();
    await expect(page.getByTestId("train")).toHaveText("Train");
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(line).toContainText("Your decision");
    await expect(confirm(page)).not.toBeChecked();
    await expect(page.getByText("The list has changed since you confirmed it")).toBeVisible();
    await page.getByRole("button", { name: "Redo" }).click();
    await expect(confirm(page)).toBeChecked();
  });

  await page.getByRole("radio", { name: /^(Noisy t|T)arget tables/ }).check();
  await page.getByTestId("train").click();
  await runEnds(page);
  await leaveRest(page);

  await test.step("the ledger has the run, and says what one more would come to", async () => {
    await expect(total(page)).toContainText("In total ε 1 at δ");
    await expect(page.getByTestId("ledger")).toContainText(/Run 1 · (Noisy t|T)arget tables/);
    const kept = page.getByTestId("if-kept");
    await expect(kept).toContainText(/ε 1\.\d/);
    const [, expected = ""] = /ε (1\.\d+)/.exec((await kept.textContent()) ?? "") ?? [];
    await page.getByTestId("train").click();
    await expect(page.getByTestId("ledger")).toContainText(/Run 2 · (Noisy t|T)arget tables/, {
      timeout: 60_000,
    });
    await expect(total(page)).toContainText(`In total ε ${expected} at δ`);
    await runEnds(page);
    await leaveRest(page);
  });

  await test.step("Compare says the limit, and that it does not cover this page", async () => {
    await goTo(page, "Compare");
    await expect(page.getByTestId("limit-note")).toContainText("ε 1");
    await expect(page.getByTestId("limit-note")).toContainText("does not cover this page");
    expect(await violations(page)).toEqual([]);
  });

  await goTo(page, "Take away");
  const shown = await page.getByTestId("rows").inputValue();
  const bundle = await save(page, "save-bundle");
  const files = unzipSync(new Uint8Array(bundle.bytes));
  const names = Object.keys(files).toSorted();
  expect(names.filter((name) => name.startsWith("safe-to-share/"))).toEqual([
    "safe-to-share/README.txt",
    "safe-to-share/datasheet.md",
    "safe-to-share/guarantee.html",
    "safe-to-share/guarantee.json",
    "safe-to-share/model-card.md",
    "safe-to-share/model.semblance",
    "safe-to-share/synthetic.csv",
  ]);
  for (const name of ["evaluation.html", "evaluation.json", "settings.json", "ledger.json"])
    expect(names).toContain(`private/${name}`);
  const text = (name: string): string => new TextDecoder().decode(files[name]);
  expect(text("safe-to-share/synthetic.csv").trimEnd().split("\n")).toHaveLength(
    Number(shown.replaceAll(",", "")) + 1,
  );
  expect(JSON.parse(text("private/ledger.json")).entries).toHaveLength(2);
  const outside = await save(page, "save-guarantee-html");
  expect(outside.name).toMatch(/guarantee\.html$/);
  expect(outside.bytes.toString("utf8")).toContain("This report reads no real patient");

  await test.step("a run is deleted, and struck from the ledger only by the person’s word", async () => {
    await goTo(page, "Train");
    await page.getByRole("button", { name: "Delete run 1" }).click();
    const asks = page.getByRole("group", { name: "Delete run 1?" });
    await expect(asks).toContainText("Has anything of it left this computer");
    await asks.getByRole("button", { name: "Nothing has left" }).click();
    await expect(total(page)).toContainText("In total ε 1 at δ");
    await page.getByRole("button", { name: "Delete run 2" }).click();
    await page.getByRole("button", { name: "It has, or may have" }).click();
    await expect(page.getByTestId("ledger")).toContainText("not in the list of runs any more");
    await expect(total(page)).toContainText("In total ε 1 at δ");
  });

  await test.step("the ledger is saved, started over by the person’s word, and opened again", async () => {
    const ledger = await save(page, "save-ledger");
    await page.getByRole("button", { name: "Start over" }).click();
    await page.getByRole("button", { name: "Nothing has left: start over" }).click();
    await expect(page.getByTestId("ledger")).toContainText("Nothing is spent yet");
    await page
      .getByTestId("open-ledger")
      .setInputFiles({ name: "ledger.json", mimeType: "application/json", buffer: ledger.bytes });
    await expect(total(page)).toContainText("In total ε 1 at δ");
    await page
      .getByTestId("open-ledger")
      .setInputFiles({ name: "x.json", mimeType: "application/json", buffer: Buffer.from("{}") });
    await expect(page.getByText("The ledger cannot be used.")).toBeVisible();
  });

  await test.step("where runs are kept, the ledger is there again with the table", async () => {
    await page.getByRole("switch", { name: "Keep finished runs in this browser" }).check();
    await expect(page.getByTestId("ledger")).toContainText("In total ε");
    await page.reload();
    await ready(page);
    await openText(page, "wards.csv", few);
    await goTo(page, "Train");
    await expect(total(page)).toContainText("In total ε 1 at δ");
    await expect(confirm(page)).not.toBeChecked();
  });

  await test.step("the model of the bundle says its limit again, as a claim", async () => {
    await page.getByTestId("open-model").setInputFiles({
      name: "model.semblance",
      mimeType: "application/zip",
      buffer: Buffer.from(files["safe-to-share/model.semblance"] ?? []),
    });
    await goTo(page, "Take away");
    await expect(page.getByTestId("limit-card")).toContainText("The file’s claim");
    await expect(page.getByTestId("rows")).toHaveValue(shown);
  });
});

test("the switch and its cards: no accessibility fault in light, dark and narrow, nothing wider than the window", async ({
  page,
}) => {
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await openLab(page);
  await openSampleCohort(page);
  await goTo(page, "Train");
  const faults: Record<string, string[]> = { off: await violations(page) };
  await page.keyboard.press("g");
  await page.keyboard.press("ArrowLeft");
  await expect(stop(page, "ε 0.3")).toBeChecked();
  await page.getByRole("button", { name: "Declare: Levels of ward" }).click();
  faults["on"] = await violations(page);
  await page.emulateMedia({ colorScheme: "dark" });
  faults["on, dark"] = await violationsOfColour(page);
  faults["on, narrow"] = await violationsWhenNarrow(page);
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await overflow(page)).toBeLessThanOrEqual(0);
  const cutOff = await page
    .locator(".dock .btn")
    .evaluateAll((buttons) =>
      buttons.filter((button) => button.getBoundingClientRect().right > innerWidth).map((b) => b.textContent),
    );
  expect(cutOff).toEqual([]);
  expect(Object.entries(faults).filter(([, found]) => found.length > 0)).toEqual([]);
});

test("levels seen in the table are declared only with the person’s word that they are known without it", async ({
  page,
}) => {
  await openLab(page);
  await openSampleCohort(page);
  await goTo(page, "Train");
  await stop(page, "ε 3").check({ force: true });
  await page.getByRole("button", { name: "Declare: Levels of sex" }).click();
  const form = page.getByRole("form", { name: "Levels of sex" });
  await expect(form.getByRole("textbox")).toHaveValue("");
  await form.getByRole("button", { name: "Declare" }).click();
  await expect(form.getByText("At least one level is needed")).toBeVisible();
  await form.getByRole("button", { name: /Fill in the \d that stand in this table/ }).click();
  await form.getByRole("button", { name: "Declare" }).click();
  await expect(form.getByText("The levels were read from your table")).toBeVisible();
  await form.getByRole("checkbox", { name: /I have read the list/ }).check();
  await form.getByRole("button", { name: "Declare" }).click();
  await expect(page.getByRole("row", { name: /^Levels of sex/ })).toContainText("Public");

  await page.getByLabel("δ").fill("0.05");
  await expect(page.getByText("No privacy guarantee can be given.")).toBeVisible();
  await expect(page.getByTestId("train")).toHaveText("Train: no guarantee can be given here");
  await page.getByLabel("δ").fill("0");
  await page.getByLabel("ε", { exact: true }).fill("2");
  await expect(stop(page, "ε 2")).toBeChecked();
  await expect(page.getByTestId("guarantee")).toContainText("at most 88% sure");
});
