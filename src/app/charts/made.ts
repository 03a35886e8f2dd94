import type { RunFacts } from "../../core/report/report.ts";
import { deviceTitle, duration } from "../../core/words/numbers.ts";

/** Its synthetic table came from a file. */
export const isMadeElsewhere = (run: RunFacts): boolean => run.synthesizer === "elsewhere";

/** What made the synthetic rows: method, seed, time and device; of a table made elsewhere its file and the seed of the measuring. */
export function madeWords(run: RunFacts, between = ", "): string {
  const parts = isMadeElsewhere(run)
    ? [run.synthesizerName, "made elsewhere", `measured with seed ${run.seed}`]
    : [run.synthesizerName, `seed ${run.seed}`, `${duration(run.seconds)} on ${deviceTitle(run.device)}`];
  return parts.join(between);
}
