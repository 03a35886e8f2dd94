/** Which columns a heatmap shows and how its cells group by colour; shared by the page and the card. */
import type { CorrelationComparison } from "../report/report.ts";

/** Up to this many columns are all shown; beyond it, the most linked ones until the person asks for all. */
export const ALL_UP_TO = 30;
export const MOST_LINKED = 18;

type Matrix = readonly (readonly number[])[];

const cell = (matrix: Matrix, row: number, column: number): number => matrix[row]?.[column] ?? Number.NaN;

/** Indices into `names`, in table order: the columns whose links are strongest in sum, and those of the worst pairs. */
export function mostLinked(correlations: CorrelationComparison, limit = MOST_LINKED): number[] {
  const { names, real, worst } = correlations;
  if (names.length <= limit) return names.map((_, i) => i);
  const inWorst = new Set(worst.slice(0, 3).flatMap(({ a, b }) => [names.indexOf(a), names.indexOf(b)]));
  const strength = names.map((_, i) =>
    names.reduce(
      (sum, __, j) => {
        const value = Math.abs(cell(real, i, j));
        return i === j || Number.isNaN(value) ? sum : sum + value;
      },
      inWorst.has(i) ? 1e6 : 0,
    ),
  );
  return names
    .map((_, i) => i)
    .sort((i, j) => (strength[j] ?? 0) - (strength[i] ?? 0))
    .slice(0, limit)
    .sort((i, j) => i - j);
}

/** The same columns, those whose links differ most in sum first, so that what is worst stands top left. */
export function worstFirst({ difference }: CorrelationComparison, shown: readonly number[]): number[] {
  const offBy = new Map(
    shown.map((i) => [
      i,
      shown.reduce((sum, j) => sum + (i === j ? 0 : Math.abs(cell(difference, i, j)) || 0), 0),
    ]),
  );
  return [...shown].sort((i, j) => (offBy.get(j) ?? 0) - (offBy.get(i) ?? 0) || i - j);
}

/** The end of the colour scale: the strongest off-diagonal value, rounded up to a tenth, at least 0.3. */
export function reach(matrices: readonly Matrix[], shown: readonly number[]): number {
  let most = 0;
  for (const matrix of matrices)
    for (const i of shown)
      for (const j of shown) {
        const value = Math.abs(cell(matrix, i, j));
        if (i !== j && value > most) most = value;
      }
  return Math.min(1, Math.max(0.3, Math.ceil(most * 10 - 1e-9) / 10));
}

export interface HeatCell {
  /** positions among the shown columns, row > column */
  readonly row: number;
  readonly column: number;
  readonly value: number;
}

export function lowerTriangle(matrix: Matrix, shown: readonly number[]): HeatCell[] {
  return shown.flatMap((i, row) =>
    shown.slice(0, row).map((j, column) => ({ row, column, value: cell(matrix, i, j) })),
  );
}

/** Strength of colour in eighths of the scale, with a sign; 0 for what rounds away. */
export function shade(value: number, scale: number): number {
  return Math.max(-8, Math.min(8, Math.round((8 * value) / scale)));
}

/** Positions of the three worst pairs that are shown. */
export function outlined(correlations: CorrelationComparison, shown: readonly number[]): HeatCell[] {
  const { names, worst, difference } = correlations;
  return worst.slice(0, 3).flatMap(({ a, b }) => {
    const i = shown.indexOf(names.indexOf(a));
    const j = shown.indexOf(names.indexOf(b));
    if (i < 0 || j < 0) return [];
    const [row, column] = i > j ? [i, j] : [j, i];
    return [{ row, column, value: cell(difference, names.indexOf(a), names.indexOf(b)) }];
  });
}
