import { withheldNotice } from "../../codec/columns/withheld.ts";
import { FaultError } from "../../fault.ts";
import type { Rng } from "../../math/rng.ts";
import type { Table } from "../../table/table.ts";
import type { BlockWeights } from "./blocks.ts";
import { silentBlock } from "./blocks.ts";
import { learnTokenCodec } from "../token-rows/learn-codec.ts";
import { encodeRows } from "../token-rows/rows.ts";
import type { TokenRows } from "../token-rows/rows.ts";
import { placesOf, targetLast, targetPlaces } from "../token-rows/places.ts";
import type { AutoregressiveParts } from "./model.ts";
import { createAutoregressiveModel, loadAutoregressiveParts, plansFor } from "./model.ts";
import { logLikelihoods } from "./likelihood.ts";
import { learnBeside } from "./beside/beside.ts";
import { calibrated } from "./calibration.ts";
import { maskedColumns } from "../token-rows/mask-rules.ts";
import { learnMasks } from "../token-rows/masks.ts";
import { chooseParents } from "../token-rows/parents.ts";
import { firstOffsets, inOrderOf, movedOffsets, partsToContinue } from "./start.ts";
import { expectedSeconds } from "./pace.ts";
import { planTraining } from "./plan.ts";
import type { PlanOptions, TrainingPlan } from "./plan.ts";
import { trainBlocks } from "./training.ts";
import { trainingRowsNotice } from "../training/training-rows.ts";
import { reported, start } from "../training/reported.ts";
import { shownBy, type Shown } from "../training/shown.ts";
import type { FitOptions, Model, Params, Progress, Synthesizer } from "../synthesizer.ts";

const info: Omit<Synthesizer, "fit"> = {
  id: "autoregressive",
  name: "Autoregressive",
  summary: "Learns each column from the columns before it; the closest to real rows on most tables.",
  reference:
    "Bengio & Bengio (2000), Modeling high-dimensional discrete data with multi-layer neural networks; Germain et al. (2015), MADE",
  continues: true,
  params: {
    steps: {
      type: "number",
      label: "Most steps",
      default: 0,
      min: 0,
      max: 100_000,
      integer: true,
      reason:
        "0 means by the table. Training ends by itself when held-out rows stop improving; this is only the upper limit.",
    },
    members: {
      type: "number",
      label: "Networks for each column",
      default: 0,
      min: 0,
      max: 16,
      integer: true,
      reason:
        "0 means by the table: several below 1,000 rows, each judged on rows that it has not seen, because one alone is erratic there.",
    },
    units: {
      type: "number",
      label: "Units for each column",
      default: 0,
      min: 0,
      max: 128,
      integer: true,
      reason: "0 means by the table: 16, or 8 from 150 columns on; more only took longer.",
    },
    learningRate: {
      type: "number",
      label: "Learning rate",
      default: 0,
      min: 0,
      max: 2e-2,
      reason: "0 means by the table: as fast as it stays stable with averaged weights.",
    },
    batch: {
      type: "number",
      label: "Rows per step",
      default: 0,
      min: 0,
      max: 4096,
      integer: true,
      reason: "0 means by the table: a fortieth of the rows, at least 32 and at most 128.",
    },
  },
  expectedSeconds: (shape, params, pace) =>
    pace * expectedSeconds(shape, planTraining(shape.rows, shape.columns, optionsOf(params))),
  logLikelihoods,
  load: (artifact) =>
    Promise.resolve().then(() => createAutoregressiveModel(loadAutoregressiveParts(artifact))),
};

type PlanChange = (plan: TrainingPlan) => TrainingPlan;

/** The method with another plan than the table's: what a part of it is worth is measured by leaving it out. */
export const autoregressiveWith = (change: PlanChange): Synthesizer => ({
  ...info,
  fit: (train, params, rng, options) => fit(train, params, rng, options, change),
});

export const autoregressive = autoregressiveWith((plan) => plan);

async function* fit(
  given: Table,
  params: Params,
  rng: Rng,
  options: FitOptions,
  change: PlanChange,
): AsyncGenerator<Progress, Model, void> {
  if (given.columns.length === 0) throw new FaultError({ code: "no-columns-to-learn" });
  if (given.rows < 2) throw new FaultError({ code: "too-few-rows", rows: given.rows, needed: 2 });
  const before = options.from && partsToContinue(options.from);
  const train = before ? inOrderOf(before, given) : given;
  const plan = change(planFor(train, params, before));
  const codec = before?.codec ?? (yield* learnTokenCodec(train, plan.bins));
  const withheld = before ? undefined : withheldNotice(codec.code);
  if (withheld !== undefined) yield { ...start, notice: withheld };
  const places = before?.places ?? placesOf(codec, targetLast(codec, train.rows));
  const encoded = yield* reported(
    encodeRows(train, codec, rng.fork("rows"), places),
    saying("Encoding the rows"),
  );
  const { data, beside } = before
    ? { data: encoded, beside: before.beside }
    : yield* learnBeside(encoded, plan);
  if (data.rows < train.rows) yield { ...start, notice: trainingRowsNotice(data.rows, train.rows) };
  const parents =
    before?.plans.map((block) => block.parents) ??
    (yield* reported(parentsOf(data, plan), saying("Looking for related columns")));
  const offsets = before ? movedOffsets(before.plans, data) : firstOffsets(data, train.rows);
  const left = remainders(train, options);
  const masks = options.rules
    ? learnMasks(options.rules, maskedColumns(codec, data.places, left), train)
    : before?.masks;
  const plans = plansFor(codec, data.places, parents, offsets, plan, beside);
  const modelOf = (blocks: readonly BlockWeights[]): Model =>
    createAutoregressiveModel({ params, codec, places: data.places, beside, plans, blocks, masks });
  const show = (blocks: readonly BlockWeights[]): Promise<Shown> =>
    shownBy(modelOf(blocks), options.previewRows, rng.fork("preview"));
  if (plans.every(({ inputs }) => inputs === 0)) {
    const blocks = plans.map(silentBlock);
    const shown = options.previewRows > 0 ? await show(blocks) : {};
    yield { ...start, fraction: 1, ...shown };
    return modelOf(blocks);
  }
  const trained = yield* trainBlocks(data, plans, plan, rng, { ...options, show, start: before?.blocks });
  const last = { ...trained.last, fraction: 0.99 };
  const blocks = yield* reported(
    calibrated(data.places, plans, trained.blocks, plan.compared, rng.fork("calibration"), { left, masks }),
    saying("Comparing what comes out", last),
  );
  yield { ...last, fraction: 1 };
  return modelOf(blocks);
}

/** What each place reads: the earlier columns that tell most of it, the target of few rows all of them. */
function parentsOf(data: TokenRows, plan: TrainingPlan): AsyncGenerator<number, Int32Array[], void> {
  const { codec, places, rows, tokens } = data;
  const whole = plan.wholeTarget ? targetPlaces(codec, places) : [];
  return chooseParents({ rows, counts: places.counts, tokens }, plan.parents, new Set(whole));
}

/** The columns of `train` that are what remains of a formula. */
const remainders = ({ columns }: Table, { remaining = 0 }: FitOptions): ReadonlySet<number> =>
  new Set([...columns.keys()].slice(columns.length - remaining));

function planFor(train: Table, params: Params, before: AutoregressiveParts | undefined): TrainingPlan {
  const { members, units } = before?.plans[0] ?? {};
  const options = optionsOf(params);
  return planTraining(train.rows, train.columns.length, {
    ...options,
    ...(members !== undefined && units !== undefined ? { members, units } : {}),
  });
}

function optionsOf(params: Params): PlanOptions {
  const number = (name: string): number => params[name] as number;
  return {
    members: number("members"),
    units: number("units"),
    steps: number("steps"),
    batch: number("batch"),
    learningRate: number("learningRate"),
  };
}

/** Reports of what goes on before the first step or after the last. */
const saying =
  (note: string, at = start) =>
  (): Progress => ({ ...at, note });
