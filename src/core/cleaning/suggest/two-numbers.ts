import { wordsOf } from "../../table/column-names.ts";
import { missingLevels } from "../../table/formats/missing-tokens.ts";
import type { TextCells } from "../../table/read/column-cells.ts";
import type { CellReading } from "../../table/read/rows.ts";
import type { StepOf } from "../step-kind.ts";

/** Two numbers with a stroke between them, and perhaps a unit: "135/78", "135 / 78 mmHg". */
const PAIR = /^(\d{1,4}(?:[.,]\d+)?)\s*\/\s*(\d{1,4}(?:[.,]\d+)?)(?:\s*\D{1,8})?$/;

/** What two numbers in one cell look like over a column. */
export interface TwoNumbers {
  readonly step: StepOf<"split">;
  readonly cells: number;
  readonly example: string;
  /** by their sizes systolic over diastolic blood pressure */
  readonly pressure: boolean;
}

/** Fewest cells, and their least share of those that are there. */
const LEAST_CELLS = 5;
const LEAST_SHARE = 0.95;

/** A column whose cells hold two numbers each; undefined where they do not, or where one of the two is always the same. */
export function twoNumbers(
  name: string,
  names: readonly string[],
  cells: TextCells,
  { tokens }: CellReading,
): TwoNumbers | undefined {
  const missing = missingLevels(cells.levels, tokens);
  const pairs: { first: number; second: number; cells: number }[] = [];
  let [present, fitting, above] = [0, 0, 0];
  let example = "";
  cells.levels.forEach((text, level) => {
    const count = cells.counts[level] as number;
    if (missing[level] === true || count === 0) return;
    present += count;
    const found = PAIR.exec(text);
    if (found === null) return;
    const [first, second] = [found[1], found[2]].map((part) => Number(part?.replace(",", "."))) as [
      number,
      number,
    ];
    fitting += count;
    if (first > second) above += count;
    if (example === "") example = text;
    pairs.push({ first, second, cells: count });
  });
  if (fitting < LEAST_CELLS || fitting < LEAST_SHARE * present) return undefined;
  const varies = (part: "first" | "second"): boolean => new Set(pairs.map((pair) => pair[part])).size > 2;
  if (!varies("first") || !varies("second")) return undefined;
  const pressure =
    above >= LEAST_SHARE * fitting &&
    between(median(pairs.map(({ first }) => first)), 70, 240) &&
    between(median(pairs.map(({ second }) => second)), 35, 140);
  if (!pressure && looksDated(pairs)) return undefined;
  const into = partNames(name, names, pressure);
  return {
    step: {
      step: "split",
      column: name,
      at: "/",
      into,
      ...(fitting < present && { others: "first" as const }),
    },
    cells: fitting,
    example,
    pressure,
  };
}

const between = (value: number, low: number, high: number): boolean => value >= low && value <= high;

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? NaN;
}

/** A month and a year, "03/2019" or "03/19", is no pair of numbers. */
const looksDated = (pairs: readonly { first: number; second: number }[]): boolean =>
  pairs.every(({ first, second }) => between(first, 1, 12) && (between(second, 1900, 2100) || second < 100));

const PRESSURE_NAMES = new Set("bp rr nibp abp ibp blutdruck bloodpressure ta tension".split(" "));

function partNames(name: string, names: readonly string[], pressure: boolean): [string, string] {
  const words = wordsOf(name);
  const plain = pressure && (PRESSURE_NAMES.has(words.join("")) || words.join(" ") === "blood pressure");
  const tries: [string, string][] = [
    ...(plain ? [["sbp", "dbp"] as [string, string]] : []),
    ...(pressure ? [[`${name}_systolic`, `${name}_diastolic`] as [string, string]] : []),
    [`${name}_1`, `${name}_2`],
  ];
  const free = (one: string): boolean => one === name || !names.includes(one);
  return tries.find((pair) => pair.every(free)) ?? [`${name}_first`, `${name}_second`];
}
