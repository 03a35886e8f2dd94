import { c2st } from "./c2st.ts";
import { columnShapes } from "./column-shapes.ts";
import { comorbidityLift } from "./comorbidity-lift.ts";
import { dcrShare } from "./dcr-share.ts";
import { demographicParity } from "./demographic-parity.ts";
import { equalisedOdds } from "./equalised-odds.ts";
import { exactCopies } from "./exact-copies.ts";
import { groupCalibration } from "./group-calibration.ts";
import { groupFidelity } from "./group-fidelity.ts";
import { groupShares } from "./group-shares.ts";
import { groupUtility } from "./group-utility.ts";
import type { Metric } from "./metric.ts";
import { pairTrends } from "./pair-trends.ts";
import { plausibilityRules } from "./plausibility-rules.ts";
import { rareCategories } from "./rare-categories.ts";
import { referenceRanges } from "./reference-ranges.ts";
import { tails } from "./tails.ts";
import { tstr } from "./tstr.ts";

export const metrics: readonly Metric[] = [
  columnShapes,
  pairTrends,
  c2st,
  tstr,
  dcrShare,
  exactCopies,
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
