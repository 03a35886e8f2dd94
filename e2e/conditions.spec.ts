import {
  cells,
  expect,
  fewSteps,
  goTo,
  openLab,
  openText,
  save,
  setRows,
  smallTable,
  test,
  trainToTheEnd,
} from "./support/lab.ts";
import type { Page } from "@playwright/test";

async function trained(page: Page): Promise<void> {
  await fewSteps(page);
  await openLab(page);
  await openText(page, "small.csv", smallTable(300));
  await trainToTheEnd(page);
  await goTo(page, "Take away");
  await page.locator("summary", { hasText: "Which rows" }).click();
}

test("every row of the file meets the conditions, and the file's name and words say which", async ({
  page,
}) => {
  await trained(page);
  await page.getByLabel("Add a condition on").selectOption("age");
  await page.getByLabel("age from").fill("60");
  await page.getByLabel("Add a condition on").selectOption("ward");
  await page.getByLabel("Levels of ward").selectOption("B");
  await expect(page.getByTestId("which-rows")).toHaveText("age from 60 and ward B");
  await expect(page.getByTestId("acceptance")).toContainText(/candidates? met it/);
  await setRows(page, 200);
  const file = await save(page, "download-csv");
  expect(file.name).toBe("small-synthetic-200-where-age-ward.csv");
  const [header, ...rows] = cells(file.bytes.toString("utf8"));
  expect(header).toEqual(["age", "score", "ward", "sex", "died"]);
  expect(rows).toHaveLength(200);
  expect(rows.every(([age, , ward]) => Number(age) >= 60 && ward === "B")).toBe(true);
  await expect(page.getByRole("complementary", { name: "Before you share" })).toContainText(
    "age from 60 and ward B",
  );
  await page.getByRole("button", { name: "Back to all kinds of rows" }).click();
  await expect(page.getByTestId("which-rows")).toContainText("all kinds");
});

test("a column comes in the shares asked for", async ({ page }) => {
  await trained(page);
  await page.getByLabel("Column whose shares are set").selectOption("sex");
  await page.getByLabel("F", { exact: true }).fill("90");
  await page.getByLabel("M", { exact: true }).fill("10");
  await expect(page.getByTestId("which-rows")).toHaveText(/^sex .*90% F/);
  await setRows(page, 1000);
  const file = await save(page, "download-csv");
  expect(file.name).toBe("small-synthetic-1000-rebalanced-sex.csv");
  const [, ...rows] = cells(file.bytes.toString("utf8"));
  expect(rows.filter(([, , , sex]) => sex === "F").length / rows.length).toBeCloseTo(0.9, 1);
});

test("a condition that nobody meets ends in words, and nothing is lost", async ({ page }) => {
  await trained(page);
  await page.getByLabel("Add a condition on").selectOption("age");
  await page.getByLabel("age from").fill("500");
  await expect(page.getByTestId("unmet")).toContainText(/age/);
  await page.getByTestId("download-csv").click();
  await expect(page.getByText(/condition|cannot be/).first()).toBeVisible();
  await expect(page.getByTestId("download-csv")).toBeEnabled();
  await page.getByLabel("age from").fill("30");
  await expect(page.getByTestId("unmet")).toBeHidden();
  await expect(page.getByTestId("acceptance")).toContainText("met it");
});

test("empty cells of the open table are filled in, and every other cell stays", async ({ page }) => {
  await trained(page);
  await expect(page.getByText("The file holds the rows of your patients")).toBeVisible();
  const file = await save(page, "complete-csv");
  expect(file.name).toBe("small-filled.csv");
  const [before, after] = [cells(smallTable(300)), cells(file.bytes.toString("utf8"))];
  expect(after).toHaveLength(before.length);
  before.forEach((row, i) =>
    row.forEach((cell, j) => {
      if (cell === "") expect(after[i]?.[j]).toMatch(/^\d+(\.\d)?$/);
      else expect(after[i]?.[j]).toBe(cell);
    }),
  );
});
