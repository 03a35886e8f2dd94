import { logistic } from "../../math/logistic.ts";
import type { Design } from "../../math/regression/design.ts";
import type { Rng } from "../../math/rng.ts";
import { mean, standardDeviation } from "../../math/statistics.ts";
import type { Feature } from "../../math/trees/bins.ts";
import type { Booster, Target } from "../../math/trees/boosting.ts";
import type { Pulse } from "../../metrics/metric.ts";
import { placing, type Predictor } from "../../metrics/utility/predictors.ts";
import { networkFor, Pass, softmax, startingWeights, type Network } from "./network.ts";

const HIDDEN = 32;
const RATE = 0.005;
const BATCH = 32;
const EPOCHS = 100;
/** Share of the rows that say when to stop, and epochs without gain after which it does. */
const WATCHED = 0.15;
const PATIENCE = 8;
/** Of the squared weights, a row. */
const DECAY = 1e-4;
/** Steps between two pulses: a few milliseconds, up to hundreds of inputs. */
const STEPS_A_PULSE = 20;

/**
 * A small multilayer perceptron: 32 rectified units, Adam (Kingma and Ba 2015), the weights of the least loss on a seventh of the
 * rows that is not learned from. Inputs as the linear model has them. Seeded; plain typed arrays, so it is the same everywhere.
 */
export const smallNetwork: Predictor = { name: "Small network", fit: fitNetwork };

async function fitNetwork(
  features: readonly Feature[],
  target: Target,
  rows: Int32Array,
  rng: Rng,
  pulse: Pulse,
): Promise<Booster> {
  const place = placing(features, rows);
  const design = place(features, rows);
  const network = networkFor(design, HIDDEN, target);
  const scale = scaleOf(target, rows);
  const truth = Float64Array.from(rows, (row) =>
    target.type === "number"
      ? ((target.values[row] as number) - scale.centre) / scale.spread
      : (target.labels[row] as number),
  );
  const weights = await trained(network, design, truth, rng, pulse);
  return {
    predict(given) {
      const own = place(given);
      const pass = new Pass(network, own);
      const scores = Array.from({ length: network.outputs }, () => new Float64Array(own.rows));
      for (let row = 0; row < own.rows; row++) {
        const out = pass.forward(weights, row);
        const said = network.outputs > 1 ? softmax(out) : out;
        said.forEach((score, k) => ((scores[k] as Float64Array)[row] = score));
      }
      if (network.of === "number")
        return scores.map((own) => own.map((x) => scale.centre + scale.spread * x));
      return network.outputs === 1 ? scores.map((own) => own.map(logistic)) : scores;
    },
  };
}

/** What numbers are standardised by. */
function scaleOf(target: Target, rows: Int32Array): { readonly centre: number; readonly spread: number } {
  if (target.type !== "number") return { centre: 0, spread: 1 };
  const values = Float64Array.from(rows, (row) => target.values[row] as number);
  const spread = standardDeviation(values);
  return { centre: mean(values), spread: spread > 0 && Number.isFinite(spread) ? spread : 1 };
}

/** The weights of the epoch with the least loss on the watched rows; without rows to watch those of the last epoch. */
async function trained(
  network: Network,
  design: Design,
  truth: Float64Array,
  rng: Rng,
  pulse: Pulse,
): Promise<Float64Array> {
  const order = rng.fork("watched").permutation(truth.length);
  const aside = Math.floor(WATCHED * truth.length);
  const [watched, learned] = [order.subarray(0, aside), order.slice(aside)];
  const weights = startingWeights(network, rng.fork("weights"));
  const step = adam(weights);
  const gradient = new Float64Array(weights.length);
  const pass = new Pass(network, design);
  const dice = rng.fork("order");
  let steps = 0;
  let best = { loss: Infinity, weights: weights.slice(), epoch: 0 };
  for (let epoch = 0; epoch < EPOCHS && epoch - best.epoch <= PATIENCE; epoch++) {
    const turn = dice.permutation(learned.length);
    for (let from = 0; from < turn.length; from += BATCH) {
      const batch = turn.subarray(from, from + BATCH);
      for (let i = 0; i < weights.length; i++) gradient[i] = DECAY * (weights[i] as number);
      for (const at of batch) {
        const row = learned[at] as number;
        pass.backward(weights, row, truth[row] as number, 1 / batch.length, gradient);
      }
      step(gradient);
      if (++steps % STEPS_A_PULSE === 0) await pulse();
    }
    await pulse();
    const loss = watched.reduce((sum, row) => sum + pass.loss(weights, row, truth[row] as number), 0);
    if (watched.length === 0 || loss < best.loss) best = { loss, weights: weights.slice(), epoch };
  }
  return best.weights;
}

/** Changes `weights` against a gradient, with Adam's usual moments. */
function adam(weights: Float64Array): (gradient: Float64Array) => void {
  const [first, second] = [new Float64Array(weights.length), new Float64Array(weights.length)];
  let steps = 0;
  return (gradient) => {
    steps++;
    const [a, b] = [1 - 0.9 ** steps, 1 - 0.999 ** steps];
    for (let i = 0; i < weights.length; i++) {
      const g = gradient[i] as number;
      const m = 0.9 * (first[i] as number) + 0.1 * g;
      const v = 0.999 * (second[i] as number) + 0.001 * g * g;
      first[i] = m;
      second[i] = v;
      weights[i] = (weights[i] as number) - (RATE * (m / a)) / (Math.sqrt(v / b) + 1e-8);
    }
  };
}
