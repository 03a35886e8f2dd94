import { quantileSorted, sortedPresent } from "../../math/statistics.ts";
import type { AlignedColumn } from "../measuring/align.ts";

/** A column as small codes: 0 missing, then its levels, or its place between the real quantiles; `size` codes. */
export interface BinnedColumn {
  readonly size: number;
  readonly codes: readonly Uint32Array[];
}

/** Numbers are cut at table 0's inner quantiles i / `bins`, equal ones once; a value on an edge lies above it. */
export function binColumn(column: AlignedColumn, bins: number): BinnedColumn {
  if (column.type === "coded") {
    return {
      size: column.levels.length + 1,
      codes: column.codes.map((codes) => Uint32Array.from(codes, (code) => code + 1)),
    };
  }
  const sorted = sortedPresent(column.values[0] as Float64Array);
  const edges: number[] = [];
  for (let bin = 1; bin < bins && sorted.length > 0; bin++) {
    const edge = quantileSorted(sorted, bin / bins);
    if (edge > (edges.at(-1) ?? -Infinity)) edges.push(edge);
  }
  const place = (value: number): number => {
    if (value !== value) return 0;
    let bin = 1;
    while (bin <= edges.length && (edges[bin - 1] as number) <= value) bin++;
    return bin;
  };
  return {
    size: edges.length + 2,
    codes: column.values.map((values) => Uint32Array.from(values, place)),
  };
}

export function countCells(codes: Uint32Array, size: number): Float64Array {
  const counts = new Float64Array(size);
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row] as number;
    counts[code] = (counts[code] as number) + 1;
  }
  return counts;
}
