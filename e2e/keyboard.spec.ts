import type { Page } from "@playwright/test";
import { expect, fewSteps, openLab, runEnds, test } from "./support/lab.ts";

/** Tabs on until what has the focus matches `selector`. */
async function tabTo(page: Page, selector: string, most = 60): Promise<void> {
  for (let i = 0; i < most; i++) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) === true, selector)) return;
  }
  throw new Error(`${selector} cannot be reached with ${most} presses of Tab.`);
}

/** The ring that shows where the focus is. */
const hasRing = (page: Page): Promise<boolean> =>
  page.evaluate(() => {
    const element = document.activeElement;
    if (element === null) return false;
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    return outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 2;
  });

test("the whole journey without a mouse", async ({ page }) => {
  await fewSteps(page, { synthesizer: "independent" });
  await openLab(page);
  await page.keyboard.press("Tab");
  await expect(page.getByText("Skip to the content")).toBeFocused();

  await tabTo(page, '[data-testid="sample-cohort"]');
  expect(await hasRing(page)).toBe(true);
  await page.keyboard.press("Enter");
  await expect(page.getByText("2,000 rows")).toBeVisible();

  await tabTo(page, '[data-testid="train"]');
  expect(await hasRing(page)).toBe(true);
  await page.keyboard.press("Enter");
  await runEnds(page);

  await page.keyboard.press("3");
  await expect(page).toHaveURL(/#\/compare$/);
  await page.keyboard.press("j");
  await page.keyboard.press("4");
  await expect(page).toHaveURL(/#\/take-away$/);
  await expect(page.getByTestId("download-csv")).toBeEnabled();
  const [download] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("d")]);
  expect(download.suggestedFilename()).toMatch(/\.csv$/);

  const help = page.getByRole("button", { name: "Help and keyboard shortcuts" });
  const keys = page.getByRole("dialog", { name: "Keys" });
  await page.keyboard.press("?");
  await expect(keys.getByText("Next, previous worst")).toBeVisible();
  await expect(keys.getByRole("button", { name: "Close" })).toBeFocused();
  await page.keyboard.press("2");
  await expect(page).toHaveURL(/#\/train$/);
  await page.keyboard.press("Escape");
  await expect(keys).toBeHidden();
  await expect(help).toBeFocused();
  await page.keyboard.press("?");
  await page.keyboard.press("Enter");
  await expect(keys).toBeHidden();
  await expect(help).toBeFocused();

  await page.getByTestId("requests").click();
  const trust = page.getByRole("dialog", { name: "What leaves this machine" });
  await expect(trust.getByRole("button", { name: "Close" })).toBeFocused();
  await page.mouse.click(200, 500);
  await expect(trust).toBeHidden();
});

test("T starts a run, Space pauses it and goes on, letters are text in a field", async ({ page }) => {
  await fewSteps(page, { params: { vae: { steps: 4000 } } });
  await openLab(page);
  await page.getByTestId("sample-cohort").click();
  await expect(page.getByTestId("train")).toBeVisible();
  await page.keyboard.press("t");
  await expect(page.getByTestId("progress")).toBeVisible();
  await expect(page.getByTestId("pause")).toHaveText("Pause");
  await page.locator("h1").focus();
  await page.keyboard.press("Space");
  await expect(page.getByTestId("pause")).toHaveText("Resume");
  await page.keyboard.press("Space");
  await expect(page.getByTestId("pause")).toHaveText("Pause");
  await page.getByTestId("cancel").click();
  await expect(page.getByTestId("progress")).toBeHidden();
});
