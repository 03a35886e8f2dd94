import { breathe } from "../../math/breathe.ts";
import { mean } from "../../math/statistics.ts";
import type { Inputs, Weights } from "../../nn/tensor.ts";
import type { Trainer } from "../../nn/trainer.ts";
import type { KeptSteps } from "../synthesizer.ts";
import type { TokenRows } from "../token-rows/rows.ts";
import type { Watch } from "../training/watch.ts";
import { silentBlock } from "./blocks.ts";
import type { BlockPlan, BlockWeights } from "./blocks.ts";
import type { Folds } from "./folds.ts";
import { blockLogLikelihoods, blockOf, inputsOf } from "./network.ts";
import type { BlockNetwork } from "./network.ts";
import type { TrainingPlan } from "./plan.ts";
import { silentLogs } from "./sampler.ts";

const JUDGED_AT_ONCE = 256;

/** Keeps each column's weights at its own best check. */
export class ColumnWatch implements Watch {
  readonly blocks: BlockWeights[];
  private readonly plan: TrainingPlan;
  private readonly net: BlockNetwork;
  private readonly judge: Judge;
  private readonly goesOn: boolean;
  private readonly targets: ReadonlySet<number>;
  private readonly least: Float64Array;
  /** of each place the rows' losses at its best check */
  private readonly lossesAtBest: Float64Array[];
  private readonly bestCheck: Int32Array;
  /** of each place the step whose weights are kept; -1 for a column that keeps its own shares */
  private readonly keptStep: Int32Array;
  private readonly due: Set<number>;
  private check = 0;
  private bestStep = 0;
  private counted: number;
  private misses = 0;
  private fraction = 0;

  constructor(
    plan: TrainingPlan,
    net: BlockNetwork,
    plans: readonly BlockPlan[],
    judge: Judge,
    goesOn: boolean,
    targets: ReadonlySet<number> = new Set(),
  ) {
    const silent = judge.silent();
    this.plan = plan;
    this.net = net;
    this.judge = judge;
    this.goesOn = goesOn;
    this.targets = targets;
    this.blocks = plans.map(silentBlock);
    this.lossesAtBest = [...silent];
    this.least = Float64Array.from(silent, mean);
    this.bestCheck = new Int32Array(silent.length);
    this.keptStep = new Int32Array(silent.length).fill(-1);
    this.due = new Set(plan.checks);
    this.counted = sumOf(this.least);
  }

  /** Of each judged row, all columns together. */
  get losses(): Float64Array {
    const rows = this.lossesAtBest[0]?.length ?? 0;
    return Float64Array.from({ length: rows }, (_, i) =>
      this.lossesAtBest.reduce((sum, losses) => sum + (losses[i] as number), 0),
    );
  }

  /** The steps that the columns keep weights of. */
  get kept(): KeptSteps | undefined {
    const steps = this.keptStep.filter((step) => step >= 0);
    return steps.length === 0 ? undefined : { from: Math.min(...steps), to: Math.max(...steps) };
  }

  /** Resumed weights count as a first check. */
  async begin(trainer: Trainer): Promise<void> {
    if (this.goesOn) await this.look(0, trainer);
  }

  isDue(step: number): boolean {
    return this.due.has(step);
  }

  /** Takes what this check is best for; returns the held-out loss of all columns together. */
  async look(step: number, trainer: Trainer): Promise<number> {
    const byRow = await this.judge.measure(trainer);
    const weights = await trainer.weights();
    this.check++;
    const losses = Float64Array.from(byRow, mean);
    losses.forEach((loss, k) => {
      if (loss < (this.least[k] as number) - 1e-5) {
        this.least[k] = loss;
        this.lossesAtBest[k] = byRow[k] as Float64Array;
        this.bestCheck[k] = this.check;
      }
      const best = this.bestCheck[k] as number;
      const place = this.net.trained[k] as number;
      const later = this.targets.has(place) ? this.plan.targetLater : this.plan.later;
      if (best > 0 && this.check - best <= later) {
        this.blocks[place] = blockOf(this.net, weights, k);
        this.keptStep[k] = step;
      }
    });
    const now = sumOf(this.least);
    if (now < this.counted - this.plan.leastGain) {
      this.counted = now;
      this.bestStep = step;
      this.misses = 0;
    } else this.misses++;
    return sumOf(losses);
  }

  stops(step: number): boolean {
    return this.misses >= this.plan.patience && step >= this.plan.leastSteps;
  }

  /** What a preview shows: every column as it is now. */
  shown(weights: Weights): BlockWeights[] {
    const now = [...this.blocks];
    this.net.trained.forEach((place, k) => (now[place] = blockOf(this.net, weights, k)));
    return now;
  }

  /** As if the last step that gained, or half as many more, were the last to gain. */
  fractionAt(step: number): number {
    const { patience, steps, checks, leastSteps } = this.plan;
    const apart = (checks[1] ?? steps) - (checks[0] ?? 0);
    const expected = Math.min(steps, Math.max(leastSteps, 100, 2 * this.bestStep) + patience * apart);
    this.fraction = Math.min(0.99, Math.max(this.fraction, step / expected));
    return this.fraction;
  }
}

export interface Judge {
  /** Held-out negative log-likelihood of each trained place, nats of each row: -log of the mean over its judges. */
  measure(trainer: Trainer): Promise<Float64Array[]>;
  /** The same without networks: of the columns' own shares and lines. */
  silent(): Float64Array[];
}

export function judgeOf(data: TokenRows, net: BlockNetwork, folds: Folds): Judge {
  const { judged, members } = folds;
  const trained = net.trained.length;
  const run = blockLogLikelihoods(net);
  const inputs = inputsOf(net, data);
  const parts: { rows: Int32Array; inputs: Inputs }[] = [];
  for (let from = 0; from < judged.length; from += JUDGED_AT_ONCE) {
    const rows = judged.slice(from, from + JUDGED_AT_ONCE);
    parts.push({ rows, inputs: inputs(rows) });
  }
  const measure = async (trainer: Trainer): Promise<Float64Array[]> => {
    const losses = Array.from({ length: trained }, () => new Float64Array(judged.length));
    let from = 0;
    for (const { rows, inputs } of parts) {
      const logs = await trainer.forward(inputs, run);
      for (let i = 0; i < rows.length; i++)
        for (let k = 0; k < trained; k++) {
          let likelihood = 0;
          let judges = 0;
          for (let member = 0; member < members; member++) {
            if (!folds.holdsOut(member, rows[i] as number)) continue;
            likelihood += Math.exp(logs[(i * trained + k) * members + member] as number);
            judges++;
          }
          (losses[k] as Float64Array)[from + i] = -Math.log(Math.max(1e-9, likelihood / judges));
        }
      from += rows.length;
      await breathe();
    }
    return losses;
  };
  const silent = (): Float64Array[] => {
    const places = data.places.columns.length;
    return Array.from(net.trained, (place, k) => {
      const say = silentLogs(net.plans[k] as BlockPlan);
      return Float64Array.from(judged, (row) => -say(data.tokens, row * places, place));
    });
  };
  return { measure, silent };
}

const sumOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0);
