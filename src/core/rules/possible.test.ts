import { describe, expect, test } from "vitest";
import type { Rng } from "../math/rng.ts";
import { createRng } from "../math/rng.ts";
import { levels, madeTable, numbers } from "../table/fixtures/made-table.ts";
import type { Table } from "../table/table.ts";
import { readPeriod } from "./language/date-text.ts";
import { ruleColumns } from "./language/rule-columns.ts";
import type { Expression } from "./expression.ts";
import type { CellSet } from "./possible.ts";
import { FALSE, possible, TRUE, UNKNOWN } from "./possible.ts";
import { readRule } from "./read-rule.ts";
import { ruleTest } from "./rule-test.ts";

const day = 86_400_000;
const WORDS = ["red", "green", "blue"];
const DIGITS = ["0", "1", "2"];

/** Rows of words, levels that write numbers, two whole numbers and a date, all with missing cells. */
function randomTable(rows: number, rng: Rng): Table {
  const some = <T>(make: () => T, none: T): T[] =>
    Array.from({ length: rows }, () => (rng.uniform() < 0.2 ? none : make()));
  return madeTable([
    levels(
      "word",
      some(() => rng.integer(3), -1),
      WORDS,
    ),
    levels(
      "digit",
      some(() => rng.integer(3), -1),
      DIGITS,
    ),
    numbers(
      "m",
      some(() => rng.integer(5) - 1, NaN),
      { decimals: 0 },
    ),
    numbers(
      "n",
      some(() => rng.integer(5), NaN),
      { decimals: 0 },
    ),
    numbers(
      "day",
      some(() => (18_262 + rng.integer(60)) * day, NaN),
      { pattern: "YYYY-MM-DD" },
    ),
  ]);
}

const CONDITIONS = [
  'word = "red"',
  'word in ("red", "blue")',
  'word != "green"',
  "digit = 1",
  "digit >= 1",
  "m = n",
  "m < n",
  "m <= n < 3",
  "m + n > 4",
  "m - n <= 1",
  "m * 2 >= n",
  "n in 1..3",
  "not m in (0, 2)",
  'day > "2020-01-15"',
  'day = "2020-02"',
  "m is missing",
  "word is missing or n is missing",
  'if word = "red" then m is missing',
  'if digit = 0 and n > 2 then word = "blue" or m < 1',
];

const OUTCOME = { true: TRUE, false: FALSE, undefined: UNKNOWN } as const;

/** The least set of cells that has those of `rows`. */
function cellsOf(table: Table, name: string, rows: readonly number[]): CellSet {
  const column = table.columns[table.schema.columns.findIndex((one) => one.name === name)];
  if (column?.type === "numeric") {
    const values = rows.map((row) => column.values[row] as number);
    const present = values.filter(Number.isFinite);
    return {
      missing: present.length < values.length,
      low: Math.min(Infinity, ...present),
      high: Math.max(-Infinity, ...present),
    };
  }
  const codes = rows.map((row) => column?.codes[row] as number);
  const own = codes.flatMap((code) => (code < 0 ? [] : [column?.levels[code] as string]));
  const values = own.map(Number);
  return {
    missing: codes.includes(-1),
    levels: new Set(own),
    low: Math.min(Infinity, ...values),
    high: Math.max(-Infinity, ...values),
  };
}

/** What `text` can be where each column has any of its cells in `rows`, and what it is in single rows. */
function outcomes(table: Table, text: string, rows: readonly number[]): { told: number; single: number } {
  const rule = readRule(text, ruleColumns(table));
  const holds =
    rule.kind === "expression"
      ? rule.holds
      : rule.kind === "implies"
        ? ({ type: "if", when: rule.when, then: rule.then } as const)
        : undefined;
  if (!holds) throw new TypeError(`${text} is a ${rule.kind}`);
  const told = possible(holds, {
    cells: (name) => cellsOf(table, name, rows),
    readDate: (date) => readPeriod(date),
  });
  const answer = ruleTest({ kind: "expression", holds }, table);
  const single = rows.reduce((sum, row) => sum | OUTCOME[`${answer(row)}` as keyof typeof OUTCOME], 0);
  return { told, single };
}

describe.each(CONDITIONS)("%s", (condition) => {
  const text = condition.startsWith("if") ? condition : `(${condition}) or (${condition})`;

  test("is told of sets of cells without leaving out an answer that a row has", () => {
    const rng = createRng(71);
    const table = randomTable(300, rng);
    for (let trial = 0; trial < 400; trial++) {
      const rows = Array.from({ length: 1 + rng.integer(4) }, () => rng.integer(300));
      const { told, single } = outcomes(table, text, rows);
      expect(told & single).toBe(single);
    }
  });

  test("is told of single cells as it is of a row, but for sums that are equal to something", () => {
    const table = randomTable(300, createRng(72));
    for (let row = 0; row < 300; row++) {
      const { told, single } = outcomes(table, text, [row]);
      if (/= "|day [>]/.test(condition) && /day/.test(condition)) expect(told & single).toBe(single);
      else if (!/[-+*]/.test(condition.replace("..", ""))) expect(told).toBe(single);
    }
  });
});

test("a set says false of all its cells only where none is otherwise", () => {
  const rule = readRule("never m <= n", ["m", "n"]);
  if (rule.kind !== "never") throw new TypeError(rule.kind);
  const holds: Expression = { type: "not", of: rule.when };
  const known = (n: CellSet) => ({
    cells: (name: string) => (name === "m" ? { missing: false, low: 0, high: 3 } : n),
    readDate: () => undefined,
  });
  expect(possible(holds, known({ missing: false, low: 3, high: 9 }))).toBe(FALSE);
  expect(possible(holds, known({ missing: false, low: 2, high: 9 }))).toBe(TRUE | FALSE);
  expect(possible(holds, known({ missing: true, low: 3, high: 9 }))).toBe(FALSE | UNKNOWN);
});
