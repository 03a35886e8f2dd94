import type { Layout } from "./layout.ts";

/** Numbers of one row on its way through the network. */
export interface Pass {
  readonly logits: Float64Array;
  /** units after their ReLU */
  readonly hidden: Float64Array;
}

export const roomFor = ({ logitFrom, counts, units }: Layout): Pass => ({
  logits: new Float64Array(logitFrom[counts.length] as number),
  hidden: new Float64Array(units),
});

/** into[from .. to) += value * row[at ..] */
function addRow(
  into: Float64Array,
  from: number,
  to: number,
  row: Float64Array,
  at: number,
  value: number,
): void {
  const shift = at - from;
  for (let i = from; i < to; i++) into[i] = (into[i] as number) + value * (row[shift + i] as number);
}

/** Logits and units of the row whose tokens are `tokens`[start ..]; a cell without a token (-1) has no features. */
export function forward(
  layout: Layout,
  weights: Float64Array,
  tokens: Int32Array,
  start: number,
  pass: Pass,
): void {
  const logits = layout.logitFrom[layout.counts.length] as number;
  forwardPart(layout, weights, tokens, start, pass, { places: layout.counts.length, from: 0, to: logits });
}

/** The logits of one place alone, from the tokens before it. */
export function forwardTo(
  layout: Layout,
  weights: Float64Array,
  tokens: Int32Array,
  start: number,
  place: number,
  pass: Pass,
): void {
  const [from, to] = [layout.logitFrom[place] as number, layout.logitFrom[place + 1] as number];
  forwardPart(layout, weights, tokens, start, pass, { places: place, from, to });
}

/** `part`: the places that are read, and the logits that are asked for. */
function forwardPart(
  layout: Layout,
  weights: Float64Array,
  tokens: Int32Array,
  start: number,
  { logits, hidden }: Pass,
  { places, from, to }: { readonly places: number; readonly from: number; readonly to: number },
): void {
  const { features, counts, featureFrom, logitFrom, unitFrom, degrees, logitBias, unitBias } = layout;
  const units = places < counts.length ? (unitFrom[places] as number) : layout.units;
  for (let i = from; i < to; i++) logits[i] = weights[logitBias + i] as number;
  for (let u = 0; u < units; u++) hidden[u] = weights[unitBias + u] as number;
  for (let k = 0; k < places; k++) {
    const { starts, indices, values } = features[k] as (typeof features)[number];
    const token = tokens[start + k] as number;
    if (token < 0) continue;
    const first = logitFrom[k + 1] as number;
    const begin = Math.max(from, first);
    for (let at = starts[token] as number; at < (starts[token + 1] as number); at++) {
      const feature = (featureFrom[k] as number) + (indices[at] as number);
      const value = values[at] as number;
      addRow(logits, begin, to, weights, (layout.skip[feature] as number) + begin - first, value);
      addRow(hidden, unitFrom[k] as number, units, weights, layout.input[feature] as number, value);
    }
  }
  for (let u = 0; u < units; u++) {
    const value = Math.max(0, hidden[u] as number);
    hidden[u] = value;
    if (value === 0) continue;
    const first = logitFrom[(degrees[u] as number) + 1] as number;
    const begin = Math.max(from, first);
    addRow(logits, begin, to, weights, (layout.output[u] as number) + begin - first, value);
  }
}

/** Logits from..to made shares that sum to 1, in place. */
export function softmax(logits: Float64Array, from: number, to: number): void {
  let most = -Infinity;
  for (let i = from; i < to; i++) most = Math.max(most, logits[i] as number);
  let total = 0;
  for (let i = from; i < to; i++) {
    const weight = Math.exp((logits[i] as number) - most);
    logits[i] = weight;
    total += weight;
  }
  for (let i = from; i < to; i++) logits[i] = (logits[i] as number) / total;
}
