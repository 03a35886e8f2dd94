import { beforeAll, describe, expect, it } from "vitest";
import { mean } from "../../../math/statistics.ts";
import type { Table } from "../../../table/table.ts";
import { CRISES, HYPERKALAEMIA, KETOACIDOSIS, SEPSIS, BLEED } from "../emergencies/emergencies.ts";
import { numbersWith } from "../numbers/numbers.ts";
import { plantedRows } from "../planted-rows.ts";
import { cellsOf, pick, rowsWhere } from "../simulating/cells.ts";
import { Rows } from "../simulating/rows.ts";
import { simulateAtOnce } from "../simulating/simulate.ts";
import { emergencyPlanted } from "./emergency-planted.ts";
import { emergency } from "./emergency.ts";
import { news2 } from "./news.ts";

let visits: Table;
let hours: Table;
/** visits over time of a department where the two emergencies whose treatment is measured are common */
let crises: Table;

beforeAll(() => {
  visits = simulateAtOnce(emergency, { cohort: "emergency", level: 3, seed: 4, patients: 30_000 });
  hours = simulateAtOnce(emergency, { cohort: "emergency", level: 4, seed: 4, patients: 20_000 });
  const numbers = { "ed.ketoacidosis.2": 1, "ed.hyperkalaemia": 1 };
  crises = simulateAtOnce(emergency, { cohort: "emergency", level: 4, seed: 4, patients: 3000, numbers });
}, 60_000);

const withEmergency = (table: Table, kind: number): number[] => {
  const of = cellsOf(table, "emergency");
  return rowsWhere(table, (row) => of[row] === kind);
};

describe("what is planted shows in the table", () => {
  const tolerance: Record<string, number> = {
    "Are admitted": 0.01,
    "Come for an injury": 0.01,
    "Hyperkalaemia in chronic kidney disease": 0.008,
    "Temperature of those who come for fever": 0.06,
    "Systolic pressure in pain": 2,
    "Saturation of those who come for breathing": 0.25,
    // those who are treated for a high value would fall a little without it: they are chosen by it
    "Potassium within an hour of insulin with glucose and salbutamol": 0.15,
    "Glucose within an hour of insulin in ketoacidosis": 0.4,
    "Treatment of an emergency in the second hour": 0.001,
  };
  it.each(emergencyPlanted(numbersWith()).map((planted) => [planted.about, planted] as const))(
    "%s",
    (about, { value = NaN, columns, kind, level, measure }) => {
      for (const name of columns) cellsOf(hours, name);
      const found = measure(plantedRows(level === 3 ? visits : kind === "effect" ? crises : hours));
      expect(Math.abs(found - value), `${found} for ${value}`).toBeLessThan(tolerance[about] ?? 0);
    },
  );

  it("nobody with sepsis is treated in the first hour", () => {
    const [hour, treatment] = [cellsOf(hours, "hour"), cellsOf(hours, "treatment")];
    const first = withEmergency(hours, SEPSIS).filter((row) => hour[row] === 1);
    expect(first.filter((row) => treatment[row] === 2)).toEqual([]);
  });
});

describe("sources", () => {
  it("60% arrive from 9 to 18, most between 10 and 12 (HSCIC 2013)", () => {
    const arrived = Array.from(cellsOf(visits, "arrived_at"), (time) => new Date(time).getUTCHours());
    expect(
      Math.abs(arrived.filter((hour) => hour >= 9 && hour < 18).length / visits.rows - 0.6),
    ).toBeLessThan(0.01);
    const counts = Array.from({ length: 24 }, (_, hour) => arrived.filter((at) => at === hour).length);
    expect([10, 11]).toContain(counts.indexOf(Math.max(...counts)));
    expect(Math.min(...counts)).toBeLessThan(0.25 * Math.max(...counts));
  });

  it("38.8% have blood drawn (NHAMCS 2006), the more urgent the oftener", () => {
    const level = cellsOf(visits, "triage");
    const drawn = (rows: readonly number[]): number => pick(visits, "potassium", rows).length / rows.length;
    expect(Math.abs(drawn(rowsWhere(visits)) - 0.388)).toBeLessThan(0.02);
    expect(drawn(rowsWhere(visits, (row) => level[row] === 1))).toBeGreaterThan(
      drawn(rowsWhere(visits, (row) => level[row] === 3)) + 0.1,
    );
  });

  it("few leave unseen, more when it is busy; those admitted stay longer (NHAMCS 2001)", () => {
    const first = rowsWhere(hours, (row) => cellsOf(hours, "hour")[row] === 0);
    const left = cellsOf(hours, "left_unseen");
    const share = mean(pick(hours, "left_unseen", first));
    expect(share).toBeGreaterThan(0.0087 - 0.002);
    expect(share).toBeLessThan(0.0166 + 0.002);
    const stay = (admitted: number): number => {
      const rows = rowsWhere(hours, (row) => cellsOf(hours, "admitted")[row] === admitted && left[row] === 0);
      return rows.length / new Set(pick(hours, "patient_id", rows)).size;
    };
    expect(stay(1) / stay(0)).toBeGreaterThan(1.45);
    expect(stay(1) / stay(0)).toBeLessThan(1.85);
  });

  it("very urgent patients are admitted about 4.9 times as often as others (Santos 2014)", () => {
    const level = cellsOf(visits, "triage");
    const share = (urgent: boolean): number =>
      mean(
        pick(
          visits,
          "admitted",
          rowsWhere(visits, (row) => (level[row] as number) <= 1 === urgent),
        ),
      );
    expect(share(true) / share(false)).toBeGreaterThan(3.9);
    expect(share(true) / share(false)).toBeLessThan(5.9);
  });

  it("triages as the Manchester departments did (Zachariasse 2017)", () => {
    const level = cellsOf(visits, "triage");
    for (const [place, share] of [0.008, 0.13, 0.41, 0.42, 0.032].entries())
      expect(
        Math.abs(rowsWhere(visits, (row) => level[row] === place).length / visits.rows - share),
      ).toBeLessThan(0.035);
  });

  it("severe sepsis is .7% of adult visits (Wang 2007)", () => {
    const age = cellsOf(visits, "age");
    const adults = rowsWhere(visits, (row) => (age[row] as number) >= 18);
    const share = withEmergency(visits, SEPSIS).length / adults.length;
    expect(share).toBeGreaterThan(0.0045);
    expect(share).toBeLessThan(0.0095);
    expect(withEmergency(visits, SEPSIS).every((row) => (age[row] as number) >= 18)).toBe(true);
  });

  it("scores NEWS2 as its chart does, and triage never falls behind it (Royal College of Physicians 2017)", () => {
    const signs = {
      respiratory_rate: [16, 26, 21, 8],
      spo2: [97, 90, 94, 97],
      sbp: [120, 88, 108, 225],
      heart_rate: [70, 132, 95, 45],
      temperature: [36.8, 39.3, 38.5, 35],
      gcs: [15, 13, 15, 15],
    };
    const rows = new Rows(4, 0);
    for (const [name, values] of Object.entries(signs)) rows.set(name, Float64Array.from(values));
    const score = news2(numbersWith())(rows);
    expect([0, 1, 2, 3].map(score)).toEqual([0, 17, 6, 10]);
  });
});

describe("the story of a visit", () => {
  const at = (kind: number, hour: number, name: string): number =>
    mean(
      pick(
        hours,
        name,
        withEmergency(hours, kind).filter((row) => cellsOf(hours, "hour")[row] === hour),
      ),
    );

  it("tells emergencies apart by what is measured first", () => {
    expect(at(SEPSIS, 0, "lactate")).toBeGreaterThan(at(0, 0, "lactate") + 0.7);
    expect(at(SEPSIS, 0, "temperature")).toBeGreaterThan(at(0, 0, "temperature") + 0.6);
    expect(at(SEPSIS, 0, "sbp")).toBeLessThan(at(0, 0, "sbp"));
    expect(at(KETOACIDOSIS, 0, "ph")).toBeLessThan(7.3);
    expect(at(KETOACIDOSIS, 0, "ketones")).toBeGreaterThan(4);
    expect(at(HYPERKALAEMIA, 0, "potassium")).toBeGreaterThan(6);
    expect(at(HYPERKALAEMIA, 0, "creatinine")).toBeGreaterThan(200);
    expect(at(BLEED, 0, "heart_rate")).toBeGreaterThan(at(0, 0, "heart_rate") + 3);
    expect(at(BLEED, 0, "urea") / at(BLEED, 0, "creatinine")).toBeGreaterThan(
      (1.2 * at(0, 0, "urea")) / at(0, 0, "creatinine"),
    );
  });

  it("lets haemoglobin fall hours after the pulse has risen", () => {
    expect(at(BLEED, 4, "haemoglobin")).toBeLessThan(at(BLEED, 0, "haemoglobin") - 6);
    expect(at(BLEED, 5, "heart_rate")).toBeLessThan(at(BLEED, 0, "heart_rate"));
  });

  it("shows changes of the electrocardiogram with potassium only", () => {
    const [change, potassium] = [cellsOf(visits, "ecg_change"), cellsOf(visits, "potassium")];
    const share = (low: number, high: number): number => {
      const rows = rowsWhere(
        visits,
        (row) => (potassium[row] as number) >= low && (potassium[row] as number) < high,
      );
      return mean(rows.map((row) => change[row] as number));
    };
    expect(share(3, 5)).toBeLessThan(0.01);
    expect(share(6.5, 10)).toBeGreaterThan(0.25);
  });

  it("has children, in whom none of the four emergencies is drawn", () => {
    const age = cellsOf(visits, "age");
    const children = rowsWhere(visits, (row) => (age[row] as number) < 16);
    expect(children.length / visits.rows).toBeGreaterThan(0.1);
    for (const row of children) expect(cellsOf(visits, "emergency")[row]).toBe(CRISES.indexOf("None"));
    const small = rowsWhere(visits, (row) => (age[row] as number) < 2);
    expect(mean(pick(visits, "heart_rate", small))).toBeGreaterThan(110);
  });

  it("ends within 2 to 8 hours, sooner for those who leave unseen, who have no blood drawn", () => {
    const counts = new Map<number, number>();
    for (const patient of pick(hours, "patient_id", rowsWhere(hours)))
      counts.set(patient, (counts.get(patient) ?? 0) + 1);
    expect(Math.min(...counts.values())).toBe(2);
    expect(Math.max(...counts.values())).toBe(8);
    const left = rowsWhere(hours, (row) => cellsOf(hours, "left_unseen")[row] === 1);
    expect(pick(hours, "potassium", left)).toEqual([]);
    expect(mean(pick(hours, "admitted", left))).toBe(0);
  });
});

it("writes nothing that cannot be", () => {
  for (const table of [visits, hours]) {
    const [sbp, dbp] = [cellsOf(table, "sbp"), cellsOf(table, "dbp")];
    for (const row of rowsWhere(table))
      if ((dbp[row] as number) >= (sbp[row] as number)) expect.fail(`${sbp[row]}/${dbp[row]}`);
    for (const [name, low, high] of [
      ["spo2", 60, 100],
      ["gcs", 3, 15],
      ["ph", 6.5, 7.6],
      ["bicarbonate", 1, 60],
      ["temperature", 33, 41.6],
      ["lactate", 0.1, 25],
    ] as const)
      for (const value of pick(table, name, rowsWhere(table)))
        if (value < low || value > high) expect.fail(`${name} ${value}`);
  }
});
