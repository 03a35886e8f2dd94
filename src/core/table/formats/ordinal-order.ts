import { cutCell } from "./cut-number.ts";
import { PLAIN, readNumber } from "./number-format.ts";
import { OUTSIDE, RANKED, SCALES } from "./ordinal-scales.ts";

/** Fewest levels with an order, and most that are looked at. */
const FEWEST = 3;
const MOST = 60;
/** Most levels beside the scale, and most characters of a level. */
const MOST_OUTSIDE = 2;
const LONGEST = 100;

/**
 * `levels` in the order that their words have by themselves: scales of words, Roman numerals, grades with a number, bands
 * of numbers, pluses. Undefined where no order is known. Answers outside the scale ("unknown") come last.
 */
export function ordinalOrder(levels: readonly string[]): readonly string[] | undefined {
  if (levels.length > MOST + MOST_OUTSIDE || levels.some(({ length }) => length > LONGEST)) return undefined;
  const outside = levels.filter((level) => OUTSIDE.has(normal(level)));
  const inside = levels.filter((level) => !outside.includes(level));
  if (inside.length < FEWEST || inside.length > MOST || outside.length > MOST_OUTSIDE) return undefined;
  const ranks = [byWords, byRoman, byGrade, byBand].map((by) => by(inside)).find((found) => found);
  if (ranks === undefined) return undefined;
  const order = inside.map((_, i) => i).sort((a, b) => (ranks[a] as number) - (ranks[b] as number) || a - b);
  return [...order.map((i) => inside[i] as string), ...outside];
}

const normal = (level: string): string =>
  level
    .normalize("NFC")
    .toLowerCase()
    .replace(/[’`]/g, "'")
    .replace(/[_\s]+/g, " ")
    .trim();

/** A code before its word: "2 - mild", "0=none", "(3) severe". */
const CODED = /^\(?\d{1,2}\)?\s*[-–=:.)]\s*(?=\p{L})/u;

type Ranks = readonly number[] | undefined;

const places = SCALES.map((scale) => {
  const found = new Map<string, number>();
  scale.split("<").forEach((place, rank) => {
    for (const word of place.split("|")) found.set(word.trim(), rank);
  });
  return found;
});

/** Every level is a word of one scale, and at least three places of it are there. */
function byWords(levels: readonly string[]): Ranks {
  const words = levels.map((level) => normal(level).replace(CODED, ""));
  for (const scale of places) {
    const ranks = words.map((word) => scale.get(word));
    if (ranks.includes(undefined) || new Set(ranks).size < FEWEST) continue;
    return ranks as number[];
  }
  return undefined;
}

const ROMAN = /^(?:(\p{L}[\p{L} .-]*?)[\s.-]+)?(x{0,2}(?:ix|iv|v?i{1,3}|v)|x{1,2})([a-e]?\d?)([+*]?)$/iu;
const DIGITS: Readonly<Record<string, number>> = { i: 1, v: 5, x: 10 };

function romanOf(text: string): number {
  const digits = text
    .toLowerCase()
    .split("")
    .map((letter) => DIGITS[letter] as number);
  return digits.reduce((sum, digit, i) => sum + (digit < (digits[i + 1] ?? 0) ? -digit : digit), 0);
}

function byRoman(levels: readonly string[]): Ranks {
  let before: string | undefined;
  const ranks: number[] = [];
  for (const level of levels) {
    const text = level.trim();
    const match = ROMAN.exec(text);
    if (match === null) {
      // stage 0 beside Roman numerals
      if (!/^(?:[\p{L} ]*\s)?0(?:is)?$/u.test(text)) return undefined;
      ranks.push(0);
      continue;
    }
    const [, own = "", roman = "", letter = ""] = match;
    if (before !== undefined && normal(own) !== before) return undefined;
    before = normal(own);
    ranks.push(romanOf(roman) + finer(letter));
  }
  const several = levels.some((level) => /(?:ii|iv|vi|ix)/i.test(level));
  return several && new Set(ranks.map(Math.floor)).size > 1 ? ranks : undefined;
}

/** "a", "b", "a2" as a part of one rank. */
const finer = (letter: string): number =>
  letter === "" ? 0 : (letter.toLowerCase().charCodeAt(0) - 96) / 10 + Number(letter.slice(1) || 0) / 100;

const GRADE = /^(\p{L}[\p{L}. -]*?)[\s.:_-]*(\d{1,3}|is|mi)([a-e]?\d?)([+*]?)$/iu;

/** The same word before a number: "T1", "T4a", "grade 3". */
function byGrade(levels: readonly string[]): Ranks {
  let before: string | undefined;
  const ranks: number[] = [];
  for (const level of levels) {
    const match = GRADE.exec(level.trim());
    if (match === null) return undefined;
    const [, own = "", number = "", letter = ""] = match;
    const word = normal(own).replace(/[.\s]+$/, "");
    if ((before !== undefined && word !== before) || !RANKED.has(word)) return undefined;
    before = word;
    ranks.push((/\d/.test(number) ? Number(number) : 0.5) + finer(letter));
  }
  return ranks;
}

const NUMBER = String.raw`(\d+(?:[.,]\d+)?)`;
const BAND = new RegExp(
  String.raw`^[[(]?\s*${NUMBER}\s*(?:-|–|—|\.\.|,|;|to|bis|à|a|hasta|und|and)\s*<?\s*${NUMBER}\s*[\])]?(?:\s*[\p{L}%/.]+){0,3}$`,
  "iu",
);

/** Bands of numbers that do not lie within each other, ends open: "<18", "18-30", "80+"; single numbers too. */
function byBand(levels: readonly string[]): Ranks {
  const bands = levels.map(bandOf);
  if (bands.some((band) => band === undefined)) return undefined;
  const sure = bands as Band[];
  if (sure.every(({ single }) => single)) return undefined;
  const ranks = sure.map(({ from, to }) =>
    from === -Infinity ? to - 1e9 : to === Infinity ? from + 1e9 : (from + to) / 2,
  );
  return new Set(ranks).size === ranks.length ? ranks : undefined;
}

interface Band {
  readonly from: number;
  readonly to: number;
  readonly single: boolean;
}

function bandOf(level: string): Band | undefined {
  const text = level.trim();
  const match = BAND.exec(text);
  if (match !== null) {
    const [from, to] = [match[1], match[2]].map((part) => Number((part as string).replace(",", ".")));
    return (from as number) <= (to as number)
      ? { from: from as number, to: to as number, single: false }
      : undefined;
  }
  const cut = cutCell(text);
  const value = cut && readNumber(cut.number.replace(",", "."), PLAIN)?.value;
  if (cut === undefined || value === undefined || !Number.isFinite(value)) return undefined;
  if (cut.limit === undefined) return { from: value, to: value, single: true };
  return cut.limit.side === "below"
    ? { from: -Infinity, to: value, single: false }
    : { from: value, to: Infinity, single: false };
}
