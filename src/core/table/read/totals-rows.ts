import type { RawCells } from "./column-cells.ts";
import { isMissingNumber, missingTokens, type MissingTokens } from "../formats/missing-tokens.ts";
import { readNumber } from "../formats/number-format.ts";
import { chooseMarks, type NumberContext } from "../formats/number-marks.ts";
import type { TotalsRow } from "../reading.ts";
import type { ReadRows } from "./rows.ts";

/**
 * Rows of sums that an export puts above or below its patients. They are no patients: learned from, they would be the
 * most extreme one.
 */

/** "Total", "Summe:", "Gesamt (n = 3.000)", and the means that stand below some. */
const LABEL =
  /^[Σ∑]?\s*(?:(?:grand[\s-]*|sub-?)?totals?|sums?|all|overall|summen?|gesamt(?:summe|ergebnis|zahl)?|insgesamt|alle|zwischensumme|zusammen|mean|average|avg|median|mittelwert|durchschnitt|standard\s*deviation|std\.?(?:\s*dev\.?)?|standardabweichung)\s*[:.]?\s*(?:\(?\s*(?:n\s*=\s*)?[\d.,'\s]*\)?)$/i;

/** Nothing but the sign. */
const SIGN = /^[Σ∑]\s*[:=]?$/;

const isNumber = (text: string): boolean =>
  readNumber(text, { decimalMark: ".", thousandsMark: "," }) !== undefined ||
  readNumber(text, { decimalMark: ",", thousandsMark: "." }) !== undefined;

const standard = missingTokens();

/** What a row's first text says, if that calls it a row of totals and nothing but numbers stands beside it. */
export function totalsLabel(cells: readonly string[], tokens: MissingTokens = standard): string | undefined {
  const texts = cells
    .map((cell) => cell.trim())
    .filter((text) => !isMissingNumber(text, tokens) && !isNumber(text));
  const [label] = texts;
  return texts.length === 1 && label !== undefined && (LABEL.test(label) || SIGN.test(label))
    ? label
    : undefined;
}

/** How a remark below a table begins, where it is not a sentence. */
const REMARK =
  /^(?:n\s*=\s*\d|source|quelle|note|notes|hinweis|anmerkung|legende?|legend|remark|\*|†|page|seite|stand|export|printed|erstellt|end of|ende|\(?\d[\d.,]*\s+(?:rows?|records?|zeilen|datensätze|lignes|filas|righe))/i;
/** Words of a sentence. */
const SENTENCE = 4;
/** Columns from which on a single filled cell is no patient. */
const WIDE = 3;

/** What stands alone in the first cell of a row, if that is a remark on the table: its source, its date, a count. */
export function remarkLabel(cells: readonly string[], columns: number): string | undefined {
  const [first = "", ...others] = cells.map((cell) => cell.trim());
  if (columns < WIDE || first === "" || others.some((cell) => cell !== "")) return undefined;
  return REMARK.test(first) || first.split(/\s+/).length >= SENTENCE ? first : undefined;
}

/** Rows looked at from the end upwards. */
const MOST_AT_END = 4;
/** Fewest other rows whose sums can give a row away. */
const LEAST_OTHERS = 5;

/** `found` without the rows of totals at its two ends, and what they were; at least two rows stay. */
export function withoutTotals(
  found: ReadRows,
  tokens: MissingTokens,
  context: NumberContext,
): { found: ReadRows; totals: readonly TotalsRow[] } {
  const sums = new Map<number, ColumnSum>();
  const isTotals = (row: number): TotalsRow | undefined => {
    const cells = found.cells.map((column) => textAt(column, row));
    const label = totalsLabel(cells, tokens);
    if (label !== undefined && isRare(found.cells, label, row)) return { row, label };
    return sumsUp(found, row, cells, { tokens, context, sums }) ? { row, label: "" } : undefined;
  };
  const isRemark = (row: number): TotalsRow | undefined => {
    const cells = found.cells.map((column) => textAt(column, row));
    const label = remarkLabel(cells, found.cells.length);
    return label !== undefined && isRare(found.cells, label, row) ? { row, label } : undefined;
  };
  const totals: TotalsRow[] = [];
  for (let row = found.rows - 1; row >= Math.max(2, found.rows - MOST_AT_END); row--) {
    const last = isTotals(row) ?? isRemark(row);
    if (last === undefined) break;
    totals.unshift(last);
  }
  const first = found.rows - totals.length > 2 ? isTotals(0) : undefined;
  if (first !== undefined) totals.unshift(first);
  const short = found.shortTotals.map((label): TotalsRow => ({ label }));
  if (totals.length === 0) return { found, totals: short };
  const out = new Set(totals.map(({ row }) => row as number));
  return {
    found: {
      ...found,
      rows: found.rows - out.size,
      cells: found.cells.map((column) => without(column, out)),
    },
    totals: [...totals, ...short],
  };
}

/** Whether a label stands in its column here and once more at most: a level that many rows have is no label. */
function isRare(columns: readonly RawCells[], label: string, row: number): boolean {
  return columns.every((column) => {
    if (column.type !== "texts" || textAt(column, row) !== label) return true;
    return (column.counts[column.codes[row] as number] as number) <= 2;
  });
}

/** The cell as a text; of numbers whose texts were not kept, the number. */
function textAt(column: RawCells, row: number): string {
  if (column.type === "texts") return column.levels[column.codes[row] as number] as string;
  const value = column.values[row] as number;
  return Number.isNaN(value) ? (column.strays.get(row) ?? "") : String(value);
}

interface ColumnSum {
  readonly sum: number;
  /** Cells that are neither missing nor 0. */
  readonly terms: number;
  valueOf(row: number): number;
}

interface Sums {
  readonly tokens: MissingTokens;
  readonly context: NumberContext;
  readonly sums: Map<number, ColumnSum>;
}

/** Whether two columns or more, and most of the row's numbers, are the sums of all other rows, with no text beside them. */
function sumsUp(
  { cells: columns, rows }: ReadRows,
  row: number,
  cells: readonly string[],
  { tokens, context, sums }: Sums,
): boolean {
  if (rows - 1 < LEAST_OTHERS) return false;
  if (cells.some((text) => !isMissingNumber(text, tokens) && !isNumber(text))) return false;
  let numbers = 0;
  let equal = 0;
  columns.forEach((column, i) => {
    const known = sums.get(i) ?? sumOf(column, tokens, context);
    sums.set(i, known);
    const own = known.valueOf(row);
    if (!Number.isFinite(own) || own === 0) return;
    numbers++;
    const others = known.sum - own;
    if (known.terms > 2 && Math.abs(own - others) <= 1e-6 * Math.abs(own)) equal++;
  });
  return equal >= 2 && 2 * equal >= numbers;
}

function sumOf(column: RawCells, tokens: MissingTokens, context: NumberContext): ColumnSum {
  let sum = 0;
  let terms = 0;
  const add = (value: number, cells: number): void => {
    if (!Number.isFinite(value) || value === 0) return;
    sum += value * cells;
    terms += cells;
  };
  if (column.type === "values") {
    const numbers = column.reading.type === "numbers";
    if (numbers) for (const value of column.values) add(value, 1);
    return { sum, terms, valueOf: (row) => (numbers ? (column.values[row] as number) : NaN) };
  }
  const present = column.levels.filter((text) => !isMissingNumber(text, tokens));
  const { marks } = chooseMarks(present, context);
  const values = Float64Array.from(column.levels, (text) =>
    isMissingNumber(text, tokens) ? NaN : (readNumber(text, marks)?.value ?? NaN),
  );
  values.forEach((value, level) => add(value, column.counts[level] as number));
  return { sum, terms, valueOf: (row) => values[column.codes[row] as number] as number };
}

function without(column: RawCells, out: ReadonlySet<number>): RawCells {
  const stays = (_: number, row: number): boolean => !out.has(row);
  if (column.type === "texts") {
    const counts = [...column.counts];
    for (const row of out)
      counts[column.codes[row] as number] = (counts[column.codes[row] as number] as number) - 1;
    const kept = column.levels.flatMap((_, level) => ((counts[level] as number) > 0 ? [level] : []));
    const place = new Int32Array(column.levels.length);
    kept.forEach((level, i) => (place[level] = i));
    return {
      type: "texts",
      codes: column.codes.filter(stays).map((level) => place[level] as number),
      levels: kept.map((level) => column.levels[level] as string),
      counts: kept.map((level) => counts[level] as number),
    };
  }
  const strays = new Map<number, string>();
  const missing = new Map(column.missing);
  const before = (row: number): number => [...out].filter((other) => other < row).length;
  column.strays.forEach((text, row) => {
    if (!out.has(row)) strays.set(row - before(row), text);
  });
  for (const row of out) {
    const empty = Number.isNaN(column.values[row]) && !column.strays.has(row);
    if (empty && missing.has("")) missing.set("", (missing.get("") as number) - 1);
  }
  return { ...column, values: column.values.filter(stays), strays, missing };
}
