import {
  cells,
  expect,
  goTo,
  openLab,
  openSampleCohort,
  requestCount,
  runEnds,
  save,
  setRows,
  test,
} from "./support/lab.ts";

test("from the sample cohort to synthetic rows, the model and the card", async ({ page }) => {
  await openLab(page);
  await openSampleCohort(page);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("heart_failure");
  await expect(page.getByText("2,000 rows")).toBeVisible();

  await goTo(page, "Train");
  await expect(page.getByTestId("progress")).toHaveCount(0);
  await page.getByRole("radio", { name: "VAE", exact: true }).check();
  await page.getByText("Advanced").click();
  await page.getByLabel("Most steps").fill("120");
  await page.getByLabel("Most steps").blur();
  await page.getByTestId("train").click();

  await expect(page.getByTestId("progress")).toHaveRole("progressbar");
  await expect(page.getByTestId("cancel")).toBeVisible();
  await runEnds(page);

  await page.getByRole("link", { name: "See how it compares" }).click();
  await expect(page.getByRole("heading", { level: 1 })).not.toBeEmpty();
  for (const side of ["Fidelity", "Privacy"])
    await expect(
      page.getByRole("region", { name: "Five sides" }).getByRole("button", { name: new RegExp(`^${side}`) }),
    ).toBeVisible();
  await expect(page.getByRole("img").first()).toBeVisible();

  const card = await save(page, "save-card");
  expect(card.name).toMatch(/\.png$/);
  expect(card.bytes.subarray(1, 4).toString()).toBe("PNG");
  expect(card.bytes.readUInt32BE(16)).toBe(1600);

  await goTo(page, "Take away");
  await setRows(page, 321);
  const csv = await save(page, "download-csv");
  const [header, ...rows] = cells(csv.bytes.toString("utf8"));
  expect(header).toHaveLength(27);
  expect(rows).toHaveLength(321);
  expect(new Set(rows.map((row) => row.length))).toEqual(new Set([27]));
  expect(rows.flat().some((cell) => cell === "")).toBe(true);

  const model = await save(page, "export-model");
  expect(model.bytes.subarray(0, 2).toString()).toBe("PK");
  expect(await requestCount(page)).toBe("0");
});
