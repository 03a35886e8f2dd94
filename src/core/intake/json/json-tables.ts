import { FaultError } from "../../fault.ts";
import { checkWidth } from "../../table/read/lines/header.ts";
import type { OpenedFile, Sheet, SheetChoice, SheetText } from "../file.ts";
import { writeRecords, type RecordBlock } from "../write-records.ts";
import { shown, type Tables } from "./flatten.ts";
import type { JsonObject } from "./parse-json.ts";

const BLOCK = 512;

interface Source {
  readonly file: string;
  readonly format: "json" | "ndjson";
  readonly words: string;
  /** What the outermost table is called where there are others. */
  readonly outermost: string;
  readonly tables: Tables;
  /** The records of the outermost table, from the first, at each call. */
  records(): AsyncIterable<JsonObject> | Iterable<JsonObject>;
}

/** The tables that records make, the outermost and those of their lists of objects. */
export function openRecords(source: Source): OpenedFile {
  const { tables, outermost } = source;
  const names = new Map(tables.names().map((table) => [table === "" ? outermost : shown(table), table]));
  const sheets = [...names].map(([name, table]): Sheet => {
    const { names: columns, rows } = tables.columns(table);
    const note = table === "" ? undefined : "lists within the records, with the key of the record";
    return { name, rows, columns: columns.length, table: true, ...(note && { note }) };
  });
  return {
    format: source.format,
    words: source.words,
    sheets,
    text: async (choice) => Promise.resolve(textOf(source, chosen(source, names, choice))),
  };
}

/** Throws FaultError `several-sheets`, `unknown-sheet`. */
function chosen({ file }: Source, names: ReadonlyMap<string, string>, { sheet }: SheetChoice): string {
  const known = [...names.keys()];
  if (sheet === undefined) {
    if (known.length > 1) throw new FaultError({ code: "several-sheets", file, sheets: known });
    return "";
  }
  const table = names.get(sheet);
  if (table === undefined) throw new FaultError({ code: "unknown-sheet", file, sheet, known });
  return table;
}

/** Throws FaultError `too-many-columns`. */
function textOf({ tables, records }: Source, table: string): SheetText {
  const { names, notes } = tables.columns(table);
  checkWidth(names.length);
  return {
    pieces: () => writeRecords(blocks(tables, table, names, records())),
    hints: new Map(),
    written: "typed",
    notes,
  };
}

async function* blocks(
  tables: Tables,
  table: string,
  names: readonly string[],
  records: AsyncIterable<JsonObject> | Iterable<JsonObject>,
): AsyncGenerator<RecordBlock, undefined> {
  yield [names];
  let block: string[][] = [];
  let row = 0;
  for await (const record of records) {
    for (const cells of tables.rowsOf(table, record, row)) block.push(cells);
    row++;
    if (block.length < BLOCK) continue;
    yield block;
    block = [];
  }
  yield block;
  return undefined;
}
