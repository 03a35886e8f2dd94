import type { DateFormat } from "../../table.ts";
import { markOf } from "./precision.ts";
import { piecesOf, type Token } from "./tokens.ts";

/** Fewest moments that show that digits are always zero. */
const LEAST = 5;

/**
 * `format` with what all `values` (NaN = missing) say of it: hours, minutes, seconds and fractions that are zero in every
 * cell stand as zeros in its pattern, so that what is written by it has them zero too; and the share of cells of less precision.
 */
export function asWritten(format: DateFormat, values: Float64Array): DateFormat {
  const levels = format.coarser?.length ?? 0;
  const marks = new Float64Array(levels + 1);
  let present = 0;
  const step = { fraction: true, second: true, minute: true, hour: true };
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    present++;
    const mark = markOf(value, levels);
    marks[mark] = (marks[mark] as number) + 1;
    if (mark > 0 || !step.fraction) continue;
    if (value % 1000 !== 0) step.fraction = false;
    if (value % 60_000 !== 0) step.second = false;
    if (value % 3_600_000 !== 0) step.minute = false;
    if (value % 86_400_000 !== 0) step.hour = false;
  }
  if ((marks[0] as number) < LEAST) return withShares(format, marks, present);
  const zero = {
    fraction: step.fraction,
    second: step.fraction && step.second,
    minute: step.fraction && step.second && step.minute,
    hour: step.fraction && step.second && step.minute && step.hour,
  };
  return withShares({ ...format, pattern: zeroed(format.pattern, zero) }, marks, present);
}

function withShares(format: DateFormat, marks: Float64Array, present: number): DateFormat {
  const { coarser } = format;
  if (coarser === undefined) return format;
  return {
    ...format,
    coarser: coarser.map((it, k) => ({ ...it, share: (marks[k + 1] as number) / Math.max(1, present) })),
  };
}

type Zero = {
  readonly fraction: boolean;
  readonly second: boolean;
  readonly minute: boolean;
  readonly hour: boolean;
};

/** What a token writes where it is zero in every cell; hours with AM and PM or to 24 are left as they are. */
function zeroOf(token: Token, digits: number, zero: Zero): string | undefined {
  if (token === "S" && zero.fraction) return "0".repeat(digits);
  if (token === "ss" && zero.second) return "00";
  if (token === "mm" && zero.minute) return "00";
  if (token === "HH" && zero.hour) return "00";
  return token === "H" && zero.hour ? "0" : undefined;
}

function zeroed(pattern: string, zero: Zero): string {
  const { head, pieces, dated } = piecesOf(pattern);
  const known = dated ? zero : { ...zero, hour: false };
  const escaped = (literal: string): string =>
    literal.replace(/[A-Za-zÀ-ÿ]+/g, (word) => (/^[TZ]$/.test(word) ? word : `[${word}]`));
  return pieces.reduce((text, { token, digits, literal }) => {
    const own = zeroOf(token, digits, known) ?? (token === "S" ? "S".repeat(digits) : token);
    return text + own + escaped(literal);
  }, escaped(head));
}
