import type { Cohort } from "../cohort.ts";
import { hospitalChoice } from "../hospitals/hospital-choice.ts";
import { reportedUnits } from "../hospitals/reported-units.ts";
import { population } from "../population/population.ts";
import { icuBody } from "./icu-body.ts";
import { icuColumns } from "./icu-columns.ts";
import { icuCourse } from "./icu-course.ts";
import { icuDraws } from "./icu-draws.ts";
import { icuPatient } from "./icu-patient.ts";
import { icuRecording } from "./icu-recording.ts";
import { icuSupport } from "./icu-support.ts";

export const icu: Cohort = {
  id: "icu",
  name: "ICU vitals",
  summary: "The first 48 hours in intensive care, hour by hour, with labs and sepsis.",
  picture: "Heart rate, pressure, saturation, 48 h",
  usual: { level: 4, patients: 220 },
  rowsPerPatient: 47,
  prefix: "IC",
  telling: { first: ["lactate", "diagnosis", "sofa"], drawn: ["map", "lactate", "sbp"] },
  columns: icuColumns,
  stages: [population("icu"), icuPatient, icuBody, icuSupport, icuDraws],
  course: icuCourse,
  recording: [hospitalChoice, ...icuRecording, reportedUnits],
};
