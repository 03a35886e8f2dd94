import type { KeptSteps } from "../synthesizer.ts";

/** `kept` of a training that began after `steps` others. */
export const keptAfter = (steps: number, { from, to }: KeptSteps): KeptSteps => ({
  from: steps + from,
  to: steps + to,
});
