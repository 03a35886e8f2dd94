/**
 * What going on from a saved model gains on a small table: a model is trained on one simulated hospital (2,000 rows) and
 * goes on with n rows of another one that sees older patients; beside it a model of those n rows alone. Judged on
 * 800 other rows of that hospital by C2ST, TSTR and DCR share, several seeds.
 * Options: --synthesizers a,b, --sizes 100,200,500, --seeds N.
 */
import { parseArgs } from "node:util";
import { nodeWasmPaths } from "../src/cli/node-device.ts";
import { learnedTable } from "../src/core/lab/left-out.ts";
import { simulateCohort } from "../src/core/lab/lab.ts";
import { createRng } from "../src/core/math/rng.ts";
import { metrics } from "../src/core/metrics/registry.ts";
import { openDevice } from "../src/core/nn/device.ts";
import { findSynthesizer, resolveParams } from "../src/core/synthesizers/registry.ts";
import type { Artifact, Model } from "../src/core/synthesizers/synthesizer.ts";
import { takeRows } from "../src/core/table/table.ts";
import type { Table } from "../src/core/table/table.ts";
import type { Figure } from "./figure.ts";

const { values: asked } = parseArgs({
  args: process.argv.slice(2),
  allowPositionals: true,
  strict: false,
  options: {
    synthesizers: { type: "string", default: "vae,gan,diffusion" },
    sizes: { type: "string", default: "100,200,500" },
    seeds: { type: "string", default: "5" },
  },
});
const listed = (name: keyof typeof asked): string[] => String(asked[name]).split(",");

const SOURCE_SEED = 101;
const HELD_OUT = 800;
const JUDGED = 800;
const METRICS = ["c2st", "tstr", "dcr-share"] as const;
type Verdict = Readonly<Record<(typeof METRICS)[number], number>> & { readonly seconds: number };

/** Patients of the other hospital: from the cohort's median age on. */
function olderPatients(seed: number): Table {
  const cohort = learnedTable(simulateCohort("heart-failure", seed));
  const age = cohort.columns[cohort.schema.columns.findIndex(({ name }) => name === "age")];
  if (age?.type !== "numeric") throw new Error("the cohort has no ages");
  const middle = age.values.slice().sort()[Math.floor(cohort.rows / 2)] as number;
  const older = [...age.values.keys()].filter((i) => (age.values[i] as number) >= middle);
  return takeRows(cohort, Int32Array.from(older));
}

async function fit(id: string, train: Table, seed: number, from?: Artifact): Promise<Model> {
  const synthesizer = findSynthesizer(id);
  const options = { previewRows: 0, previewEvery: 0, ...(from && { from }) };
  const run = synthesizer.fit(train, resolveParams(synthesizer, {}), createRng(seed), options);
  for (;;) {
    const next = await run.next();
    if (next.done === true) return next.value;
  }
}

async function judge(
  id: string,
  train: Table,
  holdout: Table,
  seed: number,
  from?: Artifact,
): Promise<Verdict> {
  const before = process.cpuUsage();
  const model = await fit(id, train, seed, from);
  const spent = process.cpuUsage(before);
  const synthetic = await model.sample(JUDGED, createRng(seed));
  model.dispose();
  const values: Record<string, number> = { seconds: (spent.user + spent.system) / 1e6 };
  for (const name of METRICS) {
    const metric = metrics.find(({ id: own }) => own === name);
    const result = await metric?.compute({ train, holdout, synthetic }, createRng(1));
    values[name] = result?.status === "ok" ? result.value : NaN;
  }
  return values as unknown as Verdict;
}

const mean = (values: readonly number[]): number => values.reduce((sum, v) => sum + v / values.length, 0);
const error = (values: readonly number[]): number => {
  const centre = mean(values);
  return Math.sqrt(mean(values.map((v) => (v - centre) ** 2)) / Math.max(1, values.length - 1));
};

function figuresOf(what: string, anew: readonly Verdict[], continued: readonly Verdict[]): Figure[] {
  return [...METRICS, "seconds" as const].map((name) => {
    const [a, b] = [anew.map((one) => one[name]), continued.map((one) => one[name])];
    const gain = b.map((value, i) => value - (a[i] as number));
    return {
      what: `${what}: ${name === "seconds" ? "CPU time" : name}, continued`,
      value: mean(b),
      unit: name === "seconds" ? "s" : "",
      note: `from nothing ${mean(a).toFixed(3)}; difference ${mean(gain).toFixed(3)} ± ${error(gain).toFixed(3)}`,
    };
  });
}

export async function benchTransfer(): Promise<Figure[]> {
  await openDevice("wasm", { wasmPaths: nodeWasmPaths() });
  const source = learnedTable(simulateCohort("heart-failure", SOURCE_SEED));
  const figures: Figure[] = [];
  for (const id of listed("synthesizers")) {
    if (findSynthesizer(id).continues !== true) {
      console.log(`  ${id} cannot go on from a saved model`);
      continue;
    }
    const from = await (await fit(id, source, SOURCE_SEED)).save();
    for (const rows of listed("sizes").map(Number)) {
      const anew: Verdict[] = [];
      const continued: Verdict[] = [];
      for (let seed = 1; seed <= Number(asked["seeds"]); seed++) {
        const other = olderPatients(SOURCE_SEED + seed);
        const order = createRng(seed).permutation(other.rows);
        const holdout = takeRows(other, order.slice(0, Math.min(HELD_OUT, other.rows - rows)));
        const train = takeRows(other, order.slice(-rows));
        anew.push(await judge(id, train, holdout, seed));
        continued.push(await judge(id, train, holdout, seed, from));
      }
      const own = figuresOf(`${id}, ${rows} rows`, anew, continued);
      for (const { what, value, note } of own) console.log(`  ${what} ${value.toFixed(3)} (${note ?? ""})`);
      figures.push(...own);
    }
  }
  return figures;
}
