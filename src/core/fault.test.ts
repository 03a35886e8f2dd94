import { describe, expect, it } from "vitest";
import { describeFault, type Fault } from "./fault.ts";

const words = (fault: Fault): string => Object.values(describeFault(fault)).join(" ");
/** An empty list in a sentence, a plural of one, a number that is none. */
const UNSOUND =
  /NaN|undefined|\(\)|\s[.,;]|[:,;]\.|\b(of|has|have|are|lacks|to) *\.|\b1 (rows|lines|columns|cells|words|names)\b|\b1 column names|  /;

describe("faults at the edges", () => {
  it.each<[Fault, RegExp, RegExp]>([
    [
      { code: "columns-unlike", file: "s.csv", shared: ["age"], needed: 2, missing: [] },
      /The real table has no other column to compare\./,
      /It lacks/,
    ],
    [
      { code: "columns-unlike", file: "s.csv", shared: [], needed: 2, missing: ["age", "sex"] },
      /shares no column .* It lacks “age”, “sex”\./,
      /no other column/,
    ],
    [{ code: "unknown-column", name: "x", known: [] }, /The table has no column\./, /The table has \./],
    [{ code: "unknown-column", name: "x", known: ["a", "b"] }, /The table has a, b\./, /no column\./],
    [{ code: "unknown-synthesizer", id: "x", known: [] }, /None is known\./, /Known are/],
    [{ code: "header-only", file: "a.csv", columns: 1 }, /1 column name was found/, /names were/],
    [{ code: "header-only", file: "a.csv", columns: 3 }, /3 column names were found/, /name was/],
    [{ code: "too-few-rows", rows: 1, needed: 10 }, /has 1 row\./, /1 rows/],
    [{ code: "too-few-rows", rows: 0, needed: 10 }, /has 0 rows\./, /0 row\./],
    [{ code: "too-many-columns", columns: 2001, limit: 2000 }, /has 2001 columns\./, /column\./],
    [
      { code: "ragged-row", row: 2, cells: 1, expected: 3, line: 3, alsoRows: 0 } as Fault,
      /Row 2 has 1 cell where/,
      /more row/,
    ],
    [
      { code: "ragged-row", row: 2, cells: 2, expected: 3, line: 3, alsoRows: 1, otherRows: [7] } as Fault,
      /1 more row is like it: 7\./,
      /rows are/,
    ],
    [
      { code: "condition-unmet", condition: "age > 90", drawn: 1, kept: 0 } as Fault,
      /Of 1 row that the model drew/,
      /1 rows/,
    ],
    [
      { code: "rule-unreadable", text: "a >", at: 3, reason: "It ends." },
      /“a >” .* At character 4: It ends\./,
      /character 3/,
    ],
    [{ code: "rule-unreadable", text: " ", at: 0, reason: "It is empty." }, /The rule cannot be read\./, /“/],
    [
      {
        code: "rules-contradict",
        rules: [
          { number: 4, text: "a < b" },
          { number: 11, text: "b < a" },
        ],
        reason: "No row could meet both.",
      },
      /Rules 4 and 11 cannot both hold\. .* Rule 4: a < b; Rule 11: b < a\./,
      /all hold/,
    ],
    [
      {
        code: "rules-contradict",
        rules: [1, 2, 3].map((number) => ({ number, text: "x" })),
        reason: "No row could meet all.",
      },
      /Rules 1, 2 and 3 cannot all hold\./,
      /both/,
    ],
    [
      { code: "rule-impossible", number: 2, text: "a > 9", reason: "No row is." },
      /Rule 2 cannot be kept: a > 9\./,
      /Rules/,
    ],
    [{ code: "columns-differ", missing: [], extra: ["x"] }, /Not expected: x\./, /Missing/],
    [{ code: "columns-differ", missing: ["x"], extra: [] }, /Missing: x\./, /Not expected/],
  ])("%j", (fault, says, not) => {
    expect(words(fault)).toMatch(says);
    expect(words(fault)).not.toMatch(not);
    expect(words(fault)).not.toMatch(UNSOUND);
  });
});
