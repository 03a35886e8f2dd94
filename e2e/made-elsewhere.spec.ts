import type { Page } from "@playwright/test";
import { expect, goTo, openLab, openText, save, smallTable, test, violations } from "./support/lab.ts";

/** As another tool writes the small table: shuffled columns, one more, decimals in whole numbers, a few words among them. */
function fromAnotherTool(rows: number): string {
  const lines = smallTable(rows, 40).trimEnd().split("\n").slice(1);
  const made = lines.map((line, i) => {
    const [age, score, ward, sex, died] = line.split(",");
    return [died, i, ward, i === 6 ? "old" : `${age}.${(i * 37) % 90}8945`, sex, score].join(";");
  });
  return `Died;row;ward;age;sex;score\n${made.join("\n")}\n`;
}

async function give(
  page: Page,
  slot: "real" | "holdout" | "synthetic",
  name: string,
  text: string,
): Promise<void> {
  const file = { name, mimeType: "text/csv", buffer: Buffer.from(text) };
  await page.getByTestId(`elsewhere-${slot}`).setInputFiles(file);
}

const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

test("a synthetic table from another tool gets the report of a run, and a wrong file loses nothing", async ({
  page,
}) => {
  await openLab(page);
  await page.screenshot({ path: "test-results/elsewhere-door.png" });
  await page.getByTestId("to-elsewhere").click();
  await expect(page).toHaveURL(/#\/elsewhere$/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(
    "Compare a synthetic table made elsewhere",
  );
  await expect(page.getByTestId("elsewhere-start")).toBeDisabled();
  await expect(page.getByTestId("elsewhere-open-table")).toBeHidden();
  expect(await violations(page)).toEqual([]);

  await give(page, "synthetic", "ctgan.csv", fromAnotherTool(120));
  await give(page, "real", "real.csv", smallTable(300));
  const synthetic = page.getByTestId("elsewhere-synthetic-slot");
  await expect(synthetic).toContainText("120 rows, 6 columns");
  await expect(synthetic).toContainText("“Died” is taken for “died”");
  await expect(synthetic).toContainText("only the synthetic table has it: “row”");
  await expect(synthetic).toContainText("decimals in the synthetic one: “age”");
  await expect(synthetic).toContainText("1 cell is not a number");
  await expect(page.getByTestId("elsewhere-matched")).toContainText("All 5 columns will be compared");
  await expect(page.getByLabel("Target")).toHaveValue("died");
  await page.screenshot({ path: "test-results/elsewhere-1440-light.png", fullPage: true });
  expect(await violations(page)).toEqual([]);
  for (const [width, scheme] of [
    [390, "light"],
    [390, "dark"],
    [1440, "dark"],
  ] as const) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme: scheme });
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    await page.waitForTimeout(400);
    await page.screenshot({ path: `test-results/elsewhere-${width}-${scheme}.png`, fullPage: true });
  }
  expect(await violations(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: "light" });

  const yes = page.getByRole("radio", { name: /^Yes, all of them/ });
  await expect(yes).toBeChecked();
  await yes.focus();
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("radio", { name: /^Not all/ })).toBeChecked();
  await expect(page.getByTestId("elsewhere-start")).toBeDisabled();
  await expect(page.getByText("Open the patients who were kept away from the tool.")).toBeVisible();
  await yes.check();

  await give(page, "synthetic", "wrong.csv", "a,b\n1,2\n3,4\n");
  await expect(synthetic.getByRole("alert")).toContainText("wrong.csv shares no column with the real table");
  await expect(synthetic.getByRole("alert")).toContainText("ctgan.csv is still chosen");
  await expect(synthetic).toContainText("120 rows, 6 columns");
  await give(page, "real", "header.csv", "age,sex\n");
  await expect(page.getByTestId("elsewhere-real-slot").getByRole("alert")).toContainText(
    "header.csv has a header",
  );
  await page.screenshot({ path: "test-results/elsewhere-wrong.png", fullPage: true });

  await page.getByTestId("elsewhere-start").focus();
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("elsewhere-progress")).toBeVisible();
  await page.screenshot({ path: "test-results/elsewhere-progress.png" });
  await expect(page).toHaveURL(/#\/compare$/, { timeout: 60_000 });
  await expect(
    page.getByText("120 synthetic rows against 300 real rows, none of which was kept from the tool"),
  ).toBeVisible();
  await expect(page.getByText(/taken to have seen all 300 real ones/).first()).toBeVisible();
  await expect(page.getByLabel("Run", { exact: true })).toContainText("ctgan.csv");
  await page.getByRole("region", { name: "All measures" }).getByText("How it was measured").click();
  await expect(page.getByText("“Died” is taken for “died”").first()).toBeVisible();
  await page.screenshot({ path: "test-results/elsewhere-report.png" });

  await goTo(page, "Take away");
  await expect(page.getByText("There is no model")).toBeVisible();
  const card = await save(page, "save-card");
  expect(card.name).toMatch(/\.png$/);
  await page.screenshot({ path: "test-results/elsewhere-take-away.png" });

  await page.getByRole("button", { name: "Keep them" }).click();
  await expect(page.getByText(/Kept in this browser: 1 run/)).toBeVisible();
  await page.reload();
  await page.locator('html[data-ready="true"]').waitFor({ state: "attached" });
  await goTo(page, "Train");
  await expect(page.getByRole("region", { name: "Outcome" })).toContainText("Made elsewhere");
  await expect(page.getByRole("complementary", { name: "Runs" })).toContainText("made elsewhere");
  await goTo(page, "Compare");
  await expect(
    page.getByText("120 synthetic rows against 300 real rows, none of which was kept from the tool"),
  ).toBeVisible();
});

test("another answer measures again: held-out rows come and go with it", async ({ page }) => {
  await openLab(page);
  await page.goto("#/elsewhere");
  await give(page, "real", "real.csv", smallTable(300));
  await give(page, "synthetic", "copies.csv", smallTable(300));
  await page.getByTestId("elsewhere-start").click();
  await expect(page).toHaveURL(/#\/compare$/, { timeout: 60_000 });
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Do not use this table");

  await page.goto("#/elsewhere");
  await page.getByRole("radio", { name: /^None of them/ }).check();
  await expect(page.getByTestId("elsewhere-progress")).toBeVisible();
  await expect(page).toHaveURL(/#\/compare$/, { timeout: 60_000 });
  await expect(page.getByText(/said not to have seen/).first()).toBeVisible();

  await page.goto("#/elsewhere");
  await give(page, "holdout", "kept.csv", smallTable(140, 400));
  await expect(page.getByRole("radio", { name: /^Not all/ })).toBeChecked();
  await expect(page.getByTestId("elsewhere-start")).toBeEnabled();
  await page.getByTestId("elsewhere-start").click();
  await expect(page).toHaveURL(/#\/compare$/, { timeout: 60_000 });
  await expect(page.getByText(/real rows held out/).first()).toBeVisible();
  await page.goto("#/elsewhere");
  await page.getByRole("radio", { name: /^Yes, all of them/ }).check();
  await expect(page.getByTestId("elsewhere-holdout-slot")).not.toContainText("kept.csv");
});

test("the open table serves as the real one, measuring can be cancelled, and runs stand on one leaderboard", async ({
  page,
}) => {
  await openLab(page);
  await openText(page, "small.csv", smallTable(260));
  await expect(page.getByTestId("train")).toBeVisible();
  await page.goto("#/elsewhere");
  await page.getByTestId("elsewhere-open-table").click();
  await expect(page.getByTestId("elsewhere-real-slot")).toContainText("small.csv");
  await page.getByTestId("elsewhere-synthetic-slot").evaluate(
    (slot, text) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([text], "a.csv", { type: "text/csv" }));
      for (const type of ["dragover", "drop"])
        slot.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
    },
    smallTable(90, 13),
  );
  await expect(page.getByTestId("elsewhere-synthetic-slot")).toContainText("a.csv");
  await expect(page).toHaveURL(/#\/elsewhere$/);
  await page.getByTestId("elsewhere-start").click();
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByText("It was cancelled. The files are still chosen.")).toBeVisible();

  await page.getByTestId("elsewhere-start").click();
  await expect(page).toHaveURL(/#\/compare$/, { timeout: 60_000 });
  await page.getByTestId("to-elsewhere").click();
  await expect(page.getByTestId("elsewhere-synthetic-slot")).toBeVisible();
  await page.evaluate(
    (text) => {
      const data = new DataTransfer();
      data.setData("text/plain", text);
      document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true }));
    },
    smallTable(70, 5),
  );
  await expect(page.getByTestId("elsewhere-synthetic-slot")).toContainText("Pasted table.csv");
  await page.getByTestId("elsewhere-start").click();
  await expect(page).toHaveURL(/#\/compare$/, { timeout: 60_000 });

  await page.goto("#/leaderboard");
  const rows = page.getByRole("table").locator("tbody tr");
  await expect(rows.filter({ hasText: "a.csv, made elsewhere" })).toHaveCount(2);
  await expect(rows.filter({ hasText: "Pasted table.csv, made elsewhere" })).toHaveCount(1);
  await page.screenshot({ path: "test-results/elsewhere-leaderboard.png" });
});
