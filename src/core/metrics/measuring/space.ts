import type { Points } from "../../math/space/nearest.ts";
import { mean, quantileSorted, sortedPresent, standardDeviation } from "../../math/statistics.ts";
import { countCodes } from "./align.ts";
import type { AlignedColumn } from "./align.ts";

const MOST_LEVELS = 60;
const FLAGGED_MISSING = 0.005;
/** So that squares of differences stay finite in single precision. */
const FARTHEST = 1e9;

/**
 * The space in which rows are near or far: numbers standardised by table 0 (missing = its median, and a 0/1 flag beside
 * it where more than 0.5% are missing), categories equal or not (missing is a level; levels beyond table 0's 60 most
 * frequent are none). The judge's space in this project's comparisons.
 */
export function placeRows(columns: readonly AlignedColumn[], tables: number): Points[] {
  const numbers: ((side: number) => Float32Array)[] = [];
  const codes: ((side: number) => Int32Array)[] = [];
  for (const column of columns) {
    if (column.type === "numeric") numbers.push(...standardised(column.values));
    else codes.push(listed(column));
  }
  return Array.from({ length: tables }, (_, side): Points => {
    const placed = { numbers: numbers.map((of) => of(side)), codes: codes.map((of) => of(side)) };
    return { rows: (placed.numbers[0] ?? placed.codes[0])?.length ?? 0, ...placed };
  });
}

function standardised(values: readonly Float64Array[]): ((side: number) => Float32Array)[] {
  const real = values[0] as Float64Array;
  const present = sortedPresent(real);
  const median = present.length > 0 ? quantileSorted(present, 0.5) : 0;
  const filled = real.map((value) => (Number.isNaN(value) ? median : value));
  const centre = mean(filled);
  const deviation = standardDeviation(filled);
  const scale = deviation > 0 && Number.isFinite(deviation) ? deviation : 1;
  const place = (side: number): Float32Array =>
    Float32Array.from(values[side] as Float64Array, (value) => {
      const z = ((Number.isNaN(value) ? median : value) - centre) / scale;
      return Number.isFinite(z) ? Math.max(-FARTHEST, Math.min(FARTHEST, z)) : 0;
    });
  const flag = (side: number): Float32Array =>
    Float32Array.from(values[side] as Float64Array, (value) => (Number.isNaN(value) ? 1 : 0));
  return real.length - present.length > FLAGGED_MISSING * real.length ? [place, flag] : [place];
}

function listed({ codes, levels }: Extract<AlignedColumn, { type: "coded" }>): (side: number) => Int32Array {
  const real = codes[0] as Int32Array;
  const counts = countCodes(real, levels.length);
  const missing = real.length - counts.reduce((a, b) => a + b, 0);
  const all = [...counts, missing];
  const order = all.map((_, i) => i).filter((i) => (all[i] as number) > 0);
  order.sort((a, b) => (all[b] as number) - (all[a] as number) || a - b);
  const place = new Int32Array(all.length).fill(-1);
  order.slice(0, MOST_LEVELS).forEach((level, i) => (place[level] = i));
  return (side) =>
    (codes[side] as Int32Array).map((code) => place[code < 0 ? levels.length : code] as number);
}
