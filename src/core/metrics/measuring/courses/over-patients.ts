import { percentileInterval } from "../../../math/intervals.ts";
import type { Rng } from "../../../math/rng.ts";
import { mean, standardDeviation } from "../../../math/statistics.ts";
import type { Pulse } from "../../metric.ts";
import { DRAWS } from "../equal-sizes.ts";
import type { Estimate } from "../estimate.ts";
import { HELD, MADE, TRAIN, type AlignedCourses, type CourseSide } from "./aligned-courses.ts";

const RESAMPLES = 100;
const NULL_RESAMPLES = 20;

/**
 * How far a table is from train in each of several things, each of its patients counted as often as `weights` says; NaN
 * where train cannot tell. Infinity is not allowed: what the table has nothing of is as far as can be.
 */
export type Distances = (weights: Uint16Array) => Float64Array;

/** One of several things that were measured. */
export interface Item {
  readonly name: string;
  /** of the synthetic courses */
  readonly value: number;
  /** of as many held-out patients */
  readonly usual: number;
  /** `value` in parts of what as many other patients of train would be off by */
  readonly noise: number;
}

export interface OverPatients {
  /** the mean over the things; its error by a bootstrap over patients */
  readonly own: Estimate;
  readonly reference: Estimate;
  readonly items: readonly Item[];
}

/** Samples of a side's patients, as how often each is in them. */
interface Samples {
  readonly weights: readonly Uint16Array[];
  /** see `Draws` */
  readonly variance: number;
}

/** Up to `DRAWS` samples of `size` patients, without one in common as far as there are enough; everybody where that is all. */
export function patientSamples({ patients }: CourseSide, size: number, rng: Rng): Samples {
  if (patients <= size) return { weights: [new Uint16Array(patients).fill(1)], variance: 1 };
  const weights: Uint16Array[] = [];
  let order = rng.permutation(patients);
  let next = 0;
  for (let i = 0; i < DRAWS; i++) {
    if (next + size > patients) {
      order = rng.permutation(patients);
      next = 0;
    }
    const drawn = new Uint16Array(patients);
    for (const patient of order.subarray(next, next + size)) drawn[patient] = 1;
    weights.push(drawn);
    next += size;
  }
  return { weights, variance: Math.max(1 / DRAWS, Math.min(1, size / patients)) };
}

/** How often each patient is drawn when as many as `sample` holds are drawn from it with replacement. */
export function resampled(sample: Uint16Array, rng: Rng): Uint16Array {
  const among = Int32Array.from(sample.keys()).filter((patient) => (sample[patient] as number) > 0);
  const drawn = new Uint16Array(sample.length);
  for (let i = 0; i < among.length; i++) {
    const patient = among[rng.integer(among.length)] as number;
    drawn[patient] = (drawn[patient] as number) + 1;
  }
  return drawn;
}

/** `of` each of `items`, others let through between them. */
export async function inTurn<Item, Found>(
  items: readonly Item[],
  pulse: Pulse,
  of: (item: Item) => Found,
): Promise<Found[]> {
  const found: Found[] = [];
  for (const item of items) {
    found.push(of(item));
    await pulse();
  }
  return found;
}

/** The mean of what could be told; NaN where nothing could. */
export const meanOf = (values: ArrayLike<number>): number =>
  mean(Array.from(values).filter((value) => !Number.isNaN(value)));

/**
 * Synthetic courses beside held-out ones, as many patients of each (smaller samples lie further from train by chance), both
 * against train. Errors and noise are by resampling patients (Davison and Hinkley 1997, section 3.8).
 * @param distancesOf what is measured on a side; made once for each
 */
export async function overPatients(
  { sides }: AlignedCourses,
  names: readonly string[],
  distancesOf: (side: number) => Promise<Distances>,
  how: { readonly rng: Rng; readonly pulse: Pulse; readonly valueOnly?: boolean },
): Promise<OverPatients> {
  const { rng, pulse, valueOnly = false } = how;
  const [held, made] = [sides[HELD] as CourseSide, sides[MADE] as CourseSide];
  const size = Math.min(held.patients, made.patients);
  const over = async (side: number, label: string) => {
    await pulse();
    const draws = rng.fork(label);
    const samples = patientSamples(sides[side] as CourseSide, size, draws);
    return onSamples(await distancesOf(side), samples, { rng: draws, pulse, valueOnly });
  };
  const own = await over(MADE, "synthetic patients");
  const reference = valueOnly ? own : await over(HELD, "held-out patients");
  const usual = valueOnly
    ? []
    : await chance(await distancesOf(TRAIN), sides[TRAIN] as CourseSide, size, how);
  const items = names.flatMap((name, i): Item[] => {
    const [value, other] = [own.each[i] as number, reference.each[i] as number];
    if (Number.isNaN(value)) return [];
    return [{ name, value, usual: other, noise: value / Math.max(usual[i] ?? NaN, 1e-9) }];
  });
  return {
    own: own.estimate,
    reference: reference.estimate,
    items: items.toSorted((a, b) => b.noise - a.noise),
  };
}

async function onSamples(
  distances: Distances,
  { weights, variance }: Samples,
  { rng, pulse, valueOnly }: { rng: Rng; pulse: Pulse; valueOnly: boolean },
): Promise<{ estimate: Estimate; each: number[] }> {
  const found: Float64Array[] = [];
  for (const sample of weights) {
    found.push(distances(sample));
    await pulse();
  }
  const values = found.map(meanOf);
  const off: number[] = [];
  for (let i = 0; i < RESAMPLES && !valueOnly; i++) {
    const at = i % weights.length;
    off.push(meanOf(distances(resampled(weights[at] as Uint16Array, rng))) - (values[at] as number));
    await pulse();
  }
  const known = off.filter((value) => !Number.isNaN(value));
  return {
    estimate: { value: meanOf(values), error: Math.sqrt(variance) * standardDeviation(known) },
    each: Array.from(found[0] ?? [], (_, i) => meanOf(found.map((one) => one[i] as number))),
  };
}

/** What two samples of train's patients, as large as train and as `size`, are off by on average. */
async function chance(
  distances: Distances,
  { patients }: CourseSide,
  size: number,
  { rng, pulse }: { readonly rng: Rng; readonly pulse: Pulse },
): Promise<number[]> {
  const draws = rng.fork("chance");
  const sums: Float64Array[] = [];
  for (let i = 0; i < NULL_RESAMPLES; i++) {
    const weights = new Uint16Array(patients);
    for (let k = 0; k < size; k++) {
      const patient = draws.integer(patients);
      weights[patient] = (weights[patient] as number) + 1;
    }
    sums.push(distances(weights));
    await pulse();
  }
  const both = Math.sqrt(1 + size / Math.max(1, patients));
  return Array.from(sums[0] ?? [], (_, i) => both * meanOf(sums.map((one) => one[i] as number)));
}

/** 95% interval of a number by a bootstrap over patients, each counted as often as it was drawn. */
export async function patientInterval(
  patients: number,
  of: (weights: Uint16Array) => number,
  { rng, pulse, share = 0.95 }: { readonly rng: Rng; readonly pulse: Pulse; readonly share?: number },
): Promise<{ low: number; high: number }> {
  const all = new Uint16Array(patients).fill(1);
  const values: number[] = [];
  for (let i = 0; i < RESAMPLES; i++) {
    values.push(of(resampled(all, rng)));
    await pulse();
  }
  return percentileInterval(values, share);
}
