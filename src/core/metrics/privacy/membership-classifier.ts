import { fitBoosting } from "../../math/trees/boosting.ts";
import { breathe } from "../../math/breathe.ts";
import type { Rng } from "../../math/rng.ts";
import type { Table } from "../../table/table.ts";
import { halvesOf } from "../../table/whole-patients.ts";
import { alignColumns } from "../measuring/align.ts";
import { atMost, boostingFor, columnNames, drawnNote, learnedRows } from "../measuring/bounds.ts";
import { featuresOf, stackFeatures } from "../measuring/features.ts";
import { tooFewToSplit } from "../measuring/least-rows.ts";
import { membershipResult, type Guesses } from "./membership.ts";
import type { Metric, Pulse } from "../metric.ts";
import { skipped } from "../measuring/verdict.ts";

const MOST_ROWS = 2000;

/** AUC of a classifier that learned to tell synthetic rows from other patients, asked who was learned from. */
export const membershipClassifier: Metric = {
  id: "membership-classifier",
  name: "Membership by classifier",
  family: "privacy",
  criterion: "membership",
  better: "lower",
  ideal: 0.5,
  margin: 0.05,
  range: [0, 1],
  summary:
    "Whether a classifier that learned how synthetic rows differ from other patients knows who was learned from.",
  reference: "Shadow-free membership inference: Houssiau et al. 2022 (TAPAS), Hyeong et al. 2022",
  scored: false,
  needs: ["seen", "unseen"],
  limits: "One attacker, whose classifier needs some hundred rows to learn anything.",

  async compute(tables, rng, pulse = breathe, valueOnly = false) {
    const reason = tooFewToSplit(tables);
    if (reason !== undefined) return skipped(reason);
    const { train, holdout, synthetic } = tables;
    const most = learnedRows(train.columns.length, MOST_ROWS);
    const [known, others] = halvesOf(holdout, most, rng.fork("halves"));
    const members = atMost(train, others.rows, rng.fork("members"));
    const result = await membershipResult(
      "By a classifier of synthetic rows against other patients (half of the held-out rows)",
      await guesses(synthetic, known, members, others, rng.fork("own"), pulse),
      () => {
        const [a, b] = halvesOf(known, most, rng.fork("known halves"));
        return guesses(a, b, members, others, rng.fork("reference"), pulse);
      },
      rng,
      pulse,
      valueOnly,
    );
    const note = drawnNote("“Membership by classifier” uses", [train, synthetic, holdout], most);
    return { ...result, ...note };
  },
};

/** The chance of being one of `made` rather than `known`, as many rows of each to learn from. */
async function guesses(
  made: Table,
  known: Table,
  members: Table,
  others: Table,
  rng: Rng,
  pulse: Pulse,
): Promise<Guesses> {
  const size = Math.min(made.rows, known.rows);
  const drawn = [
    atMost(known, size, rng.fork("known")),
    atMost(made, size, rng.fork("made")),
    members,
    others,
  ];
  const columns = alignColumns(drawn, columnNames(members));
  const features = stackFeatures(featuresOf(columns, 0), featuresOf(columns, 1));
  const labels = Int32Array.from({ length: 2 * size }, (_, row) => (row < size ? 0 : 1));
  const booster = await fitBoosting(
    features,
    { type: "classes", labels, classes: 2 },
    Int32Array.from(labels.keys()),
    boostingFor(features.length),
    pulse,
  );
  const [ofMembers] = booster.predict(featuresOf(columns, 2));
  const [ofOthers] = booster.predict(featuresOf(columns, 3));
  return {
    members: ofMembers as Float64Array,
    others: ofOthers as Float64Array,
    whose: { members: members.patients, others: others.patients },
  };
}
