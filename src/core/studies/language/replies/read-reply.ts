import { htmlTables } from "./reading/html-tables.ts";
import { jsonTables } from "./reading/json-tables.ts";
import { lineTables } from "./reading/line-tables.ts";
import { pairTables } from "./reading/pair-tables.ts";
import type { Expected, RawTable } from "./reading/raw-table.ts";
import { recordTables } from "./reading/record-tables.ts";
import { partsOfReply, withoutThoughts, type ReplyPart } from "./reading/reply-parts.ts";
import { turnedTables } from "./reading/turned-tables.ts";

/** Characters of a reply that are read; 500 rows of 100 columns have a tenth of it. */
export const LONGEST_REPLY = 8_000_000;
const FIRST_WORDS = 60;
const CODE = /^\s*(import |from \w+ import|def |library\(|pd\.|np\.|const |function )/m;

export interface RawReply {
  readonly tables: readonly RawTable[];
  /** why there are none, or why nothing of them is of the table that was asked for */
  readonly none: string;
  /** characters beyond what is read */
  readonly beyond: number;
}

/** The tables of one reply, whatever stands around them; time and memory grow with its length alone, up to a bound. */
export function readReply(text: string, expected: Expected): RawReply {
  const beyond = Math.max(0, text.length - LONGEST_REPLY);
  const whole = text.slice(0, LONGEST_REPLY).replace(/\r\n?/g, "\n").replaceAll("\u0000", "");
  if (whole.trim() === "") return { tables: [], none: "the reply is empty", beyond };
  const answer = withoutThoughts(whole);
  const tables = partsOfReply(answer).flatMap((part) => tablesIn(part, expected));
  const rows = tables.reduce((sum, table) => sum + table.rows.length, 0);
  if (rows === 0 && !whole.includes("\n") && whole.split("\\n").length > 2)
    return readReply(whole.replaceAll("\\n", "\n"), expected);
  const why = CODE.test(answer)
    ? "a program and no rows"
    : tables.length > 0
      ? "no table with the columns asked for"
      : "no table in the reply";
  return { tables, none: `${why}: “${firstWords(answer.trim() === "" ? whole : answer)}”`, beyond };
}

function tablesIn(part: ReplyPart, expected: Expected): RawTable[] {
  const { text } = part;
  if (/<(table|tr)\b/i.test(text)) {
    const tables = htmlTables(/<table\b/i.test(text) ? text : `<table>${text}`, expected);
    if (tables.length > 0) return tables;
  }
  if (/[[{]/.test(text)) {
    const tables = jsonTables(text, expected);
    if (tables.some(({ rows }) => rows.length > 0) && looksLikeJson(text, tables)) return tables;
  }
  for (const read of [turnedTables, pairTables]) {
    const tables = read(text, expected);
    if (tables.length > 0) return tables;
  }
  const tables = lineTables(part, expected);
  const whole = tables.some(
    ({ names, rows }) =>
      names !== undefined || rows.some(({ cells }) => cells.length >= expected.names.length),
  );
  return whole ? tables : firstOf(recordTables(text, expected), tables);
}

const firstOf = (some: RawTable[], others: RawTable[]): RawTable[] => (some.length > 0 ? some : others);

/** Tables of lines have brackets too: in names ("age [years]") and in notes. */
const looksLikeJson = (text: string, tables: readonly RawTable[]): boolean =>
  tables.some(({ names }) => names !== undefined) || /^\s*[[{]/m.test(text);

function firstWords(text: string): string {
  const plain = text
    .replace(/[`*#<>|]+/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  if (plain.length <= FIRST_WORDS) return plain;
  const cut = plain.slice(0, FIRST_WORDS);
  return `${cut.slice(0, Math.max(20, cut.lastIndexOf(" ")))} …`;
}
