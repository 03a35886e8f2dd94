import { readDate } from "../../table/formats/dates/read-date.ts";
import { swapped } from "../../table/formats/dates/tokens.ts";
import { formatDate } from "../../table/formats/dates/write-date.ts";
import { readNumber, type NumberMarks } from "../../table/formats/number-format.ts";
import type { CodedColumn, Column, ColumnSchema, Limit } from "../../table/table.ts";
import { LEAST_PATIENTS } from "../small-cells.ts";

/** Whose rows a file holds: the sentences say it. */
export type Side = "synthetic" | "held-out";

/** A column with what its own file says of it. */
export interface Described {
  readonly column: Column;
  readonly schema: ColumnSchema;
}

/** A column as the reference would have read it, and what is to be said of how its values differ. */
export interface Agreed {
  readonly column: Column;
  readonly notes: (side: Side) => string[];
}

const silent = (column: Column): Agreed => ({ column, notes: () => [] });
const quoted = (values: readonly string[]): string =>
  values
    .slice(0, 3)
    .map((value) => `“${value.length > 24 ? `${value.slice(0, 24)}…` : value}”`)
    .join(", ") + (values.length > 3 ? " and others" : "");

/**
 * `own` with the reference's words where both write the same: a number among levels ("1.0" for "1"), a date whose day
 * and month could be either way round, the code of a label. Values that the reference does not know are left as they are and said.
 */
export function agreeing(own: Described, reference: Described): Agreed {
  if (own.column.type === "coded" && reference.column.type === "coded") {
    const labelled = withLabels(own.column, reference.schema);
    return codesAgreeing(labelled, reference.column, reference.schema.name);
  }
  if (own.column.type === "numeric" && own.schema.findings?.dayMonthUnsettled === true)
    return silent(datesAgreeing(own.column, own.schema, reference.schema));
  if (own.column.type === "numeric" && own.schema.limits !== undefined)
    return silent(limitsAgreeing(own.column, own.schema.limits, reference.schema.limits ?? []));
  return silent(own.column);
}

/** Limits that both tables write ("<5", "< 5") have the reference's numbers. */
function limitsAgreeing(
  column: Extract<Column, { type: "numeric" }>,
  own: readonly Limit[],
  real: readonly Limit[],
): Column {
  const plain = ({ side, text }: Limit): string =>
    `${side} ${text.replace(/\s+/g, "").replace("≤", "<=").replace("≥", ">=").replace(",", ".").toLowerCase()}`;
  const places = new Map(real.map((limit) => [plain(limit), limit.value]));
  const becomes = new Map(
    own.flatMap((limit): [number, number][] => {
      const value = places.get(plain(limit));
      return value === undefined ? [] : [[limit.value, value]];
    }),
  );
  return { ...column, values: column.values.map((value) => becomes.get(value) ?? value) };
}

/** Read with the reference's order of day and month, where its own cells settle it and no cell contradicts. */
function datesAgreeing(column: Extract<Column, { type: "numeric" }>, own: ColumnSchema, real: ColumnSchema) {
  const [mine, theirs] = [own.date?.pattern, real.date?.pattern];
  if (mine === undefined || theirs === undefined || real.findings?.dayMonthUnsettled === true) return column;
  const dayFirst = (pattern: string): boolean => pattern.indexOf("D") < pattern.indexOf("M");
  if (dayFirst(mine) === dayFirst(theirs)) return column;
  const other = swapped(mine);
  const values = column.values.map((value) =>
    Number.isNaN(value) ? NaN : readDate(formatDate(value, mine), other),
  );
  const lost = values.some(
    (value, row) => Number.isNaN(value) && !Number.isNaN(column.values[row] as number),
  );
  return lost ? column : { ...column, values };
}

const MARKS: readonly NumberMarks[] = [
  { decimalMark: ".", thousandsMark: "" },
  { decimalMark: ",", thousandsMark: "" },
];

function numberIn(text: string): number | undefined {
  for (const marks of MARKS) {
    const read = readNumber(text, marks);
    if (read !== undefined) return read.value;
  }
  return undefined;
}

function codesAgreeing(own: CodedColumn, real: CodedColumn, name: string): Agreed {
  const column = sameNumbers(own, real);
  const known = new Set(real.levels);
  const counts = countsOf(column);
  const used = column.levels.filter((_, code) => (counts[code] as number) > 0);
  const fresh = used.filter((level) => !known.has(level));
  if (fresh.length === 0 || known.size === 0) return silent(column);
  const cells = column.levels.reduce(
    (sum, level, code) => sum + (known.has(level) ? 0 : (counts[code] as number)),
    0,
  );
  const notes = (side: Side): string[] => {
    const common = column.levels.filter(
      (level, code) => !known.has(level) && (counts[code] as number) >= LEAST_PATIENTS,
    );
    const here = side === "synthetic" && common.length > 0 ? ` (${quoted(common)})` : "";
    if (fresh.length === used.length) {
      const there = quoted(frequentLevels(real));
      return [
        `“${name}”: no value of the ${side} table${here} occurs in the real one${there === "" ? "" : ` (${there})`}. They may mean the same; they are left as they are written and count as different.`,
      ];
    }
    if (side === "held-out") return [];
    const twins = caseTwins(fresh, real.levels);
    return [
      `“${name}”: ${cells.toLocaleString("en-US")} cell${cells === 1 ? " has a value" : "s have values"} that no real row has${here}.${twins ? " Some differ from a real value only in upper and lower case; they are left as they are." : ""}`,
    ];
  };
  return { column, notes };
}

/**
 * Codes of a labelled column take the labels that its levels have, also where a number is written otherwise ("1.0" for
 * "1"); what is a label already stays.
 */
function withLabels(own: CodedColumn, { valueLabels }: ColumnSchema): CodedColumn {
  if (valueLabels === undefined || valueLabels.length === 0) return own;
  const labels = new Set(valueLabels.map(({ label }) => label));
  const byCode = new Map(valueLabels.map(({ code, label }) => [code, label]));
  const byNumber = new Map(
    valueLabels.flatMap(({ code, label }) => {
      const value = numberIn(code);
      return value === undefined ? [] : [[value, label] as const];
    }),
  );
  return renamed(
    own,
    own.levels.map((level) => {
      if (labels.has(level)) return level;
      return byCode.get(level) ?? byNumber.get(numberIn(level) ?? NaN) ?? level;
    }),
  );
}

/** Levels that write the number of one level of the reference otherwise take its text. */
function sameNumbers(own: CodedColumn, real: CodedColumn): CodedColumn {
  const known = new Set(real.levels);
  const texts = new Map<number, string[]>();
  for (const level of real.levels) {
    const value = numberIn(level);
    if (value !== undefined) texts.set(value, [...(texts.get(value) ?? []), level]);
  }
  if (texts.size === 0) return own;
  const names = own.levels.map((level) => {
    const value = known.has(level) ? undefined : numberIn(level);
    const [text, ...others] = value === undefined ? [] : (texts.get(value) ?? []);
    return text === undefined || others.length > 0 ? level : text;
  });
  return renamed(own, names);
}

/** The same cells whose levels have other names; levels of one name are one. */
function renamed(own: CodedColumn, names: readonly string[]): CodedColumn {
  const levels = [...new Set(names)];
  const place = new Map(levels.map((level, i) => [level, i]));
  const codes = own.codes.map((code) => (code < 0 ? -1 : (place.get(names[code] as string) as number)));
  return { type: "coded", codes, levels };
}

function countsOf({ codes, levels }: CodedColumn): Float64Array {
  const counts = new Float64Array(levels.length);
  for (const code of codes) if (code >= 0) counts[code] = (counts[code] as number) + 1;
  return counts;
}

/** Real values that enough rows share to be shown. */
function frequentLevels(real: CodedColumn): string[] {
  const counts = countsOf(real);
  return real.levels.filter((_, code) => (counts[code] as number) >= LEAST_PATIENTS);
}

function caseTwins(fresh: readonly string[], levels: readonly string[]): boolean {
  const lower = new Set(levels.map((level) => level.toLowerCase()));
  return fresh.some((level) => lower.has(level.toLowerCase()));
}
