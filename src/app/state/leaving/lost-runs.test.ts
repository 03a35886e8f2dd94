import { describe, expect, it } from "vitest";
import type { RunView, TableView } from "../../../worker/protocol.ts";
import { fold } from "../lab.ts";
import { initialState, type LabState } from "../lab-state.ts";
import { wouldLose } from "./leaving.ts";
import { parseLost } from "./lost-runs.ts";
import { parseShown } from "./shown.ts";

const request = {
  synthesizer: "vae",
  params: { steps: 80, name: "x", flag: true },
  seed: 7,
  device: "wasm",
  holdout: { share: 0.3, seed: 2 },
} as const;

const run = (id: string, state: RunView["state"], more: Partial<RunView> = {}): RunView => ({
  run: id,
  number: 1,
  name: "VAE 1",
  state,
  request,
  table: "a.csv",
  schema: { columns: [] } as unknown as RunView["schema"],
  hasModel: state === "done",
  notices: [],
  fromFile: false,
  ...more,
});

const withRuns = (...runs: RunView[]): LabState =>
  runs.reduce((state, one) => fold(state, { type: "run", run: one }), initialState);

describe("runs that a closed page has lost", () => {
  it("are read with the same settings and seeds; what cannot be read is left out", () => {
    const lost = { number: 3, request: { ...request, stopWhenNearer: true }, was: "training" };
    expect(parseLost(JSON.stringify([lost]))).toEqual([lost]);
    expect(parseLost(JSON.stringify([{ ...lost, was: "gone" }, null, 5, { number: 1 }, lost]))).toEqual([
      lost,
    ]);
    expect(parseLost("{")).toEqual([]);
    expect(parseLost(null)).toEqual([]);
  });
});

describe("leaving the page", () => {
  it("asks while a run is under way or waits, and not once it has ended and the person has said what is kept", () => {
    expect(wouldLose(initialState)).toBe(false);
    for (const state of ["queued", "running", "paused", "evaluating"] as const)
      expect(wouldLose(withRuns(run("a", state)))).toBe(true);
    const ended = withRuns(run("a", "done"));
    expect(wouldLose({ ...ended, keepRuns: false })).toBe(false);
    expect(wouldLose({ ...ended, keepRuns: true })).toBe(false);
    expect(wouldLose(withRuns(run("a", "cancelled"), run("b", "failed")))).toBe(false);
  });

  it("asks while finished runs would be lost that nobody was asked about", () => {
    const ended = withRuns(run("a", "done"));
    expect(wouldLose(ended)).toBe(true);
    expect(wouldLose({ ...ended, kept: { runs: 0, table: false, bytes: 0, refused: "no" } })).toBe(false);
    expect(wouldLose(withRuns(run("a", "done", { fromFile: true })))).toBe(false);
  });
});

describe("coming back", () => {
  it("shows the run again that was shown, if it is there, else the last", () => {
    const asked = fold(initialState, { type: "page-select", run: "a" });
    const there = ["a", "b"].reduce((state, id) => fold(state, { type: "run", run: run(id, "done") }), asked);
    expect(fold(there, { type: "page-restored" }).selected).toBe("a");
    const gone = fold(asked, { type: "run", run: run("b", "done") });
    expect(fold(gone, { type: "page-restored" }).selected).toBe("b");
    expect(fold({ ...there, compared: ["b", "c"] }, { type: "page-restored" }).compared).toEqual(["b"]);
    expect(parseShown('["a","b",3]')).toEqual({ selected: "a", compared: ["b"] });
    expect(parseShown("[5]").selected).toBeUndefined();
    expect(parseShown("no").compared).toEqual([]);
  });
});

describe("a worker that has ended", () => {
  it("takes what was under way with it; another one starts with nothing and the same settings", () => {
    const table = { name: "a.csv", remembered: false } as TableView;
    const before = withRuns(run("a", "done"), run("b", "running"), run("c", "queued"));
    const ended = fold({ ...before, table, queue: ["c"] }, { type: "worker-ended" });
    expect(ended.trouble).toBe("ended");
    expect(ended.runs.map(({ state }) => state)).toEqual(["done", "failed", "failed"]);
    expect(ended.runs[1]?.fault).toEqual({ code: "worker-ended" });
    expect(ended).toMatchObject({ table: { name: "a.csv" }, queue: [], connected: false });
    const afresh = fold({ ...ended, keepRuns: true }, { type: "page-restarting" });
    expect(afresh).toMatchObject({ trouble: undefined, runs: [], table: null, keepRuns: true });
    expect(afresh.settings).toBe(ended.settings);
  });

  it("is told while it does not answer, and not any more once it does", () => {
    const silent = fold(initialState, { type: "worker-silent", silent: true });
    expect(silent.trouble).toBe("silent");
    expect(fold(silent, { type: "worker-silent", silent: false }).trouble).toBeUndefined();
  });
});
