/** Calls of the kernels of a network's ends: activated spans, cross-entropies, heads, a discriminator's features. */
import { normalCdf } from "../../math/normal.ts";
import type { Kernel } from "./kernel.ts";

type Shape = readonly number[];
type Numbers = [number, number, number, number, number, number];

const sameAs =
  (...inputs: number[]) =>
  (shapes: readonly Shape[]): Shape[] =>
    inputs.map((i) => shapes[i] as Shape);

/** x, the spans' table: the softmax of x within each span. */
const spanSoftmax: Kernel = {
  shapes: sameAs(0),
  run: (machine, { from, to, shapes }) => {
    const [rows, width] = shapes[0] as [number, number];
    const [x, table] = from as Numbers;
    machine.spanSoftmax(rows, width, shapes[1]?.[0] as number, table, x, (to as Numbers)[0], 1);
  },
};

interface Activation {
  readonly temperature: number;
  readonly limit: number;
}

/** output, noise, table, linear: the row, and the softmax at the temperature. */
const activate: Kernel<Activation> = {
  shapes: sameAs(0, 0),
  run: (machine, { from, to, shapes, facts: { temperature, limit }, space }) => {
    const [rows, width] = shapes[0] as [number, number];
    const spans = shapes[2]?.[0] as number;
    const [output, noise, table, linear] = from as Numbers;
    const [row, p] = to as Numbers;
    const disturbed = space(4 * rows * width);
    machine.sum(rows * width, output, noise, disturbed);
    machine.spanLargest(rows, width, spans, table, disturbed, row);
    machine.spanSoftmax(rows, width, spans, table, disturbed, p, temperature);
    machine.addLinear(rows, width, linear, output, row, limit);
  },
};

/** dy, output, softmax, table, linear: the gradient with respect to the output. */
const activateGradient: Kernel<Activation> = {
  shapes: sameAs(0),
  run: (machine, { from, to, shapes, facts: { temperature, limit } }) => {
    const [rows, width] = shapes[0] as [number, number];
    const [dy, output, p, table, linear] = from as Numbers;
    const [dx] = to as Numbers;
    machine.spanSoftmaxGradient(rows, width, shapes[3]?.[0] as number, table, dy, p, dx, temperature);
    machine.addLinearGradient(rows, width, linear, dy, output, dx, limit);
  },
};

/** logits, target, table: the loss of each row, and its gradient. */
const crossEntropy: Kernel = {
  shapes: ([logits]) => [[logits?.[0] as number], logits as Shape],
  run: (machine, { from, to, shapes }) => {
    const [rows, width] = shapes[0] as [number, number];
    const [logits, target, table] = from as Numbers;
    const [loss, delta] = to as Numbers;
    const spans = shapes[2]?.[0] as number;
    machine.spanCrossEntropy(rows, width, spans, table, logits, target, loss, delta);
  },
};

/** One number per row, a matrix: every row of it times its number. */
const scaleRows: Kernel = {
  shapes: sameAs(1),
  run: (machine, { from, to, shapes }) => {
    const [rows, width] = shapes[1] as [number, number];
    const [factors, x] = from as Numbers;
    machine.scaleRows(rows, width, factors, x, (to as Numbers)[0]);
  },
};

/** Most classes and most coefficients of a head. */
interface Widest {
  readonly classes: number;
  readonly coefficients: number;
}

const headBytes = ({ classes, coefficients }: Widest): number => 160 + 32 * Math.max(classes, coefficients);

/** coefficients, tokens, weights, the heads' table, their bases and offsets: the loss, its gradient. */
const headLosses: Kernel<Widest> = {
  shapes: ([coefficients]) => [[], coefficients as Shape],
  run: (machine, { from, to, shapes, facts, space, numbers }) => {
    const [rows, width] = shapes[0] as [number, number];
    const columns = shapes[1]?.[1] as number;
    const heads = shapes[3]?.[0] as number;
    const [coefficients, tokens, weights, table, fixed] = from as Numbers;
    const [loss, gradient] = to as Numbers;
    const held = space(4 * rows * facts.classes + headBytes(facts));
    const total = machine.headLosses(
      rows,
      columns,
      heads,
      width,
      table,
      fixed,
      coefficients,
      tokens,
      weights,
      gradient,
      held,
      held + 4 * rows * facts.classes,
    );
    numbers(loss, 1)[0] = total;
  },
};

/** coefficients, tokens, the heads' table, their bases and offsets: [rows, heads]. */
const headLogLikelihoods: Kernel<Widest> = {
  shapes: ([coefficients, , table]) => [[coefficients?.[0] as number, table?.[0] as number]],
  run: (machine, { from, to, shapes, facts, space }) => {
    const [rows, width] = shapes[0] as [number, number];
    const columns = shapes[1]?.[1] as number;
    const heads = shapes[2]?.[0] as number;
    const [coefficients, tokens, table, fixed] = from as Numbers;
    const [likelihoods] = to as Numbers;
    const held = space(4 * rows * facts.classes + headBytes(facts));
    machine.headLogLikelihoods(
      rows,
      columns,
      heads,
      width,
      table,
      fixed,
      coefficients,
      tokens,
      likelihoods,
      held,
      held + 4 * rows * facts.classes,
    );
  },
};

interface Segments {
  readonly passed: ArrayLike<number>;
  readonly segments: readonly { readonly column: number; readonly from: number; readonly to: number }[];
}

/** x: the features. */
const spreadScores: Kernel<Segments> = {
  shapes: ([x], { passed, segments }) => [[x?.[0] as number, passed.length + segments.length]],
  run: (_, { from, to, shapes, facts: { passed, segments }, numbers }) => {
    const [rows, width] = shapes[0] as [number, number];
    const x = numbers((from as Numbers)[0], rows * width);
    const y = numbers((to as Numbers)[0], rows * (width + segments.length));
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
const spreadScoresGradient: Kernel<Segments> = {
  shapes: sameAs(1),
  run: (_, { from, to, shapes, facts: { passed, segments }, numbers }) => {
    const [rows, width] = shapes[1] as [number, number];
    const dy = numbers((from as Numbers)[0], rows * (width + segments.length));
    const x = numbers((from as Numbers)[1], rows * width);
    const dx = numbers((to as Numbers)[0], rows * width);
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

export const spanKernels = {
  spanSoftmax,
  activate,
  activateGradient,
  crossEntropy,
  scaleRows,
  headLosses,
  headLogLikelihoods,
  spreadScores,
  spreadScoresGradient,
};
