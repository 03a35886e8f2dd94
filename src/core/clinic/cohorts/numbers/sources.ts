import type { Source } from "./sourced-number.ts";
import { clinicSources } from "./sources/clinic-sources.ts";
import { conditionSources } from "./sources/conditions.ts";
import { criticalCareSources } from "./sources/critical-care.ts";
import { drugSources } from "./sources/drugs.ts";
import { maternitySources } from "./sources/maternity.ts";
import { recordingSources } from "./sources/recording-sources.ts";
import { vitalsLabsSources } from "./sources/vitals-labs.ts";

/** Every publication that a number of the simulator comes from. */
export const sources: readonly Source[] = [
  ...vitalsLabsSources,
  ...recordingSources,
  ...conditionSources,
  ...clinicSources,
  ...criticalCareSources,
  ...drugSources,
  ...maternitySources,
];
