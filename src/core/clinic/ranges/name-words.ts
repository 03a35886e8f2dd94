/** A column's name as words: lower case, without accents, umlauts written out. */
export interface NameWord {
  readonly text: string;
  /** words of one piece between signs share it: "SpO2" is two words of one piece */
  readonly piece: number;
}

/** Longer names are sentences, not names. */
export const LONGEST = 160;
const CASES = "\u0001";

/** Spellings of one word in German and English, and its older and newer ones: "Leukozyten", "Leukocyten", "leucocytes". */
const ONE_SPELLING: Readonly<Record<string, string>> = {
  zyt: "cyt",
  haem: "hem",
  leuk: "leuc",
  lakt: "lact",
  kreat: "creat",
  glukos: "glucos",
  glyz: "glyc",
  kalz: "calc",
  bikarb: "bicarb",
};
const ANY_SPELLING = new RegExp(Object.keys(ONE_SPELLING).join("|"), "g");

/**
 * "SpO2_pct" -> sp, o2, pct; "µ" is u, "γ" gamma, a number behind three letters or more is apart ("sbp1"), "%" percent, "°" and
 * "ª" nothing. Words of other scripts stay as they are.
 */
export function nameWords(name: string): NameWord[] {
  if (name.length > LONGEST) return [];
  const plain = name
    .normalize("NFC")
    .replace(/[µμ]/g, "u")
    .replace(/γ/gi, "gamma ")
    .replace(/[°ªº]/g, " ")
    .replaceAll("%", " percent ")
    .replace(/[<>≤≥=]/g, " compared ")
    .replace(
      /(\p{Ll})(\p{Lu})|(?<=\p{Ll}{2}\p{N})(?=\p{Lu}\p{Ll})/gu,
      (_, low = "", up = "") => low + CASES + up,
    )
    .toLowerCase()
    .replaceAll("ä", "ae")
    .replaceAll("ö", "oe")
    .replaceAll("ü", "ue")
    .replaceAll("ß", "ss")
    .replaceAll("œ", "oe")
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(ANY_SPELLING, (found) => ONE_SPELLING[found] ?? found)
    .replace(/(?<![\p{L}\p{N}])(\p{L}{3,})(\d{1,2})(?![\p{L}\p{N}])/gu, "$1 $2");
  return plain
    .split(new RegExp(`[^\\p{L}\\p{N}${CASES}]+`, "u"))
    .filter(Boolean)
    .flatMap((piece, i) =>
      piece
        .split(CASES)
        .filter(Boolean)
        .map((text) => ({ text, piece: i })),
    );
}

/** A name with nothing between its words: "Kreatinin (S)" -> "kreatinins". */
export const joined = (words: readonly NameWord[]): string => words.map(({ text }) => text).join("");

/** Starts and ends of every run of words, longest first. */
export function* runs(words: readonly unknown[]): Generator<readonly [number, number]> {
  for (let length = words.length; length > 0; length--) {
    for (let start = 0; start + length <= words.length; start++) yield [start, start + length];
  }
}
