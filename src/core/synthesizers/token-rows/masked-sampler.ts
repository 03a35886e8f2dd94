import { breathe } from "../../math/breathe.ts";
import type { Rng } from "../../math/rng.ts";
import type { Masks } from "./masks.ts";
import type { Sampler } from "./sampler.ts";
import { tokenAt } from "./sampler.ts";

/** Rows drawn together, as a sampler without masks does. */
const TOGETHER = 256;
/** How often a row that no token is left for is begun anew before its rules are given up. */
const TRIES = 100;

/** A sampler whose rows keep what its masks say. */
export interface MaskedSampler extends Sampler {
  readonly masks: Masks;
  /** the sampler without masks */
  readonly unmasked: Sampler;
  /** Rows begun anew so far because no token was left at one of their places. */
  begunAnew(): number;
}

/** `sampler`, whose weights are 0 for tokens that `masks` forbid; it itself where there are none. */
export function maskedSampler(sampler: Sampler, masks: Masks | undefined): Sampler | MaskedSampler {
  if (!masks) return sampler;
  const { places, members, counts } = sampler;
  let anew = 0;
  const parents = counts.map((_, place) => {
    const beside = masks.besides(place).filter((other) => other < place);
    return Int32Array.from(new Set([...sampler.parentsOf(place), ...beside])).sort();
  });

  const weigh: Sampler["weigh"] = (tokens, start, place, member, weights) => {
    const total = sampler.weigh(tokens, start, place, member, weights);
    if (!masks.mask(tokens, start, place, weights)) return total;
    return sumOf(weights, counts[place] as number);
  };

  /** Draws a token at `place`; false where none is left. */
  const drawAt = (
    tokens: Int32Array,
    start: number,
    place: number,
    weights: Float64Array,
    rng: Rng,
  ): boolean => {
    const dice = rng.uniform() * members;
    const member = Math.floor(dice);
    const total = weigh(tokens, start, place, member, weights);
    if (!(total > 0)) return false;
    tokens[start + place] = tokenAt(weights, counts[place] as number, (dice - member) * total);
    return true;
  };

  const redraw = (tokens: Int32Array, start: number, last: number, weights: Float64Array, rng: Rng): void => {
    for (let attempt = 0; attempt < TRIES; attempt++) {
      anew++;
      let place = 0;
      while (place <= last && drawAt(tokens, start, place, weights, rng)) place++;
      if (place > last) return;
    }
    const total = sampler.weigh(tokens, start, last, 0, weights);
    tokens[start + last] = tokenAt(weights, counts[last] as number, rng.uniform() * total);
  };

  const draw = async (rows: number, rng: Rng): Promise<Int32Array> => {
    const tokens = new Int32Array(rows * places);
    const weights = sampler.room();
    for (let from = 0; from < rows; from += TOGETHER) {
      const to = Math.min(rows, from + TOGETHER);
      for (let place = 0; place < places; place++) {
        for (let i = from; i < to; i++)
          if (!drawAt(tokens, i * places, place, weights, rng))
            redraw(tokens, i * places, place, weights, rng);
        await breathe();
      }
    }
    return tokens;
  };
  return {
    ...sampler,
    parentsOf: (place) => parents[place] as Int32Array,
    weigh,
    draw,
    masks,
    unmasked: sampler,
    begunAnew: () => anew,
  };
}

export function sumOf(weights: Float64Array, count: number): number {
  let total = 0;
  for (let k = 0; k < count; k++) total += weights[k] as number;
  return total;
}

export const isMasked = (sampler: Sampler): sampler is MaskedSampler => "masks" in sampler;
