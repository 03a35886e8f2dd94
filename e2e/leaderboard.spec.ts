import {
  cells,
  expect,
  fewSteps,
  goTo,
  openLab,
  openText,
  save,
  smallTable,
  test,
  tickOnly,
  violations,
} from "./support/lab.ts";

test("train all and compare ends in a leaderboard that sorts, marks noise and can be saved", async ({
  page,
}) => {
  await fewSteps(page);
  await openLab(page);
  await page.goto("#/leaderboard");
  await expect(page.getByRole("heading", { name: "Nothing to rank yet" })).toBeVisible();
  await goTo(page, "Data");
  await openText(page, "small.csv", smallTable(160));
  await goTo(page, "Train");
  await tickOnly(page, ["VAE", "Independent"]);
  await page.getByLabel("Seeds for each").selectOption("2");
  await expect(page.getByTestId("total-estimate")).toContainText("4 runs");
  await page.getByTestId("train-all").click();

  await expect(page).toHaveURL(/#\/leaderboard$/);
  await expect(page.getByRole("heading", { name: /of 4 runs measured/ })).toBeVisible();
  const table = page.getByRole("table");
  await expect(table.getByText(/waiting|training|measuring/).first()).toBeVisible();
  await expect(page.getByRole("heading", { name: /real rows/ })).toBeVisible({ timeout: 60_000 });

  const methods = table.locator("tbody tr");
  await expect(methods).toHaveCount(2);
  await expect(methods.first()).toContainText("2 of 2 runs");
  await expect(table.getByText(/^(best|tie)$/).first()).toBeVisible();
  await expect(table.getByRole("row", { name: /Held-out real rows/ })).toContainText(/0\.\d{3}/);

  const heading = table.getByRole("columnheader", { name: /Fidelity/ });
  const numbers = async (): Promise<number[]> =>
    (await table.locator("tbody td:nth-child(2) > span:first-child").allTextContents()).map(Number);
  const ascending = (values: readonly number[]): number[] => values.toSorted((a, b) => a - b);
  await expect(heading).toHaveAttribute("aria-sort", "ascending");
  expect(await numbers()).toEqual(ascending(await numbers()));
  await heading.getByRole("button").focus();
  await page.keyboard.press("Enter");
  await expect(heading).toHaveAttribute("aria-sort", "descending");
  expect(await numbers()).toEqual(ascending(await numbers()).reverse());
  for (const column of await table.getByRole("columnheader").all()) {
    await column.getByRole("button").click();
    await expect(column).not.toHaveAttribute("aria-sort", "none");
  }

  const csv = cells((await save(page, "save-leaderboard")).bytes.toString("utf8"));
  expect(csv).toHaveLength(3);
  expect(csv[0]?.slice(0, 6)).toEqual(["method", "settings", "runs", "measured", "stopped_early", "seeds"]);
  expect(csv[0]).toContain("c2st_low");
  await page.getByRole("button", { name: "By run" }).click();
  await expect(methods).toHaveCount(4);

  await page.setViewportSize({ width: 390, height: 844 });
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBeLessThanOrEqual(0);
  expect(await violations(page)).toEqual([]);

  await methods.first().getByRole("button").first().click();
  await expect(page).toHaveURL(/#\/compare$/);
});
