import { FaultError } from "../../fault.ts";
import { learnedTable } from "../../lab/left-out.ts";
import { isMissingCell, selectColumns, type Column, type Table } from "../../table/table.ts";
import { alikeRows } from "../language/replies/alike-rows.ts";
import { refusedStudy } from "../study.ts";
import { harmonise } from "./harmonise.ts";
import { secondFacts, SURE } from "./second-facts-of.ts";

/** Two tables by the learned columns that both have, with the open one's schema. */
export interface Alike {
  readonly open: Table;
  readonly second: Table;
  readonly notes: readonly string[];
}

/** Fewest columns that two tables must share for a comparison to mean anything. */
const LEAST_COLUMNS = 3;

/**
 * `open` and `second` by what they share. A second table with the open one's schema was harmonised and confirmed before; of
 * another one the sure matches are taken, which is said. Columns without a value in either are left out. Throws FaultError
 * `study-refused` where fewer than three are left.
 */
export function alike(open: Table, second: Table): Alike {
  const { table, notes } = inSchemaOf(open, second);
  const learned = new Set(learnedTable(open).schema.columns.map(({ name }) => name));
  const has = (own: Table, at: number): boolean => hasValues(own.columns[at] as Column, own.rows);
  const both = open.schema.columns.flatMap(({ name }, at) =>
    learned.has(name) && has(open, at) && has(table, at) ? [at] : [],
  );
  const lost = open.schema.columns.flatMap(({ name }, at) =>
    learned.has(name) && !both.includes(at) ? [name] : [],
  );
  if (both.length < LEAST_COLUMNS)
    throw new FaultError(
      refusedStudy(
        `${second.name} shares ${both.length} ${both.length === 1 ? "column" : "columns"} with ${open.name}; at least ${LEAST_COLUMNS} are needed.`,
        "Match more columns, or open another table.",
      ),
    );
  const said = lost.length === 0 ? [] : [leftOut(lost, table.name)];
  const first = learnedTable(open);
  const other = learnedTable(table);
  const places = both.map((at) => open.schema.columns[at]?.name);
  const narrowed = (own: Table): Table =>
    selectColumns(
      own,
      own.schema.columns.flatMap(({ name }, i) => (places.includes(name) ? [i] : [])),
    );
  const pair = { open: narrowed(first), second: narrowed(other) };
  return { ...pair, notes: [...sharedPatients(pair.open, pair.second), ...notes, ...said] };
}

/** Share of the second table's rows that must be in the open one before it is said. */
const MOST_SHARED = 0.05;

/** Tables told again under other names often hold the same patients; what is learned from one is then tested on itself. */
function sharedPatients(open: Table, second: Table): string[] {
  const { rows, byChance } = alikeRows(second, open);
  if (rows.size < 3 || rows.size < MOST_SHARED * second.rows || rows.size < 5 * byChance) return [];
  const count = (n: number): string => n.toLocaleString("en-US");
  return [
    `${count(rows.size)} of ${count(second.rows)} rows of ${second.name} equal a row of ${open.name} in all of ${open.columns.length} columns or all but one; columns independent of each other would give ${count(Math.round(byChance))}. The same patients may be in both tables, and whatever goes from one to the other then looks better than it is.`,
  ];
}

const leftOut = (names: readonly string[], table: string): string => {
  const shown =
    names.length > 8 ? `${names.slice(0, 8).join(", ")} and ${names.length - 8} more` : names.join(", ");
  return `Left out, since nothing of ${table} was taken for them: ${shown}.`;
};

const hasValues = (column: Column, rows: number): boolean => {
  for (let row = 0; row < rows; row++) if (!isMissingCell(column, row)) return true;
  return false;
};

function inSchemaOf(
  open: Table,
  second: Table,
): { readonly table: Table; readonly notes: readonly string[] } {
  const same =
    second.schema.columns.length === open.schema.columns.length &&
    second.schema.columns.every((column, i) => {
      const own = open.schema.columns[i];
      return own?.name === column.name && second.columns[i]?.type === open.columns[i]?.type;
    });
  if (same && second.schema === open.schema) return { table: second, notes: [] };
  const sure = sureColumns(open, second);
  const made = harmonise(open, second, sure);
  const count = Object.keys(sure).length;
  return {
    table: made.table,
    notes: [
      `${count} columns of ${second.name} were matched by name and values; nobody confirmed them.`,
      ...made.notes,
      ...refusals(open, second),
    ],
  };
}

/** Why columns with like names were not taken. */
const refusals = (open: Table, second: Table): string[] =>
  secondFacts(open, second).matches.flatMap(({ column, second: other, refused, reason, sure }) => {
    if (other === undefined || sure >= SURE) return [];
    return [`${other} was not taken for ${column}. ${refused ?? `Nobody confirmed it: ${reason}.`}`];
  });

/** Matches that are sure enough to be taken without a person: names of the open table -> names of the second. */
export const sureColumns = (open: Table, second: Table): Record<string, string> =>
  Object.fromEntries(
    secondFacts(open, second).matches.flatMap(({ column, second: other, sure, refused }) =>
      other !== undefined && refused === undefined && sure >= SURE ? [[column, other]] : [],
    ),
  );
