import type { Source } from "./sourced-number.ts";
import { criticalCareSources } from "./sources/critical-care.ts";

/** Every publication that a number of the simulator comes from. */
export const sources: readonly Source[] = [
  ...criticalCareSources,
  {
    id: "nhanes-2011",
    citation:
      "Wright JD, Hughes JP, Ostchega Y, Yoon SS, Nwankwo T. Mean systolic and diastolic blood pressure in adults aged 18 and over in the United States, 2001–2008. National Health Statistics Reports 35",
    year: 2011,
    at: "https://www.cdc.gov/nchs/data/nhsr/nhsr035.pdf",
  },
];
