import {
  expect,
  fewSteps,
  goTo,
  openLab,
  openText,
  smallTable,
  test,
  trainToTheEnd,
  violations,
  violationsWhenNarrow,
} from "./support/lab.ts";

const sides = ["Fidelity", "Utility", "Privacy", "Fairness", "Clinical plausibility"] as const;

test("one page to read; below it every measure opens by hand, by key, by search, by address and for paper", async ({
  page,
}) => {
  test.slow();
  await fewSteps(page, { synthesizer: "independent" });
  await openLab(page);
  await openText(page, "small.csv", smallTable(240));
  await goTo(page, "Train");
  await trainToTheEnd(page, { whole: true });
  const runRow = page.getByRole("complementary", { name: "Runs" }).getByRole("listitem").first();
  for (const side of sides)
    await expect(runRow.getByRole("img", { name: new RegExp(`^${side}: `) })).toBeVisible();
  await goTo(page, "Compare");

  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^Use for .+\.$|^Do not use/);
  await expect(page.getByText(/^Do not .+: .+\.$/).first()).toBeVisible();
  await expect(page.getByText(/\d+ of \d+ measures gave an answer/)).toBeVisible();
  const card = page.getByRole("region", { name: "Five sides" });
  for (const side of sides)
    await expect(card.getByRole("button", { name: new RegExp(`^${side}`) })).toBeVisible();
  const said = await page.locator("main").innerText();
  expect(said).not.toMatch(/of 100|\bscore\b/i);
  expect(await page.locator("details[data-measure][open]").count()).toBe(0);

  const list = page.getByRole("region", { name: "All measures" });
  await card.getByRole("button", { name: /^Fidelity/ }).click();
  await expect(list.locator("#side-fidelity > summary")).toBeFocused();
  await page.goto("#m=column-shapes");
  const line = list.locator('[data-measure="column-shapes"]');
  await expect(line.locator("summary").first()).toBeFocused();
  const shapes = list.getByRole("group", { name: "Column shapes" });
  await expect(shapes.getByText(/^Independent columns .+, copied rows/)).toBeVisible();
  await shapes.getByText("What this is").click();
  await expect(shapes.getByText(/SDMetrics|Kolmogorov/).first()).toBeVisible();
  const plot = shapes.getByRole("img", { name: /^age: .* its sampling noise/ });
  await plot.focus();
  await page.keyboard.press("ArrowRight");
  await expect(shapes.getByText(/^age: Measured .+Times its noise/)).toBeAttached();
  await shapes.getByRole("button", { name: "Show Column shapes as a table" }).focus();
  await page.keyboard.press("v");
  await expect(plot).toHaveCount(0);
  await expect(shapes.getByRole("rowheader", { name: "age", exact: true })).toBeVisible();
  await expect(shapes.getByRole("rowheader", { name: "Margin" })).toBeVisible();

  await page.keyboard.press("/");
  await page.keyboard.type("ward");
  await expect(page.locator("figure[data-column]")).toHaveCount(1);
  await expect(shapes.getByRole("rowheader", { name: "ward", exact: true })).toBeVisible();
  await expect(shapes.getByRole("rowheader", { name: "age", exact: true })).toHaveCount(0);
  await page.getByLabel("Find a measure or column").fill("nothing like it");
  await expect(list.getByText("No measure and no column is called “nothing like it”.")).toBeVisible();
  await page.getByLabel("Find a measure or column").fill("");

  await page.goto("#c=1");
  await expect(page.locator("#column-0")).toBeFocused();
  await list.locator("#part-columns > summary").click();
  await line.locator("summary").first().click();
  await expect(line).not.toHaveAttribute("open");
  await page.locator("h1").focus();
  await page.keyboard.press("e");
  const measures = await page.locator("details[data-measure]").count();
  await expect(page.locator("details[data-measure][open]")).toHaveCount(measures);
  await page.keyboard.press("e");
  await expect(page.locator("details[data-measure][open]")).toHaveCount(0);
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  expect(await page.locator("details[data-measure][open]").count()).toBe(measures);
  await page.evaluate(() => dispatchEvent(new Event("afterprint")));
  await expect(page.locator("details[data-measure][open]")).toHaveCount(0);

  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 900 });
    const overflow = () =>
      page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    await expect.poll(overflow).toBeLessThanOrEqual(0);
    expect(width === 1440 ? await violations(page) : await violationsWhenNarrow(page)).toEqual([]);
  }
});

test("a run beside another has its mark in every side's picture", async ({ page }) => {
  await fewSteps(page, { synthesizer: "independent" });
  await openLab(page);
  await openText(page, "small.csv", smallTable(240));
  await goTo(page, "Train");
  await trainToTheEnd(page);
  await page.getByTestId("train").first().click();
  await expect(page.getByRole("complementary", { name: "Runs" }).getByRole("listitem")).toHaveCount(2);
  await expect(page.getByTestId("progress")).toBeHidden({ timeout: 60_000 });
  await expect(page.getByRole("link", { name: "See how it compares" })).toBeVisible({ timeout: 90_000 });
  await goTo(page, "Compare");
  await page.getByRole("group", { name: "Compare with" }).getByRole("button").first().click();
  const card = page.getByRole("region", { name: "Five sides" });
  await expect(card.getByText("Other runs")).toBeVisible();
  await expect(card.getByRole("img", { name: /^Fidelity: .*run \d+: [\d.]+ margins/ })).toBeVisible();
});
