import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { chromium, type Browser, type Page } from "@playwright/test";
import { build, preview } from "vite";
import { findBrowser } from "../../scripts/browser.mjs";
import type { Figure } from "../figure.ts";
import type { Split } from "./judged.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const LONGEST = 30 * 60_000;

/** CPU seconds of all of the browser's processes so far. */
async function cpuSeconds(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  return processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0);
}

async function openTable(page: Page, split: Split): Promise<void> {
  const buffer = await readFile(split.train);
  const file = { name: `${split.name}.csv`, mimeType: "text/csv", buffer };
  await page.getByTestId("open-file").setInputFiles(file);
  await page.getByTestId("train").waitFor({ timeout: 120_000 });
}

/** The table's default fit in the built page of a headless Chromium: from the press on "train" until it is measured. */
async function trainDefault(
  browser: Browser,
  page: Page,
): Promise<{ cpu: number; wall: number; device: string }> {
  const progress = page.getByRole("region", { name: "Progress" });
  const before = await cpuSeconds(browser);
  const started = performance.now();
  await page.getByTestId("train").click();
  const chip = progress.locator(".device");
  await chip.waitFor({ timeout: LONGEST });
  const device = (await chip.textContent()) ?? "unknown";
  const over = page.getByRole("link", { name: "See how it compares" });
  await progress
    .getByText(/^Measuring/)
    .or(over)
    .first()
    .waitFor({ timeout: LONGEST });
  return { cpu: (await cpuSeconds(browser)) - before, wall: (performance.now() - started) / 1000, device };
}

/** The default synthesizer once in the built page, as a person would: CPU seconds of the browser while it trains. */
export async function benchBrowser(split: Split): Promise<Figure[]> {
  const executablePath = await findBrowser();
  if (executablePath === undefined) throw new Error("There is no browser here.");
  await build({ root, logLevel: "warn" });
  const server = await preview({ root, logLevel: "warn", preview: { host: "localhost", port: 4274 } });
  const browser = await chromium.launch({ executablePath });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(server.resolvedUrls?.local[0] ?? "");
    await page.locator('html[data-ready="true"]').waitFor({ state: "attached" });
    await openTable(page, split);
    const { cpu, wall, device } = await trainDefault(browser, page);
    const note = `${device}; ${wall.toFixed(0)} s by the clock; the page holds rows out, so it trains on fewer`;
    return [{ what: `${split.name} in Chromium: the default's fit`, value: cpu, unit: "CPU s", note }];
  } finally {
    await browser.close();
    await server.close();
  }
}
