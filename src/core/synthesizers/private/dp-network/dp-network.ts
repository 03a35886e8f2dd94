import { FaultError } from "../../../fault.ts";
import type { Rng } from "../../../math/rng.ts";
import { noiseForSgd } from "../../../private/accounting/total-spent.ts";
import type { SampledSteps } from "../../../private/rows/sampled-plan.ts";
import { coinRate } from "../../../private/rows/sampled-steps.ts";
import type { PrivateRows } from "../../../private/rows/private-rows.ts";
import type { Schema, Table } from "../../../table/table.ts";
import type { FitOptions, Model, Params, Progress, Synthesizer, TableShape } from "../../synthesizer.ts";
import { start } from "../../training/reported.ts";
import { learnNoisyColumns } from "../noisy-columns/learn-columns.ts";
import { untoldNotice, type NoisyColumns } from "../noisy-columns/noisy-columns.ts";
import { guaranteeOf, guaranteeParams, openPrivate } from "../open-private.ts";
import type { Layout } from "./layout.ts";
import {
  columnsInOrder,
  createNetworkModel,
  ID,
  loadNetworkParts,
  networkLayout,
  networkLogLikelihoods,
  placedTokens,
} from "./model.ts";
import { binsFor, COLUMNS_SHARE, planNetwork, TARGET_SHARE, type NetworkPlan } from "./plan.ts";
import { beginAtTarget, firstWeights, MOST_TARGET_TOKENS } from "./start.ts";
import { createLearner, type Learner } from "./training.ts";

/**
 * A masked network learned by DP-SGD (Abadi et al. 2016). rho: 30% for bins and single columns, 20% for tables of the
 * target with every other column, at which the direct weights begin; the steps take what epsilon has left.
 */
export const dpNetwork: Synthesizer = {
  id: ID,
  name: "Noisy network",
  summary:
    "A network that learns each column from the columns before it, with noise on every step; for some 10,000 rows and more.",
  reference:
    "Abadi et al. (2016), Deep learning with differential privacy; Germain et al. (2015), MADE; Goodfellow (2015), per-example gradient norms",
  params: {
    ...guaranteeParams,
    steps: {
      type: "number",
      label: "Steps",
      default: 0,
      min: 0,
      max: 10_000,
      integer: true,
      reason: "0 means 300: more steps share the same budget, so that each has more noise.",
    },
    units: {
      type: "number",
      label: "Hidden units",
      default: 0,
      min: 0,
      max: 512,
      integer: true,
      reason: "0 means 64: what goes together beyond pairs of columns; more units gather more noise.",
    },
  },
  guarantee: true,
  fit,
  expectedSeconds,
  logLikelihoods: networkLogLikelihoods,
  load: (artifact) => Promise.resolve().then(() => createNetworkModel(loadNetworkParts(artifact))),
};

/** Noisy rows below which nothing is learned, and from which on it is worth it. */
const LEAST_ROWS = 2000;
const GOOD_ROWS = 10_000;
/** Below this n sqrt(rho) the steps are noise: 700 rows at epsilon 1 */
const LEAST_SIGNAL = 100;
/** Weights of a network, which bound its memory. */
const MOST_WEIGHTS = 4_000_000;
/** Milliseconds between two reports. */
const REPORT_EVERY = 35;

async function* fit(
  train: Table,
  params: Params,
  rng: Rng,
  options: FitOptions,
): AsyncGenerator<Progress, Model, void> {
  if (train.columns.length === 0) throw new FaultError({ code: "no-columns-to-learn" });
  const opened = openPrivate(train, params, options);
  const { rows, facts } = opened;
  const { rho } = rows.budget;
  yield { ...start, note: "Bins and single columns" };
  const columns = await learnNoisyColumns(rows, facts, COLUMNS_SHARE * rho, {
    bins: (count) => binsFor(count, rho),
    heed: train.schema.columns.flatMap(({ name, role }) => (role === "target" ? [name] : [])),
  });
  if (columns.rows < LEAST_ROWS) throw tooFewRows(columns.rows);
  if (columns.rows * Math.sqrt(rho) < LEAST_SIGNAL) throw nothingLeft(columns.rows);
  const notices = [fewRowsNotice(columns.rows), untoldNotice(columns)].filter((one) => one !== undefined);
  yield { ...start, fraction: 0.01, ...(notices.length > 0 && { notice: notices.join(" ") }) };
  const settings = { steps: params["steps"] as number, units: params["units"] as number };
  const plan = planNetwork(columns.rows, rho, settings);
  const order = targetFirst(train.schema, columns);
  const layout = networkLayout(columns, order, plan.units);
  if (layout.size > MOST_WEIGHTS) throw tooWide();
  const tokens = placedTokens(columns, order, train);
  const weights = await begin(layout, { columns, order, schema: train.schema }, tokens, rows, rng);
  yield { ...start, fraction: 0.02, note: "Working out the noise of the steps" };
  const steps = openSteps(rows, plan, layout);
  const learner = createLearner(layout, plan, weights, tokens, steps);
  const modelNow = (): Model =>
    createNetworkModel({
      params,
      name: train.name,
      columns,
      order,
      units: layout.units,
      weights: learner.average.map(Math.fround),
      guarantee: guaranteeOf(opened, columns.rows),
    });
  const last = yield* learn(learner, steps, plan, columns.rows, options, () =>
    modelNow().sample(options.previewRows, rng.fork("preview")),
  );
  steps.end();
  yield { ...last, fraction: 1 };
  return modelNow();
}

/** The target's columns, then the others; those that can begin at tables first. */
function targetFirst({ columns: schema }: Schema, { columns }: NoisyColumns): number[] {
  const rank = (j: number): number => {
    if (schema[j]?.role !== "target") return 2;
    return (columns[j]?.count ?? 0) <= MOST_TARGET_TOKENS ? 0 : 1;
  };
  return [...columns.keys()].sort((a, b) => rank(a) - rank(b) || a - b);
}

async function begin(
  layout: Layout,
  { columns, order, schema }: { columns: NoisyColumns; order: readonly number[]; schema: Schema },
  tokens: Int32Array,
  rows: PrivateRows,
  rng: Rng,
): Promise<Float64Array> {
  const placed = columnsInOrder(columns, order);
  const weights = firstWeights(layout, placed, rng.fork("first weights"));
  const first = order[0] as number;
  const begins = schema.columns[first]?.role === "target" && (placed[0]?.count ?? 0) <= MOST_TARGET_TOKENS;
  if (begins && placed.length > 1)
    await beginAtTarget(layout, placed, tokens, rows, TARGET_SHARE * rows.budget.rho, weights);
  return weights;
}

/** All that epsilon has left, for the plan's steps. */
function openSteps(rows: PrivateRows, plan: NetworkPlan, { size }: Layout): SampledSteps {
  const { epsilon, delta, thresholds, spent } = rows.budget;
  const rate = coinRate(plan.rate);
  const taken = spent.reduce((sum, one) => sum + one.rho, 0);
  const sigma = noiseForSgd(epsilon, delta - thresholds, rate, plan.steps, taken);
  return rows.sampled(
    { rate, sigma, steps: plan.steps, norm: plan.norm, dimensions: size },
    { what: "Training steps", columns: String(rows.table.columns.length) },
  );
}

/** Takes the steps, or as many as are enough; at least one. */
async function* learn(
  learner: Learner,
  steps: SampledSteps,
  plan: NetworkPlan,
  rows: number,
  { enough, previewRows, previewEvery }: FitOptions,
  preview: () => Promise<Table>,
): AsyncGenerator<Progress, Progress, void> {
  let [reported, previewed] = [performance.now(), performance.now()];
  for (;;) {
    await learner.step();
    const step = steps.taken;
    const ends = step === plan.steps || enough?.() === true;
    const progress: Progress = {
      step,
      steps: plan.steps,
      epoch: Math.floor((step * plan.batch) / rows),
      epochs: Math.ceil((plan.steps * plan.batch) / rows),
      fraction: 0.02 + (0.97 * step) / plan.steps,
      losses: {},
    };
    const now = performance.now();
    const shows = previewRows > 0 && (ends || now - previewed >= previewEvery);
    if (ends || shows || now - reported >= REPORT_EVERY) {
      reported = now;
      yield { ...progress, ...(shows && { preview: await preview() }) };
      if (shows) previewed = performance.now();
    }
    if (ends) return progress;
  }
}

/** Of a busy core: for each row and number that it reads or tells, for each weight and its noise, and to begin with. */
const SECONDS = { row: 4e-10, weight: 7e-8, all: 0.7 } as const;

function expectedSeconds(shape: TableShape, params: Params, pace: number): number {
  const settings = { steps: (params["steps"] as number) || 0, units: (params["units"] as number) || 0 };
  const { batch, steps, units, bins } = planNetwork(shape.rows, 0.1, settings);
  const logits = shape.levels + bins * shape.numeric;
  const features = shape.levels + 10 * shape.numeric;
  const weights = (features * (logits + units) + units * logits) / 2;
  const perRow = logits * (shape.columns + shape.numeric) + 3 * units * logits;
  return pace * (SECONDS.all + steps * (batch * perRow * SECONDS.row + weights * SECONDS.weight));
}

const count = (rows: number): string => Math.round(rows).toLocaleString("en");

const tooFewRows = (rows: number): FaultError =>
  new FaultError({
    code: "guarantee-refused",
    reason: `A network with noise on every step learns little from about ${count(Math.max(0, rows))} rows; it needs some ${count(GOOD_ROWS)}.`,
    remedy: "Take dp-target or dp-marginals, which need far fewer rows (dp-auto does by itself).",
  });

const nothingLeft = (rows: number): FaultError =>
  new FaultError({
    code: "guarantee-refused",
    reason: `With about ${count(rows)} rows, the noise that this epsilon asks of every step is greater than anything that could be learned.`,
    remedy: "Take a larger epsilon, or dp-target, which asks its questions once.",
  });

const fewRowsNotice = (rows: number): string | undefined =>
  rows >= GOOD_ROWS
    ? undefined
    : `About ${count(rows)} rows are few for a network with noise on every step: it is at its best from some ${count(GOOD_ROWS)} on.`;

const tooWide = (): FaultError =>
  new FaultError({
    code: "guarantee-refused",
    reason: "The columns have too many levels and bins together for a network with noise on every step.",
    remedy: "Leave out the columns with the most levels, or take dp-marginals.",
  });
