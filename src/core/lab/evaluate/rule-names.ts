import { metrics } from "../../metrics/registry.ts";

/** What rules about an evaluation can name: the five sides, and every metric by its id. */
export const RULE_FAMILIES = ["fidelity", "utility", "privacy", "fairness", "clinical"] as const;
export const RULE_METRICS: readonly string[] = metrics.map(({ id }) => id);
