import { breathe } from "../../math/breathe.ts";
import { bootstrapWeights, percentileInterval } from "../../math/intervals.ts";
import { coxRegression } from "../../math/regression/cox.ts";
import { linearScores } from "../../math/regression/design.ts";
import { concordance } from "../../math/survival/concordance.ts";
import { kaplanMeier, restrictedMean, timeOrder } from "../../math/survival/kaplan-meier.ts";
import { logRank } from "../../math/survival/log-rank.ts";
import { proportionalHazards } from "../../math/survival/proportional-hazards.ts";
import { targetColumn } from "../../table/table.ts";
import { drawnNote } from "../measuring/bounds.ts";
import { HOLDOUT, SYNTHETIC, TRAIN } from "../measuring/prediction-task.ts";
import { count, skipped } from "../measuring/verdict.ts";
import type { Detail, Metric, Pulse } from "../metric.ts";
import { chosen, coxAnalysis, knownRows, withoutIndicators } from "./analysis-replication.ts";
import type { Analysis } from "./analysis-replication.ts";
import { besideReference } from "./beside-reference.ts";
import { completeRows, designOf, termsOf } from "./covariates.ts";
import type { Covariate } from "./covariates.ts";
import { followUpsOf } from "./survival-columns.ts";
import { eventWords, MOST_ROWS, survivalSides, timeWords } from "./survival-sides.ts";
import type { SurvivalSides } from "./survival-sides.ts";

const RESAMPLES = 200;
/** Points off for each unit of C lost: as for AUROC. */
const POINTS = 200;
const LEAST_EVENTS = 10;
const LEVEL = 0.05;

/** A Cox model learned from synthetic rows, asked who of the held-out patients has the event first. */
export const survivalModel: Metric = {
  id: "survival-model",
  name: "Predicting survival",
  family: "utility",
  better: "higher",
  ideal: 1,
  margin: 0.03,
  range: [0, 1],
  summary:
    "How well a Cox model trained on synthetic rows tells which of two held-out patients has the event first, and whether its assumptions hold as in real rows.",
  reference:
    "C-index: Harrell, Lee and Mark 1996; log-rank test: Mantel 1966; proportional hazards: Grambsch and Therneau 1994",
  scored: false,
  needs: ["unseen"],
  limits:
    "Linear effects of up to 12 columns, the same at all times; C sees the order of events and not how large risks are.",

  async compute(tables, rng, pulse = breathe, valueOnly = false) {
    const sides = survivalSides(tables, rng.fork("rows"));
    if ("status" in sides) return sides;
    const { columns, followUp } = sides;
    const at = targetColumn(tables.train.schema);
    const target = at === undefined ? undefined : columns[at];
    const { analyses, without } = await withoutIndicators(
      { analyses: [coxAnalysis(followUp, target)], without: [] },
      columns,
      tables.train,
      pulse,
    );
    const analysis = analyses[0] as Analysis;
    const covariates = chosen(analysis, columns);
    if (covariates.length === 0) return skipped(`${analysis.name}: no column can be a covariate.`);
    const rows = [TRAIN, HOLDOUT, SYNTHETIC].map((side) =>
      completeRows(covariates, side, knownRows(analysis, side)),
    ) as [Int32Array, Int32Array, Int32Array];
    const few = tooFew(analysis, rows);
    if (few !== undefined) return few;
    const models = {
      real: await fit(sides, covariates, TRAIN, rows, pulse),
      synthetic: await fit(sides, covariates, SYNTHETIC, rows, pulse),
    };
    const held = followUpsOf(followUp, HOLDOUT, rows[HOLDOUT]);
    const order = timeOrder(held.times);
    const design = designOf(covariates, HOLDOUT, rows[HOLDOUT]);
    const risks = ({ coefficients }: Fitted): Float64Array =>
      linearScores(design, Float64Array.of(0, ...coefficients));
    const scored = [models.synthetic, models.real].map((model) => {
      const own = risks(model);
      return (weights?: Uint16Array): number => concordance(held, own, weights, order);
    });
    const whose = sides.whose[HOLDOUT];
    const patients = whose && withinKnown(sides.rows[HOLDOUT], whose, rows[HOLDOUT]);
    const draws = scored.map((): number[] => []);
    const resamples = rng.fork("resamples");
    for (let i = 0; i < (valueOnly ? 1 : RESAMPLES); i++) {
      const weights = bootstrapWeights(held.times.length, resamples, patients);
      scored.forEach((score, s) => draws[s]?.push(score(weights)));
      await pulse();
    }
    const drawn = scored.map((score, s): Drawn => ({ value: score(), draws: draws[s] ?? [] }));
    const [own, real] = drawn as [Drawn, Drawn];
    if (Number.isNaN(own.value))
      return skipped("No two held-out patients can be told by who has the event first.");
    return {
      ...besideReference(own, real, POINTS, "higher"),
      sentence: sentenceOf(analysis, own.value, real.value, models),
      detail: detailOf(sides, own, real, models),
      note: noteOf(
        without,
        drawnNote("“Predicting survival” uses", [tables.train, tables.holdout, tables.synthetic], MOST_ROWS)
          .note,
      ),
    };
  },
};

interface Drawn {
  readonly value: number;
  readonly draws: readonly number[];
}

function tooFew({ name, labels }: Analysis, rows: readonly Int32Array[]) {
  const events = rows.map((own, side) => own.filter((row) => labels?.[side]?.[row] === 1).length);
  const words = ["training rows", "held-out rows", "synthetic rows"];
  const at = events.findIndex((n) => n < LEAST_EVENTS);
  return at < 0
    ? undefined
    : skipped(
        `${name}: fewer than ${LEAST_EVENTS} events in complete ${words[at] as string}.`,
        at === SYNTHETIC ? undefined : "patients",
      );
}

/** Patients of `wanted`, which are among `known`. */
function withinKnown(known: Int32Array, whose: Int32Array, wanted: Int32Array): Int32Array {
  const at = new Map(Array.from(known, (row, i) => [row, whose[i] as number]));
  return wanted.map((row) => at.get(row) as number);
}

interface Fitted {
  readonly coefficients: Float64Array;
  /** the coefficients whose effect changes with time, after Bonferroni */
  readonly changing: readonly string[];
}

async function fit(
  { followUp }: SurvivalSides,
  covariates: readonly Covariate[],
  side: 0 | 2,
  rows: readonly Int32Array[],
  pulse: Pulse,
): Promise<Fitted> {
  const own = rows[side] as Int32Array;
  const design = designOf(covariates, side, own);
  const follow = followUpsOf(followUp, side, own);
  const cox = await coxRegression(design, follow.times, follow.events, pulse);
  await pulse();
  const tests = proportionalHazards(design, follow, cox);
  const terms = termsOf(covariates);
  return {
    coefficients: cox.coefficients,
    changing: terms.filter((_, i) => (tests[i]?.p as number) < LEVEL / terms.length),
  };
}

type Models = { readonly real: Fitted; readonly synthetic: Fitted };

function sentenceOf({ name }: Analysis, own: number, real: number, models: Models): string {
  const changing = ({ changing: terms }: Fitted): string =>
    terms.length === 0
      ? "in no coefficient"
      : `in ${terms.length === 1 ? "one coefficient" : `${terms.length} coefficients`}`;
  return (
    `${name}: trained on synthetic rows, it names which of two held-out patients has the event first with a C-index of ` +
    `${own.toFixed(3)}; trained on real rows, ${real.toFixed(3)}. Hazards depart from proportional ` +
    `${changing(models.synthetic)} from synthetic rows and ${changing(models.real)} from real rows (5% level, Bonferroni).`
  );
}

function detailOf(
  { follow, followUp, horizon }: SurvivalSides,
  own: Drawn,
  real: Drawn,
  models: Models,
): Detail {
  const [train, held, made] = follow;
  const tests = { synthetic: logRank(made, train), held: logRank(held, train) };
  const means = [train, held, made].map((of) => restrictedMean(kaplanMeier(of), horizon)) as [
    number,
    number,
    number,
  ];
  const p = (test: { p: number }): string => (test.p < 0.001 ? "p under 0.001" : `p = ${test.p.toFixed(3)}`);
  const drawn = ({ value, draws }: Drawn) => ({ value, interval: percentileInterval(draws, 0.95) });
  const figures: Extract<Detail, { type: "figures" }>["rows"] = [
    {
      name: "C-index of the Cox model on held-out patients",
      unit: "number",
      synthetic: drawn(own),
      baseline: drawn(real),
      chance: 0.5,
      note: "baseline: a model trained on real rows",
    },
    {
      name: `Mean ${followUp.time.schema.name} without ${eventWords(followUp)}, up to ${timeWords(horizon)}`,
      unit: "number",
      synthetic: { value: means[2] },
      baseline: { value: means[1] },
      note: `training rows: ${timeWords(means[0])}`,
    },
    ...(Number.isNaN(tests.synthetic.statistic) || Number.isNaN(tests.held.statistic)
      ? []
      : [
          {
            name: "Log-rank statistic against training rows (chi-squared, 1 degree of freedom)",
            unit: "number" as const,
            synthetic: { value: tests.synthetic.statistic },
            baseline: { value: tests.held.statistic },
            note: `${p(tests.synthetic)} from ${count(made.times.length)} synthetic rows, ${p(tests.held)} from ${count(held.times.length)} held-out ones`,
          },
        ]),
    {
      name: "Coefficients whose hazards are not proportional",
      unit: "count",
      synthetic: { value: models.synthetic.changing.length },
      baseline: { value: models.real.changing.length },
      note: changingNote(models),
    },
  ];
  return { type: "figures", rows: figures };
}

function changingNote({ real, synthetic }: Models): string {
  const listed = ({ changing }: Fitted): string =>
    changing.length === 0 ? "none" : changing.slice(0, 3).join("; ");
  return `from synthetic rows: ${listed(synthetic)}; baseline, from training rows: ${listed(real)}`;
}

const noteOf = (without: readonly string[], drawn: string | undefined): string =>
  [
    "“Predicting survival” takes the columns most associated with the event, and rows complete in them.",
    ...without,
    ...(drawn ? [drawn] : []),
  ].join(" ");
