/** What a person declares to be public: put together, read from a form, compared with what was confirmed. Pure. */
import type { GuaranteeOffer } from "../../../core/lab/guarantee/guarantee-offer.ts";
import type { PublicColumn, PublicFacts } from "../../../core/private/public/public-facts.ts";

export type Declared = "range" | "levels" | "missing";

/** What is listed as public, so that a confirmation holds for just that. */
export const publicList = ({ lines, unit }: GuaranteeOffer): string =>
  JSON.stringify([
    unit,
    ...lines.filter(({ cost }) => cost === "public").map(({ what, why }) => [what, why]),
  ]);

/** The facts with what `column` says of its column; what was said of it before and is not said anew stays. */
export function withColumn({ columns }: PublicFacts, column: PublicColumn): PublicFacts {
  const known = columns.some(({ name }) => name === column.name);
  return {
    columns: known
      ? columns.map((one) => (one.name === column.name ? { ...one, ...column } : one))
      : [...columns, column],
  };
}

/** Without what was declared of a column; one of which nothing is left goes. */
export function withoutDeclared({ columns }: PublicFacts, name: string, what: Declared): PublicFacts {
  return {
    columns: columns.flatMap((column) => {
      if (column.name !== name) return [column];
      const { [what]: _gone, ...rest } = column;
      return Object.keys(rest).length > 1 ? [rest] : [];
    }),
  };
}

export const isDeclared = ({ columns }: PublicFacts, name: string, what: Declared): boolean =>
  columns.some((column) => column.name === name && column[what] !== undefined);

export type FormAnswer<T> = { readonly value: T } | { readonly wrong: string };

/** "1,5", "1.5" or "-20"; what is not a number says so. */
function readNumber(text: string): number | undefined {
  const plain = text
    .trim()
    .replace("−", "-")
    .replace(/^(-?\d+),(\d+)$/, "$1.$2");
  if (!/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(plain)) return undefined;
  const value = Number(plain);
  return Number.isFinite(value) ? value : undefined;
}

/** A moment's day as `YYYY-MM-DD`; "" beyond what a date can be. */
const dayOf = (moment: number): string =>
  Math.abs(moment) < 8.64e15 ? new Date(moment).toISOString().slice(0, 10) : "";

/** A day as `YYYY-MM-DD`, in milliseconds since 1970. */
function readDay(text: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\d$/.test(text.trim())) return undefined;
  const value = Date.parse(`${text.trim()}T00:00:00Z`);
  // The 30th of February is read as a day of March.
  return Number.isFinite(value) && dayOf(value) === text.trim() ? value : undefined;
}

const DAY = 86_400_000;

/** A range as its two fields have it. A last day is meant to its end. */
export function readRange(
  from: string,
  to: string,
  kind: "number" | "date",
): FormAnswer<{ from: number; to: number }> {
  const read = kind === "date" ? readDay : readNumber;
  const ends = [read(from), read(to)];
  const [low, high] = ends;
  const word = kind === "date" ? "day" : "number";
  if (from.trim() === "" || to.trim() === "") return { wrong: `Both ends are needed, each a ${word}.` };
  if (low === undefined || high === undefined) {
    const bad = low === undefined ? from : to;
    return { wrong: `“${bad.trim().slice(0, 40)}” is not a ${word}.` };
  }
  if (low > high) return { wrong: `The range is upside down: ${from.trim()} is above ${to.trim()}.` };
  if (low === high && kind === "number") return { wrong: "Both ends are the same: a range is needed." };
  return { value: { from: low, to: kind === "date" ? high + DAY - 1 : high } };
}

export const MOST_LEVELS = 10_000;

/** Levels, one a line; empty lines do not count. */
export function readLevels(text: string): FormAnswer<readonly string[]> {
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const twice = lines.find((line, i) => lines.indexOf(line) < i);
  if (lines.length === 0) return { wrong: "At least one level is needed, one a line." };
  if (twice !== undefined) return { wrong: `“${twice.slice(0, 40)}” stands there twice.` };
  if (lines.length > MOST_LEVELS) return { wrong: `At most ${MOST_LEVELS.toLocaleString("en-US")} levels.` };
  return { value: lines };
}

/** A range as its form has it again. */
export function rangeTexts(
  range: PublicColumn["range"],
  kind: "number" | "date",
): readonly [from: string, to: string] {
  if (range === undefined) return ["", ""];
  if (kind === "number") return [String(range.from), String(range.to)];
  return [dayOf(range.from), dayOf(range.to)];
}
