import type { Measured } from "./measured.ts";

/** How the tokens of a column lie: along a line, or beside each other. */
export interface Axis {
  readonly count: number;
  readonly ordered: boolean;
  /** the token of missing cells, which stands apart; -1: none */
  readonly missing: number;
}

/** Orthonormal vectors over the tokens of a column, and which of them are looked at together. */
interface Basis {
  readonly vectors: readonly Float64Array[];
  /** block of each vector; 0: the constant one */
  readonly blocks: readonly number[];
}

/**
 * Noisy counts as they are most likely meant, given what the model expected (`expected`, counts): what departs from it is
 * taken apart into smooth and rough parts along ordered columns, into blocks, and each block is kept in proportion to what
 * it has beyond its noise (positive-part James & Stein 1961). Where there is no noise nothing changes.
 */
export function smoothed(measured: Measured, expected: Float64Array, axes: readonly Axis[]): Measured {
  const { counts, sigma } = measured;
  const bases = axes.map(basisOf);
  const sizes = axes.map(({ count }) => count);
  let parts: Float64Array = counts.map((count, i) => count - (expected[i] as number));
  bases.forEach((basis, axis) => {
    parts = turned(parts, sizes, axis, basis, false);
  });
  shrink(parts, sizes, bases, sigma);
  bases.forEach((basis, axis) => {
    parts = turned(parts, sizes, axis, basis, true);
  });
  return { ...measured, counts: parts.map((part, i) => part + (expected[i] as number)) };
}

/** The constant, then cosines of growing frequency over tokens in order, a contrast for missing; unit contrasts without order. */
function basisOf({ count, ordered, missing }: Axis): Basis {
  const constant = new Float64Array(count).fill(1);
  const places = [...constant.keys()].filter((token) => token !== missing);
  const raw: { vector: Float64Array; block: number }[] = [{ vector: constant, block: 0 }];
  if (missing >= 0 && count > 1)
    raw.push({ vector: constant.map((_, token) => Number(token === missing)), block: 1 });
  for (let frequency = 1; frequency < places.length; frequency++) {
    const vector = new Float64Array(count);
    places.forEach((token, i) => {
      vector[token] = ordered
        ? Math.cos((Math.PI * frequency * (i + 0.5)) / places.length)
        : Number(i === frequency);
    });
    raw.push({ vector, block: ordered ? 1 + Math.ceil(Math.log2(frequency + 1)) : 2 });
  }
  return { vectors: orthonormal(raw.map(({ vector }) => vector)), blocks: raw.map(({ block }) => block) };
}

/** Gram & Schmidt. */
function orthonormal(vectors: readonly Float64Array[]): Float64Array[] {
  const made: Float64Array[] = [];
  for (const vector of vectors) {
    const own = vector.slice();
    for (const other of made) {
      const along = own.reduce((sum, value, i) => sum + value * (other[i] as number), 0);
      for (let i = 0; i < own.length; i++) own[i] = (own[i] as number) - along * (other[i] as number);
    }
    const length = Math.hypot(...own);
    made.push(own.map((value) => value / length));
  }
  return made;
}

/** `table` in another basis along one axis; `back`: from there. */
function turned(
  table: Float64Array,
  sizes: readonly number[],
  axis: number,
  { vectors }: Basis,
  back: boolean,
): Float64Array {
  const size = sizes[axis] as number;
  const after = sizes.slice(axis + 1).reduce((product, count) => product * count, 1);
  const made = new Float64Array(table.length);
  for (let start = 0; start < table.length; start += size * after)
    for (let rest = 0; rest < after; rest++)
      for (let to = 0; to < size; to++) {
        let sum = 0;
        for (let from = 0; from < size; from++) {
          const weight = back ? vectors[from]?.[to] : vectors[to]?.[from];
          sum += (weight as number) * (table[start + from * after + rest] as number);
        }
        made[start + to * after + rest] = sum;
      }
  return made;
}

/** Each block of coefficients, times what it has beyond its noise. */
function shrink(parts: Float64Array, sizes: readonly number[], bases: readonly Basis[], sigma: number): void {
  const blockOf = (cell: number): number => {
    let rest = cell;
    let block = 0;
    for (let axis = sizes.length - 1; axis >= 0; axis--) {
      const size = sizes[axis] as number;
      block = block * 32 + (bases[axis]?.blocks[rest % size] as number);
      rest = Math.floor(rest / size);
    }
    return block;
  };
  const sums = new Map<number, { squares: number; cells: number }>();
  parts.forEach((part, cell) => {
    const block = blockOf(cell);
    const { squares, cells } = sums.get(block) ?? { squares: 0, cells: 0 };
    sums.set(block, { squares: squares + part ** 2, cells: cells + 1 });
  });
  parts.forEach((part, cell) => {
    const { squares, cells } = sums.get(blockOf(cell)) as { squares: number; cells: number };
    parts[cell] = squares > 0 ? part * Math.max(0, 1 - (cells * sigma ** 2) / squares) : 0;
  });
}
