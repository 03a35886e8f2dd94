/**
 * What lines by group and gaps of the autoregressive method are worth: small tables, several splits of each, fitted with
 * everything, without groups and without gaps, and judged by a program that is not ours. Whether a fit has groups or gaps is
 * settled before its first step, so a fit of one step shows it; where it has none, the fit without them is the same to the
 * byte, and its difference is nought without being measured. Outcomes are written as they come
 * (bench/out/ablation-runs.json) and taken up again from there.
 * Options: --data DIR, --judge SCRIPT, --python BIN, --splits N, --tables a,b.
 */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs, promisify } from "node:util";
import { nodeWasmPaths } from "../src/cli/node-device.ts";
import { readCsv, sampleCsv, startFit, type TrainedModel } from "../src/core/lab/lab.ts";
import { createRng } from "../src/core/math/rng.ts";
import { autoregressiveWith } from "../src/core/synthesizers/autoregressive/autoregressive.ts";
import type { Params } from "../src/core/synthesizers/synthesizer.ts";
import type { Figure } from "./figure.ts";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../", import.meta.url));
const { values: asked } = parseArgs({
  args: process.argv.slice(2),
  allowPositionals: true,
  strict: false,
  options: {
    data: { type: "string", default: join(root, "../shared/data") },
    judge: { type: "string", default: join(root, "../shared/judge/evaluate.py") },
    python: { type: "string", default: process.env["PYTHON"] ?? "python3" },
    splits: { type: "string", default: "8" },
    tables: { type: "string", default: "pima,heart_failure,wdbc,ckd,icu10,pbcseq_visits" },
  },
});
const option = (name: keyof typeof asked): string => String(asked[name]);

const left = { all: [], "without groups": ["groups"], "without gaps": ["gaps"] } as const;
type Variant = keyof typeof left;
const variants = Object.keys(left) as Variant[];

/** Better is less of the first three, nearer to a half of the fourth, more of the others. */
const judged = [
  "c2st_test_gbt",
  "c2st_test_rel",
  "mia_auc",
  "dcr_share",
  "tstr_gbt",
  "tstr_linear",
  "coverage",
] as const;
type Judged = (typeof judged)[number];

interface Case {
  readonly table: string;
  readonly split: number;
}

/** What a table's fit has that can be left out. */
type Has = Readonly<Record<"groups" | "gaps", boolean>>;

interface Outcome extends Case {
  readonly variant: Variant;
  readonly scores: Partial<Record<Judged, number>>;
}

interface Part {
  readonly train: string;
  readonly test: string;
}

/** The rows of both files, shuffled by the split's seed and cut 70/30; of a table with an id the first row of each. */
async function partsOf(table: string, split: number): Promise<Part> {
  const linesOf = async (part: string): Promise<string[]> =>
    (await readFile(join(option("data"), `${table}.${part}.csv`), "utf8")).trim().split(/\r?\n/);
  const [[head = "", ...train], [, ...test]] = await Promise.all([linesOf("train"), linesOf("test")]);
  const names = head.split(",").map((name) => name.replaceAll('"', ""));
  const id = names.indexOf("id");
  const rows = [...train, ...test].map((line) => line.split(","));
  const seen = new Set<string>();
  const first = rows.filter((cells) => {
    const whose = cells[id];
    if (whose === undefined) return true;
    return !seen.has(whose) && seen.add(whose);
  });
  const lineOf = (cells: readonly string[]): string =>
    cells.filter((_, i) => names[i] !== "id" && !(id >= 0 && names[i] === "day")).join(",");
  const order = [...createRng(split).permutation(first.length)].map((i) => lineOf(first[i] as string[]));
  const cut = Math.round(0.7 * order.length);
  const file = (lines: readonly string[]): string => `${[lineOf(names), ...lines].join("\n")}\n`;
  return { train: file(order.slice(0, cut)), test: file(order.slice(cut)) };
}

interface Fitted {
  readonly model: TrainedModel;
  readonly rows: number;
  readonly has: Has;
}

async function fit(
  train: string,
  target: string,
  variant: Variant,
  seed: number,
  shortest = false,
): Promise<Fitted> {
  const chunks = (async function* () {
    yield new TextEncoder().encode(train);
  })();
  const { table } = await readCsv(chunks, {
    name: "train.csv",
    changes: [{ type: "role", column: target, role: "target" }],
  });
  const synthesizer = autoregressiveWith((plan) => ({
    ...plan,
    ...(shortest && { compared: 1 }),
    ...Object.fromEntries(left[variant].map((part) => [part, false])),
  }));
  const params: Partial<Params> = shortest ? { steps: 1 } : {};
  const request = { synthesizer: "autoregressive", params, seed, device: "wasm" } as const;
  const settings = { wasmPaths: nodeWasmPaths(), previewRows: 0, find: () => synthesizer };
  const { model } = await startFit(table, request, settings).done;
  const state = model.artifact.state as { lines?: ({ by?: number } | null)[]; gaps?: unknown[] };
  const groups = state.lines?.some((line) => line?.by !== undefined) ?? false;
  const gaps = state.gaps?.some((gap) => gap !== null) ?? false;
  return { model, rows: table.rows, has: { groups, gaps } };
}

async function draw({ model, rows }: Fitted, seed: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const { bytes } of sampleCsv(model, rows, seed)) chunks.push(bytes);
  return Buffer.concat(chunks);
}

async function judge(
  folder: string,
  { train, test }: Part,
  csv: Buffer,
  meta: string,
): Promise<Outcome["scores"]> {
  const at = (name: string): string => join(folder, name);
  await Promise.all([
    writeFile(at("train.csv"), train),
    writeFile(at("test.csv"), test),
    writeFile(at("drawn.csv"), csv),
  ]);
  const against = ["--test", at("test.csv"), "--meta", meta, "--json", at("verdict.json"), "--quiet"];
  await run(option("python"), [option("judge"), at("train.csv"), at("drawn.csv"), ...against]);
  const written = (await readFile(at("verdict.json"), "utf8")).replaceAll(/\bNaN\b/g, "null");
  const verdict = JSON.parse(written) as Record<string, number | null>;
  return Object.fromEntries(
    judged.flatMap((name) => (typeof verdict[name] === "number" ? [[name, verdict[name]]] : [])),
  );
}

const mean = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length;

interface Runs {
  readonly uses: (Case & Has)[];
  readonly outcomes: Outcome[];
}

const isOf =
  ({ table, split }: Case) =>
  (other: Case): boolean =>
    other.table === table && other.split === split;

/** What is lost without a part, over the splits of a table: mean of the paired differences and its standard error. */
function figuresOf({ uses, outcomes }: Runs, table: string): Figure[] {
  const cases = uses.filter((one) => one.table === table);
  return variants.slice(1).flatMap((variant) => {
    const had = cases.filter((one) => left[variant].some((part) => one[part]));
    return judged.flatMap((name): Figure[] => {
      const scoreOf = (one: Case, of: Variant): number =>
        outcomes.filter(isOf(one)).find((outcome) => outcome.variant === of)?.scores[name] ?? NaN;
      const differences = cases
        .map((one) => (had.includes(one) ? scoreOf(one, variant) - scoreOf(one, "all") : 0))
        .filter(Number.isFinite);
      if (differences.length === 0) return [];
      const value = mean(differences);
      const squares = differences.reduce((sum, one) => sum + (one - value) ** 2, 0);
      const error = Math.sqrt(squares / Math.max(1, differences.length - 1) / differences.length);
      const note = `standard error ${error.toFixed(4)} over ${differences.length} splits; in use in ${had.length} of ${cases.length}`;
      return [{ what: `${table}, ${variant}: ${name}`, value, unit: "", note }];
    });
  });
}

/** Needs the tables, the judge and a Python that runs it; without them it says so and measures nothing. */
export async function benchAblation(): Promise<Figure[]> {
  const missing = [option("judge"), option("data")].find((path) => !existsSync(path));
  if (missing !== undefined) {
    console.log(`  ${missing} is not here: nothing was measured. Say --data DIR, --judge SCRIPT.`);
    return [];
  }
  const file = fileURLToPath(new URL("./out/ablation-runs.json", import.meta.url));
  const record: Runs = existsSync(file)
    ? (JSON.parse(await readFile(file, "utf8")) as Runs)
    : { uses: [], outcomes: [] };
  const keep = async (news: object): Promise<void> => {
    await writeFile(file, `${JSON.stringify(record, null, 1)}\n`);
    console.log(`  ${JSON.stringify(news)}`);
  };
  const tables = option("tables").split(",");
  const cases: Case[] = Array.from({ length: Number(option("splits")) }, (_, i) => i + 1).flatMap((split) =>
    tables.map((table) => ({ table, split })),
  );
  const metaOf = ({ table }: Case): string =>
    join(option("data"), `${table.replace("_visits", "")}.meta.json`);
  const targetOf = async (one: Case): Promise<string> =>
    (JSON.parse(await readFile(metaOf(one), "utf8")) as { target: string }).target;
  for (const one of cases) {
    if (record.uses.some(isOf(one))) continue;
    const { train } = await partsOf(one.table, one.split);
    const { has } = await fit(train, await targetOf(one), "all", one.split, true);
    record.uses.push({ ...one, ...has });
    await keep({ ...one, ...has });
  }
  const folder = await mkdtemp(join(tmpdir(), "semblance-ablation-"));
  try {
    for (const one of record.uses.filter((use) => cases.some(isOf(use)))) {
      const worth = variants.filter((variant) => left[variant].some((part) => one[part]));
      for (const variant of worth.length > 0 ? (["all", ...worth] as const) : []) {
        if (record.outcomes.some((outcome) => isOf(one)(outcome) && outcome.variant === variant)) continue;
        const parts = await partsOf(one.table, one.split);
        const fitted = await fit(parts.train, await targetOf(one), variant, one.split);
        const scores = await judge(folder, parts, await draw(fitted, one.split), metaOf(one));
        const outcome = { table: one.table, split: one.split, variant, scores };
        record.outcomes.push(outcome);
        await keep(outcome);
      }
    }
  } finally {
    await rm(folder, { recursive: true });
  }
  return tables.flatMap((table) => figuresOf(record, table));
}
