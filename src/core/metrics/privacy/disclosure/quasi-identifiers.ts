import { sortedPresent, quantileSorted } from "../../../math/statistics.ts";
import { namesOutcome } from "../../../table/column-names.ts";
import type { AlignedColumn } from "../../measuring/align.ts";

const MOST_LEVELS = 60;
const MOST_VALUES = 120;
/** Numbers with more values are cut at as many quantiles of table 0. */
const CUTS = 20;
/** Columns that a person named are all used, up to this many. */
const MOST_NAMED = 12;

/** Parts of column names that tell what an outsider may know of a patient, in English and German. */
const KNOWN =
  /(^|[^a-z])(age|alter|sex|gender|geschlecht|birth|geburt|dob|race|ethnic|ethnie|rasse|nation|country|land|herkunft|zip|plz|postal|postcode|region|state|bundesland|county|kreis|city|stadt|ort|wohnort|residence|marital|familienstand|married|education|bildung|schul|occupation|beruf|job|religion|konfession|insurance|versicherung|language|sprache|height|weight|groesse|gewicht)/i;

/** A column as whole numbers that are equal or not: -1 = missing. */
export interface KeyColumn {
  readonly name: string;
  /** one array a table */
  readonly keys: readonly Int32Array[];
}

/**
 * The columns that an outsider could know. Where a person named some, those and no other. Else: sensitive role first, then
 * dates and names of demography in English and German, then the other coded columns with the fewest levels, at most
 * `most`; never the target, what is named like an outcome, texts, identifiers, and coded columns of more than 60 levels.
 * Numbers of up to 120 values are taken as they are, others cut at 20 quantiles of table 0, dates by month or year.
 */
export function quasiIdentifiers(columns: readonly AlignedColumn[], most: number): KeyColumn[] {
  const named = columns.filter(({ schema }) => schema.outsider === "knows");
  if (named.length > 0) return named.slice(0, MOST_NAMED).map(keyColumn);
  return columns
    .flatMap((column, at) => {
      const place = placeOf(column);
      return place === undefined ? [] : [{ column, at, place, values: valuesOf(column) }];
    })
    .filter(({ values }) => values > 1)
    .sort((a, b) => a.place - b.place || a.values - b.values || a.at - b.at)
    .slice(0, most)
    .map(({ column }) => keyColumn(column));
}

/**
 * What an outsider would like to learn. Where a person named some columns, those and no other. Else: the target, what is
 * named like an outcome, then in order the coded columns of 2 to 60 levels and the numbers that `known` does not hold,
 * at most `most`. Cells are cut as quasi-identifiers are.
 */
export function secretColumns(
  columns: readonly AlignedColumn[],
  known: readonly KeyColumn[],
  most: number,
): KeyColumn[] {
  const taken = new Set(known.map(({ name }) => name));
  const others = columns.filter(({ schema }) => !taken.has(schema.name));
  const named = others.filter(({ schema }) => schema.outsider === "seeks");
  if (named.length > 0) return named.slice(0, MOST_NAMED).map(keyColumn);
  const rank = ({ schema }: AlignedColumn): number =>
    schema.role === "target" ? 0 : namesOutcome(schema.name) ? 1 : 2;
  return others
    .filter(
      ({ schema: { kind, outsider } }) => outsider !== "neither" && kind !== "text" && kind !== "identifier",
    )
    .filter((column) => {
      const values = valuesOf(column);
      return values > 1 && (column.type === "numeric" || values <= MOST_LEVELS);
    })
    .toSorted((a, b) => rank(a) - rank(b))
    .slice(0, most)
    .map(keyColumn);
}

/** Which columns an outsider is taken to know, or to seek, and who said so: one sentence for the report. */
export function outsiderNote(
  does: "know" | "seek",
  taken: readonly { readonly name: string }[],
  columns: readonly AlignedColumn[],
): string {
  const names = new Set(taken.map(({ name }) => name));
  const own = columns.filter(({ schema }) => names.has(schema.name));
  const named = own.some(({ schema }) => schema.outsider === (does === "know" ? "knows" : "seeks"));
  return (
    `An outsider is taken to ${does} ${listNames(taken)}: ` +
    (named ? "as a person named." : "chosen by name and type, since nobody named them.")
  );
}

const keyColumn = (column: AlignedColumn): KeyColumn => ({ name: column.schema.name, keys: keysOf(column) });

/** 0 = sensitive, 1 = named like something that is known, or a date, 2 = another coded column of few levels. */
function placeOf(column: AlignedColumn): number | undefined {
  const { kind, role, name, outsider } = column.schema;
  if (outsider !== undefined || role === "target" || role === "identifier" || role === "omit")
    return undefined;
  if (kind === "text" || kind === "identifier" || kind === "constant" || namesOutcome(name)) return undefined;
  if (column.type === "coded" && valuesOf(column) > MOST_LEVELS) return undefined;
  if (role === "sensitive") return 0;
  if (kind === "datetime" || KNOWN.test(name.replace(/([a-z])([A-Z])/g, "$1_$2"))) return 1;
  return column.type === "coded" ? 2 : undefined;
}

function valuesOf(column: AlignedColumn): number {
  return new Set<number>(
    column.type === "coded"
      ? column.codes[0]?.filter((code) => code >= 0)
      : sortedPresent(column.values[0] as Float64Array),
  ).size;
}

function keysOf(column: AlignedColumn): readonly Int32Array[] {
  if (column.type === "coded") return column.codes;
  if (column.schema.kind === "datetime") return datesOf(column.values);
  const present = sortedPresent(column.values[0] as Float64Array);
  const values = new Set(present);
  if (values.size <= MOST_VALUES) {
    const at = new Map([...values].map((value, i) => [value, i]));
    const keyOf = (value: number): number => {
      if (Number.isNaN(value)) return -1;
      if (!at.has(value)) at.set(value, at.size);
      return at.get(value) as number;
    };
    return column.values.map((side) => Int32Array.from(side, keyOf));
  }
  const edges = Array.from({ length: CUTS - 1 }, (_, i) => quantileSorted(present, (i + 1) / CUTS));
  return column.values.map((side) =>
    Int32Array.from(side, (value) =>
      Number.isNaN(value) ? -1 : edges.filter((edge) => value >= edge).length,
    ),
  );
}

/** Months since 1970, or years where the dates of table 0 span more than 120 months. */
function datesOf(tables: readonly Float64Array[]): Int32Array[] {
  const month = (time: number): number => {
    const date = new Date(time);
    return 12 * (date.getUTCFullYear() - 1970) + date.getUTCMonth();
  };
  const present = sortedPresent(tables[0] as Float64Array);
  const span = present.length > 0 ? month(present.at(-1) as number) - month(present[0] as number) : 0;
  const unit = span < MOST_VALUES ? 1 : 12;
  const first = present.length > 0 ? Math.floor(month(present[0] as number) / unit) : 0;
  // What is earlier than every date of table 0 stands before 0, and -1 is missing.
  const keyOf = (time: number): number => {
    const place = Math.floor(month(time) / unit) - first;
    return place < 0 ? place - 1 : place;
  };
  return tables.map((side) => Int32Array.from(side, (time) => (Number.isNaN(time) ? -1 : keyOf(time))));
}

/** One number for each row's combination of `columns`, the same for equal combinations in all tables. */
export function combinations(columns: readonly KeyColumn[], tables: number): Int32Array[] {
  const rows = Array.from({ length: tables }, (_, side) => columns[0]?.keys[side]?.length ?? 0);
  let now = rows.map((n) => new Int32Array(n));
  for (const { keys } of columns) {
    const at = new Map<number, number>();
    now = now.map((before, side) =>
      before.map((part, row) => {
        const key = part * 2 ** 21 + (keys[side]?.[row] as number) + 1;
        const known = at.get(key);
        if (known !== undefined) return known;
        at.set(key, at.size);
        return at.size - 1;
      }),
    );
  }
  return now;
}

/** How many patients have each combination; rows, where a row is a patient. */
export function countEach(keys: Int32Array, whose?: Int32Array): Map<number, number> {
  if (whose !== undefined) {
    const patients = new Map<number, Set<number>>();
    keys.forEach((key, row) => {
      const patient = whose[row] as number;
      const known = patients.get(key);
      if (known) known.add(patient);
      else patients.set(key, new Set([patient]));
    });
    return new Map(Array.from(patients, ([key, { size }]) => [key, size]));
  }
  const counts = new Map<number, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

/** "age, sex and ward" */
export function listNames(columns: readonly { readonly name: string }[]): string {
  const names = columns.map(({ name }) => name);
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1) as string}`;
}
