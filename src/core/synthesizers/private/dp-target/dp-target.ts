import { FaultError } from "../../../fault.ts";
import { breathe } from "../../../math/breathe.ts";
import type { Rng } from "../../../math/rng.ts";
import type { PrivateRows } from "../../../private/rows/private-rows.ts";
import type { Kind, Schema, Table } from "../../../table/table.ts";
import type { FitOptions, Model, Params, Progress, Synthesizer, TableShape } from "../../synthesizer.ts";
import { start } from "../../training/reported.ts";
import { countRows, learnNoisyColumns } from "../noisy-columns/learn-columns.ts";
import {
  tokensOf,
  untoldNotice,
  type NoisyColumn,
  type NoisyColumns,
} from "../noisy-columns/noisy-columns.ts";
import { guaranteeOf, guaranteeParams, openPrivate } from "../open-private.ts";
import { combined } from "../noisy-columns/noisy-masses.ts";
import { columnsToDrop } from "./columns-to-drop.ts";
import { expectedNoise, meanScores, orderOf, withinCorrelations } from "./correlations.ts";
import { cellsOfRows, jointTarget, targetsOf, withRoom, type JointTarget } from "./joint-target.ts";
import { cellCounts, conditionals, type NoisyTable } from "./target-tables.ts";
import { TABLES } from "./released.ts";
import { createTargetModel, ID, loadTargetModel } from "./target-model.ts";

/**
 * Differentially private tables of the target with every other column, and one Gaussian copula within the target's cells
 * where its signal exceeds its noise. rho: 30% for rows, bins and single columns, 55% for the tables, 15% for the
 * correlations (else the tables get it).
 */
export const dpTarget: Synthesizer = {
  id: ID,
  name: "Noisy target tables",
  summary:
    "Noisy tables of the target with every other column: the best use for predicting the target that a guarantee leaves, and little of what else goes together.",
  reference:
    "Naive Bayes from Gaussian-noised contingency tables (Vaidya et al. 2013), within-class Gaussian copula; zCDP (Bun & Steinke 2016)",
  params: guaranteeParams,
  guarantee: true,
  fit,
  expectedSeconds,
  load: (artifact) => Promise.resolve().then(() => loadTargetModel(artifact)),
};

const SHARES = { rows: 0.01, columns: 0.29, tables: 0.55, correlations: 0.15 } as const;
/** Without correlations, which leave much of rho. */
const SHARES_ALONE = { columns: 0.3 } as const;
/** Standard deviation of one correlation's noise from which correlations are not asked for. */
const TOO_NOISY = 0.25;
/** Below this n sqrt(rho) the noise of every table is beyond its counts: fewer than 50 rows at epsilon 1. */
const LEAST_SIGNAL = 16;

async function* fit(
  train: Table,
  params: Params,
  rng: Rng,
  options: FitOptions,
): AsyncGenerator<Progress, Model, void> {
  if (train.columns.length === 0) throw new FaultError({ code: "no-columns-to-learn" });
  const targets = targetsOf(train.schema);
  if (targets.length === 0) throw noTarget();
  const opened = openPrivate(train, params, options);
  const { rows, facts } = opened;
  const { rho } = rows.budget;
  yield { ...start, note: "Bins and single columns" };
  const total = await countRows(rows, SHARES.rows * rho);
  const counting = rows.budget.spent.at(-1)?.sigma ?? 0;
  if (tooFewFor(total, rho)) throw nothingLeft(total, rows.unit, rho);
  const noise = expectedNoise(orderedColumns(train.schema, targets), total, SHARES.correlations * rho);
  const correlates = noise < TOO_NOISY;
  const forColumns = (correlates ? SHARES : SHARES_ALONE).columns * rho;
  const columns = await learnNoisyColumns(rows, facts, forColumns, {
    rows: total,
    bins: (count) => binsFor(count, rho),
    heed: targets.map((j) => train.schema.columns[j]?.name ?? ""),
  });
  const notices = [untoldNotice(columns), crowdedNotice(columnsToDrop(train.schema, facts, total, rho))];
  const notice = notices.filter((one) => one !== undefined).join(" ");
  yield { ...start, fraction: 0.4, note: "Tables of the target", ...(notice !== "" && { notice }) };
  const room = withRoom(columns.columns, targets, total * Math.sqrt(rho));
  const target = jointTarget(columns.columns, room);
  const ofTarget = new Set(target.targets.map(({ column }) => column));
  const tokens = tokensOf(columns, train);
  await breathe();
  const cells = cellsOfRows(target, tokens);
  const others = columns.columns.flatMap((_, j) => (ofTarget.has(j) ? [] : [j]));
  const joined = others.filter((j) => (columns.columns[j] as NoisyColumn).ordered);
  const correlate = correlates && joined.length > 1;
  const forTables = correlate ? rho * SHARES.tables : rows.budget.left();
  const { found, variance, ...made } = await learnTables({
    rows,
    columns,
    target,
    tokens,
    cells,
    others,
    rho: forTables,
  });
  yield { ...start, fraction: 0.8, note: "Correlations" };
  const factor = correlate
    ? await learnCorrelations({ rows, columns, tokens, cells, others: joined, rho: rows.budget.left() }, made)
    : undefined;
  const model = createTargetModel({
    params,
    name: train.name,
    columns,
    target,
    ...made,
    ...(factor && { factor: Float32Array.from(factor) }),
    guarantee: guaranteeOf(opened, combined(total, counting ** 2, found, variance)),
  });
  yield {
    ...start,
    step: 1,
    steps: 1,
    epoch: 1,
    epochs: 1,
    fraction: 1,
    ...(await previewOf(model, rng, options)),
  };
  return model;
}

/** Columns beside the targets whose tokens will have an order, by their kinds. */
const orderedColumns = ({ columns }: Schema, targets: readonly number[]): number =>
  columns.filter(({ kind }, j) => ORDERED.has(kind) && !targets.includes(j)).length;

const ORDERED: ReadonlySet<Kind> = new Set(["integer", "decimal", "datetime", "boolean"]);

function crowdedNotice(drop: readonly string[]): string | undefined {
  if (drop.length === 0) return undefined;
  const some =
    drop.length > 6 ? `${drop.slice(0, 6).join(", ")} and ${drop.length - 6} more` : drop.join(", ");
  return `There are more columns than this epsilon can tell apart from noise at so few rows: the others would gain without ${some}.`;
}

async function previewOf(
  model: Model,
  rng: Rng,
  { previewRows }: FitOptions,
): Promise<Pick<Progress, "preview">> {
  return previewRows > 0 ? { preview: await model.sample(previewRows, rng.fork("preview")) } : {};
}

/** More bins than counts fill say nothing: about the cube root of the rows over their noise. */
export const binsFor = (rows: number, rho: number): number =>
  Math.trunc(Math.min(20, Math.max(4, (Math.max(1, rows) * Math.sqrt(rho)) ** 0.33)));

interface Learned {
  readonly rows: PrivateRows;
  readonly columns: NoisyColumns;
  readonly tokens: readonly Int32Array[];
  /** the target's cell of each row */
  readonly cells: Int32Array;
  /** columns beside the target */
  readonly others: readonly number[];
  readonly rho: number;
}

interface Tables {
  readonly weights: Float32Array;
  readonly shares: readonly (Float32Array | undefined)[];
}

/** Beside the tables the rows that they count together, and the variance of that. */
async function learnTables(
  learned: Learned & { readonly target: JointTarget },
): Promise<Tables & { readonly found: number; readonly variance: number }> {
  const { rows, columns, target, tokens, cells, others, rho } = learned;
  const asked = others.length > 0 ? others : [-1];
  const answers = await rows.counts(
    asked.map((j) => {
      const count = columns.columns[j]?.count ?? 1;
      const own = tokens[j];
      return {
        cells: target.cells * count,
        cellOf: (row: number) => {
          const cell = cells[row] as number;
          const token = own === undefined ? 0 : (own[row] as number);
          return cell < 0 || token < 0 ? -1 : cell * count + token;
        },
      };
    }),
    rho,
    { what: TABLES, columns: String(others.length) },
  );
  const sigma = rows.budget.spent.at(-1)?.sigma ?? 1;
  const tables = answers.map((counts): NoisyTable => ({ counts, count: counts.length / target.cells }));
  const counts = cellCounts(tables, target.cells);
  const total = counts.reduce((a, b) => a + b, 0);
  const shares = columns.columns.map((column, j) => {
    const table = tables[others.indexOf(j)];
    if (table === undefined || !others.includes(j)) return undefined;
    return Float32Array.from(conditionals(table, counts, sigma, column));
  });
  const variance = (target.cells * sigma ** 2) / tables.reduce((sum, { count }) => sum + 1 / count, 0);
  return { weights: Float32Array.from(counts, (own) => own / total), shares, found: total, variance };
}

async function learnCorrelations(
  { rows, columns, tokens, cells, others, rho }: Learned,
  { weights, shares }: Tables,
): Promise<Float64Array> {
  const known = Float64Array.from(weights);
  const scores = others.map((j) => {
    const column = columns.columns[j] as NoisyColumn;
    const table = Float64Array.from(shares[j] as Float32Array);
    return meanScores({ shares: table, count: column.count, order: orderOf(column) }, known);
  });
  const own = others.map((j) => tokens[j] as Int32Array);
  return withinCorrelations(rows, cells, own, scores, { rho, total: columns.rows });
}

/** Counting is quick; most of the time is exact noise. */
const SECONDS_PER_CELL = 2e-5;
const SECONDS_PER_VALUE = 4e-7;

function expectedSeconds({ rows, columns, levels }: TableShape, _params: Params, pace: number): number {
  const noisy = 250 * columns + 3 * levels + columns ** 2 / 2;
  return (0.02 + SECONDS_PER_CELL * noisy + SECONDS_PER_VALUE * rows * columns * (4 + columns / 4)) * pace;
}

const noTarget = (): FaultError =>
  new FaultError({
    code: "guarantee-refused",
    reason: "Target tables need a column that is the target, and none is named.",
    remedy:
      "Name one column as the target, or take a method that needs none: dp-marginals (dp-auto does by itself).",
  });

/** Whether the noise for `rho` is beyond anything that could be learned of so many rows. */
export const tooFewFor = (total: number, rho: number): boolean => total * Math.sqrt(rho) < LEAST_SIGNAL;

/** By a noisy count: an exact one would tell whether one patient is there by whether there is a model. */
export const nothingLeft = (total: number, unit: PrivateRows["unit"], rho: number): FaultError =>
  new FaultError({
    code: "guarantee-refused",
    reason: `With about ${Math.round(total)} ${unit}s the noise that this epsilon asks for is greater than anything that could be learned.`,
    remedy: `Take a larger epsilon, or more patients; about ${Math.ceil(LEAST_SIGNAL / Math.sqrt(rho))} is the least at this one.`,
  });
