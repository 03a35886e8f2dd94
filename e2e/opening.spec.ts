import type { Page } from "@playwright/test";
import { gzipSync, zipSync, strToU8 } from "fflate";
import { expect, goTo, openLab, test, violations } from "./support/lab.ts";

interface Given {
  readonly name: string;
  readonly bytes: Uint8Array | string;
}

/** Gives files to the page as the browser's chooser would. */
async function give(page: Page, files: readonly Given[]): Promise<void> {
  await page
    .getByTestId("open-file")
    .setInputFiles(
      files.map(({ name, bytes }) => ({ name, mimeType: "", buffer: Buffer.from(bytes as Uint8Array) })),
    );
}

const lines = (rows: readonly string[]): string => `${rows.join("\n")}\n`;

/** Stays on a ward, one row each; every fifth has no test. */
const stays = lines([
  "stay_no,age,sex,ward",
  ...Array.from({ length: 60 }, (_, i) => `S${100 + i},${30 + ((i * 7) % 50)},${i % 2 ? "f" : "m"},${i % 3}`),
]);
/** Tests of the stays, up to three each. */
const tests = lines([
  "stay_no,taken,potassium",
  ...Array.from({ length: 60 }, (_, i) => i).flatMap((i) =>
    i % 5 === 0
      ? []
      : Array.from(
          { length: 1 + (i % 3) },
          (_, n) => `S${100 + i},2024-03-0${1 + n},${(3.5 + ((i + n) % 9) / 10).toFixed(1)}`,
        ),
  ),
]);

test("two files are asked about and joined by the key they share; what will open is counted first", async ({
  page,
}) => {
  await openLab(page);
  await give(page, [
    { name: "stays.csv", bytes: stays },
    { name: "tests.csv.gz", bytes: gzipSync(strToU8(tests)) },
  ]);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("joined by stay_no");
  await expect(page.getByRole("radio", { name: /Parts of one table/ })).toBeChecked();
  await expect(page.getByRole("radio", { name: /Training and held-out/ })).toBeDisabled();
  const join = page.getByRole("region", { name: /Join stays/ });
  await expect(join.getByText("48 matched; 12 without a match")).toBeVisible();
  await expect(page.getByTestId("what-you-open")).toContainText("60 rows");
  expect(await violations(page)).toEqual([]);

  await page.getByRole("checkbox", { name: "How many" }).check();
  const open = page.getByTestId("open-chosen");
  await expect(open).toContainText("Open 60 rows");
  await expect(open).toBeEnabled();
  await open.click();
  await expect(page.getByTestId("train")).toBeVisible();
  await expect(page.getByLabel(/^Kind of .*potassium.*first/)).toBeVisible();
  await expect(page.getByText(/^60 rows, /)).toBeVisible();
});

test("an archive of several tables leads to the choice between them; another row is made the header; Escape leaves", async ({
  page,
}) => {
  await openLab(page);
  const titled = `Export of the ward,,,\n,,,\n${stays}`;
  const zip = zipSync({ "stays.csv": strToU8(titled), "tests.csv": strToU8(tests) });
  await give(page, [{ name: "ward.zip", bytes: zip }]);
  await expect(page.getByTestId("what-are-they")).toContainText("holds several tables");
  await expect(page.getByTestId("offered-sheet")).toHaveCount(2);
  await page.getByRole("radio", { name: /^stays\.csv/ }).check();
  await expect(page.getByRole("region", { name: /stays\.csv, as it is/ })).toContainText(
    "Export of the ward",
  );
  await expect(page.getByRole("button", { name: "Row 3 holds the names" })).toBeVisible();
  await page.getByRole("button", { name: "Make row 4 the header" }).click();
  await expect(page.getByRole("button", { name: "Row 4 holds the names" })).toBeVisible();
  await page.getByRole("button", { name: "Row 4 holds the names" }).press("ArrowUp");
  await expect(page.getByRole("button", { name: "Make row 3 the header" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("heading", { name: "Synthetic patients from your own table" })).toBeVisible();

  await give(page, [{ name: "ward.zip", bytes: zip }]);
  await page.getByRole("radio", { name: /^tests\.csv/ }).check();
  await page.getByRole("radio", { name: /^tests\.csv/ }).press("Enter");
  await expect(page.getByLabel("Kind of potassium")).toBeVisible();
});

test("two files with the same columns can be a real and a synthetic table, which then are compared", async ({
  page,
}) => {
  await openLab(page);
  await give(page, [
    { name: "synthetic-stays.csv", bytes: stays.replaceAll("S1", "S9") },
    { name: "stays.csv", bytes: stays },
  ]);
  await expect(page.getByRole("radio", { name: /Real and synthetic/ })).toBeChecked();
  await page.getByTestId("open-chosen").click();
  await expect(page.getByTestId("elsewhere-real-slot")).toContainText("stays.csv");
  await expect(page.getByTestId("elsewhere-synthetic-slot")).toContainText("synthetic-stays.csv");
  await goTo(page, "Data");
  await expect(page.getByTestId("what-are-they")).toHaveCount(0);
});

test("a broken file is named with its reason, and the other can be opened", async ({ page }) => {
  await openLab(page);
  const cut = gzipSync(strToU8(tests)).slice(0, 60);
  await give(page, [
    { name: "cut.csv.gz", bytes: cut },
    { name: "stays.csv", bytes: stays },
  ]);
  const broken = page.getByRole("region", { name: "cut.csv.gz" });
  await expect(broken.getByRole("alert")).toContainText("cut.csv.gz");
  await page.setViewportSize({ width: 390, height: 800 });
  const over = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(over).toBeLessThanOrEqual(0);
  await page.getByTestId("open-chosen").click();
  await expect(page.getByLabel("Kind of ward")).toBeVisible();
});

test("a FHIR bundle opens as its patients; another of its tables is taken by a view that was changed", async ({
  page,
}) => {
  const entry = Array.from({ length: 30 }, (_, i) => [
    { resource: { resourceType: "Patient", id: `p${i}`, gender: i % 2 ? "female" : "male" } },
    {
      resource: {
        resourceType: "Observation",
        id: `o${i}`,
        status: "final",
        category: [{ coding: [{ code: "laboratory" }] }],
        code: { coding: [{ system: "http://loinc.org", code: "2823-3", display: "Potassium" }] },
        subject: { reference: `Patient/p${i}` },
        valueQuantity: { value: 3.5 + (i % 9) / 10, unit: "mmol/L", code: "mmol/L" },
      },
    },
  ]).flat();
  const bundle = JSON.stringify({ resourceType: "Bundle", type: "collection", entry });
  await openLab(page);
  await give(page, [{ name: "ward.json", bytes: bundle }]);
  await expect(page.getByText(/^30 rows, .*FHIR Bundle, table patients/)).toBeVisible();
  await page.getByRole("button", { name: "Other tables of this file" }).click();
  await page.getByRole("radio", { name: /^labs/ }).check();
  await page.getByText("What is taken from the resources").click();
  const view = page.getByRole("textbox", { name: /A ViewDefinition/ });
  await expect(view).toHaveValue(/"resource": "Observation"/);
  const column = [{ name: "mmol", path: "value.ofType(Quantity).value" }];
  const own = { resourceType: "ViewDefinition", resource: "Observation", select: [{ column }] };
  await view.fill(JSON.stringify(own));
  await page.getByRole("button", { name: "Take it so" }).click();
  await expect(page.getByRole("region", { name: /labs, as it is/ })).toContainText("mmol");
  await page.getByTestId("open-chosen").click();
  await expect(page.getByText(/^30 rows, 1 column/)).toBeVisible();
});
