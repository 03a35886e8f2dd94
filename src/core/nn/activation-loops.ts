/** What rows become at a network's ends: activated spans, their cross-entropy, a discriminator's features. */
import { normalCdf } from "../math/normal.ts";
import { at } from "./loop.ts";
import type { Loop } from "./loop.ts";
import { largestRows, softmaxRows } from "./span-kernels.ts";
import type { Spans } from "./span-kernels.ts";

interface Activation {
  readonly spans: Spans;
  readonly linear: ArrayLike<number>;
  readonly temperature: number;
  readonly limit: number;
}

/** output, noise: the row, and the softmax at the temperature. */
const activate: Loop<Activation> = {
  shapes: ([shape]) => [shape as number[], shape as number[]],
  run: (from, to, [shape], { spans, linear, temperature, limit }) => {
    const [rows, width] = shape as [number, number];
    const [output, noise] = from as [Float32Array, Float32Array];
    const [row, p] = to as [Float32Array, Float32Array];
    const disturbed = new Float32Array(output.length);
    for (let i = 0; i < output.length; i++) disturbed[i] = (output[i] as number) + (noise[i] as number);
    largestRows(disturbed, row, rows, width, spans);
    if (temperature !== 1)
      for (let i = 0; i < disturbed.length; i++) disturbed[i] = (disturbed[i] as number) / temperature;
    softmaxRows(disturbed, p, rows, width, spans);
    for (let j = 0; j < width; j++) {
      if (linear[j] === 0) continue;
      for (let k = j; k < output.length; k += width)
        row[k] = Math.min(limit, Math.max(-limit, output[k] as number));
    }
  },
};

/** dy, output, softmax: the gradient with respect to the output. */
const activateGradient: Loop<Activation> = {
  shapes: ([shape]) => [shape as number[]],
  run: (from, to, [shape], { spans, linear, temperature, limit }) => {
    const [rows, width] = shape as [number, number];
    const [dy, output, p] = from as [Float32Array, Float32Array, Float32Array];
    const dx = at(to, 0);
    dx.fill(0);
    for (let row = 0; row < rows; row++) {
      for (const span of spans) {
        const start = row * width + span.start;
        const end = start + span.width;
        let inner = 0;
        for (let i = start; i < end; i++) inner += (p[i] as number) * (dy[i] as number);
        for (let i = start; i < end; i++)
          dx[i] = ((p[i] as number) * ((dy[i] as number) - inner)) / temperature;
      }
    }
    for (let j = 0; j < width; j++) {
      if (linear[j] === 0) continue;
      for (let k = j; k < dx.length; k += width)
        if (Math.abs(output[k] as number) < limit) dx[k] = dy[k] as number;
    }
  },
};

/** logits, target: the loss of each row, and its gradient. */
const crossEntropy: Loop<{ readonly spans: Spans }> = {
  shapes: ([shape]) => [[shape?.[0] as number], shape as number[]],
  run: (from, to, [shape], { spans }) => {
    const [rows, width] = shape as [number, number];
    const [logits, target] = from as [Float32Array, Float32Array];
    const [loss, delta] = to as [Float32Array, Float32Array];
    softmaxRows(logits, delta, rows, width, spans);
    for (let row = 0; row < rows; row++) {
      let total = 0;
      for (const span of spans) {
        const start = row * width + span.start;
        for (let i = start; i < start + span.width; i++) {
          const wanted = target[i] as number;
          if (wanted === 0) continue;
          total -= wanted * Math.log((delta[i] as number) + 1e-12);
          delta[i] = (delta[i] as number) - wanted;
        }
      }
      loss[row] = total;
    }
  },
};

/** One number per row, a matrix: every row of it times its number. */
const scaleRows: Loop = {
  shapes: ([, shape]) => [shape as number[]],
  run: (from, to, shapes) => {
    const [factors, x] = from as [Float32Array, Float32Array];
    const y = at(to, 0);
    const width = at(shapes, 1)[1] as number;
    for (let row = 0, k = 0; row < factors.length; row++) {
      const factor = factors[row] as number;
      for (let j = 0; j < width; j++, k++) y[k] = factor * (x[k] as number);
    }
  },
};

interface Segments {
  readonly passed: ArrayLike<number>;
  readonly segments: readonly { readonly column: number; readonly from: number; readonly to: number }[];
}

/** x: the features. */
const spreadScores: Loop<Segments> = {
  shapes: ([x], { passed, segments }) => [[x?.[0] as number, passed.length + segments.length]],
  run: (from, to, shapes, { passed, segments }) => {
    const x = at(from, 0);
    const y = at(to, 0);
    const [rows, width] = at(shapes, 0) as [number, number];
    for (let row = 0, o = 0; row < rows; row++) {
      const start = row * width;
      for (let j = 0; j < width; j++) y[o++] = (x[start + j] as number) * (passed[j] as number);
      let column = -1;
      let u = 0;
      for (const segment of segments) {
        if (segment.column !== column) {
          column = segment.column;
          u = normalCdf(x[start + column] as number);
        }
        y[o++] = Math.min(1, Math.max(0, (u - segment.from) / (segment.to - segment.from)));
      }
    }
  },
};

/** dy, x: the gradient of the features with respect to x. */
const spreadScoresGradient: Loop<Segments> = {
  shapes: ([, x]) => [x as number[]],
  run: (from, to, shapes, { passed, segments }) => {
    const [dy, x] = from as [Float32Array, Float32Array];
    const dx = at(to, 0);
    const [rows, width] = at(shapes, 1) as [number, number];
    for (let row = 0, o = 0; row < rows; row++) {
      const start = row * width;
      for (let j = 0; j < width; j++) dx[start + j] = (dy[o++] as number) * (passed[j] as number);
      let column = -1;
      let u = 0;
      let density = 0;
      for (const { column: own, from: low, to: high } of segments) {
        if (own !== column) {
          column = own;
          const score = x[start + column] as number;
          u = normalCdf(score);
          density = Math.exp(-0.5 * score * score) / Math.sqrt(2 * Math.PI);
        }
        const slope = dy[o++] as number;
        if (u > low && u < high)
          dx[start + column] = (dx[start + column] as number) + (slope * density) / (high - low);
      }
    }
  },
};

export const activationLoops = {
  activate,
  activateGradient,
  crossEntropy,
  scaleRows,
  spreadScores,
  spreadScoresGradient,
};
