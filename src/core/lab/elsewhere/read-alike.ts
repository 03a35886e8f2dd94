import { asFault, FaultError } from "../../fault.ts";
import { isMissing, missingTokens, standardTokens } from "../../table/formats/missing-tokens.ts";
import type { SchemaChange } from "../../table/profile.ts";
import type { Repair } from "../../table/repair.ts";
import { withPatients } from "../../table/split.ts";
import type { Column, ColumnSchema, Kind, Table } from "../../table/table.ts";
import { timeColumn } from "../../visits/courses.ts";
import { agreeing, type Described, type Side } from "./agree-columns.ts";
import { learnedTable } from "../left-out.ts";
import { readingList, SKIPPED } from "../reading-list.ts";
import { matchNames, type NameMatch } from "./match-names.ts";
import { readRepaired } from "./read-repaired.ts";

/** Reads one file, as often as asked, with these changes to what is inferred. Rejects with FaultError. */
export type ReadFile = (
  changes: readonly SchemaChange[],
  repair: Repair,
) => Promise<{ readonly table: Table; readonly notes: readonly string[] }>;

/** A file read as another table was: what of it can be compared, and what a person must know of how. */
export interface AlikeTable {
  /** The learned columns of the reference that the file has, in the reference's order and described as there. */
  readonly table: Table;
  /** Learned columns of the reference that the file lacks. */
  readonly missing: readonly string[];
  /** Columns of the file that the reference does not know. */
  readonly extra: readonly string[];
  readonly renamed: NameMatch["renamed"];
  /** One sentence each. No cell of the file is in them, but values of a synthetic category that no real row has. */
  readonly notes: readonly string[];
}

/** Fewest columns that can be compared. */
export const LEAST_SHARED = 2;
/** More cells than this that do not fit are no strays: the column is another one. */
const MOST_STRAYS = 0.5;

const NUMBERS: ReadonlySet<Kind> = new Set<Kind>(["integer", "decimal"]);

const listed = (names: readonly string[]): string => {
  const shown = names.slice(0, 8).map((name) => `“${name}”`);
  return `${shown.join(", ")}${names.length > 8 ? ` and ${names.length - 8} more` : ""}`;
};
const count = (n: number): string => n.toLocaleString("en-US");

/**
 * Reads a file from any tool so that it agrees with `reference`, a real table with its roles: columns are found by name
 * in any order, each as the reference's kind whatever its file suggests; decimals in a column of whole numbers stay
 * decimals; missing tokens, delimiter, decimal mark and date pattern are the file's own. A few texts among numbers are
 * missing. Rejects with `columns-unlike` when fewer than two columns are shared, with `cells-unlike` when most of a
 * column is something else, and with every fault of a file that is no table.
 */
export async function readAlike(read: ReadFile, reference: Table, side: Side): Promise<AlikeTable> {
  const tokens = tokensLike(reference);
  const { found, repair } = await readRepaired((mended) => read(tokens, mended));
  const first: Settled = { ...found, repair };
  const known = reference.schema.columns.map(({ name }) => name);
  const match = matchNames(
    known,
    first.table.schema.columns.map(({ name }) => name),
  );
  const learned = learnedTable(reference).schema.columns;
  const shared = learned.filter(({ name }) => match.found.has(name));
  const missing = learned.filter(({ name }) => !match.found.has(name)).map(({ name }) => name);
  if (shared.length < LEAST_SHARED) {
    const names = shared.map(({ name }) => name);
    throw new FaultError({
      code: "columns-unlike",
      file: first.table.name,
      shared: names,
      needed: LEAST_SHARED,
      missing,
    });
  }
  const changes = [...tokens, ...kindChanges(first.table, shared, match), ...patientChange(reference, match)];
  const settled = changes.length === tokens.length ? first : { ...(await read(changes, repair)), repair };
  await checkCells(read, settled, shared, match);
  const columns = shared.map((column) => columnOf(settled.table, match.found.get(column.name) as string));
  const real = shared.map(({ name }) => columnOf(reference, name).column);
  const agreed = shared.map((schema, i) =>
    agreeing(columns[i] as Described, { column: real[i] as Column, schema }),
  );
  const knows = side === "held-out" || timeColumn(reference.schema) !== undefined;
  const { patients } = knows ? withPatients(settled.table) : settled.table;
  return {
    table: {
      name: settled.table.name,
      rows: settled.table.rows,
      columns: agreed.map(({ column }) => column),
      schema: { ...reference.schema, columns: shared },
      ...(patients && { patients }),
    },
    missing,
    extra: match.extra,
    renamed: match.renamed,
    notes: [
      ...fileNotes(settled),
      ...nameNotes(match, missing, side),
      ...strayNotes(columns, shared),
      ...decimalNotes(agreed, shared, side),
      ...agreed.flatMap(({ notes }) => notes(side)),
    ],
  };
}

function columnOf(table: Table, name: string): Described {
  const at = table.schema.columns.findIndex((column) => column.name === name);
  return { column: table.columns[at] as Column, schema: table.schema.columns[at] as ColumnSchema };
}

interface Settled {
  readonly table: Table;
  readonly notes: readonly string[];
  readonly repair: Repair;
}

/**
 * The tokens that mean missing in either table: the common ones and those that a person named for the reference, less
 * what is an answer there. No change where the common ones say it all.
 */
function tokensLike(reference: Table): SchemaChange[] {
  const standard = missingTokens();
  const own = reference.schema.missingTokens.filter((token) => !isMissing(token, standard));
  const answers = new Set(
    reference.columns.flatMap((column) =>
      column.type === "coded"
        ? column.levels.filter((level) => isMissing(level, standard) && level !== "-")
        : [],
    ),
  );
  const named = own.filter((token) => !/^(none|unknown|unk|unbekannt|nil|nd|n\.d\.)$/i.test(token));
  if (named.length === 0 && answers.size === 0) return [];
  const lower = new Set([...answers].map((answer) => answer.toLowerCase()));
  const tokens = [...standardTokens, ...own].filter((token) => !lower.has(token.toLowerCase()));
  return [{ type: "missing-tokens", tokens }];
}

/** The kind a column is read as: levels stay levels, all numbers may have decimals. */
const readAs = (kind: Kind): "decimal" | "datetime" | "category" =>
  NUMBERS.has(kind) ? "decimal" : kind === "datetime" ? "datetime" : "category";

function kindChanges(table: Table, shared: readonly ColumnSchema[], { found }: NameMatch): SchemaChange[] {
  return shared.flatMap(({ name, kind }): SchemaChange[] => {
    const column = found.get(name) as string;
    const { column: cells, schema } = columnOf(table, column);
    const wanted = readAs(kind);
    const fits =
      wanted === "category"
        ? cells.type === "coded"
        : wanted === "decimal"
          ? NUMBERS.has(schema.kind)
          : schema.kind === "datetime";
    return fits ? [] : [{ type: "kind", column, kind: wanted, strayAsMissing: true }];
  });
}

/** Rows of one patient stay together on the held-out side too. */
function patientChange(reference: Table, { found }: NameMatch): SchemaChange[] {
  const id = reference.schema.columns.find(({ role }) => role === "identifier");
  const column = id && found.get(id.name);
  return column === undefined ? [] : [{ type: "role", column, role: "identifier" }];
}

async function checkCells(
  read: ReadFile,
  { table, repair }: Settled,
  shared: readonly ColumnSchema[],
  { found }: NameMatch,
): Promise<void> {
  for (const { name, kind } of shared) {
    const wanted = readAs(kind);
    const column = found.get(name) as string;
    const { schema } = columnOf(table, column);
    if (wanted === "category" || (schema.findings?.stray?.share ?? 0) <= MOST_STRAYS) continue;
    try {
      await read([{ type: "kind", column, kind: wanted, strayAsMissing: false }], repair);
    } catch (error) {
      const fault = asFault(error);
      if (fault.code !== "kind-mismatch") throw error;
      const { row, value, share } = fault;
      const expected = wanted === "decimal" ? "numbers" : "dates";
      throw new FaultError({ code: "cells-unlike", file: table.name, column, expected, row, value, share });
    }
  }
}

/** What reading said of the file as a whole; what it says of single columns shows cells and is said anew. */
function fileNotes({ table, notes }: Settled): string[] {
  const lines = readingList(table).filter(({ what }) => SKIPPED.has(what));
  return [...notes, ...lines.map(({ words }) => words)].map((note) => `${table.name}: ${note}`);
}

function nameNotes({ renamed, extra }: NameMatch, missing: readonly string[], side: Side): string[] {
  const pairs = renamed.map(({ name, written }) => `“${written}” is taken for “${name}”`);
  return [
    ...(pairs.length > 0
      ? [`Names that the ${side} table writes otherwise: ${pairs.slice(0, 8).join(", ")}.`]
      : []),
    ...(extra.length > 0 ? [`Left aside, because only the ${side} table has it: ${listed(extra)}.`] : []),
    ...(missing.length > 0
      ? [
          `Not compared, because the ${side} table lacks it: ${listed(missing)}. The report is about the other columns.`,
        ]
      : []),
  ];
}

function strayNotes(columns: readonly Described[], shared: readonly ColumnSchema[]): string[] {
  return columns.flatMap(({ schema }, i) => {
    const stray = schema.findings?.stray;
    const { name, kind } = shared[i] as ColumnSchema;
    if (stray === undefined || readAs(kind) === "category") return [];
    const what = readAs(kind) === "decimal" ? "number" : "date";
    const are = stray.cells === 1 ? `cell is not a ${what}` : `cells are not ${what}s`;
    return [
      `“${name}”: ${count(stray.cells)} ${are} (first in row ${count(stray.firstRow)}), read as missing.`,
    ];
  });
}

function decimalNotes(
  agreed: readonly { readonly column: Column }[],
  shared: readonly ColumnSchema[],
  side: Side,
): string[] {
  const names = shared.flatMap(({ name, kind }, i) => {
    const column = agreed[i]?.column;
    if (kind !== "integer" || column?.type !== "numeric") return [];
    return column.values.some((value) => Number.isFinite(value) && !Number.isInteger(value)) ? [name] : [];
  });
  if (names.length === 0) return [];
  return [
    `Whole numbers in the real table, decimals in the ${side} one: ${listed(names)}. They are compared as they are written.`,
  ];
}
