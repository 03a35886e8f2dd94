import { mapColumn } from "../map-column.ts";
import { plural, quoted, StepFault, type StepKind, type StepOf } from "../step-kind.ts";

type StripUnit = StepOf<"strip-unit">;

/** A unit in the cells is taken off and stays with the column. */
export const stripUnit: StepKind<StripUnit> = {
  title: ({ unit, spellings = [] }) =>
    `take off the unit ${quoted(unit)}${spellings.length === 0 ? "" : ` and ${plural(spellings.length, "other spelling")}`} and read as a number`,
  done: ({ column, unit, spellings = [] }) =>
    `${column}: unit ${quoted(unit)}${spellings.length === 0 ? "" : `, in ${plural(spellings.length + 1, "spelling")},`} taken off`,
  apply: (step, { rows }) => {
    const effect = mapColumn(rows, step.column, () => unitTaker(step));
    if (effect.cells === 0) throw new StepFault(`No cell has a number with the unit ${quoted(step.unit)}.`);
    const hints = new Map(rows.hints);
    hints.set(step.column, { ...hints.get(step.column), unit: step.unit });
    return { ...effect, rows: { ...effect.rows, hints } };
  },
};

const STARTS_AS_NUMBER = /^(?:[<>≤≥]=?\s*)?[-+]?[\d.,][\d.,'\u00a0\u202f ]*(?:[eE][-+]?\d+)?$/;

/** What is left of a text when the unit, before or behind a number, is off. */
function unitTaker({ unit, spellings = [] }: StripUnit): (text: string) => string | undefined {
  const units = [unit, ...spellings].map((one) => one.trim()).filter((one) => one !== "");
  if (units.length === 0) throw new StepFault("It names no unit.");
  units.sort((a, b) => b.length - a.length);
  return (text) => {
    for (const one of units) {
      const rest = text.endsWith(one)
        ? text.slice(0, text.length - one.length)
        : text.startsWith(one)
          ? text.slice(one.length)
          : undefined;
      const number = rest?.trim();
      if (number !== undefined && STARTS_AS_NUMBER.test(number)) return number;
    }
    return undefined;
  };
}
