import { analyse } from "chardet";
import { ENCODINGS, type Encoding } from "../../table.ts";
import { LONGEST_CELL, type ByteSurvey } from "./survey-bytes.ts";
import { textDecoder } from "../../formats/text-coding.ts";

/** One way to read the words that are not ASCII. */
export interface Reading {
  readonly encoding: Encoding;
  /** Some of the words as they then read. */
  readonly sample: readonly string[];
}

/** `encoding` where it is settled; `readings`, the likely ones first, where a person must say which is right. */
export type Told =
  | { readonly encoding: Encoding; readonly readings?: undefined }
  | { readonly encoding?: undefined; readonly readings: readonly Reading[] };

/** UTF-8 with a damaged place has this many whole characters for each of them. */
const WHOLE_PER_BAD = 3;
/** Different words from which a detector may decide between readings that are all good text. */
const ENOUGH_WORDS = 5;
const LEAST_CONFIDENCE = 20;
const CLEARLY = 1.5;
const MOST_READINGS = 6;
const SHOWN_WORDS = 6;
/** A few damaged places in ASCII can be just that: a person is asked, unless these encodings have the same letter there. */
const FEW_BAD = 3;
const WESTERN: readonly Encoding[] = ["windows-1252", "windows-1250", "windows-1254", "windows-1257"];
/** In other encodings characters that are valid UTF-8 come about by chance, at most so many for each that is not. */
const CHANCE = 0.5;

/** What the detector calls an encoding that has another name here. */
const NAMES: ReadonlyMap<string, string> = new Map([
  ["iso-8859-1", "windows-1252"],
  ["iso-8859-6", "windows-1256"],
  ["iso-8859-8", "windows-1255"],
  ["iso-8859-9", "windows-1254"],
]);

/** Read by whole families as by one of windows-125x; worth a question only where the detector thinks of them. */
const SELDOM: ReadonlySet<Encoding> = new Set<Encoding>(["iso-8859-2", "iso-8859-5", "iso-8859-7"]);

interface Candidate {
  readonly encoding: Encoding;
  readonly words: readonly string[];
  readonly confidence: number;
  /** all that read every word the same */
  readonly alike: readonly Encoding[];
}

/**
 * Which encoding a file is in that is not all UTF-8. Mostly whole UTF-8 characters: UTF-8, damaged. Else every encoding
 * is tried, and those are left under which the words are words; where these all read the same, or a detector that
 * counts letters is clear about it, it is settled.
 */
export function tellEncoding(survey: ByteSurvey): Told {
  const { valid, bad, cells } = survey;
  if (valid > 0 && valid >= WHOLE_PER_BAD * bad) return { encoding: "utf-8" };
  const confidences = detect(cells);
  const legible = ENCODINGS.flatMap((encoding) => candidateOf(encoding, cells, confidences));
  const good = legible.filter(
    ({ encoding, words, confidence }) =>
      (confidence > 0 || !SELDOM.has(encoding)) && areWords(words) && areCommon(encoding, cells),
  );
  const different = distinct(good.length > 0 ? good : legible);
  const [first, second] = different;
  if (first !== undefined && good.length > 0 && valid < CHANCE * bad) {
    const agreed = second === undefined && (bad > FEW_BAD || WESTERN.every((it) => first.alike.includes(it)));
    const clear =
      bad > FEW_BAD &&
      cells.length >= ENOUGH_WORDS &&
      first.confidence >= LEAST_CONFIDENCE &&
      first.confidence >= CLEARLY * (second?.confidence ?? 0);
    if (agreed || clear) return { encoding: first.encoding };
  }
  return { readings: readingsOf(different.slice(0, MOST_READINGS), survey) };
}

/** What a person chooses from: words on which the candidates differ, as each reads them. */
function readingsOf(candidates: readonly Candidate[], { valid, bad, cells }: ByteSurvey): Reading[] {
  const differ = cells.flatMap((_, i) =>
    new Set(candidates.map(({ words }) => words[i])).size > 1 || candidates.length < 2 ? [i] : [],
  );
  const at = differ.slice(0, SHOWN_WORDS);
  const shown = (encoding: Encoding): Reading => ({
    encoding,
    sample:
      read(
        encoding,
        at.map((i) => cells[i] as Uint8Array),
      ) ?? [],
  });
  const damaged = valid > 0 || bad <= FEW_BAD || candidates.length === 0;
  return [...candidates.map(({ encoding }) => encoding), ...(damaged ? (["utf-8"] as const) : [])].map(shown);
}

/** Of those under which every word reads the same, the first; the likely readings first. */
function distinct(candidates: readonly Candidate[]): Candidate[] {
  const byReading = new Map<string, Candidate>();
  for (const candidate of candidates) {
    const reading = candidate.words.join("\n");
    const before = byReading.get(reading);
    const confidence = Math.max(candidate.confidence, before?.confidence ?? 0);
    const alike = [...(before?.alike ?? []), ...candidate.alike];
    byReading.set(reading, { ...(before ?? candidate), confidence, alike });
  }
  return [...byReading.values()].sort((a, b) => b.confidence - a.confidence);
}

/** How sure the detector is of each encoding, 0 to 100. */
function detect(cells: readonly Uint8Array[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const { name, confidence } of analyse(Uint8Array.from(cells.flatMap((cell) => [...cell, 10])))) {
    const lower = name.toLowerCase();
    const known = NAMES.get(lower) ?? lower;
    found.set(known, Math.max(confidence, found.get(known) ?? 0));
  }
  return found;
}

function read(encoding: Encoding, cells: readonly Uint8Array[], fatal = false): string[] | undefined {
  try {
    return cells.map((cell) => textDecoder(encoding, fatal)(cell, cell.length < LONGEST_CELL));
  } catch {
    return undefined;
  }
}

function candidateOf(
  encoding: Encoding,
  cells: readonly Uint8Array[],
  confidences: ReadonlyMap<string, number>,
): Candidate[] {
  if (encoding.startsWith("utf-")) return [];
  const words = read(encoding, cells, true);
  const confidence = confidences.get(encoding) ?? 0;
  return words === undefined ? [] : [{ encoding, words, confidence, alike: [encoding] }];
}

/** Share of the words that must be good. */
const MOST = 0.9;
const most = (items: number, good: number): boolean => good >= MOST * items;

const LATIN = /\p{Script=Latin}/u;
const SCRIPTS = [
  LATIN,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Hebrew}/u,
  /\p{Script_Extensions=Arabic}/u,
  /\p{Script=Thai}/u,
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u,
];
/** Signs that stand in or beside words in any of them. */
const SIGNS = /[\u00a0²³¹°µ±·ºª½¼¾«»€£§©®™…‘’“”„–—×÷„‚‹›•‰、。・ー「」（）：；，！？]/gu;
const HIGH = /[^\p{ASCII}]/u;

/** Whether words are of one script each and written as its words are. */
function areWords(words: readonly string[]): boolean {
  const bare = words.map((word) => word.replaceAll(SIGNS, ""));
  if (!most(bare.length, bare.filter(isWord).length)) return false;
  const letters = bare.join("").replaceAll(/[^\p{L}\p{M}]/gu, "");
  const high = letters.replaceAll(/\p{ASCII}/gu, "");
  if (bare.some((word) => LATIN.test(word) && HIGH.test(word)) && high.length > 0.5 * letters.length)
    return SCRIPTS.slice(1).some((script) => script.test(high));
  return !/\p{Script=Greek}/u.test(high) || isGreek(bare);
}

/** Greek words of some length carry an accent. */
function isGreek(words: readonly string[]): boolean {
  const long = words.filter((word) => /^\p{Script=Greek}{4,}$/u.test(word) && /\p{Ll}/u.test(word));
  return long.filter((word) => /[άέήίόύώΐΰΆΈΉΊΌΎΏ]/u.test(word)).length >= 0.5 * long.length;
}

function isWord(word: string): boolean {
  if (!HIGH.test(word)) return true;
  const high = Array.from(word).filter((char) => HIGH.test(char));
  if (high.some((char) => !/[\p{L}\p{M}\p{N}]/u.test(char)) || /[\uff61-\uff9f]/u.test(word)) return false;
  if (/(^|[^\p{L}\p{M}])\p{M}/u.test(word)) return false;
  if (/\p{Ll}\p{Lu}/u.test(word) || /[ךםןףץ]\p{Script=Hebrew}/u.test(word)) return false;
  const scripts = SCRIPTS.filter((script) => high.some((char) => script.test(char)));
  if (scripts.length > 1) return false;
  const others = scripts[0] !== undefined && scripts[0] !== LATIN;
  const beside = scripts[0] === SCRIPTS.at(-1) ? /[a-z]/ : /[a-zA-Z]/;
  return !(others && beside.test(word));
}

/** First bytes of the characters of two bytes that make up nearly all of a text. */
const COMMON: Partial<Record<Encoding, (first: number, second: number) => boolean>> = {
  gb18030: (first, second) => second >= 0xa1 && (within(first, 0xb0, 0xd7) || within(first, 0xa1, 0xa3)),
  big5: (first) => within(first, 0xa1, 0xc6),
  "euc-kr": (first, second) => second >= 0xa1 && (within(first, 0xb0, 0xc8) || within(first, 0xa1, 0xa4)),
  "euc-jp": (first, second) => second >= 0xa1 && (within(first, 0xb0, 0xcf) || within(first, 0xa1, 0xa5)),
  shift_jis: (first) => within(first, 0x81, 0x83) || within(first, 0x88, 0x97),
};

const within = (byte: number, low: number, high: number): boolean => byte >= low && byte <= high;

/** Whether the characters of two bytes are mostly those that are used every day. */
function areCommon(encoding: Encoding, cells: readonly Uint8Array[]): boolean {
  const common = COMMON[encoding];
  if (common === undefined) return true;
  let pairs = 0;
  let good = 0;
  for (const cell of cells)
    for (let i = 0; i + 1 < cell.length; i++) {
      const first = cell[i] as number;
      if (first < 0x80) continue;
      pairs++;
      if (common(first, cell[++i] as number)) good++;
    }
  return most(pairs, good);
}
