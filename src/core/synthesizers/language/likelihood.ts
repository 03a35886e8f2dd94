import { breathe } from "../../math/breathe.ts";
import { headLogLikelihoods } from "../../nn/column-heads.ts";
import { predict } from "../../nn/predict.ts";
import type { Tensor } from "../../nn/tensor.ts";
import type { Table } from "../../table/table.ts";
import type { Artifact } from "../synthesizer.ts";
import { loadLanguageParts } from "./model.ts";
import { coefficientsOf, sequences } from "./network.ts";

const TOGETHER = 32;

/** Log-likelihood of each row of `table` in the order in which rows are drawn, nats, in the model's own tokens. */
export async function logLikelihoods(
  artifact: Artifact,
  table: Table,
  pulse: () => Promise<void> = breathe,
): Promise<Float64Array> {
  const { codec, places, net, weights } = loadLanguageParts(artifact);
  const likelihoods = new Float64Array(table.rows);
  if (!net) return likelihoods;
  const breadth = codec.code.columns.length;
  const length = places.columns.length;
  const all = codec.tokens(table);
  const tokens = new Int32Array(table.rows * length);
  for (let i = 0; i < table.rows; i++)
    for (let j = 0; j < length; j++)
      tokens[i * length + j] = all[i * breadth + (places.columns[j] as number)] as number;
  for (let from = 0; from < table.rows; from += TOGETHER) {
    const rows = Int32Array.from({ length: Math.min(TOGETHER, table.rows - from) }, (_, i) => from + i);
    const logs = predict(weights, sequences(net, { tokens }, rows), (inputs, pass) =>
      headLogLikelihoods(pass, coefficientsOf(net, inputs, pass), net.layout, inputs["tokens"] as Tensor),
    );
    for (let i = 0; i < rows.length; i++)
      for (let j = 0; j < length; j++)
        likelihoods[from + i] = (likelihoods[from + i] as number) + (logs[i * length + j] as number);
    await pulse();
  }
  return likelihoods;
}
