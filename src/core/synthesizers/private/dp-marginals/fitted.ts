import { breathe } from "../../../math/breathe.ts";
import type { Measured } from "./measured.ts";
import type { Beliefs } from "./tree/beliefs.ts";
import { createInference, DEEPEST } from "./tree/beliefs.ts";
import type { Clique } from "./tree/clique.ts";
import type { JunctionTree } from "./tree/junction-tree.ts";

/** A graphical model: logs of potentials, one table of each clique that was measured. */
export interface Potentials {
  readonly cliques: readonly Clique[];
  readonly logs: readonly Float64Array[];
}

export interface Fitted {
  readonly tree: JunctionTree;
  readonly potentials: Potentials;
  readonly beliefs: Beliefs;
  /** half the squared distance from the noisy counts, in standard deviations */
  readonly loss: number;
  /** the length of the last step: where to go on from */
  readonly step: number;
}

export interface Fitting {
  readonly tree: JunctionTree;
  readonly measured: readonly Measured[];
  /** rows in all */
  readonly total: number;
  /** logs to begin with, one table of each measured clique */
  readonly logs: readonly Float64Array[];
  readonly iterations: number;
  /** length of the first step; found from the measurements where it is left out */
  readonly step?: number;
}

const LEAST_SIGMA = 1e-6;
/** Of the loss; where a step gains less than that, ten times over, the fit ends. */
const STILL = 1e-7;

/**
 * The graphical model over a junction tree whose marginals lie nearest to noisy ones, in squares over their variances:
 * entropic mirror descent over the marginal polytope (McKenna, Sheldon & Miklau 2019, algorithm 1), steps by Armijo's rule
 * that grow again where they succeed.
 */
export async function fittedTo(fitting: Fitting): Promise<Fitted> {
  const { tree, measured, total, iterations } = fitting;
  const cliques = measured.map(({ clique }) => clique);
  const inference = createInference(tree, cliques);
  const room = (): Float64Array[] => measured.map(({ counts }) => new Float64Array(counts.length));
  let logs: Float64Array[] = fitting.logs.map((table) => table.slice());
  let tried = room();
  let [marginals, after] = [room(), room()];
  const gradient = room();
  const read = (into: readonly Float64Array[]): number => {
    into.forEach((table, k) => inference.marginal(k, table));
    return lossOf(measured, into, total);
  };
  inference.beliefs(logs);
  let loss = read(marginals);
  let step = fitting.step ?? firstStep(measured, total);
  let still = 0;
  for (let i = 0; i < iterations && still < 10 && loss > 1e-12; i++) {
    gradients(measured, marginals, total, gradient);
    descend(logs, gradient, step, tried);
    inference.beliefs(tried);
    const next = read(after);
    const promised = 0.5 * total * decrease(gradient, marginals, after);
    if (loss - next >= promised) {
      still = loss - next > STILL * loss ? 0 : still + 1;
      [logs, tried] = [tried, logs];
      [marginals, after] = [after, marginals];
      loss = next;
      step *= 1.3;
    } else step *= 0.5;
    await breathe();
  }
  return { tree, potentials: { cliques, logs }, beliefs: inference.beliefs(logs), loss, step };
}

/** 2 over the greatest curvature of the loss and the total. */
function firstStep(measured: readonly Measured[], total: number): number {
  const precision = measured.reduce(
    (most, { sigma }) => Math.max(most, 1 / Math.max(sigma, LEAST_SIGMA) ** 2),
    0,
  );
  return 1 / (precision * total);
}

function lossOf(measured: readonly Measured[], marginals: readonly Float64Array[], total: number): number {
  let loss = 0;
  measured.forEach(({ counts, sigma }, k) => {
    const table = marginals[k] as Float64Array;
    let squares = 0;
    for (let i = 0; i < table.length; i++)
      squares += (total * (table[i] as number) - (counts[i] as number)) ** 2;
    loss += (0.5 * squares) / Math.max(sigma, LEAST_SIGMA) ** 2;
  });
  return loss;
}

function gradients(
  measured: readonly Measured[],
  marginals: readonly Float64Array[],
  total: number,
  into: readonly Float64Array[],
): void {
  measured.forEach(({ counts, sigma }, k) => {
    const table = marginals[k] as Float64Array;
    const own = into[k] as Float64Array;
    const weight = 1 / Math.max(sigma, LEAST_SIGMA) ** 2;
    for (let i = 0; i < own.length; i++)
      own[i] = weight * (total * (table[i] as number) - (counts[i] as number));
  });
}

function descend(
  logs: readonly Float64Array[],
  gradient: readonly Float64Array[],
  step: number,
  into: readonly Float64Array[],
): void {
  logs.forEach((table, k) => {
    const slope = gradient[k] as Float64Array;
    const next = into[k] as Float64Array;
    let most = -Infinity;
    for (let i = 0; i < table.length; i++) {
      next[i] = (table[i] as number) - step * (slope[i] as number);
      most = Math.max(most, next[i] as number);
    }
    for (let i = 0; i < next.length; i++) next[i] = Math.max(-DEEPEST, (next[i] as number) - most);
  });
}

/** Inner product of the gradient with the change of the marginals. */
function decrease(
  gradient: readonly Float64Array[],
  before: readonly Float64Array[],
  after: readonly Float64Array[],
): number {
  let sum = 0;
  gradient.forEach((slope, k) => {
    const [from, to] = [before[k] as Float64Array, after[k] as Float64Array];
    for (let i = 0; i < slope.length; i++)
      sum += (slope[i] as number) * ((from[i] as number) - (to[i] as number));
  });
  return sum;
}
