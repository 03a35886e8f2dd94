import { expect, fewSteps, openLab, openText, runEnds, test } from "./support/lab.ts";
import { clinicCsv } from "./support/clinic-csv.ts";

test("a run on software WebGPU trains, is measured, and says what it ran on", async ({ page }) => {
  await fewSteps(page, { device: "webgpu", params: { vae: { steps: 40 } } });
  await openLab(page);
  await openText(page, "klinik.csv", clinicCsv(120));
  await page.getByTestId("train").click();
  await runEnds(page, 100_000);
  await expect(page.getByText(/WebGPU/).first()).toBeVisible();
});
