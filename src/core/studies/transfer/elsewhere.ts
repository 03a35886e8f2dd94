import { cohorts, simulateCohort } from "../../clinic/cohorts/cohorts.ts";
import { learnedTable } from "../../lab/left-out.ts";
import { FaultError } from "../../fault.ts";
import { withPatients } from "../../table/split.ts";
import { takeRows, type Column, type Table } from "../../table/table.ts";
import { siteColumns } from "../hospitals/site-columns.ts";
import { alike, sureColumns } from "../second/alike.ts";
import { refusedStudy, type StudySource } from "../study.ts";

/** Fewest rows of a site that is to learn with what others know: 30% of them are held out. */
export const LEAST_OPEN = 150;
/** Fewest columns of a simulated cohort that the open table must have, and the share of its own. */
const LEAST_COLUMNS = 5;
const LEAST_SHARE = 0.3;
/** Columns that are offered to part the open table by, and sites of each. */
const MOST_COLUMNS = 3;
const MOST_SITES = 5;
/** Seed of a cohort, apart from those that are opened to be tried. */
const COHORT_SEED = 20_001;

const kept = new Map<string, Table>();

/** A cohort as it is always learned from; made once. */
function simulated(id: string): Table {
  const made = kept.get(id) ?? simulateCohort(id, COHORT_SEED);
  kept.set(id, made);
  return made;
}

/** Where can be learned first, as a choice: its value, and in words. */
export interface Elsewhere {
  readonly value: string;
  readonly label: string;
}

/** A table to learn first, and the one that is then learned, by the columns that both have. */
export interface TransferTables {
  /** every column, so that it can be split by patients; `columns` of it are learned */
  readonly open: Table;
  readonly columns: readonly string[];
  /** learned columns with the open table's schema */
  readonly elsewhere: Table;
  /** "south.csv", "the other sites of region", "a simulated cohort (Heart failure)" */
  readonly name: string;
  readonly simulated: boolean;
  readonly notes: readonly string[];
}

/** A second table; sites of columns named like a place; simulated cohorts that share columns; levels of another column last. */
export function elsewheres({ table, second }: StudySource): Elsewhere[] {
  const columns = siteColumns(table);
  const places = columns.filter(({ named }) => named).slice(0, MOST_COLUMNS);
  const others = places.length > 0 ? [] : columns.slice(0, 1);
  const offered = (some: typeof columns): Elsewhere[] =>
    some.flatMap((column) => sitesOffered(table, column.name, column.sites));
  const made = cohorts.flatMap(({ id, name }): Elsewhere[] => {
    const shared = Object.keys(sureColumns(table, simulated(id))).length;
    const own = learnedTable(table).columns.length;
    const enough = shared >= LEAST_COLUMNS && shared >= LEAST_SHARE * own;
    return enough
      ? [{ value: `cohort:${id}`, label: `A simulated cohort: ${name} (${shared} columns shared)` }]
      : [];
  });
  const first = second ? [{ value: "second", label: second.name }] : [];
  return [...first, ...offered(places), ...made, ...offered(others)];
}

/** The smaller sites first that still have enough patients: theirs is the question. */
function sitesOffered(table: Table, column: string, sites: readonly string[]): Elsewhere[] {
  return sites
    .filter((site) => rowsAt(table, column, site).length >= LEAST_OPEN)
    .toReversed()
    .slice(0, MOST_SITES)
    .map((site) => ({
      value: `site:${column}=${site}`,
      label: `${column}: at all others first, then at ${site}`,
    }));
}

/** Throws FaultError `study-refused`. */
export function transferTables(source: StudySource, from: string): TransferTables {
  const { table, second } = source;
  if (from === "second" && second) return matched(table, second, second.name, false);
  if (from.startsWith("cohort:")) {
    const id = from.slice("cohort:".length);
    const name = cohorts.find((cohort) => cohort.id === id)?.name ?? id;
    const found = matched(table, simulated(id), `a simulated cohort (${name})`, true);
    return {
      ...found,
      notes: [...found.notes, "No real patient is behind the rows that were learned first."],
    };
  }
  const [column = "", ...rest] = from.replace(/^site:/, "").split("=");
  return parted(table, column, rest.join("="));
}

function matched(open: Table, second: Table, name: string, simulated: boolean): TransferTables {
  const both = alike(open, second);
  return {
    open,
    columns: both.open.schema.columns.map((column) => column.name),
    elsewhere: both.second,
    name,
    simulated,
    notes: both.notes,
  };
}

/** The rows of one site, and those of all others whose patients were never there. */
function parted(source: Table, column: string, site: string): TransferTables {
  const table = withPatients(source);
  const here = rowsAt(table, column, site);
  if (here.length < LEAST_OPEN)
    throw new FaultError(
      refusedStudy(
        `${site} has ${here.length} rows; at least ${LEAST_OPEN} are needed, a third of them to test on.`,
        "Choose a larger site.",
      ),
    );
  const { patients } = table;
  const own = new Set(here);
  const seen = new Set(patients ? here.map((row) => patients[row] as number) : []);
  const at = table.schema.columns.findIndex(({ name }) => name === column);
  const away = Int32Array.from({ length: table.rows }, (_, row) => row).filter(
    (row) =>
      !own.has(row) &&
      !seen.has(patients?.[row] ?? -1) &&
      levelAt(table.columns[at] as Column, row) !== undefined,
  );
  const schema = {
    ...table.schema,
    columns: table.schema.columns.map((one, i) => (i === at ? { ...one, role: "omit" as const } : one)),
  };
  const whole = { ...table, schema };
  return matched(
    { ...takeRows(whole, here), name: `${table.name}, ${site}` },
    { ...takeRows(whole, away), name: `${table.name}, others` },
    `the other sites of ${column}`,
    false,
  );
}

function rowsAt(table: Table, name: string, site: string): Int32Array {
  const column = table.columns[table.schema.columns.findIndex((one) => one.name === name)];
  const rows: number[] = [];
  for (let row = 0; column && row < table.rows; row++) if (levelAt(column, row) === site) rows.push(row);
  return Int32Array.from(rows);
}

function levelAt(column: Column, row: number): string | undefined {
  if (column.type === "numeric") {
    const value = column.values[row] as number;
    return Number.isNaN(value) ? undefined : String(value);
  }
  const code = column.codes[row] as number;
  return code < 0 ? undefined : column.levels[code];
}
