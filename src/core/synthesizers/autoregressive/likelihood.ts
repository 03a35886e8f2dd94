import { breathe } from "../../math/breathe.ts";
import type { Table } from "../../table/table.ts";
import type { BlockPlan } from "./blocks.ts";
import { loadAutoregressiveParts } from "./model.ts";
import { createSampler } from "./sampler.ts";
import type { Artifact } from "../synthesizer.ts";

/** Negative log-likelihood of rows that a model has not seen, nats a row, in the model's own tokens. */
export interface HeldOutLoss {
  readonly model: number;
  /** the same with every column by itself */
  readonly shares: number;
}

/** Measures a saved autoregressive model on `table`, which has its columns. */
export async function heldOutLoss(artifact: Artifact, table: Table): Promise<HeldOutLoss> {
  const { derived, codec, places, plans, blocks } = loadAutoregressiveParts(artifact);
  const sampler = createSampler(places, plans, blocks);
  const breadth = codec.code.columns.length;
  const width = places.columns.length;
  const all = codec.tokens(derived?.reduce(table) ?? table);
  const weights = sampler.room();
  const tokens = new Int32Array(width);
  const loss = { model: 0, shares: 0 };
  for (let i = 0; i < table.rows; i++) {
    for (let j = 0; j < width; j++) tokens[j] = all[i * breadth + (places.columns[j] as number)] as number;
    for (let place = 0; place < width; place++) {
      const token = tokens[place] as number;
      let chance = 0;
      for (let member = 0; member < sampler.members; member++) {
        const total = sampler.weigh(tokens, 0, place, member, weights);
        chance += (weights[token] as number) / total / sampler.members;
      }
      loss.model -= Math.log(Math.max(chance, 1e-9)) / table.rows;
      loss.shares -= ((plans[place] as BlockPlan).head.offset[token] as number) / table.rows;
    }
    await breathe();
  }
  return loss;
}
