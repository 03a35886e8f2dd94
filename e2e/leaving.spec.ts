import {
  expect,
  fewSteps,
  goTo,
  openLab,
  openText,
  ready,
  requestCount,
  smallTable,
  test,
} from "./support/lab.ts";

test("leaving while a run trains asks first; a lost run is told and trained again; a worker that ends is told and replaced", async ({
  page,
}) => {
  await fewSteps(page, { params: { vae: { steps: 100_000, patience: 200 } }, seed: 11 });
  await openLab(page);
  await openText(page, "small.csv", smallTable(120));
  await page.getByTestId("train").click();
  await expect(page.getByTestId("progress")).toBeVisible();

  let asked = 0;
  page.on("dialog", (dialog) => {
    if (dialog.type() === "beforeunload") asked++;
    void dialog.accept();
  });
  await page.reload();
  expect(asked).toBe(1);
  await ready(page);
  const lost = page.getByTestId("lost-runs");
  await expect(lost).toContainText(
    "Run 1 (VAE, seed 11) was still training when the page was closed; it was lost.",
  );
  await expect(lost).toContainText("Open its table");
  await openText(page, "small.csv", smallTable(120));
  await lost.getByRole("button", { name: "Train again on small.csv" }).click();
  await expect(lost).toBeHidden();
  await expect(page.getByTestId("progress")).toBeVisible();
  await expect(page.getByText("seed 11").first()).toBeVisible();

  const trouble = page.getByTestId("worker-trouble");
  const lab = page.workers()[0];
  if (lab === undefined) throw new Error("there is no worker");
  await lab.evaluate(() => self.close());
  await expect(trouble).toBeVisible({ timeout: 5000 });
  await expect(trouble).toContainText("Lost: 1 · VAE, not finished.");
  await expect(trouble).toContainText("Restarting reads small.csv again.");
  await trouble.getByRole("button", { name: "Restart the lab" }).click();
  await expect(trouble).toBeHidden();
  await goTo(page, "Data");
  await expect.poll(() => requestCount(page)).toBe("0");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("small");
  await page.getByTestId("train").click();
  await expect(page.getByTestId("progress")).toBeVisible();
});
