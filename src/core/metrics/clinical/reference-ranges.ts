import { knownColumns, rangeText } from "../../clinic/ranges/known-quantities.ts";
import type { KnownColumn } from "../../clinic/ranges/known-quantities.ts";
import { breathe } from "../../math/breathe.ts";
import { wilson } from "../../math/intervals.ts";
import type { Table } from "../../table/table.ts";
import { withSamples } from "../measuring/equal-sizes.ts";
import { besideEstimate, overSides } from "../measuring/estimate.ts";
import { BLOCKS, blocksOf, jackknifed } from "../measuring/blocks.ts";
import { atMost, drawnNote } from "../measuring/bounds.ts";
import type { Detail, Metric } from "../metric.ts";
import { isFew, patientsIn } from "../measuring/patients.ts";
import { percentage, skipped } from "../measuring/verdict.ts";

const MOST_ROWS = 50_000;
const [HOLDOUT, SYNTHETIC] = [1, 2] as const;
const SIDES = ["Below", "Within", "Above"] as const;

/** Mean over clinical columns of how well the shares below, within and above the reference range agree. */
export const referenceRanges: Metric = {
  id: "reference-ranges",
  name: "Reference ranges",
  family: "clinical",
  better: "higher",
  ideal: 1,
  margin: 0.03,
  range: [0, 1],
  summary:
    "Whether as many synthetic as real values lie below, within and above the adult reference range of each quantity.",
  reference: "Total variation of three shares; ranges from ABIM 2025, ESC, ESH, ADA, KDIGO and NCEP ATP III",
  scored: false,
  limits:
    "Adult ranges of both sexes, for quantities whose names it recognises; good for comparing two tables, not for judging a patient.",

  async compute({ train, holdout, synthetic }, rng, pulse = breathe, valueOnly = false) {
    if (holdout.rows === 0) return skipped("No rows were held out to compare with.");
    const given = [train, holdout, synthetic];
    const [a, b, c] = given.map((table, i) => atMost(table, MOST_ROWS, rng.fork(`rows ${i}`))) as [
      Table,
      Table,
      Table,
    ];
    await pulse();
    const known = knownColumns([a, b]);
    const columns = known.columns.filter(({ unit }) => unit.reference !== undefined);
    if (columns.length === 0) {
      return skipped(known.notes[0] ?? "No column has a name the lab knows a reference range for.");
    }
    const samples = withSamples([a, b, c], rng);
    const blocks = samples.tables.map(({ rows, patients }, i) =>
      blocksOf(rows, rng.fork(`blocks ${i}`), patients),
    );
    const counted: Counted[] = [];
    for (const column of columns) {
      counted.push({
        column,
        patients: patientsOnSides(a, column),
        tallies: samples.tables.map((table, i) => tally(table, column, blocks[i] as Uint8Array)),
      });
      await pulse();
    }
    const filled = counted.filter(({ tallies: [real] }) => total(real as Tally) > 0);
    const own = overSides(samples.made, (side) => summed(filled, side, valueOnly));
    const held = overSides(samples.held, (side) => summed(filled, side, valueOnly));
    await pulse();
    const worst = filled.toSorted((x, y) => distance(y, SYNTHETIC) - distance(x, SYNTHETIC));
    return {
      ...besideEstimate("higher", own, held, [0, 1], (value) => 100 * value),
      sentence: sentenceOf(own.value, held.value, worst),
      detail: { type: "groups", unit: "share of values", groups: worst.map(rowOf) },
      ...noteOf(known.notes, drawnNote("Reference ranges are compared on", given, MOST_ROWS).note),
    };
  },
};

/** Values below, within and above: three counts for each block of rows, then three in all. */
type Tally = Float64Array;

interface Counted {
  readonly column: KnownColumn;
  /** different patients of train on each side */
  readonly patients: readonly number[];
  /** of train, holdout, synthetic and their samples */
  readonly tallies: readonly Tally[];
}

/** For each row 0 below, 1 within, 2 above, -1 without a value. */
function sidesOf(table: Table, { name, unit }: KnownColumn): Int32Array {
  const column = table.columns[table.schema.columns.findIndex((one) => one.name === name)];
  const [low, high] = unit.reference as readonly [number, number];
  if (column?.type !== "numeric") return new Int32Array(table.rows).fill(-1);
  return Int32Array.from(column.values, (value) =>
    Number.isNaN(value) ? -1 : value < low ? 0 : value > high ? 2 : 1,
  );
}

const patientsOnSides = (table: Table, column: KnownColumn): number[] => [
  ...patientsIn(sidesOf(table, column), SIDES.length, table.patients),
];

function tally(table: Table, column: KnownColumn, blocks: Uint8Array): Tally {
  const counts = new Float64Array(3 * (BLOCKS + 1));
  sidesOf(table, column).forEach((side, row) => {
    if (side < 0) return;
    const own = 3 * (blocks[row] as number) + side;
    counts[own] = (counts[own] as number) + 1;
    counts[3 * BLOCKS + side] = (counts[3 * BLOCKS + side] as number) + 1;
  });
  return counts;
}

/** The three counts in all, without those of `block`. */
const without = (counts: Tally, block: number): [number, number, number] =>
  [0, 1, 2].map(
    (side) => (counts[3 * BLOCKS + side] as number) - (block < 0 ? 0 : (counts[3 * block + side] as number)),
  ) as [number, number, number];
const sum = ([x, y, z]: readonly [number, number, number]): number => x + y + z;
const total = (counts: Tally): number => sum(without(counts, -1));

/** Total variation to train; 1 where the table has no value at all. */
function distance(counted: Counted, side: number, block = -1): number {
  const real = without(counted.tallies[0] as Tally, -1);
  const other = without(counted.tallies[side] as Tally, block);
  const [n, m] = [sum(real), sum(other)];
  if (m === 0) return 1;
  return real.reduce((gap, x, i) => gap + Math.abs(x / n - (other[i] as number) / m), 0) / 2;
}

function summed(counted: readonly Counted[], side: number, valueOnly: boolean) {
  const of = (block: number): number =>
    1 - counted.reduce((all, one) => all + distance(one, side, block), 0) / counted.length;
  return valueOnly ? { value: of(-1), error: 0 } : jackknifed(of);
}

function sentenceOf(own: number, held: number, [worst]: readonly Counted[]): string {
  const shares =
    `Values lie below, within and above their reference ranges as the training rows' do to ${percentage(own)}; ` +
    `those of held-out real rows to ${percentage(held)}.`;
  if (worst === undefined || distance(worst, SYNTHETIC) < 0.02) return shares;
  const [real, other] = [0, SYNTHETIC]
    .map((of) => worst.tallies[of] as Tally)
    .map((counts) => (total(counts) > 0 ? percentage(without(counts, -1)[1] / total(counts)) : undefined));
  return other === undefined
    ? `${shares} Furthest off: ${worst.column.name}, of which no synthetic row has a value.`
    : `${shares} Furthest off: ${worst.column.name}, within in ${other} of synthetic and ${real ?? "none"} of training values.`;
}

/** Sides that 1 to 4 patients are on join the values within. */
function rowOf(counted: Counted): Extract<Detail, { type: "groups" }>["groups"][number] {
  const real = without(counted.tallies[0] as Tally, -1);
  const synthetic = without(counted.tallies[SYNTHETIC] as Tally, -1);
  const [n, m] = [sum(real), sum(synthetic)];
  const { column } = counted;
  const [low, high] = column.unit.reference as readonly [number, number];
  const small = counted.patients.map(isFew);
  const open = [low === -Infinity, false, high === Infinity];
  const joined = small.some(Boolean);
  const shown = joined
    ? pooled(small)
    : SIDES.map((name, i) => ({ name, sides: [i] })).filter(({ sides }) => !open[sides[0] as number]);
  const off = distance(counted, SYNTHETIC) - distance(counted, HOLDOUT);
  const name = `${column.name}: ${column.quantity.name} ${rangeText([low, high])} ${column.unit.unit}`;
  if (shown.length === 1) return { name, reason: "Fewer than 5 patients are within, or beyond it." };
  return {
    name,
    figures: shown.map(({ name, sides }) => {
      const [x, y] = [real, synthetic].map((counts) =>
        sides.reduce((all, i) => all + (counts[i] as number), 0),
      );
      return {
        name,
        unit: "share" as const,
        real: { value: (x as number) / n, interval: wilson(x as number, n) },
        synthetic: { value: m > 0 ? (y as number) / m : 0, interval: wilson(y as number, m) },
      };
    }),
    verdict: off <= 0.03 ? "good" : off <= 0.1 ? "worse" : "much-worse",
  };
}

function pooled(small: readonly boolean[]): { name: string; sides: number[] }[] {
  const joining = [0, 1, 2].filter((side) => side === 1 || small[side] || small[1]);
  const apart = [0, 2].filter((side) => !joining.includes(side));
  const name =
    joining.length === 3
      ? "Below, within or above"
      : joining.includes(0)
        ? "Below or within"
        : "Within or above";
  return [...apart.map((side) => ({ name: SIDES[side] as string, sides: [side] })), { name, sides: joining }];
}

function noteOf(notes: readonly string[], drawn: string | undefined): { note?: string } {
  const all = [...notes.slice(0, 3), ...(drawn === undefined ? [] : [drawn])];
  return all.length > 0 ? { note: all.join(" ") } : {};
}
