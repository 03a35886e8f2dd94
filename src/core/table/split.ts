import { createRng, type Rng } from "../math/rng.ts";
import { targetColumn, type Table } from "./table.ts";

export interface Split {
  /** Row indices, ascending. */
  readonly train: Int32Array;
  readonly holdout: Int32Array;
}

/**
 * Splits the rows into train and holdout before anything is fitted. Rows that share an id in a column of role
 * `identifier` stay together, so that no patient is on both sides; the shares of a coded target are kept on both.
 * `share` of the rows in (0, 1) goes to the holdout; at least one group is left on each side where there are two.
 * Same seed, same split.
 */
export function splitRows(table: Table, { share, seed }: { share: number; seed: number }): Split {
  const rng = createRng(seed).fork("split");
  const group = groupRows(table);
  const held = new Uint8Array(table.rows);
  for (const stratum of strata(table, group)) {
    holdOut(stratum, share, rng).forEach((members) => members.forEach((row) => (held[row] = 1)));
  }
  balance(group, held, rng);
  return {
    train: Int32Array.from(indices(held, 0)),
    holdout: Int32Array.from(indices(held, 1)),
  };
}

function* indices(held: Uint8Array, side: 0 | 1): Generator<number> {
  for (let row = 0; row < held.length; row++) if (held[row] === side) yield row;
}

/** Rows by patient; a row without an id, and every row where ids do not repeat, is a group of its own. */
function groupRows(table: Table): number[][] {
  const ids = table.columns.find(
    (column, i) =>
      table.schema.columns[i]?.role === "identifier" &&
      new Set(column.type === "coded" ? column.codes : column.values).size < table.rows,
  );
  const groups: number[][] = [];
  const seen = new Map<number, number[]>();
  for (let row = 0; row < table.rows; row++) {
    const id = ids === undefined ? NaN : ids.type === "coded" ? (ids.codes[row] as number) : ids.values[row];
    const known = id === undefined || Number.isNaN(id) || id === -1 ? undefined : seen.get(id);
    if (known !== undefined) {
      known.push(row);
      continue;
    }
    const fresh = [row];
    groups.push(fresh);
    if (id !== undefined && !Number.isNaN(id) && id !== -1) seen.set(id, fresh);
  }
  return groups;
}

/** `table` with the patient of each row, where an identifier says that some have several. */
export function withPatients(table: Table): Table {
  const groups = groupRows(table);
  if (groups.length === table.rows) return table;
  const patients = new Int32Array(table.rows);
  groups.forEach((rows, patient) => rows.forEach((row) => (patients[row] = patient)));
  return { ...table, patients };
}

/** Groups by the rarest target level that one of their rows has; one stratum when there is no coded target. */
function strata(table: Table, groups: readonly number[][]): number[][][] {
  const target = targetColumn(table.schema);
  const column = target === undefined ? undefined : table.columns[target];
  const codes = column === undefined ? undefined : fewValued(column);
  if (codes === undefined) return [[...groups]];
  const counts = new Map<number, number>();
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  const byLevel = new Map<number, number[][]>();
  for (const group of groups) {
    const level = group
      .map((row) => codes[row] as number)
      .reduce((a, b) => ((counts.get(b) as number) < (counts.get(a) as number) ? b : a));
    const stratum = byLevel.get(level) ?? [];
    stratum.push(group);
    byLevel.set(level, stratum);
  }
  return [...byLevel.values()];
}

/** Codes of a target that can be stratified by: at most 20 levels. Missing is a level of its own. */
function fewValued(column: Table["columns"][number]): (ArrayLike<number> & Iterable<number>) | undefined {
  if (column.type === "coded") return column.levels.length <= 20 ? column.codes : undefined;
  const codes = new Map<number, number>();
  const coded = new Int32Array(column.values.length);
  for (let row = 0; row < coded.length; row++) {
    const value = column.values[row] as number;
    const code = codes.get(value) ?? codes.size;
    codes.set(value, code);
    if (codes.size > 20) return undefined;
    coded[row] = code;
  }
  return coded;
}

/** Groups drawn at random until their rows come nearest to `share` of the stratum's. */
function holdOut(stratum: readonly number[][], share: number, rng: Rng): number[][] {
  const rows = stratum.reduce((sum, group) => sum + group.length, 0);
  const wanted = share * rows + rng.uniform() - 0.5;
  const held: number[][] = [];
  let count = 0;
  for (const index of rng.permutation(stratum.length)) {
    const group = stratum[index] as number[];
    if (count + group.length / 2 > wanted) continue;
    held.push(group);
    count += group.length;
  }
  return held;
}

/** With two groups or more, neither side stays empty. */
function balance(groups: readonly number[][], held: Uint8Array, rng: Rng): void {
  if (groups.length < 2) return;
  const moved = groups[rng.integer(groups.length)] as number[];
  const count = held.reduce((sum, side) => sum + side, 0);
  if (count === 0) moved.forEach((row) => (held[row] = 1));
  if (count === held.length) moved.forEach((row) => (held[row] = 0));
}
