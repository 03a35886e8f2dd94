import { arrivalNumbers } from "./arrival-numbers.ts";
import { bleedNumbers } from "./bleed-numbers.ts";
import { departmentBodyNumbers } from "./department-body-numbers.ts";
import { departmentNumbers } from "./department-numbers.ts";
import { icuLabNumbers } from "./icu-lab-numbers.ts";
import { icuNumbers } from "./icu-numbers.ts";
import { icuTimeNumbers } from "./icu-time-numbers.ts";
import { newsNumbers } from "./news-numbers.ts";
import { metabolicNumbers } from "./metabolic-numbers.ts";
import { sepsisNumbers } from "./sepsis-numbers.ts";
import { sofaNumbers } from "./sofa-numbers.ts";
import type { SourcedNumber } from "../sourced-number.ts";

/** Emergencies, intensive care and the emergency department. */
export const criticalCareNumbers: readonly SourcedNumber[] = [
  ...sepsisNumbers,
  ...metabolicNumbers,
  ...bleedNumbers,
  ...icuNumbers,
  ...icuLabNumbers,
  ...icuTimeNumbers,
  ...sofaNumbers,
  ...newsNumbers,
  ...arrivalNumbers,
  ...departmentNumbers,
  ...departmentBodyNumbers,
];
