import {
  FaultError,
  createCsvWriter,
  emptyByRule,
  formatCells,
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
import type { KeptTable } from "./keep.ts";
import { newId } from "./new-id.ts";
import type { Repair, TableView } from "./protocol.ts";

/** The table that is open: as it was read, how it was changed since, and where it came from. */
export interface OpenTable extends KeptTable {
  readonly remembered: boolean;
}

export interface ReadingListener {
  readonly onProgress: (progress: { bytes: number; rows: number }) => void;
  readonly cancelled: () => boolean;
}

async function* piecesOf(source: Blob, name: string): AsyncGenerator<Uint8Array> {
  const reader = source.stream().getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : "The browser gave no reason.";
    throw new FaultError({ code: "file-unreadable", file: name, reason });
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** Reads a CSV file with changes to what is inferred. Rejects with FaultError. */
export function readBlob(
  source: Blob,
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
  const { table, notes } = await readBlob(sourceOf(open), open.table.name, open.repair, changes, listener);
  return { ...open, id: newId(), table, changes, notes };
}

/** The file the table came from; a simulated cohort is written as one. */
function sourceOf({ source, inferred }: OpenTable): Blob {
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
  return { source: piecesOf(sourceOf(open), name), name, ...(open.repair && { repair: open.repair }) };
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
  const { table, bytes, seconds, simulated, remembered, notes, changes } = open;
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
    reading: readingList(table),
    emptyByRule: await rulesOf(table),
  };
}

/** `count` rows as they are written in the source, identifiers and free text masked. */
export function rowsOf({ table }: OpenTable, from: number, count: number): string[][] {
  return formatCells(table, from, Math.min(count, 1000), { mask: true });
}
