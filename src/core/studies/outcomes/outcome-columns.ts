import { askedOfTarget } from "../../table/profile/given-away.ts";
import {
  selectColumns,
  targetColumn,
  type Column,
  type ColumnSchema,
  type NumericColumn,
  type Table,
} from "../../table/table.ts";

/** A column that could be predicted, or a length of stay that two dates of the table come to. */
export interface Outcome {
  /** the column's name, or "days from A to B" */
  readonly name: string;
  readonly kind: OutcomeKind | undefined;
  /** first and last day */
  readonly stay?: readonly [string, string];
}

type OutcomeKind = "death" | "stay" | "readmission";

/** What outcomes are called; names are often run together: "actualicumortality", "diedinhospital". */
const KINDS: readonly (readonly [OutcomeKind, RegExp])[] = [
  ["readmission", /readmi/i],
  [
    "stay",
    /(^|[^a-z])los([^a-z]|$)|iculos|hospitallos|length.?of.?stay|stay.?(in.?)?days|days.?(of.?)?stay/i,
  ],
  ["death", /death|died|dead([^a-z]|$)|deceas|expire|mortal|surviv|disch.*status/i],
];
/** What is known only once a stay has ended, or is the end itself. */
const AFTERWARDS =
  /disch|death|died|dead([^a-z]|$)|deceas|expire|mortal|surviv|outcome|actual|readmi|length.?of.?stay|(^|[^a-z])los([^a-z]|$)/i;
const ADMITTED = /admi|(^|[^a-z])in.?time/i;
const DISCHARGED = /disch|(^|[^a-z])out.?time/i;
const DAY = 86_400_000;
/** Share of the rows with both days in which the last must not come before the first. */
const IN_ORDER = 0.95;
const MOST_CLASSES = 20;

export const outcomeKind = (name: string): OutcomeKind | undefined =>
  KINDS.find(([, pattern]) => pattern.test(name))?.[0];

/** Whether a column of this name is known only after the outcome. */
export const knownAfterwards = (name: string): boolean => AFTERWARDS.test(name);

/**
 * What can be predicted in `table` (learned columns): the marked target first, then one column each that is called after death,
 * length of stay and readmission, then what else is, then the rest: two classes, numbers, more classes. A length of stay is
 * made of two dates where no column has it.
 */
export function outcomesOf(table: Table): Outcome[] {
  const columns = table.schema.columns;
  const at = targetColumn(table.schema);
  const fitting = columns.flatMap((schema, i): { outcome: Outcome; rank: number }[] => {
    const classes = classesOf(table.columns[i] as Column);
    if (schema.kind === "datetime" || classes < 2) return [];
    if (classes > MOST_CLASSES && table.columns[i]?.type === "coded") return [];
    const outcome = { name: schema.name, kind: outcomeKind(schema.name) };
    if (i === at) return [{ outcome, rank: 0 }];
    if (outcome.kind !== undefined) return [{ outcome, rank: 2 }];
    if (schema.role === "sensitive" || knownAfterwards(schema.name)) return [{ outcome, rank: 6 }];
    return [{ outcome, rank: classes === 2 ? 3 : schema.number ? 4 : 5 }];
  });
  const stay = fitting.some(({ outcome }) => outcome.kind === "stay") ? undefined : stayOf(table);
  if (stay) fitting.push({ outcome: stay, rank: 2 });
  const kinds = new Set(fitting.filter(({ rank }) => rank === 0).map(({ outcome }) => outcome.kind));
  return fitting
    .map(({ outcome, rank }) => {
      if (rank !== 2 || kinds.has(outcome.kind)) return { outcome, rank };
      kinds.add(outcome.kind);
      return { outcome, rank: 1 };
    })
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ outcome }) => outcome);
}

/** Different levels that occur, or different numbers, counted up to 21. */
function classesOf(column: Column): number {
  const seen = new Set<number>();
  for (const value of column.type === "coded" ? column.codes : column.values) {
    if (column.type === "coded" ? value >= 0 : !Number.isNaN(value)) seen.add(value);
    if (seen.size > MOST_CLASSES) break;
  }
  return seen.size;
}

/** Days between admission and discharge, where one date column is called after each and they keep their order. */
function stayOf(table: Table): Outcome | undefined {
  const dates = table.schema.columns.flatMap(({ name, kind, date }) =>
    kind === "datetime" && date !== undefined && /y/i.test(date.pattern) ? [name] : [],
  );
  const from = dates.filter((name) => ADMITTED.test(name) && !DISCHARGED.test(name));
  const to = dates.filter((name) => DISCHARGED.test(name) && !ADMITTED.test(name));
  const [first, last] = [from[0], to[0]];
  if (from.length !== 1 || to.length !== 1 || first === undefined || last === undefined) return undefined;
  const days = stayDays(table, [first, last]).filter((value) => !Number.isNaN(value));
  const kept = days.filter((value) => value >= 0).length;
  if (days.length < table.rows / 2 || kept < IN_ORDER * days.length) return undefined;
  return { name: `days from ${first} to ${last}`, kind: "stay", stay: [first, last] };
}

const numbersOf = (table: Table, name: string): Float64Array => {
  const column = table.columns[table.schema.columns.findIndex((one) => one.name === name)];
  return column?.type === "numeric" ? column.values : new Float64Array(table.rows).fill(NaN);
};

function stayDays(table: Table, [first, last]: readonly [string, string]): Float64Array {
  const [from, to] = [numbersOf(table, first), numbersOf(table, last)];
  return from.map((start, row) => ((to[row] as number) - start) / DAY);
}

/** A column that does not predict an outcome, and why. */
export interface LeftOut {
  readonly column: string;
  readonly why: "outcome" | "afterwards" | "tells";
  /** "AUROC 0.998", of one that tells it by itself */
  readonly by?: string;
}

/** The predictors of `outcome` in `train`: neither another outcome, nor what is known only afterwards, nor what tells it by itself. */
export function predictorsOf(
  train: Table,
  outcome: Outcome,
  others: readonly Outcome[],
): { readonly kept: readonly string[]; readonly leftOut: readonly LeftOut[] } {
  const known = new Set(others.map(({ name }) => name));
  const table = withOutcome(train, outcome);
  const asked = askedOfTarget(table);
  const kept: string[] = [];
  const leftOut: LeftOut[] = [];
  table.schema.columns.forEach(({ name }, i) => {
    if (name === outcome.name) return;
    if (known.has(name)) return void leftOut.push({ column: name, why: "outcome" });
    if (knownAfterwards(name)) return void leftOut.push({ column: name, why: "afterwards" });
    const told = asked(i);
    if (told)
      return void leftOut.push({
        column: name,
        why: "tells",
        by: `${told.measure} ${told.value.toFixed(3)}`,
      });
    kept.push(name);
  });
  return { kept, leftOut };
}

/** `table` with `outcome` as its target; of its other columns those that are `kept`, all where nobody says. */
export function withOutcome(table: Table, outcome: Outcome, kept?: readonly string[]): Table {
  const given = outcome.stay === undefined ? table : withStay(table, outcome.name, outcome.stay);
  const wanted = kept && new Set([...kept, outcome.name]);
  const chosen = wanted
    ? selectColumns(
        given,
        given.schema.columns.flatMap(({ name }, i) => (wanted.has(name) ? [i] : [])),
      )
    : given;
  const columns = chosen.schema.columns.map((schema): ColumnSchema => {
    if (schema.name === outcome.name) {
      const { survival: _whole, ...plain } = schema;
      return { ...plain, role: "target" };
    }
    return schema.role === "target" ? { ...schema, role: "feature" } : schema;
  });
  return { ...chosen, schema: { ...chosen.schema, columns } };
}

function withStay(table: Table, name: string, stay: readonly [string, string]): Table {
  const column: NumericColumn = { type: "numeric", values: stayDays(table, stay) };
  const schema: ColumnSchema = { name, kind: "decimal", role: "feature", reason: "", missingToken: "" };
  return {
    ...table,
    columns: [...table.columns, column],
    schema: { ...table.schema, columns: [...table.schema.columns, schema] },
  };
}
