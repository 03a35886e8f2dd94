import { learnModeSpecificCodec } from "../../codec/mode-specific.ts";
import { quantileNormalCodec } from "../../codec/quantile-normal.ts";
import type { AnyColumnCode, TableCode } from "../../codec/columns/table-code.ts";
import { learnColumn } from "../../codec/columns/table-code.ts";
import { withheldNotice } from "../../codec/columns/withheld.ts";
import { FaultError } from "../../fault.ts";
import { breathe } from "../../math/breathe.ts";
import type { Rng } from "../../math/rng.ts";
import type { Table } from "../../table/table.ts";
import { takeRows } from "../../table/table.ts";
import { alignTable, checkSameSynthesizer } from "../training/continue-from.ts";
import type { Contest } from "./contest.ts";
import { ownContest, publishedContest } from "./contest.ts";
import { createGanModel, loadContest } from "./model.ts";
import type { GanPlan } from "./training.ts";
import { ganProgress, play } from "./training.ts";
import type { FitOptions, Model, Params, ParamSpec, Progress, Synthesizer } from "../synthesizer.ts";
import { MOST_TRAINING_ROWS, trainingRows, trainingRowsNotice } from "../training/training-rows.ts";

const params = {
  recipe: {
    type: "choice",
    label: "Recipe",
    default: "ours",
    choices: [
      { value: "ours", label: "The lab's" },
      { value: "ctgan", label: "CTGAN as published" },
    ],
    reason:
      "CTGAN as published (300 epochs, Wasserstein loss, condition vectors) is here for comparison; only the steps setting applies.",
  },
  steps: {
    type: "number",
    label: "Steps",
    default: 0,
    min: 0,
    max: 200_000,
    integer: true,
    reason:
      "0 = by the table: 30 times the root of 200 rows to 60 times that of 6,300 and more. More steps fit closer and come nearer to single rows.",
  },
  batch: {
    type: "number",
    label: "Rows per step",
    default: 0,
    min: 0,
    max: 4096,
    integer: true,
    reason: "0 = by the table: a sixteenth of its rows as a power of two, between 32 and 128.",
  },
  width: {
    type: "number",
    label: "Units per layer",
    default: 256,
    min: 16,
    max: 1024,
    integer: true,
    reason: "256 served every table from 200 to 10,000 rows that it was tried on.",
  },
  learningRate: {
    type: "number",
    label: "Learning rate",
    default: 4e-3,
    min: 1e-5,
    max: 0.1,
    log: true,
    reason: "Of the generator; the discriminator learns at twice this rate. Both fall to 5% along a cosine.",
  },
} satisfies Record<string, ParamSpec>;

/** Spectrally normalised GAN on dithered normal scores and one-hots; its formulas are in METHODS.md. */
export const gan: Synthesizer = {
  id: "gan",
  name: "GAN",
  summary: "Two networks compete: one generates patients, the other learns to spot them.",
  reference:
    "Goodfellow et al. 2014; spectral normalisation: Miyato et al. 2018; straight-through Gumbel: Jang et al. 2017",
  continues: true,
  params,
  fit,
  expectedSeconds: ({ rows, numeric, levels }, given, pace) => {
    const trained = Math.min(rows, MOST_TRAINING_ROWS);
    const { steps, batch, width: units } = planFor(trained, given);
    const plain = given["recipe"] !== "ctgan";
    const [row, seen] = plain ? [numeric + levels, 15 * numeric + levels] : [6 * numeric + levels, 0];
    const generator = units * (64 + units + 2 * row) + 2 * units * 64;
    const discriminator = plain ? units * (seen + units) : units * (row + levels + units / 10);
    const perRow = 8 * generator + (plain ? 18 : 26) * discriminator;
    return pace * (0.5 + steps * (0.005 + (batch * perRow) / (plain ? 26e9 : 13e9)));
  },
  load: (artifact) =>
    Promise.resolve().then(() => {
      const { contest, weights } = loadContest(artifact);
      return createGanModel(contest, artifact.params, weights);
    }),
};

/** As CTGAN was published: its batch, its 300 epochs. */
const published = (rows: number, given: Params): GanPlan => ({
  steps: (given["steps"] as number) || 300 * Math.max(1, Math.floor(rows / 500)),
  batch: 500,
  width: 256,
  learningRate: 2e-4,
});

function planFor(rows: number, given: Params): GanPlan {
  if (given["recipe"] === "ctgan") return published(rows, given);
  const number = (name: "steps" | "batch" | "width" | "learningRate"): number => {
    const value = given[name];
    return typeof value === "number" ? value : params[name].default;
  };
  const power = 2 ** Math.round(Math.log2(Math.max(1, rows) / 16));
  return {
    steps: number("steps") || Math.max(200, Math.round(stepsPerRoot(rows) * Math.sqrt(rows))),
    batch: number("batch") || Math.min(128, Math.max(32, power)),
    width: number("width"),
    learningRate: number("learningRate"),
  };
}

/** Small tables are trained for less: their rows are soon known one by one. */
const stepsPerRoot = (rows: number): number => Math.min(60, Math.max(30, 30 + 20 * Math.log10(rows / 200)));

/** Going on from a saved model: half the rate and half the steps, since both networks know the columns already. */
const continued = (plan: GanPlan, given: Params): GanPlan => ({
  ...plan,
  steps: typeof given["steps"] === "number" && given["steps"] > 0 ? plan.steps : Math.ceil(plan.steps / 2),
  learningRate: plan.learningRate / 2,
});

async function* fit(
  given: Table,
  asked: Params,
  rng: Rng,
  options: FitOptions,
): AsyncGenerator<Progress, Model, void> {
  if (options.from) checkSameSynthesizer(options.from, "gan");
  const saved = options.from && loadContest(options.from);
  const train = saved ? alignTable(given, saved.contest.codec.code) : given;
  const few = trainingRows(train, MOST_TRAINING_ROWS, rng.fork("training rows"));
  const rows = few?.length ?? train.rows;
  const fresh = planFor(rows, asked);
  const plan = saved ? continued(fresh, asked) : fresh;
  const contest = saved?.contest ?? (yield* learnContest(train, plan, asked, rng));
  const withheld = saved ? undefined : withheldNotice(contest.codec.code);
  const first = [few && trainingRowsNotice(rows, train.rows), withheld].filter(Boolean).join(" ");
  if (first !== "") yield { ...ganProgress(plan, rows, 0), notice: first };
  if (contest.codec.width === 0) throw new FaultError({ code: "no-columns-to-learn" });
  const { weights } = yield* play(
    contest,
    few ? takeRows(train, few) : train,
    plan,
    rng,
    options,
    saved?.weights,
  );
  return createGanModel(contest, { ...asked, ...plan }, weights);
}

/** The codec, learned a column at a time, and the networks for its rows. */
async function* learnContest(
  train: Table,
  plan: GanPlan,
  { recipe }: Params,
  rng: Rng,
): AsyncGenerator<Progress, Contest, void> {
  const reading = { ...ganProgress(plan, train.rows, 0), note: "Reading the columns" };
  const columns: AnyColumnCode[] = [];
  for (const i of train.columns.keys()) {
    columns.push(learnColumn(train, i));
    await breathe();
    yield reading;
  }
  const code: TableCode = { name: train.name, schema: train.schema, columns };
  if (recipe !== "ctgan") return ownContest(quantileNormalCodec(code), plan.width);
  const learning = learnModeSpecificCodec(train, code, rng.fork("modes"));
  for (;;) {
    const next = learning.next();
    if (next.done === true) return publishedContest(next.value, plan.width);
    await breathe();
    yield reading;
  }
}
