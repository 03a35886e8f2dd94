import { beforeAll, describe, expect, it } from "vitest";
import { mean } from "../../../math/statistics.ts";
import type { Table } from "../../../table/table.ts";
import { numbersWith } from "../numbers/numbers.ts";
import { plantedRows } from "../planted-rows.ts";
import { simulateAtOnce } from "../simulating/simulate.ts";
import { icu } from "./icu.ts";
import { icuPlanted } from "./icu-planted.ts";
import { sofa } from "./sofa.ts";

type Cells = ArrayLike<number>;
let stays: Table;
let admissions: Table;

beforeAll(() => {
  stays = simulateAtOnce(icu, { cohort: "icu", level: 4, seed: 11, patients: 1500 });
  admissions = simulateAtOnce(icu, { cohort: "icu", level: 3, seed: 5, patients: 20_000 });
}, 60_000);

function cells(table: Table, name: string): Cells {
  const column = table.columns[table.schema.columns.findIndex((it) => it.name === name)];
  if (column === undefined) throw new Error(`no column ${name}`);
  return column.type === "numeric" ? column.values : column.codes;
}
const rowsOf = (table: Table): number[] => Array.from({ length: table.rows }, (_, row) => row);
const known = (cell: number | undefined): cell is number => cell !== undefined && !Number.isNaN(cell);
const pick = (table: Table, name: string, rows: readonly number[]): number[] =>
  rows.map((row) => cells(table, name)[row]).filter(known);
const spread = (list: readonly number[]): number => {
  const middle = mean(list);
  return Math.sqrt(mean(list.map((value) => (value - middle) ** 2)));
};
const correlation = (a: readonly number[], b: readonly number[]): number => {
  const [x, y] = [mean(a), mean(b)];
  return mean(a.map((value, i) => (value - x) * ((b[i] as number) - y))) / (spread(a) * spread(b));
};
/** Rows of admissions, or of stays, with one of these diagnoses. */
const having = (table: Table, ...places: number[]): number[] => {
  const diagnosis = cells(table, "diagnosis");
  return rowsOf(table).filter((row) => places.includes(diagnosis[row] as number));
};
const [SEPSIS, LUNGS, DKA] = [0, 1, 5] as const;
const nextRow = (row: number): number | undefined => {
  const patient = cells(stays, "patient_id");
  return patient[row + 1] === patient[row] ? row + 1 : undefined;
};

describe("what is planted shows in the table", () => {
  const tolerance: Record<string, number> = {
    "Died in hospital": 0.015,
    "Admitted for sepsis": 0.01,
    "Admitted for kidney failure": 0.004,
    "Sepsis begins, each hour": 0.0005,
    "Death within 48 hours, of those who die in hospital": 0.08,
    "Temperature in sepsis": 0.08,
    "Heart rate in sepsis": 1.5,
    "Systolic and diastolic pressure": 0.04,
    "Heart rate of an hour and the next": 0.02,
  };
  it.each(icuPlanted(numbersWith()).map((planted) => [planted.about, planted] as const))(
    "%s",
    (about, { value = NaN, columns, level, measure }) => {
      for (const name of columns) cells(stays, name);
      const found = measure(plantedRows(level === 3 ? admissions : stays));
      expect(Math.abs(found - value), `${found} for ${value}`).toBeLessThan(tolerance[about] ?? 0);
    },
  );
});

describe("sources", () => {
  it("eICU: pressures of an hour spread and hang together as cuffs measured them", () => {
    const all = rowsOf(stays);
    expect(Math.abs(mean(pick(stays, "sbp", all)) - 119.9)).toBeLessThan(5);
    expect(Math.abs(mean(pick(stays, "dbp", all)) - 65.6)).toBeLessThan(3);
    expect(Math.abs(spread(pick(stays, "sbp", all)) - Math.hypot(18.1, 13.5))).toBeLessThan(4.5);
    expect(Math.abs(spread(pick(stays, "dbp", all)) - Math.hypot(11.1, 9.6))).toBeLessThan(3);
    expect(Math.abs(correlation(pick(stays, "sbp", all), pick(stays, "dbp", all)) - 0.59)).toBeLessThan(0.1);
  });

  it("eICU: creatinine, haemoglobin and white cells at admission", () => {
    const logs = (name: string): number[] => pick(admissions, name, rowsOf(admissions)).map(Math.log);
    expect(Math.exp(mean(logs("creatinine"))) / 112).toBeCloseTo(1, 0);
    expect(Math.abs(Math.exp(mean(logs("creatinine"))) - 112)).toBeLessThan(14);
    expect(Math.abs(spread(logs("creatinine")) - 0.69)).toBeLessThan(0.1);
    expect(Math.abs(mean(pick(admissions, "haemoglobin", rowsOf(admissions))) - 108)).toBeLessThan(6);
    expect(Math.abs(Math.exp(mean(logs("white_cells"))) - 10.3)).toBeLessThan(1);
  });

  it("eICU: a third are ventilated, most where lungs fail; half have 15 points of the coma scale", () => {
    const share = (rows: readonly number[]): number => mean(pick(admissions, "ventilated", rows));
    expect(Math.abs(share(rowsOf(admissions)) - 0.315)).toBeLessThan(0.04);
    expect(Math.abs(share(having(admissions, LUNGS)) - 0.57)).toBeLessThan(0.06);
    const gcs = pick(admissions, "gcs", rowsOf(admissions));
    expect(Math.abs(gcs.filter((points) => points === 15).length / gcs.length - 0.55)).toBeLessThan(0.07);
    expect(Math.abs(gcs.filter((points) => points <= 8).length / gcs.length - 0.17)).toBeLessThan(0.06);
  });

  it("eICU: blood gases are drawn more often in those who die", () => {
    const drawn = (died: number): number => {
      const rows = rowsOf(admissions).filter((row) => cells(admissions, "died_in_hospital")[row] === died);
      return pick(admissions, "lactate", rows).length / rows.length;
    };
    expect(drawn(1)).toBeGreaterThan(drawn(0) + 0.1);
  });

  it("SOFA: points by organ (Vincent 1996, Pandharipande 2009)", () => {
    const score = sofa(numbersWith());
    const well = { spo2: 98, fio2: 0.19, platelets: 200, map: 90, noradrenaline: 0, gcs: 15, creatinine: 80 };
    expect(score(well)).toBe(0);
    expect(score({ ...well, fio2: 0.21 })).toBe(1);
    expect(score({ ...well, spo2: 92, fio2: 0.5, platelets: 90, gcs: 8, creatinine: 200 })).toBe(10);
    expect(score({ ...well, map: 65 })).toBe(1);
    expect(score({ ...well, noradrenaline: 0.05 })).toBe(3);
    expect(score({ ...well, noradrenaline: 0.2 })).toBe(4);
    expect(score({ ...well, platelets: NaN, creatinine: NaN })).toBe(0);
  });

  it("Surviving Sepsis: noradrenaline starts below a mean pressure of 65 and brings it back", () => {
    const [dose, map] = [cells(stays, "noradrenaline"), cells(stays, "map")];
    const started = rowsOf(stays).filter(
      (row) => dose[row] === 0 && nextRow(row) !== undefined && (dose[row + 1] as number) > 0,
    );
    expect(started.length).toBeGreaterThan(50);
    for (const row of started) expect(map[row] as number).toBeLessThanOrEqual(65);
    const later = started.flatMap((row) => (nextRow(row + 1) === undefined ? [] : [row + 2]));
    expect(mean(pick(stays, "map", later))).toBeGreaterThan(mean(pick(stays, "map", started)) + 8);
  });
});

describe("the story of a stay", () => {
  it("lets sepsis settle in those who live, and not in those who die", () => {
    const hour = cells(stays, "hour");
    const at = (when: number, died: number, name: string): number =>
      mean(
        pick(
          stays,
          name,
          having(stays, SEPSIS).filter(
            (row) => hour[row] === when && cells(stays, "died_in_hospital")[row] === died,
          ),
        ),
      );
    expect(at(0, 0, "temperature")).toBeGreaterThan(at(40, 0, "temperature") + 0.6);
    expect(at(0, 0, "heart_rate")).toBeGreaterThan(at(40, 0, "heart_rate") + 10);
    expect(at(40, 1, "sofa")).toBeGreaterThan(at(40, 0, "sofa") + 1.5);
  });

  it("ends with pressure falling in those who die in the unit", () => {
    const hour = cells(stays, "hour");
    const last = rowsOf(stays).filter(
      (row) => nextRow(row) === undefined && (hour[row] as number) < 47 && (hour[row] as number) > 12,
    );
    expect(last.length).toBeGreaterThan(25);
    const before = last.map((row) => row - 12);
    expect(mean(pick(stays, "noradrenaline", last))).toBeGreaterThan(
      mean(pick(stays, "noradrenaline", before)) + 0.05,
    );
    expect(mean(pick(stays, "spo2", last))).toBeLessThan(mean(pick(stays, "spo2", before)) - 3);
    expect(mean(pick(stays, "sofa", last))).toBeGreaterThan(mean(pick(stays, "sofa", before)) + 2);
  });

  it("brings glucose of ketoacidosis down within hours", () => {
    const hour = cells(stays, "hour");
    const glucose = (from: number, to: number): number =>
      mean(
        pick(
          stays,
          "glucose",
          having(stays, DKA).filter((row) => (hour[row] as number) >= from && (hour[row] as number) <= to),
        ),
      );
    expect(glucose(0, 0)).toBeGreaterThan(20);
    expect(glucose(12, 47)).toBeLessThan(15);
  });

  it("tells death by severity: those with more organs failing die more often", () => {
    const risk = (low: number, high: number): number => {
      const points = cells(admissions, "sofa");
      const rows = rowsOf(admissions).filter(
        (row) => (points[row] as number) >= low && (points[row] as number) < high,
      );
      return mean(pick(admissions, "died_in_hospital", rows));
    };
    expect(risk(0, 3)).toBeLessThan(risk(3, 6));
    expect(risk(3, 6)).toBeLessThan(risk(6, 9));
    expect(risk(9, 20)).toBeGreaterThan(2.5 * risk(0, 3));
  });
});

it("writes nothing that cannot be", () => {
  for (const table of [stays, admissions]) {
    const of = (name: string): Cells => cells(table, name);
    const [sbp, dbp, map] = [of("sbp"), of("dbp"), of("map")];
    const within = (name: string, low: number, high: number): void => {
      for (const value of pick(table, name, rowsOf(table)))
        if (value < low || value > high) expect.fail(`${name} ${value}`);
    };
    for (const row of rowsOf(table))
      if (!((dbp[row] as number) < (map[row] as number) && (map[row] as number) < (sbp[row] as number)))
        expect.fail(`${sbp[row]}/${dbp[row]} (${map[row]})`);
    within("spo2", 60, 100);
    within("gcs", 3, 15);
    within("fio2", 0.21, 1);
    within("noradrenaline", 0, 1);
    within("sofa", 0, 20);
    within("heart_rate", 20, 200);
    within("potassium", 1.5, 10);
    within("haemoglobin", 30, 200);
    within("lactate", 0.1, 30);
  }
});
