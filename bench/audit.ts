/**
 * `npm run bench -- audit [--method dp-target] [--variant NAME] [--seeds 20] [--runs 1000] [--epsilon 1]`: how often the audit
 * calls a method broken that is as it should be, and how often one that was broken on purpose. On made-up patients in a
 * table of 538 rows and 9 columns; cryptographic noise.
 */
import { parseArgs } from "node:util";
import { simulateCohort } from "../src/core/clinic/cohorts/cohorts.ts";
import { auditGuarantee } from "../src/core/lab/audit/audit-guarantee.ts";
import { noiseHalved, patientsUnbounded, rangesRead } from "../src/core/lab/audit/fixtures/broken.ts";
import { counting } from "../src/core/lab/audit/fixtures/counting.ts";
import { findSynthesizer } from "../src/core/synthesizers/registry.ts";
import type { Synthesizer } from "../src/core/synthesizers/synthesizer.ts";
import { selectColumns, takeRows, type Table } from "../src/core/table/table.ts";
import type { Figure } from "./figure.ts";

const ROWS = 538;
const COLUMNS = 9;

interface Variant {
  readonly method: Synthesizer;
  readonly table: Table;
  readonly broken: boolean;
}

function rowsAlone(): Table {
  const { patients: _several, ...cohort } = takeRows(
    simulateCohort("heart-failure", 1),
    Array.from({ length: ROWS }, (_, i) => i),
  );
  const learned = cohort.schema.columns.flatMap(({ role }, i) => (role === "identifier" ? [] : [i]));
  return selectColumns(cohort, learned.slice(-COLUMNS));
}

function variants(method: Synthesizer): Readonly<Record<string, Variant>> {
  const table = rowsAlone();
  const visits = { ...table, patients: Int32Array.from({ length: ROWS }, (_, row) => row >> 1) };
  return {
    correct: { method, table, broken: false },
    "correct, patients": { method, table: visits, broken: false },
    "noise halved": { method: noiseHalved(method), table, broken: true },
    "patients unbounded": { method: patientsUnbounded(method), table: visits, broken: true },
    "ranges read": { method: rangesRead(method), table, broken: true },
    "clipping off": { method: counting("clipping"), table, broken: true },
    "threshold off": { method: counting("threshold"), table, broken: true },
  };
}

/** One figure per variant: how many of the seeds were called broken. */
export async function benchAudit(): Promise<Figure[]> {
  const { values } = parseArgs({
    args: process.argv.slice(3),
    options: {
      method: { type: "string", default: "dp-target" },
      variant: { type: "string", multiple: true },
      seeds: { type: "string", default: "20" },
      runs: { type: "string", default: "1000" },
      epsilon: { type: "string", default: "1" },
    },
  });
  const all = variants(findSynthesizer(values.method));
  const [seeds, runs] = [Number(values.seeds), Number(values.runs)];
  const figures: Figure[] = [];
  for (const name of values.variant ?? Object.keys(all)) {
    const variant = all[name];
    if (variant === undefined) throw new Error(`${name} is none of ${Object.keys(all).join(", ")}`);
    const least: number[] = [];
    let seconds = 0;
    let flagged = 0;
    for (let seed = 1; seed <= seeds; seed++) {
      const params = { epsilon: Number(values.epsilon) };
      const request = {
        synthesizer: variant.method.id,
        params,
        public: { columns: [] },
        runs,
        seed,
        on: "stand-in",
      } as const;
      const result = await auditGuarantee(variant.table, request, { find: () => variant.method });
      least.push(result.least);
      seconds += result.seconds;
      if (result.verdict === "broken") flagged++;
      console.log(
        `  ${name}, seed ${seed}: ${result.verdict}, epsilon ${result.least.toFixed(3)} at least, ${result.seconds.toFixed(1)} s`,
      );
    }
    least.sort((a, b) => a - b);
    const range = [least[0], least[least.length >> 1], least.at(-1)].map((one) => (one ?? NaN).toFixed(2));
    const note = `epsilon at least ${range[0]} to ${range[2]}, median ${range[1]}; ${runs} runs, ${(seconds / seeds).toFixed(1)} s each`;
    figures.push({
      what: `${variant.method.id}, ${name}: called broken`,
      value: flagged,
      unit: `of ${seeds}`,
      note,
    });
  }
  return figures;
}
