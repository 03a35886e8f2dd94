import type { Source } from "./sourced-number.ts";
import { vitalsLabsSources } from "./sources/vitals-labs.ts";

/** Every publication that a number of the simulator comes from. */
export const sources: readonly Source[] = [...vitalsLabsSources];
