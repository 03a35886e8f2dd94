import type { Verdict } from "../metrics/metric.ts";

/** What a verdict against held-out patients is called, on the page and in files. */
export const verdictWords: Readonly<Record<Verdict, string>> = {
  good: "As good as held-out patients",
  worse: "Worse",
  "much-worse": "Much worse",
  "cannot-tell": "Cannot tell",
};

/** What the distance of one column, rule or row is called: it is measured in sampling noise, not in margins. */
export const noiseWords: Readonly<Record<Verdict, string>> = {
  good: "Within sampling noise",
  worse: "Beyond sampling noise",
  "much-worse": "Far beyond sampling noise",
  "cannot-tell": "Cannot tell",
};

/** How the three answers follow from the picture, for the foot of every table of sides. */
export const RULE =
  "Each side stands at its worst measure. As good: the whole 95% interval lies inside the margin. Worse: it lies outside, " +
  "also when it is widened for all measures judged together. Cannot tell: neither; it is never counted as good.";

/** The same where there is little room. */
export const shortVerdicts: Readonly<Record<Verdict, string>> = {
  ...verdictWords,
  good: "As good",
};
