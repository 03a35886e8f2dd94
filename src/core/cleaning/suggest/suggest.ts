import type { Suggestion } from "../../table/cleaning-step.ts";
import { isPrivate } from "../../table/formats/cells.ts";
import type { ColumnProfile } from "../../table/profile.ts";
import { asFault } from "../../fault.ts";
import type { Table } from "../../table/table.ts";
import { textsOf } from "../cells.ts";
import { plural, quoted, type Given } from "../step-kind.ts";
import { applyStep } from "../steps.ts";
import { alikeLevels } from "./alike-levels.ts";
import { isCleanNumber, isNumber, lookAt, type Look } from "./look.ts";
import { marksAtNumbers, muddledNumbers } from "./numbers-beside-text.ts";
import { twoNumbers } from "./two-numbers.ts";
import { unitsSpelled } from "./units-spelled.ts";
import { codeCells, codesAmongTexts, codesForMissing, wordsForMissing } from "./words-for-missing.ts";

/** What is looked for, column by column. */
const LOOKED_FOR: readonly ((look: Look) => Suggestion[])[] = [
  unitsSpelled,
  marksAtNumbers,
  muddledNumbers,
  wordsForMissing,
  codesAmongTexts,
  alikeLevels,
];

/**
 * Steps that the cells ask for, none of them done: most cells first, each step once. Columns that may name a person are
 * not looked at. `profiles`: of the same table; a step that a flag offers is suggested too.
 */
export function suggestSteps(
  given: Given,
  { schema, columns }: Table,
  profiles: readonly ColumnProfile[] = [],
): Suggestion[] {
  const { rows, reading } = given;
  const found = schema.columns.flatMap((column, i) => {
    const cells = rows.cells[rows.names.indexOf(column.name)];
    const read = columns[i];
    if (cells === undefined || isPrivate(column)) return [];
    const codes = isNumber(column) && read?.type === "numeric" ? codesForMissing(read.values) : [];
    if (isCleanNumber(column) && codes.length === 0) return [];
    const look = lookAt(column, rows.names, textsOf(cells), reading);
    const coded = codes.length === 0 ? [] : codeCells(look, codes);
    return look.present === 0 ? [] : [...suggestionsOn(look), ...coded];
  });
  const also = offered(given, profiles).filter(
    ({ column, cells }) => !found.some((one) => one.column === column && readsAsMissing(one, cells)),
  );
  return [...found, ...also].sort((a, b) => Number(b.lossless) - Number(a.lossless) || b.cells - a.cells);
}

/** A column that is to be split is looked at again once it is. */
function suggestionsOn(look: Look): Suggestion[] {
  if (isCleanNumber(look.schema)) return [];
  const split = pairs(look);
  return split.length > 0 ? split : LOOKED_FOR.flatMap((search) => search(look));
}

/** A suggestion as one line: "crp: “5.2 mg/L”: a unit in the cell (412 cells, nothing is lost)". */
export const plainSuggestion = ({ column, seen, cells, lossless }: Suggestion): string =>
  `${column}: ${seen} (${plural(cells, "cell")}${lossless ? ", nothing is lost" : ""})`;

function pairs({ name, names, cells, reading }: Look): Suggestion[] {
  const pair = twoNumbers(name, names, cells, reading);
  if (pair === undefined) return [];
  return [
    {
      column: name,
      step: pair.step,
      seen: `${quoted(pair.example)}: two numbers in one cell`,
      cells: pair.cells,
      lossless: true,
    },
  ];
}

/** Whether a step makes as many cells missing: 9999 as a code, which is out of range too. */
const readsAsMissing = ({ step, cells }: Suggestion, least: number): boolean =>
  step.step === "merge" && step.to === null && cells >= least;

/** Steps that flags of columns offer, such as numbers out of range. */
function offered(given: Given, profiles: readonly ColumnProfile[]): Suggestion[] {
  return profiles.flatMap(({ flags }) =>
    flags.flatMap(({ column, text, offer }): Suggestion[] => {
      if (offer?.change.type !== "clean") return [];
      const { step } = offer.change;
      try {
        const { cells } = applyStep(step, given, 1);
        return cells === 0 ? [] : [{ column, step, seen: text, cells, lossless: false }];
      } catch (error) {
        if (asFault(error).code === "step-impossible") return [];
        throw error;
      }
    }),
  );
}
