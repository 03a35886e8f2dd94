import type { Synthesizer } from "../synthesizer.ts";
import { fit } from "./fit.ts";
import { createVisitsModel } from "./model.ts";
import { expectedSeconds } from "./pace.ts";
import { loadVisits } from "./saved.ts";

/** Patients over time, visit after visit; `patients` learns what does not change within them. */
export function createVisits(patients: Synthesizer): Synthesizer {
  return {
    id: "visits",
    name: "Visits",
    summary: "Learns patients over time: what stays, then visit after visit from the visits before.",
    reference:
      "Germain et al. (2015), MADE; Bengio & Bengio (2000), Modeling high-dimensional discrete data with multi-layer neural networks",
    needs: "courses",
    params: {
      steps: {
        type: "number",
        label: "Most steps",
        default: 0,
        min: 0,
        max: 100_000,
        integer: true,
        reason:
          "0 means by the table. Training ends by itself when patients held out stop improving; this is only the upper limit.",
      },
      units: {
        type: "number",
        label: "Hidden units",
        default: 0,
        min: 0,
        max: 1024,
        integer: true,
        reason: "0 means by the table: a tenth of the visits, at least 96 and at most 192.",
      },
    },
    fit: (train, params, rng, options) => fit(patients, train, params, rng, options),
    expectedSeconds: (shape, params, pace) => expectedSeconds(patients, shape, params, pace),
    load: async (artifact) => {
      const { params, design, weights, patients: saved } = loadVisits(artifact);
      return createVisitsModel(params, design, weights, saved && (await patients.load(saved)));
    },
  };
}
