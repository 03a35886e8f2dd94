import { folded, SEXES } from "../../table/formats/answer-words.ts";
import { cellsIn, type Level } from "./look.ts";

/** Answers that are written in several ways and languages. */
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
  for (const answers of [SEXES, YES_NO]) {
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
