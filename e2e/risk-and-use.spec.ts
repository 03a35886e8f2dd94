import {
  cells,
  expect,
  goTo,
  openLab,
  openText,
  requestCount,
  runEnds,
  test,
  violations,
  violationsWhenNarrow,
} from "./support/lab.ts";

/** Patients of whom older ones and those with a high value die more often. */
function patients(rows: number): string {
  let state = 7;
  const next = (): number => (state = (state * 1103515245 + 12345) % 2147483648) / 2147483648;
  const lines = ["age,sex,ward,weight,creatinine,died"];
  for (let row = 0; row < rows; row++) {
    const age = 30 + Math.floor(60 * next());
    const creatinine = 0.6 + 2 * next() * next();
    const risk = 1 / (1 + Math.exp(-(0.08 * (age - 68) + 2 * (creatinine - 1.2))));
    lines.push(
      [
        age,
        next() < 0.5 ? "f" : "m",
        "ABCD".charAt(Math.floor(4 * next())),
        (50 + 60 * next()).toFixed(1),
        creatinine.toFixed(2),
        next() < risk ? "yes" : "no",
      ].join(","),
    );
  }
  return `${lines.join("\n")}\n`;
}

test("risk against use of two runs, what each epsilon costs, and the real table coarsened", async ({
  page,
}) => {
  test.setTimeout(150_000);
  page.setDefaultTimeout(20_000);
  await openLab(page);
  await openText(page, "ward.csv", patients(500));
  await goTo(page, "Train");
  for (const name of ["Independent columns", "Gaussian copula"]) {
    await page.getByRole("radio", { name: new RegExp(`^${name}`) }).check();
    await page.getByTestId("train").click();
    await runEnds(page);
  }
  await goTo(page, "Compare");
  const plane = page.getByRole("region", { name: "Risk and use" });
  await plane.getByRole("button", { name: "Draw the plane" }).click();
  const picture = plane.getByRole("img", { name: /^Privacy risk against use of \d+ tables/ });
  await expect(picture).toBeVisible({ timeout: 90_000 });
  await expect(plane.getByText("Up is more use, left is less risk.")).toBeVisible();
  await expect(plane.getByRole("row", { name: /The real rows 1\.00/ })).toBeVisible();

  await picture.focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("End");
  await expect(plane.getByText(/^The real rows: Risk 1\.00/)).toBeAttached();
  await page.keyboard.press("v");
  await expect(plane.getByRole("columnheader", { name: "Risk (95% interval)" })).toBeVisible();
  await page.keyboard.press("v");

  const sweep = page.getByRole("region", { name: "What each ε costs" });
  await sweep.getByLabel("Seeds at each ε").selectOption("2");
  await sweep.getByRole("button", { name: "Run the sweep" }).click();
  // So few rows may be refused at the least ε: the noisy number of them decides.
  await expect(sweep.getByText(/[68] runs, 2 seeds at each ε/)).toBeVisible({ timeout: 120_000 });
  await expect(sweep.getByText("nothing is added to the ledger")).toBeVisible();
  await expect(sweep.getByRole("img", { name: /^AUROC by epsilon/ })).toBeVisible();

  const coarse = page.getByRole("region", { name: "Coarsen the real table" });
  await coarse.getByRole("button", { name: "Export the table at k = 5", exact: true }).click();
  const question = coarse.getByRole("group", { name: "Export at k = 5", exact: true });
  await expect(question.getByRole("heading")).toContainText("This file contains your real patients");
  await expect(question.getByText("500 of 500 rows")).toBeVisible();
  const download = page.waitForEvent("download");
  await question.getByRole("button", { name: "Save the real rows, coarsened" }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe("ward-real-k-5.csv");
  const stream = await file.createReadStream();
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(Buffer.from(part as Uint8Array));
  const [header, ...rows] = cells(Buffer.concat(parts).toString("utf8"));
  expect(header).toEqual(["age", "sex", "ward", "weight", "creatinine", "died"]);
  expect(rows).toHaveLength(500);
  expect(rows.every(([age]) => /^\d+( to \d+)?$/.test(age ?? ""))).toBe(true);

  expect(await violations(page)).toEqual([]);
  expect(await violationsWhenNarrow(page)).toEqual([]);
  expect(await requestCount(page)).toBe("0");
  if (process.env["SEMBLANCE_SHOTS"] !== undefined) {
    const { SEMBLANCE_SHOTS: to } = process.env;
    for (const [name, width, scheme] of [
      ["1440-light", 1440, "light"],
      ["1440-dark", 1440, "dark"],
      ["390-light", 390, "light"],
    ] as const) {
      await page.setViewportSize({ width, height: 1600 });
      await page.emulateMedia({ colorScheme: scheme });
      await plane.scrollIntoViewIfNeeded();
      await page.screenshot({ path: `${to}/plane-${name}.png`, fullPage: true });
    }
  }
});
