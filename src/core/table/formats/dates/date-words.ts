import type { DateFormat } from "../../table.ts";

/** A pattern as a person reads it. */
export const patternWords = (pattern: string): string =>
  pattern === "SERIAL" ? "the day numbers of Excel" : pattern.replace(/[[\]]/g, "").replace(/k/g, "H");

const listed = (patterns: readonly string[]): string => {
  const words = patterns.map(patternWords);
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1) as string}`;
};

/** How a column writes dates: "DD.MM.YYYY", and what some cells have beside it. */
export function dateWords({ pattern, others, coarser, offsets }: DateFormat): string {
  const parts = [
    patternWords(pattern.replace(/ZZZ?$/, "")),
    /k/.test(pattern) && "with 24:00 for the end of the day",
    offsets && "with an offset that changes through the year",
    others && `some as ${listed(others)}`,
    coarser && `some less exactly as ${listed(coarser.map((it) => it.pattern))}`,
  ];
  return parts.filter(Boolean).join(", ");
}

/** That cells of a column are written in several ways, and which one is used from now on; undefined where there is one. */
export function severalWays({ pattern, others }: DateFormat): string | undefined {
  if (others === undefined) return undefined;
  return `Dates are written in ${others.length + 1} ways: ${listed([pattern, ...others]).replace(/ or (?=[^,]*$)/, " and ")}. Each cell is read by its own; synthetic cells are written as ${patternWords(pattern)}.`;
}
