import type { ClinicalRule } from "../clinical-rule.ts";
import { bodyRules, childRules } from "./body-rules.ts";
import { circulationRules, ventilationRules } from "./circulation-rules.ts";
import { dateRules, namedRules } from "./date-rules.ts";
import { bloodCountRules, laboratoryRules } from "./laboratory-rules.ts";
import { pregnancyRules, sexRules } from "./pregnancy-rules.ts";
import { rangeRules } from "./range-rules.ts";
import { scoreRules } from "./score-rules.ts";
import { unitRules } from "./unit-rules.ts";

/** The rules that come with the lab, each subject in a file of its own. */
export const builtInRules: readonly ClinicalRule[] = [
  ...rangeRules,
  ...circulationRules,
  ...ventilationRules,
  ...laboratoryRules,
  ...bloodCountRules,
  ...bodyRules,
  ...childRules,
  ...scoreRules,
  ...namedRules,
  ...dateRules,
  ...pregnancyRules,
  ...sexRules,
  ...unitRules,
];
