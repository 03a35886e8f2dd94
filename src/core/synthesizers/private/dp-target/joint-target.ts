import { asIndex, asList, asRecord, damaged } from "../../../codec/saved-state.ts";
import type { ColumnSchema, Schema } from "../../../table/table.ts";
import type { NoisyColumn } from "../noisy-columns/noisy-columns.ts";

/** Most cells of a joint target. */
export const MOST_CELLS = 12;

/** A target column, its tokens in groups. */
export interface TargetColumn {
  readonly column: number;
  /** which group each token is in */
  readonly groups: Int32Array;
  readonly count: number;
}

/** What every other column is asked against: the target, or several as one. Cell = mixed radix of the groups, the first slowest. */
export interface JointTarget {
  readonly targets: readonly TargetColumn[];
  readonly cells: number;
}

/** Columns that a person named as what matters, the first most: the targets, then event and time of a survival analysis. */
export function targetsOf({ columns }: Schema): number[] {
  const rank = ({ role, survival }: ColumnSchema): number =>
    role === "target" ? 0 : survival === "event" ? 1 : survival === "time" ? 2 : Infinity;
  return columns
    .map((column, i) => ({ i, rank: rank(column) }))
    .filter(({ rank: own }) => own < Infinity)
    .sort((a, b) => a.rank - b.rank || a.i - b.i)
    .map(({ i }) => i);
}

/** Groups of a second target, at least. */
const LEAST_GROUPS = 3;
/** n sqrt(rho) that a cell of several targets needs, so that its counts stand out of the noise. */
const SIGNAL_PER_CELL = 75;

/**
 * Those of `targets`, the first of them surely, whose joint cells the rows can fill at this rho; others are columns like
 * any.
 */
export function withRoom(
  columns: readonly Pick<NoisyColumn, "count">[],
  targets: readonly number[],
  signal: number,
): number[] {
  const most = Math.min(MOST_CELLS, signal / SIGNAL_PER_CELL);
  const kept: number[] = [];
  let cells = 1;
  for (const j of targets) {
    const count = columns[j]?.count ?? 1;
    const least = Math.min(kept.length === 0 ? MOST_CELLS : LEAST_GROUPS, count);
    if (kept.length > 0 && cells * least > most) continue;
    kept.push(j);
    cells *= least;
  }
  return kept;
}

/**
 * `targets` as one, of at most 12 cells: neighbouring bins of numbers go together, of unordered levels those that are
 * rarest by their noisy shares.
 */
export function jointTarget(columns: readonly NoisyColumn[], targets: readonly number[]): JointTarget {
  const counts = targets.map((j) => (columns[j] as NoisyColumn).count);
  const product = (): number => counts.reduce((a, b) => a * b, 1);
  while (product() > MOST_CELLS) {
    const widest = counts.indexOf(Math.max(...counts));
    if ((counts[widest] as number) <= 1) break;
    counts[widest] = (counts[widest] as number) - 1;
  }
  const made = targets.map((column, t): TargetColumn => {
    const groups = grouped(columns[column] as NoisyColumn, counts[t] as number);
    return { column, groups, count: Math.max(...groups) + 1 };
  });
  return { targets: made, cells: made.reduce((cells, { count }) => cells * count, 1) };
}

function grouped(column: NoisyColumn, count: number): Int32Array {
  const { shares, missing } = column;
  if (column.count <= count) return Int32Array.from(shares, (_, token) => token);
  return column.ordered ? neighbours(shares, missing, count) : frequentFirst(shares, count);
}

/** Runs of tokens with about equal shares; missing cells by themselves where there are three groups or more. */
function neighbours(shares: Float64Array, missing: number, count: number): Int32Array {
  const apart = missing >= 0 && count > 2;
  const runs = apart ? count - 1 : count;
  const whole = shares.reduce((sum, share, token) => sum + (apart && token === missing ? 0 : share), 0);
  let below = 0;
  return Int32Array.from(shares, (share, token) => {
    if (apart && token === missing) return runs;
    const middle = (below + share / 2) / whole;
    below += share;
    return Math.min(runs - 1, Math.floor(middle * runs));
  }).map(dense());
}

function frequentFirst(shares: Float64Array, count: number): Int32Array {
  const order = Array.from(shares, (_, token) => token).sort(
    (a, b) => (shares[b] as number) - (shares[a] as number) || a - b,
  );
  const groups = new Int32Array(shares.length);
  order.forEach((token, place) => {
    groups[token] = Math.min(place, count - 1);
  });
  return groups;
}

/** Numbers groups anew so that none is left out. */
function dense(): (group: number) => number {
  const seen = new Map<number, number>();
  return (group) => {
    const place = seen.get(group) ?? seen.size;
    seen.set(group, place);
    return place;
  };
}

/** The joint cell of each row; -1 where a target has no token. `tokens`: of all columns. */
export function cellsOfRows({ targets }: JointTarget, tokens: readonly Int32Array[]): Int32Array {
  const rows = tokens[0]?.length ?? 0;
  return Int32Array.from({ length: rows }, (_, row) => {
    let cell = 0;
    for (const { column, groups, count } of targets) {
      const token = tokens[column]?.[row] ?? -1;
      if (token < 0) return -1;
      cell = cell * count + (groups[token] as number);
    }
    return cell;
  });
}

/** The group of each target in a joint cell. */
export function groupsIn({ targets }: JointTarget, cell: number): number[] {
  const groups: number[] = [];
  let left = cell;
  for (const { count } of [...targets].reverse()) {
    groups.unshift(left % count);
    left = Math.floor(left / count);
  }
  return groups;
}

export const saveTarget = ({ targets }: JointTarget): unknown =>
  targets.map(({ column, groups }) => ({ column, groups: [...groups] }));

/** Inverse of `saveTarget`; throws FaultError `model-damaged`. */
export function loadTarget(saved: unknown, columns: readonly NoisyColumn[]): JointTarget {
  const what = "target";
  const targets = asList(saved, what).map((item): TargetColumn => {
    const state = asRecord(item, what);
    const column = asIndex(state["column"], columns.length, what);
    const groups = Int32Array.from(asList(state["groups"], what), (group) =>
      asIndex(group, MOST_CELLS, what),
    );
    const count = Math.max(0, ...groups) + 1;
    if (groups.length !== columns[column]?.count || new Set(groups).size !== count) return damaged(what);
    return { column, groups, count };
  });
  const cells = targets.reduce((product, { count }) => product * count, 1);
  const different = new Set(targets.map(({ column }) => column)).size === targets.length;
  return targets.length > 0 && different && cells <= MOST_CELLS ? { targets, cells } : damaged(what);
}
