import { blockDense, network } from "../../../nn/block.ts";
import type { Layer, Network } from "../../../nn/block.ts";
import { predict } from "../../../nn/predict.ts";
import type { NamedArray, Weights } from "../../../nn/tensor.ts";
import type { VisitNetworks, VisitShape } from "./network.ts";

/** The weights of a visit's networks, laid out for drawing target after target; as doubles, which the CPU adds as they are. */
export interface DrawingWeights {
  /** units and coefficients in all */
  readonly hidden: number;
  readonly coefficients: number;
  /** where each target's units, coefficients and inputs start, and behind the last their number */
  readonly unitsAt: Int32Array;
  readonly coefficientsAt: Int32Array;
  readonly targetsAt: Int32Array;
  /** targets' inputs x hidden, and x coefficients */
  readonly first: Float64Array;
  readonly direct: Float64Array;
  /** hidden x hidden, with its bias; hidden x coefficients */
  readonly second: Float64Array;
  readonly secondBias: Float32Array;
  readonly out: Float64Array;
  /** What the context adds to the units and the coefficients: [visits, hidden + coefficients], on the steady device. */
  readonly context: (x: Float32Array, visits: number) => Float32Array;
}

type Blocks = Extract<Layer, { type: "blocks" }>;

const blocksIn = (layers: readonly Layer[]): Blocks[] =>
  layers.flatMap((layer) =>
    layer.type === "blocks" ? [layer] : layer.type === "residual" ? blocksIn(layer.layers) : [],
  );

export function drawingWeights(shape: VisitShape, nets: VisitNetworks, weights: Weights): DrawingWeights {
  const byName = new Map(weights.map(({ name, data }) => [name, data]));
  const arrayOf = ({ name }: { name: string }): Float32Array => byName.get(name) as Float32Array;
  const [one, two, three] = blocksIn(nets.deep.layers) as [Blocks, Blocks, Blocks];
  const [straight] = blocksIn(nets.direct.layers) as [Blocks];
  const [first, second, out, direct] = [one, two, three, straight].map((layer) =>
    dense(layer, arrayOf(layer.weight)),
  ) as [Float32Array, Float32Array, Float32Array, Float32Array];
  const [firstBias, secondBias, outBias] = [one, two, three].map(({ biasTerm }) =>
    biasTerm ? arrayOf(biasTerm) : new Float32Array(0),
  ) as [Float32Array, Float32Array, Float32Array];
  const contextWidth = shape.context.reduce((sum, width) => sum + width, 0);
  const [hidden, coefficients] = [second.length / Math.max(1, secondBias.length), outBias.length];
  return {
    hidden,
    coefficients,
    unitsAt: startsOf(shape.units),
    coefficientsAt: startsOf(shape.coefficients),
    targetsAt: startsOf(shape.targets),
    first: Float64Array.from(first.subarray(contextWidth * hidden)),
    direct: Float64Array.from(direct.subarray(contextWidth * coefficients)),
    second: Float64Array.from(second),
    secondBias,
    out: Float64Array.from(out),
    context: contextBy(shape, { first, firstBias, direct, outBias }),
  };
}

/** inputs x units, row-major, 0 where nothing is connected */
function dense({ plan }: Blocks, weight: Float32Array): Float32Array {
  const all = new Float32Array(plan.inputs * plan.units);
  for (const group of plan.groups) {
    let from = group.weight;
    for (const { start, width } of group.runs)
      for (let column = start; column < start + width; column++) {
        all.set(weight.subarray(from, from + group.units), column * plan.units + group.unit);
        from += group.units;
      }
  }
  return all;
}

interface ContextArrays {
  readonly first: Float32Array;
  readonly firstBias: Float32Array;
  readonly direct: Float32Array;
  readonly outBias: Float32Array;
}

function contextBy(
  { context, coefficients, direct: reads }: VisitShape,
  { first, firstBias, direct, outBias }: ContextArrays,
): DrawingWeights["context"] {
  const hidden = firstBias.length;
  const width = context.reduce((sum, own) => sum + own, 0);
  const count = coefficients.length;
  const allowed = new Uint8Array(context.length * (1 + count));
  for (let s = 0; s < context.length; s++) {
    allowed[s * (1 + count)] = 1;
    allowed.set(reads.subarray(s * count, (s + 1) * count), s * (1 + count) + 1);
  }
  const net = network("context", width, [
    blockDense({ inputs: context, units: [hidden, ...coefficients], allowed }),
  ]);
  const [layer] = blocksIn(net.layers) as [Blocks];
  const packed = new Float32Array(layer.plan.connections);
  for (const group of layer.plan.groups) {
    const [from, stride, at] =
      group.unit < hidden ? [first, hidden, group.unit] : [direct, outBias.length, group.unit - hidden];
    let to = group.weight;
    for (const { start, width: columns } of group.runs)
      for (let column = start; column < start + columns; column++) {
        packed.set(from.subarray(column * stride + at, column * stride + at + group.units), to);
        to += group.units;
      }
  }
  const bias = new Float32Array(hidden + outBias.length);
  bias.set(firstBias);
  bias.set(outBias, hidden);
  const arrays = namedAs(net, [packed, bias]);
  return (x, visits) =>
    predict(arrays, { x: { rows: visits, width, data: x } }, ({ x: given }, pass) =>
      pass.run(net, given as NonNullable<typeof given>),
    );
}

const namedAs = ({ parameters }: Network, data: readonly Float32Array[]): NamedArray[] =>
  parameters.map(({ name, shape }, i) => ({ name, shape, data: data[i] as Float32Array }));

function startsOf(widths: readonly number[]): Int32Array {
  const starts = new Int32Array(widths.length + 1);
  widths.forEach((width, i) => (starts[i + 1] = (starts[i] as number) + width));
  return starts;
}
