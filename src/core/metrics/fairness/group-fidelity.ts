import { breathe } from "../../math/breathe.ts";
import {
  kolmogorovSmirnov,
  kolmogorovSmirnovNoise,
  totalVariation,
  totalVariationNoise,
} from "../../math/space/distances.ts";
import { Z90, Z95 } from "../../math/intervals.ts";
import type { Rng } from "../../math/rng.ts";
import { quantileSorted, sortedPresent } from "../../math/statistics.ts";
import { alignColumns, countCodes } from "../measuring/align.ts";
import type { AlignedColumn } from "../measuring/align.ts";
import { BLOCKS, blocksOf, jackknifed } from "../measuring/blocks.ts";
import { columnNames } from "../measuring/bounds.ts";
import { oneVisitEach } from "../measuring/courses/one-visit-each.ts";
import { LEAST_HELD, LEAST_TRAIN, NO_GROUPS, groupingsOf } from "./groups.ts";
import type { Group, Grouping, Groupings } from "./groups.ts";
import type { Detail, Metric, Pulse, Verdict } from "../metric.ts";
import { around, besideReal, percentage, skipped } from "../measuring/verdict.ts";

const MOST_ROWS = 2000;
const MOST_COLUMNS = 40;
/** of one column first, then the largest crossed ones */
const MOST_GROUPS = 48;
const MOST_CELLS = 400;
const DECILES = 10;
const [TRAIN, HOLDOUT, SYNTHETIC] = [0, 1, 2] as const;

/** The group of one column that is reproduced worst: 1 less the mean distance of its columns to the same group in train beyond chance. */
export const groupFidelity: Metric = {
  id: "group-fidelity",
  name: "Columns within groups",
  family: "fairness",
  better: "higher",
  ideal: 1,
  margin: 0.03,
  range: [0, 1],
  summary:
    "How well the columns of each group of people are reproduced, beyond what chance explains in a group of its size.",
  reference:
    "KS and TV complement (SDMetrics) and Kullback-Leibler divergence within groups, as Bhanot et al. 2021 compare them",
  scored: true,
  limits: "Single columns within groups; relationships within groups are not measured.",
  claim: () => ({
    not: "draw conclusions about single groups of patients from it",
    because: "one group of patients is reproduced worse than the others",
  }),

  async compute(given, rng, pulse = breathe, valueOnly = false) {
    const groupings = await groupingsOf(oneVisitEach(given, rng), rng, pulse);
    if (groupings === undefined) return skipped(NO_GROUPS);
    const { train, holdout, synthetic } = groupings.tables;
    const columns = await chosenColumns(
      alignColumns([train, holdout, synthetic], columnNames(train)),
      rng.fork("columns"),
      pulse,
    );
    const measured: MeasuredGroup[] = [];
    for (const { grouping, group } of chosenGroups(groupings)) {
      const inside = columns.filter(({ schema }) => !grouping.columns.includes(schema.name));
      if (inside.length === 0) continue;
      const crossed = grouping.columns.length > 1;
      measured.push({ ...(await measure(group, inside, rng.fork(group.name), pulse)), crossed });
    }
    if (measured.length === 0) {
      return skipped(
        `No group has ${LEAST_TRAIN} patients among the training rows and ${LEAST_HELD} among the held-out ones.`,
      );
    }
    const single = measured.filter(({ crossed }) => !crossed);
    const speaking = single.length > 0 ? single : measured;
    const worst = furthest(speaking, SYNTHETIC);
    const usual = furthest(speaking, HOLDOUT);
    const own = valueOnly
      ? exact(worst, SYNTHETIC)
      : await interval(worst, SYNTHETIC, rng.fork("jackknife"), pulse);
    const held = valueOnly ? exact(usual, HOLDOUT) : await interval(usual, HOLDOUT, rng.fork("held"), pulse);
    return {
      ...besideReal(
        "higher",
        own.value,
        around(own.value, Z95 * own.error, [0, 1]),
        { value: held.value, interval: around(held.value, Z90 * held.error, [0, 1]) },
        (value) => 100 * value,
      ),
      sentence: sentenceOf(worst, usual, speaking),
      detail: detailOf([...groupings.single, ...groupings.crossed], measured),
      note: [
        ...groupings.notes,
        `Groups are compared on at most ${MOST_ROWS.toLocaleString("en-US")} rows of each` +
          (columns.length < train.columns.length ? `, in ${columns.length} columns drawn at random.` : "."),
      ].join(" "),
    };
  },
};

function chosenGroups({ single, crossed }: Groupings): { grouping: Grouping; group: Group }[] {
  const told = (groupings: readonly Grouping[]) =>
    groupings.flatMap((grouping) =>
      grouping.groups.flatMap((group) => (group.tooSmall === undefined ? [{ grouping, group }] : [])),
    );
  const rest = told(crossed).sort((a, b) => b.group.patients.train - a.group.patients.train);
  return [...told(single), ...rest].slice(0, MOST_GROUPS);
}

/** Columns with a value in train; where there are very many, some of them drawn. */
async function chosenColumns(
  columns: readonly AlignedColumn[],
  rng: Rng,
  pulse: Pulse,
): Promise<AlignedColumn[]> {
  await pulse();
  const filled = columns.filter((column) =>
    column.type === "numeric"
      ? column.values[TRAIN]?.some((value) => !Number.isNaN(value))
      : column.codes[TRAIN]?.some((code) => code >= 0) && column.levels.length <= MOST_CELLS,
  );
  if (filled.length <= MOST_COLUMNS) return filled;
  return [...rng.choose(filled.length, MOST_COLUMNS)]
    .sort((a, b) => a - b)
    .map((i) => filled[i] as AlignedColumn);
}

/** Distance to the group in train, the mean over the columns. */
interface Distance {
  readonly distance: number;
  /** what chance gives two samples of these sizes */
  readonly chance: number;
  /** Kullback-Leibler divergence in nats, less what chance gives; at least 0 */
  readonly divergence: number;
}

interface MeasuredGroup {
  readonly group: Group;
  readonly columns: readonly AlignedColumn[];
  readonly rows: readonly Int32Array[];
  readonly of: Readonly<Record<1 | 2, Distance>>;
  /** of two columns: evidence beside the groups of one, which are larger and speak for the metric */
  readonly crossed: boolean;
}

async function measure(
  group: Group,
  columns: readonly AlignedColumn[],
  rng: Rng,
  pulse: Pulse,
): Promise<Omit<MeasuredGroup, "crossed">> {
  const rows = group.rows.map((all, t) =>
    all.length <= MOST_ROWS
      ? all
      : rng
          .fork(`rows ${t}`)
          .choose(all.length, MOST_ROWS)
          .map((i) => all[i] as number),
  );
  const of = async (side: 1 | 2): Promise<Distance> => {
    await pulse();
    return meanDistance(columns, rows[TRAIN] as Int32Array, rows[side] as Int32Array, side);
  };
  return { group, columns, rows, of: { 1: await of(HOLDOUT), 2: await of(SYNTHETIC) } };
}

/** A group of which there is no row is as far off as can be. */
function meanDistance(
  columns: readonly AlignedColumn[],
  real: Int32Array,
  rows: Int32Array,
  side: number,
): Distance {
  let [distance, chance, divergence, n] = [0, 0, 0, 0];
  for (const column of columns) {
    const one =
      column.type === "numeric"
        ? numericDistance(takeNumbers(column.values[TRAIN], real), takeNumbers(column.values[side], rows))
        : codedDistance(
            countCodes(takeCodes(column.codes[TRAIN], real), column.levels.length),
            countCodes(takeCodes(column.codes[side], rows), column.levels.length),
          );
    if (one === undefined) continue;
    distance += one.distance;
    chance += one.chance;
    divergence += one.divergence;
    n++;
  }
  return n === 0
    ? { distance: 0, chance: 0, divergence: 0 }
    : { distance: distance / n, chance: chance / n, divergence: divergence / n };
}

const takeNumbers = (values: Float64Array | undefined, rows: Int32Array): Float64Array =>
  sortedPresent(Float64Array.from(rows, (row) => values?.[row] as number));
const takeCodes = (codes: Int32Array | undefined, rows: Int32Array): Int32Array =>
  rows.map((row) => codes?.[row] as number);

const NOTHING: Distance = { distance: 1, chance: 0, divergence: 0 };

function numericDistance(real: Float64Array, other: Float64Array): Distance | undefined {
  if (real.length === 0) return undefined;
  if (other.length === 0) return NOTHING;
  const cuts = [
    ...new Set(Array.from({ length: DECILES - 1 }, (_, i) => quantileSorted(real, (i + 1) / DECILES))),
  ];
  return {
    distance: kolmogorovSmirnov(real, other),
    chance: kolmogorovSmirnovNoise(real.length, other.length),
    divergence: divergence(binned(real, cuts), binned(other, cuts)),
  };
}

/** How many of ascending values lie at or below each cut, between the cuts, and above the last. */
function binned(sorted: Float64Array, cuts: readonly number[]): Float64Array {
  const counts = new Float64Array(cuts.length + 1);
  let bin = 0;
  for (const value of sorted) {
    while (bin < cuts.length && value > (cuts[bin] as number)) bin++;
    counts[bin] = (counts[bin] as number) + 1;
  }
  return counts;
}

function codedDistance(real: Float64Array, other: Float64Array): Distance | undefined {
  const [n, m] = [total(real), total(other)];
  if (n === 0) return undefined;
  if (m === 0) return NOTHING;
  return {
    distance: totalVariation(real, other),
    chance: totalVariationNoise(real, other),
    divergence: divergence(real, other),
  };
}

const total = (counts: Float64Array): number => counts.reduce((a, b) => a + b, 0);

/**
 * KL(real || other) in nats over cells that either side has, half a row added to each cell; less its mean between two
 * samples of one distribution, (cells - 1)/2 (1/n + 1/m), and never below 0.
 */
export function divergence(real: Float64Array, other: Float64Array): number {
  const cells = Array.from(real.keys()).filter((i) => (real[i] as number) + (other[i] as number) > 0);
  const n = total(real) + cells.length / 2;
  const m = total(other) + cells.length / 2;
  let sum = 0;
  for (const i of cells) {
    const p = ((real[i] as number) + 0.5) / n;
    sum += p * Math.log((p * m) / ((other[i] as number) + 0.5));
  }
  return Math.max(0, sum - ((cells.length - 1) / 2) * (1 / n + 1 / m));
}

/** A quarter more than the mean of chance: about its 95th percentile for the mean over several columns. */
const excess = ({ distance, chance }: Distance): number => distance - 1.25 * chance;
const beyond = (of: Distance): number => Math.max(0, excess(of));

const furthest = (measured: readonly MeasuredGroup[], side: 1 | 2): MeasuredGroup =>
  measured.reduce((worst, one) => (excess(one.of[side]) > excess(worst.of[side]) ? one : worst));

const exact = ({ of }: MeasuredGroup, side: 1 | 2): { value: number; error: number } => ({
  value: 1 - beyond(of[side]),
  error: 0,
});

/** The group's value with the jackknife error over blocks of both of its samples. */
async function interval(
  { columns, rows }: MeasuredGroup,
  side: 1 | 2,
  rng: Rng,
  pulse: Pulse,
): Promise<{ value: number; error: number }> {
  const samples = [rows[TRAIN] as Int32Array, rows[side] as Int32Array];
  const blocks = samples.map((sample, i) => blocksOf(sample.length, rng.fork(`blocks ${i}`)));
  const estimates = new Map<number, number>();
  for (let block = -1; block < BLOCKS; block++) {
    const [real, other] = samples.map((sample, i) => sample.filter((_, k) => blocks[i]?.[k] !== block));
    estimates.set(block, 1 - beyond(meanDistance(columns, real as Int32Array, other as Int32Array, side)));
    await pulse();
  }
  return jackknifed((block) => estimates.get(block) as number);
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function sentenceOf(worst: MeasuredGroup, usual: MeasuredGroup, measured: readonly MeasuredGroup[]): string {
  const own = beyond(worst.of[SYNTHETIC]);
  const held = beyond(usual.of[HOLDOUT]);
  const rest = measured.filter((one) => one !== worst).map((one) => beyond(one.of[SYNTHETIC]));
  const others = rest.length > 0 ? rest.reduce((a, b) => a + b, 0) / rest.length : undefined;
  const reference = `real groups that were held out reach ${percentage(held)} at most`;
  if (own === 0) return "Every group's columns are reproduced as well as chance allows.";
  if (others === undefined) {
    const alike = verdictOf(worst) === "good" ? "as well as held-out ones" : "worse than held-out ones";
    return `${capital(`patients ${worst.group.phrase}`)}, the only group large enough, are reproduced ${alike}: their columns are ${percentage(own)} off beyond chance; ${reference}.`;
  }
  if (verdictOf(worst) === "good") {
    return `All groups are reproduced alike: at worst, patients ${worst.group.phrase}, ${percentage(own)} off beyond chance; ${reference}.`;
  }
  return (
    capital(`patients ${worst.group.phrase} are reproduced worse than everybody else: `) +
    `their columns are ${percentage(own)} off beyond chance, those of the other groups ${percentage(others)} on average; ` +
    `${reference}.`
  );
}

/** Off by 2 points more than the same group held out, or by half of what chance gives in a small one; then by 6 more. */
function verdictOf({ of }: MeasuredGroup): Verdict {
  const more = beyond(of[SYNTHETIC]) - beyond(of[HOLDOUT]);
  const slack = Math.max(0.02, of[SYNTHETIC].chance / 2);
  return more <= slack ? "good" : more <= slack + 0.06 ? "worse" : "much-worse";
}

function detailOf(groupings: readonly Grouping[], measured: readonly MeasuredGroup[]): Detail {
  const groups = measured
    .toSorted((a, b) => beyond(b.of[SYNTHETIC]) - beyond(a.of[SYNTHETIC]))
    .map((one) => {
      const figure = (name: string, unit: "share" | "number", of: (distance: Distance) => number) => ({
        name,
        unit,
        real: { value: of(one.of[HOLDOUT]) },
        synthetic: { value: of(one.of[SYNTHETIC]) },
      });
      return {
        name: one.group.name,
        patients: one.group.patients.train,
        figures: [
          figure("Match of columns (1 - KS or TV)", "share", ({ distance }) => 1 - distance),
          figure("Off beyond chance", "share", beyond),
          figure("KL divergence beyond chance", "number", (distance) => distance.divergence),
        ],
        verdict: verdictOf(one),
      };
    });
  const small = groupings
    .flatMap((grouping) => grouping.groups)
    .flatMap(({ name, patients, tooSmall }) =>
      tooSmall === undefined ? [] : [{ name, patients: patients.train, reason: tooSmall }],
    );
  return {
    type: "groups",
    unit: "held-out and synthetic rows against training rows of the group",
    groups: [...groups, ...small],
  };
}
