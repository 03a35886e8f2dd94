import { beforeAll, describe, expect, it } from "vitest";
import type { Table } from "../../../table/table.ts";
import { findCohort } from "../cohorts.ts";
import { numbersWith } from "../numbers/numbers.ts";
import { plantedRows } from "../planted-rows.ts";
import { cellsOf, meanKnown } from "../simulating/cells.ts";
import { simulateAtOnce } from "../simulating/simulate.ts";
import { diabetesPlanted } from "./diabetes-planted.ts";

const cohort = findCohort("diabetes");
let table: Table;
let ids: Float64Array | Int32Array;
beforeAll(() => {
  table = simulateAtOnce(cohort, { cohort: cohort.id, level: 4, seed: 5, patients: 9000 });
  ids = column("patient_id");
});
const column = (name: string): Float64Array | Int32Array => cellsOf(table, name);
const isFirst = (row: number): boolean => row === 0 || ids[row - 1] !== ids[row];
const share = (rows: readonly number[], holds: (row: number) => boolean): number =>
  rows.filter(holds).length / rows.length;
const everyPlanted = diabetesPlanted(numbersWith());
/** The one whose name begins so, as the table shows it. */
const planted = (about: string): number =>
  everyPlanted.find((it) => it.about.startsWith(about))?.measure(plantedRows(table)) ?? NaN;

describe("the clinic is as its sources say", () => {
  it("National Diabetes Audit: HbA1c above 58 in 71.3% of type 1 and 32.6% of type 2", () => {
    const [type, hba1c] = [column("diabetes_type"), column("hba1c")];
    const above = (want: number): number => {
      const rows = [...ids.keys()].filter(
        (row) => isFirst(row) && type[row] === want && !Number.isNaN(hba1c[row]),
      );
      return share(rows, (row) => (hba1c[row] as number) > 58);
    };
    expect(Math.abs(above(0) - 0.713)).toBeLessThan(0.06);
    expect(Math.abs(above(1) - 0.326)).toBeLessThan(0.05);
    expect(Math.abs(planted("Type 1") - 0.1)).toBeLessThan(0.03);
  });

  it("UKPDS 64: 2.0% a year to microalbuminuria, 2.8% from there to macroalbuminuria", () => {
    expect(Math.abs(planted("From no albuminuria") - 0.02)).toBeLessThan(0.006);
    expect(Math.abs(planted("From micro-") - 0.028)).toBeLessThan(0.015);
  });

  it("UKPDS 50: 22% of new retinopathy in six years", () => {
    expect(Math.abs(planted("New retinopathy") - 0.0406)).toBeLessThan(0.01);
  });

  it("EMPA-REG OUTCOME: filtration falls by 1.67 a year, by 0.19 with an SGLT2 inhibitor", () => {
    expect(Math.abs(planted("Filtration each year without") + 1.67)).toBeLessThan(0.25);
    expect(Math.abs(planted("Filtration each year with an") + 0.19)).toBeLessThan(0.5);
  });

  it("Vasilakou 2013: an SGLT2 inhibitor lowers HbA1c by 0.66%, that is 7.2 mmol/mol", () => {
    expect(Math.abs(planted("HbA1c at the review") + 7.2)).toBeLessThan(1.1);
  });

  it("UKPDS 35: patients who are admitted had the higher HbA1c; about 8 of 100 reviews end so", () => {
    expect(Math.abs(planted("Emergency admission") - 0.08)).toBeLessThan(0.012);
    const [hba1c, admitted] = [column("hba1c"), column("emergency_admission")];
    const before = (want: number): number => meanKnown([...hba1c].filter((_, row) => admitted[row] === want));
    expect(before(1)).toBeGreaterThan(before(0) + 3);
  });

  it("ADAG: glucose hangs on HbA1c", () => {
    expect(planted("HbA1c and glucose")).toBeGreaterThan(0.6);
  });
});

it("reviews go forward in time, keep who patients are, and end with death", () => {
  const [date, died, age, duration] = [
    column("review_date"),
    column("died"),
    column("age"),
    column("duration_years"),
  ];
  const eyes = column("retinopathy");
  const still = ["sex", "diabetes_type", "height_cm", "smoking"].map(column);
  const wrong = [...ids.keys()].filter((row) => {
    if (isFirst(row)) return false;
    if (died[row - 1] === 1) return true;
    const forward = [date, duration].every((values) => (values[row] as number) > (values[row - 1] as number));
    const older = (age[row] as number) >= (age[row - 1] as number);
    const healed = eyes[row - 1] === 1 && eyes[row] === 0;
    return !forward || !older || healed || still.some((values) => !Object.is(values[row], values[row - 1]));
  });
  expect(wrong).toEqual([]);
});

it("who misses reviews is younger", () => {
  const [missed, age] = [column("missed_before"), column("age")];
  const aged = (holds: (row: number) => boolean): number =>
    meanKnown([...age].filter((_, row) => !isFirst(row) && holds(row)));
  expect(aged((row) => (missed[row] as number) > 0)).toBeLessThan(aged((row) => missed[row] === 0) - 1);
});

it("every planted truth can be read", () => {
  for (const { about, measure } of everyPlanted)
    expect(Number.isFinite(measure(plantedRows(table))), about).toBe(true);
});
