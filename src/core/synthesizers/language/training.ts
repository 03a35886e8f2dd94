import type { Rng } from "../../math/rng.ts";
import { adam } from "../../nn/optimizer.ts";
import type { Inputs, Weights } from "../../nn/tensor.ts";
import type { TokenRows } from "../token-rows/rows.ts";
import { shuffledRows } from "../training/batches.ts";
import { train } from "../training/loop.ts";
import type { Trained } from "../training/loop.ts";
import type { Shown } from "../training/shown.ts";
import { holdOutTenth } from "../training/validation-rows.ts";
import { BestWatch } from "../training/watch.ts";
import type { FitOptions, Progress } from "../synthesizer.ts";
import { languageLoss, networksOf, sequences } from "./network.ts";
import type { LanguageNetwork } from "./network.ts";
import type { LanguagePlan } from "./plan.ts";

interface TrainingOptions extends FitOptions {
  readonly show: (weights: Weights) => Promise<Shown>;
  /** weights to go on from */
  readonly start?: Weights;
}

/** Held-out rows at a look, at most. */
const JUDGED = 1000;

/**
 * AdamW on the values' cross-entropy, every other row of a step in an order of its own; the averaged weights of the least
 * held-out loss are kept. Rows of one patient are on one side.
 */
export function trainLanguage(
  net: LanguageNetwork,
  data: TokenRows,
  plan: LanguagePlan,
  rng: Rng,
  options: TrainingOptions,
): AsyncGenerator<Progress, Trained, void> {
  const loss = languageLoss(net);
  const split = holdOutTenth(data.rows, rng.fork("held out"), data.patients);
  const rowsOfStep = shuffledRows(split.train, plan.batch, rng.fork("batches"));
  const orders = rng.fork("orders");
  const batch = (): Inputs => sequences(net, data, rowsOfStep(), orders);
  const judged = { parts: heldOut(net, data, split.validation, plan.batch, rng.fork("judge")), loss };
  const training = {
    networks: networksOf(net),
    optimizer: adam((step) => plan.learningRate * Math.min(1, (step + 1) / plan.warmUp), {
      beta2: 0.99,
      weightDecay: plan.weightDecay,
    }),
    average: { decay: plan.average },
  };
  return train(
    {
      networks: {
        rng: rng.fork("network"),
        groups: { training },
        ...(options.start && { start: options.start }),
      },
      turns: [{ group: "training", batch, loss }],
      watch: new BestWatch(
        { steps: plan.steps, patience: plan.patience, warmUp: plan.warmUp, leastGain: 1e-3 },
        Math.floor(split.train.length / plan.batch),
        judged,
      ),
      steps: plan.steps,
      batch: plan.batch,
      rows: split.train.length,
      show: async (trainer) => options.show(await trainer.weights()),
    },
    options,
  );
}

/** Held-out rows in orders that are the same at every look. */
function heldOut(net: LanguageNetwork, data: TokenRows, rows: Int32Array, size: number, rng: Rng): Inputs[] {
  const some = rows.subarray(0, JUDGED);
  const parts: Inputs[] = [];
  for (let from = 0; from < some.length; from += size)
    parts.push(sequences(net, data, some.subarray(from, from + size), rng));
  return parts;
}
