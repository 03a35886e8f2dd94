import {
  cells,
  expect,
  fewSteps,
  goTo,
  openLab,
  openText,
  save,
  setRows,
  test,
  trainToTheEnd,
} from "./support/lab.ts";
import { clinicCsv } from "./support/clinic-csv.ts";

test("a German export keeps its marks: semicolons, decimal commas, dates, identifiers", async ({ page }) => {
  await fewSteps(page);
  await openLab(page);
  await openText(page, "klinik.csv", clinicCsv(240));
  await expect(page.getByRole("heading", { level: 1 })).toContainText("klinik");
  await expect(page.getByText("240 rows, 7 columns")).toBeVisible();
  await trainToTheEnd(page);

  await goTo(page, "Take away");
  await setRows(page, 150);
  const csv = await save(page, "download-csv");
  const [header, ...rows] = cells(csv.bytes.toString("utf8"), ";");
  expect(header).toEqual([
    "Fallnummer",
    "Aufnahme",
    "Alter",
    "Kreatinin",
    "Geschlecht",
    "Verstorben",
    "Notiz",
  ]);
  expect(rows).toHaveLength(150);
  const column = (name: string): string[] => rows.map((row) => row[(header ?? []).indexOf(name)] ?? "");

  const source = new Set(cells(clinicCsv(240), ";").map((row) => row[0]));
  expect(column("Fallnummer").filter((id) => source.has(id))).toEqual([]);
  expect(new Set(column("Fallnummer")).size).toBe(150);
  for (const date of column("Aufnahme")) expect(date).toMatch(/^\d\d\.\d\d\.20\d\d$/);
  for (const age of column("Alter")) expect(age).toMatch(/^\d+$/);
  for (const value of column("Kreatinin")) expect(value).toMatch(/^(\d+(,\d{1,2})?|k\.A\.)?$/);
  expect(column("Kreatinin").some((value) => value.includes(","))).toBe(true);
  for (const value of column("Geschlecht")) expect(["m", "w"]).toContain(value);
  for (const value of column("Verstorben")) expect(["ja", "nein"]).toContain(value);
});

test("a column's role and kind are changed in place and taken back", async ({ page }) => {
  await openLab(page);
  await openText(page, "klinik.csv", clinicCsv(120));
  const role = page.getByLabel("Role of Alter");
  await expect(role).toHaveValue("sensitive");
  await role.selectOption("feature");
  await expect(role).toHaveValue("feature");
  await page.locator("h1").click();
  await page.keyboard.press("Control+z");
  await expect(role).toHaveValue("sensitive");
});

test("levels that few patients share: what becomes of them is chosen, and a column of mostly such is left out", async ({
  page,
}) => {
  await openLab(page);
  const ward = (i: number): string => (i % 6 === 0 ? `ward ${i}` : i % 2 === 0 ? "east" : "west");
  const rows = Array.from({ length: 90 }, (_, i) => `${ward(i)},place${i % 40},${30 + (i % 7)}`);
  await openText(page, "wards.csv", `ward,place,age\n${rows.join("\n")}\n`);
  await expect(page.getByLabel("Role of place")).toHaveValue("omit");
  await expect(
    page.getByText(/have a level that fewer than 5 patients share\. Left out/).first(),
  ).toBeVisible();
  await page.getByRole("button", { name: "ward", exact: true }).click();
  const rare = page.getByLabel("Rare levels of ward", { exact: true });
  await expect(rare).toHaveValue("empty");
  await rare.selectOption("common");
  await expect(rare).toHaveValue("common");
  await page.locator("h1").click();
  await page.keyboard.press("Control+z");
  await expect(rare).toHaveValue("empty");
});

test("a text that means missing is added, and the table read again with it; an empty cell always is", async ({
  page,
}) => {
  await openLab(page);
  await openText(
    page,
    "coded.csv",
    `age,sex\n${Array.from({ length: 60 }, (_, i) => `${i % 6 === 0 ? -9 : 30 + (i % 7)},${i % 2 ? "m" : ""}\n`).join("")}`,
  );
  const age = page.getByRole("row", { name: /^Select age/ });
  await expect(age).toContainText("-9");
  await page.getByLabel("Another text that means missing").fill("-9");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await expect(age).toContainText("16.7");
  await expect(page.getByRole("button", { name: /^No longer read/ })).toHaveCount(1);
  await page.getByRole("button", { name: "No longer read -9 as missing" }).click();
  await expect(age).not.toContainText("16.7");
});

test("a table is closed, and a simulated cohort takes its place", async ({ page }) => {
  await openLab(page);
  await openText(page, "klinik.csv", clinicCsv(120));
  await page.getByRole("button", { name: "Close this table" }).click();
  await expect(page.getByRole("heading", { name: "Synthetic patients from your own table" })).toBeVisible();
  await expect(page.getByTestId("train")).toHaveCount(0);
  await page.getByTestId("sample-cohort").click();
  await expect(page.getByText("2,000 rows")).toBeVisible();
});
