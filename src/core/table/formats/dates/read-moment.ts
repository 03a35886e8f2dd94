import type { DateFormat } from "../../table.ts";
import { readDate } from "./read-date.ts";
import { isDated } from "./tokens.ts";

const CLOCKS = ["HH:mm:ss.SSS", "HH:mm:ss", "HH:mm", "H:mm"];
const ISO = [
  "YYYY-MM-DD",
  ...CLOCKS.slice(0, 3).flatMap((clock) => [`YYYY-MM-DDT${clock}`, `YYYY-MM-DD ${clock}`]),
  "YYYY-MM",
  "YYYY",
];

/** A moment as `format` writes it, or as ISO 8601 does, whatever a person types; NaN for what is neither. */
export function readMoment(text: string, format: string | DateFormat): number {
  const own = readDate(text, format);
  if (!Number.isNaN(own)) return own;
  const pattern = typeof format === "string" ? format : format.pattern;
  for (const other of isDated(pattern) ? ISO : CLOCKS) {
    const value = readDate(text, other);
    if (!Number.isNaN(value)) return value;
  }
  return NaN;
}
