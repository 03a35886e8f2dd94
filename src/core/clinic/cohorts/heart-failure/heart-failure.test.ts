import { beforeAll, describe, expect, it } from "vitest";
import type { Table } from "../../../table/table.ts";
import { findCohort } from "../cohorts.ts";
import { numbersWith } from "../numbers/numbers.ts";
import { plantedRows } from "../planted-rows.ts";
import { cellsOf, meanKnown } from "../simulating/cells.ts";
import { chunksOf, simulateAtOnce } from "../simulating/simulate.ts";
import { heartFailurePlanted } from "./heart-failure-planted.ts";

const cohort = findCohort("heart-failure");
const number = numbersWith().of;

/** True values, before devices and gaps. */
function truth(patients: number): (name: string) => Float64Array {
  const [rows] = chunksOf({ ...cohort, recording: [] }, { cohort: cohort.id, level: 3, seed: 3, patients });
  return (name) => rows?.get(name) ?? new Float64Array();
}

const median = (values: Iterable<number>): number => {
  const all = [...values].sort((a, b) => a - b);
  return all[all.length >> 1] as number;
};
const share = (values: Float64Array, holds: (value: number, i: number) => boolean): number =>
  values.filter(holds).length / values.length;

describe("an admission with heart failure is as its sources say", () => {
  const of = truth(4096);

  it("GWTG-HF: ejection fraction below 40% in 50%, 40% to below 50% in 14%, above in 36%", () => {
    const lvef = of("lvef");
    expect(share(lvef, (it) => it < 40)).toBeCloseTo(0.5, 1);
    expect(Math.abs(share(lvef, (it) => it >= 40 && it < 50) - 0.14)).toBeLessThan(0.025);
    expect(Math.abs(share(lvef, (it) => it >= 50) - 0.36)).toBeLessThan(0.04);
  });

  it("SwedeHF: pressures, kidneys, salts, blood, drugs and stay", () => {
    for (const [name, id, off] of [
      ["sbp", "hf.sbp.mean", 2],
      ["dbp", "hf.dbp.mean", 1],
      ["heart_rate", "hf.heart_rate.mean", 1.5],
      ["creatinine", "hf.creatinine.median", 5],
      ["sodium", "hf.sodium.mean", 0.3],
      ["potassium", "hf.potassium.mean", 0.1],
      ["haemoglobin", "hf.haemoglobin.mean", 2],
      ["los_days", "hf.stay.median", 0.5],
    ] as const)
      expect(Math.abs(median(of(name)) - number(id)), name).toBeLessThan(off);
    expect(Math.abs(meanKnown(of("beta_blocker")) - 0.863)).toBeLessThan(0.02);
    expect(Math.abs(meanKnown(of("mra")) - 0.407)).toBeLessThan(0.03);
    expect(Math.abs(share(of("raas_inhibitor"), (it) => it < 3) - 0.814)).toBeLessThan(0.02);
    expect(Math.abs(share(of("nyha"), (it) => it >= 2) - 0.82)).toBeLessThan(0.03); // on the day of admission
    expect(Math.abs(meanKnown(of("atrial_fibrillation")) - 0.522)).toBeLessThan(0.03);
    expect(Math.abs(share(of("egfr"), (it) => it < 60) - 0.456)).toBeLessThan(0.05);
  });

  it("KorHF: NT-proBNP of 5,644 ng/L with reduced and 2,723 with preserved ejection fraction", () => {
    const [probnp, hump] = [of("nt_probnp"), of("preserved")];
    const within = (want: number): number => median(probnp.filter((_, i) => hump[i] === want));
    expect(Math.abs(within(0) / 5644 - 1)).toBeLessThan(0.15);
    expect(Math.abs(within(1) / 2723 - 1)).toBeLessThan(0.15);
  });

  it("RALES: 0.26 mmol/L more potassium with an MRA, less what is left of it as those with high potassium get none", () => {
    const [potassium, mra] = [of("potassium"), of("mra")];
    const level = (want: number): number => meanKnown(potassium.filter((_, i) => mra[i] === want));
    expect(Math.abs(level(1) - level(0) - 0.2)).toBeLessThan(0.06);
  });

  it("Gupta 2018: 7.2% to 8.6% die within 30 days, more of them with low sodium and high urea", () => {
    const died = of("died_30d");
    expect(Math.abs(meanKnown(died) - 0.079)).toBeLessThan(0.012);
    const urea = of("urea");
    const level = (want: number): number => meanKnown(urea.filter((_, i) => died[i] === want));
    expect(level(1)).toBeGreaterThan(1.15 * level(0));
  });
});

describe("the year after", () => {
  let table: Table;
  let ids: Float64Array | Int32Array;
  const column = (name: string): Float64Array | Int32Array => cellsOf(table, name);
  beforeAll(() => {
    table = simulateAtOnce(cohort, { cohort: cohort.id, level: 4, seed: 4, patients: 4000 });
    ids = column("patient_id");
  });
  const isLast = (row: number): boolean => row === ids.length - 1 || ids[row + 1] !== ids[row];

  it("goes forward in time, keeps who they are, and ends with death", () => {
    const [at, died, age] = [column("visit_at"), column("died"), column("age")];
    const still = ["sex", "ethnicity", "admitted_at", "ward", "diabetes", "los_days", "died_30d"].map(column);
    const wrong = [...ids.keys()].filter((row) => {
      if (row === 0) return false;
      if (ids[row] !== ids[row - 1]) return false;
      if (died[row - 1] === 1) return true;
      const forward = (at[row] as number) > (at[row - 1] as number);
      const older = Number.isNaN(age[row]) || (age[row] as number) >= (age[row - 1] as number);
      return !forward || !older || still.some((values) => !Object.is(values[row], values[row - 1]));
    });
    expect(wrong).toEqual([]);
  });

  it("EFFECT: about 33% die within a year, and those who die within 30 days are among them", () => {
    const [died, early] = [column("died"), column("died_30d")];
    let [dead, patients] = [0, 0];
    for (let row = 0; row < ids.length; row++) {
      if (!isLast(row)) continue;
      patients++;
      dead += died[row] as number;
      if (early[row] === 1) expect(died[row]).toBe(1);
    }
    expect(Math.abs(dead / patients - 0.31)).toBeLessThan(0.04);
  });

  it("an MRA is stopped where potassium passes 6.0, and an emergency visit follows", () => {
    const [potassium, mra, kind] = [column("potassium"), column("mra"), column("visit_kind")];
    const died = column("died");
    let stopped = 0;
    for (let row = 0; row + 1 < ids.length; row++) {
      if (kind[row] !== 1 || !((potassium[row] as number) >= 6.5)) continue; // devices err by up to 0.4
      stopped++;
      expect(mra[row]).toBe(0);
      if (died[row] === 1) continue; // before the next day
      expect([ids[row + 1], kind[row + 1]]).toEqual([ids[row], 3]);
    }
    expect(stopped).toBeGreaterThan(5);
  });

  it("sicker patients miss more planned visits", () => {
    const [missed, nyha] = [column("missed_before"), column("nyha")];
    const after = (severe: boolean): number =>
      meanKnown(
        [...ids.keys()]
          .filter((row) => row > 0 && ids[row] === ids[row - 1] && (nyha[row - 1] as number) >= 2 === severe)
          .map((row) => missed[row] as number),
      );
    expect(after(true)).toBeGreaterThan(1.1 * after(false));
  });

  it("what is planted can be read off the table", () => {
    const [everyPlanted, rows] = [heartFailurePlanted(numbersWith()), plantedRows(table)];
    const value = (about: string): number =>
      everyPlanted.find((it) => it.about.startsWith(about))?.measure(rows) ?? NaN;
    for (const { about } of everyPlanted) expect(Number.isFinite(value(about)), about).toBe(true);
    expect(Math.abs(value("Systolic") - 0.6)).toBeLessThan(0.1);
    expect(Math.abs(value("Death within") - 0.079)).toBeLessThan(0.015);
    expect(value("Heart rate")).toBeLessThan(-7);
    expect(Math.abs(value("Potassium with an MRA") - 0.2)).toBeLessThan(0.06);
  });
});
