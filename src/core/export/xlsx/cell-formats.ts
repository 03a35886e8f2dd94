import type { ColumnSchema } from "../../table/table.ts";
import type { StoredColumn } from "../stored-columns.ts";

const DATE_TOKEN = /MON|YYYY|YY|MMM|MM|M|DD|D|HH|H|hh|h|mm|ss|\.SSS|SSS|A/g;
const EXCEL_TOKENS: Readonly<Record<string, string>> = {
  YYYY: "yyyy",
  YY: "yy",
  MON: "mmm",
  MMM: "mmm",
  MM: "mm",
  M: "m",
  DD: "dd",
  D: "d",
  HH: "hh",
  H: "h",
  hh: "hh",
  h: "h",
  mm: "mm",
  ss: "ss",
  ".SSS": ".000",
  SSS: "000",
  A: "AM/PM",
};

const quoted = (text: string): string => (text === "" ? "" : `"${text.replaceAll('"', '""')}"`);

/** A date pattern as Excel writes it: "DD.MM.YYYY" is `dd"."mm"."yyyy`. */
export function dateFormat(pattern: string): string {
  let format = "";
  let at = 0;
  for (const match of pattern.matchAll(DATE_TOKEN)) {
    format += literal(pattern.slice(at, match.index)) + (EXCEL_TOKENS[match[0]] ?? "");
    at = match.index + match[0].length;
  }
  return format + literal(pattern.slice(at));
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
