import { describe, expect, it } from "vitest";
import { mean } from "../../../math/statistics.ts";
import { createRng } from "../../../math/rng.ts";
import { numbersWith } from "../numbers/numbers.ts";
import { BLEED, HYPERKALAEMIA, KETOACIDOSIS, SEPSIS, emergencies } from "./emergencies.ts";
import type { Given, Onset, Phase } from "./episode.ts";
import { bloodPh } from "./ketoacidosis.ts";
import { SIGNS, shifted } from "./shift.ts";
import type { Sign } from "./shift.ts";

const numbers = numbersWith();
const kinds = emergencies(numbers);

/** A healthy adult of about 70 kg. */
const USUAL: Record<Sign, number> = {
  heart_rate: 75,
  respiratory_rate: 15,
  temperature: 36.7,
  sbp: 125,
  dbp: 75,
  spo2: 97,
  gcs: 15,
  glucose: 6,
  potassium: 4.2,
  bicarbonate: 25,
  ketones: 0.1,
  crp: 3,
  haemoglobin: 138,
  lactate: 1,
  creatinine: 80,
  urea: 5,
  white_cells: 7,
  platelets: 250,
};

type Hour = Record<Sign, number> & { readonly phase: Phase; readonly given: Given };

/** An emergency hour by hour, from when the patient is first seen. */
function story(kind: number, onset: Partial<Onset>, hours: number, seed = 1, usual = USUAL): Hour[] {
  const rng = createRng(seed);
  const episode = kinds[kind]?.begin({
    severity: 0,
    hours: 14,
    treatedAfter: 1,
    dies: false,
    usualHaemoglobin: usual.haemoglobin,
    ...onset,
  });
  if (episode === undefined) throw new Error("no such emergency");
  const told: Hour[] = [];
  for (let hour = 0; hour <= hours; hour++) {
    const before = told.at(-1);
    if (before !== undefined) episode.next(before, rng);
    const shift = episode.shift();
    const body = { ...usual };
    for (const sign of SIGNS) body[sign] = shifted(sign, usual[sign], shift);
    told.push({ ...body, phase: episode.phase, given: episode.given });
  }
  return told;
}

const at = (told: readonly Hour[], hour: number): Hour => told[hour] as Hour;
const values = (told: readonly Hour[], sign: Sign): number[] => told.map((hour) => hour[sign]);
const map = (hour: Hour): number => hour.dbp + (hour.sbp - hour.dbp) / 3;
const severities = Array.from({ length: 400 }, (_, i) => i).map((i) => {
  const rng = createRng(i);
  return rng.normal();
});

describe("sepsis", () => {
  const told = story(SEPSIS, {}, 72);

  it("meets at arrival the signs that Sepsis-3 looks for: breathing, pressure, mentation, lactate", () => {
    const first = at(told, 0);
    expect(first.respiratory_rate).toBeGreaterThan(19);
    expect(first.sbp).toBeLessThan(110);
    expect(first.lactate).toBeGreaterThan(1.7);
    expect(first.temperature).toBeGreaterThan(37.5);
    expect(first.heart_rate).toBeGreaterThan(90);
    const worse = at(story(SEPSIS, { severity: 2 }, 1), 0);
    expect(worse.sbp).toBeLessThan(100);
    expect(worse.respiratory_rate).toBeGreaterThan(22);
    expect(worse.lactate).toBeGreaterThan(2);
    expect(worse.gcs).toBeLessThan(14);
    expect(map(worse)).toBeLessThan(map(first));
  });

  it("begins in the unit with pressure and lactate, and only then has C-reactive protein and failing organs", () => {
    const begun = story(SEPSIS, { hours: 0, treatedAfter: 3 }, 48);
    const share = (sign: Sign, hour: number): number => {
      const all = values(begun, sign).map((value) => Math.abs(value - USUAL[sign]));
      return (all[hour] as number) / Math.max(...all);
    };
    for (const sign of ["lactate", "temperature", "heart_rate"] as const)
      expect(share(sign, 5), sign).toBeGreaterThan(0.85);
    for (const sign of ["crp", "creatinine", "platelets"] as const)
      expect(share(sign, 5), sign).toBeLessThan(0.7);
    expect(begun.slice(0, 4).every(({ given }) => given.antibiotics !== true)).toBe(true);
    expect(at(begun, 4).given).toMatchObject({ antibiotics: true, fluids: true });
    expect(at(begun, 3).heart_rate).toBeGreaterThan(at(begun, 1).heart_rate);
  });

  it("clears lactate within 6 hours by 38% in those who live and by 12% in those who die (Nguyen 2004)", () => {
    const cleared = (dies: boolean): number =>
      mean(
        severities.map((severity) => {
          const course = story(SEPSIS, { severity: severity + 1, dies, treatedAfter: 0 }, 6);
          return 1 - at(course, 6).lactate / at(course, 0).lactate;
        }),
      );
    expect(cleared(false)).toBeGreaterThan(0.28);
    expect(cleared(false)).toBeLessThan(0.48);
    expect(cleared(true)).toBeGreaterThan(0.04);
    expect(cleared(true)).toBeLessThan(0.2);
  });

  it("has its highest C-reactive protein within two days, and halves it about a day later (Pepys 2003)", () => {
    const crp = values(told, "crp");
    const peak = crp.indexOf(Math.max(...crp));
    expect(peak).toBeGreaterThan(2);
    expect(peak + 14).toBeLessThan(48);
    expect(crp[peak + 36] as number).toBeLessThan(0.5 * (crp[peak] as number));
  });

  it("gives 30 mL/kg in the first three hours of treatment, which lift pressure (Surviving Sepsis 2021)", () => {
    expect(told.filter(({ given }) => given.fluids === true)).toHaveLength(3);
    expect(map(at(told, 4))).toBeGreaterThan(map(at(told, 1)) + 3);
    expect(at(told, 72).phase).toBe("recovered");
  });

  it("worsens by 4% an hour while nobody treats it (Seymour 2017)", () => {
    const waiting = story(SEPSIS, { treatedAfter: 12 }, 12);
    const drive = (hour: Hour): number => (hour.heart_rate - USUAL.heart_rate) / 20;
    expect(drive(at(waiting, 12)) / drive(at(waiting, 2))).toBeCloseTo(1.04 ** 10, 1);
  });
});

describe("ketoacidosis", () => {
  const told = story(KETOACIDOSIS, { treatedAfter: 1 }, 30);

  it("arrives as the guideline defines it: ketones, glucose, bicarbonate, pH (JBDS)", () => {
    const first = at(told, 0);
    expect(first.ketones).toBeGreaterThan(3);
    expect(first.glucose).toBeGreaterThan(11);
    expect(first.bicarbonate).toBeLessThan(15);
    expect(bloodPh(numbers)(first.bicarbonate)).toBeLessThan(7.3);
    expect(first.respiratory_rate).toBeGreaterThan(20);
    expect(first.potassium).toBeGreaterThan(4.8);
  });

  it("loses 3 mmol/L of glucose an hour down to 14, then slower, while ketones fall and bicarbonate rises", () => {
    const glucose = values(told, "glucose");
    const falls = glucose.slice(1).map((value, i) => (glucose[i] as number) - value);
    expect(falls[0]).toBe(0);
    for (const hour of [1, 2]) expect(falls[hour]).toBeCloseTo(3, 5);
    expect(at(told, 20).glucose).toBeLessThan(14);
    expect(Math.max(...falls.slice(8))).toBeLessThan(1.5);
    for (let hour = 2; hour < 15; hour++) {
      expect(at(told, hour).ketones).toBeLessThan(at(told, hour - 1).ketones);
      expect(at(told, hour).bicarbonate).toBeGreaterThan(at(told, hour - 1).bicarbonate);
    }
  });

  it("is over after about 18.7 hours, and potassium falls below 3.5 in about half (Dhatariya 2016)", () => {
    const courses = severities.map((severity, i) => {
      const usual = { ...USUAL, potassium: 4.2 + 0.4 * createRng(i).fork("potassium").normal() };
      return story(KETOACIDOSIS, { severity, treatedAfter: 1 }, 48, i, usual);
    });
    const over = courses.map((course) => course.findIndex(({ ketones }) => ketones - 0.1 < 0.6));
    const median = over.sort((a, b) => a - b)[200] as number;
    expect(median).toBeGreaterThan(15);
    expect(median).toBeLessThan(22);
    const low = courses.filter((course) => Math.min(...values(course, "potassium")) < 3.5);
    expect(low.length / 400).toBeGreaterThan(0.4);
    expect(low.length / 400).toBeLessThan(0.7);
  });

  it("breathes out as much as acidosis asks for: pH by Winter's formula (Albert 1967)", () => {
    const ph = bloodPh(numbers);
    const carbonDioxide = 1.54 * 10 + 8.36;
    expect(ph(10)).toBeCloseTo(6.1 + Math.log10(10 / (0.0307 * carbonDioxide)), 6);
    expect(ph(5)).toBeLessThan(7.15);
    expect(ph(24)).toBeGreaterThan(7.3);
  });
});

describe("hyperkalaemia", () => {
  const told = story(HYPERKALAEMIA, { severity: 0.5, treatedAfter: 1 }, 36);

  it("comes with failing kidneys and a slow heart", () => {
    const first = at(told, 0);
    expect(first.potassium).toBeGreaterThan(6.5);
    expect(first.creatinine).toBeGreaterThan(3 * USUAL.creatinine);
    expect(first.heart_rate).toBeLessThan(USUAL.heart_rate);
    expect(first.bicarbonate).toBeLessThan(22);
  });

  it("falls by 1.3 mmol/L within an hour of insulin and salbutamol, and comes back in part (Allon 1990)", () => {
    const given = told.findIndex((hour) => hour.given.insulin === true);
    expect(given).toBe(2);
    const fall = at(told, given - 1).potassium - at(told, given).potassium;
    expect(fall).toBeGreaterThan(1.2);
    expect(fall).toBeLessThan(1.45);
    const lowest = Math.min(...values(told.slice(0, 6), "potassium"));
    expect(Math.max(...values(told.slice(6, 10), "potassium"))).toBeGreaterThan(lowest + 0.2);
    expect(at(told, 36).potassium).toBeLessThan(6);
  });

  it("gives insulin again no sooner than 4 hours after, and only from 6.5 mmol/L on (UK Kidney Association)", () => {
    const grave = story(HYPERKALAEMIA, { severity: 2.5, treatedAfter: 1 }, 24);
    const hours = grave.flatMap((hour, i) => (hour.given.insulin === true ? [i] : []));
    expect(hours.length).toBeGreaterThan(1);
    for (const [i, hour] of hours.entries()) {
      expect(at(grave, hour - 1).potassium).toBeGreaterThanOrEqual(6.5);
      if (i > 0) expect(hour - (hours[i - 1] as number)).toBeGreaterThanOrEqual(4);
    }
    const mild = story(HYPERKALAEMIA, { severity: -1.5, treatedAfter: 1 }, 12);
    expect(mild.some((hour) => hour.given.insulin === true)).toBe(false);
  });

  it("lets calcium free the heart in the hour it is given, without moving potassium by itself", () => {
    const grave = story(HYPERKALAEMIA, { severity: 2, treatedAfter: 1 }, 3);
    expect(at(grave, 1).heart_rate).toBeLessThan(USUAL.heart_rate - 5);
    expect(at(grave, 2).heart_rate).toBeGreaterThanOrEqual(USUAL.heart_rate);
  });
});

describe("upper gastrointestinal bleeding", () => {
  const told = story(BLEED, { severity: 0.8, hours: 6 }, 36, 3);

  it("first quickens the pulse and lowers pressure; haemoglobin follows over hours (ATLS)", () => {
    const first = at(told, 0);
    expect(first.heart_rate).toBeGreaterThan(90);
    expect(first.sbp).toBeLessThan(USUAL.sbp);
    const least = Math.min(...values(told, "haemoglobin"));
    expect(USUAL.haemoglobin - first.haemoglobin).toBeLessThan(0.5 * (USUAL.haemoglobin - least));
    expect(at(told, 12).haemoglobin).toBeLessThan(first.haemoglobin - 15);
    expect(at(told, 24).heart_rate).toBeLessThan(first.heart_rate);
    const much = at(story(BLEED, { severity: 1.6, hours: 0 }, 1), 0);
    expect(much.heart_rate).toBeGreaterThan(105);
    expect(much.sbp).toBeLessThan(100);
  });

  it("raises urea and leaves creatinine (Blatchford 2000)", () => {
    const day = at(told, 20);
    expect(day.urea).toBeGreaterThan(1.4 * USUAL.urea);
    expect(day.creatinine).toBe(USUAL.creatinine);
  });

  it("gives red cells below 70 g/L only (Villanueva 2013), 10 g/L a unit (TRIGGER)", () => {
    const anaemic = { ...USUAL, haemoglobin: 95 };
    let transfusions = 0;
    for (let seed = 0; seed < 60; seed++) {
      const course = story(BLEED, { severity: 1, hours: 6 }, 48, seed, anaemic);
      for (let hour = 1; hour < course.length; hour++) {
        const units = at(course, hour).given.redCells ?? 0;
        if (units === 0) continue;
        transfusions++;
        expect(at(course, hour - 1).haemoglobin).toBeLessThan(70);
        const rise = at(course, hour).haemoglobin - at(course, hour - 1).haemoglobin;
        expect(rise).toBeGreaterThan(10 * units - 9);
        expect(rise).toBeLessThanOrEqual(10 * units);
      }
    }
    expect(transfusions).toBeGreaterThan(20);
  });

  it("bleeds again in about 13% (Hearnshaw 2011)", () => {
    let again = 0;
    for (let seed = 0; seed < 1500; seed++) {
      const course = story(BLEED, { hours: 6, treatedAfter: 0 }, 84, seed);
      const stopped = course.findIndex(({ phase }, hour) => hour > 0 && phase !== "worsening");
      if (stopped >= 0 && course.slice(stopped).some(({ phase }) => phase === "worsening")) again++;
    }
    expect(again / 1500).toBeGreaterThan(0.09);
    expect(again / 1500).toBeLessThan(0.17);
  });

  it("does not end while it bleeds to death", () => {
    const lost = story(BLEED, { severity: 1, hours: 6, dies: true }, 20);
    expect(lost.every(({ phase }) => phase === "worsening")).toBe(true);
    expect(at(lost, 18).sbp).toBeLessThan(USUAL.sbp - 10);
    expect(at(lost, 18).haemoglobin).toBeLessThan(110);
  });
});

it("begins alike whatever happens later, so that the first hour can be made again", () => {
  for (const kind of [SEPSIS, KETOACIDOSIS, HYPERKALAEMIA, BLEED])
    expect(at(story(kind, { severity: 0.3 }, 1, 1), 0)).toEqual(at(story(kind, { severity: 0.3 }, 40, 2), 0));
});
