/** Names of months in English, German, French, Spanish, Italian, Portuguese and Dutch, as files have them. */

/** Each way of writing all twelve; the first that has most of a column's names gives those that did not occur. */
const STYLES: readonly (readonly string[])[] = [
  "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
  "January February March April May June July August September October November December",
  "Jan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec",
  "Jan Feb Mär Apr Mai Jun Jul Aug Sep Okt Nov Dez",
  "Jan Feb Mrz Apr Mai Jun Jul Aug Sep Okt Nov Dez",
  "Jan Feb März Apr Mai Juni Juli Aug Sept Okt Nov Dez",
  "Jan Feb Mar Apr Mai Jun Jul Aug Sep Okt Nov Dez",
  "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
  "Jänner Februar März April Mai Juni Juli August September Oktober November Dezember",
  "Jän Feb Mär Apr Mai Jun Jul Aug Sep Okt Nov Dez",
  "janv févr mars avr mai juin juil août sept oct nov déc",
  "jan fév mar avr mai jun jul aoû sep oct nov déc",
  "janv fev mars avr mai juin juil aout sept oct nov dec",
  "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
  "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
  "ene feb mar abr may jun jul ago sep oct nov dic",
  "ene feb mar abr may jun jul ago sept oct nov dic",
  "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
  "gen feb mar apr mag giu lug ago set ott nov dic",
  "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
  "jan fev mar abr mai jun jul ago set out nov dez",
  "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
  "jan feb mrt apr mei jun jul aug sep okt nov dec",
  "januari februari maart april mei juni juli augustus september oktober november december",
].map((names) => names.split(" "));

const fold = (name: string): string =>
  name
    .toLowerCase()
    .replace(/\.$/, "")
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "");

const MONTH_OF: ReadonlyMap<string, number> = new Map([
  ...STYLES.flatMap((names) => names.map((name, i) => [fold(name), i + 1] as const)),
  ["maerz", 3],
  ["feber", 2],
  ["setiembre", 9],
  ["juill", 7],
]);

const remembered = new Map<string, number>();
const MOST_REMEMBERED = 5000;

/** 1 .. 12 for the name of a month in any of the languages, in any case, with or without a point; 0 for any other word. */
export function monthOf(word: string): number {
  let month = remembered.get(word);
  if (month === undefined) {
    month = MONTH_OF.get(fold(word)) ?? 0;
    if (remembered.size >= MOST_REMEMBERED) remembered.clear();
    remembered.set(word, month);
  }
  return month;
}

export const SHORT_MONTHS = STYLES[0] as readonly string[];
export const LONG_MONTHS = STYLES[1] as readonly string[];

type Case = "upper" | "lower" | "title";

const caseOf = (word: string): Case =>
  word === word.toUpperCase() ? "upper" : word === word.toLowerCase() ? "lower" : "title";

const inCase = (word: string, as: Case): string =>
  as === "upper"
    ? word.toUpperCase()
    : as === "lower"
      ? word.toLowerCase()
      : word.charAt(0).toUpperCase() + word.slice(1).toLowerCase();

const bare = (word: string): string => word.toLowerCase().replace(/\.$/, "");

/**
 * Twelve names in the way of `words` (each as often as it occurs): a month's most frequent text, and for months that do
 * not occur the name that the same language has, in the same case and with a point where others of its kind have one.
 */
export function namesLike(words: ReadonlyMap<string, number>): readonly string[] {
  const best = new Map<number, { readonly word: string; readonly cells: number }>();
  const cases = new Map<Case, number>();
  let points = 0;
  let shortened = 0;
  for (const [word, cells] of words) {
    const month = monthOf(word);
    if (month === 0) continue;
    if (cells > (best.get(month)?.cells ?? 0)) best.set(month, { word, cells });
    cases.set(caseOf(word), (cases.get(caseOf(word)) ?? 0) + cells);
    if (!isWhole(word)) {
      shortened += cells;
      if (word.endsWith(".")) points += cells;
    }
  }
  const seen = [...best.values()].map(({ word }) => bare(word));
  const style = STYLES.reduce((one, other) => (matches(other, seen) > matches(one, seen) ? other : one));
  const [as] = [...cases].reduce((one, other) => (other[1] > one[1] ? other : one), ["title", 0] as const);
  return style.map((name, i) => {
    const own = best.get(i + 1)?.word;
    if (own !== undefined) return own;
    const pointed = points > shortened / 2 && !isWhole(name);
    return inCase(name, as) + (pointed ? "." : "");
  });
}

const matches = (style: readonly string[], seen: readonly string[]): number => {
  const names = new Set(style.map((name) => name.toLowerCase()));
  return seen.filter((word) => names.has(word)).length;
};

const WHOLE: ReadonlySet<string> = new Set(
  STYLES.filter((names) => (names[10] as string).length > 3)
    .flat()
    .map((name) => name.toLowerCase()),
);
/** A month's whole name, which takes no point: "mai", "juin". */
const isWhole = (word: string): boolean => WHOLE.has(bare(word)) || bare(word) === "may";

/** The token that writes `names` without a list of them; undefined where they are none of English. */
export function tokenOfNames(names: readonly string[]): "MMM" | "MON" | "mon" | "MMMM" | undefined {
  const same = (make: (i: number) => string): boolean => names.every((name, i) => name === make(i));
  if (same((i) => SHORT_MONTHS[i] as string)) return "MMM";
  if (same((i) => (SHORT_MONTHS[i] as string).toUpperCase())) return "MON";
  if (same((i) => (SHORT_MONTHS[i] as string).toLowerCase())) return "mon";
  return same((i) => LONG_MONTHS[i] as string) ? "MMMM" : undefined;
}
