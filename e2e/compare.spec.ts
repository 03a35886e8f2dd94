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

test("five sides open into their measures; evidence reads as charts and as tables, filtered by column", async ({
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

  const card = page.getByRole("region", { name: "Scorecard" });
  for (const side of sides) await expect(card.getByText(side, { exact: true })).toBeVisible();
  const fidelity = card.getByRole("button", { name: /^Fidelity/ });
  await expect(fidelity).toHaveAttribute("aria-expanded", "false");
  await fidelity.focus();
  await page.keyboard.press("Enter");
  await expect(fidelity).toHaveAttribute("aria-expanded", "true");
  const inside = page.getByRole("group", { name: "Fidelity, measure by measure" });
  await inside.getByRole("button", { name: /^Column shapes/ }).click();
  const shapes = page.getByRole("article", { name: "Column shapes" });
  await expect(shapes).toBeFocused();

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
  await expect(shapes.getByRole("columnheader", { name: "Score, of 100" })).toBeVisible();

  await page.keyboard.press("/");
  await page.keyboard.type("ward");
  await expect(page.locator("figure[data-column]")).toHaveCount(1);
  await expect(shapes.getByRole("rowheader", { name: "ward", exact: true })).toBeVisible();
  await expect(shapes.getByRole("rowheader", { name: "age", exact: true })).toHaveCount(0);
  await page.getByLabel("Find a column").fill("nothing like it");
  await expect(shapes.getByText("Nothing here is called “nothing like it”.")).toBeVisible();
  await page.getByLabel("Find a column").fill("");

  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 900 });
    const overflow = () =>
      page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    await expect.poll(overflow).toBeLessThanOrEqual(0);
    expect(width === 1440 ? await violations(page) : await violationsWhenNarrow(page)).toEqual([]);
  }
});

test("a run beside another is marked where it differs by more than noise", async ({ page }) => {
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
  const card = page.getByRole("region", { name: "Scorecard" });
  await expect(card.getByText("Other runs")).toBeVisible();
  const told = card.getByRole("button", { name: /^Fidelity.*run \d+ [\d.]+, (within noise|better|worse)/ });
  await expect(told).toBeVisible();
});
