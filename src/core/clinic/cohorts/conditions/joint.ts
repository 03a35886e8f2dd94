import { logit } from "../../../math/logistic.ts";
import type { Numbers } from "../numbers/numbers.ts";
import { bandsOf, inside, sharesByYear, SEXES } from "./age-curve.ts";
import type { Sex } from "./age-curve.ts";
import { CONDITIONS, LINKED, oddsOf, ROOTS, scoresOf, SCORES, SHARES } from "./comorbidity.ts";

/** All linked conditions of a kind of people: 2 to the power of how many they are. */
export const CELLS = 1 << LINKED.length;

/** How all conditions go together at one age, in one sex. */
export interface Joint {
  /** how often each kind of people (`ROOTS` of them) has which linked conditions (`CELLS`); sums to 1 */
  readonly cells: Float64Array;
  /** of each kind of people, the share with each condition of `APART` */
  readonly apart: readonly Float64Array[];
  /** of each kind of people with diabetes, the share of type 1 */
  readonly typeOne: Float64Array;
}

/** Ages for which there is a joint distribution, in whole years. */
export interface Ages {
  readonly first: number;
  readonly last: number;
}

export const agesOf = (numbers: Numbers): Ages => ({
  first: Math.round(numbers.of("conditions.age.first")),
  last: Math.round(numbers.of("conditions.age.last")),
});

const SMOKERS = ["18-24", "25-44", "45-64", "65-84"];

/**
 * How conditions go together at each age in a sex: each has its published share at that age, and each pair that hangs
 * together its published odds ratio, whatever else there is.
 */
export function jointsOf(sex: Sex, numbers: Numbers): Joint[] {
  const { first, last } = agesOf(numbers);
  const [former, current] = smokingByYear(sex, numbers, { first, last });
  const scores = scoresOf(sex, numbers).shares;
  const shares = CONDITIONS.map((name) => sharesByYear(bandsOf(SHARES[name], sex, numbers), first, last));
  const odds = CONDITIONS.map((name) =>
    oddsOf(
      name,
      Math.max(
        0,
        LINKED.findIndex((linked) => linked === name),
      ),
      sex,
      numbers,
    ),
  );
  const typeOne = numbers.of("type_1.share");
  const bases = CONDITIONS.map((_, at) => logit(shares[at]?.[0] as number));
  return Array.from({ length: last - first + 1 }, (_, year) => {
    const [stopped, smoke] = [former[year] as number, current[year] as number];
    const smoking = [Math.max(0, 1 - stopped - smoke), stopped, smoke];
    const roots = Float64Array.from(
      { length: ROOTS },
      (_unused, root) => (smoking[Math.floor(root / SCORES)] as number) * (scores[root % SCORES] as number),
    );
    let cells: Float64Array = roots;
    let diabetes: Float64Array = roots;
    const apart: Float64Array[] = [];
    for (const [at, name] of CONDITIONS.entries()) {
      const linked = at < LINKED.length;
      const { having, base } = solved(
        linked ? cells : roots,
        odds[at] as Float64Array,
        shares[at]?.[year] as number,
        bases[at] as number,
      );
      bases[at] = base;
      if (name === "diabetes") diabetes = having;
      if (linked) cells = split(cells, having);
      else apart.push(having);
    }
    return { cells, apart, typeOne: diabetes.map((share) => Math.min(1, typeOne / share)) };
  });
}

/** Shares of former and of current smokers by year of age. */
function smokingByYear(sex: Sex, numbers: Numbers, { first, last }: Ages): [Float64Array, Float64Array] {
  const current = bandsOf({ id: "smoking.current", bands: SMOKERS, by: "margins" }, sex, numbers);
  const stopped = (of: string): number => {
    const quit = numbers.of(`smoking.quit.${of}`);
    return (numbers.of(`smoking.current.${of}`) * quit) / (1 - quit);
  };
  const former = current.map((band, at) => ({
    ...band,
    share: inside((stopped(SMOKERS[at] as string) * stopped(sex)) / stopped("all")),
  }));
  return [sharesByYear(former, first, last), sharesByYear(current, first, last)];
}

/** Of log odds; a step further, and it would be closer than anyone could count. */
const CLOSE = 1 / 1024 / 1024;

interface Solved {
  readonly having: Float64Array;
  /** log odds where `odds` is 1: where to begin for the next year of age */
  readonly base: number;
}

/** Shares of a condition in each cell whose odds are as `odds` says and whose mean is `share`. */
function solved(weights: Float64Array, odds: Float64Array, share: number, begin: number): Solved {
  let base = begin;
  const having = new Float64Array(weights.length);
  for (let round = 0; round < 60; round++) {
    const times = Math.exp(base);
    let [total, mean, slope] = [0, 0, 0];
    for (let i = 0; i < weights.length; i++) {
      const weight = weights[i] as number;
      const p = (times * (odds[i] as number)) / (1 + times * (odds[i] as number));
      having[i] = p;
      total += weight;
      mean += weight * p;
      slope += weight * p * (1 - p);
    }
    const step = Math.min(1, Math.max(-1, (share * total - mean) / slope));
    if (Math.abs(step) < CLOSE) break;
    base += step;
  }
  return { having, base };
}

/** Each cell in two: without the condition, with it. */
function split(cells: Float64Array, having: Float64Array): Float64Array {
  const both = new Float64Array(2 * cells.length);
  for (let i = 0; i < cells.length; i++) {
    const [weight, p] = [cells[i] as number, having[i] as number];
    both[2 * i] = weight * (1 - p);
    both[2 * i + 1] = weight * p;
  }
  return both;
}

/** Joint distributions by `female`, then by year of age from the first. */
export const everyJoint = (numbers: Numbers): Joint[][] => SEXES.map((sex) => jointsOf(sex, numbers));
