import type { Source } from "./sourced-number.ts";
import { conditionSources } from "./sources/conditions.ts";
import { drugSources } from "./sources/drugs.ts";
import { recordingSources } from "./sources/recording-sources.ts";
import { vitalsLabsSources } from "./sources/vitals-labs.ts";

/** Every publication that a number of the simulator comes from. */
export const sources: readonly Source[] = [
  ...vitalsLabsSources,
  ...recordingSources,
  ...conditionSources,
  ...drugSources,
];
