import { breathe } from "../../../math/breathe.ts";
import type { SampledSteps } from "../../../private/rows/sampled-plan.ts";
import { gradientsOf } from "./gradients.ts";
import type { Layout } from "./layout.ts";
import { rateAt, type NetworkPlan } from "./plan.ts";

const [BETA1, BETA2, EPSILON] = [0.9, 0.99, 1e-8];

/** A network under way. */
export interface Learner {
  /** moving average: what the model has */
  readonly average: Float64Array;
  /** One step of DP-SGD (Abadi et al. 2016) with Adam on the noisy sum over the expected rows of a batch. */
  step(): Promise<void>;
}

/** `tokens`: of all rows of the table, rows x places; `start`: the first weights. */
export function createLearner(
  layout: Layout,
  plan: NetworkPlan,
  start: Float64Array,
  tokens: Int32Array,
  steps: SampledSteps,
): Learner {
  const weights = start.slice();
  const average = start.slice();
  const first = new Float64Array(layout.size);
  const second = new Float64Array(layout.size);
  return {
    average,
    step: async () => {
      const at = steps.taken;
      const sum = await steps.step((rows) => gradientsOf(layout, weights, tokens, rows));
      const rate = rateAt(plan, at);
      const [correct1, correct2] = [1 - BETA1 ** (at + 1), 1 - BETA2 ** (at + 1)];
      const blend = 1 - Math.min(plan.average, (1 + at) / (10 + at));
      for (let i = 0; i < sum.length; i++) {
        const gradient = (sum[i] as number) / plan.batch;
        const m = BETA1 * (first[i] as number) + (1 - BETA1) * gradient;
        const v = BETA2 * (second[i] as number) + (1 - BETA2) * gradient * gradient;
        first[i] = m;
        second[i] = v;
        const weight = (weights[i] as number) - (rate * (m / correct1)) / (Math.sqrt(v / correct2) + EPSILON);
        weights[i] = weight;
        average[i] = (average[i] as number) + blend * (weight - (average[i] as number));
      }
      await breathe();
    },
  };
}
