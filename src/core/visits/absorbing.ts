import { isMissingCell, type Column, type Table } from "../table/table.ts";
import type { Courses } from "./courses.ts";

/** A level that a patient never leaves. */
export interface Absorbing {
  readonly column: number;
  /** Coded columns: the code of the level; numbers: the value. */
  readonly level: number;
  /** `ends`: no visit follows one with it ("died"). `stays`: the column has it in every later visit ("cirrhosis: yes"). */
  readonly how: "ends" | "stays";
  /** Patients who have it. */
  readonly patients: number;
}

/** Fewest patients who tell of a level. */
const LEAST_PATIENTS = 5;
/** Most levels of a column that is looked at, and of a number that may be a code. */
const MOST_LEVELS = 50;
const MOST_NUMBERS = 12;
/** Decimal logarithm of the chance at which a level only seems to be absorbing. */
const CHANCE = -4;

interface Seen {
  patients: number;
  /** patients of several visits who have it, at their last visit only so far as `later` is 0 */
  telling: number;
  /** decimal logarithm of the chance that it always stands at the last visit */
  chance: number;
  /** visits that follow one with it, at a later time */
  later: number;
  /** steps from it to a known cell, those that leave it, and patients with one */
  steps: number;
  left: number;
  followed: number;
}

/**
 * Levels after which no visit ever follows, or after which the column never changes; of `columns`, which are those that
 * change within patients. A level needs five patients, and more of them than chance would show: were visits shuffled within
 * patients, it would stand at the last time in all of them with a chance of the product of the shares of visits at that
 * time; were it left as often as other levels are, none of its steps would leave it with (1 - rate)^steps. Both must be
 * under 1 in 10,000. Numbers count where they have at most twelve different whole values.
 */
export function absorbingOf(table: Table, courses: Courses, columns: readonly number[]): Absorbing[] {
  return columns.flatMap((i) => {
    const column = table.columns[i] as Column;
    const seen = mayBeLevels(column) ? levelsSeen(column, courses) : undefined;
    return seen === undefined ? [] : absorbingAmong(i, seen);
  });
}

function mayBeLevels(column: Column): boolean {
  if (column.type === "coded") return column.levels.length >= 2 && column.levels.length <= MOST_LEVELS;
  const different = new Set<number>();
  for (const value of column.values) {
    if (Number.isNaN(value)) continue;
    if (!Number.isInteger(value)) return false;
    different.add(value);
    if (different.size > MOST_NUMBERS) return false;
  }
  return different.size >= 2;
}

function levelsSeen(column: Column, { rows, starts, times }: Courses): ReadonlyMap<number, Seen> {
  const all = new Map<number, Seen>();
  const levelAt = (k: number): number | undefined => {
    const row = rows[k] as number;
    if (isMissingCell(column, row)) return undefined;
    return (column.type === "numeric" ? column.values[row] : column.codes[row]) as number;
  };
  for (let p = 0; p + 1 < starts.length; p++) {
    const [start, end] = [starts[p] as number, starts[p + 1] as number];
    const last = lastKnown(rows, times, start, end);
    const atLast = countFrom(rows, times, start, end, last);
    const own = new Set<number>();
    const followed = new Set<number>();
    let before: number | undefined;
    for (let k = start; k < end; k++) {
      const level = levelAt(k);
      if (level === undefined) continue;
      const seen = seenOf(all, level);
      own.add(level);
      if ((times[rows[k] as number] as number) < last) seen.later++;
      if (before !== undefined) {
        const from = seenOf(all, before);
        from.steps++;
        if (level !== before) from.left++;
        followed.add(before);
      }
      before = level;
    }
    for (const level of followed) seenOf(all, level).followed++;
    for (const level of own) {
      const seen = seenOf(all, level);
      seen.patients++;
      if (atLast === end - start) continue;
      seen.telling++;
      seen.chance -= Math.log10((end - start) / atLast);
    }
  }
  return all;
}

function seenOf(all: Map<number, Seen>, level: number): Seen {
  const seen = all.get(level) ?? {
    patients: 0,
    telling: 0,
    chance: 0,
    later: 0,
    steps: 0,
    left: 0,
    followed: 0,
  };
  all.set(level, seen);
  return seen;
}

/** The latest known time of a patient. */
function lastKnown(rows: Int32Array, times: Float64Array, start: number, end: number): number {
  for (let k = end - 1; k >= start; k--) {
    const time = times[rows[k] as number] as number;
    if (!Number.isNaN(time)) return time;
  }
  return NaN;
}

/** Visits of a patient that are not before `last`. */
function countFrom(rows: Int32Array, times: Float64Array, start: number, end: number, last: number): number {
  let count = 0;
  for (let k = start; k < end; k++) if (!((times[rows[k] as number] as number) < last)) count++;
  return count;
}

function absorbingAmong(column: number, all: ReadonlyMap<number, Seen>): Absorbing[] {
  return [...all].flatMap(([level, seen]): Absorbing[] => {
    const { patients, telling, chance, later, steps, left, followed } = seen;
    if (patients < LEAST_PATIENTS) return [];
    if (telling >= LEAST_PATIENTS && later === 0 && chance < CHANCE)
      return [{ column, level, how: "ends", patients }];
    if (followed < LEAST_PATIENTS || left > 0) return [];
    const rate = leavingRate(all, level);
    return steps * Math.log10(1 - Math.min(rate, 1 - 1e-9)) < CHANCE
      ? [{ column, level, how: "stays", patients }]
      : [];
  });
}

/** How often a step leaves any other level. */
function leavingRate(all: ReadonlyMap<number, Seen>, except: number): number {
  let [steps, left] = [0, 0];
  for (const [level, seen] of all) {
    if (level === except) continue;
    steps += seen.steps;
    left += seen.left;
  }
  return steps === 0 ? 0 : left / steps;
}
