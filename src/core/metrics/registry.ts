import { alphaPrecision } from "./alpha-precision.ts";
import { analysisReplication } from "./analysis-replication.ts";
import { attributeInference } from "./attribute-inference.ts";
import { augmentation } from "./augmentation.ts";
import { c2st } from "./c2st.ts";
import { c2stLogistic } from "./c2st-logistic.ts";
import { calibration } from "./calibration.ts";
import { columnShapes } from "./column-shapes.ts";
import { comorbidityLift } from "./comorbidity-lift.ts";
import { coverage } from "./coverage.ts";
import { dcrShare } from "./dcr-share.ts";
import { demographicParity } from "./demographic-parity.ts";
import { equalisedOdds } from "./equalised-odds.ts";
import { exactCopies } from "./exact-copies.ts";
import { featureImportance } from "./feature-importance.ts";
import { groupCalibration } from "./group-calibration.ts";
import { groupFidelity } from "./group-fidelity.ts";
import { groupShares } from "./group-shares.ts";
import { groupUtility } from "./group-utility.ts";
import { jensenShannon } from "./jensen-shannon.ts";
import { kAnonymity } from "./k-anonymity.ts";
import { klDivergence } from "./kl-divergence.ts";
import { linkability } from "./linkability.ts";
import { membershipClassifier } from "./membership-classifier.ts";
import { membershipDistance } from "./membership-distance.ts";
import { membershipDomias } from "./membership-domias.ts";
import type { Metric } from "./metric.ts";
import { missingness } from "./missingness.ts";
import { nearCopies } from "./near-copies.ts";
import { nndr } from "./nndr.ts";
import { outlierExposure } from "./outlier-exposure.ts";
import { pairTrends } from "./pair-trends.ts";
import { plausibilityRules } from "./plausibility-rules.ts";
import { predictorRanking } from "./predictor-ranking.ts";
import { propensity } from "./propensity.ts";
import { rareCategories } from "./rare-categories.ts";
import { rareCombinations } from "./rare-combinations.ts";
import { referenceRanges } from "./reference-ranges.ts";
import { singlingOut } from "./singling-out.ts";
import { tails } from "./tails.ts";
import { trainTestMatrix } from "./train-test-matrix.ts";
import { tstr } from "./tstr.ts";
import { wasserstein } from "./wasserstein.ts";

/** Every metric of the lab, side by side. */
export const metrics: readonly Metric[] = [
  columnShapes,
  pairTrends,
  wasserstein,
  jensenShannon,
  klDivergence,
  missingness,
  coverage,
  alphaPrecision,
  c2st,
  c2stLogistic,
  propensity,
  tstr,
  trainTestMatrix,
  predictorRanking,
  calibration,
  featureImportance,
  analysisReplication,
  augmentation,
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
  kAnonymity,
  rareCombinations,
  outlierExposure,
  groupShares,
  groupFidelity,
  groupUtility,
  demographicParity,
  equalisedOdds,
  groupCalibration,
  plausibilityRules,
  referenceRanges,
  tails,
  rareCategories,
  comorbidityLift,
];
