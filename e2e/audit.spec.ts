import { expect, goTo, openLab, openText, test, violations } from "./support/lab.ts";

/** A number and an outcome of 100 patients: runs of so small a table take milliseconds. */
const ward = ["age,died", ...Array.from({ length: 100 }, (_, i) => `${25 + ((i * 13) % 60)},${i % 2}`)].join(
  "\n",
);

test("the guarantee is tested: it can be stopped, and what comes of it is said in a sentence", async ({
  page,
}) => {
  test.slow();
  await openLab(page);
  await openText(page, "ward.csv", ward);
  await goTo(page, "Train");
  await expect(page.getByTestId("audit")).toHaveCount(0);
  await page.getByRole("radio", { name: "ε 3", exact: true }).check();
  const card = page.getByTestId("audit-card");

  await test.step("under way it says how far it is, and ends when told to", async () => {
    await page.getByTestId("audit").click();
    await expect(card.getByRole("progressbar", { name: "Test of the guarantee" })).toBeVisible();
    await expect(card).toContainText("All patients in it are made up");
    await card.getByRole("button", { name: "Stop the test" }).click();
    await expect(card).toHaveCount(0);
  });

  await test.step("its result", async () => {
    await page.getByTestId("audit").click();
    await expect(card.getByRole("status")).toBeVisible({ timeout: 240_000 });
    await expect(card).toContainText("1,000 runs with a made-up row and 1,000 without");
    await expect(card).toContainText(
      /The stated 3 is not contradicted|does not contradict the stated 3|stay within the stated 3/,
    );
    expect(await violations(page)).toEqual([]);
    await card.getByRole("button", { name: "Close" }).click();
    await expect(card).toHaveCount(0);
  });
});
