import type { SourcedNumber } from "../sourced-number.ts";
import { maternityNumbers } from "./maternity-numbers.ts";
import { maternityVisitNumbers } from "./maternity-visit-numbers.ts";
import { pregnancyGlucoseNumbers } from "./pregnancy-glucose-numbers.ts";
import { pregnancyPressureNumbers } from "./pregnancy-pressure-numbers.ts";

/** Pregnancy, from the first visit to birth. */
export const pregnancyNumbers: readonly SourcedNumber[] = [
  ...maternityNumbers,
  ...pregnancyPressureNumbers,
  ...pregnancyGlucoseNumbers,
  ...maternityVisitNumbers,
];
