import { asIndex, asRecord, damaged } from "../codec/damaged.ts";
import type { QuantileNormalCodec } from "../codec/quantile-normal.ts";
import { loadQuantileNormalCodec, quantileNormalCodec } from "../codec/quantile-normal.ts";
import { learnColumnCode } from "../codec/table-code.ts";
import { FaultError } from "../fault.ts";
import { breathe } from "../math/breathe.ts";
import type { Rng } from "../math/rng.ts";
import { adam } from "../nn/optimizer.ts";
import { checkWeights, predict } from "../nn/predict.ts";
import type { Tensor, Weights } from "../nn/tensor.ts";
import { normalBatch } from "../nn/tensor.ts";
import type { Trainer } from "../nn/trainer.ts";
import { createTrainer } from "../nn/trainer.ts";
import type { ColumnSchema, Table } from "../table/table.ts";
import { answer } from "./conditions.ts";
import type { Game } from "./gan-game.ts";
import { gameFor, lossesOf, noiseFor, write } from "./gan-game.ts";
import type { Artifact, FitOptions, Model, Params, ParamSpec, Progress, Synthesizer } from "./synthesizer.ts";

const id = "gan";
const version = 1;
const SAMPLED_AT_ONCE = 2000;

const params = {
  steps: {
    type: "number",
    label: "Steps",
    default: 0,
    min: 0,
    max: 200_000,
    integer: true,
    reason:
      "0 = by the table: 60 times the root of its rows. More steps fit closer and come nearer to single rows.",
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
  id,
  name: "GAN",
  summary: "Two networks in a contest: one writes patients, one tells them from real ones.",
  reference:
    "Goodfellow et al. 2014; spectral normalisation: Miyato et al. 2018; straight-through Gumbel: Jang et al. 2017",
  params,
  fit,
  load: (artifact) => Promise.resolve().then(() => load(artifact)),
};

/** Numbers of a fit, settled from the settings and the table. */
interface Plan {
  readonly steps: number;
  readonly batch: number;
  readonly width: number;
  readonly learningRate: number;
}

function planFor(rows: number, given: Params): Plan {
  const number = (name: keyof typeof params): number => {
    const value = given[name];
    return typeof value === "number" ? value : params[name].default;
  };
  const power = 2 ** Math.round(Math.log2(Math.max(1, rows) / 16));
  return {
    steps: number("steps") || Math.max(200, Math.round(60 * Math.sqrt(rows))),
    batch: number("batch") || Math.min(128, Math.max(32, power)),
    width: number("width"),
    learningRate: number("learningRate"),
  };
}

/** Along a cosine from `rate` to a twentieth of it. */
const falling =
  (rate: number, steps: number) =>
  (step: number): number =>
    rate * (0.05 + 0.475 * (1 + Math.cos(Math.PI * Math.min(1, step / steps))));

async function* fit(
  train: Table,
  given: Params,
  rng: Rng,
  options: FitOptions,
): AsyncGenerator<Progress, Model, void> {
  const plan = planFor(train.rows, given);
  const codec = yield* learnCodec(train, plan);
  if (codec.width === 0) throw new FaultError({ code: "no-columns-to-learn" });
  const game = gameFor(codec, plan.width);
  const notices: string[] = [];
  const trainer = trainerFor(game, plan, rng.fork("networks"), (notice) => notices.push(notice));
  try {
    yield* play(codec, game, trainer, train, plan, rng, options, notices);
    const done = Math.floor(trainer.steps / 2);
    yield { ...progressAt(plan, train.rows, done), fraction: 1, note: "Settling the generator" };
    await settle(game, trainer, rng.fork("settle"), 20);
    const weights = (await trainer.weights()).filter(({ name }) => name.startsWith("generator."));
    return createModel(codec, game, { ...plan }, weights);
  } finally {
    trainer.dispose();
  }
}

/** The codec, learnt a column at a time. */
async function* learnCodec(train: Table, plan: Plan): AsyncGenerator<Progress, QuantileNormalCodec, void> {
  const columns = [];
  for (const [i, column] of train.columns.entries()) {
    columns.push(learnColumnCode(column, train.schema.columns[i] as ColumnSchema, train.rows));
    await breathe();
    yield { ...progressAt(plan, train.rows, 0), note: "Reading the columns" };
  }
  return quantileNormalCodec({ name: train.name, schema: train.schema, columns });
}

function trainerFor(game: Game, plan: Plan, rng: Rng, onNotice: (notice: string) => void): Trainer {
  const optimizer = (rate: number): ReturnType<typeof adam> =>
    adam(falling(rate, plan.steps), { beta1: 0, beta2: 0.99 });
  return createTrainer({
    rng,
    onNotice,
    groups: {
      generator: {
        networks: [game.generator],
        optimizer: optimizer(plan.learningRate),
        average: { decay: 0.999 },
      },
      discriminator: { networks: [game.discriminator], optimizer: optimizer(2 * plan.learningRate) },
    },
  });
}

/** All steps, one of each network in turn; a step that a lost device takes back is taken again. */
async function* play(
  codec: QuantileNormalCodec,
  game: Game,
  trainer: Trainer,
  train: Table,
  plan: Plan,
  rng: Rng,
  options: FitOptions,
  notices: string[],
): AsyncGenerator<Progress, void, void> {
  const { discriminate, generate } = lossesOf(game);
  const batches = rng.fork("batches");
  const previews = rng.fork("previews");
  let furthest = 0;
  let reported = performance.now();
  let previewed = reported;
  while (trainer.steps < 2 * plan.steps && options.enough?.() !== true) {
    const rows = Int32Array.from({ length: plan.batch }, () => batches.integer(train.rows));
    const real = codec.encode(train, batches, rows);
    await trainer.step("discriminator", { real, ...noiseFor(game, plan.batch, batches) }, discriminate);
    await trainer.step("generator", noiseFor(game, plan.batch, batches), generate);
    await breathe();
    const now = performance.now();
    const done = Math.floor(trainer.steps / 2);
    if (now - reported < 30 && done < plan.steps) continue;
    furthest = Math.max(furthest, done);
    const losses = await trainer.losses();
    const due = options.previewRows > 0 && (now - previewed >= options.previewEvery || done >= plan.steps);
    const preview = due ? await previewOf(codec, game, trainer, options.previewRows, previews) : undefined;
    const notice = notices.shift();
    yield {
      ...progressAt(plan, train.rows, done),
      fraction: fractionAt(plan, furthest),
      losses,
      ...(preview && { preview }),
      ...(notice !== undefined && { notice }),
    };
    reported = performance.now();
    if (due) previewed = reported;
  }
}

const fractionAt = (plan: Plan, step: number): number => Math.min(1, step / plan.steps);

function progressAt(plan: Plan, rows: number, step: number): Progress {
  return {
    step,
    steps: plan.steps,
    epoch: Math.floor((step * plan.batch) / rows),
    epochs: Math.ceil((plan.steps * plan.batch) / rows),
    fraction: fractionAt(plan, step),
    losses: {},
  };
}

/** Batch-norm statistics of the averaged generator, over `batches` of 500 rows. */
async function settle(game: Game, trainer: Trainer, rng: Rng, batches: number): Promise<void> {
  const inputs = Array.from({ length: batches }, () => ({
    noise: normalBatch(500, game.generator.inputs, rng),
  }));
  await trainer.refreshStatistics(inputs, (given, pass) =>
    pass.run(game.generator, given["noise"] as Tensor),
  );
}

async function previewOf(
  codec: QuantileNormalCodec,
  game: Game,
  trainer: Trainer,
  rows: number,
  rng: Rng,
): Promise<Table> {
  await settle(game, trainer, rng, 2);
  const data = await trainer.forward(noiseFor(game, rows, rng), write(game));
  return codec.decode({ rows, width: codec.width, data }, rng);
}

function createModel(codec: QuantileNormalCodec, game: Game, used: Params, weights: Weights): Model {
  const draw = async (rows: number, rng: Rng): Promise<Table> => {
    const data = new Float32Array(rows * codec.width);
    for (let from = 0; from < rows; from += SAMPLED_AT_ONCE) {
      const count = Math.min(SAMPLED_AT_ONCE, rows - from);
      data.set(predict(weights, noiseFor(game, count, rng), write(game)), from * codec.width);
      await breathe();
    }
    return codec.decode({ rows, width: codec.width, data }, rng);
  };
  return {
    synthesizer: id,
    sample: (rows, rng, request) => answer(request, rows, rng, { draw }),
    save: () =>
      Promise.resolve({
        synthesizer: id,
        version,
        params: used,
        state: { codec: codec.save(), width: game.units },
        tensors: weights,
      }),
    dispose: () => {},
  };
}

function load(artifact: Artifact): Model {
  if (artifact.version !== version) damaged("version");
  const codec = loadQuantileNormalCodec(asRecord(artifact.state["codec"], "codec"));
  const width = asIndex(artifact.state["width"], params.width.max + 1, "network width");
  const game = gameFor(codec, Math.max(1, width));
  checkWeights(artifact.tensors, [game.generator]);
  return createModel(codec, game, artifact.params, artifact.tensors);
}
