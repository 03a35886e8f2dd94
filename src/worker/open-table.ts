import {
  assemble,
  breathe,
  cleanedFile,
  cleaningBy,
  createCsvWriter,
  doneChanges,
  emptyByRule,
  FaultError,
  formatCells,
  coursesFound,
  identifierFindings,
  layoutOfMade,
  measuredColumns,
  patientQuestion,
  patientRows,
  planOf,
  profileTable,
  quantityOffers,
  readFile,
  readMade,
  readingList,
  reviseTable,
  simulate,
  sourceFacts,
  type CleanedRows,
  type Cleaning,
  textOfFile,
  type FollowOptions,
  type MadeText,
  type ReadTable,
  type Simulation,
  type SheetChoice,
  type SourceFacts,
  type Table,
} from "../core/lab/lab.ts";
import type { SchemaChange } from "../core/table/profile.ts";
import { cleanTable, keepFile, keptFile, rulesAfter } from "./cleaned-tables.ts";
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
  /** The source is a text that was made of several files. */
  readonly made?: MadeText | undefined;
  /** Nobody has seen it yet: the steps that reading takes by itself come first. */
  readonly automatic?: boolean;
}

const PLAIN = "Delimited text";

/** A table that was read, and what its cleaning steps did. */
export interface ReadBlob extends ReadTable {
  readonly cleaning: Cleaning;
}

/** Reads a table of a file of any format. Rejects with FaultError, `several-sheets` where one has to be chosen. */
export async function readBlob(
  source: Source,
  name: string,
  { repair, choice, changes = [], largest = false, made, automatic = false }: Reading,
  listener: ReadingListener,
): Promise<ReadBlob> {
  const cleaning = cleaningBy(changes, { automatic });
  const options = {
    total: source.size,
    changes: cleaning.changes,
    clean: cleaning.clean,
    ...listener,
    ...(repair === undefined ? {} : { repair }),
  };
  if (made !== undefined) {
    const read = await readMade(() => piecesOf(source, name), made, { name, ...options });
    return { ...read, cleaning, format: "delimited", storedAs: PLAIN, sheets: [], passedOver: [] };
  }
  const read = await readFile(fileBytesOf(source, name), { ...options, choice, largest });
  const { passedOver, sheet = "" } = read;
  if (passedOver.length === 0) return { ...read, cleaning };
  const note = `The file holds ${passedOver.length + 1} tables; “${sheet}”, the largest, was read.`;
  return { ...read, cleaning, notes: [note, ...read.notes] };
}

/** Opens a table of a file of any format. Rejects with FaultError. */
export async function openFile(
  source: Blob,
  name: string,
  reading: Omit<Reading, "changes" | "automatic">,
  listener: ReadingListener,
): Promise<OpenTable> {
  const started = performance.now();
  const how = { ...reading, automatic: true };
  const read = await readBlob(source, name, how, listener);
  const { table, notes, collected, cleaning, storedAs, sheet } = read;
  const changes = cleaning.list();
  const inferred = changes.length === 0 ? table : (await assemble(collected, {})).table;
  keepFile(inferred, collected);
  const seconds = (performance.now() - started) / 1000;
  const { repair, choice, made } = reading;
  const taken = sheet === undefined ? choice : { ...choice, sheet };
  return {
    ...asFirstRead(inferred),
    table,
    changes,
    done: cleaning.done(),
    notes,
    inferredNotes: notes,
    source,
    repair,
    ...(taken && { choice: taken }),
    ...(made && { made }),
    ...(storedAs !== PLAIN && { storedAs }),
    bytes: source.size,
    seconds,
    simulated: false,
  };
}

/** A simulated table. Rejects with FaultError `simulation-refused` for what cannot be asked, `cancelled` where it was. */
export async function openCohort(asked: Simulation, listener: ReadingListener): Promise<OpenTable> {
  const started = performance.now();
  const table = await simulate(asked, {
    onRows: (rows) => listener.onProgress({ bytes: 0, rows }),
    pulse: async () => {
      await breathe();
      if (listener.cancelled()) throw new FaultError({ code: "cancelled" });
    },
  });
  const seconds = (performance.now() - started) / 1000;
  const none = { source: undefined, repair: undefined, bytes: 0, notes: [], inferredNotes: [] };
  return { ...asFirstRead(table), ...none, seconds, simulated: true, simulation: asked };
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
  const { steps, others } = planOf(changes);
  const clean =
    steps.length === 0 || !sameAsFirst(changes) ? undefined : await cleanTable(open.inferred, changes);
  const next = {
    ...open,
    id: newId(),
    changes,
    done: doneChanges(changes, clean?.cleaned.counts ?? []),
    notes: open.inferredNotes,
    ...(open.rules && { rules: rulesAfter(open.rules, open.changes, changes) }),
  };
  if (steps.length === 0 || clean !== undefined) {
    const revision = reviseTable(clean?.table ?? open.inferred, others);
    if (revision.status === "revised") return { ...next, table: revision.table };
  }
  const kept = sameAsFirst(changes) ? keptFile(open.inferred) : undefined;
  if (kept !== undefined) {
    const cleaning = cleaningBy(changes);
    const { table } = await assemble(kept, { ...cleaning, cancelled: listener.cancelled });
    return { ...next, table, done: cleaning.done() };
  }
  const { table, notes, collected, cleaning } = await readAgain(open, changes, listener);
  if (sameAsFirst(changes)) keepFile(open.inferred, collected);
  return { ...next, table, notes, done: cleaning.done() };
}

/** Whether a file was read as it was at first, whatever became of its columns after. */
const sameAsFirst = (changes: readonly SchemaChange[]): boolean =>
  changes.every(({ type }) => type !== "missing-tokens" && type !== "encoding");

const readAgain = (
  open: OpenTable,
  changes: readonly SchemaChange[],
  listener: ReadingListener,
): Promise<ReadBlob> => {
  const { repair, choice, made } = open;
  return readBlob(writtenSource(open), open.table.name, { repair, choice, made, changes }, listener);
};

/** The rows of the table as they are now, every step done. Rejects with FaultError. */
export async function rowsNow(open: OpenTable, listener: ReadingListener): Promise<CleanedRows> {
  const clean = sameAsFirst(open.changes) ? await cleanTable(open.inferred, open.changes) : undefined;
  return clean?.cleaned ?? (await readAgain(open, open.changes, listener)).cleaning.cleaned();
}

/** The rows of the table's file before any step. Rejects with FaultError. */
export async function rawRows(
  open: OpenTable,
  listener: ReadingListener,
): Promise<Pick<CleanedRows, "rows" | "reading">> {
  const unclean = open.changes.filter(({ type }) => type === "missing-tokens" || type === "encoding");
  const kept = unclean.length === 0 ? keptFile(open.inferred) : undefined;
  const { whole, read } = patientRows(kept ?? (await readAgain(open, unclean, listener)).collected);
  return { rows: whole, reading: read };
}

/** The file the table came from; a simulated cohort is written as one. */
function writtenSource({ source, inferred }: OpenTable): Source {
  if (source !== undefined) return source;
  const writer = createCsvWriter(inferred.schema, { source: inferred });
  return new Blob([new Uint8Array(writer.header()), new Uint8Array(writer.rows(inferred))]);
}

/** What is filled in: the text to read once more, the file's own, its reader's or the cleaned one, and the table that belongs to it. */
export async function textOf(
  open: OpenTable,
  listener: ReadingListener,
): Promise<FollowOptions & { readonly source: AsyncIterable<Uint8Array>; readonly table: Table }> {
  const { name } = open.inferred;
  const { choice, repair, table, made } = open;
  if (planOf(open.changes).steps.length > 0)
    return { name, ...cleanedFile((await rowsNow(open, listener)).rows, table) };
  if (made !== undefined) {
    const { hints: _told, ...layout } = layoutOfMade(made);
    const source = { [Symbol.asyncIterator]: () => piecesOf(writtenSource(open), name) };
    return { source, name, table, ...layout };
  }
  const text = await textOfFile(fileBytesOf(writtenSource(open), name), { choice });
  return { ...text, name, table, ...(repair && { repair }) };
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

async function rulesOf(table: Table, watch: Watch): Promise<TableView["emptyByRule"]> {
  const found = rules.get(table);
  const known = found ?? (await emptyByRule(table, watch)).map(({ rows: _rows, ...rule }) => rule);
  rules.set(table, known);
  return known;
}

/** So does the search for what goes on over time. */
const courses = new WeakMap<Table, { readonly found: TableView["courses"] }>();

async function coursesOf(table: Table): Promise<TableView["courses"]> {
  const known = courses.get(table) ?? { found: await coursesFound(table) };
  courses.set(table, known);
  return known.found;
}

/** The median of every column that measures something is looked at: once per table. */
const measures = new WeakMap<Table, NonNullable<TableView["measured"]>>();

function measuredOf(table: Table): NonNullable<TableView["measured"]> {
  const known = measures.get(table) ?? measuredColumns(table);
  measures.set(table, known);
  return known;
}

async function profileOf(table: Table, watch: Watch): Promise<TableView["columns"]> {
  const known = profiles.get(table) ?? (await profileTable(table, watch.cancelled, watch.onColumn));
  profiles.set(table, known);
  return known;
}

interface Watch {
  readonly cancelled?: () => boolean;
  readonly onColumn?: () => void;
}

/** Every column is looked at twice: for its profile, and for cells that are empty by rule. */
const LOOKS = 2;

/** What the page sees of it; `onShare` hears how much of that is done, 0 to 1. Throws FaultError `cancelled`. */
export async function viewOf(
  open: OpenTable,
  cancelled: () => boolean = () => false,
  onShare: (share: number) => void = () => {},
): Promise<TableView> {
  let looks = 0;
  const onColumn = (): void => onShare(++looks / (LOOKS * open.table.columns.length));
  const watch: Watch = { cancelled, onColumn };
  const { table, bytes, seconds, simulated, remembered, notes, changes, rules, storedAs } = open;
  const done = open.done ?? doneChanges(changes, []);
  const patient = patientQuestion(table, changes);
  const courses = await coursesOf(table);
  return {
    name: table.name,
    rows: table.rows,
    bytes,
    seconds,
    schema: table.schema,
    columns: await profileOf(table, watch),
    simulated,
    ...(open.simulation && { simulation: open.simulation }),
    remembered,
    notes,
    changes,
    done,
    ...(rules && { rules }),
    id: open.id,
    ...(open.book && { book: open.book }),
    ...(open.public && { public: open.public }),
    ...(storedAs !== undefined && { storedAs }),
    reading: readingList(table),
    emptyByRule: await rulesOf(table, watch),
    measured: measuredOf(table),
    quantities: quantityOffers,
    identifiers: identifierFindings(table, changes),
    ...(patient && { patient }),
    ...(courses && { courses }),
  };
}

/** `count` rows as they are written in the source, identifiers and free text masked. */
export function rowsOf({ table }: OpenTable, from: number, count: number): string[][] {
  return formatCells(table, from, Math.min(count, 1000), { mask: true });
}
