import { createRng, type Rng } from "../../../math/rng.ts";
import type { IdentifierClass } from "../../identifies.ts";

/** What a column is to be taken for. "learned": nothing in it points to a person; "shown": learned, and pointed out. */
export interface ColumnExample {
  readonly name: string;
  readonly cells: readonly string[];
  readonly expected: IdentifierClass | "learned";
  /** Other columns of its table. */
  readonly beside?: Readonly<Record<string, readonly string[]>>;
}

/** How values come: each in one row, each in a few rows (a patient's visits), or drawn from a few. */
export type Repeats = "once" | "visits" | number;

/** One kind of column under its names. */
export interface ColumnKind {
  readonly expected: IdentifierClass | "learned";
  readonly names: readonly string[];
  readonly make: (rng: Rng, row: number) => string;
  readonly repeats?: readonly Repeats[];
  readonly beside?: (cells: readonly string[], rng: Rng) => Readonly<Record<string, readonly string[]>>;
}

const LEAST_ROWS = 80;

function cellsOf({ make }: ColumnKind, repeats: Repeats, rng: Rng): string[] {
  const rows = LEAST_ROWS + rng.integer(60);
  if (repeats === "once") return Array.from({ length: rows }, (_, row) => make(rng, row));
  if (typeof repeats === "number") {
    const pool = Array.from({ length: repeats }, (_, row) => make(rng, row));
    return Array.from({ length: rows }, () => pool[Math.floor(pool.length * rng.uniform() ** 1.5)] as string);
  }
  const cells: string[] = [];
  for (let patient = 0; cells.length < rows; patient++) {
    const value = make(rng, patient);
    for (let visit = 0; visit <= rng.integer(5); visit++) cells.push(value);
  }
  return cells.slice(0, rows);
}

/** One example for each name of each kind; the ways to repeat take turns. */
export function columnExamples(kinds: readonly ColumnKind[], seed: number): ColumnExample[] {
  const rng = createRng(seed);
  return kinds.flatMap((kind, k) =>
    kind.names.map((name, i): ColumnExample => {
      const own = rng.fork(`${k} ${i}`);
      const ways = kind.repeats ?? ["once", "visits"];
      const cells = cellsOf(kind, ways[i % ways.length] as Repeats, own);
      const beside = kind.beside?.(cells, own);
      return { name, cells, expected: kind.expected, ...(beside && { beside }) };
    }),
  );
}
