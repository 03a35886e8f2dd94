import { readFile } from "node:fs/promises";
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
  violations,
  violationsOfColour,
  violationsWhenNarrow,
} from "./support/lab.ts";

/** Stays that never end before they begin, and a total of two scores. */
function stays(rows: number): string {
  const lines = ["arrived,left,eye,motor,total,ward"];
  for (let i = 0; i < rows; i++) {
    const arrived = (i * 37) % 90;
    const left = arrived + ((i * 13) % 40);
    const [eye, motor] = [1 + ((i * 7) % 4), 1 + ((i * 11) % 6)];
    lines.push([arrived, left, eye, motor, eye + motor, i % 3 === 0 ? "A" : "B"].join(","));
  }
  return `${lines.join("\n")}\n`;
}

test("rules are found, switched, written, settled, saved, and kept in every synthetic row", async ({
  page,
}) => {
  await fewSteps(page);
  await openLab(page);
  await openText(page, "stays.csv", stays(300));
  await page.getByRole("button", { name: /^Rules/ }).click();
  const found = page.getByRole("region", { name: "Found in the data" });
  const order = found.getByRole("listitem").filter({ hasText: "arrived <= left" });
  await expect(order).toContainText("240 of 240");
  await expect(order).toContainText("may fail in up to 1.3%");
  const total = found.getByRole("listitem").filter({ hasText: "total" }).first();
  await total.getByRole("switch").click();
  await expect(total).toContainText("not kept while off");

  await page.getByTestId("add-rule").click();
  const text = page.getByLabel("Rule as text");
  const said = page.getByTestId("rule-check");
  await text.fill("arrivd >= 0");
  await expect(said).toContainText("arrived");
  await expect(page.getByRole("button", { name: "Add the rule" })).toBeDisabled();
  await text.fill('never ward = "A" and left > 100');
  await expect(said).toContainText("Read without errors");
  await page.getByRole("button", { name: "Add the rule" }).click();
  const own = page.getByRole("region", { name: "Set by you" });
  await expect(own.getByRole("listitem")).toHaveCount(1);
  expect(await violations(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: "dark" });
  expect(await violationsOfColour(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await violationsWhenNarrow(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  await page.setViewportSize({ width: 1440, height: 900 });

  await page.getByTestId("add-rule").click();
  await text.fill("left < arrived");
  await expect(said).toContainText(/break/);
  await text.press("Enter");
  const trouble = page.getByRole("alert").filter({ hasText: "Training waits" });
  await expect(trouble).toContainText("No row can meet");
  await expect(page.getByTestId("train")).toContainText(/settle rule \d+ first/);
  await page.keyboard.press("t");
  await expect(page.getByTestId("progress")).toHaveCount(0);
  await goTo(page, "Train");
  await expect(page.getByRole("heading", { name: "Rules to settle first" })).toBeVisible();
  await expect(page.getByText("Ready to train")).toHaveCount(0);
  await page.getByTestId("train-all").click();
  await expect(trouble).toBeVisible();
  await trouble.getByRole("button", { name: /Switch off/ }).click();
  await expect(trouble).toHaveCount(0);
  await expect(page.getByTestId("train")).toContainText("Train");

  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByTestId("save-rules").click(),
  ]);
  expect(download.suggestedFilename()).toBe("stays-rules.json");
  const saved = await readFile(await download.path());
  await page.getByRole("button", { name: "Back to what was found" }).click();
  await expect(own).toHaveCount(0);
  const file = { name: "other.json", mimeType: "application/json" };
  await page.getByTestId("open-rules").setInputFiles({ ...file, buffer: Buffer.from("{") });
  await expect(page.getByRole("alert").filter({ hasText: "not JSON" })).toBeVisible();
  await page.getByTestId("open-rules").setInputFiles({ ...file, buffer: saved });
  await expect(own.getByRole("listitem")).toHaveCount(2);

  await trainToTheEnd(page);
  await goTo(page, "Take away");
  await setRows(page, 400);
  const csv = await save(page, "download-csv");
  const [, ...rows] = cells(csv.bytes.toString("utf8"));
  expect(rows).toHaveLength(400);
  expect(rows.filter(([arrived, left]) => Number(left) < Number(arrived))).toEqual([]);
  expect(rows.filter(([, left, , , , ward]) => ward === "A" && Number(left) > 100)).toEqual([]);
  expect(rows.some(([, , eye, motor, sum]) => Number(eye) + Number(motor) !== Number(sum))).toBe(true);
});

/** Potassium between 7 and 8: its name is an abbreviation, and such values are too high to be sure by. */
function guessed(rows: number): string {
  const lines = ["K,ward"];
  for (let i = 0; i < rows; i++) lines.push(`${(7 + (i % 11) / 10).toFixed(1)},${i % 3 === 0 ? "A" : "B"}`);
  return `${lines.join("\n")}\n`;
}

test("what a column measures is a guess until it is confirmed, and a guess again once that is undone", async ({
  page,
}) => {
  await openLab(page);
  await openText(page, "potassium.csv", guessed(200));
  await page.getByRole("button", { name: "K", exact: true }).click();
  const choice = page.getByLabel("What K measures", { exact: true });
  const measures = choice.locator("xpath=ancestor::dd");
  await expect(measures).toContainText("Potassium in mmol/L · guess, by its abbreviation and its median");
  const confirm = measures.getByRole("button", { name: "Confirm" });
  await confirm.click();
  await expect(measures).toContainText("Potassium in mmol/L · certain, as you said");
  await expect(confirm).toHaveCount(0);
  await page.getByRole("button", { name: "Undo: what K measures" }).click();
  await expect(measures).toContainText("Potassium in mmol/L · guess");
  await confirm.click();
  await choice.selectOption({ label: "None of these" });
  await expect(measures).toContainText("Nothing known, you said so");
  await choice.selectOption({ label: "Chosen by name and values" });
  await expect(confirm).toBeVisible();
  await page.setViewportSize({ width: 390, height: 844 });
  await page.emulateMedia({ colorScheme: "dark" });
  expect(await violationsOfColour(page)).toEqual([]);
});
