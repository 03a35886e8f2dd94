import type { Stage } from "../simulating/stage.ts";
import { derived } from "./derived.ts";
import { devices } from "./devices.ts";
import { gaps } from "./gaps.ts";
import { hospitalChoice } from "./hospital-choice.ts";
import { reportedUnits } from "./reported-units.ts";

/**
 * A cohort's `recording`: which hospital, what its devices showed and its people wrote, what nobody measured, what is computed
 * of it, and in which units it is reported.
 */
export const recorded: readonly Stage[] = [hospitalChoice, devices, gaps, derived, reportedUnits];
