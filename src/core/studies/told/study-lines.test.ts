import { expect, test } from "vitest";
import type { StudyResult } from "../../report/study.ts";
import { studyLines } from "./study-lines.ts";

const result: StudyResult = {
  study: "rows",
  name: "Rows",
  question: "How many patients are enough?",
  table: { name: "a.csv", rows: 300, columns: 4 },
  settings: [],
  seed: 1,
  cells: { all: 4, done: 3 },
  failed: [{ cell: "50 rows, VAE, seed 1", reason: "There are too few." }],
  seconds: 9,
  say: { bold: "With 80 rows there is no difference beyond noise.", rest: "It is 0.01." },
  pictures: [],
  tables: [
    {
      title: "At every size",
      note: "mean over 2 seeds",
      columns: [
        { name: "50", over: "told apart", unit: "AUC" },
        { name: "80", over: "told apart", unit: "AUC" },
        { name: "copied", unit: "share" },
      ],
      rows: [
        { name: "Copula", cells: [{ value: 0.6, interval: { low: 0.55, high: 0.65 } }, undefined, "none"] },
        { name: "VAE", cells: [{ value: 0.71234 }, { value: 0.5 }, { value: 0.5 }] },
      ],
    },
  ],
  notes: ["Few patients."],
};

test("the finding stands first, tables are aligned, and what is missing is said", () => {
  expect(studyLines(result)).toEqual([
    "With 80 rows there is no difference beyond noise.",
    "It is 0.01.",
    "",
    "At every size (mean over 2 seeds):",
    "            told apart",
    "                    50     80  copied",
    "  Copula  0.600 ±0.050      –    none",
    "  VAE            0.712  0.500   50.0%",
    "",
    "3 of 4 cells are done.",
    "",
    "Could not be run:",
    "  50 rows, VAE, seed 1: There are too few.",
    "",
    "Few patients.",
  ]);
});
