import {
  expect,
  fewSteps,
  goTo,
  openLab,
  openText,
  ready,
  save,
  setRows,
  test,
  trainToTheEnd,
} from "./support/lab.ts";
import { clinicCsv } from "./support/clinic-csv.ts";

test("runs and settings survive a reload, the table only when the person agrees, and nothing survives forgetting", async ({
  page,
}) => {
  await fewSteps(page, { synthesizer: "independent", seed: 7 });
  await openLab(page);
  await openText(page, "klinik.csv", clinicCsv(150));
  await trainToTheEnd(page);
  await goTo(page, "Take away");
  await setRows(page, 30);
  const before = (await save(page, "download-csv")).bytes.toString();
  await page.getByRole("button", { name: "Keep them" }).click();
  await expect(
    page.getByText(/Kept in this browser: 1 run \(.*encrypted\), settings\. No table\./),
  ).toBeVisible();

  await page.reload();
  await ready(page);
  await goTo(page, "Data");
  await expect(page.getByRole("heading", { name: "Synthetic patients from your own table" })).toBeVisible();
  await goTo(page, "Train");
  await expect(page.getByRole("button", { name: /^1 · / })).toBeVisible();
  await goTo(page, "Take away");
  await setRows(page, 30);
  expect((await save(page, "download-csv")).bytes.toString()).toBe(before);

  await goTo(page, "Data");
  await openText(page, "klinik.csv", clinicCsv(150));
  await page.getByRole("switch", { name: "Remember this table in this browser" }).click();
  await expect(page.getByText(/Kept in this browser: .*the table/)).toBeVisible();
  await page.reload();
  await ready(page);
  await goTo(page, "Data");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("klinik");
  await expect(page.getByText("150 rows, 7 columns")).toBeVisible();

  const other = await page.context().newPage();
  await openLab(other);
  await expect(other.getByRole("heading", { level: 1 })).toContainText("klinik");
  await expect(other.getByRole("switch", { name: "Keep finished runs in this browser" })).toBeChecked();

  await page.getByTestId("forget").click();
  await expect(page.getByText("Everything kept in this browser has been removed.")).toBeVisible();
  await expect(
    other.getByText("Everything kept in this browser was forgotten in another tab."),
  ).toBeVisible();
  await expect(other.getByText("Kept in this browser: nothing. No table, no run.")).toBeVisible();
  await expect(other.getByRole("switch", { name: "Remember this table in this browser" })).not.toBeChecked();
  const left = await page.evaluate(async () => ({
    settings: localStorage.length,
    bases: await indexedDB.databases().then((bases) => bases.map(({ name }) => name)),
    files: await navigator.storage.getDirectory().then(async (folder) => {
      const names: string[] = [];
      for await (const name of folder.keys()) names.push(name);
      return names;
    }),
  }));
  expect(left.settings).toBe(0);
  expect(left.files).toEqual([]);
  await page.reload();
  await ready(page);
  await goTo(page, "Train");
  await expect(page.getByRole("button", { name: /^1 · / })).toHaveCount(0);
});
