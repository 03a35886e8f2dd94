import { breathe } from "../../../math/breathe.ts";
import type { Metric } from "../../metric.ts";
import { singledOut } from "../singling-out.ts";
import { summarisedPatients } from "./summarised-patients.ts";

/** Anonymeter's singling out among patients: guesses about summaries of a course that fit one synthetic patient alone. */
export const singlingOutPatients: Metric = {
  id: "singling-out-patients",
  about: "courses",
  name: "Singling out by the course",
  family: "privacy",
  criterion: "singling-out",
  better: "lower",
  ideal: 0,
  margin: 0.09,
  range: [0, 1],
  summary:
    "Whether what is unique in one synthetic patient's course is unique among the patients who were learned from.",
  reference:
    "Anonymeter: Giomi et al. 2023, multivariate singling out risk; here by patient, on summaries of the course",
  scored: true,
  needs: ["seen", "unseen"],
  limits:
    "Tries random questions about summaries such as a first, last or greatest value; an attacker who knows which visits to ask about may do better.",
  effort: 3,
  claim: () => ({ not: "pass it on", because: "its courses help to single out training patients" }),

  async compute(tables, rng, pulse = breathe, valueOnly = false) {
    const patients = await summarisedPatients(tables, pulse);
    if ("status" in patients) return patients;
    await pulse();
    const result = await singledOut(patients.summaries, "synthetic patients' summaries", {
      rng,
      pulse,
      valueOnly,
    });
    if (result.status === "skipped") return result;
    const { note, ...own } = result;
    return {
      ...own,
      ...(note && { note: "Guesses are tried on some of the patients of each table, drawn at random." }),
    };
  },
};
