import { bootstrapWeights } from "../../math/intervals.ts";
import { createRng, type Rng } from "../../math/rng.ts";
import { rankOrder, rocAuc } from "../../math/scores/roc-auc.ts";
import type { Feature } from "../../math/trees/bins.ts";
import { fitBoosting } from "../../math/trees/boosting.ts";
import { binColumn } from "../../metrics/fidelity/binned-columns.ts";
import { BINS } from "../../metrics/fidelity/column-divergences.ts";
import { alignColumns } from "../../metrics/measuring/align.ts";
import { boostingFor, columnNames, learnedRows } from "../../metrics/measuring/bounds.ts";
import { samplesOf } from "../../metrics/measuring/equal-sizes.ts";
import { featuresOf, stackFeatures, takeFeatures } from "../../metrics/measuring/features.ts";
import { patientsOf } from "../../metrics/measuring/patients.ts";
import type { Pulse, Tables } from "../../metrics/metric.ts";
import { takeRows, type Table } from "../../table/table.ts";
import { partsOf } from "../../table/whole-patients.ts";
import { countsOf, divergence } from "../measuring/binned-divergence.ts";
import { RESAMPLES } from "../measuring/measure-rows.ts";
import type { CellRow } from "../study.ts";

const FOLDS = 5;
/** Permutations of a column that are averaged. */
const REPEATS = 3;
/** Rows of each side, at most. */
export const MOST_RANKED = 1000;

/**
 * "drop" of each column: by how much the AUC of telling synthetic from held-out rows falls when the column's values change
 * places at random among the rows that the classifier has not seen (permutation importance: Breiman 2001; Fisher, Rudin &
 * Dominici 2019), with draws over held-out patients. "told": that AUC with all values in place. Gradient boosting over 5
 * folds, one row of a patient, the same held-out rows whatever the seed.
 */
export async function columnImportance(
  { holdout, synthetic }: Pick<Tables, "holdout" | "synthetic">,
  seed: number,
  pulse: Pulse,
): Promise<CellRow[]> {
  const names = columnNames(holdout);
  const size = Math.min(patientsOf(holdout), patientsOf(synthetic), learnedRows(names.length, MOST_RANKED));
  const rng = createRng(seed).fork("column importance");
  const held = sampleOf(holdout, size, createRng(0).fork("held-out rows"));
  const made = sampleOf(synthetic, size, rng.fork("synthetic rows"));
  const columns = alignColumns([held, made], names);
  const features = stackFeatures(featuresOf(columns, 0), featuresOf(columns, 1));
  const { labels, whole, changed } = await scored(features, size, rng, pulse);
  const base = aucOf(whole, labels);
  const dice = createRng(0).fork("resampled patients");
  const weights = Array.from({ length: RESAMPLES }, () => besides(bootstrapWeights(size, dice)));
  const bases = weights.map((own) => base(own));
  const rows: CellRow[] = [{ measure: "told", value: base(), draws: bases, n: size }];
  for (const [at, column] of names.entries()) {
    await pulse();
    const aucs = (changed[at] ?? []).map((scores) => aucOf(scores, labels));
    const permuted = (own?: Uint16Array): number =>
      aucs.reduce((sum, auc) => sum + auc(own), 0) / Math.max(1, aucs.length);
    rows.push({
      measure: "drop",
      value: aucs.length === 0 ? 0 : base() - permuted(),
      draws: weights.map((own, i) => (aucs.length === 0 ? 0 : (bases[i] ?? NaN) - permuted(own))),
      of: { column },
    });
  }
  return rows;
}

const sampleOf = (table: Table, size: number, rng: Rng): Table =>
  samplesOf(table, size, 1, rng).tables[0] ?? table;

/** Held-out rows weigh as drawn, the synthetic ones behind them once. */
const besides = (own: Uint16Array): Uint16Array => {
  const weights = new Uint16Array(2 * own.length).fill(1);
  weights.set(own);
  return weights;
};

function aucOf(scores: Float64Array, labels: Int32Array): (weights?: Uint16Array) => number {
  const order = rankOrder(scores);
  return (weights) => rocAuc(scores, labels, weights, order);
}

interface Scored {
  /** 0 held out, 1 synthetic */
  readonly labels: Int32Array;
  /** how synthetic each row looks to a classifier that has not seen it */
  readonly whole: Float64Array;
  /** the same with one column's values changed about, by column; none where the classifier never looks at it */
  readonly changed: readonly (readonly Float64Array[])[];
}

async function scored(features: readonly Feature[], size: number, rng: Rng, pulse: Pulse): Promise<Scored> {
  const labels = Int32Array.from({ length: 2 * size }, (_, row) => (row < size ? 0 : 1));
  const parts = [0, 1].map((side) => partsOf(size, FOLDS, rng.fork(`folds ${side}`)));
  const foldOf = (row: number): number => parts[row < size ? 0 : 1]?.[row % size] ?? 0;
  const all = Int32Array.from(labels.keys());
  const whole = new Float64Array(2 * size);
  const changed = features.map(() => Array.from({ length: REPEATS }, () => new Float64Array(2 * size)));
  const looked = features.map(() => false);
  const target = { type: "classes", labels, classes: 2 } as const;
  const dice = rng.fork("permutations");
  for (let fold = 0; fold < FOLDS; fold++) {
    const outside = all.filter((row) => foldOf(row) === fold);
    const inside = all.filter((row) => foldOf(row) !== fold);
    const booster = await fitBoosting(features, target, inside, boostingFor(features.length), pulse);
    const test = takeFeatures(features, outside);
    const found = (given: readonly Feature[]): ArrayLike<number> => booster.predict(given)[0] ?? [];
    const put = (scores: Float64Array, given: ArrayLike<number>): void =>
      outside.forEach((row, i) => (scores[row] = given[i] ?? NaN));
    const usual = found(test);
    put(whole, usual);
    for (const [at, repeats] of changed.entries()) {
      await pulse();
      const used = (booster.gains[at] ?? 0) > 0;
      if (used) looked[at] = true;
      for (const scores of repeats) put(scores, used ? found(permutedAt(test, at, dice)) : usual);
    }
  }
  return { labels, whole, changed: changed.map((repeats, at) => (looked[at] === true ? repeats : [])) };
}

function permutedAt(test: readonly Feature[], at: number, dice: Rng): Feature[] {
  const feature = test[at];
  if (feature === undefined) return [...test];
  const rows = feature.type === "numeric" ? feature.values.length : feature.codes.length;
  const [moved] = takeFeatures([feature], dice.permutation(rows));
  return test.map((one, i) => (i === at && moved !== undefined ? moved : one));
}

/** "kl" of each column: KL(train || synthetic) in nats, as a report has it. */
export function columnDivergences(train: Table, synthetic: Table): CellRow[] {
  return alignColumns([train, synthetic], columnNames(train)).map((column) => {
    const { size, codes } = binColumn(column, BINS);
    const [real, made] = codes.map((own) => countsOf(own, size));
    const none = new Float64Array(size);
    return {
      measure: "kl",
      value: divergence(real ?? none, made ?? none),
      of: { column: column.schema.name },
    };
  });
}

/** The first `rows` rows of a table, so that synthetic and held-out rows are as many. */
export const firstRows = (table: Table, rows: number): Table =>
  table.rows <= rows
    ? table
    : takeRows(
        table,
        Int32Array.from({ length: rows }, (_, row) => row),
      );
