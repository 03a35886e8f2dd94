import { positionKnots } from "../../codec/features.ts";
import type { QuantileNormalCodec } from "../../codec/quantile-normal.ts";
import type { Rng } from "../../math/rng.ts";
import type { Block, Network } from "../../nn/block.ts";
import { batchNorm, concatInput, dense, leakyRelu, network, relu } from "../../nn/block.ts";
import type { FeatureMap } from "../../nn/losses.ts";
import { discriminatorLoss, featureMap, features, generatorLoss } from "../../nn/losses.ts";
import { concatRows, splitRows, stopGradient } from "../../nn/ops.ts";
import type { Pass } from "../../nn/pass.ts";
import type { SpanLayout } from "../../nn/spans.ts";
import { activateSpans, spanLayout } from "../../nn/spans.ts";
import type { Inputs, Tensor } from "../../nn/tensor.ts";
import { gumbelBatch, normalBatch } from "../../nn/tensor.ts";
import type { LossFunction } from "../../nn/trainer.ts";

/** Numbers of noise that a row is written from. */
export const NOISE = 64;
const SCORE_LIMIT = 4;
const TEMPERATURE = 1;

/** The two networks for one table, and how a row looks to them. */
export interface Game {
  /** units of a hidden layer */
  readonly units: number;
  readonly layout: SpanLayout;
  readonly map: FeatureMap;
  readonly generator: Network;
  readonly discriminator: Network;
}

/** The networks for the rows that `codec` encodes. */
export const gameFor = (codec: QuantileNormalCodec, units: number): Game =>
  createGame(spanLayout(codec.spans, codec.width), segmentsOf(codec), units, NOISE);

export function createGame(
  layout: SpanLayout,
  segments: readonly { column: number; from: number; to: number }[],
  units: number,
  noise: number,
): Game {
  const map = featureMap(layout, segments);
  const layer = [dense(units), batchNorm(), relu(), concatInput()];
  const normalised = (width: number): Block => dense(width, { spectral: true });
  return {
    units,
    layout,
    map,
    generator: network("generator", noise, [...layer, ...layer, dense(layout.width)]),
    discriminator: network("discriminator", map.width, [
      normalised(units),
      leakyRelu(0.2),
      normalised(units),
      leakyRelu(0.2),
      normalised(1),
    ]),
  };
}

/** The segments between the knots of every number's distribution. */
function segmentsOf(codec: QuantileNormalCodec): { column: number; from: number; to: number }[] {
  return codec.spans.flatMap((span) => {
    const own = codec.code.columns[span.column];
    if (span.activation !== "linear" || own?.type !== "numeric") return [];
    const knots = positionKnots(own.code);
    return knots.slice(1).map((to, i) => ({ column: span.start, from: knots[i] as number, to }));
  });
}

/** Rows of the codec written from `inputs.noise` [rows, 64] and `inputs.gumbel` [rows, width]. */
export const write =
  ({ generator, layout }: Game) =>
  (inputs: Readonly<Record<string, Tensor>>, pass: Pass): Tensor =>
    activateSpans(pass, pass.run(generator, inputs["noise"] as Tensor), inputs["gumbel"] as Tensor, layout, {
      temperature: TEMPERATURE,
      limit: SCORE_LIMIT,
    });

export function lossesOf(game: Game): { discriminate: LossFunction; generate: LossFunction } {
  const { discriminator, map } = game;
  return {
    discriminate: (inputs, pass) => {
      const real = inputs["real"] as Tensor;
      const written = stopGradient(write(game)(inputs, pass));
      const verdicts = pass.run(discriminator, features(pass, concatRows([real, written]), map));
      const [ofReal, ofWritten] = splitRows(verdicts, [real.shape[0] as number, written.shape[0] as number]);
      return { loss: discriminatorLoss(ofReal as Tensor, ofWritten as Tensor) };
    },
    generate: (inputs, pass) => ({
      loss: generatorLoss(pass.run(discriminator, features(pass, write(game)(inputs, pass), map))),
    }),
  };
}

/** What `write` asks for, for `rows` rows. */
export const noiseFor = (game: Game, rows: number, rng: Rng): Inputs => ({
  noise: normalBatch(rows, game.generator.inputs, rng),
  gumbel: gumbelBatch(rows, game.layout.width, rng),
});
