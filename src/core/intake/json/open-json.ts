import { FaultError } from "../../fault.ts";
import type { FileBytes, OpenedFile } from "../file.ts";
import { Tables } from "./flatten.ts";
import { openRecords } from "./json-tables.ts";
import { linesOf } from "./open-ndjson.ts";
import { NoJson, parseJson, type Json, type JsonObject } from "./parse-json.ts";

const FORMAT = "JSON";
/** Most characters: a value that is not of lines has to be held whole. */
const LARGEST = 256 * 1024 ** 2;

/**
 * A JSON text that is a table: a list of objects, an object of lists, or either within an object ({"data": [...]}), as pandas
 * and data portals write them. Rejects with FaultError `file-damaged`, `file-refused`, `no-sheet`.
 */
export async function openJson(file: FileBytes): Promise<OpenedFile> {
  const value = await parsedWhole(file);
  const found = recordsIn(value);
  if (found.length === 0)
    throw new FaultError({ code: "no-sheet", file: file.name, holds: described(value) });
  const opened = found.map(({ name, records }) => {
    const tables = new Tables();
    for (const record of records) tables.see(record);
    return openRecords({
      file: file.name,
      format: "json",
      words: "JSON",
      outermost: name,
      tables,
      records: () => records,
    });
  });
  return opened.length === 1 ? (opened[0] as OpenedFile) : together(file.name, opened);
}

export async function parsedWhole(file: FileBytes): Promise<Json> {
  const lines: string[] = [];
  let length = 0;
  for await (const line of linesOf(file)) {
    lines.push(line);
    length += line.length;
    if (length > LARGEST) throw tooLarge(file);
  }
  try {
    return parseJson(lines.join("\n"));
  } catch (error) {
    if (!(error instanceof NoJson)) throw error;
    const reason = `On line ${error.line.toLocaleString("en")} ${error.message}.`;
    throw new FaultError({ code: "file-damaged", file: file.name, format: FORMAT, reason });
  }
}

const tooLarge = (file: FileBytes): FaultError =>
  new FaultError({
    code: "file-refused",
    file: file.name,
    format: FORMAT,
    reason: "It is larger than 256 MB, and JSON of one piece has to be held whole.",
    remedy: "Write it as NDJSON (one record a line), CSV or Parquet.",
  });

interface Found {
  readonly name: string;
  readonly records: readonly JsonObject[];
}

/** The lists of records in a value. */
function recordsIn(value: Json): Found[] {
  if (Array.isArray(value)) {
    const records = asRecords(value);
    return records === undefined ? [] : [{ name: "records", records }];
  }
  if (!(value instanceof Map)) return [];
  const split = splitTable(value);
  if (split !== undefined) return [{ name: "data", records: split }];
  const columns = asColumns(value) ?? asColumnsOfObjects(value);
  if (columns !== undefined) return [{ name: "records", records: columns }];
  return [...value].flatMap(([name, member]) => {
    const records = Array.isArray(member)
      ? asRecords(member)
      : member instanceof Map
        ? asColumns(member)
        : undefined;
    return records === undefined || records.length === 0 ? [] : [{ name, records }];
  });
}

/** A list of objects, or of lists below one of names. */
function asRecords(list: readonly Json[]): JsonObject[] | undefined {
  if (list.length === 0) return undefined;
  if (list.every((item) => item instanceof Map)) return list as JsonObject[];
  const [names, ...rows] = list;
  if (!Array.isArray(names) || !names.every((name) => typeof name === "string")) return undefined;
  return rows.every((row) => Array.isArray(row)) ? named(names as string[], rows as Json[][]) : undefined;
}

const named = (names: readonly string[], rows: readonly (readonly Json[])[]): JsonObject[] =>
  rows.map((row) => new Map(names.map((name, i) => [name, row[i] ?? null])));

/** pandas, orient="split": {"columns": [...], "index": [...], "data": [[...]]} */
function splitTable(value: JsonObject): JsonObject[] | undefined {
  const names = value.get("columns");
  const data = value.get("data");
  if (!Array.isArray(names) || !Array.isArray(data) || !names.every((name) => typeof name === "string"))
    return undefined;
  return data.every((row) => Array.isArray(row)) ? named(names as string[], data as Json[][]) : undefined;
}

/** An object of lists of values, all of one length. */
function asColumns(value: JsonObject): JsonObject[] | undefined {
  const columns = [...value];
  const lists = columns.map(([, list]) => list);
  const length = Array.isArray(lists[0]) ? lists[0].length : 0;
  const flat = lists.every(
    (list) => Array.isArray(list) && list.length === length && !list.some((item) => item instanceof Map),
  );
  if (!flat || length === 0) return undefined;
  return Array.from(
    { length },
    (_, row) => new Map(columns.map(([name, list]) => [name, (list as Json[])[row] ?? null])),
  );
}

/** pandas, orient="columns" and "index": an object of objects that have the same names in them. */
function asColumnsOfObjects(value: JsonObject): JsonObject[] | undefined {
  const members = [...value];
  if (members.length === 0 || !members.every(([, member]) => member instanceof Map && member.size > 0))
    return undefined;
  const [first] = members as [string, JsonObject][];
  const rows = [...(first?.[1].keys() ?? [])];
  const alike = members.every(([, member]) => {
    const own = member as JsonObject;
    return own.size === rows.length && rows.every((row) => own.has(row));
  });
  if (!alike) return undefined;
  const numbered = (names: readonly string[]): boolean => names.every((name, i) => name === String(i));
  if (numbered(rows)) {
    return rows.map(
      (row) => new Map(members.map(([name, member]) => [name, (member as JsonObject).get(row) ?? null])),
    );
  }
  return numbered(members.map(([name]) => name))
    ? members.map(([, member]) => member as JsonObject)
    : undefined;
}

function described(value: Json): string {
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list of values without names";
  if (!(value instanceof Map)) return "a single value";
  const names = [...value.keys()].slice(0, 5).map((name) => `“${name.slice(0, 40)}”`);
  return `an object with ${names.join(", ") || "nothing in it"}, and no list of records`;
}

/** Several lists beside each other, as one file of several tables. */
function together(file: string, opened: readonly OpenedFile[]): OpenedFile {
  const [first] = opened as [OpenedFile];
  const names = opened.flatMap(({ sheets }) => sheets.map(({ name }) => name));
  return {
    ...first,
    sheets: opened.flatMap(({ sheets }) => sheets),
    text: async ({ sheet, ...choice }) => {
      if (sheet === undefined) throw new FaultError({ code: "several-sheets", file, sheets: names });
      const holder = opened.find(({ sheets }) => sheets.some(({ name }) => name === sheet));
      if (holder === undefined) throw new FaultError({ code: "unknown-sheet", file, sheet, known: names });
      return holder.text({ ...choice, sheet });
    },
  };
}
