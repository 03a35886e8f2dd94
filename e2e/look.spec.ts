import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, fewSteps, goTo, openLab, openSampleCohort, test, trainToTheEnd } from "./support/lab.ts";

const steps = ["Data", "Train", "Compare", "Take away"] as const;
const file = (step: string): string => step.toLowerCase().replace(" ", "-");

async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page }).analyze();
  return found
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(" | ")}`);
}

/** How far the page is wider than its window, in px. */
const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** How many different colours there are among points of the page: a blank one has one. */
async function colours(page: Page, picture: Buffer): Promise<number> {
  return page.evaluate(async (bytes) => {
    const image = await createImageBitmap(new Blob([Uint8Array.from(atob(bytes), (c) => c.charCodeAt(0))]));
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext("2d");
    if (!context) return 0;
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, image.width, image.height);
    const seen = new Set<number>();
    for (let i = 0; i < data.length; i += 4 * 37)
      seen.add((data[i] ?? 0) * 65_536 + (data[i + 1] ?? 0) * 256 + (data[i + 2] ?? 0));
    return seen.size;
  }, picture.toString("base64"));
}

/** The head's or dock's actions that reach beyond the window; a fixed dock does not make the page overflow. */
function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll(".dock .btn")]
      .filter((button) => button.getBoundingClientRect().right > window.innerWidth + 0.5)
      .map((button) => button.textContent ?? ""),
  );
}

for (const theme of ["light", "dark"] as const) {
  test(`the four steps in ${theme}: no serious accessibility fault, nothing blank, nothing cut off`, async ({
    page,
  }) => {
    // Every measure's evidence is on one page, and axe looks at all of it.
    test.slow();
    await page.emulateMedia({ colorScheme: theme });
    await fewSteps(page, { synthesizer: "independent" });
    await openLab(page);
    expect(await violations(page)).toEqual([]);
    await page.screenshot({ path: `test-results/screenshots/empty-1440-${theme}.png` });
    await openSampleCohort(page);
    await trainToTheEnd(page);
    const faults: Record<string, string[]> = {};
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 900 });
      for (const step of steps) {
        await goTo(page, step);
        await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
        await page.waitForTimeout(400);
        const path = `test-results/screenshots/${file(step)}-${width}-${theme}.png`;
        const picture = await page.screenshot({ path, fullPage: true });
        expect(await colours(page, picture), `colours on ${step} at ${width}`).toBeGreaterThan(20);
        expect(await overflow(page), `px beyond the window on ${step} at ${width}`).toBeLessThanOrEqual(0);
        expect(await cutOff(page), `actions cut off on ${step} at ${width}`).toEqual([]);
        faults[`${step} at ${width}`] = await violations(page);
      }
    }
    expect(Object.entries(faults).filter(([, found]) => found.length > 0)).toEqual([]);
  });
}
