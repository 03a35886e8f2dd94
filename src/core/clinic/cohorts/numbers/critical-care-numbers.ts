import { bleedNumbers } from "./bleed-numbers.ts";
import { icuLabNumbers } from "./icu-lab-numbers.ts";
import { icuNumbers } from "./icu-numbers.ts";
import { icuTimeNumbers } from "./icu-time-numbers.ts";
import { metabolicNumbers } from "./metabolic-numbers.ts";
import { sepsisNumbers } from "./sepsis-numbers.ts";
import { sofaNumbers } from "./sofa-numbers.ts";
import type { SourcedNumber } from "./sourced-number.ts";

/** Emergencies, intensive care and the emergency department. */
export const criticalCareNumbers: readonly SourcedNumber[] = [
  ...sepsisNumbers,
  ...metabolicNumbers,
  ...bleedNumbers,
  ...icuNumbers,
  ...icuLabNumbers,
  ...icuTimeNumbers,
  ...sofaNumbers,
];
