import { bloodCounts } from "./blood-ranges.ts";
import type { Quantity } from "./clinical-quantity.ts";
import { chemistry } from "./laboratory-ranges.ts";
import { boluses, infusions } from "./drug-dose-ranges.ts";
import { furtherChemistry, furtherCounts, perinatal } from "./further-laboratory-ranges.ts";
import { extracorporeal, haemodynamics, ventilation } from "./intensive-care-ranges.ts";
import { markers } from "./marker-ranges.ts";
import { scores } from "./score-ranges.ts";
import { vitalSigns } from "./vital-ranges.ts";

/** What rules ask of beside the common values. */
const furtherQuantities: readonly Quantity[] = [
  ...ventilation,
  ...haemodynamics,
  ...extracorporeal,
  ...infusions,
  ...boluses,
  ...scores,
  ...furtherChemistry,
  ...furtherCounts,
  ...markers,
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
  ...furtherQuantities,
];
