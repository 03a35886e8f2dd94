import { expect, openLab, test, violations, violationsWhenNarrow } from "./support/lab.ts";

/** Yearly visits of patients of whom bilirubin rises and the stage worsens; `seed` moves everybody's values. */
function visits(patients: number, seed: number): string {
  const lines = ["patient_id,visit_day,age,sex,bilirubin,stage"];
  for (let p = 0; p < patients; p++) {
    const count = 3 + ((p * 7 + seed) % 4);
    for (let k = 0; k < count; k++) {
      const noise = ((p * 37 + k * 11 + seed * 5) % 19) / 10;
      const stage = Math.min(4, 1 + ((p + seed) % 3) + (k > 2 ? 1 : 0));
      lines.push(
        [
          `P${1000 + p + 5000 * seed}`,
          365 * k + ((p * 13 + k) % 29) * Math.sign(k),
          40 + ((p * 5 + seed) % 35),
          p % 3 === 0 ? "male" : "female",
          (1 + k * 0.8 + noise).toFixed(1),
          `stage ${stage}`,
        ].join(","),
      );
    }
  }
  return `${lines.join("\n")}\n`;
}

test("patients over time stand in Compare: a card, bands, steps, visits, a synthetic patient in words", async ({
  page,
}) => {
  await openLab(page);
  await page.getByTestId("to-elsewhere").click();
  for (const [slot, text] of [
    ["synthetic", visits(90, 2)],
    ["real", visits(160, 1)],
  ] as const) {
    const file = { name: `${slot}.csv`, mimeType: "text/csv", buffer: Buffer.from(text) };
    await page.getByTestId(`elsewhere-${slot}`).setInputFiles(file);
  }
  await expect(page.getByText(/^160 patients, \d{3} rows, 6 columns$/)).toBeVisible();
  await page.getByTestId("elsewhere-start").click();
  const card = page.getByRole("region", { name: "Patients over time" });
  await expect(card).toBeVisible({ timeout: 90_000 });
  await expect(card).toContainText("90 synthetic patients with");
  const courses = page.locator("#part-courses");
  const band = courses.getByRole("img", { name: /^bilirubin over time: the real median goes from/ });
  await expect(band).toBeVisible();
  await band.focus();
  await page.keyboard.press("ArrowRight");
  await expect(courses.getByText(/: Real median .+, Real patients \d+$/)).toBeAttached();
  await courses.getByRole("button", { name: "Show bilirubin as a table" }).press("Enter");
  await expect(courses.getByRole("columnheader", { name: "Real quartiles" })).toBeVisible();

  await card.getByRole("button", { name: "From one visit to the next" }).click();
  await expect(page.locator("#part-steps > summary")).toBeFocused();
  await expect(page.getByRole("img", { name: /^Steps of stage, difference\./ })).toBeVisible();
  await card.getByRole("button", { name: "A synthetic patient" }).click();
  const patient = page.locator("#part-patient");
  const story = patient.getByText(/^A (wo)?man of \d\d, .*\d visits in /);
  const before = await story.innerText();
  await patient.getByRole("button", { name: "Next" }).click();
  await expect(story).not.toHaveText(before);

  await page.getByLabel("Find a measure or column").fill("stage");
  await expect(page.locator("#part-steps")).toBeVisible();
  await expect(courses).toHaveCount(0);
  await page.getByLabel("Find a measure or column").fill("");
  await card.getByRole("button", { name: "Visits" }).click();
  await page.screenshot({ path: "test-results/courses-1440-light.png", fullPage: true });
  expect(await violations(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  expect(await violations(page)).toEqual([]);
  await page.setViewportSize({ width: 390, height: 844 });
  const beyond = (): number => document.documentElement.scrollWidth - document.documentElement.clientWidth;
  await expect.poll(() => page.evaluate(beyond)).toBeLessThanOrEqual(0);
  expect(await violationsWhenNarrow(page)).toEqual([]);
});
