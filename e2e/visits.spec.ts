import type { Page } from "@playwright/test";
import {
  cells,
  expect,
  fewSteps,
  goTo,
  openLab,
  openText,
  save,
  test,
  trainToTheEnd,
  violations,
} from "./support/lab.ts";

const header = "patient_id,day,sex,age,crp,stage";

/** Patients seen about once a month; some die at their last visit. */
function ward(patients: number): string {
  const lines = Array.from({ length: patients }, (_, p) =>
    Array.from({ length: 3 + (p % 4) }, (_visit, v) => {
      const crp = (5 + ((p * 37) % 11) + ((v * 13 + p * 7) % 9) / 2).toFixed(1);
      const last = v === 2 + (p % 4);
      const stage = p % 3 === 0 && last ? "dead" : Number(crp) > 10 ? "high" : "low";
      return [
        4000 + 3 * p,
        v * 30 + ((p + v) % 5),
        p % 2 === 0 ? "F" : "M",
        40 + ((p * 17) % 40),
        crp,
        stage,
      ].join(",");
    }),
  ).flat();
  return `${header}\n${lines.join("\n")}\n`;
}

async function trained(page: Page): Promise<void> {
  await fewSteps(page, { synthesizer: "visits", params: { visits: { steps: 120 } } });
  await openLab(page);
  await openText(page, "ward.csv", ward(150));
  await trainToTheEnd(page);
  await goTo(page, "Take away");
}

test("whole patients are taken away, and given ones continued", async ({ page }) => {
  await trained(page);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(
    /^1[12]\d synthetic patients, about 5\d\d visits/,
  );

  await page.getByTestId("patients").fill("40");
  await page.getByTestId("patients").blur();
  await page.locator("summary", { hasText: "Which patients" }).click();
  await page.getByTestId("visits-to").fill("3");
  await page.getByLabel("Add a condition on").selectOption("sex");
  await page.getByLabel("Levels of sex").selectOption("F");
  await expect(page.getByTestId("which-rows")).toHaveText("sex F; 1 to 3 visits");
  await expect(page.getByTestId("acceptance")).toContainText("of the first patients");
  const file = await save(page, "download-csv");
  expect(file.name).toBe("ward-synthetic-40-patients-where-sex-1-to-3-visits.csv");
  const [names, ...rows] = cells(file.bytes.toString("utf8"));
  expect(names).toEqual(header.split(","));
  expect(new Set(rows.map(([id]) => id)).size).toBe(40);
  const visits = (of: string | undefined): number => rows.filter(([id]) => id === of).length;
  expect(rows.every(([id, , sex]) => sex === "F" && visits(id) <= 3)).toBe(true);

  const given = `${header}\n1,0,F,61,8.5,low\n1,31,F,61,9.5,low\n2,5,M,50,12.0,high\n2,40,M,50,13.0,dead\n`;
  const buffer = Buffer.from(given);
  await page.getByTestId("open-given").setInputFiles({ name: "given.csv", mimeType: "text/csv", buffer });
  await expect(page.getByTestId("given-patients")).toContainText(
    "given.csv: 2 patients with 4 visits; the course of one has already ended",
  );
  await expect(page.getByTestId("future-bands").getByRole("img")).toHaveAttribute("aria-label", /median/);
  expect(await violations(page)).toEqual([]);
  await page.getByTestId("futures").fill("5");
  const futures = await save(page, "save-futures");
  expect(futures.name).toBe("given-futures.csv");
  const [columns, ...later] = cells(futures.bytes.toString("utf8"));
  expect(columns).toEqual(["patient_id", "future", "day", "sex", "age", "crp", "stage"]);
  expect(later.length).toBeGreaterThan(0);
  expect(later.every(([id, , day, sex, age]) => `${id} ${sex} ${age}` === "1 F 61" && Number(day) > 31)).toBe(
    true,
  );
  await expect(page.getByTestId("futures-told")).toContainText("Patient 2 has no row");

  await page.getByRole("button", { name: "Take these patients away" }).click();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByTestId("given-patients")).toBeVisible();
  const wrong = { name: "wrong.csv", mimeType: "text/csv", buffer: Buffer.from("id,day\n1,2\n1,3\n") };
  await page.getByTestId("open-given").setInputFiles(wrong);
  await expect(page.getByTestId("given-fault")).toContainText("wrong.csv has no column “patient_id”");
});
