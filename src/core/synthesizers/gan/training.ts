import type { Rng } from "../../math/rng.ts";
import { adam } from "../../nn/optimizer.ts";
import type { Optimizer } from "../../nn/optimizer.ts";
import type { Weights } from "../../nn/tensor.ts";
import type { Group, Trainer } from "../../nn/trainer.ts";
import type { Table } from "../../table/table.ts";
import { train } from "../training/loop.ts";
import type { Trained } from "../training/loop.ts";
import type { Shown } from "../training/shown.ts";
import { watchNothing } from "../training/watch.ts";
import type { Contest } from "./contest.ts";
import { createGanModel } from "./model.ts";
import type { FitOptions, Progress } from "../synthesizer.ts";

/** Numbers of a fit, settled from the settings and the table. */
export interface GanPlan {
  readonly steps: number;
  readonly batch: number;
  readonly width: number;
  readonly learningRate: number;
}

type Side = "generator" | "discriminator";
/** A contest goes to its last step, which is known from the start. */
type Known = { readonly steps: number; readonly epochs: number };

const SETTLING_ROWS = 500;

/** Along a cosine from `rate` to a twentieth of it. */
const falling =
  (rate: number, steps: number) =>
  (step: number): number =>
    rate * (0.05 + 0.475 * (1 + Math.cos(Math.PI * Math.min(1, step / steps))));

/** The networks' optimizers: generator and discriminator in turn. */
function groupsOf({ recipe, generator, discriminator }: Contest, plan: GanPlan): Record<Side, Group> {
  if (recipe === "ctgan") {
    const optimizer = (weightDecay: number): Optimizer =>
      adam(plan.learningRate, { beta1: 0.5, beta2: 0.9, weightDecay });
    return {
      generator: { networks: generator, optimizer: optimizer(1e-6) },
      discriminator: { networks: discriminator, optimizer: optimizer(0) },
    };
  }
  const optimizer = (rate: number): Optimizer => adam(falling(rate, plan.steps), { beta1: 0, beta2: 0.99 });
  return {
    generator: {
      networks: generator,
      optimizer: optimizer(plan.learningRate),
      average: { decay: 0.999 },
    },
    discriminator: { networks: discriminator, optimizer: optimizer(2 * plan.learningRate) },
  };
}

/** All steps, one of each network in turn, to the last: no row is held out, for no loss of a contest says how far it is. */
export function play(
  contest: Contest,
  table: Table,
  plan: GanPlan,
  rng: Rng,
  options: FitOptions,
  saved?: Weights,
): AsyncGenerator<Progress, Trained, void> {
  const inputs = contest.play(table, plan.batch);
  const batches = rng.fork("batches");
  const previews = rng.fork("previews");
  const { steps, epochs } = ganProgress(plan, table.rows, 0);
  return train(
    {
      networks: {
        rng: rng.fork("networks"),
        groups: groupsOf(contest, plan),
        ...(saved && { start: saved }),
      },
      turns: [
        {
          group: "discriminator",
          batch: () => inputs.discriminating(batches),
          loss: contest.discriminate,
        },
        { group: "generator", batch: () => inputs.generating(batches), loss: contest.generate },
      ],
      watch: watchNothing(plan.steps),
      steps: plan.steps,
      batch: plan.batch,
      rows: table.rows,
      known: { steps, epochs },
      show: (trainer) => showOf(contest, trainer, plan, options.previewRows, previews),
      closing: {
        note: "Settling the generator",
        work: (trainer) => settle(contest, trainer, rng.fork("settle"), 20),
      },
    },
    options,
  );
}

export function ganProgress(plan: GanPlan, rows: number, step: number): Progress & Known {
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
async function settle(contest: Contest, trainer: Trainer, rng: Rng, batches: number): Promise<void> {
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
