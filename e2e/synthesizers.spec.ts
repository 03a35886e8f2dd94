import {
  expect,
  fewSteps,
  goTo,
  openLab,
  openSampleCohort,
  openText,
  restEnds,
  runEnds,
  smallTable,
  test,
} from "./support/lab.ts";

test("every synthesizer has a name and a sentence, the first is the recommended one, and its settings their reasons", async ({
  page,
}) => {
  await openLab(page);
  await openText(page, "small.csv", smallTable(120));
  await goTo(page, "Train");
  const list = page.getByTestId("synthesizer");
  const options = list.locator("label");
  await expect(options.first()).toBeVisible();
  const count = await options.count();
  expect(count).toBeGreaterThan(2);
  await expect(options.first().getByText("Recommended")).toBeVisible();
  await expect(list.getByRole("radio").first()).toBeChecked();
  await page.locator("summary", { hasText: "Advanced" }).click();
  for (let i = 0; i < count; i++) {
    const option = options.nth(i);
    await option.getByRole("radio").check();
    expect((await option.locator(".about > span").first().textContent())?.length).toBeGreaterThan(20);
    const fields = page.locator(".adv .fld:has([id^=param-])");
    for (const reason of await fields.locator(".s").allTextContents())
      expect(reason.length).toBeGreaterThan(15);
  }
  await list.getByRole("radio").first().focus();
  await page.keyboard.press("ArrowDown");
  await expect(list.getByRole("radio").nth(1)).toBeChecked();
});

test("what a run would take is said before it starts, and learned from the runs that end here", async ({
  page,
}) => {
  await fewSteps(page);
  await openLab(page);
  await openText(page, "small.csv", smallTable(150));
  await goTo(page, "Train");
  const estimate = page.getByTestId("estimate").first();
  await expect(estimate).toHaveText(
    /^(under|about) \d+(\.\d)? (s|min|h) to its verdicts, (under|about) \d+(\.\d)? (s|min|h) to all measures$|not known yet/,
  );
  const started = Date.now();
  await page.getByTestId("train").click();
  await runEnds(page);
  const waited = (Date.now() - started) / 1000;
  await restEnds(page);
  await expect(estimate).toHaveText(/^(under|about) \d/);
  const taken = await page.getByText(/^Trained in/).textContent();
  const seconds = Number(/Trained in ([\d.]+) s/.exec(taken ?? "")?.[1]);
  const expected = Number(/([\d.]+) s/.exec((await estimate.textContent()) ?? "")?.[1]);
  expect(expected).toBeGreaterThan(seconds / 2 - 0.6);
  // Measuring counts: what is said is what one waits for.
  expect(expected).toBeLessThan(2 * waited + 2);
});

test("the estimate beside Start is of the simulated cohort too, whatever is chosen", async ({ page }) => {
  await openLab(page);
  await openSampleCohort(page);
  await goTo(page, "Train");
  const list = page.getByTestId("synthesizer");
  await expect(list.getByRole("radio").first()).toBeVisible();
  for (const radio of await list.getByRole("radio").all()) {
    await radio.check();
    await expect(page.getByTestId("estimate").first()).toHaveText(/^(under|about) \d|not known yet/);
  }
});
