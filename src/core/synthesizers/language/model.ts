import { asArray, asIndex, damaged } from "../../codec/saved-state.ts";
import { loadTokenCodec } from "../../codec/token.ts";
import type { TokenCodec } from "../../codec/token.ts";
import { FaultError } from "../../fault.ts";
import { checkWeights } from "../../nn/predict.ts";
import type { Weights } from "../../nn/tensor.ts";
import { answer } from "../requests/answer.ts";
import type { RowSource } from "../requests/row-source.ts";
import { givenTokens } from "../token-rows/complete.ts";
import { allowedTokens } from "../token-rows/conditions.ts";
import { loadOrder, placesOf } from "../token-rows/places.ts";
import type { Places } from "../token-rows/places.ts";
import { toTable } from "../token-rows/to-table.ts";
import type { Artifact, Model, Params } from "../synthesizer.ts";
import { languageNetwork, networksOf } from "./network.ts";
import type { LanguageNetwork, LanguageSizes } from "./network.ts";
import { createLanguageSampler } from "./sampler.ts";
import type { LanguageSampler } from "./sampler.ts";

const VERSION = 1;

/** A trained model on the CPU; nothing of it is on the device. */
export interface LanguageParts {
  readonly params: Params;
  readonly codec: TokenCodec;
  readonly places: Places;
  readonly sizes: LanguageSizes;
  /** logits of each place without a network */
  readonly offsets: readonly Float32Array[];
  /** undefined where no column has anything to learn */
  readonly net: LanguageNetwork | undefined;
  readonly weights: Weights;
}

export function createLanguageModel(parts: LanguageParts): Model {
  const { codec, places, net, weights } = parts;
  let disposed = false;
  let sampler: LanguageSampler | undefined;
  const made = (): LanguageSampler =>
    (sampler ??= net ? createLanguageSampler(net, weights) : samplerOfNothing);
  const table = { codec, places, masks: undefined };
  const source: RowSource = {
    draw: async (rows, rng) => toTable(table, await made().draw(rows, rng), rows, rng),
    drawWhere: async (rows, rng, where) => {
      const allowed = allowedTokens(codec, places, where);
      if (!allowed.some((tokens) => tokens !== undefined))
        return toTable(table, await made().draw(rows, rng), rows, rng);
      const drawn = await made().drawAllowed(allowed, rows, rng);
      return toTable(table, drawn.tokens, drawn.rows, rng);
    },
    completeRows: async (given, rng) => {
      const tokens = await made().complete(givenTokens(codec, places, given), rng);
      return toTable(table, tokens, given.rows, rng);
    },
  };
  return {
    synthesizer: "language",
    sample: async (rows, rng, request) => {
      if (disposed) throw new FaultError({ code: "unexpected", message: "The model was freed." });
      return answer(request, rows, rng, source);
    },
    save: () => Promise.resolve(saveParts(parts)),
    dispose: () => {
      disposed = true;
      sampler = undefined;
    },
  };
}

const samplerOfNothing: LanguageSampler = {
  draw: () => Promise.resolve(new Int32Array(0)),
  drawAllowed: (_allowed, rows) => Promise.resolve({ tokens: new Int32Array(0), rows }),
  complete: () => Promise.resolve(new Int32Array(0)),
};

function saveParts({ params, codec, places, sizes, offsets, weights }: LanguageParts): Artifact {
  const length = offsets.reduce((sum, offset) => sum + offset.length, 0);
  const joined = new Float32Array(length);
  let at = 0;
  for (const offset of offsets) {
    joined.set(offset, at);
    at += offset.length;
  }
  return {
    synthesizer: "language",
    version: VERSION,
    params,
    state: { codec: codec.save(), order: [...places.columns], ...sizes },
    tensors:
      length === 0
        ? []
        : [
            { name: "offset", shape: [length], data: joined },
            ...weights.map((array) => ({ ...array, data: array.data.slice() })),
          ],
  };
}

/** Inverse of a model's `save`; throws FaultError `model-damaged` or `model-version`. */
export function loadLanguageParts({ version, params, state, tensors }: Artifact): LanguageParts {
  if (version !== VERSION) {
    const [found, supported] = [String(version), String(VERSION)];
    throw new FaultError({ code: "model-version", found, supported });
  }
  const saved: unknown = state["codec"];
  if (typeof saved !== "object" || saved === null) return damaged("codec");
  const codec = loadTokenCodec(saved as Record<string, unknown>);
  const places = placesOf(codec, loadOrder(state["order"], codec));
  const sizes = {
    width: Math.max(1, asIndex(state["width"], 4097, "width")),
    heads: Math.max(1, asIndex(state["heads"], 257, "heads")),
    layers: Math.max(1, asIndex(state["layers"], 65, "layers")),
  };
  if (sizes.width % sizes.heads !== 0) return damaged("heads");
  const all = places.counts.reduce((sum, count) => sum + count, 0);
  if (all === 0) return { params, codec, places, sizes, offsets: [], net: undefined, weights: [] };
  const joined = asArray(tensors, "offset", [all]);
  let at = 0;
  const offsets = places.counts.map((count) => joined.slice(at, (at += count)));
  const net = languageNetwork(codec, places, offsets, sizes, 0);
  checkWeights(tensors, networksOf(net));
  const weights = tensors.filter(({ name }) => name !== "offset");
  return { params, codec, places, sizes, offsets, net, weights };
}
