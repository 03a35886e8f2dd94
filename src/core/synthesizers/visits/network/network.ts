import { blockDense, dropout, network, relu, residual } from "../../../nn/block.ts";
import type { Network } from "../../../nn/block.ts";
import { headLayout, headLosses } from "../../../nn/column-heads.ts";
import type { HeadLayout } from "../../../nn/column-heads.ts";
import { add } from "../../../nn/ops.ts";
import type { Tensor } from "../../../nn/tensor.ts";
import type { LossFunction } from "../../../nn/trainer.ts";
import type { TokenHead } from "../../token-rows/heads.ts";
import type { FeatureLayout } from "./course-state.ts";
import type { Targets } from "./targets.ts";

/** What the network of a visit looks like. */
export interface VisitShape {
  /** widths of the context: what does not change, then the segments of the features */
  readonly context: readonly number[];
  /** widths of the targets as inputs of those behind them */
  readonly targets: readonly number[];
  /** hidden units of each group: group t sees the context and the targets before t */
  readonly units: readonly number[];
  /** coefficients of each target's heads together */
  readonly coefficients: readonly number[];
  /** context segments x targets, 1 where a target's coefficients read the segment directly */
  readonly direct: Uint8Array;
}

/** `statics`: width of what does not change, which all targets read directly where `near`; `hidden`: units in all. */
export function visitShape(
  statics: number,
  features: FeatureLayout,
  targets: Targets,
  heads: readonly TokenHead[],
  { hidden, near }: { readonly hidden: number; readonly near: boolean },
): VisitShape {
  const context = [statics, ...features.segments];
  const count = targets.widths.length;
  const numbers = targets.order.filter(({ type }) => type === "number").length;
  const units = Array.from(
    { length: count },
    (_, t) => Math.floor((hidden * (t + 1)) / count) - Math.floor((hidden * t) / count),
  );
  const coefficients = targets.ofTarget.map((own) =>
    own.reduce((sum, k) => sum + (heads[k] as TokenHead).coefficients, 0),
  );
  const direct = new Uint8Array(context.length * count);
  for (let t = 0; t < count; t++) {
    const ends = t === 0 || t === count - 1;
    direct[count + t] = 1;
    if (ends || near) direct[t] = 1;
    const own = targets.order[t - 1];
    if (own) direct[(2 + own.of + (own.type === "category" ? numbers : 0)) * count + t] = 1;
  }
  return { context, targets: targets.widths, units, coefficients, direct };
}

export interface VisitNetworks {
  /** through hidden units */
  readonly deep: Network;
  /** from a target's own part of the context and from the targets before it, straight to its coefficients */
  readonly direct: Network;
  readonly layout: HeadLayout;
}

/**
 * A masked network (Germain et al. 2015) of whole blocks: hidden units of group t see the context and the targets before t,
 * a ReLU layer and another one on top of it; target t's coefficients read the groups up to t.
 */
export function visitNetworks(
  { context, targets, units, coefficients, direct }: VisitShape,
  heads: readonly TokenHead[],
  rate: number,
): VisitNetworks {
  const count = targets.length;
  const contextWidth = context.reduce((sum, width) => sum + width, 0);
  const inputs = contextWidth + targets.reduce((sum, width) => sum + width, 0);
  const seen = new Uint8Array((1 + count) * count);
  const below = new Uint8Array(count * count);
  for (let t = 0; t < count; t++) {
    seen[t] = 1;
    for (let before = 0; before < t; before++) seen[(1 + before) * count + t] = 1;
    for (let group = 0; group <= t; group++) below[group * count + t] = 1;
  }
  const straight = new Uint8Array((context.length + count) * count);
  straight.set(direct);
  straight.set(seen.subarray(count), context.length * count);
  const width = coefficients.reduce((sum, own) => sum + own, 0);
  return {
    deep: network("deep", inputs, [
      dropout(rate / 2),
      blockDense({ inputs: [contextWidth, ...targets], units, allowed: seen }),
      relu(),
      dropout(rate),
      residual(blockDense({ inputs: units, units, allowed: below }), relu(), dropout(rate)),
      blockDense(
        { inputs: units, units: coefficients, allowed: below },
        { scale: 0.1, initialBias: new Float32Array(width) },
      ),
    ]),
    direct: network("direct", inputs, [
      dropout(rate / 2),
      blockDense(
        { inputs: [...context, ...targets], units: coefficients, allowed: straight },
        { bias: false, scale: 0 },
      ),
    ]),
    layout: headLayout(heads.map((head, k) => ({ ...head, target: k }))),
  };
}

/** Inputs: x [visits, context and targets], tokens [visits, heads], weights [visits, heads]. */
export const visitLoss =
  ({ deep, direct, layout }: VisitNetworks): LossFunction =>
  (inputs, pass) => {
    const { x, tokens, weights } = inputs as Record<"x" | "tokens" | "weights", Tensor>;
    const coefficients = add(pass.run(deep, x), pass.run(direct, x));
    return { loss: headLosses(pass, coefficients, layout, tokens, weights) };
  };
