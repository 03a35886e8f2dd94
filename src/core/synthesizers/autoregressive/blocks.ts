import type { Places } from "../token-rows/places.ts";
import type { TokenHead } from "../token-rows/heads.ts";
import type { Prior } from "./beside/prior.ts";

/** What the small networks of all columns have in common. */
export interface BlockSizes {
  /** networks for each column, whose probabilities are averaged */
  readonly members: number;
  /** ReLU units of one network */
  readonly units: number;
}

/** Where one column's networks stand: what they read and what they say. */
export interface BlockPlan extends BlockSizes {
  /** earlier places whose features are read, in rising order */
  readonly parents: Int32Array;
  readonly head: TokenHead;
  /** what stands beside the networks */
  readonly priors: readonly Prior[];
  /** features of all parents together */
  readonly inputs: number;
}

/**
 * The weights of one column's networks, M members of m units with R coefficients. A member's coefficients are
 * c = head . (h + relu(h . second + secondBias)) + headBias with h = relu(x . first + firstBias).
 */
export interface BlockWeights {
  /** inputs x (M m) */
  readonly first: Float32Array;
  /** M m */
  readonly firstBias: Float32Array;
  /** M x m x m, inputs before outputs */
  readonly second: Float32Array;
  /** M m */
  readonly secondBias: Float32Array;
  /** M x m x R */
  readonly head: Float32Array;
  /** M R */
  readonly headBias: Float32Array;
}

export const blockParts = ["first", "firstBias", "second", "secondBias", "head", "headBias"] as const;
export type BlockPart = (typeof blockParts)[number];

export function planBlock(
  places: Places,
  parents: Int32Array,
  head: TokenHead,
  sizes: BlockSizes,
  priors: readonly Prior[] = [],
): BlockPlan {
  const inputs = parents.reduce((sum, at) => sum + (places.features[at]?.width ?? 0), 0);
  const { members, units } = sizes;
  return { members, units, parents, head, priors, inputs };
}

export function partSize({ members, units, inputs, head }: BlockPlan, part: BlockPart): number {
  switch (part) {
    case "first":
      return inputs * members * units;
    case "firstBias":
    case "secondBias":
      return members * units;
    case "second":
      return members * units * units;
    case "head":
      return members * units * head.coefficients;
    case "headBias":
      return members * head.coefficients;
  }
}

/** Networks that say nothing but the column's own shares. */
export function silentBlock(plan: BlockPlan): BlockWeights {
  const made = {} as Record<BlockPart, Float32Array>;
  for (const part of blockParts) made[part] = new Float32Array(partSize(plan, part));
  return made;
}
