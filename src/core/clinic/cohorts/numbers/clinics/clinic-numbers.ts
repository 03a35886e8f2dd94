import { diabetesClinicNumbers } from "./diabetes-clinic-numbers.ts";
import { diabetesCourseNumbers } from "./diabetes-course-numbers.ts";
import { heartFailureCareNumbers } from "./heart-failure-care-numbers.ts";
import { heartFailureCourseNumbers } from "./heart-failure-course-numbers.ts";
import { heartFailureNumbers } from "./heart-failure-numbers.ts";
import type { SourcedNumber } from "../sourced-number.ts";

/** What is particular to the diabetes clinic and to heart failure. */
export const clinicNumbers: readonly SourcedNumber[] = [
  ...heartFailureNumbers,
  ...heartFailureCareNumbers,
  ...heartFailureCourseNumbers,
  ...diabetesClinicNumbers,
  ...diabetesCourseNumbers,
];
