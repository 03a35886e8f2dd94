import { breathe } from "../../math/breathe.ts";
import type { Inputs, Weights } from "../../nn/tensor.ts";
import { createTrainer } from "../../nn/trainer.ts";
import type { LossFunction, Trainer, TrainerOptions } from "../../nn/trainer.ts";
import type { FitOptions, Progress } from "../synthesizer.ts";
import type { Shown } from "./shown.ts";
import type { Watch } from "./watch.ts";

/** One network's part of a step, or that of several which one optimizer trains. */
export interface Turn {
  /** its group in `networks` */
  readonly group: string;
  /** `step` counts from 0 */
  readonly batch: (step: number) => Inputs;
  readonly loss: LossFunction;
}

/** What a method gives the loop. */
export interface Course {
  readonly networks: Omit<TrainerOptions, "onNotice">;
  /** What a step is: each of these in turn. */
  readonly turns: readonly Turn[];
  readonly watch: Watch;
  /** upper limit */
  readonly steps: number;
  /** Steps that are taken even when it was enough before; 1 unless said. */
  readonly leastSteps?: number;
  /** rows of a step, and rows that steps are drawn from: an epoch is so many of these */
  readonly batch: number;
  readonly rows: number;
  /** What a reported loss is divided by, to be that of a row; 1 unless said. */
  readonly perRow?: number;
  /** What is known before the first step and goes into every report. */
  readonly known?: Pick<Progress, "steps" | "epochs">;
  readonly show: (trainer: Trainer) => Promise<Shown>;
  /** What is left to do with the networks after the last step, as it is reported. */
  readonly closing?: { readonly note: string; readonly work: (trainer: Trainer) => Promise<void> };
}

export interface Trained {
  /** Those that `watch` kept, or the last: averages where the networks have some. */
  readonly weights: Weights;
  /** The last report's place, without what it told. */
  readonly last: Progress;
}

/** Milliseconds between two reports: a page is drawn anew about as often, and a report waits for the device. */
const REPORT_EVERY = 35;

/**
 * Trains networks as every method does. A step; at times a look at rows held out, of which `watch` keeps the best; then
 * a report, and where one is due a preview. It ends at the last step, when the watch has seen no gain for long, or when
 * it is enough. Where it goes on from a saved model, its weights are in `networks`. Whatever ends it, the device's memory
 * is freed.
 */
export async function* train(
  course: Course,
  { previewRows, previewEvery, enough }: FitOptions,
): AsyncGenerator<Progress, Trained, void> {
  const { turns, watch, show, closing } = course;
  const notices: string[] = [];
  const trainer = createTrainer({ ...course.networks, onNotice: (notice) => notices.push(notice) });
  const stepsTaken = (): number => Math.floor(trainer.steps / turns.length);
  let reported = performance.now();
  let previewed = reported;
  try {
    await watch.begin?.(trainer);
    for (;;) {
      for (const { group, batch, loss } of turns) await trainer.step(group, batch(stepsTaken()), loss);
      const step = stepsTaken();
      const ended = step >= course.steps || (step >= (course.leastSteps ?? 1) && enough?.() === true);
      const validation = ended || watch.isDue(step) ? await watch.look(step, trainer) : undefined;
      await breathe();

      const stops = ended || watch.stops(step);
      const now = performance.now();
      if (validation === undefined && now - reported < REPORT_EVERY && !stops) continue;
      reported = now;
      const shows = previewRows > 0 && (stops || now - previewed >= previewEvery);
      const shown = shows ? await show(trainer) : undefined;
      if (shows) previewed = performance.now();
      const place: Progress = {
        step,
        epoch: Math.floor((step * course.batch) / course.rows),
        fraction: watch.fractionAt(step),
        losses: {},
        ...course.known,
      };
      yield {
        ...place,
        losses: await lossesOf(trainer, course),
        ...(watch.kept && { kept: watch.kept }),
        ...(validation === undefined ? {} : { validation }),
        ...shown,
        ...(notices.length > 0 ? { notice: notices.splice(0).join(" ") } : {}),
      };
      if (!stops) continue;
      if (closing) yield { ...place, fraction: 1, note: closing.note };
      await closing?.work(trainer);
      return {
        weights: watch.best ?? (await trainer.weights()),
        last: { ...place, ...(watch.kept && { kept: watch.kept }) },
      };
    }
  } finally {
    trainer.dispose();
  }
}

async function lossesOf(trainer: Trainer, { perRow = 1 }: Course): Promise<Progress["losses"]> {
  const losses = Object.entries(await trainer.losses());
  return Object.fromEntries(losses.map(([name, loss]) => [name, loss / perRow]));
}
