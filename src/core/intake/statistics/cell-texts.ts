import type { ValueLabel } from "../../table/table.ts";
import { NumberTexts } from "./number-texts.ts";
import { missingTest, type Seen } from "./survey.ts";
import type { Moments, StoredColumn } from "./stored-table.ts";
import { codeText } from "./value-labels.ts";

/** The text of a stored cell; "" = missing. */
export type CellText = (stored: number | string) => string;

/** How the cells of `column` are written: labels where it has them, moments as ISO, numbers in full. */
export function cellText(
  column: StoredColumn,
  seen: Seen,
  labels: readonly ValueLabel[] | undefined,
): CellText {
  const write = present(column, seen, labels);
  if (column.type === "text") {
    if (column.missing === undefined) return write;
    const isMissing = missingTest(column);
    return (stored) => (isMissing(stored) ? "" : write(stored));
  }
  if (seen.missing.size === 0) return (stored) => (stored !== stored ? "" : write(stored));
  const isMissing = missingTest(column);
  return (stored) => (stored !== stored || isMissing(stored) ? "" : write(stored));
}

/** What the numbers of `column` are, once its cells were seen; undefined: numbers. */
export function momentsOf({ moments }: StoredColumn, { beyond }: Seen): Moments | undefined {
  return moments?.type === "time" && beyond ? moments.beyondDay : moments;
}

function present(column: StoredColumn, seen: Seen, labels: readonly ValueLabel[] | undefined): CellText {
  if (labels !== undefined) {
    const texts = new Map<number | string, string>();
    for (const { code, label } of labels) texts.set(column.type === "number" ? Number(code) : code, label);
    return (stored) => texts.get(stored) ?? codeText(stored);
  }
  if (column.type === "text") return (stored) => (stored as string).trim();
  const moments = momentsOf(column, seen);
  if (moments !== undefined) {
    const write = WRITERS[moments.type](seen.fractions);
    return remembered((stored) => {
      const date = new Date(Math.round(moments.ms(stored)));
      return Number.isNaN(date.getTime()) ? "" : write(date);
    });
  }
  return remembered(column.single === true ? singleText : String);
}

/** Writes each number once, while they are not too many. */
function remembered(write: (stored: number) => string): CellText {
  const texts = new NumberTexts(write);
  return (stored) => texts.of(stored as number);
}

const iso = (date: Date): string => {
  const year = date.getUTCFullYear();
  const text = date.toISOString();
  return year >= 0 && year <= 9999 ? text : `${String(year)}${text.slice(7)}`;
};

const WRITERS: Readonly<Record<Moments["type"], (fractions: boolean) => (date: Date) => string>> = {
  date: () => (date) => iso(date).slice(0, -14),
  month: () => (date) => iso(date).slice(0, -17),
  datetime: (fractions) => (date) => iso(date).slice(0, fractions ? -1 : -5),
  time: (fractions) => (date) => iso(date).slice(11, fractions ? -1 : -5),
};

/** The shortest decimal that is `value` in 32 bits. */
export function singleText(value: number): string {
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return String(short);
  }
  return String(value);
}
