import type { FeatureTable } from "../../codec/features.ts";
import type { AnyColumnCode } from "../../codec/columns/table-code.ts";
import type { TokenCodec } from "../../codec/token.ts";
import type { Rng } from "../../math/rng.ts";
import { reorderRows, takeRows } from "../../nn/attention.ts";
import {
  blockDense,
  causalAttention,
  dense,
  dropout,
  gelu,
  layerNorm,
  network,
  residual,
} from "../../nn/block.ts";
import type { Block, Network } from "../../nn/block.ts";
import { headLayout, headLosses } from "../../nn/column-heads.ts";
import type { HeadLayout } from "../../nn/column-heads.ts";
import { add, packRows } from "../../nn/ops.ts";
import type { Pass } from "../../nn/pass.ts";
import type { Constant, Inputs, Tensor } from "../../nn/tensor.ts";
import type { LossFunction } from "../../nn/trainer.ts";
import { headOf } from "../token-rows/heads.ts";
import type { TokenHead } from "../token-rows/heads.ts";
import type { Places } from "../token-rows/places.ts";
import type { TokenRows } from "../token-rows/rows.ts";

/** What a network is made by, beside the table. */
export interface LanguageSizes {
  readonly width: number;
  readonly heads: number;
  readonly layers: number;
}

/**
 * The words that rows are written in: 0 begins a row, then every column's values, one word a bin, level or missing cell, then
 * one word a column that asks for its value. Words are embedded by features (a bin's place among its column's, a level by
 * itself), so that neighbouring bins are alike before anything is learned.
 */
export interface Vocabulary {
  readonly size: number;
  /** the word of each place's first token */
  readonly values: readonly number[];
  /** the word that asks for the first place */
  readonly asks: number;
  /** [size, features] */
  readonly features: Constant;
}

/**
 * A decoder-only transformer over the cells of a row. At each position it reads the word of the cell before and the word of the
 * column that is asked for now, and gives that column's logits; so one position is one cell, where "column is value" as
 * text takes several, and columns can come in any order (Borisov et al. 2023; the order by two words a position as in
 * Pannatier et al. 2024).
 */
export interface LanguageNetwork {
  readonly places: Places;
  readonly vocabulary: Vocabulary;
  /** features of words -> width */
  readonly embedding: Network;
  readonly body: Network;
  /** the last layer, each column its own part of it: [places * width] -> coefficients */
  readonly last: Network;
  readonly heads: readonly TokenHead[];
  readonly layout: HeadLayout;
}

/** `offsets`: the logits of each place without a network. */
export function languageNetwork(
  codec: TokenCodec,
  places: Places,
  offsets: readonly Float32Array[],
  { width, heads: parts, layers }: LanguageSizes,
  rate: number,
): LanguageNetwork {
  const length = places.columns.length;
  const vocabulary = vocabularyOf(places);
  const heads = places.columns.map((column, place) =>
    headOf(codec.code.columns[column] as AnyColumnCode, offsets[place] as Float32Array),
  );
  const lessNoise: readonly Block[] = rate > 0 ? [dropout(rate)] : [];
  const scale = 1 / Math.sqrt(2 * layers);
  const layer = (): Block[] => [
    residual(
      layerNorm(),
      dense(3 * width),
      causalAttention(parts, length),
      dense(width, { scale }),
      ...lessNoise,
    ),
    residual(layerNorm(), dense(4 * width), gelu(), dense(width, { scale }), ...lessNoise),
  ];
  const own = new Uint8Array(length * length);
  for (let place = 0; place < length; place++) own[place * length + place] = 1;
  const mask = {
    inputs: places.columns.map(() => width),
    units: heads.map(({ coefficients }) => coefficients),
    allowed: own,
  };
  const features = vocabulary.features.shape[1] as number;
  return {
    places,
    vocabulary,
    embedding: network("embedding", features, [
      dense(width, { bias: false, decay: false, scale: 0.1 * Math.sqrt(features) }),
    ]),
    body: network("body", width, [...Array.from({ length: layers }, layer).flat(), layerNorm()]),
    last: network("last", length * width, [blockDense(mask, { scale: 0.1 })]),
    heads,
    layout: headLayout(heads.map((head, target) => ({ ...head, target }))),
  };
}

export const networksOf = ({ embedding, body, last }: LanguageNetwork): Network[] => [embedding, body, last];

function vocabularyOf({ counts, features, starts }: Places): Vocabulary {
  const length = counts.length;
  const values: number[] = [];
  let size = 1;
  for (const count of counts) {
    values.push(size);
    size += count;
  }
  const asks = size;
  size += length;
  const known = starts[length] as number;
  const width = 1 + known + length;
  const data = new Float32Array(size * width);
  data[0] = 1;
  features.forEach(({ width: breadth, data: own }: FeatureTable, place) => {
    for (let token = 0; token < (counts[place] as number); token++)
      data.set(
        own.subarray(token * breadth, (token + 1) * breadth),
        ((values[place] as number) + token) * width + 1 + (starts[place] as number),
      );
    data[(asks + place) * width + 1 + known + place] = 1;
  });
  return { size, values, asks, features: { shape: [size, width], data } };
}

/**
 * Rows of `data` as sequences, in the order of the places; with `rng` every other row in an order of its own. x: the word before;
 * asked: the word that asks; back: where each place of a row stands among all positions; there: the place at each position;
 * tokens and weights by place.
 */
export function sequences(
  { places, vocabulary }: LanguageNetwork,
  data: Pick<TokenRows, "tokens">,
  rows: ArrayLike<number>,
  rng?: Rng,
): Inputs {
  const length = places.columns.length;
  const made = (): Float32Array => new Float32Array(rows.length * length);
  const [x, asked, back, there, tokens] = [made(), made(), made(), made(), made()];
  for (let i = 0; i < rows.length; i++) {
    const from = (rows[i] as number) * length;
    const to = i * length;
    const order = i % 2 === 0 ? rng?.permutation(length) : undefined;
    let before = 0;
    for (let at = 0; at < length; at++) {
      const place = order ? (order[at] as number) : at;
      const token = data.tokens[from + place] as number;
      x[to + at] = before;
      asked[to + at] = vocabulary.asks + place;
      back[to + place] = to + at;
      there[to + at] = to + place;
      tokens[to + place] = token;
      before = (vocabulary.values[place] as number) + token;
    }
  }
  const batch = (values: Float32Array) => ({ rows: rows.length, width: length, data: values });
  return {
    x: batch(x),
    asked: batch(asked),
    back: batch(back),
    there: batch(there),
    tokens: batch(tokens),
    weights: batch(made().fill(1)),
  };
}

/** What the heads' logits are made of, by place: [rows, coefficients]. Inputs: `sequences`. */
export function coefficientsOf(
  net: LanguageNetwork,
  inputs: Readonly<Record<string, Tensor>>,
  pass: Pass,
): Tensor {
  const { x, asked, back, there } = inputs as Record<"x" | "asked" | "back" | "there", Tensor>;
  const words = pass.run(net.embedding, pass.constant(net.vocabulary.features));
  const hidden = pass.run(net.body, add(takeRows(words, x), takeRows(words, asked)));
  return pass.run(net.last, packRows(reorderRows(hidden, back, there), net.places.columns.length));
}

/**
 * Cross-entropy of the values, nats a row. The words that ask count for nothing: nobody has to guess
 * what is asked.
 */
export const languageLoss =
  (net: LanguageNetwork): LossFunction =>
  (inputs, pass) => {
    const { tokens, weights } = inputs as Record<"tokens" | "weights", Tensor>;
    return { loss: headLosses(pass, coefficientsOf(net, inputs, pass), net.layout, tokens, weights) };
  };
