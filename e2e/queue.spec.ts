import { expect, fewSteps, goTo, openLab, openText, smallTable, test } from "./support/lab.ts";

test("runs wait their turn, can be made the next and be taken out", async ({ page }) => {
  await fewSteps(page, { params: { vae: { steps: 50_000, patience: 200 } } });
  await openLab(page);
  await openText(page, "small.csv", smallTable(150));
  await page.getByTestId("train").click();
  await expect(page.getByTestId("progress")).toBeVisible();
  await page.getByRole("radio", { name: "Independent columns", exact: true }).check();
  for (const next of [2, 3, 4]) await page.getByRole("button", { name: `Queue as run ${next}` }).click();

  const runs = page.getByRole("complementary", { name: "Runs" });
  const row = (number: number) =>
    runs
      .getByRole("listitem")
      .filter({ has: page.getByRole("button", { name: new RegExp(`^${number} · `) }) });
  await expect(row(2)).toContainText("waiting, next");
  await expect(row(3)).toContainText("waiting, 2nd");
  await expect(row(4)).toContainText("waiting, 3rd");
  await expect(page.getByTestId("queue")).toContainText("3 runs wait");
  await page.getByRole("button", { name: "Train run 4 next" }).click();
  await expect(row(4)).toContainText("waiting, next");
  await expect(row(2)).toContainText("waiting, 2nd");
  await page.getByRole("button", { name: "Take run 2 out of the queue" }).click();
  await expect(row(2)).toHaveCount(0);
  await expect(page.getByTestId("queue")).toContainText("2 runs wait");

  await expect(row(1).getByRole("button", { name: "1 · VAE" })).toHaveAttribute("aria-pressed", "true");
  await page.getByTestId("cancel").click();
  await expect(page.getByTestId("queue")).toContainText("Run 1 must be kept or discarded first.");
  await page.getByRole("button", { name: "Discard" }).click();
  await expect(row(3)).toContainText(/\d/);
  await expect(page.getByTestId("queue")).toBeHidden({ timeout: 30_000 });
  for (const number of [3, 4])
    await expect(row(number).getByRole("img", { name: /^Privacy: / })).toBeVisible({ timeout: 30_000 });
  await expect(row(1)).toContainText("cancelled");
});

test("the whole queue can be sent home", async ({ page }) => {
  await fewSteps(page, { params: { vae: { steps: 50_000, patience: 200 } } });
  await openLab(page);
  await openText(page, "small.csv", smallTable(150));
  await goTo(page, "Train");
  await page.getByTestId("train").click();
  for (const next of [2, 3]) await page.getByRole("button", { name: `Queue as run ${next}` }).click();
  await page.getByRole("button", { name: "Take all out" }).click();
  await expect(page.getByTestId("queue")).toBeHidden();
  await page.getByTestId("cancel").click();
  await page.getByRole("button", { name: "Discard" }).click();
  await expect(page.getByRole("heading", { name: /was cancelled/ })).toBeVisible();
});
