import { breathe } from "../../../math/breathe.ts";
import { skipped } from "../../measuring/verdict.ts";
import type { Metric } from "../../metric.ts";
import { survivalModel } from "../survival-model.ts";
import { timeToEvent } from "./time-to-event.ts";

/** A Cox model learned from the first visits of synthetic patients, asked which held-out patient has the event first. */
export const survivalModelPatients: Metric = {
  id: "survival-model-patients",
  about: "courses",
  name: "Predicting survival from the first visit",
  family: "utility",
  better: "higher",
  ideal: 1,
  margin: 0.03,
  range: [0, 1],
  summary:
    "How well a Cox model of the time to an event, learned from synthetic patients' first visits, tells which of two held-out patients has it first.",
  reference: "C-index: Harrell, Lee and Mark 1996; proportional hazards: Grambsch and Therneau 1994",
  scored: false,
  needs: ["unseen"],
  limits:
    "Linear effects of up to 12 columns at the first visit; C sees the order of events and not how large risks are.",

  async compute(tables, rng, pulse = breathe, valueOnly = false) {
    const found = await timeToEvent(tables, rng, pulse);
    if ("reason" in found) return skipped(found.reason);
    const result = await survivalModel.compute(found.tables, rng, pulse, valueOnly);
    if (result.status === "skipped") return result;
    const { note: _, ...own } = result;
    return {
      ...own,
      sentence:
        `Learned from the first visits of synthetic patients, a Cox model of the time to ${found.event} names which of two held-out ` +
        `patients has it first with a C-index of ${result.value.toFixed(3)}; learned from real patients, ${result.baseline.value.toFixed(3)}.`,
    };
  },
};
