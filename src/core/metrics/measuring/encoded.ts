import { normalQuantile } from "../../math/normal.ts";
import { mean, skewness, sortedPresent, standardDeviation } from "../../math/statistics.ts";
import { patientsIn, LEAST_PATIENTS } from "./patients.ts";
import { MADE, REAL } from "./real-rows.ts";
import type { Compared } from "./real-rows.ts";

/** One column as numbers: its normal score and whether it is missing, or one 0/1 column for each level. */
export interface EncodedColumn {
  readonly name: string;
  readonly type: "number" | "levels";
  /** levels: what each part stands for */
  readonly labels: readonly string[];
  /** number: score (0 where missing), then 1 where missing if some are; levels: 1 in the row's level. Two sides each. */
  readonly parts: readonly (readonly [Float64Array, Float64Array])[];
}

/** Levels of a column that have a part of their own, by how many columns there are: the work grows with their square. */
const mostLevels = (columns: number): number => Math.max(3, Math.min(20, Math.floor(240 / columns)));

/**
 * The columns as numbers for linear models. Scores are those of the real rows (`normalQuantile` of the mid rank), so that
 * neither units nor outliers count. Levels of fewer than five real patients, and the rarest beyond 20, are one part.
 */
export function encoded({ columns, rows, whose }: Compared): EncodedColumn[] {
  const most = mostLevels(columns.length);
  return columns.map((column) => {
    const { name } = column.schema;
    if (column.type === "numeric") {
      const score = scoring(column.values[REAL] as Float64Array);
      const sides = column.values as readonly [Float64Array, Float64Array];
      const flags = sides.map((values) => Float64Array.from(values, (x) => (Number.isNaN(x) ? 1 : 0)));
      const scores = sides.map((values) => values.map((x) => (Number.isNaN(x) ? 0 : score(x))));
      const missing = flags[REAL]?.some((flag) => flag === 1) ?? false;
      return {
        name,
        type: "number",
        labels: [name],
        parts: [pair(scores), ...(missing ? [pair(flags)] : [])],
      };
    }
    const size = column.levels.length;
    const patients = patientsIn(column.codes[REAL] as Int32Array, size, whose);
    const kept = [...patients.keys()]
      .filter((level) => (patients[level] as number) >= LEAST_PATIENTS)
      .sort((x, y) => (patients[y] as number) - (patients[x] as number) || x - y)
      .slice(0, most);
    const place = new Int32Array(size + 1).fill(kept.length);
    kept.forEach((level, i) => (place[level] = i));
    place[size] = kept.length + 1;
    const codes = column.codes.map((own) => own.map((code) => place[code < 0 ? size : code] as number));
    const part = (wanted: number): readonly [Float64Array, Float64Array] =>
      pair(codes.map((own) => Float64Array.from(own, (code) => (code === wanted ? 1 : 0))));
    const used = [...kept.keys(), kept.length, kept.length + 1].filter((wanted) =>
      codes.some((own) => own.includes(wanted)),
    );
    const label = (i: number): string =>
      i < kept.length
        ? (column.levels[kept[i] as number] as string)
        : i === kept.length
          ? "another level"
          : "missing";
    return { name, type: "levels", labels: used.map(label), parts: used.map(part) };
  });

  function pair(sides: readonly Float64Array[]): readonly [Float64Array, Float64Array] {
    return [sides[REAL] as Float64Array, (sides[MADE] ?? new Float64Array(rows[MADE])) as Float64Array];
  }
}

/** Beyond this skewness a number counts by its normal score, below in standard deviations. */
const SKEWED = 2;
const FURTHEST = 6;

/** Standard deviations from the mean of `values`; of a skewed column the normal score, of the share below and half of the equals. */
function scoring(values: Float64Array): (value: number) => number {
  const sorted = sortedPresent(values);
  const n = sorted.length;
  const [centre, deviation] = [mean(sorted), standardDeviation(sorted)];
  if (Math.abs(skewness(sorted)) < SKEWED && deviation > 0 && Number.isFinite(deviation))
    return (value) => Math.max(-FURTHEST, Math.min(FURTHEST, (value - centre) / deviation));
  const before = (value: number, orAt: boolean): number => {
    let [low, high] = [0, n];
    while (low < high) {
      const middle = (low + high) >> 1;
      const x = sorted[middle] as number;
      if (x < value || (orAt && x === value)) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const known = new Map<number, number>();
  return (value) => {
    const seen = known.get(value);
    if (seen !== undefined) return seen;
    const rank = (before(value, false) + before(value, true)) / 2;
    const score = n > 0 ? normalQuantile(Math.max(0.5, Math.min(n - 0.5, rank)) / n) : 0;
    known.set(value, score);
    return score;
  };
}
