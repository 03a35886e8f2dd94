import type { Codec, Span } from "../../codec/codec.ts";
import type { TableCode } from "../../codec/columns/table-code.ts";
import { cellsOf } from "../../codec/columns/table-code.ts";
import type { Rng } from "../../math/rng.ts";
import type { Table } from "../../table/table.ts";
import type { ColumnCondition } from "../requests/check.ts";

/** Columns that a condition vector can name a level of (Xu et al. 2019, section 4.3): the coded ones. */
export interface ConditionPlan {
  /** numbers of a condition vector: all levels of these columns */
  readonly width: number;
  readonly columns: readonly ConditionColumn[];
}

export interface ConditionColumn {
  /** where its one-hot lies in a row of the codec */
  readonly span: Span;
  /** where its levels begin in a condition vector */
  readonly start: number;
  /** share of the train rows of each level */
  readonly shares: Float64Array;
}

/** Which level of which column each row of a batch is drawn under. */
export interface DrawnConditions {
  /** index into the plan's columns */
  readonly columns: Int32Array;
  readonly levels: Int32Array;
}

export function conditionPlan(codec: Codec & { readonly code: TableCode }): ConditionPlan {
  const columns: ConditionColumn[] = [];
  let width = 0;
  for (const span of codec.spans) {
    const own = codec.code.columns[span.column];
    if (own?.type !== "coded" || span.part !== "value" || span.activation !== "softmax") continue;
    columns.push({ span, start: width, shares: own.code.shares });
    width += span.width;
  }
  return { width, columns };
}

/** Train rows by level, for training by sampling. */
export interface RowsByLevel {
  /** for each column and level of the plan: its rows */
  readonly rows: readonly (readonly Int32Array[])[];
  /** log(1 + rows) of each level: how often it is asked for in training */
  readonly logFrequencies: readonly Float64Array[];
}

export function rowsByLevel(
  plan: ConditionPlan,
  codec: { readonly code: TableCode },
  train: Table,
): RowsByLevel {
  const rows = plan.columns.map(({ span }) => {
    const own = codec.code.columns[span.column];
    const column = train.columns[span.column];
    if (!own || !column) throw new RangeError(`no column ${span.column}`);
    const cells = cellsOf(column, own);
    const lists = Array.from({ length: span.width }, (): number[] => []);
    for (let i = 0; i < train.rows; i++) lists[own.code.tokenOf(cells[i] as number)]?.push(i);
    return lists.map((list) => Int32Array.from(list));
  });
  const logFrequencies = rows.map((lists) => Float64Array.from(lists, (list) => Math.log(1 + list.length)));
  return { rows, logFrequencies };
}

/** A column drawn evenly and a level of it by its log frequency, for each of `count` rows. */
export function drawForTraining(
  plan: ConditionPlan,
  byLevel: RowsByLevel,
  count: number,
  rng: Rng,
): DrawnConditions {
  return draw(plan, count, rng, (column) => rng.weighted(byLevel.logFrequencies[column] as Float64Array));
}

/** As rows come: a column drawn evenly and a level of it by its share. */
export function drawForSampling(plan: ConditionPlan, count: number, rng: Rng): DrawnConditions {
  return draw(plan, count, rng, (column) => rng.weighted((plan.columns[column] as ConditionColumn).shares));
}

function draw(
  plan: ConditionPlan,
  count: number,
  rng: Rng,
  levelOf: (column: number) => number,
): DrawnConditions {
  const columns = Int32Array.from({ length: plan.columns.length > 0 ? count : 0 }, () =>
    rng.integer(plan.columns.length),
  );
  return { columns, levels: columns.map((column) => levelOf(column)) };
}

/**
 * Conditions for rows that are asked to meet `where`: a level of the first condition on a column of the plan, by its
 * share among those that meet it. Undefined where no condition can be put in a vector.
 */
export function drawToMeet(
  plan: ConditionPlan,
  code: TableCode,
  where: readonly ColumnCondition[],
  count: number,
  rng: Rng,
): DrawnConditions | undefined {
  for (const condition of where) {
    const at = plan.columns.findIndex(({ span }) => span.column === condition.column);
    const own = code.columns[condition.column]?.code;
    const column = plan.columns[at];
    if (!column || !own) continue;
    const meets = column.shares.map((share, token) => share * shareMeeting(own, token, condition, rng));
    if (!meets.some((weight) => weight > 0)) continue;
    return {
      columns: new Int32Array(count).fill(at),
      levels: Int32Array.from({ length: count }, () => rng.weighted(meets)),
    };
  }
  return undefined;
}

const PROBES = 16;

/** About the share of the cells of a token that meet the condition; a pooled token stands for many levels. */
function shareMeeting(
  own: TableCode["columns"][number]["code"],
  token: number,
  condition: ColumnCondition,
  rng: Rng,
): number {
  const dice = rng.fork(`token ${token}`);
  let met = 0;
  for (let i = 0; i < PROBES; i++) if (condition.meets(own.cellOf(token, dice))) met++;
  return met / PROBES;
}

/** One-hot condition vectors: [rows, plan.width], row-major. */
export function conditionVectors(
  plan: ConditionPlan,
  { columns, levels }: DrawnConditions,
  rows: number,
): Float32Array {
  const data = new Float32Array(rows * plan.width);
  columns.forEach((column, i) => {
    data[i * plan.width + (plan.columns[column] as ConditionColumn).start + (levels[i] as number)] = 1;
  });
  return data;
}

/** The same choices where the codec writes them: [rows, codec's width], for the loss that holds the generator to them. */
export function conditionTargets(
  plan: ConditionPlan,
  { columns, levels }: DrawnConditions,
  rows: number,
  width: number,
): Float32Array {
  const data = new Float32Array(rows * width);
  columns.forEach((column, i) => {
    data[i * width + (plan.columns[column] as ConditionColumn).span.start + (levels[i] as number)] = 1;
  });
  return data;
}

/** A train row of each condition's level; any row where there is none. */
export function rowsUnder(
  byLevel: RowsByLevel,
  { columns, levels }: DrawnConditions,
  batch: number,
  rows: number,
  rng: Rng,
): Int32Array {
  return Int32Array.from({ length: batch }, (_, i) => {
    const list = byLevel.rows[columns[i] ?? -1]?.[levels[i] ?? -1];
    return list && list.length > 0 ? (list[rng.integer(list.length)] as number) : rng.integer(rows);
  });
}
