/** Which cell texts mean "missing". Tokens are compared trimmed and in lower case. */

/** Missing wherever they stand. */
const ALWAYS: ReadonlySet<string> = new Set([
  "",
  "na",
  "n/a",
  "#n/a",
  "#na",
  "<na>",
  "n.a.",
  "nan",
  "-nan",
  "null",
  "\\n",
  "?",
  ".",
  "-",
  "--",
  "—",
  "k.a.",
  "k. a.",
  "k.a",
  "keine angabe",
  "missing",
  "not available",
  "no data",
  "#null!",
  "#value!",
  "#div/0!",
  "#ref!",
  "#name?",
  "#num!",
  "#wert!",
  "#bezug!",
  "#zahl!",
  "#nv",
  "#valeur!",
  "#nom?",
  "#nombre!",
  "#¡valor!",
  "#valor!",
  "#¡ref!",
  "#valore!",
  "#rif!",
  "#n/d",
]);

/** Missing in a column of numbers or dates; a level of its own among texts, where "none" may be an answer. */
const AMONG_NUMBERS: ReadonlySet<string> = new Set([
  "none",
  "unknown",
  "unk",
  "unbekannt",
  "nil",
  "nd",
  "n.d.",
  "0000-00-00",
  "0000-00-00 00:00:00",
  "00.00.0000",
  "00/00/0000",
]);

/** Missing for a reason, as Stata and SAS write it. */
const REASONED = /^\.[a-z_]$/;
/** Characters of the longest token. */
const LONGEST = 19;

/** What is missing wherever it stands, as long as a person gives no list of their own. */
export const standardTokens: readonly string[] = [...ALWAYS];

/** "+", "++", "(+)": a dipstick scale, where "-" is the negative answer. */
const GRADE = /^\(?\++\)?$/;

/** `given`: a person's own list, which replaces the one above; "" is missing in any case. */
export interface MissingTokens {
  readonly given: ReadonlySet<string> | undefined;
  /** Texts that are levels in this column, as they are written: “NA” among the names of electrolytes. */
  readonly levels?: ReadonlySet<string>;
}

export function missingTokens(given?: readonly string[]): MissingTokens {
  return { given: given && new Set(["", ...given.map((token) => token.trim().toLowerCase())]) };
}

/** Missing in a column of any kind. */
export function isMissing(text: string, { given, levels }: MissingTokens): boolean {
  if (given === undefined && levels?.has(text) === true) return false;
  if (text.length > LONGEST && given === undefined) return false;
  return (given ?? ALWAYS).has(text.toLowerCase());
}

/** Missing in a column of numbers or dates. */
export function isMissingNumber(text: string, tokens: MissingTokens): boolean {
  if (isMissing(text, tokens)) return true;
  if (tokens.levels?.has(text) === true) return false;
  if (tokens.given !== undefined || text.length > LONGEST) return false;
  const lower = text.toLowerCase();
  return AMONG_NUMBERS.has(lower) || REASONED.test(lower);
}

/** Which of a column's `levels` are missing when it is kept as texts. */
export function missingLevels(levels: readonly string[], tokens: MissingTokens): boolean[] {
  const graded = tokens.given === undefined && levels.some((level) => GRADE.test(level));
  return levels.map((level) => isMissing(level, tokens) && !(graded && level === "-"));
}
