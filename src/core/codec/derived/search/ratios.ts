import type { Pulse } from "../../../math/breathe.ts";
import { cell, joined, num } from "../term.ts";
import type { Candidate } from "./candidates.ts";
import {
  completeRows,
  correlation,
  isMany,
  pairwiseCorrelations,
  spreadRows,
  standardised,
} from "./candidates.ts";
import { factors } from "./constants.ts";
import type { Draft } from "./fitted.ts";
import { withoutOutliers } from "./fitted.ts";

const PROBED = 300;
const LEAST_ROWS = 12;
/** Cells of all the sides that are made. */
const MOST_WORK = 3e7;
const WORTH_A_LOOK = 0.6;
/** Two weights that are as alike as this may be the same. */
const ALIKE = 0.15;

/** y c, or a / y: what is a sum or a difference of two columns where y is a ratio of one. */
type Form = "times" | "under";
const FORMS: readonly Form[] = ["times", "under"];

/**
 * Ratios of which one side is a sum or a difference: (a ± b) / c and a / (b ± c), the parts of which may be the same
 * column (albumin / (protein - albumin)). y c and a / y are then a line of two columns with like weights. Each column is
 * looked at beside those that go with it most, as many as the work allows. Rejects as `pulse` does.
 */
export async function ratios(candidates: readonly Candidate[], pulse: Pulse): Promise<Draft[]> {
  const numbers = candidates.filter((one) => !one.date && isMany(one));
  const rows = numbers[0] ? spreadRows(Array.from(numbers[0].values.keys()), PROBED) : [];
  const width = Math.floor(Math.sqrt(MOST_WORK / (2 * rows.length * Math.max(1, numbers.length))));
  const probes = numbers.map(({ values }) => Float64Array.from(rows, (i) => values[i] as number));
  const scores = probes.map(standardised);
  const correlations = await pairwiseCorrelations(probes, pulse);
  const r = (a: number, b: number): number => correlations[a * numbers.length + b] as number;
  const found: Draft[] = [];
  for (const [at, y] of numbers.entries()) {
    const near = [...numbers.keys()]
      .filter((k) => k !== at)
      .sort((a, b) => Math.abs(r(at, b)) - Math.abs(r(at, a)))
      .slice(0, width);
    for (const other of near) {
      for (const form of FORMS) {
        const own = standardised(sideOf(form, probes[at] as Float64Array, probes[other] as Float64Array));
        const beside = near.map((k) => correlation(own, scores[k] as Float64Array));
        const pair = bestPair(beside, (a, b) => r(near[a] as number, near[b] as number));
        const parts = pair?.map((k) => numbers[near[k] as number] as Candidate);
        if (parts) found.push(...ratioOf(form, y, numbers[other] as Candidate, parts));
      }
      await pulse(at / numbers.length);
    }
  }
  return found;
}

/** The side of the ratio that is a line; NaN where it has no value. */
function sideOf(form: Form, y: Float64Array, other: Float64Array): Float64Array {
  return y.map((value, i) => {
    const made = form === "times" ? value * (other[i] as number) : (other[i] as number) / value;
    return Number.isFinite(made) ? made : NaN;
  });
}

/** The two that explain most together, from their correlations with the target and with each other. */
function bestPair(
  beside: readonly number[],
  r: (a: number, b: number) => number,
): [number, number] | undefined {
  let [pair, most] = [undefined as [number, number] | undefined, WORTH_A_LOOK];
  for (let a = 0; a < beside.length; a++)
    for (let b = 0; b < a; b++) {
      const together = r(a, b);
      const apart = 1 - together * together;
      if (apart < 1e-9) continue;
      const [x, z] = [beside[a] as number, beside[b] as number];
      const explained = (x * x + z * z - 2 * x * z * together) / apart;
      if (explained <= most) continue;
      most = explained;
      pair = [a, b];
    }
  return pair;
}

/** y as the ratio of `other` and of a sum or difference of `parts`, where their weights are alike. */
function ratioOf(form: Form, y: Candidate, other: Candidate, parts: readonly Candidate[]): Draft[] {
  const [p, q] = parts as [Candidate, Candidate];
  const columns = [...new Set([y, other, p, q])].map(({ values }) => values);
  const target = sideOf(form, y.values, other.values);
  const rows = completeRows([...columns, target]);
  if (rows.length < LEAST_ROWS) return [];
  const line = withoutOutliers([p.values, q.values], target, spreadRows(rows, PROBED));
  if (!line) return [];
  const [one, two] = line.weights as [number, number];
  if (!(Math.abs(Math.abs(one / two) - 1) < ALIKE) || (one < 0 && two < 0)) return [];
  const [first, second] = one > 0 ? [p, q] : [q, p];
  const sign = one * two > 0 ? "+" : "-";
  const sums = (i: number): number => {
    const value = second.values[i] as number;
    return (first.values[i] as number) + (sign === "+" ? value : -value);
  };
  const sideAt = (i: number): number => {
    const aside = other.values[i] as number;
    return form === "times" ? sums(i) / aside : aside / sums(i);
  };
  const sound = rows.filter((i) => Number.isFinite(sideAt(i)) && sideAt(i) !== 0);
  if (sound.length < LEAST_ROWS) return [];
  const made = Float64Array.from(sound, sideAt);
  const own = Float64Array.from(sound, (i) => y.values[i] as number);
  const sum = joined(cell(first.column), sign, cell(second.column));
  const ratio = (factor: number) => {
    const top = form === "times" ? sum : cell(other.column);
    const above = factor === 1 ? top : joined(num(factor), "*", top);
    return joined(above, "/", form === "times" ? cell(other.column) : sum);
  };
  return factors({ y: own, made, step: y.step }).map((factor) => ({
    column: y.column,
    equals: ratio(factor),
  }));
}
