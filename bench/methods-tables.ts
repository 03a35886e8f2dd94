/**
 * The table of METHODS.md and those of its notebook page, written from measurements that are kept with the source, between
 * the lines `<!-- table: name -->` and `<!-- end -->`: `npm run bench -- methods`.
 */
import { readdir, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { format } from "prettier";
import type { Figure } from "./figure.ts";
import { readRuns, type Run } from "./peers/results.ts";
import { peers, rivals } from "./peers/roster.ts";
import { markdown, measured, type Measure, type Summary } from "./peers/summary.ts";

/** The pages with tables, and the names of theirs. */
export const PAGES: Readonly<Record<string, readonly string[]>> = {
  "METHODS.md": ["fidelity"],
  "bench/notes/2026-11-nearness-and-speed.md": ["nearness", "speed"],
};
const pathOf = (page: string): string => fileURLToPath(new URL(`../${page}`, import.meta.url));
const KEPT = fileURLToPath(new URL("results/", import.meta.url));

/** A mean over seeds, and its standard error where there is one. */
type Mean = readonly [mean: number, error?: number];

/** Measurements of our designs: the single runs, or only their means where the runs were not kept. */
interface KeptResults {
  readonly command: string;
  /** when it was measured, YYYY-MM-DD */
  readonly date: string;
  readonly note?: string;
  readonly means?: readonly ({ readonly design: string; readonly table: string; readonly seeds: number } & {
    readonly [measure in Measure]?: Mean;
  })[];
  readonly runs?: readonly Run[];
}

interface RealTable {
  readonly name: string;
  readonly train: number;
  readonly columns: number;
}

/** What the tables are made of. */
export interface Results {
  readonly tables: readonly RealTable[];
  readonly kept: readonly KeptResults[];
  readonly theirs: readonly Run[];
}

const read = async <T>(name: string): Promise<T> => JSON.parse(await readFile(`${KEPT}${name}`, "utf8")) as T;

export async function readResults(): Promise<Results> {
  const names = (await readdir(KEPT)).filter((name) => name.endsWith(".json") && name !== "tables.json");
  return {
    tables: await read<RealTable[]>("tables.json"),
    kept: await Promise.all(names.toSorted().map((name) => read<KeptResults>(name))),
    theirs: (await Promise.all(peers.map(({ id }) => readRuns(false, id)))).flat(),
  };
}

/** One measure of one design on one table, ours or a peer's. */
function found(results: Results, design: string, table: string, measure: Measure): Summary | undefined {
  const { kept, theirs } = results;
  const means = kept.flatMap((item) => item.means ?? []);
  const mean = means.find(
    (item) => item.design === design && item.table === table && item[measure] !== undefined,
  );
  const runs = [...theirs, ...kept.flatMap((item) => item.runs ?? [])];
  if (mean === undefined) return measured(runs, design, table, measure);
  const [value, error] = mean[measure] ?? [NaN];
  return { mean: value, error: error ?? NaN, seeds: mean.seeds };
}

const share = (value: number): string => value.toFixed(3).replace(/^0\./, ".");
const hundredth = (value: number): string => value.toFixed(2).replace(/^0\./, ".");
const wholeSeconds = (value: number): string => (value < 0.5 ? "<1" : value.toFixed(0));

/** The means of several measures as one cell, marked where they are of one seed. */
function cell(summaries: readonly (Summary | undefined)[], written: (value: number) => string): string {
  const known = (one: Summary | undefined): one is Summary => one !== undefined && !Number.isNaN(one.mean);
  const values = summaries.map((one) => (known(one) ? written(one.mean) : "–")).join(" / ");
  return summaries.some((one) => one?.seeds === 1) ? `${values}\\*` : values;
}

const nameOf = (design: string): string => peers.find(({ id }) => id === design)?.name ?? `**${design}**`;

/** Auto stands for the design it takes. */
const autoFirst = rivals
  .map(({ ours, peer }) => ({ ours: ours === "autoregressive" ? "auto" : ours, peer }))
  .toSorted((a, b) => Number(b.ours === "auto") - Number(a.ours === "auto"));

/** Each of ours with its peer below it; peers without a counterpart come last. */
const paired: readonly string[] = [
  ...autoFirst.flatMap(({ ours, peer }) => [ours, peer]),
  ...peers.map(({ id }) => id).filter((id) => !rivals.some(({ peer }) => peer === id)),
];

/** Designs down, real tables across; designs of which nothing is kept are left out. */
function rowsOf(
  results: Results,
  measures: readonly Measure[],
  written: (value: number) => string,
): string[][] {
  return paired.flatMap((design) => {
    const cells = results.tables.map(({ name }) =>
      measures.map((measure) => found(results, design, name, measure)),
    );
    if (cells.flat().every((summary) => summary === undefined)) return [];
    return [[nameOf(design), ...cells.map((row) => cell(row, written))]];
  });
}

const headOf = ({ tables }: Results): string[] => ["", ...tables.map(({ name }) => name)];

/** Every table, by the name in its marker. */
export const methodsTables: Readonly<Record<string, (results: Results) => string>> = {
  fidelity: (results) => markdown(headOf(results), rowsOf(results, ["c2st", "tstr"], share)),
  nearness: (results) => markdown(headOf(results), rowsOf(results, ["coverage", "dcr", "mia"], hundredth)),
  speed: (results) =>
    markdown(headOf(results), [
      ["rows x columns", ...results.tables.map(({ train, columns }) => `${train} x ${columns}`)],
      ...rowsOf(results, ["cpu"], wholeSeconds),
    ]),
};

const MARKED = /<!-- table: (\S+) -->[\s\S]*?<!-- end -->/g;

/** The text of `page` with each marked table as it follows from `results`; throws where markers and tables are not the same. */
export async function withTables(page: string, text: string, results: Results): Promise<string> {
  const marked = [...text.matchAll(MARKED)].map(([, name]) => name as string);
  const asked = PAGES[page] ?? [];
  if (marked.toSorted().join() !== asked.toSorted().join())
    throw new Error(`${page} has the tables ${marked.join(", ")}; there are ${asked.join(", ")}.`);
  const filled = text.replaceAll(
    MARKED,
    (_, name: string) => `<!-- table: ${name} -->\n\n${methodsTables[name]?.(results)}\n\n<!-- end -->`,
  );
  return format(filled, { parser: "markdown", printWidth: 110 });
}

export async function benchMethods(): Promise<Figure[]> {
  const results = await readResults();
  const figures: Figure[] = [];
  for (const page of Object.keys(PAGES)) {
    const text = await withTables(page, await readFile(pathOf(page), "utf8"), results);
    await writeFile(pathOf(page), text);
    figures.push({ what: page, value: Buffer.byteLength(text) / 1000, unit: "kB", goal: { most: 30 } });
  }
  return figures;
}
