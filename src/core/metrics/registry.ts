import { alphaPrecision } from "./alpha-precision.ts";
import { analysisReplication } from "./analysis-replication.ts";
import { c2st } from "./c2st.ts";
import { c2stLogistic } from "./c2st-logistic.ts";
import { columnShapes } from "./column-shapes.ts";
import { coverage } from "./coverage.ts";
import { dcrShare } from "./dcr-share.ts";
import { exactCopies } from "./exact-copies.ts";
import { groupFidelity } from "./group-fidelity.ts";
import { groupShares } from "./group-shares.ts";
import { jensenShannon } from "./jensen-shannon.ts";
import { klDivergence } from "./kl-divergence.ts";
import { membershipClassifier } from "./membership-classifier.ts";
import { membershipDistance } from "./membership-distance.ts";
import { membershipDomias } from "./membership-domias.ts";
import type { Metric } from "./metric.ts";
import { nearCopies } from "./near-copies.ts";
import { nndr } from "./nndr.ts";
import { outlierExposure } from "./outlier-exposure.ts";
import { pairTrends } from "./pair-trends.ts";
import { tstr } from "./tstr.ts";
import { wasserstein } from "./wasserstein.ts";

/** Every metric of the lab, side by side. */
export const metrics: readonly Metric[] = [
  columnShapes,
  pairTrends,
  wasserstein,
  jensenShannon,
  klDivergence,
  coverage,
  alphaPrecision,
  c2st,
  c2stLogistic,
  tstr,
  analysisReplication,
  dcrShare,
  exactCopies,
  nearCopies,
  nndr,
  membershipDistance,
  membershipDomias,
  membershipClassifier,
  outlierExposure,
  groupShares,
  groupFidelity,
];
