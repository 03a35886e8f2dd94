import { describe, expect, it } from "vitest";
import { LOSS_POINTS, initialState, type LabState, type Message } from "./lab-state.ts";
import { fold } from "./lab.ts";
import { lowestScore } from "./axes.ts";
import { bestFirst, placeInQueue, runUnderWay, selectedRun } from "./runs.ts";
import { expectedWords, totalOf, totalWords } from "../views/train/expected-words.ts";
import { waitingWords } from "../views/train/words.ts";
import { parseSettings } from "./settings.ts";
import { fileStem } from "./files/save-file.ts";
import type { RunProgress, RunView, TableView } from "../../worker/protocol.ts";

const table = (name: string, more: Partial<TableView> = {}): TableView => ({
  name,
  rows: 10,
  bytes: 100,
  seconds: 0.1,
  schema: {
    columns: [],
    dialect: { delimiter: ",", quote: '"', newline: "\n", bom: false, encoding: "utf-8" },
    missingTokens: [""],
  },
  columns: [],
  simulated: false,
  remembered: false,
  notes: [],
  reading: [],
  emptyByRule: [],
  ...more,
});

const run = (id: string, number: number, more: Partial<RunView> = {}): RunView => ({
  run: id,
  number,
  name: `Run ${number}`,
  state: "running",
  request: {
    synthesizer: "vae",
    params: {},
    seed: 1,
    device: "auto",
    holdout: { share: 0.2, seed: 1 },
  },
  table: "a.csv",
  schema: table("a.csv").schema,
  hasModel: false,
  notices: [],
  fromFile: false,
  ...more,
});

const progress = (step: number, more: Partial<RunProgress> = {}): RunProgress => ({
  step,
  epoch: step,
  fraction: step / 1000,
  seconds: step,
  rowsPerSecond: 1,
  losses: { training: 1 / step },
  tensors: 0,
  ...more,
});

const replay = (messages: readonly Message[], from: LabState = initialState): LabState =>
  messages.reduce(fold, from);

const opening: Message = { type: "page-opening", job: 1, name: "a.csv", kind: "table", total: 100 };

describe("opening a table", () => {
  it("shows how far the reading is, then the table", () => {
    const reading = replay([opening, { type: "reading", job: 1, bytes: 50, total: 100, rows: 5 }]);
    expect(reading.reading).toMatchObject({ name: "a.csv", bytes: 50, rows: 5 });
    const read = fold(reading, { type: "table", job: 1, table: table("a.csv") });
    expect(read.reading).toBeUndefined();
    expect(read.table?.name).toBe("a.csv");
  });

  it("ignores news of a reading that was replaced", () => {
    const state = replay([
      opening,
      { type: "page-opening", job: 2, name: "b.csv", kind: "table", total: 9 },
      { type: "reading", job: 1, bytes: 99, total: 100, rows: 9 },
      { type: "fault", job: 1, fault: { code: "cancelled" } },
    ]);
    expect(state.reading).toMatchObject({ job: 2, bytes: 0 });
  });

  it("keeps the table that was there when the next file cannot be read", () => {
    const state = replay([
      opening,
      { type: "table", job: 1, table: table("a.csv") },
      { type: "page-opening", job: 2, name: "empty.csv", kind: "table", total: 0 },
      { type: "fault", job: 2, fault: { code: "file-empty", file: "empty.csv" } },
    ]);
    expect(state.fileFault).toMatchObject({ name: "empty.csv", fault: { code: "file-empty" } });
    expect(state.table?.name).toBe("a.csv");
    expect(fold(state, { type: "page-dismiss", what: "file-fault" }).fileFault).toBeUndefined();
  });

  it("says nothing when the reading was cancelled", () => {
    const state = replay([opening, { type: "fault", job: 1, fault: { code: "cancelled" } }]);
    expect(state.reading).toBeUndefined();
    expect(state.fileFault).toBeUndefined();
    expect(state.problem).toBeUndefined();
  });
});

describe("changing the schema", () => {
  const change = { type: "role", column: "age", role: "omit" } as const;
  const opened = replay([opening, { type: "table", job: 1, table: table("a.csv") }]);
  const history = { past: [change], future: [] };
  const revising = fold(opened, { type: "page-revising", job: 3, history, change });

  it("keeps the change once the worker has applied it", () => {
    const state = fold(revising, { type: "table", job: 3, table: table("a.csv") });
    expect(state.history.past).toEqual([change]);
    expect(state.revising).toBeUndefined();
  });

  it("goes back and says why when it cannot be applied", () => {
    const fault = {
      code: "kind-mismatch",
      column: "age",
      kind: "integer",
      row: 4,
      value: "old",
      share: 0.1,
    } as const;
    const state = fold(revising, { type: "fault", job: 3, fault });
    expect(state.history.past).toEqual([]);
    expect(state.schemaFault).toEqual({ fault, change });
  });

  it("takes over the changes of a restored table", () => {
    const state = fold(initialState, { type: "table", job: 9, table: table("a.csv", { changes: [change] }) });
    expect(state.history).toEqual({ past: [change], future: [] });
  });
});

describe("what runs are expected to take", () => {
  const opened = replay([opening, { type: "table", job: 1, table: table("a.csv") }]);
  const estimates: Message = {
    type: "estimates",
    job: 4,
    of: { fast: { seconds: 2, from: "figures" }, slow: { seconds: 40, from: "runs" } },
    first: 1,
    measuring: 3,
  };
  const synthesizers = ["fast", "slow", "unmeasured"].map((id) => ({
    id,
    name: id,
    summary: "",
    reference: "",
    params: {},
  }));
  const told = fold({ ...opened, synthesizers }, estimates);

  it("is forgotten with the table it was for", () => {
    expect(told.estimates.of["slow"]?.seconds).toBe(40);
    expect(fold(told, { type: "table", job: 5, table: table("b.csv") }).estimates).toEqual({
      of: {},
      first: 0,
      measuring: 0,
    });
    expect(fold(told, { type: "page-closed-table" }).estimates).toEqual({ of: {}, first: 0, measuring: 0 });
  });

  it("is said for one run and for several, measuring included, and what is not known is said", () => {
    expect(expectedWords(told, "slow")).toBe("about 40 s to its verdicts, about 45 s to all measures");
    expect(expectedWords(told, "fast")).toBe("about 3 s to its verdicts, about 5 s to all measures");
    expect(expectedWords(told, "unmeasured")).toBe("time not known yet");
    const onGpu = { ...told, settings: { ...told.settings, device: "webgpu" as const } };
    expect(expectedWords(onGpu, "unmeasured")).toBe("time on WebGPU not known yet");
    expect(totalOf(told, ["fast", "slow"])).toEqual({ seconds: 48, unknown: 0 });
    expect(totalWords(totalOf(told, ["fast", "slow", "unmeasured"]))).toBe(
      "about 50 s, and 1 of unknown time",
    );
    expect(totalWords(totalOf(told, ["unmeasured"]))).toBe("time not known yet");
  });
});

describe("the first rows of what is asked for", () => {
  const asking: Message = { type: "page-sampling", run: "a", job: 5 };
  const rows = (job: number): Message => ({
    type: "sample",
    job,
    names: ["age"],
    cells: [["61"]],
    acceptance: { drawn: 38, kept: 1 },
  });

  it("are those of the last question, with how rare they were", () => {
    expect(replay([asking, rows(4)]).sample?.cells).toEqual([]);
    expect(replay([asking, rows(5)]).sample).toMatchObject({ run: "a", acceptance: { drawn: 38, kept: 1 } });
  });

  it("make way for the reason when nobody meets the condition, and for the next question", () => {
    const fault = {
      code: "condition-unmet",
      condition: "age from 200",
      drawn: 900,
      kept: 0,
      rows: 8,
    } as const;
    const unmet = replay([asking, { type: "fault", job: 5, fault }]);
    expect(unmet.sample).toMatchObject({ fault, cells: [] });
    expect(unmet.problem).toBeUndefined();
    expect(fold(unmet, { type: "page-sampling", run: "a", job: 6 }).sample?.fault).toBeUndefined();
  });
});

describe("the queue", () => {
  it("says each run's place, and follows the worker's order", () => {
    const queued = (id: string, number: number): Message => ({
      type: "run",
      run: run(id, number, { state: "queued" }),
    });
    const waiting = replay([
      queued("a", 1),
      queued("b", 2),
      queued("c", 3),
      { type: "queue", runs: ["c", "a", "b"] },
    ]);
    expect(["a", "b", "c", "x"].map((id) => placeInQueue(waiting, id))).toEqual([2, 3, 1, undefined]);
    expect(bestFirst(waiting.runs, waiting.queue).map((r) => r.run)).toEqual(["c", "a", "b"]);
    expect(waitingWords(waiting, "b")).toBe("waiting, 3rd");
    expect(waitingWords(waiting, "c")).toBe("waiting, next");
    const one = fold(waiting, { type: "queue", runs: ["b"] });
    expect(waitingWords(one, "b")).toBe("waiting, next");
  });
});

describe("runs", () => {
  it("keeps them in the order they were started and updates them in place", () => {
    const state = replay([
      { type: "page-restored" },
      { type: "run", run: run("b", 2) },
      { type: "run", run: run("a", 1, { state: "done", hasModel: true }) },
      { type: "run", run: run("b", 2, { state: "paused" }) },
    ]);
    expect(state.runs.map((r) => [r.run, r.state])).toEqual([
      ["a", "done"],
      ["b", "paused"],
    ]);
    expect(runUnderWay(state)?.run).toBe("b");
    expect(selectedRun(state)?.run).toBe("a");
  });

  it("shows the newest of the kept runs to a person who comes back, unless another was chosen meanwhile", () => {
    const kept: Message[] = [1, 2, 3].map((number) => ({
      type: "run",
      run: run(`r${number}`, number, { state: "done", hasModel: number < 3 }),
    }));
    expect(replay([...kept, { type: "page-restored" }]).selected).toBe("r2");
    const chosen: Message = { type: "page-select", run: "r1" };
    expect(replay([...kept, chosen, { type: "page-restored" }]).selected).toBe("r1");
  });

  it("keeps the last margins and a bounded loss curve that ends where training is", () => {
    const log: Message[] = [{ type: "run", run: run("a", 1) }];
    for (let step = 1; step <= 3000; step++) {
      const margins = step === 1000 ? { margins: [] } : {};
      log.push({ type: "run-progress", run: "a", progress: progress(step, margins) });
    }
    const live = replay(log).live["a"];
    expect(live?.margins).toEqual([]);
    expect(live?.losses.length).toBeLessThanOrEqual(LOSS_POINTS);
    expect(live?.losses.at(-1)?.step).toBe(3000);
    expect(live?.losses[0]?.step).toBe(1);
    const order = live?.losses.map((p) => p.step) ?? [];
    expect(order).toEqual([...order].sort((a, b) => a - b));
  });

  it("keeps where training restarts, and which steps are kept until others are", () => {
    const told = (step: number, more: object): Message => ({
      type: "run-progress",
      run: "a",
      progress: { ...progress(step), ...more },
    });
    const state = [
      told(1, { kept: { from: 1, to: 1 } }),
      told(2, { losses: {}, restart: "training restarts with lighter dropout" }),
      told(3, {}),
    ].reduce(fold, initialState);
    expect(state.live["a"]).toMatchObject({
      kept: { from: 1, to: 1 },
      restarts: [{ step: 2, what: "training restarts with lighter dropout" }],
    });
    expect(state.live["a"]?.losses.map(({ step }) => step)).toEqual([1, 3]);
  });

  it("drops what a deleted run left behind, and selects another that has a model", () => {
    const state = replay([
      { type: "run", run: run("a", 1, { state: "done", hasModel: true }) },
      { type: "run", run: run("b", 2, { state: "done", hasModel: true }) },
      { type: "run-progress", run: "b", progress: progress(1) },
      { type: "page-select", run: "b" },
      { type: "page-compare", runs: ["a", "b"] },
      { type: "run-deleted", run: "b" },
    ]);
    expect(state.runs.map((r) => r.run)).toEqual(["a"]);
    expect(state.live).toEqual({});
    expect(state.selected).toBe("a");
  });

  it("holds a run that was told to stop until it has ended, and forgets the question then", () => {
    const asked = replay([
      { type: "run", run: run("a", 1) },
      { type: "page-stopping", stopping: { run: "a", answered: false } },
      { type: "run", run: run("a", 1, { state: "paused" }) },
    ]);
    expect(asked.stopping?.run).toBe("a");
    expect(fold(asked, { type: "run", run: run("a", 1, { state: "cancelled" }) }).stopping).toBeUndefined();
    expect(fold(asked, { type: "run-deleted", run: "a" }).stopping).toBeUndefined();
  });

  it("shows a failed run's fault with the run and not over the page", () => {
    const fault = { code: "training-diverged", step: 7 } as const;
    const state = replay([
      { type: "run", run: run("a", 1, { state: "failed", fault }) },
      { type: "fault", run: "a", fault },
    ]);
    expect(state.problem).toBeUndefined();
    expect(lowestScore(state.runs[0]?.report)).toBeUndefined();
  });
});

describe("files being made, requests, forgetting", () => {
  it("counts the rows written and ends with done or a fault", () => {
    const making = replay([
      { type: "page-making", making: { job: 5, run: "a", kind: "csv", rows: 0, total: 100 } },
      { type: "chunk", job: 5, bytes: new Uint8Array(), rows: 40 },
    ]);
    expect(making.making[0]?.rows).toBe(40);
    expect(fold(making, { type: "done", job: 5 }).making).toEqual([]);
    const cancelled = fold(making, { type: "fault", job: 5, fault: { code: "cancelled" } });
    expect(cancelled.making).toEqual([]);
    expect(cancelled.problem).toBeUndefined();
  });

  it("adds up the page's requests and takes the worker's count as it is told", () => {
    const { requests } = replay([
      { type: "page-requests", urls: ["x"] },
      { type: "requests", count: 2, urls: ["y", "z"] },
      { type: "page-blocked", count: 1 },
      { type: "blocked", count: 2 },
    ]);
    expect(requests).toEqual({ page: 1, worker: 2, blocked: 3, urls: ["x", "y", "z"] });
  });

  it("forgets tables, runs and settings, not what the worker can do", () => {
    const state = replay([
      { type: "ready", synthesizers: [], cohorts: [], devices: [] },
      { type: "run", run: run("a", 1) },
      { type: "page-settings", settings: { seed: 9 } },
      { type: "page-forgotten" },
    ]);
    expect(state.connected).toBe(true);
    expect(state.runs).toEqual([]);
    expect(state.settings.seed).toBe(1);
  });

  it("forgets what was asked of simulated cohorts and of clinical rules, and goes on showing what everybody sees", () => {
    const picture = { kind: "steps", caption: "Age", counts: [1, 2] } as const;
    const book = { off: ["pressure.order"], on: [], own: [] };
    const wish = { patients: 100, level: 4, hospitals: 3, units: "own", seed: 7, ownAges: false } as const;
    const file = { values: { "sbp.men": 130 }, edited: [] };
    const {
      start,
      clinical,
      table: open,
    } = replay([
      { type: "page-start-drawing", job: 1 },
      { type: "cohort-picture", job: 1, cohort: "icu", picture },
      { type: "done", job: 1 },
      { type: "page-start-wish", cohort: "icu", wish },
      { type: "page-start-listing", job: 2 },
      { type: "numbers-opened", job: 2, name: "mine.json", file },
      {
        type: "table",
        job: 3,
        table: table("icu.csv", { simulation: { cohort: "icu", level: 4, seed: 7 } }),
      },
      { type: "page-clinical-chosen", book, history: { past: [], future: [] } },
      { type: "page-forgotten" },
    ]);
    expect(start).toEqual({ ...initialState.start, pictures: { icu: picture } });
    expect(clinical).toEqual(initialState.clinical);
    expect(open).toBeNull();
  });

  it("waits for no picture, climb or list of numbers whose job has ended", () => {
    const { start } = replay([
      { type: "page-start-drawing", job: 1 },
      { type: "page-start-open", cohort: "icu", job: 2 },
      { type: "page-start-listing", job: 3 },
      { type: "done", job: 1 },
      { type: "done", job: 2 },
      { type: "fault", job: 3, fault: { code: "cancelled" } },
    ]);
    expect(start).toEqual({ ...initialState.start, open: "icu" });
  });
});

describe("kept settings", () => {
  it("reads what is valid and replaces what is not", () => {
    const settings = parseSettings(
      '{"seed":5,"device":"toaster","holdout":{"share":9,"seed":3},"params":[]}',
    );
    expect(settings).toMatchObject({
      seed: 5,
      device: "auto",
      holdout: { share: 0.2, seed: 3 },
      params: {},
    });
    expect(parseSettings("not json").synthesizer).toBe("");
    expect(parseSettings('{"params":{"vae":{"epochs":3,"bad":{}}}}').params).toEqual({ vae: { epochs: 3 } });
  });

  it("names files after the table without its ending or what no file name may hold", () => {
    expect(fileStem("hf admissions 2019/23.csv")).toBe("hf-admissions-2019-23");
    expect(fileStem("../..")).toBe("table");
  });
});

describe("an attack that was asked for", () => {
  const asked = fold(fold(initialState, { type: "run", run: run("a", 1, { state: "done" }) }), {
    type: "page-attacking",
    run: "a",
    job: 7,
  });
  const under = fold(asked, { type: "attacking", job: 7, run: "a", fraction: 0.4, secondsLeft: 12 });

  it("is under way until its job is done, fails, is cancelled, or the worker ends", () => {
    expect(asked.live["a"]?.attacking).toEqual({ job: 7, fraction: 0 });
    expect(under.live["a"]?.attacking).toEqual({ job: 7, fraction: 0.4, secondsLeft: 12 });
    for (const end of [
      { type: "done", job: 7 },
      { type: "fault", job: 7, run: "a", fault: { code: "cancelled" } },
      { type: "fault", job: 7, run: "a", fault: { code: "bad-use", message: "" } },
      { type: "worker-ended" },
    ] as const)
      expect(fold(under, end).live["a"]?.attacking).toBeUndefined();
    expect(fold(under, { type: "done", job: 8 }).live["a"]?.attacking).toBeDefined();
    expect(fold(under, { type: "fault", job: 7, fault: { code: "cancelled" } }).problem).toBeUndefined();
  });
});

describe("a file of rows", () => {
  const making = { job: 4, run: "a", kind: "csv", rows: 0, total: 300 } as const;
  const made = (rows: number) =>
    replay(
      [
        { type: "page-making", making },
        { type: "chunk", job: 4, bytes: new Uint8Array(), rows },
        { type: "done", job: 4 },
      ],
      replay([opening, { type: "table", job: 1, table: table("a.csv") }]),
    );

  it("says how many rows came out where they are fewer than asked for", () => {
    expect(made(212).short).toEqual({ run: "a", asked: 300, rows: 212 });
    expect(made(300).short).toBeUndefined();
    expect(fold(made(212), { type: "page-making", making }).short).toBeUndefined();
  });
});
