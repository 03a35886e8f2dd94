/**
 * Small losses that together use every block and function of nn, and their agreement between two devices. Tests check
 * the same losses against finite differences, so that a device that agrees with `cpu` has right gradients too.
 */
import { createRng } from "../../math/rng.ts";
import { reorderRows, takeRows } from "../attention.ts";
import {
  batchNorm,
  blockDense,
  causalAttention,
  concatInput,
  dense,
  freeParameter,
  gelu,
  groupedDense,
  layerNorm,
  leakyRelu,
  maskedDense,
  network,
  relu,
  residual,
} from "../block.ts";
import type { Network, Parameter, State } from "../block.ts";
import { headLayout, headLosses } from "../column-heads.ts";
import { openDevice } from "../device.ts";
import type { DeviceChoice, DeviceFacts, DeviceOptions } from "../device.ts";
import { evaluateLoss } from "./evaluate-loss.ts";
import {
  discriminatorLoss,
  drawLatent,
  featureMap,
  features,
  gaussianNll,
  generatorLoss,
} from "../losses.ts";
import { add, clamp, concatColumns, exp, mean, multiply, splitColumns, square, sum, tanh } from "../ops.ts";
import { activateSpans, crossEntropySpans, softmaxSpans, spanLayout } from "../spans.ts";
import { gumbelBatch, normalBatch } from "../tensor.ts";
import type { Batch, Inputs, Tensor } from "../tensor.ts";
import type { LossFunction } from "../trainer.ts";

export interface ParityCase {
  readonly name: string;
  readonly networks: readonly Network[];
  readonly parameters: readonly Parameter[];
  readonly inputs: Inputs;
  readonly loss: LossFunction;
}

const ROWS = 16;
const spans = [
  { start: 0, width: 1, activation: "linear" },
  { start: 1, width: 3, activation: "softmax" },
  { start: 4, width: 1, activation: "linear" },
  { start: 5, width: 5, activation: "softmax" },
];
const WIDTH = 10;
const layout = spanLayout(spans, WIDTH);
const map = featureMap(layout, [
  { column: 0, from: 0, to: 0.4 },
  { column: 0, from: 0.4, to: 1 },
  { column: 4, from: 0, to: 1 },
]);

/** Rows with normal numbers in linear columns and one choice in each span. */
function codedRows(rows: number, seed: number): Batch {
  const rng = createRng(seed);
  const data = new Float32Array(rows * WIDTH);
  for (let i = 0; i < rows; i++)
    for (const { start, width, activation } of spans) {
      if (activation === "linear") data[i * WIDTH + start] = rng.normal();
      else data[i * WIDTH + start + rng.integer(width)] = 1;
    }
  return { rows, width: WIDTH, data };
}

const given = (inputs: Readonly<Record<string, Tensor>>, name: string): Tensor => {
  const tensor = inputs[name];
  if (!tensor) throw new RangeError(`no input ${name}`);
  return tensor;
};

/** The squared output of a network, averaged, with a term that tells the columns apart. */
function squaredOutput(net: Network): LossFunction {
  return (inputs, pass) => {
    const y = pass.run(net, given(inputs, "x"));
    return { loss: add(mean(square(y)), mean(tanh(y))) };
  };
}

function blockCase(name: string, net: Network): ParityCase {
  const inputs = { x: normalBatch(ROWS, net.inputs, createRng(3)) };
  return { name, networks: [net], parameters: [], inputs, loss: squaredOutput(net) };
}

function vaeCase(): ParityCase {
  const encoder = network("encoder", WIDTH, [dense(12), leakyRelu(0.2), dense(6)]);
  const decoder = network("decoder", 3, [dense(12), leakyRelu(0.2), dense(WIDTH)]);
  const logSigma = freeParameter("log-sigma", [WIDTH], -1);
  const loss: LossFunction = (inputs, pass) => {
    const target = given(inputs, "x");
    const [centre, raw] = splitColumns(pass.run(encoder, target), [3, 3]) as [Tensor, Tensor];
    const spread = clamp(raw, -8, 4);
    const { z, divergence } = drawLatent(centre, spread, given(inputs, "noise"));
    const output = pass.run(decoder, z);
    const choices = crossEntropySpans(pass, output, target, layout);
    const numbers = gaussianNll(pass, output, target, clamp(pass.parameter(logSigma), -4, 1), layout);
    return { loss: add(mean(add(choices, numbers)), multiply(sum(divergence), 0.5)) };
  };
  const inputs = { x: codedRows(ROWS, 5), noise: normalBatch(ROWS, 3, createRng(6)) };
  return { name: "vae loss", networks: [encoder, decoder], parameters: [logSigma], inputs, loss };
}

function discriminatorCase(): ParityCase {
  const net = network("critic", map.width, [dense(9), leakyRelu(0.2), dense(1)]);
  const loss: LossFunction = (inputs, pass) => ({
    loss: discriminatorLoss(
      pass.run(net, features(pass, given(inputs, "x"), map)),
      pass.run(net, features(pass, given(inputs, "other"), map)),
    ),
  });
  const inputs = { x: codedRows(ROWS, 5), other: codedRows(ROWS, 8) };
  return { name: "discriminator loss on features", networks: [net], parameters: [], inputs, loss };
}

/** The generator's path through features and softmax spans at a low temperature (smooth, so that differences apply). */
function generatorCase(): ParityCase {
  const generator = network("generator", 4, [dense(8), leakyRelu(0.3), dense(WIDTH)]);
  const critic = network("critic", map.width, [dense(9), leakyRelu(0.2), dense(1)]);
  const loss: LossFunction = (inputs, pass) => {
    const output = pass.run(generator, given(inputs, "z"));
    const soft = softmaxSpans(pass, multiply(output, 3), layout);
    const row = add(soft, multiply(clamp(output, -4, 4), pass.constant(layout.linear)));
    return { loss: generatorLoss(pass.run(critic, features(pass, row, map))) };
  };
  const inputs = { z: normalBatch(ROWS, 4, createRng(9)) };
  return { name: "generator loss", networks: [generator, critic], parameters: [], inputs, loss };
}

/** Forward one-hot, backward softmax: no finite difference agrees, but devices must. */
function straightThroughCase(): ParityCase {
  const generator = network("generator", 4, [dense(8), relu(), dense(WIDTH)]);
  const critic = network("critic", map.width, [dense(9), relu(), dense(1)]);
  const loss: LossFunction = (inputs, pass) => {
    const output = pass.run(generator, given(inputs, "z"));
    const row = activateSpans(pass, output, given(inputs, "noise"), layout, { temperature: 1, limit: 4 });
    return { loss: generatorLoss(pass.run(critic, features(pass, row, map))) };
  };
  const inputs = { z: normalBatch(ROWS, 4, createRng(9)), noise: gumbelBatch(ROWS, WIDTH, createRng(10)) };
  return {
    name: "straight-through generator loss",
    networks: [generator, critic],
    parameters: [],
    inputs,
    loss,
  };
}

/** Three columns of tokens; the first has two heads, as under two members of an ensemble. */
const tokenHeads = headLayout([
  { classes: 3, coefficients: 3, offset: Float32Array.of(-0.5, -1, -2), target: 0 },
  {
    classes: 5,
    coefficients: 2,
    basis: Float32Array.of(-1, -0.5, 0, 0.5, 1, 1, 0.2, 0, 0.2, 1),
    offset: new Float32Array(5).fill(-1.6),
    target: 1,
  },
  { classes: 3, coefficients: 3, offset: Float32Array.of(-1, -1, -1), target: 0 },
  {
    classes: 2,
    coefficients: 1,
    basis: Float32Array.of(-1.5, 1.5),
    offset: new Float32Array(2),
    target: 2,
  },
]);

/** Column blocks as an autoregressive network has them: block-sparse in, residual per group, heads out. */
function columnBlocksCase(): ParityCase {
  const sees = Uint8Array.of(1, 1, 1, 1, 0, 1, 1, 1, 0, 0, 1, 0);
  const net = network("columns", 7, [
    blockDense({ inputs: [3, 2, 2], units: [4, 4, 4, 4], allowed: sees }),
    leakyRelu(0.8),
    residual(groupedDense(4, 4), leakyRelu(0.8)),
    blockDense({
      inputs: [4, 4, 4, 4],
      units: tokenHeads.heads.map(({ coefficients }) => coefficients),
      allowed: Uint8Array.from({ length: 16 }, (_, i) => Number(i % 5 === 0)),
    }),
  ]);
  const rng = createRng(12);
  const tokens = Float32Array.from({ length: 3 * ROWS }, (_, i) => rng.integer([3, 5, 2][i % 3] as number));
  const weights = Float32Array.from({ length: 4 * ROWS }, () => rng.uniform());
  const loss: LossFunction = (inputs, pass) => {
    const output = pass.run(net, given(inputs, "x"));
    return {
      loss: headLosses(pass, output, tokenHeads, given(inputs, "tokens"), given(inputs, "weights")),
    };
  };
  const inputs = {
    x: normalBatch(ROWS, 7, createRng(11)),
    tokens: { rows: ROWS, width: 3, data: tokens },
    weights: { rows: ROWS, width: 4, data: weights },
  };
  return { name: "column blocks and heads", networks: [net], parameters: [], inputs, loss };
}

const lowerTriangle = Float32Array.from({ length: 30 }, (_, i) => (Math.floor(i / 5) <= i % 5 ? 1 : 0));

/** Losses whose gradients finite differences can check. */
export function smoothCases(): ParityCase[] {
  return [
    blockCase("dense", network("dense", 5, [dense(7), dense(3)])),
    blockCase("masked dense", network("masked", 6, [maskedDense(5, lowerTriangle), dense(2)])),
    blockCase(
      "masked residual",
      network("masked", 5, [residual(maskedDense(5, lowerTriangle.slice(0, 25)), relu()), dense(2)]),
    ),
    blockCase("grouped dense", network("grouped", 6, [groupedDense(3, 4), relu(), groupedDense(2, 3)])),
    columnBlocksCase(),
    blockCase("leaky relu", network("leaky", 5, [dense(9), leakyRelu(0.2), dense(3)])),
    blockCase("relu", network("relu", 5, [dense(9), relu(), dense(3)])),
    blockCase("batch norm", network("norm", 5, [dense(6), batchNorm(), dense(3)])),
    blockCase("concat input", network("concat", 5, [dense(4), leakyRelu(), concatInput(), dense(3)])),
    blockCase("residual", network("residual", 5, [residual(dense(5), leakyRelu()), dense(2)])),
    blockCase("layer norm", network("norm", 7, [dense(6), layerNorm(), dense(3)])),
    blockCase("gelu", network("gelu", 5, [dense(9), gelu(), dense(3)])),
    blockCase("attention", network("attention", 8, [dense(24), causalAttention(2, 4), dense(3)])),
    transformerCase(),
    concatCase(),
    vaeCase(),
    discriminatorCase(),
    generatorCase(),
  ];
}

/** Words by number, a layer of attention in which sides are no multiples of four, and rows in another order. */
function transformerCase(): ParityCase {
  const [words, width, length] = [9, 6, 4];
  const embedding = network("embedding", words, [dense(width, { bias: false })]);
  const body = network("body", width, [
    residual(layerNorm(), dense(3 * width), causalAttention(2, length), dense(width)),
    residual(layerNorm(), dense(2 * width), gelu(), dense(width)),
    layerNorm(),
    dense(3),
  ]);
  const rng = createRng(21);
  const order = rng.permutation(ROWS);
  const inverse = new Float32Array(ROWS);
  order.forEach((row, i) => (inverse[row] = i));
  const table = normalBatch(words, words, rng);
  const loss: LossFunction = (inputs, pass) => {
    const named = pass.run(embedding, given(inputs, "table"));
    const hidden = pass.run(body, takeRows(named, given(inputs, "x")));
    const turned = reorderRows(hidden, given(inputs, "order"), given(inputs, "inverse"));
    return { loss: mean(square(add(turned, given(inputs, "shift")))) };
  };
  const inputs = {
    x: {
      rows: ROWS / length,
      width: length,
      data: Float32Array.from({ length: ROWS }, () => rng.integer(words)),
    },
    table,
    order: { rows: ROWS, width: 1, data: Float32Array.from(order) },
    inverse: { rows: ROWS, width: 1, data: inverse },
    shift: normalBatch(ROWS, 3, rng),
  };
  return { name: "transformer", networks: [embedding, body], parameters: [], inputs, loss };
}

function concatCase(): ParityCase {
  const net = network("split", 5, [dense(6)]);
  const loss: LossFunction = (inputs, pass) => {
    const [a, b] = splitColumns(pass.run(net, given(inputs, "x")), [2, 4]) as [Tensor, Tensor];
    return { loss: add(mean(square(concatColumns([b, a, b]))), mean(multiply(exp(a), 0.1))) };
  };
  const inputs = { x: normalBatch(ROWS, 5, createRng(3)) };
  return { name: "split and concat", networks: [net], parameters: [], inputs, loss };
}

/** All cases: the smooth ones, spectral normalisation and the straight-through estimator. */
export function parityCases(): ParityCase[] {
  const spectral = network("spectral", 5, [
    dense(7, { spectral: true }),
    leakyRelu(),
    dense(1, { spectral: true }),
  ]);
  return [...smoothCases(), blockCase("spectral norm", spectral), straightThroughCase()];
}

/** Starting arrays of a case, by name. */
export function startOf({ networks, parameters }: ParityCase, seed = 2): Map<string, Float32Array> {
  const rng = createRng(seed);
  const all: (Parameter | State)[] = [
    ...networks.flatMap((net) => [...net.parameters, ...net.states]),
    ...parameters,
  ];
  return new Map(all.map((array) => [array.name, array.init(rng)]));
}

export interface ParityReport {
  readonly device: DeviceFacts;
  readonly cases: readonly { readonly name: string; readonly difference: number }[];
  /** the greatest of all differences */
  readonly worst: number;
}

/**
 * Every case on the device asked for and on plain JavaScript: the greatest difference of losses and gradients, relative
 * to the greatest gradient of the case. The device stays open. Below 1e-3 is agreement in float32.
 */
export async function parityCheck(asked: DeviceChoice, options: DeviceOptions): Promise<ParityReport> {
  const cases = parityCases();
  await openDevice("cpu", options);
  const wanted = [];
  for (const each of cases) wanted.push(await runCase(each));
  const device = await openDevice(asked, options);
  const differences = [];
  for (const [i, each] of cases.entries()) {
    const [there, here] = [wanted[i] as Outcome, await runCase(each)];
    differences.push({ name: each.name, difference: differenceOf(there, here) });
  }
  return { device, cases: differences, worst: Math.max(...differences.map(({ difference }) => difference)) };
}

type Outcome = Awaited<ReturnType<typeof evaluateLoss>>;

const runCase = (each: ParityCase): Promise<Outcome> =>
  evaluateLoss(each.networks, each.parameters, startOf(each), each.inputs, each.loss);

function differenceOf(wanted: Outcome, found: Outcome): number {
  let gap = Math.abs(wanted.loss - found.loss) / (Math.abs(wanted.loss) + 1e-3);
  let scale = 1e-6;
  for (const gradient of wanted.gradients.values())
    for (const x of gradient) scale = Math.max(scale, Math.abs(x));
  for (const [name, gradient] of wanted.gradients) {
    const other = found.gradients.get(name);
    gradient.forEach((x, i) => {
      const here = other?.[i] ?? NaN;
      gap = Number.isFinite(here) ? Math.max(gap, Math.abs(x - here) / scale) : Infinity;
    });
  }
  return gap;
}
