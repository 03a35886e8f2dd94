import { patientSummariesInTurn } from "../../measuring/courses/patient-summaries.ts";
import { toldApartCourses } from "./c2st-courses.ts";

/** AUC of gradient boosting that tells synthetic from held-out patients by summaries of their courses. */
export const c2stPatients = toldApartCourses(
  {
    id: "c2st-patients",
    name: "Patients told apart",
    summary:
      "How well a classifier tells a synthetic patient's course from that of a real one who was held out.",
    limits:
      "Sees a course by its summaries: visits, gaps, first and last values, means, spreads, slopes, changes, what is missing.",
    effort: 4,
    claim: () => ({
      not: "draw conclusions about real patients' courses from it",
      because: "a classifier can tell its patients from real ones",
    }),
    remedy:
      "See the measures of visits below for what gives patients away, then train longer or try another method.",
    sees: (loss) => `a classifier right ${Math.round(100 * loss)} points more often`,
  },
  patientSummariesInTurn,
  { shown: ["patient", "patients"], subject: "“Patients told apart” is measured on" },
);
