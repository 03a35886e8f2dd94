import { expect, test } from "vitest";
import type { Report } from "../../../core/report/report.ts";
import { lab } from "../lab.ts";
import { isOfOlderRules } from "./older-rules.ts";

const book = { off: ["a", "b"], on: [], own: [] };

test("an evaluation is of older rules where the open table's were changed since, and only there", () => {
  const state = lab.getState();
  const table = { id: "t" } as NonNullable<typeof state.table>;
  const now = { table, clinical: { ...state.clinical, book } };
  const report = {} as Report;
  expect(isOfOlderRules(now, { tableId: "t", report })).toBe(true);
  expect(isOfOlderRules(now, { tableId: "t", report, book: { ...book, off: ["b", "a"] } })).toBe(false);
  expect(isOfOlderRules(now, { tableId: "t" })).toBe(false);
  expect(isOfOlderRules(now, { tableId: "other", report })).toBe(false);
});
