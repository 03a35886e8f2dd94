import measuredUse from "./measured-use.json" with { type: "json" };

export interface ExpectedUse {
  /** AUROC of the target */
  readonly expected: { readonly value: number; readonly low: number; readonly high: number };
  /** C2ST AUC */
  readonly told: number;
}

/** One fit that was measured in advance. */
interface Measured {
  readonly units: number;
  readonly columns: number;
  readonly epsilon: number;
  readonly real: number;
  readonly use: number;
  /** of `use`, between one fit and another of the same table */
  readonly spread: number;
  readonly told: number;
}

/** How far from the one asked about, in natural logarithms of units times epsilon and of columns, a measured fit still speaks. */
const REACH = { size: 0.8, columns: 0.8 };
/** Below this much likeness in all nothing that was measured is like it. */
const LEAST = 0.35;
/** Of the share of the signal that is kept, between tables of one size. */
const LEAST_SPREAD = 0.05;

/**
 * What to expect of a table by tables that were measured in advance, not by looking at it: the share of the target's signal (AUROC
 * above .5) that was kept, weighted by likeness in log(units x epsilon) and log(columns), of the AUROC that real rows had in
 * those tables; low and high are two standard deviations about it, between tables and between fits of one. Undefined where none
 * was like it.
 */
export function expectedUse(
  asked: { readonly units: number; readonly columns: number; readonly epsilon: number },
  measured: readonly Measured[] = measuredUse.measured,
): ExpectedUse | undefined {
  const weights = measured.map((one) => {
    const size = Math.log((one.units * one.epsilon) / (asked.units * asked.epsilon)) / REACH.size;
    const columns = Math.log(one.columns / asked.columns) / REACH.columns;
    return Math.exp(-(size * size + columns * columns) / 2);
  });
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  if (!(all >= LEAST)) return undefined;
  const mean = (of: (one: Measured) => number): number =>
    measured.reduce((sum, one, i) => sum + (weights[i] as number) * of(one), 0) / all;
  const spread = (of: (one: Measured) => number, middle: number): number =>
    Math.sqrt(mean((one) => (of(one) - middle) ** 2));
  const real = mean((one) => one.real);
  const kept = mean(keptOf);
  const keptSpread = Math.max(LEAST_SPREAD, spread(keptOf, kept));
  const tables = Math.hypot(spread((one) => one.real, real) * kept, keptSpread * (real - 0.5));
  const fits = Math.sqrt(mean((one) => one.spread ** 2));
  const off = 2 * Math.hypot(tables, fits);
  const value = 0.5 + kept * (real - 0.5);
  return {
    expected: { value, low: Math.max(0.5, value - off), high: Math.min(1, value + off) },
    told: toldOf(asked.units, measured, weights),
  };
}

/** More rows tell synthetic ones from real ones better, whatever epsilon makes up for: tables of like size count more. */
function toldOf(units: number, measured: readonly Measured[], weights: readonly number[]): number {
  let [sum, all] = [0, 0];
  measured.forEach((one, i) => {
    const size = Math.log(one.units / units) / REACH.size;
    const weight = (weights[i] as number) * Math.exp((-size * size) / 2);
    sum += weight * one.told;
    all += weight;
  });
  return sum / all;
}

/**
 * `expectedUse` at each epsilon, Infinity for a run without a guarantee; more epsilon is never expected to leave less use,
 * whatever chance did to what was measured.
 */
export function expectedUses(
  shape: { readonly units: number; readonly columns: number },
  epsilons: readonly number[],
): Map<number, ExpectedUse> {
  const found = new Map<number, ExpectedUse>();
  let before: ExpectedUse | undefined;
  for (const epsilon of epsilons.toSorted((a, b) => a - b)) {
    const own = expectedAt(shape, epsilon);
    if (own === undefined) continue;
    before = before === undefined ? own : notBelow(own, before);
    found.set(epsilon, before);
  }
  return found;
}

/** What was measured without a guarantee has no epsilon: only sizes count. */
const expectedAt = (
  shape: { readonly units: number; readonly columns: number },
  epsilon: number,
): ExpectedUse | undefined =>
  epsilon === Infinity
    ? expectedUse(
        { ...shape, epsilon: 1 },
        measuredUse.off.map((one) => ({ ...one, epsilon: 1 })),
      )
    : expectedUse({ ...shape, epsilon });

function notBelow(own: ExpectedUse, before: ExpectedUse): ExpectedUse {
  const { value, low, high } = before.expected;
  return {
    expected: {
      value: Math.max(value, own.expected.value),
      low: Math.max(low, own.expected.low),
      high: Math.max(high, own.expected.high),
    },
    told: Math.min(before.told, own.told),
  };
}

const keptOf = ({ real, use }: Measured): number => (use - 0.5) / (real - 0.5);
