import type { PublicColumn } from "../../../private/public/public-facts.ts";
import { yearTick, type Ticks } from "./ticks.ts";

/**
 * Cells of ticks: cell k is [edges[k], edges[k + 1]), ascending. Everything that depends on patients was paid for before it
 * comes here.
 */
export type Edges = Float64Array;

/** Up to so many ticks have a cell each from the start. */
const FEW = 256;
const POWERS = 46;
/** Of a cell with less of the shape than this, the shape says nothing. */
const LEAST_WITHIN = 1e-3;
const [FIRST_YEAR, LAST_YEAR] = [1850, 2150];

/**
 * The cells that a column is looked at in first, by what is public alone: one a tick where a range is known and short; else
 * powers of two of the column's unit, both signs, or years; cut to the range where one is known.
 */
export function firstCells(ticks: Ticks, { range }: Pick<PublicColumn, "range">): Edges {
  const [low, high] = knownRange(ticks, range);
  if (high - low < FEW) return Float64Array.from({ length: high - low + 2 }, (_, i) => low + i);
  const edges = (
    ticks.unit === "number" ? powers() : ticks.unit === "date" ? years(ticks) : hours(low, high)
  ).filter((edge) => edge > low && edge <= high);
  return Float64Array.from([low, ...edges, high + 1]);
}

const widest = 2 ** POWERS;

function knownRange(ticks: Ticks, range: PublicColumn["range"]): readonly [number, number] {
  if (range !== undefined) {
    const [low, high] = [ticks.toTick(range.from), ticks.toTick(range.to)];
    return low <= high ? [low, high] : [high, low];
  }
  if (ticks.within !== undefined) return ticks.within;
  return ticks.unit === "date"
    ? [yearTick(ticks, FIRST_YEAR), yearTick(ticks, LAST_YEAR + 1) - 1]
    : [-widest, widest];
}

/** ..., -3, -1, 0, 1, 2, 4, ...: 0 has a cell of its own. */
function powers(): number[] {
  const up = Array.from({ length: POWERS }, (_, k) => 2 ** k);
  return [...up.map((edge) => 1 - 2 * edge).reverse(), 0, ...up];
}

function years(ticks: Ticks): number[] {
  const all = Array.from({ length: LAST_YEAR - FIRST_YEAR + 1 }, (_, i) => yearTick(ticks, FIRST_YEAR + i));
  return [...new Set(all)];
}

/** 24 equal parts. */
const hours = (low: number, high: number): number[] => {
  const parts = Array.from({ length: 23 }, (_, i) => Math.round(low + ((i + 1) * (high - low + 1)) / 24));
  return [...new Set(parts)];
};

/** Which cell `tick` is in; those beyond are moved to the ends. */
export function cellOf(edges: Edges, tick: number): number {
  let low = 0;
  let high = edges.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((edges[middle] as number) <= tick) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Cells, and how the masses of older ones spread over them. */
export interface FinerCells {
  readonly edges: Edges;
  readonly masses: Float64Array;
}

interface CoarseCells {
  readonly edges: Edges;
  readonly masses: ArrayLike<number>;
  /** share of all below a tick, which says how a cell's mass lies within it; undefined: evenly */
  readonly below?: ((tick: number) => number) | undefined;
}

/** `edges` cut finer: about `wanted` cells, each old one into as many equal parts as it holds of the mass. */
export function finerCells({ edges, masses, below }: CoarseCells, wanted: number): FinerCells {
  let total = 0;
  for (let k = 0; k < masses.length; k++) total += masses[k] as number;
  const cut: number[] = [edges[0] as number];
  const spread: number[] = [];
  for (let k = 0; k + 1 < edges.length; k++) {
    const [from, to] = [edges[k] as number, edges[k + 1] as number];
    const own = masses[k] as number;
    const parts = Math.min(to - from, Math.max(1, Math.round((wanted * own) / (total || 1))));
    const within = below === undefined ? 0 : below(to) - below(from);
    for (let part = 1; part <= parts; part++) {
      const before = cut[cut.length - 1] as number;
      const end = Math.round(from + ((to - from) * part) / parts);
      cut.push(end);
      const share =
        below !== undefined && within > LEAST_WITHIN
          ? (below(end) - below(before)) / within
          : (end - before) / (to - from);
      spread.push(own * share);
    }
  }
  return { edges: Float64Array.from(cut), masses: Float64Array.from(spread) };
}
