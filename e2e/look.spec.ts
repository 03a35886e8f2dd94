import type { Locator, Page } from "@playwright/test";
import {
  expect,
  fewSteps,
  goTo,
  openLab,
  openText,
  test,
  trainToTheEnd,
  violations,
  violationsOfColour,
  violationsWhenNarrow,
} from "./support/lab.ts";

const steps = ["Data", "Train", "Compare", "Take away"] as const;
const file = (step: string): string => step.toLowerCase().replace(" ", "-");

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

test("the four steps in light and dark: no serious accessibility fault, nothing blank, nothing cut off", async ({
  page,
}) => {
  // Every measure's evidence is on one page, and axe looks at all of it.
  test.slow();
  await page.emulateMedia({ colorScheme: "light" });
  await fewSteps(page, { synthesizer: "independent" });
  await openLab(page);
  const faults: Record<string, string[]> = { empty: await violations(page) };
  for (const theme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme: theme });
    if (theme === "dark") faults["empty, dark"] = await violationsOfColour(page);
    await page.screenshot({ path: `test-results/screenshots/empty-1440-${theme}.png` });
  }
  await page.getByTestId("sample-cohort-diabetes").click();
  await trainToTheEnd(page, { whole: true });
  for (const theme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme: theme });
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 900 });
      for (const step of steps) {
        await goTo(page, step);
        await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
        await page.waitForTimeout(400);
        const path = `test-results/screenshots/${file(step)}-${width}-${theme}.png`;
        const picture = await page.screenshot({ path, fullPage: true });
        const place = `${step} at ${width} in ${theme}`;
        expect(await colours(page, picture), `colours on ${place}`).toBeGreaterThan(20);
        expect(await overflow(page), `px beyond the window on ${place}`).toBeLessThanOrEqual(0);
        expect(await cutOff(page), `actions cut off on ${place}`).toEqual([]);
        if (theme === "dark" && width === 1440) faults[place] = await violationsOfColour(page);
        if (theme === "light")
          faults[place] = width === 1440 ? await violations(page) : await violationsWhenNarrow(page);
      }
    }
  }
  expect(Object.entries(faults).filter(([, found]) => found.length > 0)).toEqual([]);
});

/** A table whose values are as long as they come: names, levels, date-times of one year. */
const longValues = (): string => {
  const head =
    "patient_id,time_of_admission_to_the_intensive_care_unit,destination_after_the_index_admission,age";
  const rows = Array.from({ length: 60 }, (_, i) => {
    const day = String(1 + (i % 28)).padStart(2, "0");
    const place =
      i % 3 === 0 ? "Another hospital in the northern region" : "A nursing facility with skilled staff";
    return `P${1000 + i},2019-${i % 2 === 0 ? "01" : "11"}-${day} ${10 + (i % 12)}:30:15,${place},${20 + i}`;
  });
  return `${head}\n${rows.join("\n")}\n`;
};

test("however long its values are, the table of columns shows Role and flags; nothing of it is translated", async ({
  page,
}) => {
  await openLab(page);
  await openText(page, "long.csv", longValues());
  const role = page.getByLabel("Role of patient_id");
  const flag = page.getByRole("button", { name: /Possible identifier: patient_id/ });
  const right = async (of: Locator): Promise<number> => {
    const box = await of.boundingBox();
    return (box?.x ?? Infinity) + (box?.width ?? Infinity);
  };
  for (const width of [1440, 1000, 390]) {
    await page.setViewportSize({ width, height: 900 });
    const card = await right(page.getByRole("region", { name: "Table" }));
    expect(await right(role), `Role at ${width}`).toBeLessThanOrEqual(card);
    expect(await right(flag), `flags at ${width}`).toBeLessThanOrEqual(card);
    expect(await overflow(page), `px beyond the window at ${width}`).toBeLessThanOrEqual(0);
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  const scrolls = await page.locator(".tbl .scroll").evaluate((box) => box.scrollWidth - box.clientWidth);
  expect(scrolls).toBeLessThanOrEqual(0);

  await page.getByRole("button", { name: "Rows", exact: true }).click();
  const cell = page.getByRole("cell", { name: "A nursing facility with skilled staff" }).first();
  expect(await cell.evaluate((element) => (element as HTMLElement).translate)).toBe(false);
  expect(await page.evaluate(() => document.documentElement.translate)).toBe(false);
  await expect(page.locator('meta[name="google"]')).toHaveAttribute("content", "notranslate");
});
