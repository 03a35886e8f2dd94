import type { DateFormat } from "../../table.ts";
import { LONG_MONTHS, SHORT_MONTHS } from "./months.ts";
import { markOf } from "./precision.ts";
import { DAY, serialOf } from "./read-date.ts";
import { piecesOf, type Pattern, type Piece } from "./tokens.ts";

/** The moment `ms` (finite) as `format` writes it; less than all of it where its value says so (`DateFormat.coarser`). */
export function formatDate(ms: number, format: string | DateFormat): string {
  if (typeof format === "string") return write(ms, piecesOf(format), {});
  const mark = format.coarser === undefined ? 0 : markOf(ms, format.coarser.length);
  const pattern = mark === 0 ? format.pattern : (format.coarser?.[mark - 1]?.pattern as string);
  return write(ms - mark, piecesOf(pattern), format);
}

type Naming = Pick<DateFormat, "months" | "offsets">;

const two = (n: number): string => (n < 10 ? `0${n}` : String(n));

function write(ms: number, { head, pieces, dated, fraction }: Pattern, naming: Naming): string {
  const late = pieces.some(({ token }) => token === "kk" || token === "k");
  const seconds = Math.floor(ms / 1000) * 1000;
  const micros = fraction ? Math.round((ms - seconds) * 1000) : 0;
  const whole = fraction ? seconds + (micros === 1_000_000 ? 1000 : 0) : ms;
  const shown =
    late && !pieces.some(({ token }) => token === "ss")
      ? 60_000 * Math.floor(whole / 60_000)
      : 1000 * Math.floor(whole / 1000);
  const midnight = shown % DAY === 0 && micros % 1_000_000 === 0;
  const atEnd = late && midnight && (dated || shown === DAY);
  const moment = new Date(atEnd ? whole - DAY : whole);
  if (Number.isNaN(moment.getTime())) return "";
  const told = { moment, hour: atEnd ? 24 : moment.getUTCHours(), micros: micros % 1_000_000, ms, naming };
  let text = head;
  for (const piece of pieces) text += writePiece(piece, told) + piece.literal;
  return text;
}

interface Told {
  readonly moment: Date;
  readonly hour: number;
  readonly micros: number;
  readonly ms: number;
  readonly naming: Naming;
}

function writePiece({ token, digits }: Piece, { moment, hour, micros, ms, naming }: Told): string {
  switch (token) {
    case "YYYY":
      return String(moment.getUTCFullYear()).padStart(4, "0");
    case "YY":
      return two(moment.getUTCFullYear() % 100);
    case "MMMM":
      return (naming.months ?? LONG_MONTHS)[moment.getUTCMonth()] ?? "";
    case "MMM":
      return (naming.months ?? SHORT_MONTHS)[moment.getUTCMonth()] ?? "";
    case "MON":
      return (SHORT_MONTHS[moment.getUTCMonth()] ?? "").toUpperCase();
    case "mon":
      return (SHORT_MONTHS[moment.getUTCMonth()] ?? "").toLowerCase();
    case "MM":
      return two(moment.getUTCMonth() + 1);
    case "M":
      return String(moment.getUTCMonth() + 1);
    case "DD":
      return two(moment.getUTCDate());
    case "D":
      return String(moment.getUTCDate());
    case "HH":
    case "kk":
      return two(hour);
    case "H":
    case "k":
      return String(hour);
    case "hh":
      return two(hour % 12 || 12);
    case "h":
      return String(hour % 12 || 12);
    case "mm":
      return two(moment.getUTCMinutes());
    case "ss":
      return two(moment.getUTCSeconds());
    case "S":
      return String(micros).padStart(6, "0").padEnd(digits, "0").slice(0, digits);
    case "F":
      return micros === 0 ? "" : `.${String(micros).padStart(6, "0").replace(/0+$/, "")}`;
    case "A":
      return hour % 24 < 12 ? "AM" : "PM";
    case "a":
      return hour % 24 < 12 ? "am" : "pm";
    case "ZZ":
    case "ZZZ":
      return naming.offsets?.[moment.getUTCMonth()] ?? (token === "ZZ" ? "+00:00" : "+0000");
    case "SERIAL":
      return String(Number(serialOf(ms).toFixed(10)));
  }
}
