import { bloodCounts } from "./blood-ranges.ts";
import type { Quantity } from "./clinical-quantity.ts";
import { furtherLaboratory } from "./further-laboratory-ranges.ts";
import { intensiveCare } from "./intensive-care-ranges.ts";
import { chemistry } from "./laboratory-ranges.ts";
import { vitalSigns } from "./vital-ranges.ts";

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
];
