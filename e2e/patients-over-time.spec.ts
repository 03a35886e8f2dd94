import { expect, openLab, openText, test, violations, violationsWhenNarrow } from "./support/lab.ts";

/** Sixty patients of four visits: days that rise, a wave, an end of follow-up; three visits without a day. */
function visits(): string {
  const rows = Array.from({ length: 240 }, (_, i) => {
    const [patient, visit] = [Math.floor(i / 4), i % 4];
    const day = i % 80 === 7 ? "" : visit * 30;
    const sex = patient % 2 ? "f" : "m";
    return `P${1000 + patient},${sex},${day},${visit + 1},${100 + ((patient * 37) % 90)},${(7 + ((i * 13) % 50) / 10).toFixed(1)}`;
  });
  return `patient_id,sex,day,wave,futime,glucose\n${rows.join("\n")}\n`;
}

test("patients over time are found, said in sentences, and changed by hand", async ({ page }) => {
  await openLab(page);
  await openText(page, "visits.csv", visits());
  const card = page.getByTestId("patients-over-time");
  await expect(card).toContainText("60 patients with 240 visits");
  const time = card.getByLabel("Time: column");
  const end = card.getByLabel("End of follow-up: column");
  await expect(time).toHaveValue("column day");
  await expect(end).toHaveValue("column futime");
  await expect(card).toContainText("Never changes within a patient and never lies before a visit.");
  await expect(card).toContainText("1 column never changes within a patient: sex.");
  await expect(card).toContainText("3 visits (1.3%) have no day");
  expect(await violations(page)).toEqual([]);
  expect(await violationsWhenNarrow(page)).toEqual([]);

  await time.selectOption("column wave");
  await expect(card).toContainText("Chosen by you.");
  await expect(card).not.toContainText("have no day");
  await time.selectOption("none");
  await expect(card).toContainText("No column says when a visit was, so rows are learned one by one.");
  await expect(end).toHaveCount(0);
  await page.getByRole("button", { name: /^Undo/ }).first().click();
  await page.getByRole("button", { name: /^Undo/ }).first().click();
  await expect(time).toHaveValue("column day");
  await card.getByRole("button", { name: "Leave such visits out" }).click();
  await expect(card).toContainText("60 patients with 237 visits");
});
