import { attributeInference } from "./attribute-inference.ts";
import { c2st } from "./c2st.ts";
import { columnShapes } from "./column-shapes.ts";
import { dcrShare } from "./dcr-share.ts";
import { exactCopies } from "./exact-copies.ts";
import { kAnonymity } from "./k-anonymity.ts";
import { linkability } from "./linkability.ts";
import { membershipClassifier } from "./membership-classifier.ts";
import { membershipDistance } from "./membership-distance.ts";
import { membershipDomias } from "./membership-domias.ts";
import type { Metric } from "./metric.ts";
import { nearCopies } from "./near-copies.ts";
import { nndr } from "./nndr.ts";
import { outlierExposure } from "./outlier-exposure.ts";
import { pairTrends } from "./pair-trends.ts";
import { rareCombinations } from "./rare-combinations.ts";
import { singlingOut } from "./singling-out.ts";
import { tstr } from "./tstr.ts";

export const metrics: readonly Metric[] = [
  columnShapes,
  pairTrends,
  c2st,
  tstr,
  dcrShare,
  exactCopies,
  nearCopies,
  nndr,
  membershipDistance,
  membershipDomias,
  membershipClassifier,
  singlingOut,
  linkability,
  attributeInference,
  outlierExposure,
  rareCombinations,
  kAnonymity,
];
