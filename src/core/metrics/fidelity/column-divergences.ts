import type { AlignedColumn } from "../measuring/align.ts";
import { binColumn, countCells } from "./binned-columns.ts";
import type { ColumnDistance, Groups } from "./column-distances.ts";

/** Bins of a number, between train's quantiles. */
export const BINS = 20;
/** Added to every share, so that an empty bin does not make the divergence infinite. */
const SMOOTHING = 1e-6;

/**
 * A divergence of two lists of shares for table `side` of a column: numbers in 20 bins between train's quantiles,
 * categories by their levels, missing a value of its own, 1e-6 added to every share.
 * @param divergence of train's shares and the other's
 * @param typical its mean for two samples of one distribution, given the chi-square statistic's mean (bins - 1)(1/n + 1/m)
 */
export function binnedDivergence(
  column: AlignedColumn,
  side: number,
  groups: Groups | undefined,
  divergence: (real: Float64Array, other: Float64Array) => number,
  typical: (chiSquare: number) => number,
): ColumnDistance | undefined {
  const { size, codes } = binColumn(column, BINS);
  const real = countCells(codes[0] as Uint32Array, size);
  const own = codes[side] as Uint32Array;
  const whole = countCells(own, size);
  const rows = (codes[0] as Uint32Array).length;
  if (rows === 0 || own.length === 0) return undefined;
  const used = real.reduce((n, count, i) => n + (count + (whole[i] as number) > 0 ? 1 : 0), 0);
  const inUse = (counts: Float64Array): Float64Array =>
    counts.filter((_, i) => (real[i] as number) + (whole[i] as number) > 0);
  const p = shares(inUse(real));
  const value = Math.max(0, divergence(p, shares(inUse(whole))));
  const expected = typical((used - 1) * (1 / rows + 1 / own.length));
  return {
    value,
    noise: expected > 0 ? value / expected : 0,
    leftOut: groups
      ? withoutEach(own, groups, whole).map((rest) =>
          rest ? Math.max(0, divergence(p, shares(inUse(rest)))) : value,
        )
      : [],
  };
}

function shares(counts: Float64Array): Float64Array {
  const total = counts.reduce((a, b) => a + b, 0);
  const smoothed = counts.map((count) => count / total + SMOOTHING);
  const sum = smoothed.reduce((a, b) => a + b, 0);
  return smoothed.map((share) => share / sum);
}

/** The counts with each group's rows left out; undefined where none are left. */
function withoutEach(codes: Uint32Array, groups: Groups, whole: Float64Array): (Float64Array | undefined)[] {
  const members = Array.from({ length: groups.count }, () => [] as number[]);
  codes.forEach((code, row) => members[groups.of[row] as number]?.push(code));
  return members.map((group) => {
    if (group.length === codes.length) return undefined;
    const rest = whole.slice();
    for (const code of group) rest[code] = (rest[code] as number) - 1;
    return rest;
  });
}
