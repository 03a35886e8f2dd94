import { isCommonLevel } from "../../table/rare-levels.ts";
import type { Pulse } from "../../math/breathe.ts";
import type { CodedColumn, Column, ColumnSchema, Table } from "../../table/table.ts";
import { isMissingCell, selectColumns, takeRows } from "../../table/table.ts";
import { LEAST_SHARED } from "../columns/column-code.ts";
import { asIndex, asList, asNumbers, asRecord, asTexts, damaged } from "../saved-state.ts";

/** What a derived cell is: a level's name, a number, or null for missing. */
export type Cell = string | number | null;

/**
 * A column that is a function of one other: `gives[k]` for the k-th of the parent's `levels` (coded), or between
 * `edges[k - 1]` <= x < `edges[k]` (numeric); `missing` where the parent is, `otherwise` for levels it does not know.
 * `partial`: it is one only where the parent has one of these levels, as a county beside a city whose rare names were
 * left out; elsewhere the column's own cell stands, so that it is learned too.
 */
export interface Lookup {
  readonly kind: "lookup";
  readonly column: number;
  readonly parent: number;
  readonly levels: readonly string[];
  readonly edges: readonly number[];
  readonly gives: readonly Cell[];
  readonly missing: Cell;
  readonly otherwise: Cell;
  readonly partial: boolean;
  /** Names of the column's levels in the table's order, as far as they are given; undefined for numbers. */
  readonly names?: readonly string[];
}

/** A column's cells as codes 0 .. keys - 1 into its different values; -1 = missing. */
export interface Keyed {
  readonly codes: Int32Array;
  readonly keys: readonly (string | number)[];
}

export function keyed(column: Column): Keyed {
  if (column.type === "coded") return { codes: column.codes, keys: column.levels };
  const keys = [...new Set(column.values.filter(Number.isFinite))].sort((a, b) => a - b);
  const place = new Map(keys.map((key, i) => [key, i]));
  return { codes: Int32Array.from(column.values, (value) => place.get(value) ?? -1), keys };
}

/** Share of the rows that must agree, share of the rows without the most frequent value that it must explain. */
const AGREEING = 0.998;
const EXPLAINED = 0.985;
const LEAST_MINORITY = 10;
/** Most different numbers of a derived column; numeric parents of more need few runs. */
const MOST_NUMBERS = 40;
const MANY = 60;
/** Rows that a partial lookup is seen in. */
const LEAST_PARTIAL = 50;
/** Share of the rows whose parent's value is shared by enough to be learned from. */
const LEAST_COVERED = 0.8;
const MOST_PAIRS = 4e6;

/** One column of the table in which lookups are searched. */
interface Candidate {
  readonly numeric: boolean;
  readonly keyed: Keyed;
  /** values it takes, missing one of them */
  readonly count: number;
  readonly mostFrequent: number;
  readonly minority: number;
  /** rows by rising value; numeric columns */
  readonly order: Int32Array;
}

function candidateOf(column: Column): Candidate {
  const own = keyed(column);
  const { codes } = own;
  const counts = new Int32Array(own.keys.length + 1);
  for (const code of codes) counts[code + 1] = (counts[code + 1] as number) + 1;
  const mostFrequent = counts.indexOf(counts.reduce((a, b) => Math.max(a, b), 0)) - 1;
  const order = Int32Array.from(codes, (_, i) => i).filter((i) => (codes[i] as number) >= 0);
  if (column.type === "numeric") order.sort((a, b) => (codes[a] as number) - (codes[b] as number) || a - b);
  return {
    numeric: column.type === "numeric",
    keyed: own,
    count: counts.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0),
    mostFrequent,
    minority: codes.length - (counts[mostFrequent + 1] as number),
    order,
  };
}

/**
 * Pairs (column, parent) of the sample that look like a function, the best first; `learnLookup` on the whole table
 * decides. Rejects as `pulse` does. The guards on minorities, levels and runs are what keeps a wide, small table from showing false ones.
 */
export async function lookupsIn(sample: Table, pulse: Pulse): Promise<{ column: number; parent: number }[]> {
  const all: Candidate[] = [];
  for (const column of sample.columns) {
    all.push(candidateOf(column));
    await pulse();
  }
  const found: { column: number; parent: number; agreeing: number; breadth: number }[] = [];
  for (const [column, y] of all.entries()) {
    if (y.count < 2 || y.minority < LEAST_MINORITY || (y.numeric && y.keyed.keys.length > MOST_NUMBERS))
      continue;
    for (const [parent, x] of all.entries()) {
      if (parent === column) continue;
      const agreeing = agreement(x, y) || agreementWhereKnown(sample, column, parent, [y, x]);
      if (agreeing > 0)
        found.push({ column, parent, agreeing: Math.round(1000 * agreeing), breadth: x.count });
    }
    await pulse(column / all.length);
  }
  return found.sort((a, b) => b.agreeing - a.agreeing || a.breadth - b.breadth);
}

/** Share of rows in which `y` is what most rows of the same x have; 0 where it is no function of x. */
function agreement(x: Candidate, y: Candidate): number {
  if (x.count < y.count || (!x.numeric && x.count > x.keyed.codes.length / 8)) return 0;
  return x.numeric && x.count > MANY ? alongLine(x, y) : levelByLevel(x, y);
}

/** The same among the rows where the parent has a level of its own; 0 where all rows do. */
function agreementWhereKnown(
  sample: Table,
  column: number,
  parent: number,
  [y, x]: readonly [Candidate, Candidate],
): number {
  const from = sample.columns[parent] as Column;
  if (from.type === "numeric") return 0;
  const isKnown = knownIn(from, sample.schema.columns[parent] as ColumnSchema);
  const rows: number[] = [];
  const first = new Map<number, number>();
  let conflicts = 0;
  for (let i = 0; i < sample.rows; i++) {
    const level = x.keyed.codes[i] as number;
    if (!isKnown(level)) continue;
    rows.push(i);
    const value = y.keyed.codes[i] as number;
    const before = first.get(level);
    if (before === undefined) first.set(level, value);
    else if (before !== value && ++conflicts > 0.02 * sample.rows) return 0;
  }
  if (rows.length === sample.rows || rows.length < LEAST_PARTIAL) return 0;
  const narrow = takeRows(selectColumns(sample, [column, parent]), rows);
  const [own, above] = narrow.columns.map(candidateOf) as [Candidate, Candidate];
  return own.count < 2 || own.minority < LEAST_MINORITY ? 0 : agreement(above, own);
}

/** Whether a code is a level by its own name, neither missing nor what withheld levels have in common. */
function knownIn({ levels }: CodedColumn, { rareLevels }: ColumnSchema): (code: number) => boolean {
  const common = levels.map((level) => rareLevels === "common" && isCommonLevel(level));
  return (code) => code >= 0 && common[code] !== true;
}

/** Share of rows that agree where `y` changes seldom along `x`; 0 where it is no function. */
function alongLine(x: Candidate, y: Candidate): number {
  const { order } = x;
  if (order.length < 50) return 0;
  const most = Math.min(2 * y.count + 6, y.minority / LEAST_SHARED);
  let runs = 1;
  for (let i = 1; i < order.length && runs <= most; i++)
    if (y.keyed.codes[order[i] as number] !== y.keyed.codes[order[i - 1] as number]) runs++;
  return runs <= most ? levelByLevel(x, y, false) : 0;
}

/** Share of rows with the value that most rows of their level of `x` have; 0 where that explains too little of `y`. */
function levelByLevel(x: Candidate, y: Candidate, guarded = true): number {
  const rows = x.keyed.codes.length;
  const first = new Int32Array(x.keyed.keys.length + 1).fill(-2);
  const tolerated = Math.min(0.02 * rows, Math.max(20, y.minority / 2));
  let conflicts = 0;
  for (let i = 0; i < rows; i++) {
    const at = (x.keyed.codes[i] as number) + 1;
    const value = y.keyed.codes[i] as number;
    if (first[at] === -2) first[at] = value;
    else if (first[at] !== value && ++conflicts > tolerated) return 0;
  }
  const breadth = y.keyed.keys.length + 1;
  if (first.length * breadth > MOST_PAIRS) return 0;
  const joint = new Int32Array(first.length * breadth);
  for (let i = 0; i < rows; i++) {
    const cell = ((x.keyed.codes[i] as number) + 1) * breadth + (y.keyed.codes[i] as number) + 1;
    joint[cell] = (joint[cell] as number) + 1;
  }
  const best = new Int32Array(first.length);
  const bestAt = new Int32Array(first.length).fill(-2);
  joint.forEach((count, cell) => {
    const at = Math.floor(cell / breadth);
    if (count <= (best[at] as number)) return;
    best[at] = count;
    bestAt[at] = (cell % breadth) - 1;
  });
  let agreeing = 0;
  let others = 0;
  let otherLevels = 0;
  best.forEach((count, at) => {
    agreeing += count;
    if (count === 0 || bestAt[at] === y.mostFrequent) return;
    others += count;
    otherLevels++;
  });
  if (guarded && (otherLevels === 0 || others < LEAST_SHARED * otherLevels)) return 0;
  return explains(agreeing, rows - y.minority, rows) ? agreeing / rows : 0;
}

const explains = (agreeing: number, frequent: number, rows: number): boolean =>
  agreeing >= AGREEING * rows && agreeing - frequent > EXPLAINED * (rows - frequent);

/**
 * Column `column` of the whole table as a function of `parent`, or as one where the parent has a level of its own; every
 * entry stands for at least 5 rows. Undefined where it is none after all.
 */
export function learnLookup(table: Table, column: number, parent: number): Lookup | undefined {
  return wholeLookup(table, column, parent, LEAST_COVERED) ?? partialLookup(table, column, parent);
}

function partialLookup(table: Table, column: number, parent: number): Lookup | undefined {
  const from = table.columns[parent] as Column;
  if (from.type === "numeric") return undefined;
  const isKnown = knownIn(from, table.schema.columns[parent] as ColumnSchema);
  const rows = Array.from(from.codes.keys()).filter((row) => isKnown(from.codes[row] as number));
  if (rows.length === table.rows || rows.length < LEAST_PARTIAL) return undefined;
  const narrow = takeRows(selectColumns(table, [column, parent]), rows);
  const found = wholeLookup(narrow, 0, 1, 0);
  return found && { ...found, column, parent, partial: true, missing: null, otherwise: null };
}

/** `covered`: share of the rows whose parent's value must be one that is learned from. */
function wholeLookup(table: Table, column: number, parent: number, covered: number): Lookup | undefined {
  const y = keyed(table.columns[column] as Column);
  const from = table.columns[parent] as Column;
  const once = oncePerPatient(from, y, table.patients);
  const codes = y.codes.filter((_, i) => once(i));
  const valueOf = (code: number): Cell => y.keys[code] ?? null;
  const missing = majority(y.codes, (i) => once(i) && isMissingCell(from, i));
  const overall = majority(y.codes, () => true);
  const otherwise = valueOf(overall?.code ?? -1);
  const found =
    from.type === "numeric"
      ? {
          levels: [],
          ...steps(
            from.values.filter((_, i) => once(i)),
            codes,
            valueOf,
          ),
        }
      : {
          edges: [],
          ...entries(
            from.codes.filter((_, i) => once(i)),
            from.levels,
            { keys: y.keys, codes },
            valueOf,
          ),
        };
  const whereMissing = missing ? valueOf(missing.code) : otherwise;
  const given = new Set([...found.gives, whereMissing, otherwise]);
  const names =
    (table.columns[column] as Column).type === "coded" ? y.keys.filter((key) => given.has(key)) : undefined;
  const lookup: Lookup = {
    kind: "lookup",
    column,
    parent,
    ...found,
    missing: whereMissing,
    otherwise,
    partial: false,
    ...(names && { names: names.map(String) }),
  };
  const made = applyLookup(lookup, from);
  const known = new Set(lookup.levels);
  let [rows, agreeing, frequent] = [0, 0, 0];
  for (let i = 0; i < table.rows; i++) {
    const learned =
      from.type === "numeric" ||
      from.codes[i] === -1 ||
      known.has(from.levels[from.codes[i] as number] as string);
    if (!learned) continue;
    rows++;
    const code = y.codes[i] as number;
    if (made[i] === valueOf(code)) agreeing++;
    if (code === overall?.code) frequent++;
  }
  const sound = rows >= covered * table.rows && rows - frequent >= LEAST_MINORITY;
  return sound && explains(agreeing, frequent, rows) ? lookup : undefined;
}

/** Whether a row is the first of its patient with these two cells. */
function oncePerPatient(from: Column, y: Keyed, patients?: Int32Array): (row: number) => boolean {
  if (!patients) return () => true;
  const x = keyed(from);
  const [width, breadth] = [x.keys.length + 1, y.keys.length + 1];
  const seen = new Set<number>();
  const first = Uint8Array.from(patients, (patient, i) => {
    const cells = (patient * width + (x.codes[i] as number) + 1) * breadth + (y.codes[i] as number) + 1;
    const fresh = !seen.has(cells);
    seen.add(cells);
    return fresh ? 1 : 0;
  });
  return (row) => first[row] === 1;
}

/** The value that most of the chosen rows have, where at least 5 have it. */
function majority(codes: Int32Array, chosen: (row: number) => boolean): { code: number } | undefined {
  const counts = new Map<number, number>();
  codes.forEach((code, i) => {
    if (chosen(i)) counts.set(code, (counts.get(code) ?? 0) + 1);
  });
  const [best] = [...counts].sort((a, b) => b[1] - a[1]);
  return best && best[1] >= LEAST_SHARED ? { code: best[0] } : undefined;
}

/** Level by level; those without 5 rows that agree have no entry. */
function entries(
  codes: Int32Array,
  names: readonly string[],
  y: Keyed,
  valueOf: (code: number) => Cell,
): { levels: string[]; gives: Cell[] } {
  const breadth = y.keys.length + 1;
  const joint = new Map<number, number>();
  codes.forEach((code, i) => {
    const cell = code * breadth + (y.codes[i] as number) + 1;
    if (code >= 0) joint.set(cell, (joint.get(cell) ?? 0) + 1);
  });
  const best = new Map<number, { count: number; value: number }>();
  for (const [cell, count] of joint) {
    const level = Math.floor(cell / breadth);
    if (count > (best.get(level)?.count ?? LEAST_SHARED - 1))
      best.set(level, { count, value: (cell % breadth) - 1 });
  }
  const kept = [...best].sort((a, b) => a[0] - b[0]);
  return {
    levels: kept.map(([level]) => names[level] as string),
    gives: kept.map(([, { value }]) => valueOf(value)),
  };
}

/** Runs of one value of y along x, of at least 5 rows each; the edges are the roundest numbers between two runs. */
function steps(
  values: Float64Array,
  codes: Int32Array,
  valueOf: (code: number) => Cell,
): { edges: number[]; gives: Cell[] } {
  const runs: { value: number; from: number; to: number; rows: number }[] = [];
  for (const { x, value, rows } of majorities(values, codes)) {
    const run = runs.at(-1);
    if (run?.value === value) {
      run.to = x;
      run.rows += rows;
      continue;
    }
    if (run && run.rows < LEAST_SHARED) runs.pop();
    const before = runs.at(-1);
    if (before?.value === value) {
      before.to = x;
      before.rows += rows;
    } else runs.push({ value, from: x, to: x, rows });
  }
  if ((runs.at(-1)?.rows ?? LEAST_SHARED) < LEAST_SHARED) runs.pop();
  return {
    edges: runs.slice(1).map(({ from }, i) => roundest((runs[i] as { to: number }).to, from)),
    gives: runs.map(({ value }) => valueOf(value)),
  };
}

/** Per value of x, rising: the code that most of its rows have, and how many rows that is. */
function majorities(values: Float64Array, codes: Int32Array): { x: number; value: number; rows: number }[] {
  const order = Int32Array.from(values, (_, i) => i).filter((i) => Number.isFinite(values[i]));
  order.sort(
    (a, b) => (values[a] as number) - (values[b] as number) || (codes[a] as number) - (codes[b] as number),
  );
  const out: { x: number; value: number; rows: number }[] = [];
  let run = 0;
  order.forEach((row, i) => {
    const before = order[i - 1];
    const x = values[row] as number;
    const value = codes[row] as number;
    const fresh = before === undefined || values[before] !== x;
    run = fresh || codes[before] !== value ? 1 : run + 1;
    const last = out.at(-1);
    if (fresh || !last) out.push({ x, value, rows: run });
    else if (run > last.rows) Object.assign(last, { value, rows: run });
  });
  return out;
}

/** The number with the fewest digits above `low` and up to `high`; half-way where only `high` itself has so few. */
export function roundest(low: number, high: number): number {
  const top = Math.ceil(Math.log10(Math.max(Math.abs(low), Math.abs(high), 1e-300))) + 1;
  if (low < 0 && high >= 0) return 0;
  for (let power = top; power > top - 16; power--)
    for (const digit of [1, 0.5, 0.2]) {
      const unit = digit * 10 ** power;
      const at = Number((Math.floor(high / unit) * unit).toPrecision(14));
      if (at > low && at < high) return at;
      if (at === high && digit === 1 && power >= top - 3) return at;
    }
  return low / 2 + high / 2;
}

/** The derived cells beside `parent`. */
function applyLookup({ levels, edges, gives, missing, otherwise }: Lookup, parent: Column): Cell[] {
  if (parent.type === "numeric")
    return Array.from(parent.values, (value) => {
      if (!Number.isFinite(value)) return missing;
      let low = 0;
      let high = edges.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((edges[middle] as number) <= value) low = middle + 1;
        else high = middle;
      }
      return gives[low] ?? null;
    });
  const given = new Map(levels.map((level, i) => [level, gives[i] as Cell]));
  const cells = parent.levels.map((level) => (given.has(level) ? (given.get(level) as Cell) : otherwise));
  return Array.from(parent.codes, (code) => (code < 0 ? missing : (cells[code] as Cell)));
}

/** `own` with the derived cells where `parent` has a level that `lookup` knows. */
export function lookedUpWhereKnown(lookup: Lookup, parent: Column, own: Column): Column {
  if (parent.type === "numeric") return own;
  const given = new Map(lookup.levels.map((level, i) => [level, lookup.gives[i] as Cell]));
  const cells = parent.levels.map((level) => given.get(level));
  const cellAt = (row: number): Cell | undefined => cells[parent.codes[row] as number];
  if (own.type === "numeric") {
    const number = (cell: Cell): number => (cell === null ? NaN : Number(cell));
    return {
      type: "numeric",
      values: own.values.map((value, row) => {
        const cell = cellAt(row);
        return cell === undefined ? value : number(cell);
      }),
    };
  }
  const place = new Map(own.levels.map((level, code) => [level, code]));
  const codes = own.codes.map((code, row) => {
    const cell = cellAt(row);
    if (cell === undefined) return code;
    return cell === null ? -1 : (place.get(String(cell)) ?? code);
  });
  return { type: "coded", codes, levels: own.levels };
}

/** The derived column beside `parent`. */
export function lookedUp(lookup: Lookup, parent: Column): Column {
  const cells = applyLookup(lookup, parent);
  const { names } = lookup;
  if (names === undefined)
    return {
      type: "numeric",
      values: Float64Array.from(cells, (cell) => (cell === null ? NaN : Number(cell))),
    };
  const place = new Map(names.map((name, i) => [name, i]));
  const codes = Int32Array.from(cells, (cell) => (cell === null ? -1 : (place.get(String(cell)) ?? -1)));
  return { type: "coded", codes, levels: names };
}

/** Inverse of a lookup's JSON, in a table of `columns` columns; throws FaultError `model-damaged`. */
export function loadLookup(saved: unknown, columns: number): Lookup {
  const state = asRecord(saved, "lookup");
  const cell = (value: unknown): Cell =>
    value === null || typeof value === "string" || (typeof value === "number" && Number.isFinite(value))
      ? value
      : damaged("lookup");
  const levels = asTexts(state["levels"], "lookup");
  const edges = [...asNumbers(state["edges"], "lookup")];
  const gives = asList(state["gives"], "lookup").map(cell);
  if (levels.length === 0 ? gives.length !== edges.length + 1 : gives.length !== levels.length)
    return damaged("lookup");
  if (state["partial"] === true && levels.length === 0) return damaged("lookup");
  return {
    kind: "lookup",
    column: asIndex(state["column"], columns, "lookup"),
    parent: asIndex(state["parent"], columns, "lookup"),
    levels,
    edges,
    gives,
    missing: cell(state["missing"]),
    otherwise: cell(state["otherwise"]),
    partial: state["partial"] === true,
    ...(state["names"] !== undefined && { names: asTexts(state["names"], "lookup") }),
  };
}
