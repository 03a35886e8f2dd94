import { breathe } from "../../math/breathe.ts";
import type { Rng } from "../../math/rng.ts";
import { createDecoder } from "../../nn/decode.ts";
import type { Decoder } from "../../nn/decode.ts";
import { predict } from "../../nn/predict.ts";
import type { NamedArray, Weights } from "../../nn/tensor.ts";
import type { GivenTokens } from "../token-rows/complete.ts";
import type { AllowedTokens } from "../token-rows/conditions.ts";
import type { TokenHead } from "../token-rows/heads.ts";
import { tokenAt } from "../token-rows/sampler.ts";
import type { LanguageNetwork } from "./network.ts";

/** Draws rows of tokens (rows x places) from a trained network. */
export interface LanguageSampler {
  draw(rows: number, rng: Rng): Promise<Int32Array>;
  /** Those of `candidates` rows that have allowed tokens only: as likely as the network has them, given that. */
  drawAllowed(
    allowed: AllowedTokens,
    candidates: number,
    rng: Rng,
  ): Promise<{ readonly tokens: Int32Array; readonly rows: number }>;
  /** Rows with a token of a present cell wherever one is asked for, drawn given all cells that are there. */
  complete(given: GivenTokens, rng: Rng): Promise<Int32Array>;
}

/** Rows that go through the network together. */
const TOGETHER = 256;

/** Rows under way. */
interface Writing {
  readonly rows: number;
  /** rows x places; those that are known are there from the start */
  readonly tokens: Int32Array;
  /** rows x places: the order in which a row's places come */
  readonly orders: Int32Array;
  /** places that are gone through, of each row */
  readonly steps: number;
  /** Whether a cell stays as it is. */
  known(row: number, place: number): boolean;
  /** The token at a place by its weights, whose sum is `total`. */
  choose(row: number, place: number, weights: Float64Array, total: number): number;
}

export function createLanguageSampler(net: LanguageNetwork, weights: Weights): LanguageSampler {
  const { places } = net;
  const length = places.columns.length;
  const count = (place: number): number => places.counts[place] as number;
  const write = writer(net, weights);
  const drawn =
    (rng: Rng): Writing["choose"] =>
    (_row, place, own, total) =>
      tokenAt(own, count(place), rng.uniform() * total);
  const nothing = (): boolean => false;

  const draw = async (rows: number, rng: Rng): Promise<Int32Array> => {
    const tokens = new Int32Array(rows * length);
    const orders = sameOrder(
      rows,
      Array.from({ length }, (_, place) => place),
    );
    await write({ rows, tokens, orders, steps: length, known: nothing, choose: drawn(rng) });
    return tokens;
  };

  const drawAllowed: LanguageSampler["drawAllowed"] = async (allowed, candidates, rng) => {
    const asked = allowed.flatMap((tokens, place) => (tokens ? [place] : []));
    const others = Array.from({ length }, (_, place) => place).filter((place) => !asked.includes(place));
    const order = [...asked, ...others];
    const tokens = new Int32Array(candidates * length);
    const misses = new Uint8Array(candidates);
    const choose: Writing["choose"] = (row, place, own, total) => {
      const mask = allowed[place] as Uint8Array;
      if (place !== asked[0]) {
        const token = tokenAt(own, count(place), rng.uniform() * total);
        if (mask[token] === 0) misses[row] = 1;
        return token;
      }
      // Which tokens come first says nothing yet of whether a candidate is kept, so none is drawn in vain.
      let held = 0;
      for (let k = 0; k < count(place); k++) held += own[k] = mask[k] === 1 ? (own[k] as number) : 0;
      if (!(held > 0)) misses[row] = 1;
      return tokenAt(own, count(place), rng.uniform() * held);
    };
    const orders = sameOrder(candidates, order);
    await write({ rows: candidates, tokens, orders, steps: asked.length, known: nothing, choose });
    const kept = [...misses.keys()].filter((row) => misses[row] === 0);
    const rows = kept.length;
    const left = new Int32Array(rows * length);
    kept.forEach((row, i) => left.set(tokens.subarray(row * length, (row + 1) * length), i * length));
    const known = (_row: number, place: number): boolean => allowed[place] !== undefined;
    await write({
      rows,
      tokens: left,
      orders: sameOrder(rows, order),
      steps: length,
      known,
      choose: drawn(rng),
    });
    return { tokens: left, rows };
  };

  const complete: LanguageSampler["complete"] = async ({ rows, tokens: given, empty, missing }, rng) => {
    const tokens = given.slice();
    const orders = new Int32Array(rows * length);
    for (let i = 0; i < rows; i++) {
      let at = i * length;
      for (const wanted of [0, 1])
        for (let place = 0; place < length; place++)
          if (empty[i * length + place] === wanted) orders[at++] = place;
    }
    const known = (row: number, place: number): boolean => empty[row * length + place] === 0;
    const choose: Writing["choose"] = (_row, place, own, total) => {
      const none = missing[place] as number;
      if (none < 0) return tokenAt(own, count(place), rng.uniform() * total);
      const left = total - (own[none] as number);
      own[none] = 0;
      return left > 0 ? tokenAt(own, count(place), rng.uniform() * left) : none;
    };
    await write({ rows, tokens, orders, steps: length, known, choose });
    return tokens;
  };
  return { draw, drawAllowed, complete };
}

function sameOrder(rows: number, order: readonly number[]): Int32Array {
  const orders = new Int32Array(rows * order.length);
  for (let i = 0; i < rows; i++) orders.set(order, i * order.length);
  return orders;
}

/** Goes through rows cell by cell, all of a chunk together; what is on the device is freed whatever happens. */
function writer(net: LanguageNetwork, weights: Weights): (writing: Writing) => Promise<void> {
  const { places, vocabulary, heads } = net;
  const length = places.columns.length;
  const width = net.body.inputs;
  let words: Float32Array | undefined;
  const logits = lastLayer(net, weights);
  const longest = Math.max(1, ...places.counts);
  const own = new Float64Array(longest);

  const writeChunk = async (writing: Writing, decoder: Decoder, from: number, to: number): Promise<void> => {
    const { tokens, orders, steps, known, choose } = writing;
    const embedded = (words ??= predict(weights, {}, (_, pass) =>
      pass.run(net.embedding, pass.constant(vocabulary.features)),
    ));
    decoder.begin();
    for (let at = 0; at < steps; at++) {
      const x = new Float32Array((to - from) * width);
      for (let i = from; i < to; i++) {
        const place = orders[i * length + at] as number;
        const before = at === 0 ? -1 : (orders[i * length + at - 1] as number);
        const word =
          before < 0 ? 0 : (vocabulary.values[before] as number) + (tokens[i * length + before] as number);
        const [one, other] = [word * width, (vocabulary.asks + place) * width];
        const into = (i - from) * width;
        for (let k = 0; k < width; k++)
          x[into + k] = (embedded[one + k] as number) + (embedded[other + k] as number);
      }
      const hidden = decoder.next({ rows: to - from, width, data: x });
      for (let i = from; i < to; i++) {
        const place = orders[i * length + at] as number;
        if (known(i, place)) continue;
        const total = logits(place, heads[place] as TokenHead, hidden, (i - from) * width, own);
        tokens[i * length + place] = choose(i, place, own, total);
      }
      await breathe();
    }
  };
  return async (writing) => {
    if (writing.rows === 0) return;
    const decoder = createDecoder(net.body, weights);
    try {
      for (let from = 0; from < writing.rows; from += TOGETHER)
        await writeChunk(writing, decoder, from, Math.min(writing.rows, from + TOGETHER));
    } finally {
      decoder.dispose();
    }
  };
}

/** What gives the weights of a place's tokens, exp of logits less their maximum, and their sum. */
function lastLayer(
  { last, layout, body }: LanguageNetwork,
  weights: Weights,
): (place: number, head: TokenHead, hidden: Float32Array, from: number, into: Float64Array) => number {
  const width = body.inputs;
  const [matrix, bias] = last.parameters.map(
    ({ name }) => (weights.find((array) => array.name === name) as NamedArray).data,
  ) as [Float32Array, Float32Array];
  const widest = Math.max(1, ...layout.heads.map(({ coefficients }) => coefficients));
  const coefficients = new Float64Array(widest);
  return (place, { classes, coefficients: count, basis, offset }, hidden, from, into) => {
    const start = layout.starts[place] as number;
    for (let r = 0; r < count; r++) coefficients[r] = bias[start + r] as number;
    for (let k = 0; k < width; k++) {
      const value = hidden[from + k] as number;
      const at = width * start + k * count;
      for (let r = 0; r < count; r++)
        coefficients[r] = (coefficients[r] as number) + value * (matrix[at + r] as number);
    }
    for (let c = 0; c < classes; c++) into[c] = offset[c] as number;
    for (let r = 0; r < count; r++) {
      const value = coefficients[r] as number;
      if (!basis) into[r] = (into[r] as number) + value;
      else
        for (let c = 0; c < classes; c++)
          into[c] = (into[c] as number) + value * (basis[r * classes + c] as number);
    }
    return exponentials(into, classes);
  };
}

/** exp of `values` less their maximum, in place; returns their sum. */
function exponentials(values: Float64Array, count: number): number {
  let most = -Infinity;
  for (let k = 0; k < count; k++) most = Math.max(most, values[k] as number);
  let total = 0;
  for (let k = 0; k < count; k++) total += values[k] = Math.exp((values[k] as number) - most);
  return total;
}
