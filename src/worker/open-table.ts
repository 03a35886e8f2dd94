import {
  createCsvWriter,
  emptyByRule,
  formatCells,
  identifierFindings,
  patientQuestion,
  profileTable,
  readCsv,
  readingList,
  reviseTable,
  simulateCohort,
  sourceFacts,
  type SourceFacts,
  type Table,
} from "../core/lab/lab.ts";
import type { SchemaChange } from "../core/table/profile.ts";
import type { KeptTable } from "./keep/keep.ts";
import { newId } from "./new-id.ts";
import type { Repair, TableView } from "./protocol.ts";
import { piecesOf, sourceOf, type Source } from "./source.ts";

/** The table that is open: as it was read, how it was changed since, and where it came from. */
export interface OpenTable extends KeptTable {
  readonly remembered: boolean;
}

export interface ReadingListener {
  readonly onProgress: (progress: { bytes: number; rows: number }) => void;
  readonly cancelled: () => boolean;
}

/** Reads a CSV file with changes to what is inferred. Rejects with FaultError. */
export function readBlob(
  source: Source,
  name: string,
  repair: Repair | undefined,
  changes: readonly SchemaChange[],
  listener: ReadingListener,
): Promise<{ table: Table; notes: string[] }> {
  const pieces = { [Symbol.asyncIterator]: () => piecesOf(source, name) };
  return readCsv(pieces, {
    name,
    total: source.size,
    changes,
    ...listener,
    ...(repair === undefined ? {} : { repair }),
  });
}

/** Reads a CSV file. Throws FaultError. */
export async function openFile(
  source: Blob,
  name: string,
  repair: Repair | undefined,
  listener: ReadingListener,
): Promise<OpenTable> {
  const started = performance.now();
  const { table, notes } = await readBlob(source, name, repair, [], listener);
  const seconds = (performance.now() - started) / 1000;
  const read = { ...asFirstRead(table), notes, inferredNotes: notes };
  return { ...read, source, repair, bytes: source.size, seconds, simulated: false };
}

/** Makes a simulated cohort. */
export function openCohort(cohort: string, seed: number): OpenTable {
  const started = performance.now();
  const table = simulateCohort(cohort, seed);
  const seconds = (performance.now() - started) / 1000;
  const none = { source: undefined, repair: undefined, bytes: 0, notes: [], inferredNotes: [] };
  return { ...asFirstRead(table), ...none, seconds, simulated: true };
}

function asFirstRead(table: Table): Pick<OpenTable, "id" | "inferred" | "table" | "changes" | "remembered"> {
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
  const { table, notes } = await readBlob(
    writtenSource(open),
    open.table.name,
    open.repair,
    changes,
    listener,
  );
  return { ...open, id: newId(), table, changes, notes };
}

/** The file the table came from; a simulated cohort is written as one. */
function writtenSource({ source, inferred }: OpenTable): Source {
  if (source !== undefined) return source;
  const writer = createCsvWriter(inferred.schema, { source: inferred });
  return new Blob([new Uint8Array(writer.header()), new Uint8Array(writer.rows(inferred))]);
}

/** The file to read once more: its bytes and how they were read. */
export function fileOf(open: OpenTable): {
  source: AsyncIterable<Uint8Array>;
  name: string;
  repair?: Repair;
} {
  const { name } = open.inferred;
  return { source: piecesOf(writtenSource(open), name), name, ...(open.repair && { repair: open.repair }) };
}

/** The table with what it came from in memory, where that lies in this browser's keep and is about to go. */
export async function withoutKeep(open: OpenTable): Promise<OpenTable> {
  const { source } = open;
  if (source === undefined || source instanceof Blob) return open;
  const pieces: Uint8Array[] = [];
  for await (const piece of piecesOf(source, open.inferred.name)) pieces.push(piece);
  return { ...open, source: sourceOf(source.size, () => again(pieces)) };
}

async function* again(pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* pieces;
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
  const { table, bytes, seconds, simulated, remembered, notes, changes, rules } = open;
  const patient = patientQuestion(table, changes);
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
    reading: readingList(table),
    emptyByRule: await rulesOf(table),
    identifiers: identifierFindings(table, changes),
    ...(patient && { patient }),
  };
}

/** `count` rows as they are written in the source, identifiers and free text masked. */
export function rowsOf({ table }: OpenTable, from: number, count: number): string[][] {
  return formatCells(table, from, Math.min(count, 1000), { mask: true });
}
