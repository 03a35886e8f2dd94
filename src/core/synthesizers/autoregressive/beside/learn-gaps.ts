import { fitLogistic } from "../../../math/regression/logistic-regression.ts";
import { breathe } from "../../../math/breathe.ts";
import type { TokenRows } from "../../token-rows/rows.ts";
import { missingAt } from "./gap.ts";
import type { Gap } from "./gap.ts";

/** Rows with a gap, and without one, at least where it is told or tells. */
const LEAST_ROWS = 10;
/** Of more rows networks learn by themselves when cells are missing. */
const MOST_SHARE = 0.1;
const MOST_PARENTS = 16;
/** Weights have a deviation of 2.5 beforehand (Gelman et al. 2008, section 2). */
const RIDGE = 1 / 2.5 ** 2;
const FOLDS = 5;
/** Standard errors by which the likelihood of rows left out must gain. */
const SURE = 2;

/**
 * The gap of each place that at most a tenth of the rows have and that earlier gaps tell, undefined elsewhere: a logistic
 * regression of whether its cell is missing on whether earlier ones are, the at most 16 that correlate most, taken where
 * cross-validation is sure of a gain. Networks with dropout learn little of so few rows. Yields the share done.
 */
export async function* learnGaps(data: TokenRows): AsyncGenerator<number, (Gap | undefined)[], void> {
  const flags = flagsOf(data);
  const gaps: (Gap | undefined)[] = [];
  for (const [place, flag] of flags.entries()) {
    const rare = flag && flag.reduce((sum, one) => sum + one, 0) <= MOST_SHARE * data.rows;
    gaps.push(rare ? await gapAt(data, flags, place, flag) : undefined);
    await breathe();
    yield (place + 1) / flags.length;
  }
  return gaps;
}

/** Of each place 1 for a row whose cell is missing, 0 for others; undefined where either are few. */
function flagsOf({ codec, places, tokens, rows }: TokenRows): (Float64Array | undefined)[] {
  const width = places.columns.length;
  return places.columns.map((column, place) => {
    const missing = missingAt(codec, column);
    if (missing < 0) return undefined;
    const flag = Float64Array.from({ length: rows }, (_, i) =>
      tokens[i * width + place] === missing ? 1 : 0,
    );
    const count = flag.reduce((sum, one) => sum + one, 0);
    return count >= LEAST_ROWS && rows - count >= LEAST_ROWS ? flag : undefined;
  });
}

async function gapAt(
  { rows, patients }: TokenRows,
  flags: readonly (Float64Array | undefined)[],
  place: number,
  own: Float64Array,
): Promise<Gap | undefined> {
  const parents = nearest(flags, place, own);
  if (parents.length === 0) return undefined;
  const numbers = Array.from(parents, (parent) => flags[parent] as Float64Array);
  const fold = (row: number): number => (patients?.[row] ?? row) % FOLDS;
  const gains = new Float64Array(rows);
  for (let k = 0; k < FOLDS; k++) {
    const all = Int32Array.from({ length: rows }, (_, i) => i);
    const others = all.filter((row) => fold(row) !== k);
    const { share, shift, weights } = await regression(numbers, own, others);
    for (const row of all.filter((one) => fold(one) === k)) {
      const odds =
        shift + weights.reduce((sum, weight, p) => sum + weight * (numbers[p]?.[row] as number), 0);
      const say = (score: number): number => -Math.log1p(Math.exp(own[row] === 1 ? -score : score));
      gains[row] = say(odds) - say(logit(share));
    }
  }
  const gain = gains.reduce((sum, one) => sum + one, 0);
  const error = Math.sqrt(gains.reduce((sum, one) => sum + (one - gain / rows) ** 2, 0));
  if (!(gain > SURE * error)) return undefined;
  const { share, shift, weights } = await regression(numbers, own, Int32Array.from(own.keys()));
  return { parents, weights, shift: shift - logit(share) };
}

const logit = (share: number): number => Math.log(share / (1 - share));

async function regression(
  numbers: readonly Float64Array[],
  labels: Float64Array,
  rows: Int32Array,
): Promise<{ share: number; shift: number; weights: Float64Array }> {
  const at = (values: Float64Array): Float64Array => Float64Array.from(rows, (row) => values[row] as number);
  const own = at(labels);
  const design = { rows: rows.length, numbers: numbers.map(at), factors: [] };
  const { coefficients } = await fitLogistic(design, own, RIDGE, () => Promise.resolve());
  const count = own.reduce((sum, one) => sum + one, 0);
  const share = (count + 0.5) / (rows.length + 1);
  return { share, shift: coefficients[0] as number, weights: coefficients.slice(1) };
}

/** The places before `place` whose gaps correlate most with its own, rising. */
function nearest(flags: readonly (Float64Array | undefined)[], place: number, own: Float64Array): Int32Array {
  const strength = flags.slice(0, place).map((flag) => (flag ? Math.abs(phi(flag, own)) : -1));
  return Int32Array.from(strength.flatMap((size, k) => (size >= 0 ? [k] : [])))
    .sort((a, b) => (strength[b] as number) - (strength[a] as number) || a - b)
    .slice(0, MOST_PARENTS)
    .sort();
}

/** Correlation of two columns of 0 and 1. */
function phi(a: Float64Array, b: Float64Array): number {
  const n = a.length;
  let [ones, others, both] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    ones += a[i] as number;
    others += b[i] as number;
    both += (a[i] as number) * (b[i] as number);
  }
  return (both * n - ones * others) / Math.sqrt(ones * (n - ones) * others * (n - others));
}
