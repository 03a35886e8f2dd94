import { describe, expect, it } from "vitest";
import { FaultError } from "../../fault.ts";
import { cohorts, simulate, simulateCohort } from "./cohorts.ts";
import { cellsOf, meanKnown } from "./simulating/cells.ts";

const TIMES: Readonly<Record<string, string>> = {
  icu: "hour",
  diabetes: "review_date",
  "heart-failure": "visit_at",
  emergency: "hour",
  maternity: "visit_date",
};

describe.each(cohorts)("$name", (cohort) => {
  it("says when each visit was at level 4 alone, so that patients over time are learned as such", async () => {
    const timed = async (level: 3 | 4): Promise<string[]> => {
      const table = await simulate({ cohort: cohort.id, level, patients: 120, seed: 1 });
      return table.schema.columns.flatMap(({ name, course }) => (course === "time" ? [name] : []));
    };
    expect(await timed(3)).toEqual([]);
    expect(await timed(4)).toEqual([TIMES[cohort.id]]);
  });

  it("has the columns it says at each level, and agrees with its schema", async () => {
    for (const level of [1, 2, 3, 4] as const) {
      const table = await simulate({ cohort: cohort.id, level, patients: 120, seed: 1 });
      expect(table.columns).toHaveLength(cohort.columns[level - 1] as number);
      if (level < 4) expect(table.rows).toBe(120);
      table.columns.forEach((column, i) => {
        const cells = column.type === "numeric" ? column.values : column.codes;
        expect(cells).toHaveLength(table.rows);
        if (column.type === "coded") expect(Math.max(...column.codes)).toBeLessThan(column.levels.length);
        expect(table.schema.columns[i]?.reason).not.toBe("");
      });
    }
  });

  it("repeats from its seed, and differs with another", () => {
    expect(simulateCohort(cohort.id, 5)).toEqual(simulateCohort(cohort.id, 5));
    expect(simulateCohort(cohort.id, 5).columns[1]).not.toEqual(simulateCohort(cohort.id, 6).columns[1]);
  });
});

describe("heart failure", () => {
  const table = simulateCohort("heart-failure", 1);

  it("has a rare outcome that the covariates tell something about", () => {
    const died = cellsOf(table, "died_30d");
    expect(meanKnown(died)).toBeGreaterThan(0.05);
    expect(meanKnown(died)).toBeLessThan(0.1);
    const probnp = cellsOf(table, "nt_probnp");
    const log = (want: number): number =>
      meanKnown([...probnp].filter((_, i) => died[i] === want).map(Math.log));
    expect(log(1)).toBeGreaterThan(log(0) + 0.3);
  });

  it("loses cells by covariates: the ejection fraction more often in patients who died", () => {
    const died = cellsOf(table, "died_30d");
    const lvef = cellsOf(table, "lvef");
    const missing = (want: number): number =>
      meanKnown([...lvef].filter((_, i) => died[i] === want).map((value) => (Number.isNaN(value) ? 1 : 0)));
    expect(missing(1)).toBeGreaterThan(1.4 * missing(0));
  });

  it("never has diastolic above systolic pressure", () => {
    const dbp = cellsOf(table, "dbp");
    expect([...cellsOf(table, "sbp")].every((sbp, i) => Number.isNaN(sbp) || sbp > (dbp[i] as number))).toBe(
      true,
    );
  });
});

it("keeps several reviews per patient in the diabetes clinic", () => {
  const patients = new Set(cellsOf(simulateCohort("diabetes", 1), "patient_id"));
  expect(patients.size).toBeGreaterThan(150);
  expect(patients.size).toBeLessThan(400);
});

it("says which cohorts there are when asked for another", () => {
  expect(() => simulateCohort("pirates", 1)).toThrow(FaultError);
  expect(() => simulateCohort("pirates", 1)).toThrow(/diabetes, heart-failure/);
});
