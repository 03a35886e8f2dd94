import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import {
  cells,
  expect,
  goTo,
  openLab,
  openSampleCohort,
  openText,
  ready,
  requestCount,
  smallTable,
  test,
  violations,
  violationsOfColour,
  violationsWhenNarrow,
} from "./support/lab.ts";

const toStudies = (page: Page): Promise<void> =>
  page.getByRole("navigation", { name: "More rooms" }).getByRole("link", { name: "Studies" }).click();

/** Leaves only these methods ticked. */
async function tickMethods(page: Page, names: readonly string[]): Promise<void> {
  const group = page.getByRole("group", { name: "Methods" });
  for (const name of names) await group.getByRole("checkbox", { name, exact: true }).check();
  for (const box of await group.getByRole("checkbox").all()) {
    const label = (await box.locator("xpath=..").textContent()) ?? "";
    await box.setChecked(names.includes(label.trim()));
  }
}

const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

test("how many rows are enough: asked, reloaded half way, gone on with, read, saved", async ({ page }) => {
  test.setTimeout(150_000);
  page.setDefaultTimeout(15_000);
  await openLab(page);
  await page.keyboard.press("5");
  await expect(page).toHaveTitle("Studies · Semblance");
  await expect(page.getByText("Open a table first.")).toBeVisible();
  await page.keyboard.press("1");
  await openSampleCohort(page);
  await page.getByRole("switch", { name: "Keep finished runs in this browser" }).click();
  await page.keyboard.press("5");
  await expect(page.getByRole("heading", { level: 1, name: "Studies" })).toBeFocused();
  await page.getByRole("button", { name: /^Rows/ }).click();
  const estimate = page.getByTestId("study-estimate");
  await expect(estimate).toContainText("cells, about");

  await page.getByLabel("Rows learned from").fill("100, many");
  await expect(page.getByText("“many” is not a number.")).toBeVisible();
  await expect(page.getByTestId("add-study")).toBeDisabled();
  await page.getByLabel("Rows learned from").fill("100, 300");
  await page.getByLabel("Seeds").fill("999");
  await page.getByRole("heading", { level: 1 }).click();
  await expect(page.getByText("From 1 to 20.")).toBeVisible();
  await expect(page.getByTestId("add-study")).toBeDisabled();
  await page.getByLabel("Seeds").fill("3");
  await tickMethods(page, ["Gaussian copula"]);
  await expect(estimate).toContainText("18 cells");
  expect(await violations(page)).toEqual([]);
  await page.getByTestId("add-study").click();

  const queue = page.getByRole("region", { name: "Queue" });
  await expect(queue.getByText("Rows is running")).toBeVisible();
  await expect(queue.getByText(/[5-9] of 18 cells/)).toBeVisible({ timeout: 60_000 });
  await expect(page.getByTestId("study-sentence")).toBeVisible();
  await expect(page.getByRole("navigation", { name: "More rooms" })).toContainText(/Studies\s*\d+%/);
  await page.getByRole("heading", { level: 1 }).focus();
  await page.keyboard.press("Space");
  await expect(queue.getByText("Rows is paused")).toBeVisible();
  const [, before = ""] = /(\d+) of 18 cells/.exec((await queue.textContent()) ?? "") ?? [];

  await page.reload();
  await ready(page);
  await toStudies(page);
  await expect(queue.getByText("Rows is paused")).toBeVisible();
  await expect(queue).toContainText(`${before} of 18 cells`);
  await goTo(page, "Data");
  await openSampleCohort(page);
  await page.keyboard.press("5");
  await page.getByTestId("pause-studies").click();
  await expect(queue).toHaveCount(0, { timeout: 90_000 });
  await expect(page.getByTestId("study-sentence")).toBeFocused();
  await expect(page.getByRole("img", { name: /^Told from real rows/ })).toBeVisible();
  await expect(page.getByRole("button", { name: /^Rows/ })).toContainText("done today");

  await page.keyboard.press("v");
  await expect(page.getByLabel(/^Told from real rows.* as a table$/)).toBeVisible();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByTestId("study-csv").click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/-study-rows-cells\.csv$/);
  const [header = [], ...rows] = cells(await readFile(await download.path(), "utf8"));
  const [seed, method] = ["seed", "method"].map((name) => header.indexOf(name));
  const ran = new Set(rows.map((row) => `${row[seed ?? -1]} ${row[method ?? -1]}`));
  expect([...ran].filter((one) => one.startsWith("3 "))).toHaveLength(3);

  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    expect(await (colorScheme === "light" ? violations : violationsOfColour)(page)).toEqual([]);
  }
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await overflow(page)).toBeLessThanOrEqual(0);
  expect(await violationsWhenNarrow(page)).toEqual([]);
  expect(await requestCount(page)).toBe("0");
});

test("the queue: shown by Q, put in another order, left; questions that a table refuses say why", async ({
  page,
}) => {
  await openLab(page);
  page.setDefaultTimeout(15_000);
  await openText(page, "small.csv", smallTable(160));
  await page.keyboard.press("5");
  await page.getByRole("button", { name: /^Rows/ }).click();
  await page.getByLabel("Rows learned from").fill("50, 100");
  await page.getByLabel("Seeds").fill("20");
  await tickMethods(page, ["Gaussian copula"]);
  const add = page.getByTestId("add-study");
  await add.click();
  await expect(
    page.getByRole("heading", { level: 2, name: "Rows: how many patients are enough?" }),
  ).toBeFocused();
  const queue = page.getByRole("region", { name: "Queue" });
  await expect(queue.getByText("Rows is running")).toBeVisible();
  await page.getByTestId("pause-studies").click();
  await expect(queue.getByText("Rows is paused")).toBeVisible();
  for (const _ of [1, 2]) await add.click();
  await page.getByRole("heading", { level: 1 }).focus();
  await page.keyboard.press("q");
  const items = queue.getByRole("list").getByRole("listitem");
  await expect(items).toHaveCount(3);
  await expect(items.first()).toContainText("of 120 cells");
  await items.last().getByRole("button", { name: "Rows: next" }).click();
  await items.first().getByRole("button", { name: "Rows: cancel" }).click();
  await expect(items.last()).toContainText("cancelled");
  await items.last().getByRole("button", { name: "Rows: remove" }).click();
  await expect(items).toHaveCount(2);
  await page.getByRole("heading", { level: 1 }).focus();
  await page.keyboard.press("j");
  await expect(
    page.locator("nav[aria-labelledby=questions] li").first().locator("[data-worst-focus]"),
  ).toBeFocused();
  const refused = page
    .locator("nav[aria-labelledby=questions] li", { hasText: "Not for this table." })
    .first();
  if ((await refused.count()) > 0) {
    await refused.getByRole("button").click();
    await expect(page.getByTestId("study-refused")).toBeVisible();
    await expect(page.getByTestId("add-study")).toHaveCount(0);
  }
  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByTestId("where").click();
  const menu = page.getByRole("dialog", { name: "Steps and rooms" });
  await expect(menu.getByRole("link", { name: /^Studies/ })).toHaveAttribute("aria-current", "page");
  await menu.getByRole("link", { name: "Data" }).click();
  await expect(menu).toBeHidden();
  await expect(page).toHaveTitle("Data · Semblance");
});
