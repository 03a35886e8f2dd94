import { beforeAll, expect, test } from "vitest";
import { createRng } from "../../math/rng.ts";
import { dense, network } from "../../nn/block.ts";
import { openDevice, tensorCount } from "../../nn/device.ts";
import { mean } from "../../nn/ops.ts";
import { adam } from "../../nn/optimizer.ts";
import type { Tensor, Weights } from "../../nn/tensor.ts";
import type { LossFunction } from "../../nn/trainer.ts";
import type { FitOptions, Progress } from "../synthesizer.ts";
import { train } from "./loop.ts";
import type { Course, Trained } from "./loop.ts";
import { watchNothing } from "./watch.ts";
import type { Watch } from "./watch.ts";

beforeAll(async () => {
  const folder = new URL("../../../../node_modules/@tensorflow/tfjs-backend-wasm/dist/", import.meta.url);
  await openDevice("wasm", { wasmPaths: folder.pathname });
});

const x = { rows: 2, width: 1, data: Float32Array.of(1, 2) };

/** Two networks that each learn to say little; what was done is written to `done`. */
function course(done: string[], more: Partial<Course> = {}): Course {
  const nets = { one: network("one", 1, [dense(1)]), other: network("other", 1, [dense(1)]) };
  const lossOf =
    (name: keyof typeof nets): LossFunction =>
    (inputs, pass) => ({ loss: mean(pass.run(nets[name], inputs["x"] as Tensor)) });
  const turn = (group: keyof typeof nets): Course["turns"][number] => ({
    group,
    batch: (step) => (done.push(`${group} ${step}`), { x }),
    loss: lossOf(group),
  });
  const groupOf = (name: keyof typeof nets) => ({ networks: [nets[name]], optimizer: adam(1e-2) });
  return {
    networks: { rng: createRng(1), groups: { one: groupOf("one"), other: groupOf("other") } },
    turns: [turn("one"), turn("other")],
    watch: watchNothing(3),
    steps: 3,
    batch: 2,
    rows: 4,
    show: () => Promise.reject(new Error("nothing is to be shown")),
    ...more,
  };
}

async function outcome(
  given: Course,
  options: Partial<FitOptions> = {},
): Promise<Trained & { reports: Progress[] }> {
  const run = train(given, { previewRows: 0, previewEvery: 0, ...options });
  const reports: Progress[] = [];
  for (;;) {
    const next = await run.next();
    if (next.done === true) return { ...next.value, reports };
    reports.push(next.value);
  }
}

/** Looks at every second step, and stops after `looks` looks; keeps `kept`. */
function watchFor(looks: number, kept: Weights, done: string[]): Watch {
  let looked = 0;
  return {
    best: kept,
    kept: undefined,
    begin: () => Promise.resolve(void done.push("begin")),
    isDue: (step) => step % 2 === 0,
    look: (step) => {
      looked++;
      done.push(`look ${step}`);
      return Promise.resolve(step / 10);
    },
    stops: () => looked >= looks,
    fractionAt: (step) => step / 100,
  };
}

test("a step is each turn once, to the last; then the closing work is told and done, and all is freed", async () => {
  const before = tensorCount();
  const done: string[] = [];
  const closing = { note: "Closing", work: () => Promise.resolve(void done.push("closed")) };
  const { reports, last, weights } = await outcome(course(done, { known: { steps: 3, epochs: 2 }, closing }));
  expect(done).toEqual(["one 0", "other 0", "one 1", "other 1", "one 2", "other 2", "closed"]);
  expect(last).toEqual({ step: 3, steps: 3, epoch: 1, epochs: 2, fraction: 0.99, losses: {} });
  expect(reports.at(-1)).toEqual({ ...last, fraction: 1, note: "Closing" });
  expect(Object.keys(reports.at(-2)?.losses ?? {}).sort()).toEqual(["one", "other"]);
  expect(weights.length).toBe(4);
  expect(tensorCount()).toBe(before);
});

test("it ends when the watch has seen enough looks, with what the watch kept", async () => {
  const done: string[] = [];
  const kept: Weights = [];
  const watch = watchFor(2, kept, done);
  const { reports, last, weights } = await outcome(course(done, { watch, steps: 50 }));
  expect(done.filter((what) => /begin|look/.test(what))).toEqual(["begin", "look 2", "look 4"]);
  expect(done[0]).toBe("begin");
  expect(last.step).toBe(4);
  expect(weights).toBe(kept);
  expect(reports.flatMap(({ validation }) => validation ?? [])).toEqual([0.2, 0.4]);
});

test("enough ends it after that step, which is looked at, but not before the least steps", async () => {
  for (const [leastSteps, step] of [
    [1, 1],
    [5, 5],
  ] as const) {
    const done: string[] = [];
    const watch = watchFor(9, [], done);
    const { last } = await outcome(course(done, { watch, steps: 50, leastSteps }), { enough: () => true });
    expect(last.step).toBe(step);
    expect(done.at(-1)).toBe(`look ${step}`);
  }
});

test("losses are told a row, and a run that is cancelled frees what it held", async () => {
  const before = tensorCount();
  const [whole, parts] = await Promise.all([outcome(course([])), outcome(course([], { perRow: 4 }))]);
  const of = ({ reports }: { reports: Progress[] }): number => reports.at(-1)?.losses["one"] as number;
  expect(of(parts)).toBeCloseTo(of(whole) / 4, 6);
  const run = train(course([], { watch: watchFor(9, [], []), steps: 50 }), {
    previewRows: 0,
    previewEvery: 0,
  });
  await run.next();
  await run.return(undefined as never);
  expect(tensorCount()).toBe(before);
});
