import { breathe } from "../../../math/breathe.ts";
import { greatestDistance, kaplanMeier } from "../../../math/survival/kaplan-meier.ts";
import { logRank, type ChiSquared } from "../../../math/survival/log-rank.ts";
import { HOLDOUT, SYNTHETIC, TRAIN } from "../../measuring/prediction-task.ts";
import { percentage, skipped } from "../../measuring/verdict.ts";
import type { Metric } from "../../metric.ts";
import { curvesApart } from "../survival-curves.ts";
import { survivalSides, timeWords, type SurvivalSides } from "../survival-sides.ts";
import { timeToEvent } from "./time-to-event.ts";

/** How far the Kaplan-Meier curve of synthetic patients lies from that of the training patients, from the first visit on. */
export const survivalPatients: Metric = {
  id: "survival-patients",
  about: "courses",
  name: "Survival from the first visit",
  family: "utility",
  better: "lower",
  ideal: 0,
  margin: 0.05,
  range: [0, 1],
  summary:
    "How far the curve of the time to an event, counted from the first visit, lies from that of real patients.",
  reference: "Kaplan and Meier 1958; log-rank test: Mantel 1966",
  scored: true,
  needs: ["unseen"],
  limits:
    "One event of all patients together. Who leaves observation counts as censored without regard to risk, and an event is dated by the visit that shows it.",
  claim: () => ({
    not: "draw conclusions about survival from it",
    because: "the time to an event differs more from real patients' than held-out patients' does",
  }),
  remedy:
    "Mark the end of follow-up and the event under Data, so that they are drawn together with the visits, and train again.",

  async compute(tables, rng, pulse = breathe, valueOnly = false) {
    const found = await timeToEvent(tables, rng, pulse);
    if ("reason" in found) return skipped(found.reason);
    const sides = survivalSides(found.tables, rng.fork("rows"), "patients");
    if ("status" in sides) return sides;
    const { own, held, result } = await curvesApart(sides, rng, pulse, valueOnly);
    const time = timeWords(sides.horizon);
    const until = found.clock === "days" ? `${time} days after it` : `${found.clock} ${time}`;
    return {
      ...result,
      sentence:
        `From the first visit until ${until} the share of synthetic patients without ${found.event} is ${percentage(own)} off ` +
        `that of training patients on average and ${percentage(mostApart(sides, SYNTHETIC))} at most (log-rank ` +
        `${chance(logRank(sides.follow[SYNTHETIC], sides.follow[TRAIN]))}); for held-out patients it is ${percentage(held)} and ` +
        `${percentage(mostApart(sides, HOLDOUT))} (${chance(logRank(sides.follow[HOLDOUT], sides.follow[TRAIN]))}).`,
    };
  },
};

const mostApart = ({ follow, horizon }: SurvivalSides, side: 1 | 2): number =>
  greatestDistance(kaplanMeier(follow[side]), kaplanMeier(follow[TRAIN]), horizon);

function chance({ p }: ChiSquared): string {
  if (Number.isNaN(p)) return "without an event to compare";
  return p < 0.001 ? "p under 0.001" : `p = ${p.toFixed(3)}`;
}
