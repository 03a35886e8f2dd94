import { readFile } from "node:fs/promises";
import { expect, openLab, requestCount, test, violations, violationsOfColour } from "./support/lab.ts";

test("a cohort is climbed and simulated from the first screen, and its numbers have sources", async ({
  page,
}) => {
  await openLab(page);
  await expect(page.locator("article svg[height='72']")).toHaveCount(5);

  const card = page.getByTestId("climb-heart-failure");
  await card.focus();
  await page.keyboard.press("Enter");
  await expect(card).toHaveAttribute("aria-expanded", "true");
  const panel = page.getByRole("region", { name: "Heart failure, levels" });
  await expect(panel.getByText(/The same (woman|man) at each level/)).toBeVisible();
  await expect(panel.getByRole("heading", { level: 3 })).toHaveCount(4);
  expect(await violations(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: "dark" });
  expect(await violationsOfColour(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: "light" });

  await page.keyboard.press("Escape");
  await expect(panel).toBeHidden();
  await expect(card).toBeFocused();
  await page.keyboard.press("Enter");

  await page.getByTestId("level-4").click();
  await page.getByTestId("patients").focus();
  await page.keyboard.press("Home");
  await expect(page.getByTestId("simulate")).toHaveText("Simulate 100 patients");

  await test.step("a pyramid of nobody is refused in place, and nothing is lost", async () => {
    await panel.getByText("More", { exact: true }).click();
    await panel.getByLabel("My own").check();
    await panel.getByLabel("From, band 1").focus();
    await page.evaluate(() => {
      const data = new DataTransfer();
      data.setData("text/plain", "20-29\t0\t0\n30-39\t0\t0");
      document.activeElement?.dispatchEvent(
        new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }),
      );
    });
    await expect(panel.getByLabel("Women, band 2")).toHaveValue("0");
    await page.getByTestId("simulate").click();
    await expect(panel.getByRole("alert")).toContainText("sums to 0");
    await expect(page.getByTestId("simulate")).toHaveText("Simulate 100 patients");
    await panel.getByLabel("As published").check();
  });

  await test.step("every number has its source", async () => {
    await page.getByRole("link", { name: "Where do these numbers come from?" }).click();
    const found = page.getByTestId("found-numbers");
    await expect(found).toContainText("value");
    const all = await found.textContent();
    await page.getByTestId("find-number").fill("systolic nhanes");
    await expect(found).not.toHaveText(all ?? "");
    await expect(page.getByRole("rowheader", { name: /systolic/i }).first()).toBeVisible();
    expect(await violations(page)).toEqual([]);

    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByTestId("save-numbers").click(),
    ]);
    const text = await readFile(await download.path(), "utf8");
    const wrong = text.replace(/"value":[^,]+/, '"value":"many"');
    const file = { name: "mine.json", mimeType: "application/json", buffer: Buffer.from(wrong) };
    await page.getByTestId("open-numbers").setInputFiles(file);
    await expect(page.getByRole("alert")).toContainText("mine.json");

    const wide = page.viewportSize() ?? { width: 1280, height: 720 };
    await page.setViewportSize({ width: 390, height: 844 });
    const list = page.getByRole("region", { name: "Numbers of the simulator" });
    await list.locator("summary").first().click();
    await expect(list.locator("details[open] li").first()).toBeVisible();
    const sideways = (): number =>
      document.documentElement.scrollWidth - document.documentElement.clientWidth;
    expect(await page.evaluate(sideways)).toBe(0);
    expect(await list.evaluate((region) => region.scrollWidth - region.clientWidth)).toBe(0);
    expect(await violations(page)).toEqual([]);
    await page.setViewportSize(wide);
    await page.getByRole("link", { name: "Back to Data" }).click();
  });

  await page.getByTestId("simulate").click();
  await expect(page.getByTestId("train")).toBeVisible();
  await expect(page.getByRole("heading", { name: "heart_failure_simulated.csv" })).toBeVisible();

  await test.step("the table is there from its top, and is saved as it was simulated", async () => {
    await expect(page.locator("#main")).toBeFocused();
    expect(await page.evaluate(() => scrollY)).toBe(0);
    await page.getByTestId("save-simulated").focus();
    await page.keyboard.press("Enter");
    await expect(page.getByTestId("save-as-csv")).toBeFocused();
    expect(await violations(page)).toEqual([]);
    const [csv] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Enter")]);
    expect(csv.suggestedFilename()).toBe("heart_failure_simulated-level-4-seed-1.csv");
    const lines = (await readFile(await csv.path(), "utf8")).trimEnd().split("\n");
    await expect(page.locator(".head .sub")).toContainText(`${lines.length - 1} rows`);
    await expect(page.getByTestId("saved-simulated")).toContainText("Saved heart_failure_simulated");
  });
  expect(await requestCount(page)).toBe("0");
});
