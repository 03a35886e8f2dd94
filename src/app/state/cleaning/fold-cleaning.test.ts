import { describe, expect, it } from "vitest";
import type { CleaningStep, StepPreview, Suggestion } from "../../../core/table/cleaning-step.ts";
import type { ColumnProfile, SchemaChange } from "../../../core/table/profile.ts";
import type { TableView } from "../../../worker/protocol.ts";
import { initialState, type LabState, type Message } from "../lab-state.ts";
import { fold } from "../lab.ts";
import { noCleaning, openSuggestions, similarTo } from "./cleaning-state.ts";

const strip = (column: string, unit = "bpm"): CleaningStep => ({ step: "strip-unit", column, unit });
const suggestion = (step: CleaningStep, column: string, lossless = true): Suggestion => ({
  step,
  column,
  seen: "a unit in the cell",
  cells: 9,
  lossless,
});
const preview = (step: CleaningStep): StepPreview => ({
  step,
  title: "take off the unit",
  cells: 9,
  rows: 0,
  texts: [],
  changed: [],
});
const column = (name: string): ColumnProfile => ({
  schema: { name, kind: "text", role: "feature", reason: "", missingToken: "" },
  missing: 0,
  distinct: 2,
  bars: [],
  range: "",
  example: "",
  flags: [],
  withheld: 0,
});
const table = (names: readonly string[]): TableView => ({
  name: "a.csv",
  rows: 100,
  bytes: 1,
  seconds: 0,
  schema: {
    columns: [],
    dialect: { delimiter: ",", quote: '"', newline: "\n", bom: false, encoding: "utf-8" },
    missingTokens: [""],
  },
  columns: names.map(column),
  simulated: false,
  remembered: false,
  notes: [],
  reading: [],
  emptyByRule: [],
});

const replay = (messages: readonly Message[], from: LabState = initialState): LabState =>
  messages.reduce(fold, from);
const opened = replay([
  { type: "page-opening", job: 1, name: "a.csv", kind: "table", total: 1 },
  { type: "table", job: 1, table: table(["pulse", "spo2", "sex"]) },
]);
const change: SchemaChange = { type: "clean", step: strip("pulse") };

describe("cleaning the open table", () => {
  it("suggests what was found last, without what a person left, and finds what is alike", () => {
    const suggestions = [
      suggestion(strip("pulse"), "pulse"),
      suggestion(strip("spo2", "%"), "spo2"),
      suggestion({ step: "merge", column: "sex", from: ["F"], to: "f" }, "sex"),
    ];
    const state = replay(
      [
        { type: "page-cleaning-asked", job: 2 },
        { type: "page-cleaning-asked", job: 3 },
        { type: "suggestions", job: 2, suggestions: [] },
        { type: "suggestions", job: 3, suggestions },
      ],
      opened,
    );
    expect(openSuggestions(state.cleaning)).toHaveLength(3);
    expect(similarTo(state.cleaning, strip("pulse")).map((one) => one.column)).toEqual(["spo2"]);
    const left = fold(state, { type: "page-cleaning-left", step: strip("spo2", "%") });
    expect(openSuggestions(left.cleaning).map((one) => one.column)).toEqual(["pulse", "sex"]);
    expect(similarTo(left.cleaning, strip("pulse"))).toEqual([]);
  });

  it("shows what the step asked last would do; a fault of it is told beside it", () => {
    const asked = replay(
      [
        { type: "page-cleaning-preview", job: 4, step: strip("pulse"), by: "suggestion" },
        { type: "page-cleaning-preview", job: 5, step: strip("pulse", "/min"), by: "person" },
        { type: "step-preview", job: 4, preview: preview(strip("pulse")) },
      ],
      opened,
    );
    expect(asked.cleaning.previewed).toMatchObject({ job: 5, answered: false });
    const seen = fold(asked, { type: "step-preview", job: 5, preview: preview(strip("pulse", "/min")) });
    expect(seen.cleaning.previewed).toMatchObject({ answered: true, preview: { cells: 9 } });
    const fault = { code: "step-impossible", number: 1, step: "x", reason: "No such column." } as const;
    const wrong = fold(asked, { type: "fault", job: 5, fault });
    expect(wrong.cleaning.previewed).toMatchObject({ answered: true, fault });
    expect(wrong.problem).toBeUndefined();
    expect(fold(asked, { type: "fault", job: 5, fault: { code: "cancelled" } }).cleaning).toBe(
      asked.cleaning,
    );
  });

  it("keeps the last preview of a column while another is asked for, and drops it for another column", () => {
    const seen = replay(
      [
        { type: "page-cleaning-preview", job: 4, step: strip("pulse"), by: "suggestion" },
        { type: "step-preview", job: 4, preview: preview(strip("pulse")), after: column("pulse") },
      ],
      opened,
    );
    const same = fold(seen, {
      type: "page-cleaning-preview",
      job: 5,
      step: strip("pulse", "x"),
      by: "person",
    });
    expect(same.cleaning.previewed?.preview).toBeDefined();
    const other = fold(seen, {
      type: "page-cleaning-preview",
      job: 5,
      step: strip("spo2"),
      by: "suggestion",
    });
    expect(other.cleaning.previewed).toEqual({
      job: 5,
      step: strip("spo2"),
      by: "suggestion",
      answered: false,
    });
  });

  it("ends what is looked at when the table changes, keeps ticks of columns that are there, and forgets with the table", () => {
    const state = replay(
      [
        { type: "page-cleaning-making", making: { column: "pulse", kind: "split" } },
        { type: "page-cleaning-ticked", columns: ["pulse", "sex"] },
        { type: "page-revising", job: 6, history: { past: [change], future: [] }, change },
        { type: "table", job: 6, table: table(["spo2", "sex"]) },
      ],
      opened,
    );
    expect(state.cleaning).toMatchObject({ making: undefined, ticked: ["sex"] });
    expect(fold(state, { type: "page-closed-table" }).cleaning).toEqual(noCleaning);
  });

  it("counts one step in several columns; one that cannot be is said in the place of a count", () => {
    const jobs = [7, 8];
    const counting = fold(opened, { type: "page-cleaning-counting", jobs });
    expect(fold(counting, { type: "page-cleaning-counted", jobs, cells: 30 }).cleaning.counting).toEqual({
      jobs,
      cells: 30,
    });
    const fault = { code: "step-impossible", number: 1, step: "x", reason: "No numbers." } as const;
    const wrong = fold(counting, { type: "fault", job: 8, fault });
    expect(wrong.cleaning.counting).toEqual({ jobs, fault });
    expect(wrong.problem).toBeUndefined();
  });

  it("says which steps of a file do not fit", () => {
    const unfit = [{ text: "split bp", reason: "There is no column bp." }];
    const state = replay(
      [
        { type: "page-cleaning-file", job: 9 },
        { type: "steps-opened", job: 9, changes: [change, change, change], unfit },
      ],
      fold(opened, { type: "page-revising", job: 8, history: { past: [change], future: [] } }),
    );
    expect(state.cleaning.file).toEqual({ job: 9, unfit, done: 2 });
  });
});

describe("a change that cannot be made", () => {
  const fault = { code: "step-impossible", number: 2, step: "x", reason: "There is no column a." } as const;

  it("leaves the changes as they were, and says of which one it is", () => {
    const state = replay(
      [
        { type: "page-revising", job: 3, history: { past: [change], future: [] }, change },
        { type: "fault", job: 3, fault },
      ],
      opened,
    );
    expect(state.history).toEqual({ past: [], future: [] });
    expect(state.schemaFault).toEqual({ fault, change });
  });

  it("is of none where a change in the middle is taken back", () => {
    const both = replay(
      [
        { type: "page-revising", job: 3, history: { past: [change, change], future: [] }, change },
        { type: "table", job: 3, table: table(["pulse"]) },
        { type: "page-revising", job: 4, history: { past: [change], future: [] } },
        { type: "fault", job: 4, fault },
      ],
      opened,
    );
    expect(both.history.past).toHaveLength(2);
    expect(both.schemaFault).toEqual({ fault });
  });
});
