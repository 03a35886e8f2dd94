import { piecesOf, type Token } from "../../table/formats/dates/tokens.ts";
import type { ColumnSchema } from "../../table/table.ts";
import type { StoredColumn } from "../stored-columns.ts";

/** A date's tokens as Excel has them; offsets from UTC and fractions finer than a millisecond it has not. */
const EXCEL_TOKENS: Readonly<Record<Exclude<Token, "S" | "F">, string>> = {
  YYYY: "yyyy",
  YY: "yy",
  MMMM: "mmmm",
  MMM: "mmm",
  MON: "mmm",
  mon: "mmm",
  MM: "mm",
  M: "m",
  DD: "dd",
  D: "d",
  HH: "hh",
  H: "h",
  kk: "hh",
  k: "h",
  hh: "hh",
  h: "h",
  mm: "mm",
  ss: "ss",
  ZZ: "",
  ZZZ: "",
  A: "AM/PM",
  a: "AM/PM",
  SERIAL: "yyyy-mm-dd",
};

const quoted = (text: string): string => (text === "" ? "" : `"${text.replaceAll('"', '""')}"`);

/** A date pattern as Excel writes it: "DD.MM.YYYY" is `dd"."mm"."yyyy`. */
export function dateFormat(pattern: string): string {
  const { head, pieces } = piecesOf(pattern);
  let format = literal(head);
  pieces.forEach(({ token, digits, literal: behind }, i) => {
    const next = pieces[i + 1]?.token;
    if (token === "F") format += ".000";
    else format += token === "S" ? `.${"0".repeat(Math.min(3, digits))}` : EXCEL_TOKENS[token];
    format += literal(next === "S" ? behind.replace(/[.,]$/, "") : behind);
  });
  return format;
}

/** Signs that need no quotes; all others stand in them. */
const literal = (text: string): string => (/^[-/: ]*$/.test(text) ? text : quoted(text));

/** How Excel shows the numbers of a column as its source wrote them; undefined: as they are. */
function numberFormat({ number }: ColumnSchema): string | undefined {
  if (number === undefined) return undefined;
  const { leastDecimals = 0, decimals, thousandsMark, prefix = "", suffix = "" } = number;
  const places = Math.min(15, Math.max(leastDecimals, 0));
  const more = "#".repeat(Math.max(0, Math.min(15, decimals) - places));
  const whole = thousandsMark === "" ? "0" : "#,##0";
  if (places === 0 && thousandsMark === "" && prefix + suffix === "") return undefined;
  const fraction = places === 0 ? "" : `.${"0".repeat(places)}${more}`;
  const open = places === 0 && more !== "" ? "" : fraction;
  return `${quoted(prefix)}${open === "" && more !== "" ? `${whole}.${more}` : whole + open}${quoted(suffix)}`;
}

/** The number format of a column's cells; undefined: Excel's general one. */
export function formatOf({ schema, type }: StoredColumn): string | undefined {
  if (type === "date" || type === "datetime")
    return dateFormat(schema.date?.pattern ?? "YYYY-MM-DD HH:mm:ss");
  return type === "integer" || type === "decimal" ? numberFormat(schema) : undefined;
}
