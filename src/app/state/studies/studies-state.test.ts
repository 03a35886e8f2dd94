import { describe, expect, test } from "vitest";
import type { StudyResult } from "../../../core/report/study.ts";
import type { StudyView } from "../../../worker/protocol.ts";
import { fold } from "../lab.ts";
import { initialState, type LabState, type Message } from "../lab-state.ts";
import { wouldLose } from "../leaving/leaving.ts";

const after = (messages: readonly Message[], from: LabState = initialState): LabState =>
  messages.reduce(fold, from);

const view = (study: string, more: Partial<StudyView> = {}): StudyView => ({
  study,
  request: { study: "rows", settings: {}, seed: 1 },
  name: "Rows",
  question: "How many patients are enough?",
  table: "a.csv",
  state: "running",
  cells: 4,
  done: 1,
  failed: 0,
  fraction: 0.25,
  seconds: 3,
  ...more,
});
const result = { say: { bold: "All is well." } } as StudyResult;
const list = (...studies: StudyView[]): Message => ({ type: "studies", studies, paused: false });

describe("studies on the page", () => {
  test("what one has found stays while only its progress is told, and goes when it begins anew", () => {
    const found = after([list(view("a"), view("b")), { type: "study", study: view("a", { result }) }]);
    const on = after([list(view("b"), view("a", { done: 2 }))], found);
    expect(on.studies.studies.map(({ study, result: shown }) => [study, shown])).toEqual([
      ["b", undefined],
      ["a", result],
    ]);
    const anew = after([{ type: "study", study: view("a", { done: 0 }) }], on);
    expect(anew.studies.studies[1]?.result).toBeUndefined();
    expect(after([{ type: "study", study: view("gone") }], on).studies.studies).toHaveLength(2);
  });

  test("an answer counts for the last question only; a fault stands beside what was asked until it is asked again", () => {
    const asked = after([
      { type: "page-studies-asked", what: "estimate", job: 1 },
      { type: "page-studies-asked", what: "estimate", job: 2 },
      { type: "study-estimated", job: 1, cells: 9, seconds: 9 },
    ]);
    expect(asked.studies.estimate).toBeUndefined();
    const fault = { code: "study-refused", reason: "Too few.", remedy: "Take more." } as const;
    const refused = after([{ type: "fault", job: 2, fault }], asked);
    expect(refused.studies).toMatchObject({ faults: { estimate: fault }, asked: {} });
    expect(refused.problem).toBeUndefined();
    const again = after([{ type: "page-studies-asked", what: "estimate", job: 3 }], refused);
    expect(again.studies.faults).toEqual({});
    const told = after(
      [
        { type: "study-estimated", job: 3, cells: 4, seconds: 8 },
        { type: "done", job: 3 },
      ],
      again,
    );
    expect(told.studies).toMatchObject({ estimate: { cells: 4, seconds: 8 }, asked: {} });
  });

  test("another table takes the offers, the second table and the replies away, and leaves the queue", () => {
    const full = after([
      { type: "page-studies-asked", what: "offers", job: 1 },
      { type: "studies-offered", job: 1, offers: [] },
      list(view("a")),
      {
        type: "second-opened",
        job: 2,
        second: "s",
        facts: { name: "b.csv", rows: 9, columns: [], matches: [], notes: [] },
      },
      { type: "page-study-draft", study: "rows", settings: { seeds: 2 } },
    ]);
    expect(full.studies).toMatchObject({ offers: [], second: { id: "s" }, drafts: { rows: { seeds: 2 } } });
    const { studies } = after([{ type: "page-closed-table" }], full);
    expect(studies).toMatchObject({ offers: undefined, second: undefined, drafts: {} });
    expect(studies.studies).toHaveLength(1);
  });

  test("a worker that ends takes what was under way; closing the page asks first where a study is not kept", () => {
    const going = after([list(view("a"), view("b", { state: "done" }))]);
    expect(wouldLose(going)).toBe(true);
    const kept = after([{ type: "page-keep-runs", on: true }], going);
    expect(wouldLose(kept)).toBe(false);
    const full = view("a", { unkept: { code: "storage-full", keeping: "the study" } });
    expect(wouldLose(after([list(full)], kept))).toBe(true);
    const ended = after([{ type: "worker-ended" }], kept);
    expect(ended.studies.studies.map(({ state }) => state)).toEqual(["failed", "done"]);
    expect(ended.studies.studies[0]?.fault).toEqual({ code: "worker-ended" });
    expect(wouldLose(ended)).toBe(false);
  });
});
