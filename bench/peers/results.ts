import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The judge's figures for one synthetic table. Names as in the table; definitions are the judge's. */
export interface Verdict {
  readonly c2st: number;
  readonly tstr: number;
  readonly trtr: number;
  readonly coverage: number;
  readonly dcr: number;
  readonly mia: number;
  readonly copies: number;
  readonly copiesHoldout: number;
  readonly quality: number;
}

/** One fit of one design on one table with one seed. */
export interface Run {
  readonly design: string;
  readonly table: string;
  readonly seed: number;
  /** What it was measured from: script, requirements or program, table and judge. A run of another key is stale. */
  readonly key: string;
  readonly rows: number;
  /** CPU seconds of the whole program, from its start to the written rows. */
  readonly cpu: number;
  /** CPU seconds of fitting alone, where the program says so. */
  readonly fit?: number;
  readonly versions?: Readonly<Record<string, string>>;
  readonly verdict?: Verdict;
  /** The project's own measures, by metric. */
  readonly own?: Readonly<Record<string, number>>;
  /** Why there is no verdict. */
  readonly failed?: string;
}

const kept = fileURLToPath(new URL("results/", import.meta.url));
const passing = fileURLToPath(new URL("../out/peers/ours/", import.meta.url));

/** Peers' runs are measurements of fixed versions and are kept with the source; ours follow the code. */
const fileOf = (ours: boolean, design: string): string =>
  join(ours ? passing : kept, `${design.replaceAll(/[^\w.-]/g, "_")}.json`);

export async function readRuns(ours: boolean, design: string): Promise<Run[]> {
  const path = fileOf(ours, design);
  return existsSync(path) ? (JSON.parse(await readFile(path, "utf8")) as Run[]) : [];
}

/** Every run that is kept of ours. */
export async function readOurs(): Promise<Run[]> {
  if (!existsSync(passing)) return [];
  const names = (await readdir(passing)).filter((name) => name.endsWith(".json")).toSorted();
  const lists = await Promise.all(names.map((name) => readFile(join(passing, name), "utf8")));
  return lists.flatMap((text) => JSON.parse(text) as Run[]);
}

/** Puts `run` in the place of the run of the same table and seed; one run a line. */
export async function keepRun(ours: boolean, run: Run): Promise<void> {
  const others = (await readRuns(ours, run.design)).filter(
    ({ table, seed }) => table !== run.table || seed !== run.seed,
  );
  const runs = [...others, run].toSorted((a, b) => a.table.localeCompare(b.table) || a.seed - b.seed);
  const path = fileOf(ours, run.design);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `[\n${runs.map((item) => JSON.stringify(item)).join(",\n")}\n]\n`);
}

/** Twelve hex digits of the SHA-256 of files' contents, in the order given. */
export async function keyOf(paths: readonly string[]): Promise<string> {
  const hash = createHash("sha256");
  for (const path of paths) hash.update(await readFile(path));
  return hash.digest("hex").slice(0, 12);
}

export const rounded = (value: number): number => Number(value.toFixed(4));
