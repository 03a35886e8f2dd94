import { asArray, asIndex, asList, asRecord, asText, damaged } from "../../codec/saved-state.ts";
import { loadTokenCodec } from "../../codec/token.ts";
import type { TokenCodec } from "../../codec/token.ts";
import { FaultError } from "../../fault.ts";
import { breathe } from "../../math/breathe.ts";
import type { Rng } from "../../math/rng.ts";
import type { Table } from "../../table/table.ts";
import { completeTokens, givenTokens } from "../token-rows/complete.ts";
import { allowedTokens, drawAllowed } from "../token-rows/conditions.ts";
import { maskedSampler } from "../token-rows/masked-sampler.ts";
import { loadMasks } from "../token-rows/masks.ts";
import type { Masks } from "../token-rows/masks.ts";
import { placesOf } from "../token-rows/places.ts";
import type { Places } from "../token-rows/places.ts";
import { toTable } from "../token-rows/to-table.ts";
import type { Sampler } from "../token-rows/sampler.ts";
import { tokenAt } from "../token-rows/sampler.ts";
import type { Tree } from "./tree.ts";
import { leafOf } from "./tree.ts";
import { answer } from "../requests/answer.ts";
import type { Artifact, Model, Params } from "../synthesizer.ts";

const VERSION = 1;

export interface CartParts {
  readonly params: Params;
  readonly codec: TokenCodec;
  readonly places: Places;
  /** one a place */
  readonly trees: readonly Tree[];
  readonly masks: Masks | undefined;
}

export function createCartModel(parts: CartParts): Model {
  const { codec, places, trees, masks } = parts;
  const unmasked = treeSampler(places, trees);
  const sampler = maskedSampler(unmasked, masks);
  const asTable = (tokens: Int32Array, rows: number, rng: Rng): Table =>
    toTable({ codec, places, masks }, tokens, rows, rng);
  return {
    synthesizer: "cart",
    sample: (wanted, dice, request) =>
      answer(request, wanted, dice, {
        draw: async (rows, rng) => asTable(await sampler.draw(rows, rng), rows, rng),
        drawWhere: async (candidates, rng, where) => {
          const { tokens, rows } = await drawAllowed(
            sampler,
            allowedTokens(codec, places, where),
            candidates,
            rng,
          );
          return asTable(tokens, rows, rng);
        },
        completeRows: async (given, rng, gated) => {
          const by = gated === true ? unmasked : sampler;
          const tokens = await completeTokens(by, givenTokens(codec, places, given), rng);
          return asTable(tokens, given.rows, rng);
        },
      }),
    save: () => Promise.resolve(saveParts(parts)),
    dispose: () => {},
  };
}

/** Draws rows place by place, each token from the leaf that the tokens before it lead to. */
function treeSampler({ counts }: Places, trees: readonly Tree[]): Sampler {
  const places = trees.length;
  const parents = trees.map((tree) => Int32Array.from(new Set(tree.places.filter((at) => at >= 0))).sort());
  const weigh: Sampler["weigh"] = (tokens, start, place, _member, weights) => {
    const tree = trees[place] as Tree;
    const count = counts[place] as number;
    const from = leafOf(tree, tokens, start) * count;
    let total = 0;
    for (let k = 0; k < count; k++) {
      const share = tree.leaves[from + k] as number;
      weights[k] = share;
      total += share;
    }
    return total;
  };
  const room = (): Float64Array => new Float64Array(counts.reduce((most, count) => Math.max(most, count), 1));
  const draw = async (rows: number, rng: Rng): Promise<Int32Array> => {
    const tokens = new Int32Array(rows * places);
    const weights = room();
    for (let row = 0; row < rows; row++) {
      for (let place = 0; place < places; place++) {
        const total = weigh(tokens, row * places, place, 0, weights);
        tokens[row * places + place] = tokenAt(weights, counts[place] as number, rng.uniform() * total);
      }
      if (row % 100 === 99) await breathe();
    }
    return tokens;
  };
  return {
    places,
    members: 1,
    counts,
    parentsOf: (place) => parents[place] as Int32Array,
    weigh,
    room,
    draw,
  };
}

function saveParts({ params, codec, trees, masks }: CartParts): Artifact {
  const leaves = new Float32Array(trees.reduce((sum, tree) => sum + tree.leaves.length, 0));
  let at = 0;
  for (const tree of trees) {
    leaves.set(tree.leaves, at);
    at += tree.leaves.length;
  }
  const saved = trees.map(({ places, next, left }) => ({
    places: [...places],
    next: [...next],
    left: left.map(toLetters),
  }));
  return {
    synthesizer: "cart",
    version: VERSION,
    params,
    state: { codec: codec.save(), trees: saved, ...(masks && { masks: masks.save() }) },
    tensors: leaves.length === 0 ? [] : [{ name: "leaves", shape: [leaves.length], data: leaves }],
  };
}

/** Inverse of a model's `save`; throws FaultError `model-damaged` or `model-version`. */
export function loadCartModel({ version, params, state, tensors }: Artifact): Model {
  if (version !== VERSION) {
    const supported = String(VERSION);
    throw new FaultError({ code: "model-version", found: String(version), supported });
  }
  const codec = loadTokenCodec(asRecord(state["codec"], "codec"));
  const places = placesOf(codec);
  const saved = asList(state["trees"], "trees");
  if (saved.length !== places.columns.length) return damaged("trees");
  const bare = saved.map((item, place) => loadTree(item, place, places.counts));
  const sizes = bare.map((tree, place) => leafCount(tree) * (places.counts[place] as number));
  const size = sizes.reduce((sum, own) => sum + own, 0);
  const leaves = size === 0 ? new Float32Array(0) : asArray(tensors, "leaves", [size]);
  let from = 0;
  const trees = bare.map((tree, place) => {
    const own = leaves.slice(from, (from += sizes[place] as number));
    if (!sumToOne(own, places.counts[place] as number)) return damaged("leaves");
    return { ...tree, leaves: own };
  });
  const masks = state["masks"] === undefined ? undefined : loadMasks(state["masks"], codec, places);
  return createCartModel({ params, codec, places, trees, masks });
}

const leafCount = ({ places }: Pick<Tree, "places">): number => places.filter((at) => at < 0).length;

/** A tree whose questions are earlier places, and whose nodes and leaves each are reached once. */
function loadTree(saved: unknown, place: number, counts: readonly number[]): Omit<Tree, "leaves"> {
  const state = asRecord(saved, "trees");
  const places = asList(state["places"], "trees").map((at) => (at === -1 ? -1 : asIndex(at, place, "trees")));
  const nodes = places.length;
  const next = asList(state["next"], "trees").map((at) => asIndex(at, nodes, "trees"));
  const letters = asList(state["left"], "trees");
  if (nodes === 0 || next.length !== nodes || letters.length !== nodes) return damaged("trees");
  const left = letters.map((text, node) => {
    const at = places[node] as number;
    return fromLetters(asText(text, "trees"), at < 0 ? 0 : (counts[at] as number));
  });
  const children = next.flatMap((to, node) => ((places[node] as number) < 0 ? [] : [to, to + 1]));
  const forward = next.every((to, node) => (places[node] as number) < 0 || to > node);
  const leaves = next.filter((_, node) => (places[node] as number) < 0);
  if (!forward || !each(children, nodes, 1) || !each(leaves, leaves.length, 0)) return damaged("trees");
  return { places, next, left };
}

/** Whether the numbers are first .. below-1, each once. */
const each = (numbers: readonly number[], below: number, first: number): boolean =>
  numbers.length === below - first &&
  new Set(numbers).size === numbers.length &&
  numbers.every((number) => number >= first && number < below);

function sumToOne(leaves: Float32Array, count: number): boolean {
  for (let from = 0; from < leaves.length; from += count) {
    let sum = 0;
    for (let k = 0; k < count; k++) {
      const share = leaves[from + k] as number;
      if (!(share >= 0)) return false;
      sum += share;
    }
    if (!(Math.abs(sum - 1) < 1e-3)) return false;
  }
  return true;
}

const LETTERS = "abcdefghijklmnop";

/** Four flags a letter. */
function toLetters(flags: Uint8Array): string {
  let text = "";
  for (let i = 0; i < flags.length; i += 4) {
    let four = 0;
    for (let k = 0; k < 4; k++) four |= (flags[i + k] ?? 0) << k;
    text += LETTERS[four] as string;
  }
  return text;
}

function fromLetters(text: string, count: number): Uint8Array {
  if (text.length !== Math.ceil(count / 4)) return damaged("trees");
  return Uint8Array.from({ length: count }, (_, i) => {
    const four = LETTERS.indexOf(text[i >> 2] as string);
    if (four < 0) return damaged("trees");
    return (four >> (i & 3)) & 1;
  });
}
