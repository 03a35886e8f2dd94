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

for (const synthesizer of ["vae", "gan", "independent"]) {
  test(`a model of ${synthesizer} opens elsewhere without the data and makes the same rows from the same seed`, async ({
    page,
    browser,
    baseURL,
  }) => {
    await fewSteps(page, { synthesizer });
    await openLab(page);
    const source = clinicCsv(160);
    await openText(page, "klinik.csv", source);
    await trainToTheEnd(page);
    await goTo(page, "Take away");
    await setRows(page, 77);
    const here = (await save(page, "download-csv")).bytes.toString();
    const model = await save(page, "export-model");

    const other = await browser.newContext(baseURL === undefined ? {} : { baseURL });
    const there = await other.newPage();
    await openLab(there);
    await there
      .getByTestId("open-model")
      .setInputFiles({ name: model.name, mimeType: "application/zip", buffer: model.bytes });
    await expect(there).toHaveURL(/take-away/);
    await setRows(there, 77);
    expect((await save(there, "download-csv")).bytes.toString()).toBe(here);
    await other.close();

    const rows = cells(source, ";").slice(1);
    const text = model.bytes.toString("latin1");
    for (const [id, , , , , , note] of rows) {
      expect(text.includes(id ?? "")).toBe(false);
      expect(text.includes(note ?? "")).toBe(false);
    }
  });
}

test("model files that are cut, of another kind or not a model are refused in words", async ({ page }) => {
  await fewSteps(page, { synthesizer: "independent" });
  await openLab(page);
  await openText(page, "klinik.csv", clinicCsv(80));
  await trainToTheEnd(page);
  await goTo(page, "Take away");
  const model = await save(page, "export-model");
  const bad = [
    ["half.semblance", model.bytes.subarray(0, Math.floor(model.bytes.length / 2))],
    ["noise.semblance", Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 131) % 251))],
    ["empty.semblance", Buffer.alloc(0)],
  ] as const;
  for (const [name, buffer] of bad) {
    await page.getByTestId("open-model").first().setInputFiles({ name, mimeType: "application/zip", buffer });
    await expect(page.getByRole("alert").first()).toContainText(/model/i);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("This model could not be opened");
    await page.getByRole("button", { name: /^Back/ }).click();
    await expect(page.getByRole("heading", { level: 1 })).toContainText("klinik");
  }
});
