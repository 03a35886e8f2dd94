import { pairTable } from "../../measuring/courses/pair-table.ts";
import { toldApartCourses } from "./c2st-courses.ts";

/** Pairs of visits that a patient has in a draw, at most. */
const PAIRS = 10;

/** AUC of gradient boosting that tells synthetic from held-out pairs of visits that follow each other. */
export const c2stVisits = toldApartCourses(
  {
    id: "c2st-visits",
    name: "Visits told apart",
    summary:
      "How well a classifier tells two synthetic visits that follow each other from two real ones held out.",
    limits: `Sees two visits at a time, at most ${PAIRS} such pairs of a patient, and no column that stays the same.`,
    effort: 4,
    claim: () => ({
      not: "study changes from visit to visit with it",
      because: "a classifier can tell its visits from real ones",
    }),
    remedy:
      "See the measures of visits below for what gives visits away, then train longer or try another method.",
    sees: (loss) => `a classifier right ${Math.round(100 * loss)} points more often`,
  },
  pairTable,
  {
    shown: ["pair of visits", "pairs of visits"],
    each: PAIRS,
    subject: "“Visits told apart” is measured on",
  },
);
