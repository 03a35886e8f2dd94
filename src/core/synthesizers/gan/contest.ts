import type { Codec } from "../../codec/codec.ts";
import type { TableCode } from "../../codec/columns/table-code.ts";
import type { Rng } from "../../math/rng.ts";
import type { Network } from "../../nn/block.ts";
import type { Pass } from "../../nn/pass.ts";
import type { Inputs, Tensor } from "../../nn/tensor.ts";
import type { LossFunction } from "../../nn/trainer.ts";
import type { QuantileNormalCodec } from "../../codec/quantile-normal.ts";
import type { Table } from "../../table/table.ts";
import type { ColumnCondition } from "../requests/check.ts";
import { drawToMeet, rowsByLevel } from "./ctgan-conditions.ts";
import { gameFor, lossesOf, noiseFor, write } from "./own-networks.ts";
import {
  criticInputs,
  generatorInputs,
  publishedGame,
  publishedLosses,
  startFor,
  startForSampling,
  writePublished,
} from "./ctgan-networks.ts";
import { keepLargest } from "../../nn/largest-of-spans.ts";

/** ours: the lab's own. ctgan: as Xu et al. (2019) published it, to compare with. */
export type GanRecipe = "ours" | "ctgan";
export const ganRecipes: readonly GanRecipe[] = ["ours", "ctgan"];

/** Two networks against each other on one table, whichever recipe they follow. */
export interface Contest {
  readonly recipe: GanRecipe;
  readonly codec: Codec & { readonly code: TableCode };
  /** units of a hidden layer */
  readonly units: number;
  readonly generator: readonly Network[];
  readonly discriminator: readonly Network[];
  readonly discriminate: LossFunction;
  readonly generate: LossFunction;
  /** Inputs of a step of each network on rows of `train`. */
  play(train: Table, batch: number): ContestInputs;
  /** What `write` asks for, for `rows` rows; of those that meet `where` as far as the recipe can promise it. */
  noise(rows: number, rng: Rng, where?: readonly ColumnCondition[]): Inputs;
  /** Rows of the codec. */
  write(inputs: Readonly<Record<string, Tensor>>, pass: Pass): Tensor;
  /** What is left to do with rows that were written, in place, before they are decoded. */
  finish(rows: Float32Array): void;
}

export interface ContestInputs {
  discriminating(rng: Rng): Inputs;
  generating(rng: Rng): Inputs;
}

/** Spectrally normalised discriminator on the quantile-normal codec (`gan-game.ts`). */
export function ownContest(codec: QuantileNormalCodec, units: number): Contest {
  const game = gameFor(codec, units);
  return {
    recipe: "ours",
    codec,
    units,
    generator: [game.generator],
    discriminator: [game.discriminator],
    ...lossesOf(game),
    play: (train, batch) => ({
      discriminating: (rng) => {
        const rows = Int32Array.from({ length: batch }, () => rng.integer(train.rows));
        return { real: codec.encode(train, rng, rows), ...noiseFor(game, batch, rng) };
      },
      generating: (rng) => noiseFor(game, batch, rng),
    }),
    noise: (rows, rng) => noiseFor(game, rows, rng),
    write: write(game),
    finish: () => undefined,
  };
}

/** CTGAN (`gan-published.ts`). Conditions on one discrete column are met by its condition vector. */
export function publishedContest(codec: Contest["codec"], units: number): Contest {
  const game = publishedGame(codec, units);
  return {
    recipe: "ctgan",
    codec,
    units,
    generator: game.generators,
    discriminator: [game.critic],
    ...publishedLosses(game),
    play: (train, batch) => {
      const source = { train, codec, byLevel: rowsByLevel(game.conditions, codec, train) };
      return {
        discriminating: (rng) => criticInputs(game, source, batch, rng),
        generating: (rng) => generatorInputs(game, source, batch, rng),
      };
    },
    noise: (rows, rng, where = []) => {
      const asked = drawToMeet(game.conditions, codec.code, where, rows, rng);
      return asked ? startFor(game, rows, rng, asked) : startForSampling(game, rows, rng);
    },
    write: writePublished(game),
    finish: (rows) => keepLargest(rows, game.layout),
  };
}
