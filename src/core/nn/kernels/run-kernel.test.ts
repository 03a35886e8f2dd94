import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { createRng } from "../../math/rng.ts";
import { dense, dropout, leakyRelu, network } from "../block.ts";
import { openDevice } from "../device.ts";
import { evaluateLoss } from "../parity/evaluate-loss.ts";
import { KERNEL_BYTES } from "./kernel-bytes.ts";
import { hasKernels } from "./run-kernel.ts";
import { mean, sum } from "../ops.ts";
import { crossEntropySpans, spanLayout } from "../spans.ts";
import { normalBatch } from "../tensor.ts";
import type { Batch, Tensor } from "../tensor.ts";

const wasmPaths = new URL("../../../../node_modules/@tensorflow/tfjs-backend-wasm/dist/", import.meta.url)
  .pathname;

test("the committed bytes are what the sources compile to", () => {
  const script = fileURLToPath(new URL("../../../../scripts/kernels.mjs", import.meta.url));
  const { status, stderr } = spawnSync(process.execPath, [script, "--check"], { encoding: "utf8" });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
});

test("the module holds no data: it would lie in the memory of tfjs", () => {
  const bytes = Buffer.from(KERNEL_BYTES, "base64");
  const sections: number[] = [];
  for (let at = 8; at < bytes.length;) {
    sections.push(bytes[at++] as number);
    let size = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++] as number;
      size += (byte & 127) * 2 ** shift;
      if (byte < 128) break;
    }
    at += size;
  }
  const data = 11;
  expect(sections).toContain(10);
  expect(sections).not.toContain(data);
});

describe("the kernels", () => {
  beforeAll(async () => {
    await openDevice("wasm", { wasmPaths });
    expect(hasKernels()).toBe(true);
  });

  test.each([
    [1, 1, 1],
    [3, 5, 7],
    [4, 8, 3],
    [33, 17, 41],
    [130, 70, 600],
  ])(
    "products of %i rows, %i inputs and %i units, and their gradients, to 1e-5",
    async (rows, inputs, units) => {
      const net = network("n", inputs, [dense(units)]);
      const rng = createRng(5);
      const x = normalBatch(rows, inputs, rng);
      const [weight, bias] = net.parameters.map((parameter) => parameter.init(rng)) as [
        Float32Array,
        Float32Array,
      ];
      const names = net.parameters.map(({ name }) => name) as [string, string];
      const { loss, gradients } = await evaluateLoss(
        [net],
        [],
        new Map([
          [names[0], weight],
          [names[1], bias],
        ]),
        { x },
        (given, pass) => ({ loss: sum(pass.run(net, given["x"] as Tensor)) }),
      );
      const sums = new Float64Array(inputs);
      let wanted = 0;
      for (let i = 0; i < rows; i++) {
        for (let k = 0; k < inputs; k++) sums[k] = (sums[k] as number) + (x.data[i * inputs + k] as number);
      }
      for (let k = 0; k < inputs; k++)
        for (let j = 0; j < units; j++) wanted += (sums[k] as number) * (weight[k * units + j] as number);
      for (let j = 0; j < units; j++) wanted += rows * (bias[j] as number);
      expect(Math.abs(loss - wanted)).toBeLessThan(1e-5 * rows * units);
      gradients.get(names[0])?.forEach((slope, i) => {
        expect(Math.abs(slope - (sums[Math.floor(i / units)] as number))).toBeLessThan(1e-5 * rows);
      });
      gradients.get(names[1])?.forEach((slope) => expect(slope).toBe(rows));
    },
  );

  test("exp and log to 1e-6, from near to far apart", async () => {
    const layout = spanLayout([{ start: 0, width: 2, activation: "softmax" }], 2);
    const net = network("n", 2, [dense(2, { bias: false })]);
    const identity = new Map([[net.parameters[0]?.name ?? "", Float32Array.of(1, 0, 0, 1)]]);
    for (const gap of [0, 1e-3, 0.1, 0.7, 1, 3, 10, 30, 80, 200]) {
      const x: Batch = { rows: 1, width: 2, data: Float32Array.of(gap, 0) };
      const own = Math.fround(gap);
      for (const [hot, wanted] of [
        [0, Math.log1p(Math.exp(-own))],
        [1, own + Math.log1p(Math.exp(-own))],
      ] as const) {
        const target: Batch = { rows: 1, width: 2, data: Float32Array.of(1 - hot, hot) };
        const { loss } = await evaluateLoss([net], [], identity, { x, target }, (given, pass) => ({
          loss: mean(
            crossEntropySpans(pass, pass.run(net, given["x"] as Tensor), given["target"] as Tensor, layout),
          ),
        }));
        expect(Math.abs(loss - wanted)).toBeLessThanOrEqual(1e-6 * Math.max(1, wanted));
      }
    }
  });
});

test("dropout keeps its share, drops the same numbers on every device and passes their gradient", async () => {
  const net = network("n", 1001, [dropout(0.3)]);
  const first = network("f", 1, [dense(1001, { bias: false }), leakyRelu(1)]);
  const x: Batch = { rows: 9, width: 1, data: new Float32Array(9).fill(1) };
  const arrays = new Map([[first.parameters[0]?.name ?? "", new Float32Array(1001).fill(1)]]);
  const found = [];
  for (const device of ["cpu", "wasm"] as const) {
    await openDevice(device, { wasmPaths });
    found.push(
      await evaluateLoss(
        [first],
        [],
        arrays,
        { x },
        (given, pass) => ({ loss: sum(pass.run(net, pass.run(first, given["x"] as Tensor))) }),
        { rng: createRng(3) },
      ),
    );
  }
  const [cpu, wasm] = found.map(({ gradients }) => gradients.get(first.parameters[0]?.name ?? ""));
  expect((found[0]?.loss ?? 0) / (found[1]?.loss ?? 0)).toBeCloseTo(1, 3);
  cpu?.forEach((slope, i) => expect(wasm?.[i]).toBeCloseTo(slope, 4));
  const kept = ((found[0]?.loss ?? 0) * 0.7) / 9009;
  expect(Math.abs(kept - 0.7)).toBeLessThan(0.02);
});
