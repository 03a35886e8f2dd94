import { diabetesPlanted } from "./diabetes/diabetes-planted.ts";
import { emergencyPlanted } from "./emergency/emergency-planted.ts";
import { heartFailurePlanted } from "./heart-failure/heart-failure-planted.ts";
import { icuPlanted } from "./icu/icu-planted.ts";
import { maternityPlanted } from "./maternity/maternity-planted.ts";
import type { Numbers } from "./numbers/numbers.ts";
import type { Planted } from "./planted.ts";

/** What is planted in each cohort, by its id. */
export const everyPlanted: Readonly<Record<string, (numbers: Numbers) => Planted[]>> = {
  diabetes: diabetesPlanted,
  "heart-failure": heartFailurePlanted,
  maternity: maternityPlanted,
  emergency: emergencyPlanted,
  icu: icuPlanted,
};
