import { alphaPrecision } from "./fidelity/alpha-precision.ts";
import { analysisReplication } from "./utility/analysis-replication.ts";
import { attributeInference } from "./privacy/attribute-inference.ts";
import { augmentation } from "./utility/augmentation.ts";
import { c2st } from "./fidelity/c2st.ts";
import { c2stLogistic } from "./fidelity/c2st-logistic.ts";
import { c2stPatients } from "./fidelity/visits/c2st-patients.ts";
import { c2stRelations } from "./fidelity/c2st-relations.ts";
import { c2stVisits } from "./fidelity/visits/c2st-visits.ts";
import { calibration } from "./utility/calibration.ts";
import { changeShapes } from "./fidelity/visits/change-shapes.ts";
import { changeSpread } from "./fidelity/visits/change-spread.ts";
import { columnShapes } from "./fidelity/column-shapes.ts";
import { comorbidityLift } from "./clinical/comorbidity-lift.ts";
import { copiedCourses } from "./privacy/visits/copied-courses.ts";
import { courseDurations } from "./fidelity/visits/course-durations.ts";
import { coverage } from "./fidelity/coverage.ts";
import { crossCalibration } from "./utility/cross-calibration.ts";
import { crossLag } from "./fidelity/visits/cross-lag.ts";
import { crossPrediction } from "./fidelity/cross-prediction.ts";
import { dcrShare } from "./privacy/dcr-share.ts";
import { dcrSharePatients } from "./privacy/visits/dcr-share-patients.ts";
import { demographicParity } from "./fairness/demographic-parity.ts";
import { disco } from "./privacy/disclosure/disco.ts";
import { epsilonIdentifiability } from "./privacy/epsilon-identifiability.ts";
import { equalisedOdds } from "./fairness/equalised-odds.ts";
import { exactCopies } from "./privacy/exact-copies.ts";
import { featureImportance } from "./utility/feature-importance.ts";
import { groupCalibration } from "./fairness/group-calibration.ts";
import { groupFidelity } from "./fairness/group-fidelity.ts";
import { groupShares } from "./fairness/group-shares.ts";
import { groupUtility } from "./fairness/group-utility.ts";
import { identityDisclosure } from "./privacy/disclosure/identity-disclosure.ts";
import { impossibleCourses } from "./clinical/visits/impossible-courses.ts";
import { intraclassCorrelation } from "./fidelity/visits/intraclass-correlation.ts";
import { incidence } from "./clinical/surveillance/incidence.ts";
import { jensenShannon } from "./fidelity/jensen-shannon.ts";
import { kAnonymity } from "./privacy/k-anonymity.ts";
import { keptRules } from "./clinical/kept-rules.ts";
import { klDivergence } from "./fidelity/kl-divergence.ts";
import { lagCorrelation } from "./fidelity/visits/lag-correlation.ts";
import { levelCoverage } from "./fidelity/level-coverage.ts";
import { linkability } from "./privacy/linkability.ts";
import { membershipByGroup } from "./privacy/membership-by-group.ts";
import { membershipClassifier } from "./privacy/membership-classifier.ts";
import { membershipDistance } from "./privacy/membership-distance.ts";
import { membershipDomias } from "./privacy/membership-domias.ts";
import { membershipPatients } from "./privacy/visits/membership-patients.ts";
import type { Metric } from "./metric.ts";
import { missingness } from "./fidelity/missingness.ts";
import { missingRuns } from "./fidelity/visits/missing-runs.ts";
import { moments } from "./fidelity/moments.ts";
import { nearCopies } from "./privacy/near-copies.ts";
import { nextLevel } from "./utility/visits/next-level.ts";
import { nextValue } from "./utility/visits/next-value.ts";
import { nnaa } from "./privacy/nnaa.ts";
import { nndr } from "./privacy/nndr.ts";
import { ordersAndTies } from "./fidelity/orders-and-ties.ts";
import { outcomeAssociation } from "./utility/outcome-association.ts";
import { outbreakAgreement } from "./clinical/surveillance/outbreak-agreement.ts";
import { outlierExposure } from "./privacy/outlier-exposure.ts";
import { pairTrends } from "./fidelity/pair-trends.ts";
import { plausibilityRules } from "./clinical/plausibility-rules.ts";
import { predictorRanking } from "./utility/predictor-ranking.ts";
import { propensity } from "./fidelity/propensity.ts";
import { rareCategories } from "./clinical/rare-categories.ts";
import { rareCombinations } from "./privacy/rare-combinations.ts";
import { referenceRanges } from "./clinical/reference-ranges.ts";
import { replicatedUniques } from "./privacy/disclosure/replicated-uniques.ts";
import { seasonAndWeekday } from "./clinical/surveillance/season-and-weekday.ts";
import { singlingOut } from "./privacy/singling-out.ts";
import { singlingOutPatients } from "./privacy/visits/singling-out-patients.ts";
import { survivalCurves } from "./utility/survival-curves.ts";
import { survivalModel } from "./utility/survival-model.ts";
import { survivalModelPatients } from "./utility/visits/survival-model-patients.ts";
import { survivalPatients } from "./utility/visits/survival-patients.ts";
import { tails } from "./clinical/tails.ts";
import { tooClosePatients } from "./privacy/visits/too-close-patients.ts";
import { trainTestMatrix } from "./utility/train-test-matrix.ts";
import { transitions } from "./fidelity/visits/transitions.ts";
import { tstr } from "./utility/tstr.ts";
import { tstrPatients } from "./utility/visits/tstr-patients.ts";
import { unseenPairs } from "./fidelity/unseen-pairs.ts";
import { visitCounts } from "./fidelity/visits/visit-counts.ts";
import { visitGaps } from "./fidelity/visits/visit-gaps.ts";
import { visitShapes } from "./fidelity/visits/visit-shapes.ts";
import { wasserstein } from "./fidelity/wasserstein.ts";

/** Every metric of the lab, side by side. */
export const metrics: readonly Metric[] = [
  columnShapes,
  pairTrends,
  wasserstein,
  jensenShannon,
  klDivergence,
  missingness,
  coverage,
  levelCoverage,
  moments,
  crossPrediction,
  alphaPrecision,
  c2st,
  c2stLogistic,
  c2stRelations,
  ordersAndTies,
  unseenPairs,
  propensity,
  c2stPatients,
  c2stVisits,
  visitCounts,
  visitGaps,
  courseDurations,
  visitShapes,
  lagCorrelation,
  changeSpread,
  changeShapes,
  intraclassCorrelation,
  transitions,
  crossLag,
  missingRuns,
  tstr,
  trainTestMatrix,
  predictorRanking,
  calibration,
  featureImportance,
  analysisReplication,
  survivalCurves,
  survivalModel,
  augmentation,
  outcomeAssociation,
  crossCalibration,
  tstrPatients,
  nextValue,
  nextLevel,
  survivalPatients,
  survivalModelPatients,
  dcrShare,
  exactCopies,
  nearCopies,
  nndr,
  membershipDistance,
  membershipDomias,
  membershipClassifier,
  membershipByGroup,
  singlingOut,
  linkability,
  attributeInference,
  kAnonymity,
  rareCombinations,
  outlierExposure,
  replicatedUniques,
  identityDisclosure,
  disco,
  epsilonIdentifiability,
  nnaa,
  dcrSharePatients,
  membershipPatients,
  tooClosePatients,
  copiedCourses,
  singlingOutPatients,
  groupShares,
  groupFidelity,
  groupUtility,
  demographicParity,
  equalisedOdds,
  groupCalibration,
  plausibilityRules,
  keptRules,
  referenceRanges,
  tails,
  rareCategories,
  comorbidityLift,
  impossibleCourses,
  incidence,
  seasonAndWeekday,
  outbreakAgreement,
];
