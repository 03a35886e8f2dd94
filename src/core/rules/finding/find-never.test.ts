import { describe, expect, test } from "vitest";
import { createRng } from "../../math/rng.ts";
import { levels, madeTable, numbers, texts } from "../../table/fixtures/made-table.ts";
import type { MadeColumn } from "../../table/fixtures/made-table.ts";
import type { Constraint } from "../constraint.ts";
import type { Expression } from "../expression.ts";
import { findNever } from "./find-never.ts";
import { gatedTable } from "../fixtures/gated-table.ts";

const found = async (table: Parameters<typeof findNever>[0]): Promise<Constraint[]> =>
  (await findNever(table)).map(({ constraint }) => constraint);

const is = (name: string, value: string | number): Expression => ({
  type: "compare",
  operands: [
    { type: "column", name },
    typeof value === "number" ? { type: "number", value } : { type: "text", value },
  ],
  comparisons: ["="],
});
const empty = (column: string): Expression => ({ type: "missing", column });
const both = (...parts: Expression[]): Expression => ({ type: "and", parts });

/** Columns that a rule speaks of. */
const columnsOf = (constraint: Constraint): string[] => [
  ...new Set(
    [...JSON.stringify(constraint).matchAll(/"(?:name|column)":"([^"]+)"/g)].map(
      ([, name]) => name as string,
    ),
  ),
];

const gate: Constraint = { kind: "implies", when: is("smoker", "no"), then: empty("packs") };
const pregnant: Constraint = {
  kind: "never",
  when: both(is("sex", "M"), is("pregnant", "yes")),
};
const wards: Constraint = { kind: "combinations", columns: ["clinic", "ward"] };

describe("a questionnaire", () => {
  test.each([200, 1000, 5000])("is read as it was made, %i rows", async (rows) => {
    const rules = await found(gatedTable({ rows, seed: 3 }));
    expect(rules).toContainEqual(gate);
    expect(rules).toContainEqual(pregnant);
    expect(rules).toContainEqual(wards);
    expect(rules).toContainEqual({ kind: "missing-together", columns: ["packs", "brand"] });
    expect(rules.filter((rule) => columnsOf(rule).includes("noise"))).toEqual([]);
    expect(rules.length).toBeLessThanOrEqual(5);
  });

  test.each([
    [1000, 0.2],
    [5000, 0.2],
    [1000, 0.5],
    [5000, 0.5],
  ])("is read where cells are lost, %i rows, %d of the cells", async (rows, missing) => {
    const rules = await found(gatedTable({ rows, seed: 4, missing }));
    expect(rules).toContainEqual(gate);
    expect(rules).toContainEqual(pregnant);
    expect(rules).toContainEqual(wards);
    expect(rules.filter((rule) => columnsOf(rule).includes("noise"))).toEqual([]);
  });

  test.each([200, 1000, 5000])("has no rule that 3 of 100 rows break, %i rows", async (rows) => {
    const rules = await found(gatedTable({ rows, seed: 5, broken: 0.06 }));
    expect(rules).not.toContainEqual(gate);
    expect(rules).not.toContainEqual(pregnant);
    expect(rules).not.toContainEqual(wards);
  });
});

test("what goes with nothing has no rule, in 40 wide tables of 300 rows", async () => {
  for (let seed = 0; seed < 40; seed++) {
    const rng = createRng(seed);
    const columns = Array.from({ length: 30 }, (_, j): MadeColumn => {
      if (j % 3 === 0)
        return numbers(
          `number ${j}`,
          Array.from({ length: 300 }, () => (rng.uniform() < 0.5 ? 0 : Math.round(20 * rng.uniform()))),
        );
      return levels(
        `levels ${j}`,
        Array.from({ length: 300 }, () => Math.floor(6 * rng.uniform() ** 2) - 1),
        ["a", "b", "c", "d", "e"],
      );
    });
    expect(await found(madeTable(columns))).toEqual([]);
  }
});

test("a gate of a gate is said once", async () => {
  const rng = createRng(8);
  const pets = Array.from({ length: 900 }, () => (rng.uniform() < 0.6 ? "yes" : "no"));
  const dog = pets.map((has) => (has === "yes" ? (rng.uniform() < 0.5 ? "dog" : "cat") : null));
  const barks = dog.map((which) => (which === "dog" ? (rng.uniform() < 0.5 ? "loud" : "low") : null));
  const rules = await found(madeTable([texts("pets", pets), texts("which", dog), texts("barks", barks)]));
  expect(rules).toContainEqual({ kind: "implies", when: is("pets", "no"), then: empty("which") });
  expect(rules).toContainEqual(expect.objectContaining({ kind: "implies", then: empty("barks") }));
  expect(rules).not.toContainEqual({ kind: "implies", when: is("pets", "no"), then: empty("barks") });
});

test("numbers that rise together have no rule about their ends, numbers with a zero by rule do", async () => {
  const rng = createRng(9);
  const school = Array.from({ length: 2000 }, () => rng.integer(10));
  const class_ = school.map((year) => Math.min(9, Math.max(0, year + rng.integer(3) - 1)));
  const drinks = Array.from({ length: 2000 }, () => (rng.uniform() < 0.5 ? "yes" : "no"));
  const glasses = drinks.map((does) => (does === "yes" ? 1 + Math.floor(30 * rng.uniform()) : 0));
  const rules = await found(
    madeTable([
      numbers("school", school),
      numbers("class", class_),
      texts("drinks", drinks),
      numbers("glasses", glasses),
    ]),
  );
  expect(rules).toContainEqual({ kind: "implies", when: is("drinks", "no"), then: is("glasses", 0) });
  expect(
    rules.filter((rule) => columnsOf(rule).some((name) => name === "school" || name === "class")),
  ).toEqual([]);
});

test("no level or pair that fewer than five patients have is named", async () => {
  const rng = createRng(10);
  const rows = 3000;
  const patients = Int32Array.from({ length: rows }, (_, i) => i >> 3);
  const sex = Array.from({ length: rows }, (_, i) => ((i >> 3) % 2 === 0 ? "F" : "M"));
  const drug = sex.map((own, i) =>
    (i >> 3) % 100 === 0
      ? "one patient's"
      : own === "F"
        ? "pill"
        : (["pen", "pad", "pin"][rng.integer(3)] as string),
  );
  const table = madeTable([texts("sex", sex), texts("drug", drug)], { patients });
  const rules = await findNever(table);
  expect(rules.length).toBeGreaterThan(0);
  expect(JSON.stringify(rules)).not.toContain("one patient");
});

test("280 columns of 316 rows take a second or so", async () => {
  const rng = createRng(12);
  const columns = Array.from({ length: 280 }, (_, j) =>
    j % 2 === 0
      ? numbers(
          `n${j}`,
          Array.from({ length: 316 }, () => Math.round(3 * rng.normal())),
        )
      : levels(
          `l${j}`,
          Array.from({ length: 316 }, () => rng.integer(7) - 1),
          ["a", "b", "c", "d", "e", "f"],
        ),
  );
  const begun = performance.now();
  await findNever(madeTable(columns));
  expect(performance.now() - begun).toBeLessThan(6000);
});

test("what half of 200 rows never have is found though few have it", async () => {
  const rng = createRng(5);
  const sex = Array.from({ length: 200 }, (_, i) => i % 2);
  const pregnant = sex.map((is, i) => (is === 1 && i < 44 ? 1 : 0));
  const others = Array.from({ length: 12 }, (_, k) =>
    levels(
      `answer ${k}`,
      sex.map(() => rng.integer(4)),
      ["a", "b", "c", "d"],
    ),
  );
  const table = madeTable([
    levels("sex", sex, ["M", "F"]),
    levels("pregnant", pregnant, ["no", "yes"]),
    ...others,
  ]);
  expect(await found(table)).toEqual([{ kind: "never", when: both(is("sex", "M"), is("pregnant", "yes")) }]);
});

describe("a question with many answers, none of them often, behind a gate", () => {
  const asked = (rows: number, exceptions = 0): Parameters<typeof findNever>[0] => {
    const rng = createRng(8);
    const gates = Array.from({ length: rows }, () => rng.integer(3));
    const answers = gates.map((code, i) => (code === 0 || i < exceptions ? rng.integer(12) : -1));
    return madeTable([
      levels("smoker", gates, ["yes", "no", "never"]),
      levels(
        "brand",
        answers,
        Array.from({ length: 12 }, (_, k) => `brand ${k}`),
      ),
    ]);
  };

  test.each([300, 1000])("is empty behind it, %i rows", async (rows) => {
    const rules = await found(asked(rows));
    const gateOf = rules.find(({ kind }) => kind === "implies");
    expect(gateOf).toMatchObject({ then: empty("brand") });
    expect(columnsOf(gateOf as Constraint)).toEqual(["smoker", "brand"]);
    expect(JSON.stringify(gateOf)).toMatch(/"no".*"never"|"never".*"no"/);
    expect((await found(asked(rows, 40))).filter(({ kind }) => kind === "implies")).toEqual([]);
  });
});

test("single moments are named in no rule, so that every rule can be written and read again", async () => {
  const rows = 300;
  const rng = createRng(4);
  const at = Array.from({ length: rows }, () => 3_600_000 * (8 + rng.integer(4)));
  const dose = at.map((moment) => (moment === 3_600_000 * 8 ? NaN : rng.integer(9)));
  const table = madeTable([
    numbers("given", at, { pattern: "HH:mm" }),
    numbers("dose", dose, { decimals: 0 }),
  ]);
  for (const constraint of await found(table)) expect(JSON.stringify(constraint)).not.toContain("28800000");
});
