import { cellsIn, type Level } from "./look.ts";

/** Answers that are written in several ways and languages; the first of each line says what it is. */
const SEX: readonly (readonly string[])[] = [
  "male m man men males mann männer männlich maennlich männl maennl mannl homme hommes h masculin masculino hombre varon varón masc mâle maschio uomo masch".split(
    " ",
  ),
  "female f woman women females frau frauen weiblich weibl w femme femmes féminin feminin feminine femenino femenina mujer fem femelle femmina donna".split(
    " ",
  ),
  "diverse d divers divers* x other o autre otro otros diverso anderes non-binary nonbinary".split(" "),
];
const YES_NO: readonly (readonly string[])[] = [
  "yes y ja j oui o sí si s true t wahr w vrai verdadero 1 x positive"
    .split(" ")
    .filter((word) => word !== "positive"),
  "no n nein non false f falsch faux falso 0".split(" "),
];
const UNKNOWN = new Set(
  "unknown unbekannt inconnu desconocido u unk ? keine_angabe not_known nicht_bekannt unclear unklar na n/a missing fehlt".split(
    " ",
  ),
);

/** Most characters of an answer; longer texts are compared as they stand. */
const LONGEST = 200;

/** A text as it is compared: no case, no accents of a typist, one space between words, no stop behind. */
export const folded = (text: string): string =>
  text.length > LONGEST
    ? text
    : text
        .normalize("NFKC")
        .toLowerCase()
        .replace(/[_\s\u00a0]+/g, " ")
        .replace(/\s*([-/])\s*/g, "$1")
        .replace(/^["'\s]+|["'.\s]+$/g, "")
        .trim();

/** Levels of one answer. */
export interface SameAnswer {
  readonly levels: readonly Level[];
}

/** Levels that differ only by case, spaces, underscores or a stop. */
export function sameSpelling(levels: readonly Level[]): SameAnswer[] {
  const groups = new Map<string, Level[]>();
  for (const level of levels) {
    const key = folded(level.text);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [level]);
    else group.push(level);
  }
  return [...groups.values()].map((group) => ({ levels: group }));
}

/** Share of the cells that must be known answers. */
const LEAST_KNOWN = 0.9;

/**
 * Groups of levels that are one answer in several languages, where nearly every cell of the column is an answer of one set
 * and both of its main answers occur; undefined where they do not.
 */
export function sameMeaning(groups: readonly SameAnswer[], present: number): SameAnswer[] | undefined {
  for (const answers of [SEX, YES_NO]) {
    const found = meaning(groups, answers, present);
    if (found !== undefined) return found;
  }
  return undefined;
}

function meaning(
  groups: readonly SameAnswer[],
  answers: readonly (readonly string[])[],
  present: number,
): SameAnswer[] | undefined {
  const byAnswer = answers.map((): Level[] => []);
  const rest: SameAnswer[] = [];
  let known = 0;
  for (const group of groups) {
    const word = folded((group.levels[0] as Level).text);
    const at = answers.findIndex((words) => words.includes(word));
    if (at >= 0) {
      byAnswer[at]?.push(...group.levels);
      known += cellsIn(group.levels);
    } else {
      if (UNKNOWN.has(word.replaceAll(" ", "_"))) known += cellsIn(group.levels);
      rest.push(group);
    }
  }
  const [first = [], second = []] = byAnswer;
  if (known < LEAST_KNOWN * present || first.length === 0 || second.length === 0) return undefined;
  return [...byAnswer.filter((levels) => levels.length > 0).map((levels) => ({ levels })), ...rest];
}
