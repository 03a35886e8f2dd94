import type { Cohort } from "../cohort.ts";
import { conditions } from "../conditions/conditions.ts";
import { drugs } from "../drugs/drugs.ts";
import { devices } from "../hospitals/devices.ts";
import { hospitalChoice } from "../hospitals/hospital-choice.ts";
import { reportedUnits } from "../hospitals/reported-units.ts";
import { labs } from "../labs/labs.ts";
import { population } from "../population/population.ts";
import { vitals } from "../vitals/vitals.ts";
import { body } from "./body.ts";
import { disposition } from "./disposition.ts";
import { emergencyColumns } from "./emergency-columns.ts";
import { emergencyCourse } from "./emergency-course.ts";
import { electrocardiogram, readings, writtenInDepartment } from "./emergency-recording.ts";
import { TRIAGE, triage } from "./triage.ts";
import { COMPLAINTS, visit } from "./visit.ts";

export const emergency: Cohort = {
  id: "emergency",
  name: "Emergency department",
  summary: "Arrivals, triage, first labs, potassium and bleeding emergencies.",
  picture: "Arrivals by hour of the day",
  usual: { level: 3, patients: 2000 },
  rowsPerPatient: 3,
  prefix: "ED",
  telling: {
    first: ["complaint", "triage", "potassium", "lactate"],
    drawn: ["sbp", "heart_rate", "potassium"],
  },
  columns: emergencyColumns(
    COMPLAINTS.map(([name]) => name),
    TRIAGE,
  ),
  stages: [
    population("emergency"),
    conditions(),
    vitals(),
    labs(),
    drugs(),
    visit,
    body,
    triage,
    disposition,
    electrocardiogram,
  ],
  course: emergencyCourse,
  recording: [hospitalChoice, readings, devices, writtenInDepartment, reportedUnits],
};
