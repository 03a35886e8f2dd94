import {
  expect,
  openLab,
  openText,
  save,
  test,
  violations,
  violationsOfColour,
  violationsWhenNarrow,
} from "./support/lab.ts";

/** Visits with pressures that cross in every tenth row, and a pregnancy that is a man's in one of them. */
function visits(rows: number): string {
  const lines = ["sbp,dbp,ejection_fraction,sex,pregnant,admission_date,discharge_date"];
  for (let i = 0; i < rows; i++) {
    const dbp = i % 10 === 0 ? 150 : 60 + (i % 20);
    const day = (n: number): string => `2021-03-${String(1 + (n % 28)).padStart(2, "0")}`;
    const female = (i * 13) % 10 < 5;
    lines.push(
      [
        100 + ((i * 17) % 43),
        dbp,
        20 + ((i * 7) % 50),
        female ? "Female" : "Male",
        female && i % 3 === 0 ? "yes" : "no",
        day(i % 14),
        day((i % 14) + 3),
      ].join(","),
    );
  }
  return `${lines.join("\n")}\n`;
}

test("clinical rules are counted, asked about, written plainly, made constraints, saved and opened", async ({
  page,
}) => {
  await openLab(page);
  await openText(page, "visits.csv", visits(300));
  await page.getByRole("button", { name: /^Rules/ }).click();
  const all = page.getByRole("region", { name: "Clinical rules", exact: true });
  const asked = all.getByRole("region", { name: "Do these hold here?" });
  const order = asked.getByRole("listitem").filter({ hasText: "dbp is below sbp" });
  await expect(order).toContainText("dbp < sbp");
  await expect(order).toContainText("30 rows break it (10.0%)");
  await order.getByRole("button", { name: "Keep it" }).click();
  const builtIn = all.getByRole("region", { name: "Built in" });
  await expect(builtIn.getByRole("listitem").filter({ hasText: "dbp is below sbp" })).toBeVisible();

  const text = all.getByLabel("Clinical rule", { exact: true });
  const said = all.getByTestId("clinical-check");
  await text.fill("ejection_fracton between 5 and 85");
  await expect(said).toContainText("Did you mean “ejection_fraction”?");
  await expect(all.getByRole("button", { name: "Add the clinical rule" })).toBeDisabled();
  await text.fill("if pregnant then female");
  await expect(said).toContainText('if pregnant = "yes" then sex = "Female"');
  await expect(said).toContainText("Held in all 50 real rows");
  await text.press("Enter");
  const own = all.getByRole("region", { name: "Your clinical rules" });
  await expect(own.getByRole("listitem")).toHaveCount(1);
  expect(await violations(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: "dark" });
  expect(await violationsOfColour(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await violationsWhenNarrow(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  await page.setViewportSize({ width: 1440, height: 900 });

  await own.getByRole("button", { name: /^Make it a constraint/ }).click();
  const persons = page.getByRole("region", { name: "Set by you" });
  await expect(persons.getByRole("listitem")).toContainText('if pregnant = "yes" then sex = "Female"');
  await expect(own.getByRole("listitem")).toContainText("Every synthetic row is held to it");

  const saved = await save(page, "save-clinical");
  expect(saved.name).toBe("visits-clinical-rules.json");
  expect(saved.bytes.toString()).toContain('"semblance": "clinical-rules"');
  await all.getByRole("button", { name: "Undo" }).click();
  await expect(own).toHaveCount(0);
  const file = { name: "book.json", mimeType: "application/json" };
  await page.getByTestId("open-clinical").setInputFiles({ ...file, buffer: Buffer.from("{") });
  await expect(page.getByRole("alert").filter({ hasText: "not JSON" })).toBeVisible();
  await page.getByTestId("open-clinical").setInputFiles({ ...file, buffer: saved.bytes });
  await expect(own.getByRole("listitem")).toHaveCount(1);
});
