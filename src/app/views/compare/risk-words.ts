import type { Interval } from "../../../core/metrics/metric.ts";

export interface Standing {
  readonly above: boolean;
  /** the interval reaches to the other side */
  readonly unsure: boolean;
}

/** On which side of the threshold a risk lies, and whether its interval leaves that open. */
export function standingOf(
  risk: { readonly value: number; readonly interval: Interval },
  threshold: number,
): Standing {
  const above = risk.value > threshold;
  const unsure = above ? risk.interval.low <= threshold : risk.interval.high > threshold;
  return { above, unsure };
}

/** "Above 0.09, though its interval reaches below it." */
export function standingWords({ above, unsure }: Standing, threshold: string): string {
  const side = above ? "Above" : "Below";
  if (!unsure) return `${side} ${threshold}, and so is the whole 95% interval.`;
  return above
    ? `Above ${threshold}, though the 95% interval reaches below it.`
    : `It cannot be shown to lie under ${threshold}: the 95% interval reaches above it.`;
}
