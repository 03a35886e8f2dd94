import {
  createCsvWriter,
  emptyByRule,
  formatCells,
  layoutOfMade,
  profileTable,
  readFile,
  readMade,
  readingList,
  reviseTable,
  simulateCohort,
  sourceFacts,
  textOfFile,
  type FollowOptions,
  type ReadTable,
  type SheetChoice,
  type SourceFacts,
  type Table,
} from "../core/lab/lab.ts";
import type { SchemaChange } from "../core/table/profile.ts";
import type { KeptTable } from "./keep/keep.ts";
import { newId } from "./new-id.ts";
import type { Repair, TableView } from "./protocol.ts";
import { fileBytesOf, piecesOf, sourceOf, type Source } from "./source.ts";

/** The table that is open: as it was read, how it was changed since, and where it came from. */
export interface OpenTable extends KeptTable {
  readonly remembered: boolean;
}

export interface ReadingListener {
  readonly onProgress: (progress: { bytes: number; rows: number }) => void;
  readonly cancelled: () => boolean;
}

/** How a file is to be read. */
export interface Reading {
  readonly repair?: Repair | undefined;
  readonly choice?: SheetChoice | undefined;
  readonly changes?: readonly SchemaChange[];
  /** Of several tables the largest is read where none was chosen, and a note says so. */
  readonly largest?: boolean;
}

/** The table of an open file, with `changes`; a text that was made of several files is read as that. */
async function readAgain(
  open: OpenTable,
  changes: readonly SchemaChange[],
  listener: ReadingListener,
): Promise<{ table: Table; notes: string[] }> {
  const { made, repair, choice, table } = open;
  const source = writtenSource(open);
  if (made === undefined) return readBlob(source, table.name, { repair, choice, changes }, listener);
  const options = { name: table.name, total: source.size, changes, ...listener };
  return readMade(() => piecesOf(source, table.name), made, options);
}

/** Reads a table of a file of any format. Rejects with FaultError, `several-sheets` where one has to be chosen. */
export async function readBlob(
  source: Source,
  name: string,
  { repair, choice, changes = [], largest = false }: Reading,
  listener: ReadingListener,
): Promise<ReadTable> {
  const read = await readFile(fileBytesOf(source, name), {
    total: source.size,
    changes,
    ...listener,
    choice,
    largest,
    ...(repair === undefined ? {} : { repair }),
  });
  const { passedOver, sheet = "" } = read;
  if (passedOver.length === 0) return read;
  const note = `The file holds ${passedOver.length + 1} tables; “${sheet}”, the largest, was read.`;
  return { ...read, notes: [note, ...read.notes] };
}

/** Opens a table of a file of any format. Rejects with FaultError. */
export async function openFile(
  source: Blob,
  name: string,
  reading: Omit<Reading, "changes">,
  listener: ReadingListener,
): Promise<OpenTable> {
  const started = performance.now();
  const { table, notes, storedAs, sheet } = await readBlob(source, name, reading, listener);
  const seconds = (performance.now() - started) / 1000;
  const { repair, choice } = reading;
  const taken = sheet === undefined ? choice : { ...choice, sheet };
  return {
    ...asFirstRead(table),
    notes,
    inferredNotes: notes,
    source,
    repair,
    ...(taken && { choice: taken }),
    ...(storedAs !== "Delimited text" && { storedAs }),
    bytes: source.size,
    seconds,
    simulated: false,
  };
}

/** Makes a simulated cohort. */
export function openCohort(cohort: string, seed: number): OpenTable {
  const started = performance.now();
  const table = simulateCohort(cohort, seed);
  const seconds = (performance.now() - started) / 1000;
  const none = { source: undefined, repair: undefined, bytes: 0, notes: [], inferredNotes: [] };
  return { ...asFirstRead(table), ...none, seconds, simulated: true };
}

/** As it was read first, before any change. */
export function asFirstRead(
  table: Table,
): Pick<OpenTable, "id" | "inferred" | "table" | "changes" | "remembered"> {
  return { id: newId(), inferred: table, table, changes: [], remembered: false };
}

/** The table after `changes` to what was inferred; read anew where the values that were kept are not enough. */
export async function reviseOpen(
  open: OpenTable,
  changes: readonly SchemaChange[],
  listener: ReadingListener,
): Promise<OpenTable> {
  const revision = reviseTable(open.inferred, changes);
  if (revision.status === "revised")
    return { ...open, id: newId(), table: revision.table, changes, notes: open.inferredNotes };
  const { table, notes } = await readAgain(open, changes, listener);
  return { ...open, id: newId(), table, changes, notes };
}

/** The file the table came from; a simulated cohort is written as one. */
function writtenSource({ source, inferred }: OpenTable): Source {
  if (source !== undefined) return source;
  const writer = createCsvWriter(inferred.schema, { source: inferred });
  return new Blob([new Uint8Array(writer.header()), new Uint8Array(writer.rows(inferred))]);
}

/** The text that the table was read from, to read it once more: the file's own, or what its reader makes of it. */
export async function textOf(
  open: OpenTable,
): Promise<FollowOptions & { readonly source: AsyncIterable<Uint8Array> }> {
  const { name } = open.inferred;
  const { choice, repair, made } = open;
  if (made !== undefined) {
    const { hints: _told, ...layout } = layoutOfMade(made);
    const source = { [Symbol.asyncIterator]: () => piecesOf(writtenSource(open), name) };
    return { source, name, ...layout };
  }
  const text = await textOfFile(fileBytesOf(writtenSource(open), name), { choice });
  return { ...text, name, ...(repair && { repair }) };
}

/** The table with what it came from in memory, where that lies in this browser's keep and is about to go. */
export async function withoutKeep(open: OpenTable): Promise<OpenTable> {
  const { source } = open;
  if (source === undefined || source instanceof Blob) return open;
  const all = new Uint8Array(source.size);
  let at = 0;
  for await (const piece of piecesOf(source, open.inferred.name)) {
    all.set(piece, at);
    at += piece.length;
  }
  const slice = (from: number, to: number): Promise<Uint8Array> => Promise.resolve(all.subarray(from, to));
  return { ...open, source: sourceOf(source.size, () => once(all), slice) };
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** A file is read to its end for its digest: once per table, however often its schema is revised. */
const digests = new WeakMap<Table, SourceFacts>();

/** Where the real rows came from. Rejects as `pulse` does, and with FaultError where the file is not there any more. */
export async function sourceFactsOf(open: OpenTable, pulse: () => Promise<void>): Promise<SourceFacts> {
  const { inferred, source, simulated } = open;
  const pieces = source && piecesOf(source, inferred.name);
  const facts = digests.get(inferred) ?? (await sourceFacts(inferred, pieces, simulated, pulse));
  digests.set(inferred, facts);
  return facts;
}

/** A profile looks at every cell: once per table. */
const profiles = new WeakMap<Table, TableView["columns"]>();

/** So does the search for cells that are empty by rule. */
const rules = new WeakMap<Table, TableView["emptyByRule"]>();

async function rulesOf(table: Table): Promise<TableView["emptyByRule"]> {
  const known = rules.get(table) ?? (await emptyByRule(table)).map(({ rows: _rows, ...rule }) => rule);
  rules.set(table, known);
  return known;
}

async function profileOf(table: Table, cancelled?: () => boolean): Promise<TableView["columns"]> {
  const known = profiles.get(table) ?? (await profileTable(table, cancelled));
  profiles.set(table, known);
  return known;
}

/** What the page sees of it. Throws FaultError `cancelled`. */
export async function viewOf(open: OpenTable, cancelled?: () => boolean): Promise<TableView> {
  const { table, bytes, seconds, simulated, remembered, notes, changes, rules, storedAs } = open;
  return {
    name: table.name,
    rows: table.rows,
    bytes,
    seconds,
    schema: table.schema,
    columns: await profileOf(table, cancelled),
    simulated,
    remembered,
    notes,
    changes,
    ...(rules && { rules }),
    ...(storedAs !== undefined && { storedAs }),
    reading: readingList(table),
    emptyByRule: await rulesOf(table),
  };
}

/** `count` rows as they are written in the source, identifiers and free text masked. */
export function rowsOf({ table }: OpenTable, from: number, count: number): string[][] {
  return formatCells(table, from, Math.min(count, 1000), { mask: true });
}
