import { describe, expect, test } from "vitest";
import { simulateCohort } from "../../clinic/cohorts/cohorts.ts";
import { FaultError } from "../../fault.ts";
import type { Artifact, Model, Progress, Synthesizer } from "../../synthesizers/synthesizer.ts";
import type { FitListener, FitProgress, FitRequest } from "./fit-request.ts";
import { startFit } from "./fit-run.ts";
import type { TrainedModel } from "../model-file/model-file.ts";

const wasmPaths = new URL("../../../../node_modules/@tensorflow/tfjs-backend-wasm/dist/", import.meta.url)
  .pathname;
const request: FitRequest = { synthesizer: "slow", params: {}, seed: 3, device: "wasm" };
const table = simulateCohort("heart-failure", 1);
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A synthesizer that does nothing for `steps` x 10 ms and records what becomes of it. */
function createSlow(steps: number) {
  const seen = { taken: 0, freed: 0, disposed: 0, rows: 0, endedEarly: false };
  const artifact: Artifact = { synthesizer: "slow", version: 1, params: {}, state: {}, tensors: [] };
  const model: Model = {
    synthesizer: "slow",
    sample: () => Promise.reject(new Error("not sampled here")),
    save: () => Promise.resolve(artifact),
    dispose: () => void seen.disposed++,
  };
  const slow: Synthesizer = {
    id: "slow",
    name: "Slow",
    summary: "",
    reference: "",
    params: {},
    load: () => Promise.resolve(model),
    fit: async function* (train, _params, _rng, options): AsyncGenerator<Progress, Model, void> {
      seen.rows = train.rows;
      try {
        for (let step = 1; step <= steps; step++) {
          if (options.enough?.() === true) {
            seen.endedEarly = true;
            break;
          }
          await wait(10);
          seen.taken = step;
          yield {
            step,
            steps,
            epoch: step,
            epochs: steps,
            fraction: step / steps,
            losses: { training: 1 / step },
          };
        }
        return model;
      } finally {
        seen.freed++;
      }
    },
  };
  return { seen, find: () => slow };
}

function start(steps: number, listener: FitListener = {}, given: Partial<FitRequest> = {}) {
  const { seen, find } = createSlow(steps);
  const fit = startFit(table, { ...request, ...given }, { wasmPaths, previewRows: 0, find }, listener);
  const code = fit.done.then(
    () => "fitted",
    (error: unknown) => (error instanceof FaultError ? error.fault.code : "unexpected"),
  );
  return { fit, seen, code };
}

async function until(holds: () => boolean): Promise<void> {
  for (let i = 0; i < 1000 && !holds(); i++) await wait(5);
  expect(holds()).toBe(true);
}

describe("a fit under way", () => {
  test("runs to its end, tells its progress and frees the model", async () => {
    const told: FitProgress[] = [];
    const { fit, seen } = start(30, { onProgress: (progress) => told.push(progress) });
    const { model, device, split } = await fit.done;
    expect(seen).toEqual({ taken: 30, freed: 1, disposed: 1, rows: table.rows, endedEarly: false });
    expect(model.facts).toMatchObject({ synthesizer: "slow", seed: 3, device: "wasm", table: table.name });
    expect(device.got).toBe("wasm");
    expect(split.holdout).toHaveLength(0);
    expect(told).toHaveLength(30);
    expect(told[0]?.secondsLeft).toBeUndefined();
    const middle = told[14] as FitProgress;
    expect(middle.secondsLeft as number).toBeGreaterThan(0.05);
    expect(middle.secondsLeft as number).toBeLessThan(1);
    expect(middle.rowsPerSecond).toBeCloseTo((table.rows * 15) / middle.seconds, 5);
    expect(told.at(-1)?.secondsLeft).toBeUndefined();
  });

  test("pauses: no step is taken until it is resumed, and the pause is not counted", async () => {
    const states: boolean[] = [];
    const from = performance.now();
    const { fit, seen } = start(20, { onPaused: (paused) => states.push(paused) });
    await until(() => seen.taken >= 3);
    fit.pause();
    fit.pause();
    await wait(50);
    const before = seen.taken;
    await wait(400);
    expect(seen.taken).toBe(before);
    fit.resume();
    const { model } = await fit.done;
    expect(seen.taken).toBe(20);
    expect(states).toEqual([true, false]);
    expect(model.facts.seconds).toBeLessThan((performance.now() - from) / 1000 - 0.4);
  });

  test("cancelled, it ends after the step under way and frees everything", async () => {
    const { fit, seen, code } = start(10_000);
    await until(() => seen.taken >= 3);
    const before = seen.taken;
    fit.cancel(false);
    expect(await code).toBe("cancelled");
    expect(seen.taken).toBeLessThanOrEqual(before + 1);
    expect(seen.freed).toBe(1);
  });

  test("cancelled while paused, and before its first step", async () => {
    const paused = start(10_000);
    await until(() => paused.seen.taken >= 3);
    paused.fit.pause();
    await wait(50);
    paused.fit.cancel(false);
    expect(await paused.code).toBe("cancelled");
    expect(paused.seen.freed).toBe(1);

    const early = start(10_000);
    early.fit.cancel(true);
    expect(await early.code).toBe("cancelled");
  });

  test("ended with what it has learned, also while paused", async () => {
    const notices: string[] = [];
    const { fit, seen } = start(10_000, { onNotice: (notice) => notices.push(notice) });
    await until(() => seen.taken >= 3);
    fit.pause();
    await wait(50);
    fit.cancel(true);
    const { model } = await fit.done;
    expect(model.artifact.synthesizer).toBe("slow");
    expect(seen).toMatchObject({ endedEarly: true, freed: 1, disposed: 1 });
    expect(notices).toHaveLength(1);
    expect(model.facts.endedEarly).toEqual({ by: "person", step: seen.taken });
    expect(notices[0]).toContain(`ended early, at step ${seen.taken}, by hand`);
  });

  test("the split comes first: what is held out is never seen", async () => {
    const { fit, seen } = start(2, {}, { holdout: { share: 0.2, seed: 5 } });
    const { split } = await fit.done;
    expect(seen.rows).toBe(split.train.length);
    expect(split.train.length + split.holdout.length).toBe(table.rows);
    expect(split.holdout.length / table.rows).toBeCloseTo(0.2, 1);
  });

  test("faults are told in words", async () => {
    const few = { ...table, rows: 3 };
    const { find } = createSlow(1);
    const settings = { wasmPaths, previewRows: 0, find };
    await expect(startFit(few, request, settings).done).rejects.toMatchObject({
      fault: { code: "too-few-rows" },
    });
    const columns = table.schema.columns.map((column) => ({ ...column, role: "omit" as const }));
    const nothing = { ...table, schema: { ...table.schema, columns } };
    await expect(startFit(nothing, request, settings).done).rejects.toMatchObject({
      fault: { code: "no-columns-to-learn" },
    });
    await expect(start(1, {}, { params: { epochs: 3 } }).fit.done).rejects.toMatchObject({
      fault: { code: "parameter-invalid" },
    });
    const unknown = startFit(table, { ...request, synthesizer: "oracle" }, { wasmPaths, previewRows: 0 });
    await expect(unknown.done).rejects.toMatchObject({ fault: { code: "unknown-synthesizer" } });
  });
});

describe("going on from a model", () => {
  const trained = async () => (await start(2).fit.done).model;
  const continuing = (more: Partial<Synthesizer> = {}) => {
    const { find } = createSlow(2);
    const seen: { from?: Artifact | undefined } = {};
    const slow = find();
    const fit: Synthesizer["fit"] = (train, params, rng, options) => {
      seen.from = options.from;
      return slow.fit(train, params, rng, options);
    };
    return { seen, find: (): Synthesizer => ({ ...slow, continues: true, fit, ...more }) };
  };
  const goOn = (from: TrainedModel, find: () => Synthesizer, on = table) =>
    startFit(on, { ...request, from }, { wasmPaths, previewRows: 0, find }).done.then(
      ({ model }) => model.facts.notices,
      (error: unknown) => (error instanceof FaultError ? error.fault : error),
    );

  test("hands the saved model to the synthesizer, and the run says so", async () => {
    const from = await trained();
    const { seen, find } = continuing();
    const notices = await goOn(from, find);
    expect(seen.from).toBe(from.artifact);
    expect(notices).toEqual([`Went on training from a model of ${table.name} (Slow, seed 3).`]);
  });

  test("is refused in words where the columns differ, or nothing can go on", async () => {
    const from = await trained();
    const { find } = continuing();
    const other = simulateCohort("diabetes", 1);
    expect(await goOn(from, find, other)).toMatchObject({
      code: "columns-differ",
      missing: expect.arrayContaining(["lvef"]),
    });
    expect(await goOn(from, continuing({ continues: false }).find)).toMatchObject({ code: "bad-use" });
    const columns = [...table.schema.columns].reverse();
    const turned = { ...table, columns: [...table.columns].reverse(), schema: { ...table.schema, columns } };
    expect(await goOn(from, find, turned)).toMatchObject({
      code: "bad-use",
      message: expect.stringContaining("order"),
    });
  });
});
