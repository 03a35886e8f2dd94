import { describe, expect, test } from "vitest";
import { FaultError } from "../fault.ts";
import { createRng } from "../math/rng.ts";
import type { MadeColumn } from "../table/fixtures/made-table.ts";
import { levels, madeTable, numbers, texts } from "../table/fixtures/made-table.ts";
import type { Table } from "../table/table.ts";
import { ruleTroubles } from "./contradictions.ts";
import { learnedRule } from "./learned-rule.ts";
import { readRule, ruleColumns } from "./read-rule.ts";
import { countRule, ruleTest } from "./rule-test.ts";

const DAY = 86_400_000;
const NA = NaN;

const answers = (text: string, table: Table): (boolean | undefined)[] => {
  const keeps = ruleTest(readRule(text, ruleColumns(table)), table);
  return Array.from({ length: table.rows }, (_, row) => keeps(row));
};
const counted = (text: string, table: Table) => countRule(readRule(text, ruleColumns(table)), table);
const whole = (name: string, values: readonly number[]): MadeColumn => numbers(name, values, { decimals: 0 });
const [yes, no, open] = [true, false, undefined];

describe("orders", () => {
  const table = madeTable([
    whole("a", [1, 2, 3, NA, 1, 1, NA]),
    whole("b", [1, 1, 4, 5, NA, NA, 2]),
    whole("c", [2, 3, 4, 4, 2, 1, NA]),
  ]);

  test("are asked of the cells that are there; a strict link between two that are makes them strict", () => {
    expect(answers("a <= b", table)).toEqual([yes, no, yes, open, open, open, open]);
    expect(answers("a < b", table)).toEqual([no, no, yes, open, open, open, open]);
    expect(answers("a <= b < c", table)).toEqual([yes, no, no, no, yes, no, open]);
    expect(answers("c > b >= a", table)).toEqual(answers("a <= b < c", table));
  });

  test("are judged as written: SDV's 0.119 < 0.12 does not hold once it says 0.12 < 0.12", () => {
    const places = (decimals: number) =>
      madeTable([
        numbers(
          "low",
          [0.119].map((value) => Number(value.toFixed(decimals))),
          { decimals },
        ),
        numbers("high", [0.12], { decimals: 2 }),
      ]);
    expect(answers("low < high", places(3))).toEqual([yes]);
    expect(answers("low < high", places(2))).toEqual([no]);
  });

  test("of dates in two formats take a day without a time as any time of that day", () => {
    const table = madeTable([
      numbers("day", [0, 0, 0, DAY, NA], { pattern: "DD.MM.YYYY" }),
      numbers("moment", [5 * 3_600_000, -60_000, DAY, 5 * 3_600_000, 0], { pattern: "M/D/YY H:mm" }),
    ]);
    expect(answers("day <= moment", table)).toEqual([yes, no, yes, no, open]);
    expect(answers("moment <= day", table)).toEqual([yes, yes, no, yes, open]);
    expect(answers("moment < day", table)).toEqual([yes, yes, no, yes, open]);
  });
});

describe("values", () => {
  const table = madeTable([
    numbers("x", [1, 2, 0, NA, -2], { decimals: 0 }),
    numbers("y", [2, 0, 0, 1, 3], { decimals: 0 }),
  ]);

  test("a range holds both ends, and asks nothing of a missing cell", () => {
    expect(answers("x in 0..1", table)).toEqual([yes, no, yes, open, no]);
    expect(answers("x >= 1", table)).toEqual([yes, yes, no, open, no]);
  });

  test("division by zero and roots of negative numbers have no answer", () => {
    expect(answers("x / y <= 1", table)).toEqual([yes, open, open, open, yes]);
    expect(answers("sqrt(x) >= 0", table)).toEqual([yes, yes, yes, open, open]);
    expect(answers("log(x) >= 0", table)).toEqual([yes, yes, open, open, open]);
    expect(answers("x mod y = 1", table)).toEqual([yes, open, open, open, yes]);
    expect(answers("x^0 = 1", table)).toEqual([yes, yes, yes, open, yes]);
  });

  test("what joins conditions follows Kleene: a missing cell counts only where the rest does not decide", () => {
    const asked = madeTable([
      texts("p", ["yes", "no", null, "yes", "no", null, "yes", "no", null]),
      texts("q", ["yes", "yes", "yes", "no", "no", "no", null, null, null]),
    ]);
    expect(answers("p = yes and q = yes", asked)).toEqual([yes, no, open, no, no, no, open, no, open]);
    expect(answers("p = yes or q = yes", asked)).toEqual([yes, yes, yes, yes, no, open, yes, open, open]);
    expect(answers("not p = yes or q = yes", asked)).toEqual([yes, yes, yes, no, yes, open, open, yes, open]);
    expect(answers("(if p = yes then q = yes) and p is present", asked)).toEqual([
      yes,
      yes,
      no,
      no,
      yes,
      no,
      open,
      yes,
      no,
    ]);
    expect(answers("if p = yes then q = yes", asked)).toEqual([
      yes,
      open,
      open,
      no,
      open,
      open,
      open,
      open,
      open,
    ]);
    expect(answers("never p = yes and q = yes", asked)).toEqual([
      no,
      yes,
      open,
      yes,
      yes,
      yes,
      open,
      yes,
      open,
    ]);
    expect(answers("if p = yes then q is missing", asked)).toEqual([
      no,
      open,
      open,
      no,
      open,
      open,
      yes,
      open,
      open,
    ]);
  });

  test("levels are told by name, and are numbers where their names are", () => {
    const coded = madeTable([
      levels("a", [0, 1, 2, -1], ["10", "9", "none"]),
      levels("b", [1, 0, 0, 0], ["9", "10"]),
    ]);
    expect(answers('a = "9"', coded)).toEqual([no, yes, no, open]);
    expect(answers("a = 9", coded)).toEqual([no, yes, open, open]);
    expect(answers("a >= 9.5", coded)).toEqual([yes, no, open, open]);
    expect(answers('a in ("none", 10)', coded)).toEqual([yes, no, yes, open]);
    expect(answers("a + 1 = b + 1", coded)).toEqual([yes, yes, open, open]);
    const words = madeTable([texts("p", ["A", "B", null, "C"]), texts("q", ["B", "B", "A", "A"])]);
    expect(answers("p = q", words)).toEqual([no, yes, open, no]);
    expect(answers("p != q", words)).toEqual([yes, no, open, yes]);
  });

  test("floating point does not break what holds as written", () => {
    const table = madeTable([
      numbers("a", [0.3, 0.3], { decimals: 1 }),
      numbers("b", [0.1, 0.1], { decimals: 1 }),
      numbers("c", [0.2, 0.3], { decimals: 1 }),
    ]);
    expect(answers("a >= b + c", table)).toEqual([yes, no]);
    expect(answers("a < b + c", table)).toEqual([no, yes]);
    expect(answers("a mod b = 0", table)).toEqual([yes, yes]);
    expect(answers("a multiple of .1", table)).toEqual([yes, yes]);
    expect(answers("a multiple of .2", table)).toEqual([no, no]);
  });

  test("a date's text is the whole day, month or year that it names", () => {
    const at = [Date.UTC(2020, 0, 31, 23, 59), Date.UTC(2020, 1, 1), Date.UTC(2021, 0, 1), NA];
    const table = madeTable([
      numbers("seen", at, { pattern: "DD.MM.YYYY HH:mm" }),
      texts("x", ["a", "a", "a", "a"]),
    ]);
    expect(answers('if x = a then seen <= "2020-01-31"', table)).toEqual([yes, no, no, open]);
    expect(answers('if x = a then seen = "2020-02"', table)).toEqual([no, yes, no, open]);
    expect(answers('if x = a then seen > "2020"', table)).toEqual([no, no, yes, open]);
    expect(answers('seen in "2020-01-31".."2020-02-01"', table)).toEqual([yes, yes, no, open]);
    expect(answers('if x = a then seen < "01.02.2020 00:00"', table)).toEqual([yes, no, no, open]);
    expect(answers('days(seen - "2020-01-31") < 1', table)).toEqual([yes, no, no, open]);
  });

  test("years are those of the calendar", () => {
    const born = [Date.UTC(2000, 2, 1), Date.UTC(2000, 1, 29), Date.UTC(1950, 11, 31), Date.UTC(1960, 0, 1)];
    const seen = [Date.UTC(2001, 2, 1), Date.UTC(2001, 1, 28), Date.UTC(2020, 11, 30), Date.UTC(2020, 0, 1)];
    const table = madeTable([
      numbers("born", born, { pattern: "YYYY-MM-DD" }),
      numbers("seen", seen, { pattern: "YYYY-MM-DD" }),
      whole("age", [1, 0, 69, 60]),
    ]);
    expect(answers("age = floor(years(seen - born))", table)).toEqual([yes, yes, yes, yes]);
    expect(answers("years(seen - born) = age", table)).toEqual([yes, no, no, yes]);
  });
});

describe("formulas", () => {
  test("hold where the column is the value rounded to its own decimals", () => {
    const table = madeTable([
      numbers("bmi", [24.5, 24.6, NA, 24.5], { decimals: 1 }),
      numbers("weight", [75, 75, 75, NA], { decimals: 1 }),
      numbers("height", [175, 175, 175, 175], { decimals: 1 }),
    ]);
    expect(answers("bmi = weight / (height / 100)^2", table)).toEqual([yes, no, open, open]);
  });

  test("of rounded parts hold as far as that rounding explains, where it explains what misses", () => {
    const rng = createRng(5);
    const rows = 2000;
    const raw = Array.from({ length: rows }, () => ({
      w: 50 + 50 * rng.uniform(),
      h: 150 + 40 * rng.uniform(),
    }));
    const table = (wrong: number): Table =>
      madeTable([
        numbers(
          "bmi",
          raw.map(({ w, h }, i) => Number((w / (h / 100) ** 2 + (i < wrong ? 2 : 0)).toFixed(1))),
          { decimals: 1 },
        ),
        whole(
          "weight",
          raw.map(({ w }) => Math.round(w)),
        ),
        whole(
          "height",
          raw.map(({ h }) => Math.round(h)),
        ),
      ]);
    expect(counted("bmi = weight / (height / 100)^2", table(0))).toEqual({ rows, broken: 0 });
    expect(counted("bmi = weight / (height / 100)^2", table(60))).toEqual({ rows, broken: 60 });
  });

  test("of whole numbers that are wrong by one in a few rows are broken there", () => {
    const rng = createRng(6);
    const rows = 1000;
    const parts = Array.from({ length: rows }, () => [
      1 + rng.integer(4),
      1 + rng.integer(5),
      1 + rng.integer(6),
    ]);
    const part = (k: number): number[] => parts.map((own) => own[k] as number);
    const table = madeTable([
      whole(
        "gcs",
        parts.map((own, i) => own.reduce((a, b) => a + b) + (i < 30 ? 1 : 0)),
      ),
      whole("eye", part(0)),
      levels(
        "verbal",
        part(1).map((value) => value - 1),
        ["1", "2", "3", "4", "5"],
      ),
      whole("motor", part(2)),
    ]);
    expect(counted("gcs = eye + verbal + motor", table)).toEqual({ rows, broken: 30 });
  });

  test("between dates count in milliseconds, or in the unit that is named", () => {
    const admitted = [0, 0, 10 * DAY, NA];
    const discharged = [3 * DAY, 2.6 * DAY, 10 * DAY, DAY];
    const table = madeTable([
      numbers("admitted", admitted, { pattern: "YYYY-MM-DD HH:mm" }),
      numbers("discharged", discharged, { pattern: "YYYY-MM-DD HH:mm" }),
      whole("los", [3, 2, 1, 1]),
      numbers("left_on", [3 * DAY, 2 * DAY, 10 * DAY, NA], { pattern: "DD.MM.YYYY" }),
    ]);
    expect(answers("los = floor(days(discharged - admitted))", table)).toEqual([yes, yes, no, open]);
    expect(answers("discharged = admitted + 86400000 * los", table)).toEqual([yes, no, no, open]);
    expect(answers("left_on = discharged", table)).toEqual([yes, yes, yes, open]);
  });
});

describe("rules about several columns or rows", () => {
  test("exactly one is 1; missing together", () => {
    const table = madeTable([
      whole("a", [1, 0, 0, 1, NA, NA]),
      levels("b", [0, 1, 0, 1, 0, 1], ["0", "1"]),
      texts("c", ["False", "False", "False", null, "False", null]),
    ]);
    expect(answers("one of a, b, c is 1", table)).toEqual([yes, yes, no, no, open, open]);
    expect(answers("a, c missing together", table)).toEqual([yes, yes, yes, no, no, yes]);
  });

  test("nothing after a date: all other dates of the row, without times of day", () => {
    const table = madeTable([
      numbers("death", [5 * DAY, 5 * DAY, NA, 5 * DAY], { pattern: "YYYY-MM-DD" }),
      numbers("visit", [5.5 * DAY, 6 * DAY, 9 * DAY, NA], { pattern: "YYYY-MM-DD HH:mm" }),
      numbers("clock", [0, 0, 0, 1e7], { pattern: "HH:mm" }),
      whole("age", [1e13, 1e13, 1e13, 1e13]),
    ]);
    expect(answers("nothing after death", table)).toEqual([yes, no, open, open]);
  });

  test("the same within a patient asks nothing of patients with one row", () => {
    const table = madeTable([texts("sex", ["F", "F", "M", null, "M", "F"])], {
      patients: Int32Array.of(1, 1, 2, 2, 1, 3),
    });
    expect(answers("sex same within patient", table)).toEqual([yes, yes, open, open, no, open]);
    expect(answers("sex same within patient", madeTable([texts("sex", ["F", "M"])]))).toEqual([open, open]);
  });

  test("a column follows from another as most patients with the same value have it", () => {
    const city = [..."AAAAAABBBBBBCCC".split(""), null, "A"];
    const county = [..."xxxxxxyyyyyyzzz".split(""), "x", "y"];
    const table = madeTable([texts("city", city), texts("county", county)]);
    const rule = readRule("county follows from city", ruleColumns(table));
    expect(countRule(rule, table)).toEqual({ rows: 13, broken: 1 });
    const learned = learnedRule(rule, table);
    expect(JSON.stringify(learned)).not.toMatch(/"[Cz]"/);
    const other = madeTable([texts("county", ["y", "x", "z", null]), texts("city", ["A", "A", "C", "B"])]);
    const keeps = ruleTest(rule, other, learned);
    expect([0, 1, 2, 3].map(keeps)).toEqual([no, yes, open, open]);
  });

  test("steps along a number are learned as such", () => {
    const age = Array.from({ length: 300 }, (_, i) => i % 90);
    const table = madeTable([
      whole("age", age),
      texts(
        "band",
        age.map((years) => (years < 40 ? "young" : "old")),
      ),
    ]);
    const rule = readRule("band follows from age", ruleColumns(table));
    expect(countRule(rule, table)).toEqual({ rows: 300, broken: 0 });
    const other = madeTable([
      whole("age", [12, 39, 40, 95]),
      texts("band", ["young", "old", "old", "young"]),
    ]);
    expect([0, 1, 2, 3].map(ruleTest(rule, other, learnedRule(rule, table)))).toEqual([yes, no, yes, no]);
  });
});

describe("known combinations", () => {
  const pair = (i: number): [string, string] => (i < 3 ? ["A", "rare"] : i % 2 ? ["A", "1"] : ["B", "2"]);
  const rows = Array.from({ length: 23 }, (_, i) => pair(i));
  const table = madeTable([
    texts(
      "clinic",
      rows.map(([c]) => c),
    ),
    texts(
      "ward",
      rows.map(([, w]) => w),
    ),
  ]);
  const rule = readRule("clinic, ward only in known pairs", ruleColumns(table));

  test("are those of five patients or more, and rarer ones are nowhere in what is learned", () => {
    const learned = learnedRule(rule, table);
    expect(learned.known).toEqual([
      ["A", "1"],
      ["B", "2"],
    ]);
    expect(JSON.stringify(learned)).not.toContain("rare");
    expect(countRule(rule, table)).toEqual({ rows: 20, broken: 0 });
    const made = madeTable([texts("clinic", ["A", "A", "A", null]), texts("ward", ["1", "2", "rare", "2"])]);
    expect([0, 1, 2, 3].map(ruleTest(rule, made, learned))).toEqual([yes, no, no, open]);
  });

  test("count patients, not their rows, and leave withheld levels alone", () => {
    const ofOne = { ...table, patients: new Int32Array(23) };
    expect(learnedRule(rule, ofOne).known).toEqual([]);
    const withheld = madeTable([
      texts("clinic", ["A", "A"]),
      texts("ward", ["other (rare levels)", "other"], { rareLevels: "common" }),
    ]);
    expect([0, 1].map(ruleTest(rule, withheld, learnedRule(rule, table)))).toEqual([open, no]);
  });

  test("of 5,000 levels are learned and asked in seconds", () => {
    const rng = createRng(9);
    const count = 200_000;
    const codes = Int32Array.from({ length: count }, () => rng.integer(5000));
    const names = Array.from({ length: 5000 }, (_, i) => `level ${i}`);
    const big = madeTable([
      levels("clinic", codes, names),
      levels(
        "ward",
        codes.map((code) => (code * 7) % 5000),
        names,
      ),
    ]);
    const start = performance.now();
    const learned = learnedRule(rule, big);
    expect(learned.known?.length).toBe(5000);
    expect(countRule(rule, big, learned)).toEqual({ rows: count, broken: 0 });
    expect(performance.now() - start).toBeLessThan(5000);
  });
});

test("a total of very many parts is asked and looked through", async () => {
  const rng = createRng(2);
  const text = `a = ${Array.from({ length: 1900 }, () => "b").join(" + ")}`;
  const b = Array.from({ length: 50 }, () => rng.integer(9));
  const table = madeTable([
    whole(
      "a",
      b.map((value) => 1900 * value),
    ),
    whole("b", b),
  ]);
  expect(counted(text, table)).toEqual({ rows: 50, broken: 0 });
  expect(await ruleTroubles([{ text, on: true, by: "person" }], table)).toEqual([]);
});

test("a column that the table lacks is named", () => {
  const table = madeTable([whole("a", [1])]);
  const run = (): unknown => ruleTest({ kind: "order", columns: ["a", "<b>"], strict: [false] }, table);
  expect(run).toThrow(FaultError);
  expect(run).toThrow(/no column “<b>”/);
});

test("a million rows are asked in well under a second", () => {
  const rng = createRng(1);
  const rows = 1_000_000;
  const table = madeTable([
    whole(
      "a",
      Array.from({ length: rows }, () => rng.integer(100)),
    ),
    whole(
      "b",
      Array.from({ length: rows }, () => 100 + rng.integer(100)),
    ),
    levels(
      "sex",
      Int32Array.from({ length: rows }, () => rng.integer(2)),
      ["male", "female"],
    ),
  ]);
  const seconds: Record<string, number> = {};
  for (const text of [
    "a <= b",
    "a in 0..99",
    "if sex = male then a < 100",
    "never sex = male and a > b",
    "b >= a + 1",
  ]) {
    const start = performance.now();
    expect(counted(text, table).broken).toBe(0);
    seconds[text] = (performance.now() - start) / 1000;
  }
  expect(Math.max(...Object.values(seconds)), JSON.stringify(seconds)).toBeLessThan(1);
});
