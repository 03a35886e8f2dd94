import type { DateFormat } from "../../table.ts";
import { LONG_MONTHS, monthOf, namesLike, tokenOfNames } from "./months.ts";
import { piecesOf } from "./tokens.ts";

const WORD = /\p{L}{3,10}\.?/gu;

/** `pattern` with the names of months as `texts` write them. */
export function withMonths(pattern: string, texts: readonly string[]): DateFormat {
  if (!pattern.includes("MMM")) return { pattern };
  const behind = piecesOf(pattern).pieces.find(({ token }) => token === "MMM")?.literal ?? "";
  const words = new Map<string, number>();
  for (const text of texts) {
    const word = monthIn(text, behind.startsWith("."));
    if (word !== undefined) words.set(word, (words.get(word) ?? 0) + 1);
  }
  const names = namesLike(words);
  const token = tokenOfNames(names);
  if (token !== undefined) return { pattern: pattern.replace("MMM", token) };
  const long = (names[10] as string).length >= (LONG_MONTHS[10] as string).length;
  return { pattern: pattern.replace("MMM", long ? "MMMM" : "MMM"), months: names };
}

/** The month's name in `text`, with its point unless that stands for itself in the pattern. */
function monthIn(text: string, pointed: boolean): string | undefined {
  for (const [word] of text.matchAll(WORD)) {
    const bare = word.endsWith(".") && pointed ? word.slice(0, -1) : word;
    if (monthOf(bare) > 0) return bare;
  }
  return undefined;
}
