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
  /** Units of the first layer that are not 0, so far: where their rows begin, and what they are. */
  private readonly rows: Int32Array;
  private readonly factors: Float64Array;
  private listed = 0;
  private readonly outRows: Int32Array;
  private readonly outFactors: Float64Array;
  private readonly before: Float64Array;
  private readonly inner: Float64Array;
  private readonly outer: Float64Array;
  private readonly base: Float64Array;
  private readonly coefficients: Float64Array;
  /** Inputs of the targets set so far that are not 0: where their rows begin among the direct weights, and what they are. */
  private readonly setRows: Int32Array;
  private readonly setFactors: Float64Array;
  private isSet = 0;

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
    this.rows = new Int32Array(own.hidden);
    this.factors = new Float64Array(own.hidden);
    const most = Math.max(own.hidden, this.features.length);
    this.outRows = new Int32Array(most);
    this.outFactors = new Float64Array(most);
    const inputs = targets.widths.reduce((sum, width) => sum + width, 0);
    this.setRows = new Int32Array(inputs);
    this.setFactors = new Float64Array(inputs);
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
    this.listed = 0;
    this.isSet = 0;
    for (let u = 0; u < hidden; u++) this.before[u] = context[from + u] as number;
    for (let r = 0; r < coefficients; r++) this.base[r] = context[from + hidden + r] as number;
  }

  /** Works the units of target `t` out; all targets before it are set. */
  reach(t: number): void {
    const { unitsAt, second, secondBias, hidden } = this.own;
    const { before, inner, outer } = this;
    const from = unitsAt[t] as number;
    const to = unitsAt[t + 1] as number;
    for (let u = from; u < to; u++) {
      const value = before[u] as number;
      inner[u] = value > 0 ? value : 0;
      outer[u] = secondBias[u] as number;
    }
    let count = this.listed;
    for (let v = from; v < to; v++) count = this.list(count, v * hidden, inner[v] as number);
    this.listed = count;
    addProducts(outer, from, to - from, second, this.rows, this.factors, count, from);
    for (let u = from; u < to; u++) {
      const value = outer[u] as number;
      outer[u] = (inner[u] as number) + (value > 0 ? value : 0);
    }
  }

  /** Puts the unnormalised probabilities of head `k` into `weights`; returns their sum. Its target must be reached. */
  ask(k: number): number {
    const { unitsAt, out, direct, coefficients: stride } = this.own;
    const head = this.heads[k] as TokenHead;
    const { target } = this.targets.heads[k] as Targets["heads"][number];
    const { coefficients, outer, weights } = this;
    const at = this.headAt[k] as number;
    const count = head.coefficients;
    for (let r = 0; r < count; r++) coefficients[r] = this.base[at + r] as number;
    const units = unitsAt[target + 1] as number;
    let listed = 0;
    for (let u = 0; u < units; u++) {
      const value = outer[u] as number;
      if (value === 0) continue;
      this.outRows[listed] = u * stride + at;
      this.outFactors[listed++] = value;
    }
    addProducts(coefficients, 0, count, out, this.outRows, this.outFactors, listed, 0);
    addProducts(coefficients, 0, count, direct, this.setRows, this.setFactors, this.isSet, at);
    return exponentials(head, coefficients, weights);
  }

  /** Target `t` is what `features` say: adds it to the units behind it; heads add it when they are asked. */
  set(t: number): void {
    const { unitsAt, targetsAt, first, hidden, coefficients } = this.own;
    const { before, features } = this;
    const at = targetsAt[t] as number;
    const width = (targetsAt[t + 1] as number) - at;
    const unit = unitsAt[t + 1] as number;
    let listed = 0;
    for (let k = 0; k < width; k++) {
      const value = features[k] as number;
      if (value === 0) continue;
      this.outRows[listed] = (at + k) * hidden;
      this.outFactors[listed++] = value;
      this.setRows[this.isSet] = (at + k) * coefficients;
      this.setFactors[this.isSet++] = value;
    }
    addProducts(before, unit, hidden - unit, first, this.outRows, this.outFactors, listed, unit);
  }

  private list(count: number, row: number, factor: number): number {
    if (factor === 0) return count;
    this.rows[count] = row;
    this.factors[count] = factor;
    return count + 1;
  }
}

/** into[at ..] += the rows of `matrix` that begin at `rows` + `shift`, each times its factor; eight at a time. */
function addProducts(
  into: Float64Array,
  at: number,
  width: number,
  matrix: Float64Array,
  rows: Int32Array,
  factors: Float64Array,
  count: number,
  shift: number,
): void {
  let i = 0;
  for (; i + 7 < count; i += 8) {
    const a = (rows[i] as number) + shift;
    const b = (rows[i + 1] as number) + shift;
    const c = (rows[i + 2] as number) + shift;
    const d = (rows[i + 3] as number) + shift;
    const e = (rows[i + 4] as number) + shift;
    const f = (rows[i + 5] as number) + shift;
    const g = (rows[i + 6] as number) + shift;
    const h = (rows[i + 7] as number) + shift;
    const ka = factors[i] as number;
    const kb = factors[i + 1] as number;
    const kc = factors[i + 2] as number;
    const kd = factors[i + 3] as number;
    const ke = factors[i + 4] as number;
    const kf = factors[i + 5] as number;
    const kg = factors[i + 6] as number;
    const kh = factors[i + 7] as number;
    for (let k = 0; k < width; k++)
      into[at + k] =
        (into[at + k] as number) +
        (ka * (matrix[a + k] as number) +
          kb * (matrix[b + k] as number) +
          kc * (matrix[c + k] as number) +
          kd * (matrix[d + k] as number)) +
        (ke * (matrix[e + k] as number) +
          kf * (matrix[f + k] as number) +
          kg * (matrix[g + k] as number) +
          kh * (matrix[h + k] as number));
  }
  for (; i < count; i++) {
    const a = (rows[i] as number) + shift;
    const e = factors[i] as number;
    for (let k = 0; k < width; k++) into[at + k] = (into[at + k] as number) + e * (matrix[a + k] as number);
  }
}

function exponentials(
  { classes, coefficients: count, basis, offset }: TokenHead,
  coefficients: Float64Array,
  weights: Float64Array,
): number {
  for (let k = 0; k < classes; k++) weights[k] = offset[k] as number;
  if (basis) {
    let r = 0;
    for (; r + 1 < count; r += 2) {
      const one = coefficients[r] as number;
      const other = coefficients[r + 1] as number;
      const at = r * classes;
      for (let k = 0; k < classes; k++)
        weights[k] =
          (weights[k] as number) +
          one * (basis[at + k] as number) +
          other * (basis[at + classes + k] as number);
    }
    if (r < count) {
      const one = coefficients[r] as number;
      for (let k = 0; k < classes; k++)
        weights[k] = (weights[k] as number) + one * (basis[r * classes + k] as number);
    }
  } else for (let r = 0; r < count; r++) weights[r] = (weights[r] as number) + (coefficients[r] as number);
  let most = -Infinity;
  for (let k = 0; k < classes; k++) if ((weights[k] as number) > most) most = weights[k] as number;
  let total = 0;
  for (let k = 0; k < classes; k++) {
    const weight = Math.exp((weights[k] as number) - most);
    weights[k] = weight;
    total += weight;
  }
  return total;
}
