import { widthOf } from "../../math/regression/design.ts";
import type { Design } from "../../math/regression/design.ts";
import { mean, standardDeviation } from "../../math/statistics.ts";
import { countCodes } from "../measuring/align.ts";
import type { AlignedColumn } from "../measuring/align.ts";

export interface DesignKind {
  /** levels of one category that get a column, missing among them; the rarer ones share */
  readonly mostLevels: number;
  /** the most frequent level has no column, so that weights are determined without a penalty */
  readonly referenceLevel: boolean;
}

/**
 * Table 0's rows, then table 1's, as predictors: numbers standardised over both (missing = their mean, and a 0/1 column
 * beside it), categories as 0/1 columns, missing as a level. Columns that do not vary are left out.
 */
export function designOf(columns: readonly AlignedColumn[], kind: DesignKind): Design {
  const numbers: Float64Array[] = [];
  const factors: { codes: Int32Array; levels: number }[] = [];
  let rows = 0;
  for (const column of columns) {
    if (column.type === "numeric") {
      const values = joined(column.values[0] as Float64Array, column.values[1] as Float64Array);
      rows = values.length;
      numbers.push(...standardised(values));
    } else {
      const [a, b] = column.codes as [Int32Array, Int32Array];
      const both = new Int32Array(a.length + b.length);
      both.set(a);
      both.set(b, a.length);
      rows = both.length;
      const coded = coarsened(both, column.levels.length, kind);
      if (coded.levels > 0) factors.push(coded);
    }
  }
  return { rows, numbers, factors };
}

function joined(a: Float64Array, b: Float64Array): Float64Array {
  const both = new Float64Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

/** Mean 0 and deviation 1, and a flag for missing where some are; nothing for a constant. */
function standardised(values: Float64Array): Float64Array[] {
  const present = values.filter((value) => !Number.isNaN(value));
  const size = present.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
  const centre = mean(present.map((value) => value / size));
  const filled = values.map((value) => (Number.isNaN(value) ? 0 : value / size - centre));
  const deviation = standardDeviation(filled);
  const out = deviation > 1e-12 ? [filled.map((value) => value / deviation)] : [];
  const missing = values.length - present.length;
  if (missing > 0 && missing < values.length)
    out.push(Float64Array.from(values, (value) => (Number.isNaN(value) ? 1 : 0)));
  return out;
}

/** Levels by falling frequency from 0; the first becomes -1 where it is the reference, what is beyond `mostLevels` one more. */
function coarsened(
  codes: Int32Array,
  levels: number,
  { mostLevels, referenceLevel }: DesignKind,
): { codes: Int32Array; levels: number } {
  const counts = countCodes(codes, levels);
  const all = [...counts, codes.length - counts.reduce((a, b) => a + b, 0)];
  const order = all.map((_, i) => i).filter((i) => (all[i] as number) > 0);
  order.sort((a, b) => (all[b] as number) - (all[a] as number) || a - b);
  if (order.length < 2) return { codes, levels: 0 };
  const shift = referenceLevel ? 1 : 0;
  const place = new Int32Array(all.length).fill(-1);
  order.forEach((level, i) => (place[level] = Math.min(i, mostLevels) - shift));
  return {
    codes: codes.map((code) => place[code < 0 ? levels : code] as number),
    levels: Math.min(order.length, mostLevels + 1) - shift,
  };
}

/** The given rows of a design, copied. */
export const takeDesign = (design: Design, rows: Int32Array): Design => ({
  rows: rows.length,
  numbers: design.numbers.map((column) => Float64Array.from(rows, (row) => column[row] as number)),
  factors: design.factors.map(({ codes, levels }) => ({
    codes: Int32Array.from(rows, (row) => codes[row] as number),
    levels,
  })),
});

/** The variance of each weight's column: 0 for the intercept, p (1 - p) for a level. */
export function variancesOf(design: Design): Float64Array {
  const out = new Float64Array(widthOf(design));
  let at = 1;
  for (const column of design.numbers) out[at++] = standardDeviation(column) ** 2;
  for (const { codes, levels } of design.factors) {
    for (const count of countCodes(codes, levels)) {
      const share = count / design.rows;
      out[at++] = share * (1 - share);
    }
  }
  return out;
}
