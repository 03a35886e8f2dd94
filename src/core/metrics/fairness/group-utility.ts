import { breathe } from "../../math/breathe.ts";
import { bootstrapWeights, percentileInterval } from "../../math/intervals.ts";
import type { Rng } from "../../math/rng.ts";
import { rankOrder, rocAuc } from "../../math/scores/roc-auc.ts";
import { groupModels } from "./group-models.ts";
import type { GroupModels } from "./group-models.ts";
import { LEAST_HELD } from "./groups.ts";
import type { Group } from "./groups.ts";
import type { Detail, Metric, Measurement, Pulse } from "../metric.ts";
import { besideReal, skipped } from "../measuring/verdict.ts";

const RESAMPLES = 100;
/** Held-out patients of a class that a group needs. */
const LEAST_OF_CLASS = 10;

/** In the group that loses most: a model learned from synthetic rows, scored on held-out real rows of the group. */
export const groupUtility: Metric = {
  id: "group-utility",
  name: "Predicting within groups",
  family: "fairness",
  better: "higher",
  ideal: 1,
  margin: 0.05,
  range: [-1, 1],
  summary:
    "How well a model trained on synthetic rows predicts the target in each group of people, beside one trained on real rows.",
  reference: "Train on synthetic, test on real (Esteban et al. 2017), by group as in Bhanot et al. 2021",
  scored: false,
  needs: ["unseen"],
  limits: "Needs held-out patients of each group who have and have not the outcome.",

  async compute(tables, rng, pulse = breathe, valueOnly = false) {
    const models = await groupModels(tables, pulse);
    await pulse();
    if ("reason" in models) return skipped(models.reason);
    const all = [...models.groupings.single, ...models.groupings.crossed].flatMap(({ groups }) => groups);
    const measured: Scored[] = [];
    for (const group of all) {
      const scored = scorerOf(models, group);
      if ("reason" in scored) continue;
      const plain = { group, real: scored.score("real"), synthetic: scored.score("synthetic") };
      if (Number.isNaN(plain.real) || Number.isNaN(plain.synthetic)) continue;
      const resampled = valueOnly ? [] : await resample(scored, rng.fork(group.name), pulse);
      measured.push({ ...plain, noise: scored.noise, resampled });
      await pulse();
    }
    if (measured.length === 0) {
      return skipped(
        `No group has ${LEAST_HELD} held-out patients with enough of every outcome to score on.`,
      );
    }
    await pulse();
    const ranked = measured.sort((a, b) => lost(b) - lost(a));
    return report(models, ranked[0] as Scored, ranked, all, valueOnly);
  },
};

type Side = "real" | "synthetic";

interface Scorer {
  readonly rows: number;
  /** whose they are, where patients have several */
  readonly whose: Int32Array | undefined;
  /** about the standard error of a difference of two scores */
  readonly noise: number;
  score(side: Side, weights?: Uint16Array): number;
}

interface Scored {
  readonly group: Group;
  readonly real: number;
  readonly synthetic: number;
  readonly noise: number;
  readonly resampled: readonly (readonly [real: number, synthetic: number])[];
}

function scorerOf(models: GroupModels, group: Group): Scorer | { reason: string } {
  if (group.tooSmall !== undefined) return { reason: group.tooSmall };
  const { predicted } = models;
  const held = group.rows[1];
  const { patients } = models.groupings.tables.holdout;
  const whoseOf = (rows: Int32Array) => patients && rows.map((row) => patients[row] as number);
  const patientsAmong = (rows: Int32Array): number => new Set(whoseOf(rows) ?? rows).size;
  if (predicted.type === "number") {
    const rows = held.filter((row) => !Number.isNaN(predicted.truth[row]));
    if (patientsAmong(rows) < LEAST_HELD)
      return { reason: `Fewer than ${LEAST_HELD} held-out patients have a value.` };
    const truth = Float64Array.from(rows, (row) => predicted.truth[row] as number);
    const own = (side: Side) => Float64Array.from(rows, (row) => models[side][0]?.[row] as number);
    const lists = { real: own("real"), synthetic: own("synthetic") };
    return {
      rows: rows.length,
      whose: whoseOf(rows),
      noise: 1 / Math.sqrt(patientsAmong(rows)),
      score: (side, weights) => weightedRSquared(truth, lists[side], weights),
    };
  }
  const rows = held.filter((row) => (predicted.labels[row] as number) >= 0);
  const counts = Float64Array.from({ length: predicted.classes }, (_, k) =>
    patientsAmong(rows.filter((row) => predicted.labels[row] === k)),
  );
  const asked = Array.from(counts.keys()).filter((k) => (counts[k] as number) >= LEAST_OF_CLASS);
  if (asked.length < 2) {
    return { reason: `Fewer than ${LEAST_OF_CLASS} held-out patients have one of the outcomes.` };
  }
  const places = predicted.classes === 2 ? [1] : asked;
  const lists = places.map((k) => {
    const of = (side: Side) => {
      const scores = Float64Array.from(
        rows,
        (row) => models[side][predicted.classes === 2 ? 0 : k]?.[row] as number,
      );
      return { scores, order: rankOrder(scores) };
    };
    return {
      labels: Int32Array.from(rows, (row) => (predicted.labels[row] === k ? 1 : 0)),
      real: of("real"),
      synthetic: of("synthetic"),
    };
  });
  return {
    rows: rows.length,
    whose: whoseOf(rows),
    noise: 0.5 / Math.sqrt(Math.min(...asked.map((k) => counts[k] as number))),
    score: (side, weights) => {
      const areas = lists
        .map(({ labels, [side]: { scores, order } }) => rocAuc(scores, labels, weights, order))
        .filter((area) => !Number.isNaN(area));
      return areas.length > 0 ? areas.reduce((a, b) => a + b, 0) / areas.length : NaN;
    },
  };
}

/** R², never below -1; NaN when the truth does not vary. */
function weightedRSquared(truth: Float64Array, predicted: Float64Array, weights?: Uint16Array): number {
  const weight = (i: number): number => (weights ? (weights[i] as number) : 1);
  let [n, sum] = [0, 0];
  truth.forEach((y, i) => {
    n += weight(i);
    sum += weight(i) * y;
  });
  let [left, total] = [0, 0];
  truth.forEach((y, i) => {
    left += weight(i) * (y - (predicted[i] as number)) ** 2;
    total += weight(i) * (y - sum / n) ** 2;
  });
  return total > 0 && Number.isFinite(total) ? Math.max(-1, 1 - left / total) : NaN;
}

async function resample(scorer: Scorer, rng: Rng, pulse: Pulse): Promise<[number, number][]> {
  const drawn: [number, number][] = [];
  for (let i = 0; i < RESAMPLES; i++) {
    const weights = bootstrapWeights(scorer.rows, rng, scorer.whose);
    drawn.push([scorer.score("real", weights), scorer.score("synthetic", weights)]);
    if (i % 10 === 0) await pulse();
  }
  return drawn;
}

const lost = ({ real, synthetic, noise }: Scored): number => real - synthetic - noise;

function report(
  models: GroupModels,
  worst: Scored,
  ranked: readonly Scored[],
  all: readonly Group[],
  valueOnly: boolean,
): Measurement {
  const unit = models.predicted.type === "number" ? "R²" : "AUROC";
  const points = unit === "AUROC" ? 200 : 100;
  const { real, synthetic, resampled } = worst;
  const within = (values: readonly number[], share: number, value: number) =>
    valueOnly ? { low: value, high: value } : percentileInterval(values, share);
  const loss = within(
    resampled.map(([a, b]) => a - b),
    0.95,
    real - synthetic,
  );
  const base = besideReal(
    "higher",
    synthetic,
    { low: real - loss.high, high: real - loss.low },
    {
      value: real,
      interval: within(
        resampled.map(([a]) => a),
        0.9,
        real,
      ),
    },
    (value) => 100 - points * Math.max(0, real - value),
    loss,
  );
  const figures = `${unit} ${synthetic.toFixed(3)} on held-out rows, trained on real rows ${real.toFixed(3)}`;
  const sentence =
    ranked.length === 1
      ? `A model of ${models.target} trained on synthetic rows, asked of patients ${worst.group.phrase}, the only group large ` +
        `enough: ${figures}.`
      : real <= synthetic
        ? `A model of ${models.target} trained on synthetic rows loses in no group; least gained is in patients ${worst.group.phrase}: ${figures}.`
        : lost(worst) > 0
          ? `A model of ${models.target} trained on synthetic rows loses most in patients ${worst.group.phrase}: ${figures}.`
          : `A model of ${models.target} trained on synthetic rows loses in no group beyond chance; furthest behind are ` +
            `patients ${worst.group.phrase}: ${figures}.`;
  return {
    ...base,
    interval: within(
      resampled.map(([, b]) => b),
      0.95,
      synthetic,
    ),
    sentence,
    detail: detailOf(models, ranked, all, unit),
    ...(models.notes.length > 0 ? { note: models.notes.join(" ") } : {}),
  };
}

function detailOf(
  models: GroupModels,
  ranked: readonly Scored[],
  all: readonly Group[],
  unit: string,
): Detail {
  const interval = (values: readonly number[]) =>
    values.length > 0 ? { interval: percentileInterval(values, 0.95) } : {};
  const done = new Set(ranked.map(({ group }) => group));
  const rest = all.flatMap((group) => {
    if (done.has(group)) return [];
    const scored = scorerOf(models, group);
    const reason = "reason" in scored ? scored.reason : "Its held-out rows have one and the same outcome.";
    return [{ name: group.name, patients: group.patients.train, reason }];
  });
  return {
    type: "groups",
    unit,
    groups: [
      ...ranked.map(({ group, real, synthetic, resampled }) => ({
        name: group.name,
        patients: group.patients.train,
        figures: [
          {
            name: unit,
            unit: "number" as const,
            real: { value: real, ...interval(resampled.map(([a]) => a)) },
            synthetic: { value: synthetic, ...interval(resampled.map(([, b]) => b)) },
          },
        ],
      })),
      ...rest,
    ],
  };
}
