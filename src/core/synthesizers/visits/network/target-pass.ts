import type { TokenHead } from "../../token-rows/heads.ts";
import type { Targets } from "./targets.ts";
import type { DrawingWeights } from "./visit-weights.ts";

/**
 * One visit's network, target after target: what was drawn is added to what comes behind it, so that every unit is worked
 * out once. Holds room for one visit.
 */
export class TargetPass {
  /** inputs of the target being set; at least as wide as the widest */
  readonly features: Float32Array;
  /** unnormalised probabilities of the head that was asked last */
  readonly weights: Float64Array;
  private readonly own: DrawingWeights;
  private readonly heads: readonly TokenHead[];
  private readonly targets: Targets;
  private readonly headAt: Int32Array;
  private readonly before: Float64Array;
  private readonly inner: Float64Array;
  private readonly outer: Float64Array;
  private readonly base: Float64Array;
  private readonly coefficients: Float64Array;

  constructor(own: DrawingWeights, targets: Targets, heads: readonly TokenHead[]) {
    this.own = own;
    this.heads = heads;
    this.targets = targets;
    this.features = new Float32Array(Math.max(1, ...targets.widths));
    this.weights = new Float64Array(Math.max(1, ...heads.map(({ classes }) => classes)));
    this.before = new Float64Array(own.hidden);
    this.inner = new Float64Array(own.hidden);
    this.outer = new Float64Array(own.hidden);
    this.base = new Float64Array(own.coefficients);
    this.coefficients = new Float64Array(Math.max(1, ...heads.map(({ coefficients }) => coefficients)));
    this.headAt = new Int32Array(heads.length);
    let at = 0;
    heads.forEach(({ coefficients }, k) => {
      this.headAt[k] = at;
      at += coefficients;
    });
  }

  /** Begins a visit whose context is row `i` of what `DrawingWeights.context` gave. */
  begin(context: Float32Array, i: number): void {
    const { hidden, coefficients } = this.own;
    const from = i * (hidden + coefficients);
    for (let u = 0; u < hidden; u++) this.before[u] = context[from + u] as number;
    for (let r = 0; r < coefficients; r++) this.base[r] = context[from + hidden + r] as number;
  }

  /** Works the units of target `t` out; all targets before it are set. */
  reach(t: number): void {
    const { unitsAt, second, secondBias, hidden } = this.own;
    const { before, inner, outer } = this;
    const [from, to] = [unitsAt[t] as number, unitsAt[t + 1] as number];
    for (let u = from; u < to; u++) {
      const value = before[u] as number;
      inner[u] = value > 0 ? value : 0;
      outer[u] = secondBias[u] as number;
    }
    for (let v = 0; v < to; v++) {
      const value = inner[v] as number;
      if (value === 0) continue;
      const row = v * hidden;
      for (let u = from; u < to; u++) outer[u] = (outer[u] as number) + value * (second[row + u] as number);
    }
    for (let u = from; u < to; u++) {
      const value = outer[u] as number;
      outer[u] = (inner[u] as number) + (value > 0 ? value : 0);
    }
  }

  /** Puts the unnormalised probabilities of head `k` into `weights`; returns their sum. Its target must be reached. */
  ask(k: number): number {
    const { unitsAt, out, coefficients: stride } = this.own;
    const head = this.heads[k] as TokenHead;
    const { target } = this.targets.heads[k] as Targets["heads"][number];
    const { coefficients, outer, weights } = this;
    const at = this.headAt[k] as number;
    const count = head.coefficients;
    for (let r = 0; r < count; r++) coefficients[r] = this.base[at + r] as number;
    const units = unitsAt[target + 1] as number;
    for (let u = 0; u < units; u++) {
      const value = outer[u] as number;
      if (value === 0) continue;
      const row = u * stride + at;
      for (let r = 0; r < count; r++)
        coefficients[r] = (coefficients[r] as number) + value * (out[row + r] as number);
    }
    return exponentials(head, coefficients, weights);
  }

  /** Target `t` is what `features` say: adds it to what comes behind. */
  set(t: number): void {
    const { unitsAt, coefficientsAt, targetsAt, first, direct, hidden, coefficients } = this.own;
    const { before, base, features } = this;
    const at = targetsAt[t] as number;
    const width = (targetsAt[t + 1] as number) - at;
    const [unit, coefficient] = [unitsAt[t + 1] as number, coefficientsAt[t + 1] as number];
    for (let k = 0; k < width; k++) {
      const value = features[k] as number;
      if (value === 0) continue;
      const row = (at + k) * hidden;
      for (let u = unit; u < hidden; u++)
        before[u] = (before[u] as number) + value * (first[row + u] as number);
      const other = (at + k) * coefficients;
      for (let r = coefficient; r < coefficients; r++)
        base[r] = (base[r] as number) + value * (direct[other + r] as number);
    }
  }
}

function exponentials(
  { classes, coefficients: count, basis, offset }: TokenHead,
  coefficients: Float64Array,
  weights: Float64Array,
): number {
  for (let k = 0; k < classes; k++) weights[k] = offset[k] as number;
  for (let r = 0; r < count; r++) {
    const value = coefficients[r] as number;
    if (!basis) weights[r] = (weights[r] as number) + value;
    else {
      const at = r * classes;
      for (let k = 0; k < classes; k++)
        weights[k] = (weights[k] as number) + value * (basis[at + k] as number);
    }
  }
  let most = -Infinity;
  for (let k = 0; k < classes; k++) most = Math.max(most, weights[k] as number);
  let total = 0;
  for (let k = 0; k < classes; k++) {
    const weight = Math.exp((weights[k] as number) - most);
    weights[k] = weight;
    total += weight;
  }
  return total;
}
