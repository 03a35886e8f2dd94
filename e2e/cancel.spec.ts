import { rm, writeFile } from "node:fs/promises";
import { expect, fewSteps, openLab, openSampleCohort, test } from "./support/lab.ts";

for (const synthesizer of ["vae", "gan"]) {
  test(`a run of ${synthesizer} that is cancelled is over within a second, and another starts`, async ({
    page,
  }) => {
    await fewSteps(page, { synthesizer, params: { vae: { steps: 50_000 }, gan: { steps: 50_000 } } });
    await openLab(page);
    await openSampleCohort(page);
    for (let round = 0; round < 2; round++) {
      await page.getByTestId("train").click();
      await expect(page.getByTestId("progress")).toHaveAttribute("aria-valuenow", /\d/);
      await expect(page.getByText(/\d s so far/)).toBeVisible();
      await page.waitForTimeout(700);
      const seconds = await page.evaluate(
        () =>
          new Promise<number>((resolve) => {
            const start = performance.now();
            document.querySelector<HTMLElement>('[data-testid="cancel"]')?.click();
            const look = (): void => {
              if (document.querySelector('[data-testid="progress"]') === null)
                resolve((performance.now() - start) / 1000);
              else requestAnimationFrame(look);
            };
            look();
          }),
      );
      test.info().annotations.push({ type: "seconds until cancelled", description: seconds.toFixed(2) });
      expect(seconds).toBeLessThan(1);
      await expect(page.getByRole("heading", { name: /has stopped/ })).toBeVisible();
      await page.getByRole("button", { name: "Discard" }).click();
      await expect(page.getByRole("heading", { name: /was cancelled/ })).toBeVisible();
    }
  });
}

test("a file that is being read can be cancelled", async ({ page }, info) => {
  const path = info.outputPath("large.csv");
  const names = Array.from({ length: 20 }, (_, i) => `c${i}`);
  const line = `${names.map((_, i) => (i * 7.31).toFixed(2)).join(",")}\n`;
  await writeFile(path, `${names.join(",")}\n${line.repeat(600_000)}`);
  await openLab(page);
  await page.getByTestId("open-file").setInputFiles(path);
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByRole("heading", { name: "Synthetic patients from your own table" })).toBeVisible();
  await rm(path);
});
