import { breathe } from "../../../math/breathe.ts";
import type { Rng } from "../../../math/rng.ts";
import { tokenAt, type Sampler } from "../../token-rows/sampler.ts";
import type { Layout } from "./layout.ts";
import { forwardTo, roomFor } from "./passes.ts";

const TOGETHER = 100;

/** Draws rows of tokens place by place from the network's heads. */
export function createSampler(layout: Layout, weights: Float64Array): Sampler {
  const { counts, logitFrom } = layout;
  const width = counts.length;
  const pass = roomFor(layout);
  const before = Array.from({ length: width }, (_, place) => Int32Array.from({ length: place }, (_, k) => k));

  function weigh(
    tokens: Int32Array,
    start: number,
    place: number,
    _member: number,
    into: Float64Array,
  ): number {
    forwardTo(layout, weights, tokens, start, place, pass);
    const from = logitFrom[place] as number;
    const count = counts[place] as number;
    let most = -Infinity;
    for (let t = 0; t < count; t++) most = Math.max(most, pass.logits[from + t] as number);
    let total = 0;
    for (let t = 0; t < count; t++) {
      const weight = Math.exp((pass.logits[from + t] as number) - most);
      into[t] = weight;
      total += weight;
    }
    return total;
  }

  const room = (): Float64Array => new Float64Array(Math.max(1, ...counts));
  return {
    places: width,
    members: 1,
    counts,
    parentsOf: (place) => before[place] as Int32Array,
    weigh,
    room,
    draw: async (rows: number, rng: Rng): Promise<Int32Array> => {
      const tokens = new Int32Array(rows * width);
      const room_ = room();
      for (let i = 0; i < rows; i++) {
        for (let place = 0; place < width; place++) {
          const total = weigh(tokens, i * width, place, 0, room_);
          tokens[i * width + place] = tokenAt(room_, counts[place] as number, rng.uniform() * total);
        }
        if (i % TOGETHER === TOGETHER - 1) await breathe();
      }
      return tokens;
    },
  };
}
