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

/** What a token of no chance is taken to have. */
const LEAST = 1e-9;

/** Measures a saved autoregressive model on `table`, which has its columns. */
export async function heldOutLoss(artifact: Artifact, table: Table): Promise<HeldOutLoss> {
  const { model, shares } = await rowLikelihoods(artifact, table, breathe);
  const loss = (of: Float64Array): number => -of.reduce((a, b) => a + b, 0) / table.rows;
  return { model: loss(model), shares: loss(shares) };
}

/** Log-likelihood of each row of `table` under a saved model that has its columns, nats, in the model's own tokens. */
export async function logLikelihoods(
  artifact: Artifact,
  table: Table,
  pulse: () => Promise<void> = breathe,
): Promise<Float64Array> {
  return (await rowLikelihoods(artifact, table, pulse)).model;
}

async function rowLikelihoods(
  artifact: Artifact,
  table: Table,
  pulse: () => Promise<void>,
): Promise<{ model: Float64Array; shares: Float64Array }> {
  const { codec, places, plans, blocks } = loadAutoregressiveParts(artifact);
  const sampler = createSampler(places, plans, blocks);
  const breadth = codec.code.columns.length;
  const width = places.columns.length;
  const all = codec.tokens(table);
  const weights = sampler.room();
  const tokens = new Int32Array(width);
  const [model, shares] = [new Float64Array(table.rows), new Float64Array(table.rows)];
  for (let i = 0; i < table.rows; i++) {
    for (let j = 0; j < width; j++) tokens[j] = all[i * breadth + (places.columns[j] as number)] as number;
    for (let place = 0; place < width; place++) {
      const token = tokens[place] as number;
      let chance = 0;
      for (let member = 0; member < sampler.members; member++) {
        const total = sampler.weigh(tokens, 0, place, member, weights);
        chance += (weights[token] as number) / total / sampler.members;
      }
      model[i] = (model[i] as number) + Math.log(Math.max(chance, LEAST));
      shares[i] = (shares[i] as number) + ((plans[place] as BlockPlan).head.offset[token] as number);
    }
    await pulse();
  }
  return { model, shares };
}
