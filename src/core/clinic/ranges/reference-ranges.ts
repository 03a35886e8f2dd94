import { bloodCounts } from "./blood-ranges.ts";
import type { Quantity } from "./clinical-quantity.ts";
import { computedValues, moreCounts, perinatal } from "./computed-laboratory-ranges.ts";
import { boluses, infusions } from "./drug-dose-ranges.ts";
import { furtherLaboratory } from "./further-laboratory-ranges.ts";
import { intensiveCare } from "./intensive-care-ranges.ts";
import { chemistry } from "./laboratory-ranges.ts";
import { scores } from "./score-ranges.ts";
import { extracorporeal, haemodynamics, ventilation } from "./ventilator-ranges.ts";
import { vitalSigns } from "./vital-ranges.ts";

/** What clinical rules ask of beside the usual values. */
const ofRules: readonly Quantity[] = [
  ...ventilation,
  ...haemodynamics,
  ...extracorporeal,
  ...infusions,
  ...boluses,
  ...scores,
  ...computedValues,
  ...moreCounts,
  ...perinatal,
];

/**
 * Quantities that a column's name can stand for. Plausible limits are wide on purpose: extremes that were survived, or a
 * measuring range, in the manner of MIMIC-Extract (Wang et al. 2020); reference ranges are for adults of both sexes, so a
 * little wider than either's own. They serve to compare two tables, not to judge a patient.
 */
export const quantities: readonly Quantity[] = [
  ...vitalSigns,
  ...chemistry,
  ...bloodCounts,
  ...furtherLaboratory,
  ...intensiveCare,
  ...ofRules,
];
