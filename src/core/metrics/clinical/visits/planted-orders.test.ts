import { describe, expect, it } from "vitest";
import { createRng } from "../../../math/rng.ts";
import type { Table } from "../../../table/table.ts";
import { courses, shuffled, withCells } from "../../fixtures/frail-courses.ts";
import { judgedMeasure } from "../../measuring/judge.ts";
import { impossibleCourses } from "./impossible-courses.ts";

/** Times are whole weeks. */
const weekly = (table: Table): Table =>
  withCells(
    withCells(
      table,
      "day",
      (row) => 7 * 5 * (row - (table.patients?.indexOf(table.patients[row] as number) ?? 0)),
    ),
    "end",
    (_, end) => end + 400,
  );
const [train, holdout, fresh] = [courses(300, 1), courses(200, 2), courses(300, 3)].map(weekly) as [
  Table,
  Table,
  Table,
];

async function measured(synthetic: Table, held = holdout) {
  const result = await impossibleCourses.compute({ train, holdout: held, synthetic }, createRng(1));
  if (result.status !== "ok") throw new Error(result.reason);
  if (result.detail?.type !== "rules") throw new Error("no rules");
  return { ...judgedMeasure(impossibleCourses, result, 5), rules: result.detail.rules };
}

/** Whether a row is a patient's last, and whether the patient is one of the first 60. */
const isLast = ({ patients }: Table, row: number): boolean => patients?.[row] !== patients?.[row + 1];
const is = ({ patients }: Table, row: number): boolean => (patients?.[row] as number) < 60;
const codeOf = (table: Table, name: string, level: string): number => {
  const column = table.columns[table.schema.columns.findIndex((own) => own.name === name)];
  return column?.type === "coded" ? column.levels.indexOf(level) : -1;
};

describe("courses that cannot be", () => {
  it("real patients have none, and all that they keep is asked", async () => {
    const { value, baseline, verdict, rules, sentence } = await measured(fresh);
    expect([value, baseline.value]).toEqual([0, 0]);
    expect(verdict).toBe("good");
    expect(sentence).toBe(
      "No synthetic patient's course breaks what real ones keep; of held-out patients none does.",
    );
    expect(rules.map(({ rule }) => rule).toSorted()).toEqual(
      [
        "every visit has a day",
        "every visit is after the one before",
        "visits are whole multiples of 35 in day apart",
        "no visit is after end",
        "no visit follows state dead",
        "dose never falls",
        ...["end", "age", "sex", "died", "responds"].map((name) => `${name} stays the same`),
      ].toSorted(),
    );
  });

  it.each<[string, (table: Table) => Table]>([
    [
      "every visit is after the one before",
      (table) =>
        withCells(table, "day", (row, day) => (is(table, row) && isLast(table, row) ? day - 35 : day)),
    ],
    [
      "visits are whole multiples of 35 in day apart",
      (table) =>
        withCells(table, "day", (row, day) => (is(table, row) && isLast(table, row) ? day + 3 : day)),
    ],
    ["no visit is after end", (table) => withCells(table, "end", (row, end) => (is(table, row) ? 34 : end))],
    [
      "sex stays the same",
      (table) =>
        withCells(table, "sex", (row, sex) => (is(table, row) && isLast(table, row) ? 1 - sex : sex)),
    ],
    [
      "dose never falls",
      (table) => withCells(table, "dose", (row, dose) => (is(table, row) && isLast(table, row) ? -1 : dose)),
    ],
    [
      "no visit follows state dead",
      (table) =>
        withCells(table, "state", (row, state) =>
          is(table, row) && !isLast(table, row) ? codeOf(table, "state", "dead") : state,
        ),
    ],
    [
      "every visit has a day",
      (table) => withCells(table, "day", (row, day) => (is(table, row) && isLast(table, row) ? NaN : day)),
    ],
  ])("finds that not in all %s", async (rule, spoil) => {
    const { value, verdict, rules, sentence } = await measured(spoil(fresh));
    expect(value).toBeCloseTo(60 / 300, 10);
    expect(verdict).toBe("much-worse");
    expect(rules[0]?.rule).toBe(rule);
    expect(sentence).toContain(`60 of 300 synthetic patients (20.0%) have a course that breaks`);
    expect(sentence).toContain(`Broken most: “${rule}”`);
  });

  it("finds times that stand at other patients' visits", async () => {
    const { value, verdict } = await measured(shuffled(fresh, 7, ["day"]));
    expect(verdict).toBe("much-worse");
    expect(value).toBeGreaterThan(0.5);
  });

  it("shows no count of 1 to 4 real patients", async () => {
    const held = withCells(holdout, "dose", (row, dose) =>
      (holdout.patients?.[row] as number) < 2 && isLast(holdout, row) ? -1 : dose,
    );
    const { rules, sentence, baseline } = await measured(fresh, held);
    expect(baseline.value).toBe(0);
    expect(sentence).toContain("of held-out patients those of fewer than 5 patients do");
    expect(rules.find(({ rule }) => rule.startsWith("dose"))).toMatchObject({
      rule: "dose never falls (<5 real patients break it)",
      real: 0,
    });
  });
});
