import { breathe } from "../../math/breathe.ts";
import { percentileInterval } from "../../math/intervals.ts";
import { squaredDistances } from "../../math/space/nearest.ts";
import type { Points } from "../../math/space/nearest.ts";
import type { Rng } from "../../math/rng.ts";
import { quantileSorted } from "../../math/statistics.ts";
import type { Interval, Metric, Pulse } from "../metric.ts";
import { drawnNote } from "../measuring/bounds.ts";
import { placeSamples, squaredRadii } from "./placed-samples.ts";
import { valueAlone } from "../measuring/value-only.ts";
import { besideReal, percentage, skipped } from "../measuring/verdict.ts";

/** Alphas 0, 1/29, ... 1: synthcity's grid. */
const STEPS = 30;
const RESAMPLES = 200;

/**
 * Alpha-precision, beta-recall and authenticity (Alaa et al. 2022, definitions 1 to 3), without the one-class embedding:
 * supports are balls around a mean that hold the share alpha of the rows, in the space of `placeRows`.
 */
export const alphaPrecision: Metric = {
  id: "alpha-precision",
  name: "Typical and outlying rows",
  family: "fidelity",
  better: "higher",
  ideal: 1,
  margin: 0.05,
  range: [0, 1],
  summary: "Whether as many synthetic as real rows are typical, and as many outlying.",
  reference: "Alpha-precision, beta-recall and authenticity: Alaa et al. 2022, as synthcity computes them",
  scored: false,
  limits: "Measured by the distance to one centre, which describes rows badly that fall into groups.",
  effort: 2,

  async compute(tables, rng, pulse = breathe, valueOnly = false) {
    const placed = placeSamples(tables, rng);
    if ("reason" in placed) return skipped(placed.reason, "patients");
    const { real, holdout, synthetic } = placed;
    const resamples = valueOnly ? 0 : RESAMPLES;
    const spread = (await squaredRadii(real, 1, pulse)).map(Math.sqrt);
    const own = await supports(real, spread, synthetic, resamples, rng.fork("synthetic"), pulse);
    if (valueOnly) return valueAlone(own.precision.value);
    const reference = await supports(real, spread, holdout, resamples, rng.fork("holdout"), pulse);
    const row = (name: keyof Supports, label: string) => ({
      name: label,
      unit: "share" as const,
      synthetic: { value: own[name].value, interval: own[name].interval(0.95) },
      baseline: { value: reference[name].value, interval: reference[name].interval(0.9) },
    });
    return {
      ...besideReal(
        "higher",
        own.precision.value,
        own.precision.interval(0.95),
        { value: reference.precision.value, interval: reference.precision.interval(0.9) },
        (value) => 100 * value,
      ),
      sentence:
        `Typical and outlying synthetic rows are as frequent as real ones to ${percentage(own.precision.value)}; ` +
        `held-out real rows reach ${percentage(reference.precision.value)}. ` +
        `${percentage(own.authenticity.value)} of synthetic rows lie further from their nearest real row than that ` +
        `row from its own neighbour; of held-out rows it is ${percentage(reference.authenticity.value)}.`,
      detail: {
        type: "figures",
        rows: [
          row("precision", "Alpha-precision: shares of synthetic rows in each ball of real ones"),
          row("recall", "Beta-recall: shares of real rows that each ball of synthetic ones reaches"),
          row("authenticity", "Authenticity: synthetic rows that are not closest copies of a real one"),
        ],
      },
      ...drawnNote(
        "Alpha-precision is measured on",
        [tables.train, tables.holdout, tables.synthetic],
        placed.rows,
      ),
    };
  },
};

interface Estimate {
  readonly value: number;
  interval(share: number): Interval;
}
type Supports = Readonly<Record<"precision" | "recall" | "authenticity", Estimate>>;

/** @param spread for each real row the distance to its nearest other real row */
async function supports(
  real: Points,
  spread: Float32Array,
  other: Points,
  resamples: number,
  rng: Rng,
  pulse: Pulse,
): Promise<Supports> {
  const toReal = centreOf(real);
  const radii = distancesTo(toReal, real);
  const otherToReal = distancesTo(toReal, other);
  const otherToOwn = distancesTo(centreOf(other), other);
  const { authentic, reached, partner } = await nearestOf(real, spread, other, pulse);
  const depth = Float64Array.from(partner, (j) => otherToOwn[j] as number);
  const all = Int32Array.from(depth.keys());
  const values = {
    precision: precisionOf(radii, all, otherToReal, all),
    recall: recallOf(reached, depth, all),
    authenticity: meanOf(authentic, all),
  };
  const drawn = { precision: [] as number[], recall: [] as number[], authenticity: [] as number[] };
  for (let i = 0; i < resamples; i++) {
    const [a, b] = [resampled(all.length, rng), resampled(all.length, rng)];
    drawn.precision.push(precisionOf(radii, a, otherToReal, b));
    drawn.recall.push(recallOf(reached, depth, a));
    drawn.authenticity.push(meanOf(authentic, b));
    await pulse();
  }
  const estimate = (name: keyof typeof values): Estimate => ({
    value: values[name],
    interval: (share) => percentileInterval(drawn[name], share),
  });
  return {
    precision: estimate("precision"),
    recall: estimate("recall"),
    authenticity: estimate("authenticity"),
  };
}

const resampled = (rows: number, rng: Rng): Int32Array =>
  Int32Array.from({ length: rows }, () => rng.integer(rows));

/** The mean point of a sample: means of the numbers, shares of the codes. */
interface Centre {
  readonly numbers: readonly number[];
  readonly shares: readonly ReadonlyMap<number, number>[];
}

function centreOf({ rows, numbers, codes }: Points): Centre {
  return {
    numbers: numbers.map((column) => column.reduce((a, b) => a + b, 0) / rows),
    shares: codes.map((column) => {
      const shares = new Map<number, number>();
      for (const code of column) if (code >= 0) shares.set(code, (shares.get(code) ?? 0) + 1 / rows);
      return shares;
    }),
  };
}

/** The distance of every point to `centre`, where codes are one-hot columns divided by sqrt 2. */
function distancesTo(centre: Centre, { rows, numbers, codes }: Points): Float64Array {
  const squares = new Float64Array(rows);
  numbers.forEach((column, k) => {
    for (let i = 0; i < rows; i++)
      squares[i] = (squares[i] as number) + ((column[i] as number) - (centre.numbers[k] as number)) ** 2;
  });
  codes.forEach((column, k) => {
    const shares = centre.shares[k] as ReadonlyMap<number, number>;
    let all = 0;
    for (const share of shares.values()) all += share * share;
    for (let i = 0; i < rows; i++) {
      const code = column[i] as number;
      const own = code < 0 ? all : 1 - 2 * (shares.get(code) ?? 0) + all;
      squares[i] = (squares[i] as number) + own / 2;
    }
  });
  return squares.map((square) => Math.sqrt(Math.max(0, square)));
}

interface Nearest {
  /** for each other row: 1 where it lies further from its nearest real row than that row from its own neighbour */
  readonly authentic: Uint8Array;
  /** for each real row: 1 where an other row lies at least as near as its nearest real one */
  readonly reached: Uint8Array;
  /** for each real row its nearest other row */
  readonly partner: Int32Array;
}

async function nearestOf(real: Points, spread: Float32Array, other: Points, pulse: Pulse): Promise<Nearest> {
  const distances = new Float32Array(other.rows);
  const least = new Float32Array(other.rows).fill(Infinity);
  const nearestReal = new Int32Array(other.rows);
  const reached = new Uint8Array(real.rows);
  const partner = new Int32Array(real.rows);
  for (let row = 0; row < real.rows; row++) {
    squaredDistances(real, row, other, distances);
    let best = 0;
    for (let j = 0; j < distances.length; j++) {
      const distance = distances[j] as number;
      if (distance < (distances[best] as number)) best = j;
      if (distance < (least[j] as number)) {
        least[j] = distance;
        nearestReal[j] = row;
      }
    }
    partner[row] = best;
    reached[row] = Math.sqrt(distances[best] as number) <= (spread[row] as number) ? 1 : 0;
    await pulse();
  }
  const authentic = Uint8Array.from(least, (square, j) =>
    (spread[nearestReal[j] as number] as number) < Math.sqrt(square) ? 1 : 0,
  );
  return { authentic, reached, partner };
}

const taken = (values: Float64Array, rows: Int32Array): Float64Array =>
  Float64Array.from(rows, (row) => values[row] as number).sort();

const meanOf = (flags: Uint8Array, rows: Int32Array): number =>
  rows.reduce((sum, row) => sum + (flags[row] as number), 0) / rows.length;

/** 1 less the area between the curve of shares and the diagonal, over the area under the diagonal; at least 0. */
function alongDiagonal(shareAt: (alpha: number) => number): number {
  let apart = 0;
  let area = 0;
  for (let step = 0; step < STEPS; step++) {
    const alpha = step / (STEPS - 1);
    apart += Math.abs(alpha - shareAt(alpha));
    area += alpha;
  }
  return Math.max(0, 1 - apart / area);
}

function precisionOf(radii: Float64Array, real: Int32Array, own: Float64Array, other: Int32Array): number {
  const balls = taken(radii, real);
  const sorted = taken(own, other);
  let below = 0;
  return alongDiagonal((alpha) => {
    const radius = quantileSorted(balls, alpha);
    while (below < sorted.length && (sorted[below] as number) <= radius) below++;
    return below / sorted.length;
  });
}

/** @param depth for each real row how far its nearest other row lies from the other rows' mean */
function recallOf(reached: Uint8Array, depth: Float64Array, rows: Int32Array): number {
  const balls = taken(depth, rows);
  const hit = taken(
    depth,
    rows.filter((row) => reached[row] === 1),
  );
  let below = 0;
  return alongDiagonal((alpha) => {
    const radius = quantileSorted(balls, alpha);
    while (below < hit.length && (hit[below] as number) <= radius) below++;
    return below / rows.length;
  });
}
