import type { Column, Table } from "../../table/table.ts";
import { datedRules } from "./dated-rules.ts";
import { MOST_REAL_BREAKS, knownColumns, rangeText } from "../ranges/known-quantities.ts";
import type { KnownColumn } from "../ranges/known-quantities.ts";
import { namedRules } from "./named-rules.ts";
import { numberIn } from "./rule.ts";
import type { PlausibilityRule } from "./rule.ts";
import { sexRules } from "./sex-rules.ts";

const MOST_RULES = 200;
/** Real rows that a rule must apply to. */
const LEAST_ROWS = 20;

export interface PlausibilityRules {
  readonly rules: readonly PlausibilityRule[];
  /** what was not judged and why, one sentence each */
  readonly notes: readonly string[];
}

/**
 * What cannot be in a row, by the names of its columns: values beyond what a quantity can be, a diastolic pressure that is
 * not below the systolic, a discharge before the admission, a pregnant man. A rule that more than 5% of the real rows
 * break is not one of theirs and is left out with a note.
 * @param real the real tables, same columns in each
 */
export function plausibilityRules(real: readonly Table[]): PlausibilityRules {
  const [train] = real;
  if (train === undefined) return { rules: [], notes: [] };
  const known = knownColumns(real);
  const pairs = [
    ...pressureRules(known.columns),
    ...lipidRules(known.columns),
    ...massRules(known.columns),
    ...namedRules(train, known.columns),
    ...datedRules(train),
    ...sexRules(train),
  ];
  const believed: PlausibilityRule[] = known.columns.map(rangeRule);
  const notes = [...known.notes];
  for (const rule of pairs) {
    const { broken, rows } = breaksIn(rule, real);
    if (rows < LEAST_ROWS) continue;
    if (broken > MOST_REAL_BREAKS * rows) {
      notes.push(
        `“${rule.text}” is not asked: more than ${100 * MOST_REAL_BREAKS}% of the real rows break it.`,
      );
    } else believed.push(rule);
  }
  return { rules: believed.slice(0, MOST_RULES), notes };
}

/** How many rows of the tables a rule applies to, how many break it, and of how many different patients these are. */
export function breaksIn(
  rule: PlausibilityRule,
  tables: readonly Table[],
): { broken: number; rows: number; patients: number } {
  let broken = 0;
  let rows = 0;
  let patients = 0;
  for (const table of tables) {
    const breaks = rule.breaks(cellsOf(rule, table));
    const seen = new Set<number>();
    for (let row = 0; row < table.rows; row++) {
      const answer = breaks(row);
      if (answer === undefined) continue;
      rows++;
      if (!answer) continue;
      broken++;
      seen.add(table.patients?.[row] ?? row);
    }
    patients += seen.size;
  }
  return { broken, rows, patients };
}

/** The columns a rule asks for, in its order. */
export function cellsOf({ columns }: PlausibilityRule, table: Table): Column[] {
  const names = table.schema.columns.map(({ name }) => name);
  return columns.map((name) => table.columns[names.indexOf(name)] as Column);
}

function rangeRule({ name, quantity, unit }: KnownColumn): PlausibilityRule {
  const [low, high] = unit.plausible;
  const of = quantity.name.toLowerCase() === name.toLowerCase() ? "" : ` (${quantity.name})`;
  return {
    text: `${name}${of} is ${rangeText(unit.plausible)}${unit.unit === "pH" ? "" : ` ${unit.unit}`}`,
    columns: [name],
    breaks: ([column]) => {
      const value = numberIn(column);
      return (row) => {
        const x = value(row);
        return Number.isNaN(x) ? undefined : x < low || x > high;
      };
    },
  };
}

/** Known columns of the quantities named, measured together: all combinations that share the rest of their names. */
function together(known: readonly KnownColumn[], ...names: string[]): KnownColumn[][] {
  const [first, ...others] = names.map((name) => known.filter(({ quantity }) => quantity.name === name));
  return (first ?? []).flatMap((one) => {
    const rest = others.map((list) => list.find(({ beside }) => beside === one.beside));
    return rest.every((other) => other !== undefined) ? [[one, ...rest]] : [];
  });
}

/** A rule over numbers that applies where all of them are there. */
function numbersRule(
  text: string,
  columns: readonly KnownColumn[],
  breaks: (values: readonly number[]) => boolean,
): PlausibilityRule {
  return {
    text,
    columns: columns.map(({ name }) => name),
    breaks: (cells) => {
      const read = cells.map(numberIn);
      return (row) => {
        const values = read.map((of) => of(row));
        return values.some(Number.isNaN) ? undefined : breaks(values);
      };
    },
  };
}

function pressureRules(known: readonly KnownColumn[]): PlausibilityRule[] {
  const pairs = together(known, "Diastolic pressure", "Systolic pressure").map((pair) =>
    numbersRule(
      `${pair[0]?.name} is below ${pair[1]?.name}`,
      pair,
      ([low, high]) => (low as number) >= (high as number),
    ),
  );
  const means = together(known, "Diastolic pressure", "Mean arterial pressure", "Systolic pressure").map(
    (three) =>
      numbersRule(
        `${three[1]?.name} lies between ${three[0]?.name} and ${three[2]?.name}`,
        three,
        ([low, mean, high]) => (mean as number) < (low as number) || (mean as number) > (high as number),
      ),
  );
  return [...pairs, ...means];
}

/** 2% for rounding, and because LDL is often computed from the other two. */
function lipidRules(known: readonly KnownColumn[]): PlausibilityRule[] {
  return together(known, "Cholesterol", "LDL cholesterol", "HDL cholesterol")
    .filter(([total, ...parts]) => parts.every(({ unit }) => unit.unit === total?.unit.unit))
    .map((three) =>
      numbersRule(
        `${three[1]?.name} and ${three[2]?.name} are together not above ${three[0]?.name}`,
        three,
        ([total, ldl, hdl]) => (ldl as number) + (hdl as number) > 1.02 * (total as number),
      ),
    );
}

const IN_KG: Readonly<Record<string, number>> = { kg: 1, lb: 0.453_592_37 };
const IN_M: Readonly<Record<string, number>> = { cm: 0.01, m: 1, in: 0.0254 };

function massRules(known: readonly KnownColumn[]): PlausibilityRule[] {
  return together(known, "Body mass index", "Weight", "Height").map((three) => {
    const kilograms = IN_KG[three[1]?.unit.unit ?? ""] ?? NaN;
    const metres = IN_M[three[2]?.unit.unit ?? ""] ?? NaN;
    return numbersRule(
      `${three[0]?.name} agrees with ${three[1]?.name} and ${three[2]?.name} to 10%`,
      three,
      ([bmi, weight, height]) => {
        const expected = (kilograms * (weight as number)) / (metres * (height as number)) ** 2;
        return Math.abs((bmi as number) - expected) > 0.1 * expected;
      },
    );
  });
}
