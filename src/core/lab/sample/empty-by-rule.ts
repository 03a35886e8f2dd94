import { FaultError } from "../../fault.ts";
import { breathe } from "../../math/breathe.ts";
import { listed } from "../../rules/rule-words.ts";
import { cellFormatter } from "../../table/formats/format-cell.ts";
import type { Column, ColumnSchema, Table } from "../../table/table.ts";

/** Cells of a column that are empty because there is nothing to say, such as the length of a stay of those not admitted. */
export interface EmptyByRule {
  readonly column: string;
  /** Whose rows have no value in that column, without an exception: "admitted is no". */
  readonly where: string;
  /** Empty cells there that no rule before this one explains. */
  readonly cells: number;
  /** 1 for each row where the rule holds. */
  readonly rows: Uint8Array;
}

/** Who waits: may end it between columns, and hears when one is begun. */
interface Watch {
  readonly cancelled?: () => boolean;
  readonly onColumn?: () => void;
}

/** Fewest rows that show a rule. */
export const LEAST_ROWS_OF_RULE = 5;
/** A rule that chance would make more often than this, among all that are looked at, is none. */
const CHANCE = 0.01;
/** Elsewhere the column must have a value in more than half of the rows. */
const MOST_EMPTY_ELSEWHERE = 0.5;
/** Distinct numbers up to which each of them is a condition; of more, only 0 is. */
const FEW_NUMBERS = 20;
/** Levels up to which all of those without any value belong to a rule that one of them shows, however few their rows. */
const FEW_LEVELS = 20;

/** The rows of a table by one column: which group each is in, -1 for none, and what its column then is. */
interface Groups {
  readonly of: Int32Array;
  readonly sizes: Int32Array;
  readonly words: (group: number) => string;
  readonly name: string;
}

/**
 * Which empty cells follow a rule: in all rows of a level of another column, or wherever another column is empty or 0, the
 * column is empty, in five rows at least and more than chance would do, while elsewhere most rows have a value. For each
 * column the rules that explain most of its empty cells, as few as do. Rejects with FaultError `cancelled`.
 */
export async function emptyByRule(table: Table, watch: Watch = {}): Promise<EmptyByRule[]> {
  const empty = table.columns.map((column) => emptyRows(column));
  const gappy = empty.flatMap((rows, i) =>
    rows.length >= LEAST_ROWS_OF_RULE && rows.length < table.rows ? [i] : [],
  );
  if (gappy.length === 0) return [];
  const found = new Map<number, Candidate[]>(gappy.map((i) => [i, []]));
  const groups = table.columns.map((_, i) => conditionsIn(table.schema.columns[i] as ColumnSchema));
  const tried = groups.filter(Boolean).length * 10;
  for (const [i, column] of table.columns.entries()) {
    await breathe();
    if (watch.cancelled?.() === true) throw new FaultError({ code: "cancelled" });
    watch.onColumn?.();
    if (groups[i] !== true) continue;
    const by = groupsOf(column, table.schema.columns[i] as ColumnSchema);
    for (const gap of gappy) {
      if (gap === i) continue;
      const candidate = ruleOf(by, empty[gap] as Int32Array, table.rows, tried);
      if (candidate !== undefined) found.get(gap)?.push(candidate);
    }
  }
  return gappy.flatMap((i) =>
    fewest(found.get(i) as Candidate[], empty[i] as Int32Array).map(({ by, groups: members, cells }) => ({
      column: (table.schema.columns[i] as ColumnSchema).name,
      where: whereOf(by, members),
      cells,
      rows: Uint8Array.from(by.of, (group) => (members.includes(group) ? 1 : 0)),
    })),
  );
}

/** Levels of fewer rows than show a rule are counted, not named. */
function whereOf(by: Groups, members: readonly number[]): string {
  const named = members.filter((group) => (by.sizes[group] as number) >= LEAST_ROWS_OF_RULE);
  const rarer = members.length - named.length;
  const words = named.map((group) => by.words(group));
  const others = rarer === 1 ? "a rarer level" : `one of ${rarer} rarer levels`;
  return `${by.name} is ${listed([...words, ...(rarer > 0 ? [others] : [])], "or")}`;
}

function emptyRows(column: Column): Int32Array {
  const cells = column.type === "numeric" ? column.values : column.codes;
  const missing = column.type === "numeric" ? Number.isNaN : (code: number): boolean => code < 0;
  const rows = new Int32Array(cells.length);
  let n = 0;
  for (let row = 0; row < cells.length; row++) if (missing(cells[row] as number)) rows[n++] = row;
  return rows.slice(0, n);
}

const conditionsIn = ({ kind, role }: ColumnSchema): boolean =>
  kind !== "identifier" && kind !== "text" && kind !== "constant" && role !== "identifier";

function groupsOf(column: Column, schema: ColumnSchema): Groups {
  const { name } = schema;
  if (column.type === "coded") {
    const of = column.codes.map((code) => code + 1);
    const levels = column.levels;
    return {
      of,
      sizes: sizesOf(of, levels.length + 1),
      words: (group) => (group === 0 ? "empty" : (levels[group - 1] as string)),
      name,
    };
  }
  const { values } = column;
  const place = new Map<number, number>();
  for (const value of values) {
    if (Number.isNaN(value) || place.has(value)) continue;
    place.set(value, place.size + 1);
    if (place.size > FEW_NUMBERS) break;
  }
  const few = schema.kind !== "datetime" && place.size <= FEW_NUMBERS;
  const groupOf = (value: number): number => {
    if (Number.isNaN(value)) return 0;
    if (few) return place.get(value) as number;
    return value === 0 && schema.kind !== "datetime" ? 1 : -1;
  };
  const of = new Int32Array(values.length);
  for (let row = 0; row < of.length; row++) of[row] = groupOf(values[row] as number);
  const distinct = few ? [...place.keys()] : [0];
  const write = cellFormatter({ type: "numeric", values: Float64Array.from(distinct) }, schema);
  return {
    of,
    sizes: sizesOf(of, distinct.length + 1),
    words: (group) => (group === 0 ? "empty" : write(group - 1)),
    name,
  };
}

function sizesOf(of: Int32Array, count: number): Int32Array {
  const sizes = new Int32Array(count);
  for (let row = 0; row < of.length; row++) {
    const group = of[row] as number;
    if (group >= 0) sizes[group] = (sizes[group] as number) + 1;
  }
  return sizes;
}

interface Candidate {
  readonly by: Groups;
  readonly groups: readonly number[];
  readonly cells: number;
}

function ruleOf(by: Groups, empty: Int32Array, rows: number, tried: number): Candidate | undefined {
  const without = new Int32Array(by.sizes.length);
  for (let i = 0; i < empty.length; i++) {
    const group = by.of[empty[i] as number] as number;
    if (group >= 0) without[group] = (without[group] as number) + 1;
  }
  const all = [...by.sizes.keys()].filter(
    (group) => (by.sizes[group] as number) > 0 && without[group] === by.sizes[group],
  );
  const shown = all.filter((group) => {
    const size = by.sizes[group] as number;
    return (
      size >= LEAST_ROWS_OF_RULE && chanceOf(size, empty.length, rows) * tried * by.sizes.length < CHANCE
    );
  });
  if (shown.length === 0) return undefined;
  const groups = by.sizes.length - 1 <= FEW_LEVELS ? all : shown;
  const cells = groups.reduce((sum, group) => sum + (by.sizes[group] as number), 0);
  const elsewhere = rows - cells;
  if (elsewhere === 0 || (empty.length - cells) / elsewhere > MOST_EMPTY_ELSEWHERE) return undefined;
  return { by, groups, cells };
}

/** How often `size` rows drawn at random would all be among the `empty` ones. */
function chanceOf(size: number, empty: number, rows: number): number {
  let log = 0;
  for (let i = 0; i < size && log > -700; i++) log += Math.log((empty - i) / (rows - i));
  return Math.exp(log);
}

/** The rule that explains most, then the one that explains most of the rest, until none adds five cells. */
function fewest(candidates: readonly Candidate[], empty: Int32Array): Candidate[] {
  const chosen: Candidate[] = [];
  let open = [...empty];
  for (;;) {
    let best: Candidate | undefined;
    for (const { by, groups } of candidates) {
      const members = new Set(groups);
      const cells = open.reduce((sum, row) => sum + (members.has(by.of[row] as number) ? 1 : 0), 0);
      if (cells > (best?.cells ?? 0)) best = { by, groups, cells };
    }
    if (best === undefined || (chosen.length > 0 && best.cells < LEAST_ROWS_OF_RULE)) return chosen;
    const { by, groups } = best;
    open = open.filter((row) => !groups.includes(by.of[row] as number));
    chosen.push(best);
  }
}
