import type { Weights } from "../../../nn/tensor.ts";
import type { TokenHead } from "../../token-rows/heads.ts";
import { featureLayout } from "./course-state.ts";
import type { VisitParts } from "./course-state.ts";
import { visitNetworks, visitShape } from "./network.ts";
import type { VisitNetworks, VisitShape } from "./network.ts";
import type { StaticFeatures } from "../columns/statics.ts";
import { targetsOf, tokenHeads } from "./targets.ts";
import type { Targets } from "./targets.ts";
import type { VisitColumns } from "../drawing/to-visits.ts";
import { VisitDrawer } from "../drawing/visit-drawer.ts";
import { drawingWeights } from "./visit-weights.ts";
import type { DrawingWeights } from "./visit-weights.ts";

/** Everything that was learned of visits but the weights: what the networks look like follows from it. */
export interface Design {
  readonly like: VisitColumns;
  readonly parts: VisitParts;
  readonly statics: StaticFeatures;
  readonly targets: Targets;
  readonly heads: readonly TokenHead[];
  readonly shape: VisitShape;
  readonly networks: VisitNetworks;
  /** hidden units in all */
  readonly hidden: number;
  /** whether every target reads what does not change directly */
  readonly near: boolean;
}

/** Inputs of what does not change, and patients for each, with which targets read them directly: fewer learn them by heart. */
const NARROW = 64;
const PATIENTS_EACH = 30;

export const isNear = (width: number, patients: number): boolean =>
  width <= NARROW && patients >= PATIENTS_EACH * width;

export function designOf(
  like: VisitColumns,
  parts: VisitParts,
  statics: StaticFeatures,
  offsets: readonly Float32Array[],
  { hidden, near, dropout }: { readonly hidden: number; readonly near: boolean; readonly dropout: number },
): Design {
  const targets = targetsOf(parts);
  const heads = tokenHeads(parts, targets, offsets);
  const shape = visitShape(statics.width, featureLayout(parts), targets, heads, { hidden, near });
  return {
    like,
    parts,
    statics,
    targets,
    heads,
    shape,
    networks: visitNetworks(shape, heads, dropout),
    hidden,
    near,
  };
}

/** What draws visits. */
export interface Drawing {
  readonly drawer: VisitDrawer;
  readonly weights: DrawingWeights;
}

export function drawingOf({ parts, targets, heads, shape, networks }: Design, weights: Weights): Drawing {
  const own = drawingWeights(shape, networks, weights);
  return { drawer: new VisitDrawer(parts, targets, heads, own), weights: own };
}
