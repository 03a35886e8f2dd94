import { asTexts, type RawCells, type TextCells } from "../table/read/column-cells.ts";
import type { ReadRows } from "../table/read/rows.ts";

/** The cells of a column as texts; a long column of values is written out as its numbers or dates are. */
export const textsOf = (cells: RawCells): TextCells => (cells.type === "texts" ? cells : asTexts(cells));

/** The text of a cell at a row. */
export const textAt = (cells: TextCells, row: number): string =>
  cells.levels[cells.codes[row] as number] as string;

/** A column of `rows` texts. */
export function cellsOf(rows: number, text: (row: number) => string): TextCells {
  const codes = new Int32Array(rows);
  const levels: string[] = [];
  const counts: number[] = [];
  const places = new Map<string, number>();
  for (let row = 0; row < rows; row++) {
    const own = text(row);
    let code = places.get(own);
    if (code === undefined) {
      code = levels.length;
      places.set(own, code);
      levels.push(own);
      counts.push(0);
    }
    codes[row] = code;
    counts[code] = (counts[code] as number) + 1;
  }
  return { type: "texts", codes, levels, counts };
}

/** What becomes of the distinct texts of a column. */
export interface Mapped {
  readonly cells: TextCells;
  /** cells that changed */
  readonly changed: number;
  /** by level of the column before: its new text, null for missing; undefined: it stays */
  readonly becomes: readonly (string | null | undefined)[];
}

/** Each distinct text becomes what `of` says (null: missing, undefined: it stays); cells with equal texts share a level. */
export function mapTexts(cells: TextCells, of: (text: string) => string | null | undefined): Mapped {
  let changed = 0;
  const becomes = cells.levels.map((text, level) => {
    const to = (cells.counts[level] as number) === 0 ? undefined : of(text);
    if (to === undefined || to === text || (to === null && text === "")) return undefined;
    changed += cells.counts[level] as number;
    return to;
  });
  if (changed === 0) return { cells, changed, becomes };
  const levels: string[] = [];
  const counts: number[] = [];
  const places = new Map<string, number>();
  const code = Int32Array.from(cells.levels, (text, level) => {
    const to = becomes[level];
    const own = to === undefined ? text : (to ?? "");
    let place = places.get(own);
    if (place === undefined) {
      place = levels.length;
      places.set(own, place);
      levels.push(own);
      counts.push(0);
    }
    counts[place] = (counts[place] as number) + (cells.counts[level] as number);
    return place;
  });
  const codes = cells.codes.map((level) => code[level] as number);
  return { cells: { type: "texts", codes, levels, counts }, changed, becomes };
}

/** The rows of `cells` at `kept`, which rise. */
export function takeCells(cells: RawCells, kept: Int32Array): RawCells {
  if (cells.type === "texts") {
    const counts = new Array<number>(cells.levels.length).fill(0);
    const codes = kept.map((row) => {
      const code = cells.codes[row] as number;
      counts[code] = (counts[code] as number) + 1;
      return code;
    });
    return dense({ type: "texts", codes, levels: cells.levels, counts });
  }
  const values = new Float64Array(kept.length);
  const strays = new Map<number, string>();
  const limited = new Map(cells.limits.flatMap(({ rows }, i) => rows.map((row) => [row, i] as const)));
  const limits = cells.limits.map((): number[] => []);
  let stayed = 0;
  kept.forEach((row, at) => {
    values[at] = cells.values[row] as number;
    const stray = cells.strays.get(row);
    const limit = limited.get(row);
    if (stray !== undefined) strays.set(at, stray);
    else if (limit !== undefined) limits[limit]?.push(at);
    else if (Number.isNaN(values[at])) stayed++;
  });
  return {
    ...cells,
    values,
    strays,
    limits: cells.limits.flatMap(({ limit }, i) => {
      const rows = limits[i] as number[];
      return rows.length === 0 ? [] : [{ limit: { ...limit, cells: rows.length }, rows }];
    }),
    missing: shrunk(cells.missing, stayed - cells.beyond),
  };
}

/** Only the levels that some cell has. */
function dense({ codes, levels, counts }: TextCells): TextCells {
  if (counts.every((count) => count > 0)) return { type: "texts", codes, levels, counts };
  const places = new Int32Array(levels.length);
  const used = levels.flatMap((_, level) => ((counts[level] as number) > 0 ? [level] : []));
  used.forEach((level, at) => (places[level] = at));
  return {
    type: "texts",
    codes: codes.map((code) => places[code] as number),
    levels: used.map((level) => levels[level] as string),
    counts: used.map((level) => counts[level] as number),
  };
}

/** Which cells had which missing token was not kept: the tokens' counts shrink alike, to `cells` in all. */
function shrunk(missing: ReadonlyMap<string, number>, cells: number): Map<string, number> {
  let before = 0;
  for (const count of missing.values()) before += count;
  const share = before === 0 ? 0 : Math.max(0, cells) / before;
  return new Map([...missing].map(([token, count]) => [token, Math.round(count * share)]));
}

/** `rows` with other cells in the place of column `at`. */
export const withCells = (rows: ReadRows, at: number, cells: RawCells): ReadRows => ({
  ...rows,
  cells: rows.cells.map((own, i) => (i === at ? cells : own)),
});

/** `rows` with `columns` in the place of column `at`. */
export const withColumns = (
  rows: ReadRows,
  at: number,
  columns: readonly { readonly name: string; readonly cells: RawCells }[],
): ReadRows => ({
  ...rows,
  names: rows.names.toSpliced(at, 1, ...columns.map(({ name }) => name)),
  cells: rows.cells.toSpliced(at, 1, ...columns.map(({ cells }) => cells)),
});
