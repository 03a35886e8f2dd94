import { beforeAll, describe, expect, test } from "vitest";
import { mean as average } from "../../../math/statistics.ts";
import type { Table } from "../../../table/table.ts";
import { cellsOf, pick, rowsWhere } from "../simulating/cells.ts";
import { simulateAtOnce } from "../simulating/simulate.ts";
import { maternity } from "./maternity.ts";

let women: Table;
let visits: Table;
beforeAll(() => {
  women = simulateAtOnce(maternity, { cohort: "maternity", level: 3, seed: 1, patients: 40_000 });
  visits = simulateAtOnce(maternity, { cohort: "maternity", level: 4, seed: 1, patients: 4_000 });
});

const values = (table: Table, name: string): Float64Array => Float64Array.from(cellsOf(table, name));

const mean = (table: Table, name: string, where?: (row: number) => boolean): number =>
  average(pick(table, name, rowsWhere(table, where)));
const is = (table: Table, name: string): ((row: number) => boolean) => {
  const all = values(table, name);
  return (row) => all[row] === 1;
};

describe("births", () => {
  test("come by age of the mother, twins, caesareans and early births as in the national statistics", () => {
    expect(mean(women, "age")).toBeGreaterThan(27.5);
    expect(mean(women, "age")).toBeLessThan(30);
    expect(mean(women, "twins")).toBeCloseTo(0.0321, 2);
    expect(mean(women, "caesarean")).toBeGreaterThan(0.29);
    expect(mean(women, "caesarean")).toBeLessThan(0.345);
    const weeks = values(women, "gestation_at_birth");
    const before = (week: number): number => weeks.filter((at) => at < week).length / women.rows;
    expect(before(37)).toBeGreaterThan(0.095);
    expect(before(37)).toBeLessThan(0.11);
    expect(before(34) / before(37)).toBeGreaterThan(0.22);
    expect(before(34) / before(37)).toBeLessThan(0.32);
    expect(Math.max(...weeks)).toBeLessThanOrEqual(42);
  });

  test("weigh as the fetal standard at their week", () => {
    const weeks = values(women, "gestation_at_birth");
    const twins = is(women, "twins");
    const at = (week: number): number =>
      mean(women, "birth_weight_g", (row) => weeks[row] === week && !twins(row));
    const standard = (week: number): number => Math.exp(0.578 + 0.332 * week - 0.00354 * week * week);
    for (const week of [34, 37, 39]) expect(at(week) / standard(week + 0.5)).toBeCloseTo(1, 1);
  });
});

describe("pre-eclampsia", () => {
  const share = (where: (row: number) => boolean): number => mean(women, "preeclampsia", where);

  test("is as frequent as in cohorts of first and later pregnancies, more so by its risks", () => {
    expect(share(() => true)).toBeGreaterThan(0.025);
    expect(share(() => true)).toBeLessThan(0.055);
    const [before, high] = [is(women, "previous_preeclampsia"), is(women, "hypertension")];
    const twins = is(women, "twins");
    expect(share(before)).toBeGreaterThan(0.12);
    expect(share(high) / share((row) => !high(row))).toBeGreaterThan(3.5);
    expect(share(twins) / share((row) => !twins(row))).toBeGreaterThan(2.2);
  });

  test("shows in pressure and urine from its week on, and treatment follows", () => {
    const [ill, protein] = [is(visits, "preeclampsia"), values(visits, "urine_protein")];
    const raised = (row: number): boolean => (protein[row] as number) >= 30;
    const count = Array.from(protein).filter((value, row) => value >= 30 && ill(row)).length;
    expect(count).toBeGreaterThan(40);
    expect(mean(visits, "sbp", (row) => ill(row) && raised(row))).toBeGreaterThan(138);
    expect(mean(visits, "antihypertensive", (row) => !ill(row))).toBeLessThan(0.12);
    expect(Array.from(protein).filter((value, row) => value >= 30 && !ill(row))).toEqual([]);
  });
});

test("gestational diabetes is what the written glucose test says", () => {
  const [fasting, later] = [values(women, "ogtt_fasting"), values(women, "ogtt_2h")];
  const [told, before] = [is(women, "gestational_diabetes"), is(women, "diabetes")];
  const wrong = Array.from(fasting).filter((value, row) => {
    const over = value >= 5.1 || (later[row] as number) >= 8.5;
    return told(row) !== over;
  });
  expect(wrong).toEqual([]);
  // who has diabetes is not tested for it
  for (let row = 0; row < fasting.length; row++) expect(Number.isNaN(fasting[row])).toBe(before(row));
  expect(mean(women, "gestational_diabetes")).toBeGreaterThan(0.08);
  expect(mean(women, "gestational_diabetes")).toBeLessThan(0.2);
  expect(mean(women, "ogtt_fasting", (row) => !before(row))).toBeCloseTo(4.52, 1);
});

test("pressure dips in the middle of pregnancy and rises to its end, as in the reference ranges", () => {
  const [week, ill, high] = [
    values(visits, "gestational_week"),
    is(visits, "preeclampsia"),
    is(visits, "hypertension"),
  ];
  const at = (name: string, from: number, to: number): number =>
    mean(
      visits,
      name,
      (row) => (week[row] as number) >= from && (week[row] as number) < to && !ill(row) && !high(row),
    );
  expect(at("sbp", 15, 18)).toBeGreaterThan(110);
  expect(at("sbp", 15, 18)).toBeLessThan(119);
  expect(at("sbp", 38, 43) - at("sbp", 15, 18)).toBeGreaterThan(4);
  expect(at("dbp", 38, 43) - at("dbp", 15, 18)).toBeGreaterThan(6);
  expect(at("heart_rate", 33, 36) - at("heart_rate", 9, 12)).toBeGreaterThan(6);
});

test("visits are in order, end at birth, and what does not change stays", () => {
  const [woman, date] = [values(visits, "patient_id"), values(visits, "visit_date")];
  const [week, birth] = [values(visits, "gestational_week"), values(visits, "gestation_at_birth")];
  const kept = ["birth_weight_g", "parity", "height_cm"].map((name) => values(visits, name));
  const rows = rowsWhere(visits).slice(1);
  const within = rows.filter((row) => woman[row] === woman[row - 1]);
  expect(rows.filter((row) => (week[row] as number) > (birth[row] as number))).toEqual([]);
  expect(within.filter((row) => (date[row] as number) <= (date[row - 1] as number))).toEqual([]);
  for (const steady of kept)
    expect(within.filter((row) => !Object.is(steady[row], steady[row - 1]))).toEqual([]);
  expect(visits.rows / 4000).toBeCloseTo(maternity.rowsPerPatient, 0);
});
