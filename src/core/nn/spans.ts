/**
 * Softmax spans: slices of a row that each hold one choice. All spans are treated at once, each with its own maximum
 * (one maximum for the whole row underflows at low temperature).
 */
import * as tf from "@tensorflow/tfjs-core";
import { hasKernels, runKernel, runOne } from "./kernels/run-kernel.ts";
import type { Pass } from "./pass.ts";
import type { Constant, Tensor } from "./tensor.ts";

/** Where the spans of a row of `width` numbers lie, prepared once. */
export interface SpanLayout {
  readonly width: number;
  readonly spans: readonly { readonly start: number; readonly width: number }[];
  /** [width, spans]: 1 where the column belongs to the span */
  readonly membership: Constant;
  /** its transpose */
  readonly spread: Constant;
  /** [1, width]: 1 in span columns, 0 in linear ones */
  readonly covered: Constant;
  /** [1, width]: 1 in linear columns */
  readonly linear: Constant;
  /** flattened [spans, widest]: the column at each place, or 0 */
  readonly places: Constant;
  /** [1, spans, widest]: 0 where the place is filled, -1e30 where it is padding */
  readonly padding: Constant;
  /** [width]: the place of each column; linear columns point behind the last place */
  readonly columns: Constant;
  readonly widest: number;
  /** [spans, 2]: first column and width of each, for the kernels */
  readonly table: Constant;
}

/** The layout of those `spans` that are softmax; every other column counts as linear. */
export function spanLayout(
  spans: readonly { start: number; width: number; activation: string }[],
  width: number,
): SpanLayout {
  const soft = spans.filter((span) => span.activation === "softmax");
  const count = soft.length;
  const widest = soft.reduce((most, span) => Math.max(most, span.width), 1);
  const membership = new Float32Array(width * count);
  const spread = new Float32Array(width * count);
  const covered = new Float32Array(width);
  const places = new Int32Array(count * widest);
  const padding = new Float32Array(count * widest).fill(-1e30);
  const columns = new Int32Array(width).fill(count * widest);
  soft.forEach((span, s) => {
    for (let k = 0; k < span.width; k++) {
      const column = span.start + k;
      membership[column * count + s] = 1;
      spread[s * width + column] = 1;
      covered[column] = 1;
      places[s * widest + k] = column;
      padding[s * widest + k] = 0;
      columns[column] = s * widest + k;
    }
  });
  return {
    width,
    spans: soft.map(({ start, width: span }) => ({ start, width: span })),
    membership: { shape: [width, count], data: membership },
    spread: { shape: [count, width], data: spread },
    covered: { shape: [1, width], data: covered },
    linear: { shape: [1, width], data: covered.map((c) => 1 - c) },
    places: { shape: [count * widest], data: places },
    padding: { shape: [1, count, widest], data: padding },
    columns: { shape: [width], data: columns },
    widest,
    table: {
      shape: [count, 2],
      data: Int32Array.from(soft.flatMap(({ start, width: span }) => [start, span])),
    },
  };
}

/** Softmax within each span: [rows, width], linear columns 0. No gradient of its own; see the functions below. */
function softmaxValue(pass: Pass, x: Tensor, layout: SpanLayout): Tensor {
  if (hasKernels()) return runOne("spanSoftmax", [x, pass.constant(layout.table)]);
  const padded = tf.add(gatherPlaces(pass, x, layout), pass.constant(layout.padding));
  return fromPlaces(pass, tf.softmax(padded), x.shape[0] as number, layout);
}

function gatherPlaces(pass: Pass, x: Tensor, layout: SpanLayout): Tensor {
  const places = pass.constant(layout.places) as tf.Tensor1D;
  return tf.reshape(tf.gather(x, places, 1), [x.shape[0] as number, layout.spans.length, layout.widest]);
}

function fromPlaces(pass: Pass, x: Tensor, rows: number, layout: SpanLayout): Tensor {
  const flat = tf.reshape(x, [rows, layout.spans.length * layout.widest]);
  const withZero = tf.concat([flat, tf.zeros([rows, 1])], 1);
  return tf.gather(withZero, pass.constant(layout.columns) as tf.Tensor1D, 1);
}

/** Each span's sum, written to all its columns. */
function sumWithin(pass: Pass, x: Tensor, layout: SpanLayout): Tensor {
  return tf.matMul(tf.matMul(x, pass.constant(layout.membership)), pass.constant(layout.spread));
}

const withGradient = (
  x: Tensor,
  f: (x: Tensor) => { value: Tensor; saved: Tensor; gradient: (dy: Tensor, saved: Tensor) => Tensor },
): Tensor =>
  tf.customGrad((given, save) => {
    const { value, gradient, saved } = f(given as Tensor);
    (save as (tensors: Tensor[]) => void)([saved]);
    return { value, gradFunc: (dy: Tensor, kept: Tensor[]) => gradient(dy, kept[0] as Tensor) };
  })(x);

/** Softmax within each span: [rows, width]; linear columns are 0. */
export function softmaxSpans(pass: Pass, logits: Tensor, layout: SpanLayout): Tensor {
  if (layout.spans.length === 0) return tf.zeros(logits.shape);
  return withGradient(logits, (x) => {
    const p = softmaxValue(pass, x, layout);
    return { value: p, saved: p, gradient: (dy, saved) => softmaxGradient(pass, saved, dy, layout) };
  });
}

function softmaxGradient(pass: Pass, p: Tensor, dy: Tensor, layout: SpanLayout): Tensor {
  const weighted = tf.mul(p, dy);
  return tf.sub(weighted, tf.mul(p, sumWithin(pass, weighted, layout)));
}

/**
 * Cross-entropy of one-hot (or soft) `target` against `logits`, summed over the spans: [rows], in nats. Columns of
 * linear spans do not count. Target rows must sum to 1 within each span.
 */
export function crossEntropySpans(pass: Pass, logits: Tensor, target: Tensor, layout: SpanLayout): Tensor {
  const rows = logits.shape[0] as number;
  if (layout.spans.length === 0) return tf.zeros([rows]);
  if (hasKernels()) return crossEntropyByKernel(pass, logits, target, layout);
  return withGradient(logits, (x) => {
    const p = softmaxValue(pass, x, layout);
    const wanted = tf.mul(target, pass.constant(layout.covered));
    const value = tf.neg(tf.sum(tf.mul(wanted, tf.log(tf.add(p, 1e-12))), 1));
    return {
      value,
      saved: tf.sub(p, wanted),
      gradient: (dy, delta) => tf.mul(tf.expandDims(dy, 1), delta),
    };
  });
}

const crossEntropyByKernel = (pass: Pass, logits: Tensor, target: Tensor, { table }: SpanLayout): Tensor =>
  withGradient(logits, (x) => {
    const [value, saved] = runKernel("crossEntropy", [x, target, pass.constant(table)]) as [Tensor, Tensor];
    return { value, saved, gradient: (dy, delta) => runOne("scaleRows", [dy, delta]) };
  });

/**
 * Straight-through Gumbel-softmax (Jang et al. 2017) over every span: forward the one-hot of the largest
 * logit + noise, backward the softmax at `temperature`. Linear columns are 0. `noise` is standard Gumbel, [rows, width].
 */
export function gumbelSpans(
  pass: Pass,
  logits: Tensor,
  noise: Tensor,
  layout: SpanLayout,
  temperature: number,
): Tensor {
  if (layout.spans.length === 0) return tf.zeros(logits.shape);
  return withGradient(logits, (x) => {
    const disturbed = tf.add(x, noise);
    const p = softmaxValue(pass, tf.div(disturbed, temperature), layout);
    const value = largestOfSpans(pass, disturbed, layout);
    return {
      value,
      saved: p,
      gradient: (dy, saved) => tf.div(softmaxGradient(pass, saved, dy, layout), temperature),
    };
  });
}

/** One-hot of each span's largest number; linear columns 0. No gradient. */
function largestOfSpans(pass: Pass, x: Tensor, layout: SpanLayout): Tensor {
  const padded = tf.add(gatherPlaces(pass, x, layout), pass.constant(layout.padding));
  const hot = tf.oneHot(tf.argMax(padded, 2) as tf.Tensor1D, layout.widest);
  return fromPlaces(pass, tf.cast(hot, "float32"), x.shape[0] as number, layout);
}

/** A generator's output made into a row of the codec: linear columns held inside +-limit, spans by `gumbelSpans`. */
export function activateSpans(
  pass: Pass,
  output: Tensor,
  noise: Tensor,
  layout: SpanLayout,
  settings: { temperature: number; limit: number },
): Tensor {
  if (hasKernels()) return activateByKernel(pass, output, noise, layout, settings);
  const linear = tf.mul(
    tf.clipByValue(output, -settings.limit, settings.limit),
    pass.constant(layout.linear),
  );
  return tf.add(linear, gumbelSpans(pass, output, noise, layout, settings.temperature));
}

function activateByKernel(
  pass: Pass,
  output: Tensor,
  noise: Tensor,
  layout: SpanLayout,
  settings: { temperature: number; limit: number },
): Tensor {
  const table = pass.constant(layout.table);
  const linear = pass.constant(layout.linear);
  return tf.customGrad((given, save) => {
    const own = given as Tensor;
    const [value, p] = runKernel("activate", [own, noise, table, linear], settings) as [Tensor, Tensor];
    (save as (tensors: Tensor[]) => void)([own, p]);
    return {
      value,
      gradFunc: (dy: Tensor, kept: Tensor[]) =>
        runOne("activateGradient", [dy, ...kept, table, linear], settings),
    };
  })(output);
}
