import { readFile } from "node:fs/promises";
import AxeBuilder from "@axe-core/playwright";
import { expect, test as base, type Download, type Page, type Request } from "@playwright/test";

/** Every request of the page, its worker and its service worker, in order; `ready` is how many there were when it was ready. */
export interface Network {
  readonly all: Request[];
  ready: number;
}

/** What must never happen on the page; a test that provokes some of it says so by emptying the list. */
export interface Trouble {
  readonly seen: string[];
}

const leavesMemory = (request: Request): boolean => /^(https?|wss?|ftp):/.test(request.url());

export const test = base.extend<{ network: Network; trouble: Trouble }>({
  network: async ({ context }, provide) => {
    const network: Network = { all: [], ready: 0 };
    context.on("request", (request) => {
      if (leavesMemory(request)) network.all.push(request);
    });
    await provide(network);
  },
  trouble: [
    async ({ context }, provide) => {
      const seen: string[] = [];
      context.on("weberror", (error) => seen.push(error.error().stack ?? String(error.error())));
      context.on("console", (message) => {
        if (message.type() === "error") seen.push(message.text());
      });
      await provide({ seen });
      expect(seen, "errors of the page, its console and the security policy").toEqual([]);
    },
    { auto: true },
  ],
});

export { expect } from "@playwright/test";

/** Opens the page and waits until nothing more will be fetched. `network.ready` is set when one is given. */
export async function openLab(page: Page, network?: Network, address = "./"): Promise<void> {
  await page.goto(address);
  await ready(page);
  if (network) network.ready = network.all.length;
}

export async function ready(page: Page): Promise<void> {
  await page.locator('html[data-ready="true"]').waitFor({ state: "attached" });
}

/** Settings as a person who was here before has left them: so few steps that a run takes seconds. */
export async function fewSteps(page: Page, settings: object = {}): Promise<void> {
  const kept = { synthesizer: "vae", params: { vae: { steps: 80 }, gan: { steps: 60 } }, ...settings };
  await page.addInitScript((text) => {
    if (localStorage.getItem("semblance.settings") === null) localStorage.setItem("semblance.settings", text);
  }, JSON.stringify(kept));
}

export async function openSampleCohort(page: Page): Promise<void> {
  await page.getByTestId("sample-cohort").click();
  await expect(page.getByTestId("train")).toBeVisible();
}

/** Gives the file to the page as the browser's chooser would. */
export async function openText(page: Page, name: string, text: string | Buffer): Promise<void> {
  const buffer = typeof text === "string" ? Buffer.from(text, "utf8") : text;
  await page.getByTestId("open-file").setInputFiles({ name, mimeType: "text/csv", buffer });
}

/**
 * Starts a run with the settings shown and waits until its verdicts are there. `whole`: until everything about it is
 * measured; else the rest is cancelled, so that what follows has the machine to itself.
 */
export async function trainToTheEnd(page: Page, { whole = false } = {}): Promise<void> {
  await page.getByTestId("train").click();
  await runEnds(page);
  await (whole ? restEnds(page) : leaveRest(page));
}

/** Everything about the selected run is measured. */
export async function restEnds(page: Page, timeout = 90_000): Promise<void> {
  await expect(page.getByTestId("rest")).toHaveCount(0, { timeout });
}

/** The selected run stays as its first pass left it. */
export async function leaveRest(page: Page): Promise<void> {
  const cancel = page.getByTestId("cancel-rest");
  // It may come to its end meanwhile.
  await cancel.click({ timeout: 2000 }).catch(() => undefined);
  await expect(cancel).toHaveCount(0);
}

/** The run under way has ended and has its verdicts. */
export async function runEnds(page: Page, timeout = 90_000): Promise<void> {
  await expect(page.getByRole("link", { name: "See how it compares" })).toBeVisible({ timeout });
  await expect(page.getByTestId("progress")).toBeHidden();
}

export async function goTo(page: Page, step: "Data" | "Train" | "Compare" | "Take away"): Promise<void> {
  const menu = page.getByTestId("where");
  if (await menu.isVisible()) await menu.click();
  await page.getByRole("navigation", { name: "Steps" }).getByRole("link", { name: step }).click();
}

export async function setRows(page: Page, rows: number): Promise<void> {
  await page.getByTestId("rows").fill(String(rows));
  await page.getByTestId("rows").blur();
}

/** Presses what `testId` marks and returns the file that the browser saves. */
export async function save(page: Page, testId: string): Promise<{ name: string; bytes: Buffer }> {
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByTestId(testId).click()]);
  return { name: download.suggestedFilename(), bytes: await bytesOf(download) };
}

async function bytesOf(download: Download): Promise<Buffer> {
  return readFile(await download.path());
}

/** Cells of a file without quoted line breaks or delimiters; the last empty line is not a row. */
export function cells(text: string, delimiter = ","): string[][] {
  return text
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .filter((line) => line !== "")
    .map((line) => line.split(delimiter));
}

export const requestCount = (page: Page): Promise<string | null> =>
  page.getByTestId("requests").textContent();

/** Leaves only these synthesizers ticked in "Train all and compare", which it opens. */
export async function tickOnly(page: Page, names: readonly string[]): Promise<void> {
  await page.locator("summary", { hasText: "Train all and compare" }).click();
  for (const box of await page
    .getByRole("group", { name: "Synthesizers to train" })
    .getByRole("checkbox")
    .all()) {
    const label = (await box.locator("xpath=..").textContent()) ?? "";
    await box.setChecked(names.some((name) => label.startsWith(name)));
  }
}

/** A table of numbers and levels small enough that runs take seconds; older patients are more often in ward B. */
export function smallTable(rows: number, from = 0): string {
  const lines = ["age,score,ward,sex,died"];
  for (let i = from; i < from + rows; i++) {
    const age = 20 + ((i * 37) % 61);
    const score = i % 9 === 0 ? "" : (((i * 13) % 50) / 10 + age / 20).toFixed(1);
    const ward = (i * 7) % 97 > age ? "A" : "B";
    lines.push([age, score, ward, i % 2 === 0 ? "F" : "M", (i * 11) % 100 < age ? "yes" : "no"].join(","));
  }
  return `${lines.join("\n")}\n`;
}

/** Those that another theme can add to what `violations` found in one: colours. */
export const violationsOfColour = (page: Page): Promise<string[]> =>
  seriousOf(axeOf(page).withRules(["color-contrast", "link-in-text-block"]));

/** The page's serious accessibility faults: what axe found, and where. */
export const violations = (page: Page): Promise<string[]> => seriousOf(axeOf(page));

/**
 * Those that a narrow window can add to what `violations` found in a wide one: names, structure and colours are the same
 * in both, but for the dock, which is laid out anew, and for what begins to scroll.
 */
export async function violationsWhenNarrow(page: Page): Promise<string[]> {
  const scrolling = await seriousOf(axeOf(page).withRules(["scrollable-region-focusable"]));
  if ((await page.locator(".dock").count()) === 0) return scrolling;
  return [...scrolling, ...(await seriousOf(axeOf(page).include(".dock")))];
}

/** Nodes that pass are not described, which is half of its work. */
const axeOf = (page: Page): AxeBuilder => new AxeBuilder({ page }).options({ resultTypes: ["violations"] });

async function seriousOf(axe: AxeBuilder): Promise<string[]> {
  const { violations: found } = await axe.analyze();
  return found
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(" | ")}`);
}
