import { FaultError } from "../../fault.ts";
import { breathe } from "../../math/breathe.ts";
import type { FileBytes, OpenedFile } from "../file.ts";
import { Tables } from "./flatten.ts";
import { openRecords } from "./json-tables.ts";
import { NoJson, parseJson, type JsonObject } from "./parse-json.ts";

const FORMAT = "NDJSON";
/** Most characters of a line. */
const LONGEST_LINE = 1 << 26;

/** Lines of JSON, one record each. Rejects with FaultError `file-damaged`, which names the line. */
export async function openNdjson(file: FileBytes): Promise<OpenedFile> {
  const tables = new Tables();
  for await (const record of recordsOf(file)) tables.see(record);
  return openRecords({
    file: file.name,
    format: "ndjson",
    words: "Lines of JSON",
    outermost: "records",
    tables,
    records: () => recordsOf(file),
  });
}

export async function* recordsOf(file: FileBytes): AsyncGenerator<JsonObject> {
  let number = 0;
  for await (const line of linesOf(file)) {
    number++;
    if (line.trim() !== "") yield record(file.name, line, number);
  }
}

function record(file: string, line: string, number: number): JsonObject {
  let value;
  try {
    value = parseJson(line);
  } catch (error) {
    if (!(error instanceof NoJson)) throw error;
    throw damaged(file, `Line ${number.toLocaleString("en")} is no JSON: ${error.message}.`);
  }
  if (value instanceof Map) return value;
  throw damaged(file, `Line ${number.toLocaleString("en")} is no object with named values.`);
}

const damaged = (file: string, reason: string): FaultError =>
  new FaultError({ code: "file-damaged", file, format: FORMAT, reason });

/** The lines of a UTF-8 text as it streams in. Rejects with FaultError `file-damaged`. */
export async function* linesOf(file: FileBytes): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let begun: string[] = [];
  let length = 0;
  for await (const piece of file.pieces()) {
    const lines = decoded(file.name, decoder, piece, true).split("\n");
    const rest = lines.pop() ?? "";
    for (const line of lines) {
      yield begun.length === 0 ? line : begun.join("") + line;
      begun = [];
      length = 0;
    }
    if (rest !== "") begun.push(rest);
    length += rest.length;
    if (length > LONGEST_LINE) throw damaged(file.name, "One of its lines does not end.");
    await breathe();
  }
  const last = begun.join("") + decoded(file.name, decoder, new Uint8Array(0), false);
  if (last !== "") yield last;
}

function decoded(file: string, decoder: TextDecoder, bytes: Uint8Array, stream: boolean): string {
  try {
    return decoder.decode(bytes, { stream });
  } catch {
    throw damaged(file, "Some of its characters are not UTF-8, as JSON has to be.");
  }
}
