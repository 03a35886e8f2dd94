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

test("what was not understood is listed before training; empty cells are filled in, and every other cell stays", async ({
  page,
}) => {
  const line = (i: number): string => {
    const admitted = i % 2 === 0;
    return `${i % 8 === 1 ? `x${i}` : 20 + (i % 60)},${i % 7 ? "1.50" : ""},${admitted ? "yes" : "no"},${admitted ? 1 + (i % 5) : ""}`;
  };
  const source = `age,crp,admitted,days\n${Array.from({ length: 300 }, (_, i) => line(i)).join("\n")}\nTotal,,,450\n`;
  await fewSteps(page);
  await openLab(page);
  await openText(page, "ward.csv", source);
  const list = page.getByTestId("reading-list");
  await expect(list).toContainText("1 row of totals or remarks is left out");
  await expect(list).toContainText("age: 38 cells could not be read as whole numbers");
  await expect(list).toContainText("“x1”");
  await trainToTheEnd(page);
  await goTo(page, "Take away");
  await expect(page.getByText("This file contains your real patients")).toBeVisible();
  await expect(page.getByTestId("empty-by-rule")).toContainText("days: 150 cells where admitted is no");

  const file = await save(page, "complete-csv");
  expect(file.name).toBe("ward-filled.csv");
  const [before, after] = [cells(source), cells(file.bytes.toString("utf8"))];
  expect(after).toHaveLength(before.length);
  const filled: string[][] = [["spreadsheet_row", "column", "value"]];
  before.forEach((row, i) =>
    row.forEach((cell, j) => {
      const now = after[i]?.[j] as string;
      if (cell === "" && j === 1 && row[0] !== "Total") {
        expect(now).toMatch(/^\d+(\.\d+)?$/);
        filled.push([String(i + 1), "crp", now]);
      } else expect(now).toBe(cell);
    }),
  );
  const marks = await save(page, "filled-cells");
  expect(marks.name).toBe("ward-filled-cells.csv");
  expect(cells(marks.bytes.toString("utf8"))).toEqual(filled);

  await page.getByRole("switch", { name: "Fill in these 150 cells too" }).click();
  const all = await save(page, "complete-csv");
  expect(
    cells(all.bytes.toString("utf8"))
      .slice(1, -1)
      .filter((row) => row[3] === ""),
  ).toEqual([]);
});
