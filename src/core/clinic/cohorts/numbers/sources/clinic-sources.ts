import type { Source } from "../sourced-number.ts";
import { diabetesClinicSources } from "./diabetes-clinic-sources.ts";
import { heartFailureSources } from "./heart-failure-sources.ts";

/** Sources of the diabetes clinic and of heart failure. */
export const clinicSources: readonly Source[] = [...heartFailureSources, ...diabetesClinicSources];
