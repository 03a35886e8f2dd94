import { breathe } from "../../math/breathe.ts";
import type { Table } from "../../table/table.ts";
import { loadAutoregressiveParts } from "./model.ts";
import { createSampler } from "./sampler.ts";
import type { Artifact } from "../synthesizer.ts";

/** What a token of no chance is taken to have. */
const LEAST = 1e-9;

/** Log-likelihood of each row of `table` under a saved model that has its columns, nats, in the model's own tokens. */
export async function logLikelihoods(
  artifact: Artifact,
  table: Table,
  pulse: () => Promise<void> = breathe,
): Promise<Float64Array> {
  const { codec, places, plans, blocks } = loadAutoregressiveParts(artifact);
  const sampler = createSampler(places, plans, blocks);
  const breadth = codec.code.columns.length;
  const width = places.columns.length;
  const all = codec.tokens(table);
  const weights = sampler.room();
  const tokens = new Int32Array(width);
  const likelihoods = new Float64Array(table.rows);
  for (let i = 0; i < table.rows; i++) {
    for (let j = 0; j < width; j++) tokens[j] = all[i * breadth + (places.columns[j] as number)] as number;
    for (let place = 0; place < width; place++) {
      const token = tokens[place] as number;
      let chance = 0;
      for (let member = 0; member < sampler.members; member++) {
        const total = sampler.weigh(tokens, 0, place, member, weights);
        chance += (weights[token] as number) / total / sampler.members;
      }
      likelihoods[i] = (likelihoods[i] as number) + Math.log(Math.max(chance, LEAST));
    }
    await pulse();
  }
  return likelihoods;
}
