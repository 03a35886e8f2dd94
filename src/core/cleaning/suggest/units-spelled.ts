import type { Suggestion } from "../../table/cleaning-step.ts";
import { plural, quoted } from "../step-kind.ts";
import { isNumeric } from "../steps/strip-marks.ts";
import { cellsIn, isNumber, type Level, type Look } from "./look.ts";

/** A number or limit and what stands behind it, which begins with no digit: "92 bpm", "< 5 mg/dl", "97%". */
const WITH_UNIT = /^((?:[<>≤≥]=?\s*)?[-+]?\d[\d.,' ]*?)\s*([^\d\s.,][^\d]{0,14}(?:\d{0,3}[^\d]{0,8})?)$/;

/** Most characters of a number with its unit. */
const LONGEST = 60;

/** Least share of the cells that are numbers, with or without the unit. */
const LEAST_NUMBERS = 0.9;
/** Words behind a number that make it another answer. */
const NO_UNIT = /^(?:[a-z]?[-–]|\/|:|x$|or|and|to|bis|und|oder|H$|L$|HH$|LL$|[*†#!↑↓])/i;

/** The unit in the cells of a column of numbers, where reading has not taken it off: written in several ways, or not everywhere. */
export function unitsSpelled({ name, schema, levels, present }: Look): Suggestion[] {
  if (isNumber(schema)) return [];
  const spellings = new Map<string, Level[]>();
  const bare: Level[] = [];
  for (const level of levels) {
    if (isNumeric(level.text)) {
      bare.push(level);
      continue;
    }
    const [, number = "", unit = ""] = level.text.length > LONGEST ? [] : (WITH_UNIT.exec(level.text) ?? []);
    if (unit === "" || NO_UNIT.test(unit) || !isNumeric(number.trim())) continue;
    const key = unit.trim();
    const alike = spellings.get(key);
    if (alike === undefined) spellings.set(key, [level]);
    else alike.push(level);
  }
  const units = [...spellings]
    .map(([unit, of]) => ({ unit, cells: cellsIn(of) }))
    .sort((a, b) => b.cells - a.cells);
  const [most] = units;
  if (most === undefined || most.cells < 2) return [];
  const with_ = units.reduce((sum, { cells }) => sum + cells, 0);
  if (with_ + cellsIn(bare) < LEAST_NUMBERS * present) return [];
  if (units.some(({ unit }) => unitKey(unit) !== unitKey(most.unit))) return [];
  const others = units.slice(1).map(({ unit }) => unit);
  const example = spellings.get(most.unit)?.[0]?.text ?? "";
  return [
    {
      column: name,
      step: {
        step: "strip-unit",
        column: name,
        unit: most.unit,
        ...(others.length > 0 && { spellings: others }),
      },
      seen: `${quoted(example)}: a unit in the cell${others.length === 0 ? "" : `, in ${plural(units.length, "spelling")}`}`,
      cells: with_,
      lossless: true,
    },
  ];
}

/** Two spellings of one unit have the same key; milli and mega, a small and a capital m before more, have not. */
const unitKey = (unit: string): string => {
  const plain = unit
    .normalize("NFKC")
    .replace(/\s+/g, "")
    .replace(/[µμ]/g, "u")
    .replace(/\bmc(?=g|l|mol)/gi, "u")
    .replace(/\.$/, "")
    .replace(/per/i, "/");
  const mega = /^M[a-z]/.test(plain) && !/^M[A-Z]/.test(plain) && !/^(?:Min|Mal|Mo)/.test(plain);
  return (mega ? "MEGA" : "") + plain.toLowerCase();
};
