import type { Rng } from "../../../math/rng.ts";
import { cellOf, type Edges } from "./cells.ts";
import type { Ticks } from "./ticks.ts";

/** Bins of one column of numbers or dates, in ticks (`Ticks`), ascending and without gaps. */
export interface NumberBins {
  /** bin k is [edges[k], edges[k + 1]); no bins where every cell is missing */
  readonly edges: Edges;
  /** of each bin: ticks between which equal shares of it lie, from its first edge to its last */
  readonly knots: readonly Float64Array[];
}

export const NO_BINS: NumberBins = { edges: new Float64Array(0), knots: [] };

const KNOTS = 9;
/** A run of cells with less than this share of a bin's mass joins the bin beside it. */
const TOO_LITTLE = 1 / 3;

/**
 * About `wanted` bins of about equal mass, of cells with noisy `masses`; a cell that holds as much as a bin does is one by
 * itself.
 */
export function cutBins(edges: Edges, masses: Float64Array, wanted: number): NumberBins {
  const each = masses.reduce((a, b) => a + b, 0) / wanted;
  const cuts = [0];
  let run = 0;
  const close = (end: number): void => {
    const from = cuts[cuts.length - 1] as number;
    if (end === from) return;
    if (run < TOO_LITTLE * each && cuts.length > 1) cuts[cuts.length - 1] = end;
    else cuts.push(...inside(masses, from, end, Math.max(1, Math.round(run / each))), end);
    run = 0;
  };
  masses.forEach((mass, k) => {
    if (mass < each) run += mass;
    else {
      close(k);
      cuts.push(k + 1);
    }
  });
  close(masses.length);
  const ends = [...new Set(cuts)];
  return {
    edges: Float64Array.from(ends, (k) => edges[k] as number),
    knots: ends.slice(1).map((end, b) => knotsOf(edges, masses, ends[b] as number, end)),
  };
}

/** Where cells `from` to `end` are cut into `parts` of about equal mass. */
function inside(masses: Float64Array, from: number, end: number, parts: number): number[] {
  let total = 0;
  for (let k = from; k < end; k++) total += masses[k] as number;
  const cuts: number[] = [];
  let below = 0;
  for (let k = from; k < end - 1 && cuts.length < parts - 1; k++) {
    const after = below + (masses[k] as number);
    const next = (total * (cuts.length + 1)) / parts;
    if (after >= next && next - below < after - next && k > from && cuts.at(-1) !== k) cuts.push(k);
    else if (after >= next) cuts.push(k + 1);
    below = after;
  }
  return cuts;
}

/** Ticks that cut cells `from` to `end` into equal masses, each cell even within itself. */
function knotsOf(edges: Edges, masses: Float64Array, from: number, end: number): Float64Array {
  const parts = (edges[end] as number) - (edges[from] as number) === 1 ? 1 : KNOTS - 1;
  let total = 0;
  for (let k = from; k < end; k++) total += masses[k] as number;
  const knots = new Float64Array(parts + 1);
  let [k, below] = [from, 0];
  for (let i = 1; i < parts; i++) {
    const wanted = (total * i) / parts;
    while (k < end - 1 && below + (masses[k] as number) < wanted) below += masses[k++] as number;
    const mass = masses[k] as number;
    const [low, high] = [edges[k] as number, edges[k + 1] as number];
    const within = total > 0 && mass > 0 ? Math.min(1, (wanted - below) / mass) : i / parts;
    knots[i] = low + (high - low) * within;
  }
  knots[0] = edges[from] as number;
  knots[parts] = edges[end] as number;
  return knots.sort();
}

/** The bin of a value; those beyond are in the first or last. */
export const binOf = ({ edges }: NumberBins, ticks: Ticks, value: number): number =>
  cellOf(edges, ticks.toTick(value));

/** A value of the bin as it is distributed in there; `place` in [0, 1) where in it. */
export function valueIn({ edges, knots }: NumberBins, ticks: Ticks, bin: number, place: number): number {
  const own = knots[bin] as Float64Array;
  const at = place * (own.length - 1);
  const k = Math.min(own.length - 2, Math.floor(at));
  const [low, high] = [own[k] as number, own[k + 1] as number];
  const tick = Math.floor(low + (high - low) * (at - k));
  return ticks.fromTick(Math.min((edges[bin + 1] as number) - 1, Math.max(edges[bin] as number, tick)));
}

export const drawIn = (bins: NumberBins, ticks: Ticks, bin: number, rng: Rng): number =>
  valueIn(bins, ticks, bin, rng.uniform());
