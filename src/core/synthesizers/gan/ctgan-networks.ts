import type { Codec } from "../../codec/codec.ts";
import type { TableCode } from "../../codec/columns/table-code.ts";
import type { Rng } from "../../math/rng.ts";
import { batchNorm, dense, network, relu } from "../../nn/block.ts";
import type { Network } from "../../nn/block.ts";
import {
  add,
  concatColumns,
  log,
  mean,
  multiply,
  negate,
  packRows,
  stopGradient,
  subtract,
  sumOfRow,
  tanh,
} from "../../nn/ops.ts";
import type { Pass } from "../../nn/pass.ts";
import { softmaxSpans, spanLayout } from "../../nn/spans.ts";
import type { SpanLayout } from "../../nn/spans.ts";
import type { Batch, Inputs, Tensor } from "../../nn/tensor.ts";
import { gumbelBatch } from "../../nn/tensor.ts";
import type { LossFunction } from "../../nn/trainer.ts";
import type { Table } from "../../table/table.ts";
import type { ConditionPlan, DrawnConditions, RowsByLevel } from "./ctgan-conditions.ts";
import {
  conditionPlan,
  conditionTargets,
  conditionVectors,
  drawForSampling,
  drawForTraining,
  rowsUnder,
} from "./ctgan-conditions.ts";
import { criticFor, gradientPenalty, judge } from "./ctgan-critic.ts";

/** As Xu et al. (2019) published it. */
const NOISE = 128;
const TEMPERATURE = 0.2;
const DROPOUT = 0.5;

/** CTGAN's networks for one table. */
export interface PublishedGame {
  readonly units: number;
  /** rows that the critic judges together (PacGAN, Lin et al. 2018) */
  readonly pack: number;
  readonly layout: SpanLayout;
  readonly conditions: ConditionPlan;
  /** two residual layers and the output: each residual layer appends its input to what it yields */
  readonly generators: readonly [Network, Network, Network];
  readonly critic: Network;
}

export const publishedGame = (
  codec: Codec & { readonly code: TableCode },
  units: number,
  pack = 10,
): PublishedGame =>
  createPublishedGame(spanLayout(codec.spans, codec.width), conditionPlan(codec), units, pack, NOISE);

export function createPublishedGame(
  layout: SpanLayout,
  conditions: ConditionPlan,
  units: number,
  pack: number,
  noise: number,
): PublishedGame {
  const inputs = noise + conditions.width;
  const layer = [dense(units), batchNorm(), relu()];
  return {
    units,
    pack,
    layout,
    conditions,
    generators: [
      network("generator-1", inputs, layer),
      network("generator-2", units + inputs, layer),
      network("generator-3", 2 * units + inputs, [dense(layout.width)]),
    ],
    critic: criticFor(pack * (layout.width + conditions.width), units),
  };
}

/** The generator's output before its activations: [rows, width]. */
export function generatorOutput(
  { generators: [first, second, last] }: PublishedGame,
  inputs: Readonly<Record<string, Tensor>>,
  pass: Pass,
): Tensor {
  const start = inputs["start"] as Tensor;
  const once = concatColumns([pass.run(first, start), start]);
  return pass.run(last, concatColumns([pass.run(second, once), once]));
}

/** tanh for numbers, softmax((logits + Gumbel) / .2) for choices, no straight-through step. */
function activated({ layout }: PublishedGame, output: Tensor, gumbel: Tensor, pass: Pass): Tensor {
  const numbers = multiply(tanh(output), pass.constant(layout.linear));
  return add(numbers, softmaxSpans(pass, multiply(add(output, gumbel), 1 / TEMPERATURE), layout));
}

/** Rows of the codec from `inputs.start` [rows, 128 + conditions] and `inputs.gumbel` [rows, width]. */
export const writePublished =
  (game: PublishedGame) =>
  (inputs: Readonly<Record<string, Tensor>>, pass: Pass): Tensor =>
    activated(game, generatorOutput(game, inputs, pass), inputs["gumbel"] as Tensor, pass);

const judged = (game: PublishedGame, rows: Tensor, condition: Tensor | undefined): Tensor =>
  packRows(condition ? concatColumns([rows, condition]) : rows, game.pack);

/**
 * Critic: mean D(written) - mean D(real) + penalty at rows between them. Generator: -mean D(written) + the cross-entropy
 * of the level it was asked for. Inputs: start, gumbel, condition (where there are discrete columns); critic: real,
 * realCondition, mix [rows, 1] (one number per pack) and masks a1, a2, b1, b2, c1, c2; generator: asked [rows, width], a1, a2.
 */
export function publishedLosses(game: PublishedGame): { discriminate: LossFunction; generate: LossFunction } {
  const { critic, layout } = game;
  const write = writePublished(game);
  return {
    discriminate: (inputs, pass) => {
      const given = inputs as Record<"real" | "mix" | "a1" | "a2" | "b1" | "b2" | "c1" | "c2", Tensor>;
      const written = judged(game, stopGradient(write(inputs, pass)), inputs["condition"]);
      const real = judged(game, given.real, inputs["realCondition"]);
      const between = add(real, multiply(given.mix, subtract(written, real)));
      const ofWritten = judge(critic, pass, written, { first: given.a1, second: given.a2 }).verdict;
      const ofReal = judge(critic, pass, real, { first: given.b1, second: given.b2 }).verdict;
      const atMix = judge(critic, pass, between, { first: given.c1, second: given.c2 });
      const distance = subtract(mean(ofWritten), mean(ofReal));
      return { loss: add(distance, gradientPenalty(critic, pass, atMix)) };
    },
    generate: (inputs, pass) => {
      const given = inputs as Record<"a1" | "a2" | "gumbel", Tensor>;
      const output = generatorOutput(game, inputs, pass);
      const rows = judged(game, activated(game, output, given.gumbel, pass), inputs["condition"]);
      const { verdict } = judge(critic, pass, rows, { first: given.a1, second: given.a2 });
      const loss = negate(mean(verdict));
      const asked = inputs["asked"];
      if (!asked) return { loss };
      const chosen = log(add(softmaxSpans(pass, output, layout), 1e-12));
      return { loss: subtract(loss, mean(sumOfRow(multiply(asked, chosen)))) };
    },
  };
}

/** Noise, the condition behind it, Gumbel noise: what `writePublished` asks for. */
export function startFor(game: PublishedGame, rows: number, rng: Rng, drawn: DrawnConditions): Inputs {
  const { conditions, generators, layout } = game;
  const noise = generators[0].inputs - conditions.width;
  const vectors = conditionVectors(conditions, drawn, rows);
  const breadth = noise + conditions.width;
  const data = new Float32Array(rows * breadth);
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < noise; k++) data[i * breadth + k] = rng.normal();
    data.set(vectors.subarray(i * conditions.width, (i + 1) * conditions.width), i * breadth + noise);
  }
  return { start: { rows, width: breadth, data }, gumbel: gumbelBatch(rows, layout.width, rng) };
}

export const startForSampling = (game: PublishedGame, rows: number, rng: Rng): Inputs =>
  startFor(game, rows, rng, drawForSampling(game.conditions, rows, rng));

const condition = (game: PublishedGame, drawn: DrawnConditions, rows: number, name: string): Inputs =>
  game.conditions.width > 0
    ? { [name]: { rows, width: game.conditions.width, data: conditionVectors(game.conditions, drawn, rows) } }
    : {};

/** Train rows as the critic's steps draw them. */
export interface PublishedSource {
  readonly train: Table;
  readonly codec: Codec;
  readonly byLevel: RowsByLevel;
}

/** Inputs of a critic's step: the real rows stand under the same conditions in another order. */
export function criticInputs(game: PublishedGame, source: PublishedSource, batch: number, rng: Rng): Inputs {
  const drawn = drawForTraining(game.conditions, source.byLevel, batch, rng);
  const order = rng.permutation(drawn.columns.length);
  const shuffled = {
    columns: Int32Array.from(order, (i) => drawn.columns[i] as number),
    levels: Int32Array.from(order, (i) => drawn.levels[i] as number),
  };
  const rows = rowsUnder(source.byLevel, shuffled, batch, source.train.rows, rng);
  const packs = batch / game.pack;
  return {
    ...startFor(game, batch, rng, drawn),
    ...condition(game, drawn, batch, "condition"),
    ...condition(game, shuffled, batch, "realCondition"),
    real: source.codec.encode(source.train, rng, rows),
    mix: { rows: packs, width: 1, data: Float32Array.from({ length: packs }, () => rng.uniform()) },
    ...masks(game, packs, rng, ["a1", "a2", "b1", "b2", "c1", "c2"]),
  };
}

/** Inputs of a generator's step. */
export function generatorInputs(
  game: PublishedGame,
  source: PublishedSource,
  batch: number,
  rng: Rng,
): Inputs {
  const drawn = drawForTraining(game.conditions, source.byLevel, batch, rng);
  const { width } = game.layout;
  return {
    ...startFor(game, batch, rng, drawn),
    ...condition(game, drawn, batch, "condition"),
    ...(game.conditions.width > 0 && {
      asked: { rows: batch, width, data: conditionTargets(game.conditions, drawn, batch, width) },
    }),
    ...masks(game, batch / game.pack, rng, ["a1", "a2"]),
  };
}

function masks({ units }: PublishedGame, rows: number, rng: Rng, names: readonly string[]): Inputs {
  const made = names.map((name): [string, Batch] => {
    const data = new Float32Array(rows * units);
    for (let i = 0; i < data.length; i++) data[i] = rng.uniform() < DROPOUT ? 0 : 1 / (1 - DROPOUT);
    return [name, { rows, width: units, data }];
  });
  return Object.fromEntries(made);
}
