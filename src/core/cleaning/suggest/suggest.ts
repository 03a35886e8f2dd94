import type { Suggestion } from "../../table/cleaning-step.ts";
import { isPrivate } from "../../table/formats/cells.ts";
import type { ColumnProfile } from "../../table/profile.ts";
import { asFault } from "../../fault.ts";
import type { Table } from "../../table/table.ts";
import { textsOf } from "../cells.ts";
import { quoted, type Given } from "../step-kind.ts";
import { applyStep } from "../steps.ts";
import { alikeLevels } from "./alike-levels.ts";
import { lookAt, type Look } from "./look.ts";
import { marksAtNumbers, muddledNumbers } from "./numbers-beside-text.ts";
import { twoNumbers } from "./two-numbers.ts";
import { unitsSpelled } from "./units-spelled.ts";
import { wordsForMissing } from "./words-for-missing.ts";

/** What is looked for, column by column; what takes a whole column apart comes first. */
const LOOKED_FOR: readonly ((look: Look) => Suggestion[])[] = [
  pairs,
  unitsSpelled,
  marksAtNumbers,
  muddledNumbers,
  wordsForMissing,
  alikeLevels,
];

/**
 * Steps that the cells ask for, none of them done: most cells first, each step once. Columns that may name a person are
 * not looked at. `profiles`: of the same table; a step that a flag offers is suggested too.
 */
export function suggestSteps(
  given: Given,
  { schema }: Table,
  profiles: readonly ColumnProfile[] = [],
): Suggestion[] {
  const { rows, reading } = given;
  const found = schema.columns.flatMap((column) => {
    const at = rows.names.indexOf(column.name);
    const cells = rows.cells[at];
    if (cells === undefined || isPrivate(column)) return [];
    const look = lookAt(column, rows.names, textsOf(cells), reading);
    return look.present === 0 ? [] : LOOKED_FOR.flatMap((search) => search(look));
  });
  return [...found, ...offered(given, profiles)].sort(
    (a, b) => Number(b.lossless) - Number(a.lossless) || b.cells - a.cells,
  );
}

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
