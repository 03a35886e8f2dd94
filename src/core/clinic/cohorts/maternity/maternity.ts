import type { Cohort } from "../cohort.ts";
import { conditions } from "../conditions/conditions.ts";
import { recorded } from "../hospitals/recorded.ts";
import { labs } from "../labs/labs.ts";
import { population } from "../population/population.ts";
import { vitals } from "../vitals/vitals.ts";
import { antenatalVisits } from "./antenatal-visits.ts";
import { booking } from "./booking.ts";
import { maternityColumns } from "./maternity-columns.ts";
import { pregnancies } from "./pregnancies.ts";

const mothers = population("maternity");

export const maternity: Cohort = {
  id: "maternity",
  name: "Maternity",
  summary: "Antenatal visits to birth, with pre-eclampsia and gestational diabetes.",
  picture: "Blood pressure by week of pregnancy",
  usual: { level: 4, patients: 300 },
  rowsPerPatient: 5.9,
  prefix: "MA",
  telling: {
    first: ["sbp", "urine_protein", "weight_kg", "haemoglobin"],
    drawn: ["sbp", "urine_protein", "weight_kg", "haemoglobin"],
  },
  columns: maternityColumns,
  stages: [
    mothers,
    conditions({
      population: mothers,
      share: { hypertension: "maternity.hypertension", diabetes: "maternity.diabetes" },
      never: ["heart_failure", "copd", "cancer", "atrial_fibrillation", "coronary_disease", "ckd"],
    }),
    vitals(),
    labs(),
    pregnancies,
    booking,
  ],
  course: antenatalVisits,
  recording: recorded,
};
