import { folded, sexIn } from "../../table/formats/answer-words.ts";
import { readNumber } from "../../table/formats/number-format.ts";
import type { ColumnSchema } from "../../table/table.ts";

const YES = new Set("yes y true t 1 ja j oui o si sí s positive pos present + x vorhanden event".split(" "));
const NO = new Set(
  [
    "no",
    "n",
    "false",
    "f",
    "0",
    "nein",
    "non",
    "negative",
    "neg",
    "absent",
    "-",
    "not present",
    "notpresent",
  ].concat(["none", "nicht vorhanden", "censored", "no event"]),
);
const DEAD = new Set("dead died deceased expired exitus death verstorben tot gestorben".split(" "));
const ALIVE = new Set("alive survived living survivor lebend lebt überlebt ueberlebt".split(" "));
/** Columns in which yes and 1 mean death, and those in which they mean life. */
const DEATH_NAME = /death|died|dead|deceased|mortality|expire|exitus|verstorben|gestorben|(^|[^a-z])tod/i;
const LIFE_NAME = /surviv|alive|lebt|lebend|überleb|ueberleb/i;
/** ISO 5218. */
const SEX_CODES: ReadonlyMap<string, string> = new Map([
  ["1", "male"],
  ["2", "female"],
]);
const SEX_NAME = /(^|[^a-z])(sex|gender|geschlecht|sexe|sexo)([^a-z]|$)/i;

/** A number as either way of writing decimals has it: "1,5", "1.50", "120 mmHg". */
export function numberIn(text: string): number | undefined {
  const bare = text.trim().replace(/(?<=\d)\s*[^\d\s.,+-]+[^\d]*$/u, "");
  for (const decimalMark of [".", ","] as const) {
    const read = readNumber(bare, { decimalMark, thousandsMark: "" });
    if (read !== undefined) return read.value;
  }
  return undefined;
}

/** true for yes, false for no, undefined for what is neither. */
export function answerIn(text: string): boolean | undefined {
  const word = folded(text).replace(/\.0+$/, "");
  return YES.has(word) ? true : NO.has(word) ? false : undefined;
}

/** How levels of the second table are read as those of the open one. */
export interface LevelReading {
  /** of each level of the second table that has one */
  readonly to: ReadonlyMap<string, string>;
  /** why they cannot be, a sentence; it names levels that many share only, of the open table and of the second one */
  readonly refused?: (mine: ReadonlySet<string>, theirs: ReadonlySet<string>) => string;
}

/**
 * Levels that mean the same: as they are written, but for case, accents and spaces, as numbers, as codes of labels, as words
 * for a sex in five languages, as dead and alive, as yes and no. Codes 0 and 1 of a sex are refused, since nothing says which is which.
 */
export function sameLevels(
  open: readonly string[],
  second: readonly string[],
  { name, valueLabels = [] }: Pick<ColumnSchema, "name" | "valueLabels">,
  secondName = name,
): LevelReading {
  const plain = written(open, second, valueLabels);
  if (second.every((level) => plain.has(level))) return { to: plain };
  const codes = (levels: readonly string[]): boolean => levels.every((level) => /^[01](\.0+)?$/.test(level));
  const words = (levels: readonly string[]): boolean => levels.some((level) => sexIn(level) !== undefined);
  const other = (levels: readonly string[]): boolean =>
    words(levels) || (levels.some((level) => plainNumber(level) === 2) && levels.every(isCode));
  if (SEX_NAME.test(name) && ((codes(open) && other(second)) || (codes(second) && other(open))))
    return {
      to: new Map(),
      refused: () =>
        "Nothing says which sex 0 and 1 stand for; write them out in one of the two tables first.",
    };
  const moved = countedFrom(open, second);
  if (moved !== undefined) return { to: new Map(), refused: () => moved };
  const sex = (own: readonly string[]) => (own.some((level) => sexIn(level)) ? sexIn : sexCode(name));
  const ways = [
    plain,
    byMeaning(open, second, sex(open), sex(second)),
    byMeaning(open, second, life(name), life(secondName)),
    byMeaning(open, second, answer, answer),
  ];
  const to = ways.reduce((best, way) => (way.size > best.size ? way : best));
  return oneSided(open, second, to) ?? { to };
}

/** Of two levels only one found: whoever has the other would be lost, and every comparison with them. */
function oneSided(
  open: readonly string[],
  second: readonly string[],
  to: ReadonlyMap<string, string>,
): LevelReading | undefined {
  if (open.length < 2 || second.length < 2 || new Set(to.values()).size !== 1) return undefined;
  const [[level = ""] = []] = to;
  const refused = (mine: ReadonlySet<string>, theirs: ReadonlySet<string>): string => {
    const known = open.filter((one) => mine.has(one)).slice(0, 4);
    return `Of its levels only ${theirs.has(level) ? level : "one"} is one of ${known.length > 0 ? known.join(", ") : "the open table’s"}; merge or rename the others first.`;
  };
  return { to: new Map(), refused };
}

const isCode = (level: string): boolean => /^\d{1,2}(\.0+)?$/.test(level);
/** Codes beyond so many are a scale that goes on. */
const MOST_CODES = 10;

/** Codes 0 to 3 on one side and 1 to 4 on the other: the same categories, counted from another number. */
function countedFrom(open: readonly string[], second: readonly string[]): string | undefined {
  if (open.length !== second.length || open.length < 3 || open.length > MOST_CODES) return undefined;
  if (![...open, ...second].every(isCode)) return undefined;
  const [a, b] = [open, second].map((levels) => levels.map(Number).sort((x, y) => x - y)) as [
    number[],
    number[],
  ];
  const [first = 0, start = 0] = [a[0], b[0]];
  const runs = [a, b].every((own) => own.every((value, i) => value === (own[0] ?? 0) + i));
  return runs && first !== start
    ? `Its codes count from ${start}, those of the open table from ${first}; nothing says which are the same.`
    : undefined;
}

/** Whether these are codes of a sex, which no word explains. */
export const sexCodesAlone = (name: string, levels: readonly string[]): boolean =>
  SEX_NAME.test(name) && levels.length === 2 && levels.every(isCode);

type Meaning = (level: string) => string | undefined;

const answer: Meaning = (level) => {
  const said = answerIn(level);
  return said === undefined ? undefined : String(said);
};
/** Alive or dead: in words, or as yes and no under a name that says which of the two yes is. */
export const life =
  (name: string): Meaning =>
  (level) => {
    const word = folded(level);
    if (DEAD.has(word) || ALIVE.has(word)) return DEAD.has(word) ? "dead" : "alive";
    const said = answerIn(level);
    const dead = DEATH_NAME.test(name);
    if (said === undefined || dead === LIFE_NAME.test(name)) return undefined;
    return said === dead ? "dead" : "alive";
  };
const sexCode =
  (name: string): Meaning =>
  (level) =>
    SEX_NAME.test(name) ? SEX_CODES.get(level.replace(/\.0+$/, "")) : undefined;

/** Levels of the second table by what they mean, where every level of the open one means something of its own. */
function byMeaning(
  open: readonly string[],
  second: readonly string[],
  mine: Meaning,
  theirs: Meaning,
): Map<string, string> {
  const back = new Map(open.flatMap((level) => (mine(level) === undefined ? [] : [[mine(level), level]])));
  if (open.length < 2 || back.size < open.length) return new Map();
  return new Map(
    second.flatMap((level) => {
      const found = back.get(theirs(level));
      return theirs(level) === undefined || found === undefined ? [] : [[level, found] as const];
    }),
  );
}

/** Levels that write the same. */
function written(
  open: readonly string[],
  second: readonly string[],
  labels: readonly { readonly code: string; readonly label: string }[],
): Map<string, string> {
  const known = new Set(open);
  const byWord = unique(open.map((level) => [folded(level), level]));
  const byNumber = unique(
    open.flatMap((level) => {
      const value = plainNumber(level);
      return value === undefined ? [] : [[String(value), level] as const];
    }),
  );
  const byCode = new Map(labels.map(({ code, label }) => [code, label]));
  const to = new Map<string, string>();
  for (const level of second) {
    const number = plainNumber(level);
    const found = known.has(level)
      ? level
      : (byWord.get(folded(level)) ??
        byCode.get(level) ??
        (number === undefined ? undefined : byNumber.get(String(number))));
    if (found !== undefined) to.set(level, found);
  }
  return to;
}

/** Whole texts only: "120 mmHg" is a level of its own. */
const plainNumber = (text: string): number | undefined =>
  /^[+-]?[\d.,]+$/.test(text.trim()) ? numberIn(text) : undefined;

/** Entries whose key occurs once. */
function unique(entries: readonly (readonly [string, string])[]): Map<string, string> {
  const counts = new Map<string, number>();
  for (const [key] of entries) counts.set(key, (counts.get(key) ?? 0) + 1);
  return new Map(entries.filter(([key]) => counts.get(key) === 1));
}
