import { describe, expect, it } from "vitest";
import { initialState, noRules, type LabState, type Message } from "../lab-state.ts";
import { fold } from "../lab.ts";
import type { RuleList, TableView } from "../../../worker/protocol.ts";
import { whatToSettle } from "./rules.ts";

const list: RuleList = { lines: [], troubles: [], rows: 80 };
const table: TableView = {
  name: "a.csv",
  rows: 100,
  bytes: 1,
  seconds: 0,
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
};
const replay = (messages: readonly Message[], from: LabState = initialState): LabState =>
  messages.reduce(fold, from);
const chosen: Message = {
  type: "page-rules-chosen",
  choices: [{ text: "a < b", on: true, by: "person" }],
  history: { past: [[]], future: [] },
};
const opening: Message = { type: "page-opening", job: 1, name: "a.csv", kind: "table", total: 1 };
const opened = replay([opening, { type: "table", job: 1, table }]);

describe("the rules of the table", () => {
  it("are those of the question asked last", () => {
    const state = replay(
      [
        { type: "page-rules-asked", job: 2 },
        { type: "page-rules-asked", job: 3 },
        { type: "rules", job: 2, list: { ...list, rows: 1 } },
        { type: "fault", job: 2, fault: { code: "cancelled" } },
      ],
      opened,
    );
    expect(state.rules).toMatchObject({ job: 3, list: undefined, fault: undefined });
    expect(state.problem).toBeUndefined();
    expect(fold(state, { type: "rules", job: 3, list }).rules).toMatchObject({ job: undefined, list });
  });

  it("say beside them why there are none, and nowhere else", () => {
    const asked = fold(opened, { type: "page-rules-asked", job: 3 });
    const fault = { code: "unexpected", message: "no" } as const;
    const state = fold(asked, { type: "fault", job: 3, fault });
    expect(state.rules).toMatchObject({ job: undefined, fault });
    expect(state.problem).toBeUndefined();
    expect(fold(state, { type: "page-rules-asked", job: 4 }).rules.fault).toBeUndefined();
  });

  it("keep what a person made of them when columns change, and lose it with the table", () => {
    const state = fold(opened, chosen);
    const revising = fold(state, { type: "page-revising", job: 5, history: { past: [], future: [] } });
    expect(fold(revising, { type: "table", job: 5, table }).rules.choices).toHaveLength(1);
    expect(
      fold(state, { type: "table", job: 6, table: { ...table, remembered: true } }).rules.choices,
    ).toHaveLength(1);
    expect(fold(state, { type: "page-closed-table" }).rules).toEqual(noRules);
    const other = replay(
      [
        { ...opening, job: 7 },
        { type: "table", job: 7, table },
      ],
      state,
    );
    expect(other.rules).toEqual(noRules);
    expect(other.dataTab).toBe("columns");
  });

  it("tell what was found of a rule being written only while it is", () => {
    const check = { asked: "a <", text: "a <", at: 3, said: [] };
    const state = fold(opened, { type: "page-rule-asked", job: 8 });
    expect(fold(state, { type: "rule-checked", job: 7, check }).rules.checked?.check).toBeUndefined();
    const told = fold(state, { type: "rule-checked", job: 8, check });
    expect(told.rules.checked?.check).toEqual(check);
    expect(fold(told, { type: "page-rule-asked", job: undefined }).rules.checked).toBeUndefined();
  });

  it("stay as they are when a file of rules cannot be used", () => {
    const fault = { code: "file-unreadable", file: "r.json", reason: "It is not JSON." } as const;
    const state = replay(
      [chosen, { type: "page-rules-file", job: 9 }, { type: "fault", job: 9, fault }],
      opened,
    );
    expect(state.rules.choices).toHaveLength(1);
    expect(state.rules.file).toEqual({ job: 9, fault });
    expect(state.problem).toBeUndefined();
  });

  it("name what must be settled before training", () => {
    const trouble = (rules: readonly number[]) =>
      ({ code: "contradict", title: "", detail: "", rules, stops: true, ways: [] }) as const;
    const withTrouble = (rules: readonly number[]): LabState => ({
      ...opened,
      rules: { ...noRules, list: { ...list, troubles: [trouble(rules)] } },
    });
    expect(whatToSettle(opened)).toBeUndefined();
    expect(whatToSettle(withTrouble([3, 10]))).toBe("settle rules 4 and 11 first");
    expect(whatToSettle(withTrouble([1, 3, 10]))).toBe("settle rules 2, 4 and 11 first");
    expect(whatToSettle(withTrouble([2]))).toBe("settle rule 3 first");
  });
});
