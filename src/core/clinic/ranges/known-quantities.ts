import { sortedPresent } from "../../math/statistics.ts";
import type { ColumnSchema, Table } from "../../table/table.ts";
import { LEAST_VALUES, matchColumn, within, type ColumnMatch } from "./match-column.ts";
import { mixedUnits } from "./mixed-units.ts";
import { nameReadings } from "./quantity-names.ts";
import { matchesByTableWords } from "./table-words.ts";
import type { ClinicalUnit, Quantity } from "./clinical-quantity.ts";

/** Shares of fewer rows are not told. */
const LEAST_PATIENTS = 5;
/** A name that more than this share of the real values contradicts is not believed. */
export const MOST_REAL_BREAKS = 0.05;

/** A column that holds a clinical quantity in a known unit. */
export interface KnownColumn {
  readonly name: string;
  readonly quantity: Quantity;
  readonly unit: ClinicalUnit;
  /** the other words of its name: columns measured together share them */
  readonly beside: string;
}

export interface KnownColumns {
  readonly columns: readonly KnownColumn[];
  /** whose name and unit are known, but that more than 5% of the real values contradict */
  readonly disputed: readonly KnownColumn[];
  /** why a column whose name is known is not judged, one sentence each */
  readonly notes: readonly string[];
}

/**
 * Numeric columns whose names the lab knows. The unit is the name's, else the one whose cohorts have such a median. A guess is
 * left out until a person confirms it, and so is a column with more than 5% of its real values beyond what the quantity can be:
 * it is not what its name says.
 * @param real the real tables, same columns in each
 */
export function knownColumns(real: readonly Table[]): KnownColumns {
  const columns: KnownColumn[] = [];
  const disputed: KnownColumn[] = [];
  const notes: string[] = [];
  const guesses: string[] = [];
  const mixed = mixedUnits(real);
  for (const { name, match, sorted } of matchedColumns(real)) {
    if (match === undefined || sorted.length < LEAST_VALUES) continue;
    const { quantity, unit, beside, sure } = match;
    const saying = mixed(name);
    if (saying !== undefined) {
      notes.push(`${name} is not judged: its values are in several units, as ${saying} says.`);
      continue;
    }
    if (unit === undefined) {
      if (quantity.units.some(({ typical }) => typical))
        notes.push(`${name} is not judged: its median fits no unit of ${quantity.name} that the lab knows.`);
      continue;
    }
    if (sure === "guess") {
      guesses.push(
        `${name} is not judged: that it is ${quantity.name} in ${unit.unit} is a guess, to be confirmed on Data.`,
      );
      continue;
    }
    const outside = sorted.filter((value) => !within(value, unit.plausible));
    if (outside.length > MOST_REAL_BREAKS * sorted.length) {
      notes.push(disagreement(name, quantity, unit, sorted, outside));
      disputed.push({ name, quantity, unit, beside });
    } else columns.push({ name, quantity, unit, beside });
  }
  return { columns, disputed, notes: [...notes, ...guesses] };
}

/** A column, what it was matched to, guesses too, and its present values in order. */
export interface MatchedColumn {
  readonly name: string;
  readonly match: ColumnMatch | undefined;
  readonly sorted: Float64Array;
}

/**
 * Every column of the tables with what it was matched to, however sure. Values of columns without any match are not sorted.
 * @param most values that are looked at of one column, spread over its rows
 */
export function matchedColumns(real: readonly Table[], most = Infinity): MatchedColumn[] {
  const schemas = real[0]?.schema.columns ?? [];
  const own = schemas.map((schema, i): MatchedColumn => {
    const none = { name: schema.name, match: undefined, sorted: new Float64Array() };
    if (!isNumeric(schema)) return none;
    const named =
      schema.quantity ?? [schema.name, schema.label ?? ""].some((text) => nameReadings(text).length > 0);
    if (!named) return none;
    const sorted = present(real, i, most);
    return { name: schema.name, match: matchColumn(schema, sorted), sorted };
  });
  const values = schemas.map((_, i) => once(() => present(real, i, most)));
  const byTable = matchesByTableWords(
    schemas.flatMap((schema, i) => {
      const sorted = values[i];
      const unknown = isNumeric(schema) && schema.quantity === undefined && own[i]?.match === undefined;
      return unknown && sorted ? [{ schema, sorted }] : [];
    }),
  );
  return schemas.flatMap((schema, i) => {
    const [column, match, sorted] = [own[i], byTable.get(schema), values[i]];
    return match && sorted ? [{ name: schema.name, match, sorted: sorted() }] : (column ?? []);
  });
}

const isNumeric = ({ kind }: ColumnSchema): boolean => kind === "integer" || kind === "decimal";

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

function present(tables: readonly Table[], column: number, most: number): Float64Array {
  const parts = tables.flatMap(({ columns }) => {
    const own = columns[column];
    return own?.type === "numeric" ? [own.values] : [];
  });
  const all = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  const step = Math.ceil(all.length / most);
  return sortedPresent(step > 1 ? all.filter((_, i) => i % step === 0) : all);
}

function disagreement(
  name: string,
  quantity: Quantity,
  unit: ClinicalUnit,
  values: Float64Array,
  outside: Float64Array,
): string {
  const zeros = outside.filter((value) => value === 0).length;
  const share =
    outside.length < LEAST_PATIENTS
      ? "too many of its real values"
      : `${((100 * outside.length) / values.length).toFixed(1)}% of its real values`;
  const code =
    zeros >= LEAST_PATIENTS && zeros > outside.length / 2 ? "; most are 0, perhaps for “not measured”" : "";
  return `${name} is not judged as ${quantity.name} in ${unit.unit}: ${share} lie outside ${rangeText(unit.plausible)}${code}.`;
}

/** "20 to 320", "at least 60", "at most 5" */
export function rangeText([low, high]: readonly [number, number]): string {
  const text = (value: number): string => value.toLocaleString("en-US");
  if (low === -Infinity) return `at most ${text(high)}`;
  return high === Infinity ? `at least ${text(low)}` : `${text(low)} to ${text(high)}`;
}
