import { FaultError } from "../../fault.ts";
import { createRng } from "../../math/rng.ts";
import type { Table } from "../../table/table.ts";
import { count, plural } from "../../words/numbers.ts";
import { fitEffort, measureEffort, methodName, methodsField, seedsField } from "../fields.ts";
import { fitAndSample, REAL, INDEPENDENT } from "../measuring/fit-and-sample.ts";
import { measureReal, measureRows, MEASURES } from "../measuring/measure-rows.ts";
import { nestedRows } from "../measuring/nested-rows.ts";
import { splitSource, heldOutSetting } from "../measuring/split-source.ts";
import { studyTarget } from "../measuring/study-target.ts";
import { nameOf, type Sweep } from "../reducing/sweep-found.ts";
import { listIn, numberIn } from "../running/settings.ts";
import { refusedStudy, type Study, type StudyCell } from "../study.ts";
import { rowsFound } from "./rows-found.ts";

const SIZES = [100, 200, 500, 1000, 2000, 5000, 10_000] as const;
const LEAST_SIZE = 50;
/** Patients without which two tables are not told apart. */
const LEAST_PATIENTS = 30;

/** How quality grows with the number of rows learned from, tested on the same held-out ones throughout. */
export const rows: Study = {
  id: "rows",
  name: "Rows",
  question: "How many patients are enough?",

  fields({ table }) {
    const { train, holdout } = splitSource(table, 1);
    return [
      {
        type: "numbers",
        name: "rows",
        label: "Rows learned from",
        default: usualSizes(train),
        min: LEAST_SIZE,
        max: table.rows,
        integer: true,
        least: 2,
        most: 10,
        reason: `The table has ${count(table.rows)} rows, of which ${count(holdout.rows)} are held out in every cell.`,
      },
      methodsField(table),
      seedsField(4),
    ];
  },

  open({ table }, settings, seed) {
    const { train, holdout } = splitSource(table, seed);
    const sizes = sizesOf(train, listIn<number>(settings, "rows"));
    const methods = listIn<string>(settings, "methods").filter((method) => method !== INDEPENDENT);
    const seeds = numberIn(settings, "seeds");
    const target = studyTarget(train, holdout);
    const cells = cellsOf(train, sizes, [...methods, INDEPENDENT, REAL], seeds);
    const sweep: Sweep = {
      cells,
      factor: "rows",
      steps: sizes,
      methods: methods.length > 0 ? methods : [INDEPENDENT],
      across: "rows learned from",
      ...("unit" in target && { target }),
    };
    return {
      cells,
      settings: [
        { name: "Rows", words: sizes.map((size) => count(size)).join(", ") },
        { name: "Methods", words: sweep.methods.map(methodName).join(", ") },
        { name: "Seeds", words: String(seeds) },
        heldOutSetting(holdout),
      ],
      async run({ factors }, tools) {
        const [size, one] = [Number(factors["rows"]), Number(factors["seed"])];
        const method = String(factors["method"]);
        const some = nestedRows(train, size, createRng(one).fork("rows"));
        if (method === REAL) return measureReal({ train: some, holdout }, MEASURES, one, tools.pulse);
        const { synthetic, seconds } = await fitAndSample({ train: some, method, seed: one }, tools);
        const measured = await measureRows({ train: some, holdout, synthetic }, MEASURES, one, tools.pulse);
        return [...measured, { measure: "seconds", value: seconds }];
      },
      reduce: (done) => rowsFound(sweep, done, "reason" in target ? target.reason : undefined),
    };
  },
};

/** Sizes in round numbers that are of enough patients, and all rows where those are not many times more. */
function usualSizes(train: Table): number[] {
  const fits = (size: number): boolean => size < 0.9 * train.rows && enoughPatients(train, size);
  const round = SIZES.filter(fits);
  const smaller =
    round.length > 0 ? round : [LEAST_SIZE, Math.round(train.rows / 2)].filter(fits).slice(0, 1);
  const [most = 0] = SIZES.slice(-1);
  return smaller.includes(most) && smaller.length > 1
    ? smaller
    : [...(smaller.length > 0 ? smaller : [LEAST_SIZE]), train.rows];
}

const patientsAt = (train: Table, size: number): number =>
  new Set(nestedRows(train, size, createRng(1)).patients ?? []).size;

const enoughPatients = (train: Table, size: number): boolean =>
  train.patients === undefined || patientsAt(train, size) >= LEAST_PATIENTS;

/** Rising, none beyond what there is to learn from. Throws FaultError `study-refused`. */
function sizesOf(train: Table, asked: readonly number[]): number[] {
  const sizes = [...new Set(asked.map((size) => Math.min(size, train.rows)))].sort((a, b) => a - b);
  const [least = 0] = sizes;
  if (sizes.length < 2)
    throw new FaultError(
      refusedStudy(
        `${count(train.rows)} rows are left to learn from, so that these sizes come to one.`,
        "Take at least one smaller size.",
      ),
    );
  if (!enoughPatients(train, least))
    throw new FaultError(
      refusedStudy(
        `${count(least)} rows of this table are of about ${plural(patientsAt(train, least), "patient")}; at least ${LEAST_PATIENTS} are needed.`,
        enoughPatients(train, Math.round(0.9 * train.rows))
          ? "Take a larger smallest size."
          : "Open a table of more patients or a simulated cohort.",
      ),
    );
  return sizes;
}

/** Seed by seed, so that a study that is stopped has whole curves. */
function cellsOf(
  train: Table,
  sizes: readonly number[],
  methods: readonly string[],
  seeds: number,
): StudyCell[] {
  const width = train.columns.length;
  return Array.from({ length: seeds }, (_, i) => i + 1).flatMap((seed) =>
    sizes.flatMap((size) =>
      methods.map((method) => ({
        key: `${size}/${method}/${seed}`,
        factors: { rows: size, method, seed },
        words: `${count(size)} rows, ${nameOf(method)}, seed ${seed}`,
        effort: (method === REAL ? 0 : fitEffort(method, train, size)) + measureEffort(size, width),
      })),
    ),
  );
}
