import type { StoredColumn, StoredTable } from "./stored-table.ts";

/** What a pass over the rows shows of one column, before any cell of it is written. */
export interface Seen {
  /** Codes of a labelled column that are not missing, with their cells; undefined: more than can be labels. */
  readonly codes: Map<number | string, number> | undefined;
  /** Declared missing values that some cell has. */
  readonly missing: ReadonlySet<number | string>;
  /** Kinds of missing that some cell has, as letters. */
  readonly kinds: ReadonlySet<string>;
  /** Moments with a part of a second. */
  readonly fractions: boolean;
  /** Times outside of a day, or moments that no calendar has. */
  readonly beyond: boolean;
}

/** More codes than this are numbers, whatever labels some of them have. */
const MOST_CODES = 5000;
const DAY = 86_400_000;
/** The greatest moment of a JavaScript date. */
const FARTHEST = 8.64e15;

class Watch {
  codes: Map<number | string, number> | undefined;
  readonly missing = new Set<number | string>();
  readonly kinds = new Set<string>();
  fractions = false;
  beyond = false;
  private readonly column: StoredColumn;
  private readonly isMissing: (value: number | string) => boolean;

  constructor(column: StoredColumn) {
    this.column = column;
    this.codes = column.labels !== undefined && column.labels.size > 0 ? new Map() : undefined;
    this.isMissing = missingTest(column);
  }

  get idle(): boolean {
    const { missing, moments } = this.column;
    return this.codes === undefined && missing === undefined && moments === undefined;
  }

  add(cells: Float64Array | readonly string[]): void {
    if (this.idle) return;
    for (let row = 0; row < cells.length; row++) {
      const value = cells[row] as number | string;
      if (value !== value || value === "") continue;
      if (this.isMissing(value)) this.missing.add(value);
      else if (this.codes !== undefined) this.count(value);
      else if (typeof value === "number") this.moment(value);
    }
  }

  private count(value: number | string): void {
    const codes = this.codes as Map<number | string, number>;
    codes.set(value, (codes.get(value) ?? 0) + 1);
    if (codes.size > MOST_CODES) this.codes = undefined;
  }

  private moment(value: number): void {
    const { moments } = this.column;
    if (moments === undefined) return;
    const ms = Math.round(moments.ms(value));
    if (ms % 1000 !== 0) this.fractions = true;
    if (moments.type === "time" ? !(ms >= 0 && ms < DAY) : !(Math.abs(ms) <= FARTHEST)) this.beyond = true;
  }

  kind(marks: Uint8Array): void {
    for (const mark of marks) if (mark > 0) this.kinds.add(String.fromCharCode(mark));
  }
}

/** Whether a value of `column` is declared missing. */
export function missingTest({ missing }: StoredColumn): (value: number | string) => boolean {
  if (missing === undefined) return () => false;
  const values = new Set(missing.values);
  const { range } = missing;
  if (range === undefined) return (value) => values.has(value);
  return (value) =>
    values.has(value) || (typeof value === "number" && value >= range.low && value <= range.high);
}

/** Goes through all rows of `table` once. Throws FaultError `file-damaged`. */
export async function survey(
  table: StoredTable,
): Promise<{ readonly seen: readonly Seen[]; readonly rows: number }> {
  const watches = table.columns.map((column) => new Watch(column));
  let rows = 0;
  for await (const batch of table.batches()) {
    rows += batch.rows;
    watches.forEach((watch, i) => watch.add(batch.columns[i] as Float64Array | readonly string[]));
    batch.kinds?.forEach((marks, i) => watches[i]?.kind(marks));
  }
  return { seen: watches, rows };
}
