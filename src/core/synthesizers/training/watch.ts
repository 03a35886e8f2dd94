import type { Weights } from "../../nn/tensor.ts";
import type { KeptSteps } from "../synthesizer.ts";

const LEAST_GAIN = 1e-4;

export interface WatchPlan {
  /** upper limit */
  readonly steps: number;
  /** checks of the held-out loss without gain before training ends; Infinity: never */
  readonly patience: number;
  /** steps before which the held-out loss says nothing yet */
  readonly warmUp: number;
}

/** Decides when held-out rows are looked at, when training stops, and how much of it is done. */
export class Watch {
  readonly every: number;
  /** Weights at the least held-out loss. */
  best: Weights | undefined;
  private least = Infinity;
  private bestStep = 0;
  private misses = 0;
  private fraction = 0;
  private readonly plan: WatchPlan;

  constructor(plan: WatchPlan, stepsPerEpoch: number) {
    this.plan = plan;
    this.every = Math.min(200, Math.max(20, stepsPerEpoch));
  }

  /** True when this is the least held-out loss so far. */
  look(step: number, loss: number): boolean {
    const better = loss < this.least - LEAST_GAIN;
    if (better) {
      this.least = loss;
      this.bestStep = step;
    }
    this.misses = better ? 0 : this.misses + 1;
    return better;
  }

  /** The step of the least held-out loss, as a part of a report. */
  get kept(): { readonly kept?: KeptSteps } {
    return this.best === undefined ? {} : { kept: { from: this.bestStep, to: this.bestStep } };
  }

  get stops(): boolean {
    return this.misses >= this.plan.patience;
  }

  /** As if the best step so far, or half as many more, were the last to gain; never falls. */
  fractionAt(step: number): number {
    const { patience, steps, warmUp } = this.plan;
    const expected = Math.min(steps, Math.max(warmUp, 1.5 * this.bestStep) + patience * this.every);
    this.fraction = Math.min(0.99, Math.max(this.fraction, step / expected));
    return this.fraction;
  }
}
