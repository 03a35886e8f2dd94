import { asArray, damaged } from "../../codec/saved-state.ts";
import { loadTokenCodec } from "../../codec/token.ts";
import type { TokenCodec } from "../../codec/token.ts";
import { FaultError } from "../../fault.ts";
import type { NamedArray } from "../../nn/tensor.ts";
import { blockParts, partSize, planBlock } from "./blocks.ts";
import type { BlockPart, BlockPlan, BlockSizes, BlockWeights } from "./blocks.ts";
import { completeTokens, givenTokens } from "../token-rows/complete.ts";
import { allowedTokens, drawAllowed } from "../token-rows/conditions.ts";
import { maskedSampler } from "../token-rows/masked-sampler.ts";
import { loadMasks } from "../token-rows/masks.ts";
import type { Masks } from "../token-rows/masks.ts";
import { loadOrder, placesOf } from "../token-rows/places.ts";
import type { Places } from "../token-rows/places.ts";
import { headsWith, loadBeside, savedBeside } from "./beside/beside.ts";
import type { Beside } from "./beside/beside.ts";
import { createSampler } from "./sampler.ts";
import type { Sampler } from "../token-rows/sampler.ts";
import { answer } from "../requests/answer.ts";
import type { RowSource } from "../requests/row-source.ts";
import type { Artifact, Model, Params } from "../synthesizer.ts";
import { toTable } from "../token-rows/to-table.ts";

const VERSION = 1;

/** A trained model on the CPU; nothing of it is on the device. */
export interface AutoregressiveParts {
  readonly params: Params;
  readonly codec: TokenCodec;
  readonly places: Places;
  /** what the plans were made with */
  readonly beside: Beside;
  readonly plans: readonly BlockPlan[];
  readonly blocks: readonly BlockWeights[];
  /** what rules forbid of tokens */
  readonly masks: Masks | undefined;
}

export function createAutoregressiveModel(parts: AutoregressiveParts): Model {
  let disposed = false;
  let made: { readonly unmasked: Sampler; readonly masked: Sampler } | undefined;
  const samplers = (): NonNullable<typeof made> => {
    if (made !== undefined) return made;
    const unmasked = createSampler(parts.places, parts.plans, parts.blocks);
    return (made = { unmasked, masked: maskedSampler(unmasked, parts.masks) });
  };
  const sampler = (): Sampler => samplers().masked;
  const { codec, places } = parts;
  const source: RowSource = {
    draw: async (rows, rng) => toTable(parts, await sampler().draw(rows, rng), rows, rng),
    drawWhere: async (rows, rng, where) => {
      const allowed = allowedTokens(codec, places, where);
      const drawn = await drawAllowed(sampler(), allowed, rows, rng);
      return toTable(parts, drawn.tokens, drawn.rows, rng);
    },
    completeRows: async (given, rng, gated) => {
      const by = gated === true ? samplers().unmasked : sampler();
      const tokens = await completeTokens(by, givenTokens(codec, places, given), rng);
      return toTable(parts, tokens, given.rows, rng);
    },
  };
  return {
    synthesizer: "autoregressive",
    sample: async (rows, rng, request) => {
      if (disposed) throw new FaultError({ code: "unexpected", message: "The model was freed." });
      return answer(request, rows, rng, source);
    },
    save: () => Promise.resolve(saveParts(parts)),
    dispose: () => {
      disposed = true;
      made = undefined;
    },
  };
}

function saveParts(parts: AutoregressiveParts): Artifact {
  const { params, codec, places, beside, plans, blocks, masks } = parts;
  return {
    synthesizer: "autoregressive",
    version: VERSION,
    params,
    state: {
      codec: codec.save(),
      order: [...places.columns],
      members: plans[0]?.members ?? 1,
      units: plans[0]?.units ?? 1,
      parents: plans.map(({ parents }) => [...parents]),
      ...savedBeside(beside),
      ...(masks && { masks: masks.save() }),
    },
    tensors:
      plans.length === 0
        ? []
        : [
            joined(
              "offset",
              plans.map(({ head }) => head.offset),
            ),
            ...blockParts.map((part) =>
              joined(
                part,
                blocks.map((block) => block[part]),
              ),
            ),
          ],
  };
}

/** One part of all places, one behind the other. */
function joined(name: string, parts: readonly Float32Array[]): NamedArray {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const data = new Float32Array(length);
  let at = 0;
  for (const part of parts) {
    data.set(part, at);
    at += part.length;
  }
  return { name, shape: [length], data };
}

/** Inverse of `joined`. */
function cut(tensors: readonly NamedArray[], name: string, sizes: readonly number[]): Float32Array[] {
  const length = sizes.reduce((sum, size) => sum + size, 0);
  const all = asArray(tensors, name, [length]);
  let at = 0;
  return sizes.map((size) => all.slice(at, (at += size)));
}

/** Inverse of a model's `save`; throws FaultError `model-damaged` or `model-version`. */
export function loadAutoregressiveParts(artifact: Artifact): AutoregressiveParts {
  if (artifact.version !== VERSION) {
    const [found, supported] = [String(artifact.version), String(VERSION)];
    throw new FaultError({ code: "model-version", found, supported });
  }
  const { state, tensors, params } = artifact;
  const saved: unknown = state["codec"];
  if (typeof saved !== "object" || saved === null) return damaged("codec");
  const codec = loadTokenCodec(saved as Record<string, unknown>);
  const places = placesOf(codec, loadOrder(state["order"], codec));
  const sizes: BlockSizes = {
    members: whole(state["members"], 1, 64, "members"),
    units: whole(state["units"], 1, 1024, "units"),
  };
  const parents = loadParents(state["parents"], places.columns.length);
  const offsets = places.counts.length === 0 ? [] : cut(tensors, "offset", places.counts);
  const beside = loadBeside(state, codec, places);
  const plans = plansFor(codec, places, parents, offsets, sizes, beside);
  const cuts = blockParts.map((part) =>
    plans.length === 0
      ? []
      : cut(
          tensors,
          part,
          plans.map((plan) => partSize(plan, part)),
        ),
  );
  const blocks = plans.map(
    (_, i) =>
      Object.fromEntries(blockParts.map((part, k) => [part, cuts[k]?.[i] as Float32Array])) as Record<
        BlockPart,
        Float32Array
      >,
  );
  const masks = state["masks"] === undefined ? undefined : loadMasks(state["masks"], codec, places);
  return { params, codec, places, beside, plans, blocks, masks };
}

/** The plans of all places; `offsets` are their logits without a network. */
export const plansFor = (
  codec: TokenCodec,
  places: Places,
  parents: readonly Int32Array[],
  offsets: readonly Float32Array[],
  sizes: BlockSizes,
  beside: Beside,
): BlockPlan[] =>
  headsWith(beside, codec, places, offsets).map(({ head, priors }, place) =>
    planBlock(places, parents[place] as Int32Array, head, sizes, priors),
  );

function loadParents(saved: unknown, places: number): Int32Array[] {
  if (!Array.isArray(saved) || saved.length !== places) return damaged("parents");
  return saved.map((list: unknown, place) => {
    if (!Array.isArray(list)) return damaged("parents");
    return Int32Array.from(list, (parent: unknown) => whole(parent, 0, place - 1, "parents"));
  });
}

function whole(value: unknown, least: number, most: number, what: string): number {
  return Number.isInteger(value) && (value as number) >= least && (value as number) <= most
    ? (value as number)
    : damaged(what);
}
