import type { Weights } from "../../nn/tensor.ts";
import type { Trainer } from "../../nn/trainer.ts";
import type { KeptSteps } from "../synthesizer.ts";
import { judge } from "./judge.ts";
import type { Judged } from "./judge.ts";

/** Decides when held-out rows are looked at, what is kept of it, when training stops, and how much of it is done. */
export interface Watch {
  /** Weights at the least held-out loss; undefined where the last are kept. */
  readonly best?: Weights | undefined;
  /** The steps whose weights would be kept if nothing gained any more; undefined where the last are. */
  readonly kept: KeptSteps | undefined;
  /** What is to be known before the first step. */
  begin?(trainer: Trainer): Promise<void>;
  isDue(step: number): boolean;
  /** The held-out loss now; undefined where no row is held out. */
  look(step: number, trainer: Trainer): Promise<number | undefined>;
  stops(step: number): boolean;
  /** In [0, 0.99]; never falls. */
  fractionAt(step: number): number;
}

export interface WatchPlan {
  /** upper limit */
  readonly steps: number;
  /** checks of the held-out loss without gain before training ends; Infinity: never */
  readonly patience: number;
  /** steps before which the held-out loss says nothing yet */
  readonly warmUp: number;
  /** of the held-out loss that counts as a gain; 0.0001 unless said */
  readonly leastGain?: number;
}

const LEAST_GAIN = 1e-4;

/** Keeps the weights of the least held-out loss, looked at once an epoch or every 20 to 200 steps. */
export class BestWatch implements Watch {
  best: Weights | undefined;
  private readonly every: number;
  private least = Infinity;
  private bestStep = 0;
  private misses = 0;
  private fraction = 0;
  private readonly plan: WatchPlan;
  private readonly judged: Judged | undefined;

  /** `judged`: undefined where no row is held out. */
  constructor(plan: WatchPlan, stepsPerEpoch: number, judged: Judged | undefined) {
    this.plan = plan;
    this.every = Math.min(200, Math.max(20, stepsPerEpoch));
    this.judged = judged;
  }

  get kept(): KeptSteps | undefined {
    return this.best && { from: this.bestStep, to: this.bestStep };
  }

  isDue(step: number): boolean {
    return step % this.every === 0;
  }

  async look(step: number, trainer: Trainer): Promise<number | undefined> {
    if (!this.judged) return undefined;
    const loss = await judge(trainer, this.judged);
    if (loss < this.least - (this.plan.leastGain ?? LEAST_GAIN)) {
      this.least = loss;
      this.bestStep = step;
      this.misses = 0;
      this.best = await trainer.weights();
    } else this.misses++;
    return loss;
  }

  stops(): boolean {
    return this.misses >= this.plan.patience;
  }

  /** As if the best step so far, or half as many more, were the last to gain. */
  fractionAt(step: number): number {
    const { patience, steps, warmUp } = this.plan;
    const expected = Math.min(steps, Math.max(warmUp, 1.5 * this.bestStep) + patience * this.every);
    this.fraction = Math.min(0.99, Math.max(this.fraction, step / expected));
    return this.fraction;
  }
}

/** For a training that goes to its last step. */
export const watchNothing = (steps: number): Watch =>
  new BestWatch({ steps, patience: Infinity, warmUp: 0 }, 1, undefined);
