import { describe, expect, it } from "vitest";
import type { JoinLook } from "../../../core/intake/join/join.ts";
import type { Event, FileSeen } from "../../../worker/protocol.ts";
import { initialState, type LabState, type Message } from "../lab-state.ts";
import { fold } from "../lab.ts";
import { columnsOf, nameOf, purposesOf, type ChoosingState } from "./choosing-state.ts";
import { joinQuestion } from "./choosing.ts";

const workbook: FileSeen = {
  name: "ward.xlsx",
  bytes: 900,
  words: "Excel workbook",
  sheets: [
    { name: "Key", rows: 12, columns: 2, table: true },
    { name: "Stays", rows: 300, columns: 9, table: true },
    { name: "Chart", table: false },
  ],
};
const text = (name: string): FileSeen => ({
  name,
  bytes: 10,
  words: "Delimited text",
  sheets: [{ name, rows: 40, columns: 4, table: true }],
});
const broken: FileSeen = {
  ...text("cut.zip"),
  fault: { code: "file-damaged", file: "cut.zip", format: "zip", reason: "It ends early." },
};

const replay = (messages: readonly Message[], from: LabState = initialState): LabState =>
  messages.reduce(fold, from);

/** Files that have been looked into. */
function looked(files: readonly FileSeen[], pair?: Extract<Event, { type: "files-seen" }>["pair"]): LabState {
  const offered = files.map(({ name, bytes }) => ({ name, bytes }));
  return replay([
    { type: "page-choosing", job: 1, files: offered },
    { type: "files-seen", job: 1, files, ...(pair && { pair }) },
  ]);
}
const choosing = ({ choosing: state }: LabState): ChoosingState => {
  if (state === undefined) throw new Error("nothing is chosen from");
  return state;
};
const sheets = (state: LabState): string[] =>
  choosing(state).ticked.map(({ file, sheet }) => `${file}:${sheet}`);

describe("files that are chosen from", () => {
  it("begin with the largest table of one file, or with one of each of two that share columns", () => {
    const one = looked([workbook]);
    expect([choosing(one).purpose, sheets(one)]).toEqual(["one", ["0:1"]]);
    const two = looked([workbook, text("labs.csv")], { shared: ["stay"], alike: false });
    expect([choosing(two).purpose, sheets(two)]).toEqual(["parts", ["0:1", "1:0"]]);
    expect(nameOf(choosing(two), { file: 1, sheet: 0 })).toBe("labs.csv");
  });

  it("are told apart by names where their columns are the same, the real and the training rows first", () => {
    const alike = { shared: ["age", "sex"], alike: true };
    const made = looked([text("synthetic.csv"), text("clinic.csv")], alike);
    expect([choosing(made).purpose, sheets(made)]).toEqual(["elsewhere", ["1:0", "0:0"]]);
    const kept = looked([text("holdout.csv"), text("clinic.csv")], alike);
    expect([choosing(kept).purpose, sheets(kept)]).toEqual(["held-out", ["1:0", "0:0"]]);
    const unnamed = looked([text("a.csv"), text("b.csv")], alike);
    expect([choosing(unnamed).purpose, sheets(unnamed)]).toEqual(["one", ["0:0"]]);
  });

  it("cannot be what they do not hold", () => {
    const of = (state: LabState): string[] =>
      purposesOf(choosing(state)).flatMap(({ purpose, off }) => (off === undefined ? [purpose] : []));
    expect(of(looked([workbook]))).toEqual(["parts", "one"]);
    expect(of(looked([workbook, text("b.csv")]))).toEqual(["parts", "one"]);
    expect(of(looked([text("a.csv"), text("b.csv")], { shared: ["x"], alike: false }))).toEqual([
      "parts",
      "elsewhere",
      "one",
    ]);
    const half = looked([text("a.csv"), broken]);
    expect([of(half), sheets(half)]).toEqual([["one"], ["0:0"]]);
    expect(choosing(fold(half, { type: "page-choosing-purpose", purpose: "parts" })).purpose).toBe("one");
  });

  it("are joined two at a time: a third table takes the place of the second, another key is another question", () => {
    const two = looked([workbook, text("labs.csv")], { shared: ["stay"], alike: false });
    const before = joinQuestion(choosing(two));
    const other = fold(two, { type: "page-choosing-tick", at: { file: 0, sheet: 0 }, on: true });
    expect(sheets(other)).toEqual(["0:1", "0:0"]);
    expect(joinQuestion(choosing(other))).not.toBe(before);
    const first = fold(two, { type: "page-choosing-first", at: { file: 1, sheet: 0 } });
    expect(sheets(first)).toEqual(["1:0", "0:1"]);
    const single = fold(two, { type: "page-choosing-purpose", purpose: "one" });
    expect([sheets(single), joinQuestion(choosing(single))]).toEqual([["0:1"], undefined]);
  });

  it("show the rows that were asked for last, and name the columns of the header that is chosen", () => {
    const at = { file: 0, sheet: 1 };
    const cells = [["Ward list"], ["stay", "sex"], ["1", "f"]];
    const state = replay(
      [
        { type: "page-choosing-rows-asked", at, job: 2 },
        { type: "page-choosing-header", at, row: 2 },
        { type: "page-choosing-rows-asked", at, job: 3 },
        { type: "sheet-rows", job: 2, cells: [], first: 1, header: 1 },
        { type: "sheet-rows", job: 3, cells, first: 1, header: 2 },
      ],
      looked([workbook]),
    );
    expect(columnsOf(choosing(state), at)).toEqual(["stay", "sex"]);
    expect(choosing(state).rows["0:1"]?.asked).toBe(2);
  });

  it("tell a fault where it belongs, and nowhere else", () => {
    const fault = { code: "join-impossible", reason: "Both repeat it.", remedy: "Choose another." } as const;
    const asked = fold(looked([text("a.csv"), text("b.csv")]), {
      type: "page-choosing-join-asked",
      job: 5,
      question: "q",
    });
    const look: JoinLook = {
      choice: { keys: [{ left: "x", right: "x" }], keep: [] },
      candidates: [],
      left: { rows: 4, matched: 4, unique: true },
      right: { rows: 4, matched: 4, unique: true },
      fanOut: [0, 4],
      most: 1,
      added: ["y"],
    };
    const seen = fold(asked, { type: "join-seen", job: 5, look, cells: [["x", "y"]] });
    expect(choosing(seen).join).toMatchObject({ answered: true, look });
    const again = fold(seen, { type: "page-choosing-join-asked", job: 6, question: "r" });
    expect(choosing(again).join).toMatchObject({ answered: false, look });
    const wrong = fold(again, { type: "fault", job: 6, fault });
    expect(choosing(wrong).join).toEqual({ job: 6, question: "r", answered: true, fault });
    expect(wrong.problem).toBeUndefined();
    expect(choosing(fold(again, { type: "fault", job: 5, fault })).join?.fault).toBeUndefined();
    const blind = fold(initialState, { type: "page-choosing", job: 7, files: [{ name: "a", bytes: 1 }] });
    expect(choosing(fold(blind, { type: "fault", job: 7, fault })).fault).toEqual(fault);
  });

  it("are taken by a view that a person changed, until it is as it came", () => {
    const at = { file: 0, sheet: 1 };
    const changed = fold(looked([workbook]), { type: "page-choosing-view", at, view: "{}" });
    expect(choosing(changed).views).toEqual({ "0:1": "{}" });
    const asked = fold(changed, { type: "page-choosing-rows-asked", at, job: 9 });
    expect(choosing(asked).rows["0:1"]).toMatchObject({ job: 9, view: "{}" });
    const back = fold(asked, { type: "page-choosing-view", at, view: undefined });
    expect(choosing(back).views).toEqual({});
    const again = fold(back, { type: "page-choosing-rows-asked", at, job: 10 });
    expect(choosing(again).rows["0:1"]?.view).toBeUndefined();
  });

  it("stay ticked when another file comes in, and are gone once a table is opened", () => {
    const one = looked([workbook]);
    const more = replay(
      [
        {
          type: "page-choosing",
          job: 8,
          files: [...choosing(one).files, { name: "labs.csv", bytes: 10 }],
        },
        { type: "files-seen", job: 8, files: [workbook, text("labs.csv")] },
      ],
      one,
    );
    expect(sheets(more)).toEqual(["0:1"]);
    expect(choosing(more).files).toHaveLength(2);
    expect(fold(more, { type: "page-choosing-closed" }).choosing).toBeUndefined();
    expect(fold(more, { type: "worker-ended" }).choosing).toBeUndefined();
  });
});
