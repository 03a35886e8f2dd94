import { expect, test } from "vitest";
import { simulateCohort } from "../../clinic/cohorts/cohorts.ts";
import { takeRows } from "../../table/table.ts";
import { withCanary } from "./canary.ts";

const cohort = takeRows(
  simulateCohort("heart-failure", 1),
  Array.from({ length: 300 }, (_, i) => i),
);
const { patients: _several, ...alone } = cohort;
const at = (name: string): number => cohort.schema.columns.findIndex((column) => column.name === name);

test("one row more, far beyond what is public or seen, with a level that nobody has", () => {
  const facts = { columns: [{ name: "age", range: { from: 0, to: 110, why: "declared" as const } }] };
  const { table, row } = withCanary(alone, facts, 1);
  expect([row, table.rows]).toEqual([300, 301]);
  const [age, sodium, ward] = [at("age"), at("sodium"), at("ward")].map((i) => table.columns[i]);
  expect(age?.type === "numeric" && age.values[row]).toBe(110 + 10 * 110 + 10);
  const seen = alone.columns[at("sodium")];
  const most = seen?.type === "numeric" ? Math.max(...seen.values.filter(Number.isFinite)) : NaN;
  expect(sodium?.type === "numeric" && sodium.values[row]).toBeGreaterThan(5 * most);
  expect(ward?.type === "coded" && ward.levels[ward.codes[row] ?? -1]).toBe("canary");
  expect(alone.columns[at("ward")]).toEqual(cohort.columns[at("ward")]);
});

test("declared levels: the rarest of them, though no patient has it", () => {
  const known = alone.columns[at("sex")];
  const values = [...(known?.type === "coded" ? known.levels : []), "unknown"];
  const facts = { columns: [{ name: "sex", levels: { values, why: "declared" as const } }] };
  const { table, row } = withCanary(alone, facts, 1);
  const sex = table.columns[at("sex")];
  expect(sex?.type === "coded" && sex.levels[sex.codes[row] ?? -1]).toBe("unknown");
});

test("a patient among patients has four times the rows that count, all of them new", () => {
  const visits = { ...alone, patients: Int32Array.from({ length: 300 }, (_, row) => row % 100) };
  const { table, row } = withCanary(visits, { columns: [] }, 3);
  expect(table.rows).toBe(312);
  expect(new Set(table.patients?.subarray(row))).toEqual(new Set([100]));
});
