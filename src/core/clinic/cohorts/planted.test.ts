import { describe, expect, it } from "vitest";
import type { Table } from "../../table/table.ts";
import { findCohort } from "./cohorts.ts";
import { diabetesPlanted } from "./diabetes/diabetes-planted.ts";
import { heartFailurePlanted } from "./heart-failure/heart-failure-planted.ts";
import { maternityPlanted } from "./maternity/maternity-planted.ts";
import { numbersWith } from "./numbers/numbers.ts";
import { plantedRows } from "./planted-rows.ts";
import { simulateAtOnce } from "./simulating/simulate.ts";

/** Of the planted value: by so much a table of 10,000 patients may be off, as a share of it. */
const TOLERANCE: Readonly<Record<string, number>> = {
  // a few hundred patients begin or go on to these
  "From no albuminuria to microalbuminuria or more, a year": 0.3,
  "From micro- to macroalbuminuria, a year": 0.55,
  "New retinopathy, a year": 0.25,
  // small beside what devices and days add
  "Filtration each year with an SGLT2 inhibitor": 2.7,
  // a few hundred women had pre-eclampsia before
  "Relative risk of pre-eclampsia with aspirin": 0.6,
  Twins: 0.25,
  "Diabetes before pregnancy": 0.35,
  "Odds of a caesarean with twins": 0.45,
  "Systolic pressure with antihypertensives in pre-eclampsia": 0.3,
};

describe.each([
  ["diabetes", diabetesPlanted],
  ["heart-failure", heartFailurePlanted],
  ["maternity", maternityPlanted],
] as const)("what is planted in %s shows in its table", (id, plantedIn) => {
  const tables = new Map<number, Table>();
  const tableAt = (level: 3 | 4): Table => {
    const asked = { cohort: id, level, seed: 5, patients: 10_000 };
    const table = tables.get(level) ?? simulateAtOnce(findCohort(id), asked);
    tables.set(level, table);
    return table;
  };
  it.each(plantedIn(numbersWith()).map((planted) => [planted.about, planted] as const))(
    "%s",
    (about, { level, value, columns, measure }) => {
      const table = tableAt(level);
      const names = table.schema.columns.map(({ name }) => name);
      expect(columns.filter((name) => !names.includes(name))).toEqual([]);
      const found = measure(plantedRows(table));
      expect(found).not.toBeNaN();
      if (value === undefined) return;
      expect(Math.abs(found - value), `${found} for ${value}`).toBeLessThan(
        Math.abs(value) * (TOLERANCE[about] ?? 0.2),
      );
    },
  );
});
