import {
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
} from "./support/lab.ts";

/** A ward's export: a unit in the cell, six spellings of two sexes, a blood pressure in one cell. */
function messy(rows: number): string {
  const sexes = ["f", "F", "female", "m", "M", "male"];
  const body = Array.from({ length: rows }, (_, i) => {
    const pulse = i % 29 === 0 ? "n.m." : `${60 + ((i * 13) % 50)}${i % 11 === 0 ? "" : " bpm"}`;
    return [
      `K${1000 + i * 3}`,
      sexes[(i * 5) % 6],
      pulse,
      `${110 + ((i * 7) % 40)}/${60 + ((i * 3) % 30)}`,
      40 + (i % 30),
    ].join(",");
  });
  return `case_no,sex,pulse,bp,age\n${body.join("\n")}\n`;
}

test("a suggestion is previewed, applied, taken back from the middle of the list, and nothing changes before", async ({
  page,
}) => {
  await openLab(page);
  await openText(page, "ward.csv", messy(120));
  const suggestions = page.getByTestId("suggestions");
  const sex = suggestions.getByRole("button", { name: /Preview: sex/ });
  await expect(sex).toBeVisible();
  await sex.click();
  const preview = page.getByTestId("step-preview");
  await expect(preview).toContainText("Nothing has changed yet.");
  await expect(preview.getByRole("cell", { name: "female", exact: true }).first()).toBeVisible();
  await expect(page.getByRole("button", { name: /^Undo: sex/ })).toHaveCount(0);
  expect(await violations(page)).toEqual([]);
  await page.getByTestId("apply-step").click();
  const done = page.getByTestId("steps-done");
  await expect(done.getByRole("listitem").filter({ hasText: "sex" })).toBeVisible();
  await expect(preview).toHaveCount(0);

  await page.getByLabel("Role of age").selectOption("feature");
  await expect(done.getByRole("listitem").filter({ hasText: "age" })).toBeVisible();
  await done.getByRole("button", { name: /^Undo step \d+: sex/ }).click();
  await expect(done.getByRole("listitem").filter({ hasText: "sex" })).toHaveCount(0);
  await expect(done.getByRole("listitem").filter({ hasText: "age" })).toBeVisible();
  await expect(sex).toBeVisible();

  await page.locator("h1").click();
  await page.keyboard.press("p");
  await expect(preview).toContainText("Preview.");
  await expect(page.getByTestId("apply-step")).toBeEnabled();
  const before = await done.getByRole("listitem").count();
  await page.keyboard.press("a");
  await expect(done.getByRole("listitem")).toHaveCount(before + 1);
});

test("steps by hand: levels are merged, a condition and a formula are checked while they are written", async ({
  page,
}) => {
  await openLab(page);
  await openText(page, "ward.csv", messy(120));
  await page.getByRole("button", { name: "Change cells of sex" }).click();
  await page.getByRole("menuitem", { name: "Merge levels" }).click();
  const panel = page.getByTestId("step-preview");
  for (const level of ["f", "F", "female"])
    await panel.getByRole("checkbox", { name: new RegExp(`^${level} `) }).check();
  await panel.getByLabel("become").fill("women");
  await expect(page.getByTestId("apply-step")).toBeEnabled();
  await page.getByTestId("apply-step").click();
  await expect(page.getByRole("row", { name: /^Select sex/ })).toContainText("women");

  await page.getByRole("button", { name: "New column" }).click();
  await panel.getByLabel("Column", { exact: true }).fill("decade");
  await panel.getByLabel("is", { exact: true }).fill("floor(agee / 10)");
  await expect(panel.getByRole("status")).toContainText("age");
  await expect(page.getByTestId("apply-step")).toBeDisabled();
  await panel.getByLabel("is", { exact: true }).fill("floor(age / 10)");
  await expect(page.getByTestId("apply-step")).toBeEnabled();
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("Kind of decade")).toBeVisible();

  await page.getByRole("button", { name: "Filter rows" }).click();
  await panel.getByLabel("Keep rows where").fill("age >= 50");
  await expect(panel).toContainText("would be left out");
  await page.getByTestId("apply-step").click();
  await expect(page.getByText(/^80 rows, /)).toBeVisible();
  await page.locator("h1").click();
  await page.keyboard.press("Control+z");
  await expect(page.getByText(/^120 rows, /)).toBeVisible();
});

test("columns are ticked by keyboard and changed at once; steps are saved and used on the next file; rows come out as a workbook", async ({
  page,
}) => {
  await fewSteps(page, { synthesizer: "independent" });
  await openLab(page);
  await openText(page, "march.csv", messy(150));
  await page.getByLabel("Select sex").focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("Shift+ArrowDown");
  const bar = page.getByTestId("bulk-bar");
  await expect(bar).toContainText("2 columns selected");
  await page.keyboard.press("b");
  await expect(bar.getByLabel("Kind of all")).toBeFocused();
  await bar.getByRole("button", { name: "Leave out" }).click();
  await expect(page.getByLabel("Role of sex")).toHaveValue("omit");
  await expect(page.getByLabel("Role of pulse")).toHaveValue("omit");
  const steps = await save(page, "save-steps");
  expect(steps.name).toBe("march-steps.json");

  await openText(page, "april.csv", messy(90));
  await expect(page.getByText(/^90 rows, /)).toBeVisible();
  await expect(page.getByLabel("Role of sex")).not.toHaveValue("omit");
  await page
    .getByTestId("open-steps")
    .setInputFiles({ name: steps.name, mimeType: "application/json", buffer: steps.bytes });
  await expect(page.getByLabel("Role of sex")).toHaveValue("omit");
  await expect(page.getByTestId("steps-done")).toContainText("of the file were done.");

  await trainToTheEnd(page);
  await goTo(page, "Take away");
  await setRows(page, 40);
  await page.getByLabel("Format").selectOption("xlsx");
  const book = await save(page, "download-csv");
  expect(book.name).toMatch(/^april-synthetic-40\.xlsx$/);
  expect(book.bytes.subarray(0, 2).toString()).toBe("PK");
});

test("what may name a patient is listed with what was seen and what else can be done; the patient is asked for", async ({
  page,
}) => {
  await openLab(page);
  const people = ["Anna Berger", "Jonas Weber", "Maria Huber", "Paul Stein", "Lena Koch", "Otto Maier"];
  const rows = Array.from({ length: 120 }, (_, i) => {
    const patient = Math.floor(i / 3);
    const month = String(1 + (patient % 12)).padStart(2, "0");
    const sex = patient % 2 ? "f" : "m";
    return `${50_000 + patient * 7},${people[patient % 6]},${sex},${1930 + (patient % 50)}-${month}-11,${i % 9}`;
  });
  await openText(page, "stays.csv", `mrn,full_name,sex,birth_date,score\n${rows.join("\n")}\n`);
  const question = page.getByTestId("patient-question");
  await expect(question.getByRole("radio", { name: /^mrn/ })).toBeChecked();
  await expect(question).toContainText("up to 3 rows each");
  const found = page.getByTestId("identifiers");
  await expect(found.getByRole("listitem")).toContainText(["mrn", "full_name", "birth_date"]);

  const birth = found.getByLabel("What becomes of birth_date");
  await expect(birth.locator("option").first()).toHaveText("Left out");
  await birth.selectOption({ label: "Keep the year" });
  await expect(page.getByLabel("Role of birth_date")).toHaveValue("feature");
  await expect(page.getByTestId("steps-done").getByRole("listitem").first()).toContainText("birth_date");
  const none = question.getByRole("radio", { name: /^None/ });
  await none.click();
  await expect(none).toBeChecked();
  await expect(page.getByLabel("Role of mrn")).toHaveValue("omit");
  expect(await violations(page)).toEqual([]);
});
