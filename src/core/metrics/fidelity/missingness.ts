import { breathe } from "../../math/breathe.ts";
import { jackknifeError } from "../../math/intervals.ts";
import type { Rng } from "../../math/rng.ts";
import type { Table } from "../../table/table.ts";
import { partsOf } from "../../table/whole-patients.ts";
import { alignColumns } from "../measuring/align.ts";
import type { AlignedColumn } from "../measuring/align.ts";
import { atMost, columnNames, drawnNote } from "../measuring/bounds.ts";
import { noiseVerdict } from "../metric.ts";
import type { Detail, Metric, Pulse } from "../metric.ts";
import { valueAlone } from "../measuring/value-only.ts";
import { equalSizes, type Draws } from "../measuring/equal-sizes.ts";
import { besideEstimate, overDraws } from "../measuring/estimate.ts";
import { count, percentage, skipped } from "../measuring/verdict.ts";

const GROUPS = 20;
const MOST_ROWS = 50_000;
/** Columns whose pairs are looked at, those with the most missing cells. */
const MOST_PAIRED = 150;
const LISTED = 50;
/** Fewer patients than this are not shown, nor fewer than this with a value. */
const SMALL = 5;
const [TRAIN, SYNTHETIC] = [0, 2] as const;

/**
 * How well missing cells are reproduced: the mean of 1 - |difference of rates| over the columns with gaps, and of
 * 1 - |difference of phi| / 2 over their pairs, the two halves weighing the same.
 */
export const missingness: Metric = {
  id: "missingness",
  name: "Missing cells",
  family: "fidelity",
  better: "higher",
  ideal: 1,
  margin: 0.03,
  range: [0, 1],
  summary: "Whether cells are missing as often, and together with the same others, as in the real rows.",
  reference:
    "Missing rates and phi coefficients of missing flags: Yule 1912; patterns of missing data: Rubin 1976",
  scored: true,
  limits:
    "Sees whether cells are missing, alone and in pairs, not whether what is missing depends on values.",
  claim: () => ({
    not: "study missing values with it",
    because: "cells are not missing as in real patients",
  }),

  async compute({ train, holdout, synthetic }, rng, pulse = breathe, valueOnly = false) {
    if (synthetic.rows === 0) return skipped("There are no synthetic rows.");
    if (holdout.rows === 0) return skipped("No rows were held out to compare with.");
    const given = [train, holdout, synthetic];
    const taken = given.map((table, i) => atMost(table, MOST_ROWS, rng.fork(`rows ${i}`)));
    const names = columnNames(train);
    const flagsOf = (tables: readonly Table[], label: string): Flags[] => {
      const columns = alignColumns([train, ...tables], names);
      return tables.map((table, i) => new Flags(columns, 1 + i, table, rng.fork(`${label} ${i}`)));
    };
    const flags = flagsOf(taken, "groups") as [Flags, Flags, Flags];
    await pulse();
    const gaps = columnsWithGaps(flags);
    if (gaps.counted.length === 0) return skipped(reasonOf(gaps.few));
    const pairs = pairsOf(flags[TRAIN], gaps.counted);
    const sizes = equalSizes({ holdout, synthetic }, rng, { most: MOST_ROWS });
    const over = async ({ tables, variance }: Draws, label: string) => {
      const draws = [];
      for (const own of flagsOf(tables, label))
        draws.push(await likeness(flags[TRAIN], own, gaps.counted, pairs, names, pulse));
      return overDraws(draws, variance);
    };
    const own = await over(sizes.synthetic, "synthetic");
    if (valueOnly) return valueAlone(own.value);
    const reference = await over(sizes.holdout, "holdout");
    const { details } = await likeness(flags[TRAIN], flags[SYNTHETIC], gaps.counted, pairs, names, pulse);
    const worst = details[0];
    const { note } = drawnNote("Missing cells are measured on", given, MOST_ROWS);
    const left = gaps.few > 0 ? `${leftOut(gaps.few)} left out of “Missing cells”.` : undefined;
    const notes = [note, left].filter((text) => text !== undefined);
    return {
      ...besideEstimate("higher", own, reference, [0, 1], (value) => 100 * value),
      sentence:
        `Cells are missing as in the training rows to ${percentage(own.value)}; ` +
        `in as many held-out real rows to ${percentage(reference.value)}.` +
        (worst && worst.verdict !== "good" ? ` Furthest off: ${worst.name}.` : ""),
      detail: { type: "per-column", columns: details.slice(0, LISTED) },
      ...(notes.length > 0 ? { note: notes.join(" ") } : {}),
    };
  },
};

const leftOut = (few: number): string =>
  few === 1
    ? "One column in which 1 to 4 patients lack (or have) a value is"
    : `${count(few)} columns in which 1 to 4 patients lack (or have) a value are`;

const reasonOf = (few: number): string =>
  few === 0 ? "No cell is missing." : `${leftOut(few)} left out, and no other cell is missing.`;

/** Which cells of each column of a table are missing, as bits; the rows stand in random groups of whole patients, each from a new word on. */
class Flags {
  readonly rows: number;
  readonly groupRows: readonly number[];
  readonly width: number;
  private readonly words: readonly Uint32Array[];
  private readonly starts: readonly number[];

  constructor(columns: readonly AlignedColumn[], side: number, { rows, patients }: Table, rng: Rng) {
    this.rows = rows;
    this.width = columns.length;
    const group = partsOf(rows, GROUPS, rng, patients);
    const order = Int32Array.from(group.keys()).sort((a, b) => (group[a] as number) - (group[b] as number));
    const sizes = Array.from({ length: GROUPS }, () => 0);
    for (const g of group) sizes[g] = (sizes[g] as number) + 1;
    this.groupRows = sizes;
    const starts = [0];
    for (const size of sizes) starts.push((starts.at(-1) as number) + Math.ceil(size / 32));
    this.starts = starts;
    this.words = columns.map((column) => {
      const bits = new Uint32Array(starts.at(-1) as number);
      let i = 0;
      sizes.forEach((size, g) => {
        const first = 32 * (starts[g] as number);
        for (let k = 0; k < size; k++) {
          if (!isMissing(column, side, order[i++] as number)) continue;
          const word = (first + k) >>> 5;
          bits[word] = (bits[word] as number) | (1 << ((first + k) & 31));
        }
      });
      return bits;
    });
  }

  /** Rows in which both columns are missing, group by group; a column with itself: rows in which it is. */
  together(a: number, b: number): Float64Array {
    const [x, y] = [this.words[a] as Uint32Array, this.words[b] as Uint32Array];
    const counts = new Float64Array(GROUPS);
    for (let g = 0; g < GROUPS; g++) {
      let sum = 0;
      for (let w = this.starts[g] as number; w < (this.starts[g + 1] as number); w++)
        sum += bitsSet((x[w] as number) & (y[w] as number));
      counts[g] = sum;
    }
    return counts;
  }
}

const isMissing = (column: AlignedColumn, side: number, row: number): boolean =>
  column.type === "numeric"
    ? Number.isNaN(column.values[side]?.[row])
    : (column.codes[side]?.[row] as number) < 0;

/** How many bits of a word are set (Warren 2013, Hacker's Delight, section 5-1). */
function bitsSet(word: number): number {
  let x = word - ((word >>> 1) & 0x55555555);
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
  return Math.imul((x + (x >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

const total = (counts: Float64Array): number => counts.reduce((a, b) => a + b, 0);
const isSmall = (patients: number): boolean => patients > 0 && patients < SMALL;

type Sides = readonly [Flags, Flags, Flags];

/**
 * The columns with a gap in any table; `few` of them would show a small number of training patients and are not among them.
 * The held-out rows have no say, since those with many or no gaps alone would then be asked about.
 */
function columnsWithGaps(flags: Sides): { counted: number[]; few: number } {
  const counted: number[] = [];
  let few = 0;
  for (let k = 0; k < flags[TRAIN].width; k++) {
    const missing = flags.map((side) => total(side.together(k, k)));
    if (missing.every((cells) => cells === 0)) continue;
    const cells = missing[TRAIN] as number;
    const small = isSmall(cells) || isSmall(flags[TRAIN].rows - cells);
    if (small) few++;
    else counted.push(k);
  }
  return { counted, few };
}

/** Pairs of the columns with most gaps that vary in train. */
function pairsOf(train: Flags, counted: readonly number[]): [number, number][] {
  const missing = new Map(counted.map((k) => [k, total(train.together(k, k))]));
  const many = (k: number): number => missing.get(k) ?? 0;
  const varying = counted.filter((k) => many(k) > 0 && many(k) < train.rows);
  const paired = varying.toSorted((a, b) => many(b) - many(a)).slice(0, MOST_PAIRED);
  return paired.flatMap((a, i) => paired.slice(i + 1).map((b): [number, number] => [a, b]));
}

/** A count as it is told: 1 to 4 patients are 2.5, in every table, so that all are measured alike. */
export const told = (patients: number): number => (isSmall(patients) ? SMALL / 2 : patients);

/** The correlation of two 0/1 flags; 0 where one does not vary. */
function phi(rows: number, a: number, b: number, both: number): number {
  const spread = Math.sqrt(a * (rows - a) * b * (rows - b));
  return spread > 0 ? (rows * both - a * b) / spread : 0;
}

type PerColumn = Extract<Detail, { type: "per-column" }>["columns"];

async function likeness(
  real: Flags,
  other: Flags,
  columns: readonly number[],
  pairs: readonly (readonly [number, number])[],
  names: readonly string[],
  pulse: Pulse,
): Promise<{ value: number; error: number; details: PerColumn }> {
  const [rates, links] = [new Similarities(), new Similarities()];
  const details: PerColumn[number][] = [];
  const add = (name: string, to: Similarities, { value, noise, without }: Likeness): void => {
    to.add(value, without);
    details.push({ name, value, noise, verdict: noiseVerdict(noise) });
  };
  for (const k of columns) {
    add(`${names[k] as string} missing`, rates, rateLikeness(real, other, k));
    await pulse();
  }
  for (const [a, b] of pairs) {
    const name = `${names[a] as string} with ${names[b] as string}, missing together`;
    add(name, links, phiLikeness(real, other, a, b));
    await pulse();
  }
  const parts = [rates, links].filter((half) => half.count > 0);
  const mean = (of: (half: Similarities) => number): number =>
    parts.reduce((sum, half) => sum + of(half), 0) / parts.length;
  const without = Array.from({ length: GROUPS }, (_, g) =>
    mean((half) => (half.leftOut[g] as number) / half.count),
  );
  return {
    value: mean((half) => half.sum / half.count),
    error: jackknifeError(without),
    details: details.sort((p, q) => q.noise - p.noise),
  };
}

interface Likeness {
  readonly value: number;
  /** the difference in multiples of what two samples differ by */
  readonly noise: number;
  /** the value without one group of the other table's rows */
  without(group: number): number;
}

const typicalGap = (real: Flags, other: Flags): number =>
  Math.sqrt((2 / Math.PI) * (1 / real.rows + 1 / other.rows));

function rateLikeness(real: Flags, other: Flags, k: number): Likeness {
  const missing = other.together(k, k);
  const [rate, cells] = [total(real.together(k, k)) / real.rows, total(missing)];
  const alike = (cell: number, rows: number): number => 1 - (rows > 0 ? Math.abs(rate - cell / rows) : 0);
  const value = alike(
    other.rows - cells < SMALL ? other.rows - told(other.rows - cells) : told(cells),
    other.rows,
  );
  const pooled = (rate * real.rows + cells) / (real.rows + other.rows);
  return {
    value,
    noise: (1 - value) / (typicalGap(real, other) * Math.sqrt(pooled * (1 - pooled)) || 1),
    without: (g) => alike(cells - (missing[g] as number), other.rows - (other.groupRows[g] as number)),
  };
}

function phiLikeness(real: Flags, other: Flags, a: number, b: number): Likeness {
  const [x, y, both] = [other.together(a, a), other.together(b, b), other.together(a, b)];
  const truth = toldPhi(
    real.rows,
    total(real.together(a, a)),
    total(real.together(b, b)),
    total(real.together(a, b)),
  );
  const [allX, allY, allBoth] = [total(x), total(y), total(both)];
  const value = 1 - Math.abs(truth - toldPhi(other.rows, allX, allY, allBoth)) / 2;
  return {
    value,
    noise: (2 * (1 - value)) / Math.max(typicalGap(real, other) * (1 - truth * truth), 1e-3),
    without: (g) => {
      const rows = other.rows - (other.groupRows[g] as number);
      const [withoutX, withoutY] = [allX - (x[g] as number), allY - (y[g] as number)];
      return 1 - Math.abs(truth - phi(rows, withoutX, withoutY, allBoth - (both[g] as number))) / 2;
    },
  };
}

/** phi of the four counts as they are told. */
export function toldPhi(rows: number, a: number, b: number, both: number): number {
  const [neither, one, other, each] = [rows - a - b + both, a - both, b - both, both].map(told) as [
    number,
    number,
    number,
    number,
  ];
  return phi(neither + one + other + each, one + each, other + each, each);
}

/** A sum of similarities, and the same with each group of rows left out. */
class Similarities {
  count = 0;
  sum = 0;
  readonly leftOut = new Float64Array(GROUPS);

  add(value: number, without: (group: number) => number): void {
    this.count++;
    this.sum += value;
    for (let g = 0; g < GROUPS; g++) this.leftOut[g] = (this.leftOut[g] as number) + without(g);
  }
}
