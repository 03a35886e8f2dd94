import { folded } from "../../table/formats/answer-words.ts";
import type { Merged, Suggestion } from "../../table/cleaning-step.ts";
import { plural, quoted } from "../step-kind.ts";
import { cellsIn, isNumber, type Level, type Look } from "./look.ts";
import { sameMeaning, sameSpelling, type SameAnswer } from "./same-answer.ts";
import { misspells } from "./words-alike.ts";

/** Most levels whose spellings are compared one with another. */
const MOST_COMPARED = 400;
const MOST_LEVELS = 5000;
/** How many times as often the right spelling occurs at least, and in how many cells. */
const RARER = 5;
const LEAST_CELLS = 3;

/** Levels that are one answer: by case and spaces, by language, by a slip of the hand. */
export function alikeLevels(look: Look): Suggestion[] {
  const { schema, levels } = look;
  if (isNumber(schema) || schema.kind === "datetime" || schema.kind === "constant") return [];
  if (levels.length < 2 || levels.length > MOST_LEVELS) return [];
  const spelled = sameSpelling(levels);
  const meant = sameMeaning(spelled, look.present);
  const groups = meant ?? spelled;
  const sure = merging(groups);
  const doubtful = meant === undefined ? merging(misspelled(groups)) : [];
  return [
    ...(sure.length > 0 ? [suggestion(look, sure, groups, true)] : []),
    ...(doubtful.length > 0 ? [suggestion(look, doubtful, groups, false)] : []),
  ];
}

/** The spelling that most cells have; of equal ones the one that begins like a word. */
const chosen = ({ levels }: SameAnswer): string =>
  levels.toSorted((a, b) => b.cells - a.cells || a.text.length - b.text.length)[0]?.text as string;

function merging(groups: readonly SameAnswer[]): (Merged & { cells: number })[] {
  return groups.flatMap((group) => {
    if (group.levels.length < 2) return [];
    const to = chosen(group);
    const from = group.levels.filter(({ text }) => text !== to);
    return [{ from: from.map(({ text }) => text), to, cells: cellsIn(from) }];
  });
}

/** Each rare group with the frequent one that it misspells; a spelling that could be of two is left alone. */
function misspelled(groups: readonly SameAnswer[]): SameAnswer[] {
  const known = groups
    .map((group) => ({ ...group, key: folded(chosen(group)), cells: cellsIn(group.levels) }))
    .sort((a, b) => b.cells - a.cells)
    .slice(0, MOST_COMPARED);
  const right = new Map<string, Level[]>();
  for (const rare of known) {
    const meant = known.filter(
      (other) =>
        other.cells >= LEAST_CELLS && other.cells >= RARER * rare.cells && misspells(rare.key, other.key),
    );
    const [only] = meant;
    if (meant.length !== 1 || only === undefined) continue;
    const to = chosen(only);
    const own = right.get(to) ?? [{ text: to, cells: only.cells }];
    right.set(to, [...own, ...rare.levels]);
  }
  return [...right.values()].map((levels) => ({ levels }));
}

function suggestion(
  { name }: Look,
  merged: readonly (Merged & { cells: number })[],
  groups: readonly SameAnswer[],
  sure: boolean,
): Suggestion {
  const [first, ...more] = merged.map(({ from, to }): Merged => ({ from, to })) as [Merged, ...Merged[]];
  const spellings = merged.reduce((sum, { from }) => sum + from.length + 1, 0);
  const shown = merged.flatMap(({ from }) => from).slice(0, 2);
  const examples = [...shown, ...(shown.length < 2 ? [first.to as string] : [])].map(quoted).join(", ");
  return {
    column: name,
    step: { step: "merge", column: name, ...first, ...(more.length > 0 && { more }) },
    seen: `${examples}: ${sure || groups.length === merged.length ? "" : "probably misspelt, "}${plural(spellings, "spelling")} of ${plural(merged.length, "level")}`,
    cells: merged.reduce((sum, { cells }) => sum + cells, 0),
    lossless: sure,
  };
}
