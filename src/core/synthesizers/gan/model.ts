import type { CodecState } from "../../codec/codec.ts";
import { asIndex, asOneOf, asRecord, damaged } from "../../codec/saved-state.ts";
import { loadCodec } from "../../codec/load-codec.ts";
import { loadQuantileNormalCodec } from "../../codec/quantile-normal.ts";
import { breathe } from "../../math/breathe.ts";
import type { Rng } from "../../math/rng.ts";
import { checkWeights, predict } from "../../nn/predict.ts";
import type { Weights } from "../../nn/tensor.ts";
import type { Table } from "../../table/table.ts";
import type { ColumnCondition } from "../requests/check.ts";
import { answer } from "../requests/answer.ts";
import type { Contest } from "./contest.ts";
import { ganRecipes, ownContest, publishedContest } from "./contest.ts";
import type { Artifact, Model, Params } from "../synthesizer.ts";

const VERSION = 1;
const SAMPLED_AT_ONCE = 2000;
const MOST_UNITS = 1024;

/** A generator on the CPU with its codec; the discriminator beside it serves to go on training. */
export function createGanModel(contest: Contest, used: Params, weights: Weights): Model {
  const { codec } = contest;
  const draw = async (rows: number, rng: Rng, where?: readonly ColumnCondition[]): Promise<Table> => {
    const data = new Float32Array(rows * codec.width);
    for (let from = 0; from < rows; from += SAMPLED_AT_ONCE) {
      const count = Math.min(SAMPLED_AT_ONCE, rows - from);
      data.set(predict(weights, contest.noise(count, rng, where), contest.write), from * codec.width);
      await breathe();
    }
    contest.finish(data);
    return codec.decode({ rows, width: codec.width, data }, rng);
  };
  const source = contest.recipe === "ctgan" ? { draw, drawWhere: draw } : { draw };
  return {
    synthesizer: "gan",
    sample: (rows, rng, request) => answer(request, rows, rng, source),
    save: () =>
      Promise.resolve({
        synthesizer: "gan",
        version: VERSION,
        params: used,
        state: { codec: codec.save(), width: contest.units, recipe: contest.recipe },
        tensors: weights,
      }),
    dispose: () => {},
  };
}

/** The networks of a saved model and their weights; throws FaultError `model-damaged`. */
export function loadContest({ version, state, tensors }: Artifact): { contest: Contest; weights: Weights } {
  if (version !== VERSION) damaged("version");
  const saved = asRecord(state["codec"], "codec");
  const units = Math.max(1, asIndex(state["width"], MOST_UNITS + 1, "network width"));
  const contest =
    asOneOf(state["recipe"], ganRecipes, "recipe") === "ours"
      ? ownContest(loadQuantileNormalCodec(saved), units)
      : publishedContest(loadCodec(saved as CodecState), units);
  checkWeights(tensors, [...contest.generator, ...contest.discriminator]);
  return { contest, weights: tensors };
}
