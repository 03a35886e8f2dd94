import type { Verdict } from "../metrics/metric.ts";

/** What a verdict is called, on the page and in files. */
export const verdictWords: Readonly<Record<Verdict, string>> = {
  within: "Within reference",
  close: "Close",
  below: "Clearly below",
};
