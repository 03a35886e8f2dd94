import { bareCell, MOST_ROWS, type Expected, type RawTable } from "./raw-table.ts";

const NAMED = /^\s*(?:[-*•]\s+)?(?:\*\*)?([\p{L}][^:=|]{0,60}?)(?:\*\*)?\s*[:=]\s*(?:\*\*)?\s*(\S.{0,100})$/u;
/** "| age | 54 |": a patient's own table of two columns. */
const BARS = /^\s*\|\s*([^|]{1,60}?)\s*\|\s*([^|]{1,100}?)\s*\|?\s*$/;
const ELEMENT = /<([A-Za-z][\w.-]{0,60})>([^<>]{0,200})<\/\1>/g;

/** Patients one below the other, a line for each of their columns: "- age: 54", YAML, XML. A name that comes again begins the next. */
export function recordTables(text: string, expected: Expected): RawTable[] {
  const lines = text.replace(ELEMENT, "\n$1: $2\n").split("\n");
  const records: Map<string, string>[] = [];
  let own = new Map<string, string>();
  const names = new Map<string, boolean>();
  for (const line of lines) {
    if (records.length >= MOST_ROWS) break;
    if (line.length > 200) continue;
    const found = NAMED.exec(line.replace(BARS, "$1: $2"));
    if (found === null) continue;
    const [, name = "", value = ""] = found;
    const key = bareCell(name);
    if (!names.has(key)) names.set(key, expected.matches([key]) > 0);
    if (names.get(key) !== true) continue;
    if (own.has(key)) {
      records.push(own);
      own = new Map();
    }
    own.set(key, bareCell(value.replace(/,$/, "")));
  }
  if (own.size > 0) records.push(own);
  const used = [...new Set(records.flatMap((record) => [...record.keys()]))];
  // One alone is as likely a description of the columns.
  if (records.length < 2 || used.length < Math.min(2, expected.names.length)) return [];
  return [
    { names: used, rows: records.map((record) => ({ cells: used.map((name) => record.get(name) ?? "") })) },
  ];
}
