import { expect, test } from "vitest";
import { simulateCohort } from "../../clinic/cohorts/cohorts.ts";
import { createRng, type Rng } from "../../math/rng.ts";
import type { Artifact, Model, Progress, Synthesizer } from "../../synthesizers/synthesizer.ts";
import { splitRows } from "../../table/split.ts";
import { takeRows, type Table } from "../../table/table.ts";
import { startFit } from "./fit-run.ts";
import { learnedTable } from "../left-out.ts";
import { createLiveWatch, type LiveLook } from "./live-watch.ts";

const wasmPaths = new URL("../../../../node_modules/@tensorflow/tfjs-backend-wasm/dist/", import.meta.url)
  .pathname;
const cohort = learnedTable(simulateCohort("heart-failure", 1));
const pick = (from: number, to: number): Table =>
  takeRows(
    cohort,
    Int32Array.from({ length: to - from }, (_, i) => from + i),
  );
const [train, holdout, fresh] = [pick(0, 700), pick(700, 1400), pick(1400, 2000)];
const copies = (rng: Rng): Table =>
  takeRows(
    train,
    Int32Array.from({ length: 400 }, () => rng.integer(train.rows)),
  );
const named = (synthesizer: string): Artifact => ({
  synthesizer,
  version: 1,
  params: {},
  state: {},
  tensors: [],
});
const report = (step: number, preview: Table): Progress => ({
  step,
  epoch: step,
  fraction: step / 10,
  losses: {},
  preview,
  checkpoint: () => Promise.resolve(named(`step ${step}`)),
});

test("real rows raise no alarm; copies of training rows do, the second time, and the model before them is kept", async () => {
  const watch = createLiveWatch(train, holdout, createRng(1), 0);
  const good = await watch?.look(report(1, fresh));
  expect(good?.c2st).toBeLessThan(0.6);
  expect(good?.nearer).toBeLessThan(good?.nearerByChance as number);
  const rng = createRng(2);
  const bad = await watch?.look(report(2, copies(rng)));
  expect(bad?.nearer).toBeGreaterThan(bad?.nearerByChance as number);
  expect(watch?.leaking).toBeUndefined();
  await watch?.look(report(3, copies(rng)));
  expect(watch?.leaking?.step).toBe(1);
  expect((await watch?.leaking?.checkpoint())?.synthesizer).toBe("step 1");
});

test("looks only as often as it may, and not at all without held-out rows", async () => {
  const watch = createLiveWatch(train, holdout, createRng(1));
  expect(await watch?.look(report(1, fresh))).toBeUndefined();
  expect(createLiveWatch(train, takeRows(holdout, [0, 1]), createRng(1))).toBeUndefined();
  const few = { ...holdout, patients: Int32Array.from({ length: holdout.rows }, (_, row) => row % 9) };
  expect(createLiveWatch(train, few, createRng(1))).toBeUndefined();
});

/** One visit, at random, of each of 400 patients. */
function strangers(seed: number): Table {
  const { patients, ...visits } = learnedTable(simulateCohort("diabetes", seed, 4000));
  const met = new Set<number | undefined>();
  const rows = createRng(seed)
    .permutation(visits.rows)
    .filter((row) => met.size < met.add(patients?.[row]).size);
  return takeRows(visits, rows.slice(0, 400));
}

test("visits of strangers look neither unlike nor nearer, and what chance may do goes by patients", async () => {
  const looks: LiveLook[] = [];
  for (let seed = 1; seed <= 6; seed++) {
    const clinic = simulateCohort("diabetes", seed, 1800);
    const split = splitRows(clinic, { share: 0.2, seed });
    const [known, held] = [split.train, split.holdout].map((rows) => takeRows(learnedTable(clinic), rows));
    const watch = createLiveWatch(known as Table, held as Table, createRng(seed), 0);
    looks.push((await watch?.look(report(1, strangers(100 + seed)))) as LiveLook);
  }
  const mean = (of: (look: LiveLook) => number): number =>
    looks.reduce((sum, look) => sum + of(look), 0) / looks.length;
  expect(Math.abs(mean(({ c2st }) => c2st) - 0.5)).toBeLessThan(0.05);
  expect(Math.abs(mean(({ nearer }) => nearer) - 0.5)).toBeLessThan(0.04);
  expect(mean(({ nearerByChance }) => nearerByChance)).toBeGreaterThan(0.585);
});

test("whole patients that are strangers raise no alarm, and copies of patients do, by patients too", async () => {
  let [alarms, found, bar] = [0, 0, 0];
  for (let seed = 1; seed <= 6; seed++) {
    // of more rows than these a look takes too few for copies to be found in each
    const clinic = simulateCohort("diabetes", seed, 1200);
    const split = splitRows(clinic, { share: 0.3, seed });
    const [known, held] = [split.train, split.holdout].map((rows) => takeRows(learnedTable(clinic), rows));
    const watch = createLiveWatch(known as Table, held as Table, createRng(seed), 0);
    const other = learnedTable(simulateCohort("diabetes", 50 + seed, 1200));
    expect(other.patients).toBeDefined();
    const look = (await watch?.look(report(1, other))) as LiveLook;
    if (look.nearer > look.nearerByChance) alarms++;
    bar += look.nearerByChance / 6;
    const copy = (await watch?.look(report(2, known as Table))) as LiveLook;
    if (copy.nearer > copy.nearerByChance) found++;
  }
  expect(alarms).toBeLessThanOrEqual(1);
  expect(found).toBe(6);
  expect(bar).toBeGreaterThan(0.6);
});

/** Shows fresh rows for two steps, then copies of what it was given. */
function memorising(seen: { steps: number; freed: number }): Synthesizer {
  const model: Model = {
    synthesizer: "memorising",
    sample: () => Promise.reject(new Error("not sampled here")),
    save: () => Promise.resolve(named("the last step")),
    dispose: () => {},
  };
  return {
    id: "memorising",
    name: "Memorising",
    summary: "",
    reference: "",
    params: {},
    load: () => Promise.resolve(model),
    fit: async function* (given, _params, rng): AsyncGenerator<Progress, Model, void> {
      try {
        for (let step = 1; step <= 8; step++) {
          seen.steps = step;
          const rows = Int32Array.from({ length: 300 }, () => rng.integer(given.rows));
          yield report(step, step <= 2 ? fresh : takeRows(given, rows));
        }
        return model;
      } finally {
        seen.freed++;
      }
    },
  };
}

test.each([true, false])("a fit asked to stop when privacy worsens (%s)", async (stopWhenNearer) => {
  const seen = { steps: 0, freed: 0 };
  const notices: string[] = [];
  const looks: number[] = [];
  const fit = startFit(
    pick(0, 1400),
    {
      synthesizer: "memorising",
      params: {},
      seed: 1,
      device: "wasm",
      holdout: { share: 0.5, seed: 1 },
      stopWhenNearer,
    },
    { wasmPaths, previewRows: 300, lookEvery: 0, find: () => memorising(seen) },
    {
      onNotice: (notice) => notices.push(notice),
      onProgress: ({ look }) => looks.push(look?.nearer ?? NaN),
    },
  );
  const { model } = await fit.done;
  expect(seen.freed).toBe(1);
  expect(looks.every((look) => look > 0)).toBe(true);
  if (stopWhenNearer) {
    expect(seen.steps).toBe(4);
    expect(model.artifact.synthesizer).toBe("step 2");
    expect(model.facts.endedEarly).toEqual({ by: "privacy", step: 2 });
    expect(notices[0]).toMatch(/^Training was ended at step 4: \d+% of the rows .* as it was at step 2\.$/);
  } else {
    expect(seen.steps).toBe(8);
    expect(model.artifact.synthesizer).toBe("the last step");
    expect(notices).toEqual([]);
    expect(model.facts.endedEarly).toBeUndefined();
  }
});
