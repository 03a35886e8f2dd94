import type { Contributions } from "../../../private/rows/sampled-plan.ts";
import { breathe } from "../../../math/breathe.ts";
import { forward, roomFor, softmax } from "./passes.ts";
import type { Layout } from "./layout.ts";

/** Rows between two breaths. */
const AT_ONCE = 200;

/**
 * Gradients of the summed cross-entropy of all columns, of rows one by one, without keeping one of them: a layer's gradient
 * of a row is the product of its input and of the derivative behind it, so that its squared norm is that of the one times
 * that of the other, head by head where they do not all read the same; a sum of cut gradients is the product with the
 * derivatives times each row's scale. `tokens`: rows x places.
 */
export async function gradientsOf(
  layout: Layout,
  weights: Float64Array,
  tokens: Int32Array,
  rows: Int32Array,
): Promise<Contributions> {
  const { counts, logitFrom, units } = layout;
  const breadth = counts.length;
  const width = logitFrom[breadth] as number;
  const behindLogits = new Float64Array(rows.length * width);
  const behindUnits = new Float64Array(rows.length * units);
  const hidden = new Float64Array(rows.length * units);
  const norms = new Float64Array(rows.length);
  const room = roomFor(layout);
  const delta = new Float64Array(units);
  for (let i = 0; i < rows.length; i++) {
    const start = (rows[i] as number) * breadth;
    forward(layout, weights, tokens, start, room);
    differentiate(layout, tokens, start, room.logits);
    backThrough(layout, weights, room.logits, room.hidden, delta);
    norms[i] = Math.sqrt(squaredNorm(layout, tokens, start, room.logits, room.hidden, delta));
    behindLogits.set(room.logits, i * width);
    behindUnits.set(delta, i * units);
    hidden.set(room.hidden, i * units);
    if (i % AT_ONCE === AT_ONCE - 1) await breathe();
  }
  const sum = (scales: Float64Array): Float64Array => {
    const into = new Float64Array(layout.size);
    for (let i = 0; i < rows.length; i++) {
      const scale = scales[i] as number;
      if (scale === 0) continue;
      const start = (rows[i] as number) * breadth;
      const logits = behindLogits.subarray(i * width, (i + 1) * width);
      const own = behindUnits.subarray(i * units, (i + 1) * units);
      addGradient(
        layout,
        tokens,
        start,
        logits,
        hidden.subarray(i * units, (i + 1) * units),
        own,
        scale,
        into,
      );
    }
    return into;
  };
  return { norms, sum };
}

/** Logits made derivatives of the loss by them, in place: shares less the one-hot of the row's token; 0 where it has none. */
function differentiate(
  { counts, logitFrom }: Layout,
  tokens: Int32Array,
  start: number,
  logits: Float64Array,
): void {
  for (let k = 0; k < counts.length; k++) {
    const [from, to] = [logitFrom[k] as number, logitFrom[k + 1] as number];
    const token = tokens[start + k] as number;
    if (token < 0) logits.fill(0, from, to);
    else {
      softmax(logits, from, to);
      logits[from + token] = (logits[from + token] as number) - 1;
    }
  }
}

/** Derivatives by the units before their ReLU. */
function backThrough(
  { units, output, logitFrom, degrees }: Layout,
  weights: Float64Array,
  behind: Float64Array,
  hidden: Float64Array,
  delta: Float64Array,
): void {
  for (let u = 0; u < units; u++) {
    let sum = 0;
    if ((hidden[u] as number) > 0) {
      const from = logitFrom[(degrees[u] as number) + 1] as number;
      const at = (output[u] as number) - from;
      for (let i = from; i < behind.length; i++) sum += (behind[i] as number) * (weights[at + i] as number);
    }
    delta[u] = sum;
  }
}

/** Over all weights: skip, input, output and both biases. */
function squaredNorm(
  { features, counts, logitFrom, unitFrom, units, degrees }: Layout,
  tokens: Int32Array,
  start: number,
  behind: Float64Array,
  hidden: Float64Array,
  delta: Float64Array,
): number {
  let total = 0;
  /** squares of the features of the places before k, and of the units that place k reads */
  let read = 0;
  let unit = 0;
  let through = 0;
  for (let k = 0; k < counts.length; k++) {
    for (; unit < units && (degrees[unit] as number) < k; unit++) through += (hidden[unit] as number) ** 2;
    let own = 0;
    for (let i = logitFrom[k] as number; i < (logitFrom[k + 1] as number); i++)
      own += (behind[i] as number) ** 2;
    total += own * (1 + read + through);
    read += features[k]?.squares[tokens[start + k] as number] ?? 0;
    const next = k + 1 < counts.length ? (unitFrom[k + 1] as number) : units;
    for (let u = unitFrom[k] as number; u < next; u++) total += (delta[u] as number) ** 2 * (1 + read);
  }
  return total;
}

/** into += scale * the row's gradient */
function addGradient(
  layout: Layout,
  tokens: Int32Array,
  start: number,
  behind: Float64Array,
  hidden: Float64Array,
  delta: Float64Array,
  scale: number,
  into: Float64Array,
): void {
  const { features, featureFrom, logitFrom, unitFrom, units, degrees, logitBias, unitBias } = layout;
  addProduct(behind, 0, scale, into, logitBias);
  addProduct(delta, 0, scale, into, unitBias);
  for (let k = 0; k + 1 < features.length; k++) {
    const { starts, indices, values } = features[k] as (typeof features)[number];
    const token = tokens[start + k] as number;
    if (token < 0) continue;
    for (let at = starts[token] as number; at < (starts[token + 1] as number); at++) {
      const feature = (featureFrom[k] as number) + (indices[at] as number);
      const value = scale * (values[at] as number);
      addProduct(behind, logitFrom[k + 1] as number, value, into, layout.skip[feature] as number);
      addProduct(delta, unitFrom[k] as number, value, into, layout.input[feature] as number);
    }
  }
  for (let u = 0; u < units; u++)
    addProduct(
      behind,
      logitFrom[(degrees[u] as number) + 1] as number,
      scale * (hidden[u] as number),
      into,
      layout.output[u] as number,
    );
}

/** into[at ..] += value * from[start ..] */
function addProduct(from: Float64Array, start: number, value: number, into: Float64Array, at: number): void {
  if (value === 0) return;
  const shift = at - start;
  for (let i = start; i < from.length; i++)
    into[shift + i] = (into[shift + i] as number) + value * (from[i] as number);
}
