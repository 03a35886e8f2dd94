import { beforeAll, describe, expect, test } from "vitest";
import { createRng } from "../math/rng.ts";
import { causalAttention, gelu, layerNormalise, takeRows } from "./attention.ts";
import { causalAttention as attends, dense, freeParameter, layerNorm, network, residual } from "./block.ts";
import { createDecoder } from "./decode.ts";
import { openDevice, tensorCount } from "./device.ts";
import reference from "./fixtures/attention.json" with { type: "json" };
import { multiply, sum } from "./ops.ts";
import { evaluateLoss } from "./parity/evaluate-loss.ts";
import type { Pass } from "./pass.ts";
import { predict } from "./predict.ts";
import type { Batch, NamedArray, Tensor } from "./tensor.ts";
import { normalBatch } from "./tensor.ts";

const wasmPaths = new URL("../../../node_modules/@tensorflow/tfjs-backend-wasm/dist/", import.meta.url)
  .pathname;

interface Wanted {
  readonly x: readonly number[];
  readonly width: number;
  readonly y: readonly number[];
  readonly weight: readonly number[];
  readonly dx: readonly number[];
}

function close(found: ArrayLike<number>, wanted: readonly number[]): void {
  expect(found.length).toBe(wanted.length);
  wanted.forEach((value, i) => expect(found[i] as number).toBeCloseTo(value, 4));
}

const batch = (values: readonly number[], width: number): Batch => ({
  rows: values.length / width,
  width,
  data: Float32Array.from(values),
});

/** Holds what `work` makes of x, and the gradient of its weighted sum, to the reference. */
async function holds(
  { x, width, y, weight, dx }: Wanted,
  work: (x: Tensor, pass: Pass) => Tensor,
): Promise<void> {
  const breadth = y.length / (x.length / width);
  const own = freeParameter("x", [x.length / width, width], 0);
  const { loss, gradients } = await evaluateLoss(
    [],
    [own],
    new Map([["x", Float32Array.from(x)]]),
    { weight: batch(weight, breadth) },
    (inputs, pass) => ({ loss: sum(multiply(work(pass.parameter(own), pass), inputs["weight"] as Tensor)) }),
  );
  expect(loss).toBeCloseTo(
    y.reduce((total, value, i) => total + value * (weight[i] as number), 0),
    3,
  );
  close(gradients.get("x") as Float32Array, dx);
  const weights = [{ name: "x", shape: own.shape, data: Float32Array.from(x) }];
  close(
    predict(weights, {}, (_, pass) => work(pass.parameter(own), pass)),
    y,
  );
}

describe.each(["cpu", "wasm"] as const)("against numpy on %s", (device) => {
  beforeAll(async () => {
    await openDevice(device, { wasmPaths });
  });

  test.each(reference.attention)("attention of $heads heads over $length places", async (wanted) => {
    const before = tensorCount();
    await holds(wanted, (x) => causalAttention(x, wanted.heads, wanted.length));
    expect(tensorCount()).toBe(before);
  });

  test("layer normalisation", async () => {
    const { gamma, beta } = reference.layerNorm;
    const constants = [gamma, beta].map((values) => ({ shape: [7], data: Float32Array.from(values) }));
    await holds(reference.layerNorm, (x, pass) => {
      const [scale, shift] = constants.map((constant) => pass.constant(constant)) as [Tensor, Tensor];
      return layerNormalise(x, scale, shift, 1e-5);
    });
  });

  test("GELU", async () => {
    await holds(reference.gelu, (x) => gelu(x));
  });

  test("rows that are taken twice get both slopes", async () => {
    const own = freeParameter("x", [3, 5], 1);
    const index = batch([2, 0, 2, 2], 2);
    const { gradients } = await evaluateLoss(
      [],
      [own],
      new Map([["x", own.init(createRng(1))]]),
      { index, weight: normalBatch(4, 5, createRng(2)) },
      (inputs, pass) => ({
        loss: sum(
          multiply(takeRows(pass.parameter(own), inputs["index"] as Tensor), inputs["weight"] as Tensor),
        ),
      }),
    );
    const weight = normalBatch(4, 5, createRng(2)).data;
    const wanted = Array.from({ length: 15 }, (_, at) =>
      [2, 0, 2, 2].reduce(
        (total, row, i) => total + (row === Math.floor(at / 5) ? (weight[i * 5 + (at % 5)] as number) : 0),
        0,
      ),
    );
    close(gradients.get("x") as Float32Array, wanted);
  });

  test("place by place a network says what it says of the whole sequence, and keeps nothing", () => {
    const [sequences, length, width] = [3, 6, 8];
    const net = network("net", width, [
      residual(layerNorm(), dense(24), attends(2, length), dense(width)),
      residual(layerNorm(), dense(24), attends(2, length), dense(width)),
      dense(2),
    ]);
    const rng = createRng(3);
    const weights = net.parameters.map((one): NamedArray => ({ ...one, data: one.init(rng) }));
    const x = normalBatch(sequences * length, width, rng);
    const whole = predict(weights, { x }, (inputs, pass) => pass.run(net, inputs["x"] as Tensor));
    const before = tensorCount();
    const decoder = createDecoder(net, weights);
    for (let again = 0; again < 2; again++) {
      decoder.begin();
      for (let at = 0; at < length; at++) {
        const data = new Float32Array(sequences * width);
        for (let s = 0; s < sequences; s++)
          data.set(x.data.subarray((s * length + at) * width, (s * length + at + 1) * width), s * width);
        const said = decoder.next({ rows: sequences, width, data });
        for (let s = 0; s < sequences; s++)
          for (let k = 0; k < 2; k++)
            expect(said[s * 2 + k]).toBeCloseTo(whole[(s * length + at) * 2 + k] as number, 4);
      }
    }
    decoder.dispose();
    expect(tensorCount()).toBe(before);
  });
});
