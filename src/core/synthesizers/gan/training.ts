import { breathe } from "../../math/breathe.ts";
import type { Rng } from "../../math/rng.ts";
import { adam } from "../../nn/optimizer.ts";
import type { Weights } from "../../nn/tensor.ts";
import type { Trainer } from "../../nn/trainer.ts";
import { createTrainer } from "../../nn/trainer.ts";
import type { Table } from "../../table/table.ts";
import type { Contest } from "./contest.ts";
import { createGanModel } from "./model.ts";
import type { Shown } from "../training/shown.ts";
import type { FitOptions, Progress } from "../synthesizer.ts";

/** Numbers of a fit, settled from the settings and the table. */
export interface GanPlan {
  readonly steps: number;
  readonly batch: number;
  readonly width: number;
  readonly learningRate: number;
}

const SETTLING_ROWS = 500;
const REPORT_EVERY = 30;

/** Along a cosine from `rate` to a twentieth of it. */
const falling =
  (rate: number, steps: number) =>
  (step: number): number =>
    rate * (0.05 + 0.475 * (1 + Math.cos(Math.PI * Math.min(1, step / steps))));

export function ganTrainer(
  contest: Contest,
  plan: GanPlan,
  rng: Rng,
  onNotice: (notice: string) => void,
  start?: Weights,
): Trainer {
  const { generator, discriminator } = contest;
  const common = { rng, onNotice, ...(start && { start }) };
  if (contest.recipe === "ctgan") {
    const optimizer = (weightDecay: number): ReturnType<typeof adam> =>
      adam(plan.learningRate, { beta1: 0.5, beta2: 0.9, weightDecay });
    return createTrainer({
      ...common,
      groups: {
        generator: { networks: generator, optimizer: optimizer(1e-6) },
        discriminator: { networks: discriminator, optimizer: optimizer(0) },
      },
    });
  }
  const optimizer = (rate: number): ReturnType<typeof adam> =>
    adam(falling(rate, plan.steps), { beta1: 0, beta2: 0.99 });
  return createTrainer({
    ...common,
    groups: {
      generator: {
        networks: generator,
        optimizer: optimizer(plan.learningRate),
        average: { decay: 0.999 },
      },
      discriminator: { networks: discriminator, optimizer: optimizer(2 * plan.learningRate) },
    },
  });
}

/** All steps, one of each network in turn; a step that a lost device takes back is taken again. */
export async function* play(
  contest: Contest,
  trainer: Trainer,
  train: Table,
  plan: GanPlan,
  rng: Rng,
  options: FitOptions,
  notices: string[],
): AsyncGenerator<Progress, void, void> {
  const inputs = contest.play(train, plan.batch);
  const batches = rng.fork("batches");
  const previews = rng.fork("previews");
  let furthest = 0;
  let reported = performance.now();
  let previewed = reported;
  while (trainer.steps < 2 * plan.steps && options.enough?.() !== true) {
    await trainer.step("discriminator", inputs.discriminating(batches), contest.discriminate);
    await trainer.step("generator", inputs.generating(batches), contest.generate);
    await breathe();
    const now = performance.now();
    const done = Math.floor(trainer.steps / 2);
    if (now - reported < REPORT_EVERY && done < plan.steps) continue;
    furthest = Math.max(furthest, done);
    const losses = await trainer.losses();
    const due = options.previewRows > 0 && (now - previewed >= options.previewEvery || done >= plan.steps);
    const shown = due ? await showOf(contest, trainer, plan, options.previewRows, previews) : undefined;
    const notice = notices.shift();
    yield {
      ...ganProgress(plan, train.rows, done),
      fraction: Math.min(1, furthest / plan.steps),
      losses,
      ...shown,
      ...(notice !== undefined && { notice }),
    };
    reported = performance.now();
    if (due) previewed = reported;
  }
}

export function ganProgress(plan: GanPlan, rows: number, step: number): Progress {
  return {
    step,
    steps: plan.steps,
    epoch: Math.floor((step * plan.batch) / rows),
    epochs: Math.ceil((plan.steps * plan.batch) / rows),
    fraction: Math.min(1, step / plan.steps),
    losses: {},
  };
}

/** Batch-norm statistics of the averaged generator, over `batches` of 500 rows. */
export async function settle(contest: Contest, trainer: Trainer, rng: Rng, batches: number): Promise<void> {
  const inputs = Array.from({ length: batches }, () => contest.noise(SETTLING_ROWS, rng));
  await trainer.refreshStatistics(inputs, (given, pass) => contest.write(given, pass));
}

async function showOf(
  contest: Contest,
  trainer: Trainer,
  plan: GanPlan,
  rows: number,
  rng: Rng,
): Promise<Shown> {
  await settle(contest, trainer, rng, 2);
  const data = await trainer.forward(contest.noise(rows, rng), (given, pass) => contest.write(given, pass));
  contest.finish(data);
  const preview = contest.codec.decode({ rows, width: contest.codec.width, data }, rng);
  const weights = await trainer.weights();
  return {
    preview,
    checkpoint: () => createGanModel(contest, { recipe: contest.recipe, ...plan }, weights).save(),
  };
}
