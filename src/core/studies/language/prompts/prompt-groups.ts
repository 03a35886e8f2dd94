import { namesAge, namesGroup } from "../../../table/column-names.ts";
import { LEAST_SHARED } from "../../../table/rare-levels.ts";
import type { Column, Table } from "../../../table/table.ts";
import { LEAST_CUT, namedLevels, oneLine, spansOf } from "./column-summary.ts";
import { patientsOfRows, patientsWith, valuePerPatient, type Patients } from "./patient-counts.ts";

/** Rows of one kind of patients, at least five of them. */
export interface PromptGroup {
  /** "Female, 65 and over" */
  readonly name: string;
  /** what holds in every row: column and what it is */
  readonly holds: readonly { readonly column: string; readonly is: string }[];
  /** several small groups together; `holds` is then empty */
  readonly together?: readonly string[];
  readonly rows: Int32Array;
  readonly patients: number;
}

export interface PromptGroups {
  readonly groups: readonly PromptGroup[];
  /** groups with fewer than five patients, of which nothing is said */
  readonly refused: number;
}

/** Groups that are made at most: levels of columns multiply. */
const MOST_GROUPS = 24;
const AGE_BANDS = [18, 40, 65, 80] as const;

/** How one column puts rows in groups; undefined: in none. */
interface Grouping {
  readonly column: string;
  readonly names: readonly string[];
  of(row: number): number | undefined;
}

/** Columns that demographic groups are made by, the likeliest first: sex, age, then what is marked as sensitive. */
export function groupColumnsOf(table: Table): string[] {
  const { columns } = table.schema;
  const fits = columns.filter((_, i) => groupingOf(table, i) !== undefined);
  const sex = fits.filter(({ name, kind }) => namesGroup(name) && kind !== "integer" && kind !== "decimal");
  const age = fits.filter(({ name }) => namesAge(name));
  const sensitive = fits.filter(({ role }) => role === "sensitive");
  const coded = fits.filter((_, i) => table.columns[i]?.type === "coded");
  return [...new Set([...sex, ...age, ...sensitive, ...coded, ...fits].map(({ name }) => name))];
}

/** The two likeliest that are demographic. */
export function usualGroupColumns(table: Table): string[] {
  const named = table.schema.columns.filter(
    ({ name, role }) => namesGroup(name) || namesAge(name) || role === "sensitive",
  );
  const names = new Set(named.map(({ name }) => name));
  const first = groupColumnsOf(table).filter((name) => names.has(name));
  const sex = first.find((name) => !namesAge(name));
  const age = first.find((name) => namesAge(name));
  return [sex, age].filter((name) => name !== undefined);
}

/**
 * Rows by the columns `names`, in all their combinations. Fewer than five patients are no group; those of fewer than twenty are
 * put together, since no figure could be said of them.
 */
export function groupsBy(table: Table, names: readonly string[]): PromptGroups {
  const groupings = names.flatMap((name) => {
    const grouping = groupingOf(
      table,
      table.schema.columns.findIndex((column) => column.name === name),
    );
    return grouping ? [grouping] : [];
  });
  if (groupings.length === 0) return { groups: [], refused: 0 };
  const found = new Map<string, { readonly at: readonly number[]; readonly rows: number[] }>();
  for (let row = 0; row < table.rows; row++) {
    const at = groupings.map((grouping) => grouping.of(row));
    if (!at.every((one) => one !== undefined)) continue;
    const key = at.join();
    const own = found.get(key);
    if (own) own.rows.push(row);
    else found.set(key, { at, rows: [row] });
  }
  const all = [...found.values()]
    .toSorted((a, b) => compareLists(a.at, b.at))
    .map(({ at, rows }): PromptGroup => {
      const holds = groupings.map(({ column, names: own }, i) => ({
        column,
        is: own[at[i] as number] ?? "",
      }));
      const name = holds.map(({ is }) => is).join(", ");
      return { name, holds, rows: Int32Array.from(rows), patients: patientsIn(table, rows) };
    });
  const told = all.filter(({ patients }) => patients >= LEAST_SHARED);
  const large = told
    .filter(({ patients }) => patients >= LEAST_CUT)
    .toSorted((a, b) => b.patients - a.patients)
    .slice(0, MOST_GROUPS);
  const small = told.filter((group) => !large.includes(group));
  return {
    groups: [...told.filter((group) => large.includes(group)), ...togetherOf(table, small)],
    refused: all.length - told.length,
  };
}

function togetherOf(table: Table, small: readonly PromptGroup[]): PromptGroup[] {
  if (small.length < 2) return [...small];
  const rows = Int32Array.from(small.flatMap((group) => [...group.rows]));
  const together = small.map(({ name }) => name);
  return [{ name: "Small groups together", holds: [], together, rows, patients: patientsIn(table, rows) }];
}

const patientsIn = (table: Table, rows: ArrayLike<number>): number =>
  patientsWith(patientsOfRows(rows, table.patients), () => true);

function compareLists(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, i) => value !== b[i]);
  return at < 0 ? 0 : (a[at] as number) - (b[at] as number);
}

function groupingOf(table: Table, at: number): Grouping | undefined {
  const [schema, column] = [table.schema.columns[at], table.columns[at]];
  if (schema === undefined || column === undefined || schema.kind === "datetime") return undefined;
  if (column.type === "coded") return levelGrouping(schema.name, column, table.patients);
  if (namesAge(schema.name)) return bandGrouping(schema.name, column.values, AGE_BANDS);
  return halvesOf(table, at);
}

/** Levels in the order of the alphabet, since that of a file says which came first. */
function levelGrouping(
  column: string,
  { codes, levels }: Extract<Column, { type: "coded" }>,
  patients: Int32Array | undefined,
): Grouping | undefined {
  const { named } = namedLevels({ type: "coded", codes, levels }, patients);
  if (named.length < 2) return undefined;
  const text = (level: number): string => levels[level] ?? "";
  const ordered = named.toSorted((a, b) => (text(a) < text(b) ? -1 : 1));
  const place = new Map(ordered.map((level, i) => [level, i]));
  return {
    column,
    names: ordered.map((level) => oneLine(text(level))),
    of: (row) => place.get(codes[row] as number),
  };
}

function bandGrouping(column: string, values: Float64Array, ends: readonly number[]): Grouping {
  const names = [
    `under ${ends[0] ?? 0}`,
    ...ends.map((low, i) => {
      const next = ends[i + 1];
      return next === undefined ? `${low} and over` : `${low} to under ${next}`;
    }),
  ];
  return {
    column,
    names,
    of: (row) => {
      const value = values[row] as number;
      return Number.isFinite(value) ? ends.filter((end) => value >= end).length : undefined;
    },
  };
}

/** Numbers are cut near their median, which is rounded and has ten patients or more on either side. */
function halvesOf(table: Table, at: number): Grouping | undefined {
  const [schema, column] = [table.schema.columns[at], table.columns[at]];
  if (schema === undefined || column?.type !== "numeric") return undefined;
  const all: Patients = patientsOfRows(
    Int32Array.from({ length: table.rows }, (_, row) => row),
    table.patients,
  );
  if (valuePerPatient(all, column.values).length < 2 * LEAST_CUT) return undefined;
  const { middle } = spansOf(column.values, schema, all, false);
  const { low, high } = middle ?? {};
  if (low === undefined && high === undefined) return undefined;
  const cut =
    low !== undefined && high !== undefined ? Number(((low + high) / 2).toPrecision(2)) : (low ?? high ?? 0);
  const sides = [(value: number) => value < cut, (value: number) => value >= cut];
  const enough = sides.every(
    (holds) => patientsWith(all, (row) => holds(column.values[row] as number), LEAST_CUT) >= LEAST_CUT,
  );
  return enough ? bandGrouping(schema.name, column.values, [cut]) : undefined;
}
