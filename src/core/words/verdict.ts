import type { Verdict } from "../metrics/metric.ts";

/** What a verdict is called, on the page and in files. */
export const verdictWords: Readonly<Record<Verdict, string>> = {
  good: "As good as held-out patients",
  worse: "Worse",
  "much-worse": "Much worse",
  "cannot-tell": "Cannot tell",
};
