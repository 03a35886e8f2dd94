/** The built page in a real browser: its size, and how long its main thread is ever busy at a stretch. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { chromium, type Page } from "@playwright/test";
import { build, preview } from "vite";
import { findBrowser } from "../scripts/browser.mjs";
import type { Figure } from "./figure.ts";

const dist = new URL("../dist/", import.meta.url);
/** The browser reports tasks from here on. */
const LONG_TASK = 50;
const ROWS = 300_000;

async function gzipped(url: string): Promise<number> {
  const path = new URL(url).pathname.slice(1);
  return gzipSync(await readFile(new URL(path === "" ? "index.html" : path, dist)), { level: 9 }).length;
}

/** What index.html names: enough for the first view. */
async function firstViewSize(address: string): Promise<number> {
  const html = await readFile(new URL("index.html", dist), "utf8");
  const names = [...html.matchAll(/(?:src|href)="\.\/([^"]+\.(?:js|css))"/g)].map(
    ([, name]) => name as string,
  );
  const sizes = await Promise.all(
    [address, ...names.map((name) => new URL(name, address).href)].map(gzipped),
  );
  return sizes.reduce((sum, size) => sum + size, 0) / 1000;
}

/** The worker's script and what it imports: the browser counts these fetches as the page's. */
async function workerScripts(urls: readonly string[]): Promise<Set<string>> {
  const scripts = new Set(urls.filter((url) => /\/worker-[^/]*\.js$/.test(url)));
  for (const url of scripts) {
    const code = await readFile(new URL(new URL(url).pathname.slice(1), dist), "utf8");
    for (const [, name] of code.matchAll(/from\s*"\.\/([^"]+\.js)"/g))
      scripts.add(new URL(name as string, url).href);
  }
  return scripts;
}

/** What the page itself has fetched by the time it is ready, all views included, without the worker's scripts. */
async function bundleSize(page: Page): Promise<number> {
  const fetched = await page.evaluate(() =>
    performance
      .getEntriesByType("resource")
      .map(({ name }) => name)
      .filter((name) => /\.(js|css)$/.test(name)),
  );
  const others = await workerScripts(fetched);
  const urls = new Set(fetched.filter((url) => !others.has(url)));
  const sizes = await Promise.all([page.url(), ...urls].map(gzipped));
  return sizes.reduce((sum, size) => sum + size, 0) / 1000;
}

interface Task {
  readonly at: number;
  readonly took: number;
}

/** The longest main-thread task while `work` goes on, in milliseconds; at least the 50 that are reported at all. */
async function longestTask(page: Page, what: string, work: () => Promise<void>): Promise<Figure> {
  await page.evaluate(() => {
    const tasks: Task[] = Object.assign(globalThis, { longTasks: [] }).longTasks;
    const from = performance.now();
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries())
        tasks.push({ at: startTime - from, took: duration });
    }).observe({ type: "longtask" });
  });
  await work();
  const tasks = await page.evaluate(() => (globalThis as { longTasks?: Task[] }).longTasks ?? []);
  const longest = tasks.reduce((a, b) => (b.took > a.took ? b : a), { at: 0, took: LONG_TASK });
  return {
    what,
    value: longest.took,
    unit: "ms",
    goal: { most: 100 },
    note: `${tasks.length} of ${LONG_TASK} ms or more; the longest ${(longest.at / 1000).toFixed(1)} s after the start`,
  };
}

async function largeFile(folder: string): Promise<string> {
  const path = join(folder, "large.csv");
  const lines = Array.from(
    { length: ROWS },
    (_, i) =>
      `${i},${(i * 37) % 90},${((i * 7919) % 1000) / 10},${i % 3 ? "m" : "f"},ward ${i % 12},${i % 11 === 0 ? 1 : 0}`,
  );
  await writeFile(path, `id,age,crp,sex,ward,died\n${lines.join("\n")}\n`);
  return path;
}

async function importLarge(page: Page, path: string): Promise<void> {
  await page.getByTestId("open-file").setInputFiles(path);
  await page
    .getByText(`${ROWS.toLocaleString("en-US")} rows`)
    .first()
    .waitFor({ timeout: 120_000 });
}

async function trainCohort(page: Page): Promise<void> {
  await page.getByTestId("sample-cohort").first().click();
  await page.getByRole("link", { name: "Train" }).click();
  await page.getByTestId("train").click();
  await page.getByTestId("progress").waitFor();
  await page.waitForTimeout(15_000);
}

export async function benchPage(): Promise<Figure[]> {
  const executablePath = await findBrowser();
  if (executablePath === undefined) throw new Error("There is no browser here.");
  const root = fileURLToPath(new URL("../", import.meta.url));
  await build({ root, logLevel: "warn" });
  const server = await preview({ root, logLevel: "warn", preview: { host: "localhost", port: 4273 } });
  const address = server.resolvedUrls?.local[0] ?? "";
  const browser = await chromium.launch({ executablePath });
  const folder = await mkdtemp(join(tmpdir(), "semblance-page-"));
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(address);
    await page.locator('html[data-ready="true"]').waitFor({ state: "attached" });
    const size = await bundleSize(page);
    const first = await firstViewSize(address);
    const training = await longestTask(page, "longest main-thread task, training", () => trainCohort(page));
    await page.goto("about:blank");
    await page.goto(address);
    await page.locator('html[data-ready="true"]').waitFor({ state: "attached" });
    const path = await largeFile(folder);
    const what = `longest main-thread task, importing ${ROWS} rows`;
    const importing = await longestTask(page, what, () => importLarge(page, path));
    return [
      { what: "page bundle for the first view, gzip", value: first, unit: "kB" },
      { what: "page bundle before the worker's, gzip", value: size, unit: "kB", goal: { most: 300 } },
      training,
      importing,
    ];
  } finally {
    await browser.close();
    await server.close();
    await rm(folder, { recursive: true });
  }
}
