import { breathe } from "../../math/breathe.ts";
import { Z90, Z95, wilson } from "../../math/intervals.ts";
import { quantileSorted, sortedPresent } from "../../math/statistics.ts";
import { alignColumns } from "../measuring/align.ts";
import type { Table } from "../../table/table.ts";
import type { AlignedColumn } from "../measuring/align.ts";
import { BLOCKS, blocksOf, jackknifed } from "../measuring/blocks.ts";
import { atMost, columnNames, drawnNote } from "../measuring/bounds.ts";
import type { Detail, Metric, Verdict } from "../metric.ts";
import { LEAST_PATIENTS, patientsPerRow, patientsWhere } from "../measuring/patients.ts";
import { agreement, logRatio } from "../measuring/ratio.ts";
import { around, besideReal, percentage, skipped } from "../measuring/verdict.ts";

const CELLS = 3e6;
const MOST_LISTED = 60;
const TAIL = 0.01;
const [HOLDOUT, SYNTHETIC] = [1, 2] as const;

/** How much of the rows below the real 1% and above the real 99% quantile there is, mean over both tails of all numbers. */
export const tails: Metric = {
  id: "tails",
  name: "Extreme values",
  family: "clinical",
  better: "higher",
  ideal: 1,
  margin: 0.1,
  range: [0, 1],
  summary:
    "Whether the most extreme hundredth of patients at either end of every number is there, neither lost nor multiplied.",
  reference: "Mass beyond the training rows' 1% and 99% quantiles; ratio beyond chance by Katz et al. 1978",
  scored: true,
  limits: "Below about 500 training rows there are too few extreme patients to tell.",
  claim: () => ({
    not: "draw conclusions about extreme values from it",
    because: "extreme values are lost or multiplied",
  }),

  async compute({ train, holdout, synthetic }, rng, pulse = breathe, valueOnly = false) {
    if (holdout.rows === 0) return skipped("No rows were held out to compare with.");
    const given = [train, holdout, synthetic];
    const most = Math.max(5000, Math.min(50_000, Math.floor(CELLS / train.columns.length)));
    const taken = given.map((table, i) => atMost(table, most, rng.fork(`rows ${i}`)));
    const worth = taken.map(patientsPerRow);
    const blocks = taken.map(({ rows, patients }, i) => blocksOf(rows, rng.fork(`blocks ${i}`), patients));
    const found: Tail[] = [];
    for (const column of alignColumns(taken, columnNames(train))) {
      await pulse();
      if (column.type === "numeric") {
        found.push(...tailsOf(column, blocks, taken, worth));
      }
    }
    if (found.length === 0)
      return skipped("No number has 5 patients or more in the last hundredth of either end.");
    await pulse();
    const own = meanKept(found, SYNTHETIC, valueOnly);
    const held = meanKept(found, HOLDOUT, valueOnly);
    await pulse();
    const ranked = found.toSorted((x, y) => kept(x, SYNTHETIC) - kept(y, SYNTHETIC));
    return {
      ...besideReal(
        "higher",
        own.value,
        around(own.value, Z95 * own.error, [0, 1]),
        { value: held.value, interval: around(held.value, Z90 * held.error, [0, 1]) },
        (value) => 100 * value,
      ),
      sentence: sentenceOf(own.value, ranked),
      detail: { type: "figures", rows: ranked.slice(0, MOST_LISTED).map(figureOf) },
      ...drawnNote("“Extreme values” are counted on", given, most),
    };
  },
};

interface Tail {
  readonly name: string;
  readonly end: "lowest" | "highest";
  /** for train, holdout, synthetic: values in the tail in each block, and in all; values in each block, and in all */
  readonly inside: readonly Float64Array[];
  readonly all: readonly Float64Array[];
  /** different patients of the holdout in the tail */
  readonly held: number;
  /** independent rows that a row counts for, in train, holdout and synthetic */
  readonly worth: readonly number[];
}

/** The ends at which 5 training patients or more lie strictly beyond the quantile. */
function tailsOf(
  column: Extract<AlignedColumn, { type: "numeric" }>,
  blocks: readonly Uint8Array[],
  tables: readonly Table[],
  worth: readonly number[],
): Tail[] {
  const sorted = sortedPresent(column.values[0] as Float64Array);
  if (sorted.length === 0) return [];
  const [low, high] = [quantileSorted(sorted, TAIL), quantileSorted(sorted, 1 - TAIL)];
  const all = column.values.map((values, t) => tally(values, blocks[t] as Uint8Array, () => true));
  const ends: readonly [Tail["end"], (value: number) => boolean][] = [
    ["lowest", (value) => value < low],
    ["highest", (value) => value > high],
  ];
  const patients = (table: number, beyond: (value: number) => boolean): number => {
    const values = column.values[table] as Float64Array;
    return patientsWhere(values.length, (row) => beyond(values[row] as number), tables[table]?.patients);
  };
  return ends
    .filter(([, beyond]) => patients(0, beyond) >= LEAST_PATIENTS)
    .map(([end, beyond]) => ({
      held: patients(HOLDOUT, beyond),
      worth,
      name: column.schema.name,
      end,
      inside: column.values.map((values, t) => tally(values, blocks[t] as Uint8Array, beyond)),
      all,
    }));
}

function tally(values: Float64Array, blocks: Uint8Array, holds: (value: number) => boolean): Float64Array {
  const counts = new Float64Array(BLOCKS + 1);
  for (let row = 0; row < values.length; row++) {
    const value = values[row] as number;
    if (Number.isNaN(value) || !holds(value)) continue;
    const block = blocks[row] as number;
    counts[block] = (counts[block] as number) + 1;
    counts[BLOCKS] = (counts[BLOCKS] as number) + 1;
  }
  return counts;
}

const left = (counts: Float64Array | undefined, block: number): number =>
  (counts?.[BLOCKS] as number) - (block < 0 ? 0 : (counts?.[block] as number));

function kept({ inside, all, worth }: Tail, side: 1 | 2, block = -1): number {
  const [real, other] = [worth[0] as number, worth[side] as number];
  return agreement(
    logRatio(
      other * left(inside[side], block),
      other * left(all[side], block),
      real * left(inside[0], -1),
      real * left(all[0], -1),
    ),
  );
}

function meanKept(found: readonly Tail[], side: 1 | 2, valueOnly: boolean): { value: number; error: number } {
  const of = (block: number): number =>
    found.reduce((sum, tail) => sum + kept(tail, side, block), 0) / found.length;
  return valueOnly ? { value: of(-1), error: 0 } : jackknifed(of);
}

const share = ({ inside, all }: Tail, side: 0 | 1 | 2): number =>
  left(all[side], -1) > 0 ? left(inside[side], -1) / left(all[side], -1) : 0;

function sentenceOf(value: number, ranked: readonly Tail[]): string {
  const off = ranked.filter((tail) => kept(tail, SYNTHETIC) < 0.8);
  const worst = ranked[0] as Tail;
  const ends = ranked.length === 1 ? "1 end of a number" : `${ranked.length} ends of numbers`;
  if (off.length === 0) return `Of ${ends} none holds too few or too many values beyond chance.`;
  const was = share(worst, SYNTHETIC) < share(worst, 0) ? "too rare" : "too frequent";
  return (
    `${off.length} of ${ends} ${off.length === 1 ? "is" : "are"} off beyond chance; furthest the ${worst.end} values of ` +
    `${worst.name}, ${was}: ${percentage(share(worst, SYNTHETIC), 2)} of synthetic and ` +
    `${percentage(share(worst, 0), 2)} of training values (mean agreement ${percentage(value)}).`
  );
}

/** Of the holdout nothing is told where 1 to 4 patients lie in the tail. */
function figureOf(tail: Tail): Extract<Detail, { type: "figures" }>["rows"][number] {
  const [k, n] = [left(tail.inside[SYNTHETIC], -1), left(tail.all[SYNTHETIC], -1)];
  const [held, of] = [left(tail.inside[HOLDOUT], -1), left(tail.all[HOLDOUT], -1)];
  const agree = kept(tail, SYNTHETIC);
  const verdict: Verdict = agree >= 0.95 ? "good" : agree >= 0.8 ? "worse" : "much-worse";
  return {
    name: `${tail.name}, ${tail.end} 1%`,
    unit: "share",
    synthetic: { value: share(tail, SYNTHETIC), interval: wilson(k, n) },
    ...(tail.held >= LEAST_PATIENTS ? { baseline: { value: held / of, interval: wilson(held, of) } } : {}),
    chance: share(tail, 0),
    verdict,
  };
}
