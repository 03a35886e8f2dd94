import { createRng, type Rng } from "../math/rng.ts";
import { isMissingCell, targetColumn, type Table } from "./table.ts";

export interface Split {
  /** Row indices, ascending. */
  readonly train: Int32Array;
  readonly holdout: Int32Array;
}

/**
 * Splits the rows into train and holdout before anything is fitted. Rows that share an id in a column of role
 * `identifier` stay together, so that no patient is on both sides; rows without an id may be anybody's and are all in
 * train, unless nothing else is there. The shares of a coded target are kept on both sides.
 * `share` of the rows in (0, 1) goes to the holdout; at least one group is left on each side where there are two.
 * Same seed, same split.
 */
export function splitRows(table: Table, { share, seed }: { share: number; seed: number }): Split {
  const rng = createRng(seed).fork("split");
  const { known, unknown } = groupRows(table);
  const held = new Uint8Array(table.rows);
  const wanted = Math.min(0.9, (share * table.rows) / Math.max(1, table.rows - unknown.length));
  for (const stratum of strata(table, known)) {
    holdOut(stratum, wanted, rng).forEach((members) => members.forEach((row) => (held[row] = 1)));
  }
  balance(unknown.length > 0 ? [...known, unknown] : known, held, rng);
  return {
    train: Int32Array.from(indices(held, 0)),
    holdout: Int32Array.from(indices(held, 1)),
  };
}

function* indices(held: Uint8Array, side: 0 | 1): Generator<number> {
  for (let row = 0; row < held.length; row++) if (held[row] === side) yield row;
}

/** Rows by patient, and the rows whose patient is not known; every row where ids do not repeat is a patient of its own. */
export function groupRows(table: Table): { known: number[][]; unknown: number[] } {
  const ids = table.columns.find(
    (column, i) =>
      table.schema.columns[i]?.role === "identifier" &&
      new Set(column.type === "coded" ? column.codes : column.values).size < table.rows,
  );
  if (ids === undefined) return { known: Array.from({ length: table.rows }, (_, row) => [row]), unknown: [] };
  const groups = new Map<number, number[]>();
  const unknown: number[] = [];
  for (let row = 0; row < table.rows; row++) {
    if (isMissingCell(ids, row)) {
      unknown.push(row);
      continue;
    }
    const id = (ids.type === "coded" ? ids.codes[row] : ids.values[row]) as number;
    const group = groups.get(id);
    if (group === undefined) groups.set(id, [row]);
    else group.push(row);
  }
  return { known: [...groups.values()], unknown };
}

/**
 * `table` with the patient of each row, where an identifier says that some have several. Rows without an id count as those
 * of one patient, so that whatever cuts the table does not cut between them.
 */
export function withPatients(table: Table): Table {
  const { known, unknown } = groupRows(table);
  const groups = unknown.length > 0 ? [...known, unknown] : known;
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
