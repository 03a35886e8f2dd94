import { describe, expect, it } from "vitest";
import { createRng } from "../../../math/rng.ts";
import { standardDeviation } from "../../../math/statistics.ts";
import { everyCohort } from "../cohorts.ts";
import { labs } from "../labs/labs.ts";
import { numbersWith } from "../numbers/numbers.ts";
import { population } from "../population/population.ts";
import { cellsOf, known, meanKnown } from "../simulating/cells.ts";
import { Rows } from "../simulating/rows.ts";
import { simulateAtOnce } from "../simulating/simulate.ts";
import type { Setting, Stage } from "../simulating/stage.ts";
import { vitals } from "../vitals/vitals.ts";
import { reportedFields } from "./instruments.ts";
import { recorded } from "./recorded.ts";
import { unitField } from "./reported-units.ts";

const numbers = numbersWith();
const COUNT = 12_000;

const settingOf = (more: Partial<Setting> = {}): Setting => ({
  numbers,
  pyramid: undefined,
  hospitals: 1,
  units: "one",
  ...more,
});

function run(rows: Rows, stages: readonly Stage[], setting: Setting, seed = 1): Rows {
  for (const { name, prepare } of stages) prepare(setting)(rows, createRng(seed).fork(name));
  return rows;
}

/** Patients whose fields are all the same, as they are true. */
function alike(fields: Readonly<Record<string, number>>, count = COUNT): Rows {
  const rows = new Rows(count, 0);
  for (const [name, value] of Object.entries({ age: 60, female: 1, ...fields })) rows.add(name).fill(value);
  return rows;
}

const spread = (values: Iterable<number>): number => standardDeviation(known(values));
const shareOf = (values: Iterable<number>, holds: (value: number) => boolean): number =>
  meanKnown(Array.from(values, (value) => (Number.isNaN(value) ? NaN : Number(holds(value)))));
const missing = (values: Iterable<number>): number =>
  meanKnown(Array.from(values, (value) => Number(Number.isNaN(value))));

/** Everyone of a general population, as recorded. */
const people = (more: Partial<Setting> = {}, seed = 1): Rows => {
  const setting = settingOf(more);
  return run(new Rows(COUNT, 0), [population("heart-failure"), vitals(), labs(), ...recorded], setting, seed);
};

describe("blood pressure as written", () => {
  it("ends in zero as often as published: 32.5% of systolic values, 15.4% of both", () => {
    const rows = run(new Rows(40_000, 0), [population("heart-failure"), vitals(), ...recorded], settingOf());
    const [sbp, dbp] = [rows.get("sbp"), rows.get("dbp")];
    expect(shareOf(sbp, (value) => value % 10 === 0)).toBeCloseTo(0.325, 1.7);
    const both = sbp.map((value, i) =>
      value % 10 === 0 && (dbp[i] as number) % 10 === 0 ? 1 : Math.min(value, 0),
    );
    expect(meanKnown(both)).toBeCloseTo(0.154, 1.7);
  });

  it("is never diastolic above systolic, however narrow the truth", () => {
    for (const rows of [alike({ sbp: 71, dbp: 70 }), people({ hospitals: 12 })]) {
      if (!rows.has("hospital")) run(rows, recorded, settingOf({ hospitals: 12 }));
      const dbp = rows.get("dbp");
      const apart = rows.get("sbp").map((sbp, i) => sbp - (dbp[i] as number));
      expect(Math.min(...apart.filter((value) => !Number.isNaN(value)))).toBeGreaterThan(0);
    }
  });

  it("differs from the truth as far as half of what ISO 81060-2 allows, without bias at the first hospital", () => {
    const exact = numbersWith(
      new Map([
        ["digits.sbp.zero", 0.1],
        ["digits.both.zero", 0.01],
      ]),
    );
    const sbp = run(alike({ sbp: 130, dbp: 80 }), recorded, settingOf({ numbers: exact })).get("sbp");
    expect(meanKnown(sbp)).toBeCloseTo(130, 0);
    expect(spread(sbp)).toBeCloseTo(4, 0);
  });
});

describe("what analysers and readers make of the truth", () => {
  it.each([
    ["total_cholesterol", 5],
    ["potassium", 60],
    ["crp", 500],
    ["sodium", 14_000],
  ])("%s varies as half of the variation within a person", (field, truth) => {
    const values = run(alike({ [field]: truth }), recorded, settingOf()).get(field);
    expect(spread(values) / meanKnown(values) / numbers.of(`device.${field}.error`)).toBeCloseTo(1, 1);
    expect(meanKnown(values) / truth).toBeCloseTo(1, 2);
  });

  it("writes every value in the steps of its device, within its scale", () => {
    const rows = people();
    for (const [field, decimals] of [
      ["potassium", 1],
      ["glucose", 1],
      ["temperature", 1],
      ["creatinine", 0],
    ] as const)
      expect(
        shareOf(rows.get(field), (value) => Math.abs(((value * 10 ** decimals) % 1) - 0.5) > 0.49999),
        field,
      ).toBe(1);
    expect(Math.max(...rows.get("spo2").filter((value) => !Number.isNaN(value)))).toBeLessThanOrEqual(100);
    const even = shareOf(rows.get("respiratory_rate"), (value) => value % 2 === 0);
    expect(even).toBeGreaterThan(0.85);
    const lvef = run(alike({ lvef: 41 }), recorded, settingOf()).get("lvef");
    expect(shareOf(lvef, (value) => value % 5 === 0)).toBeCloseTo(0.6 + 0.4 / 5, 1);
  });

  it("computes what follows from what was written", () => {
    const rows = people();
    const of = (name: string): Float64Array => rows.get(name);
    const [height, weight, bmi] = [of("height_cm"), of("weight_kg"), of("bmi")];
    const [sodium, chloride, bicarbonate, gap] = [
      of("sodium"),
      of("chloride"),
      of("bicarbonate"),
      of("anion_gap"),
    ];
    for (let i = 0; i < 2000; i++) {
      expect(bmi[i]).toBe((weight[i] as number) / ((height[i] as number) / 100) ** 2);
      expect(gap[i]).toBe((sodium[i] as number) - (chloride[i] as number) - (bicarbonate[i] as number));
    }
    // A woman of 60 with 1.0 mg/dL: 142 * (1/0.7)^-1.2 * 0.9938^60 * 1.012
    const exact = numbersWith(
      new Map([
        ["device.creatinine.error", 0],
        ["gaps.chemistry", 0],
      ]),
    );
    const one = run(
      alike({ creatinine: 88.4, height_cm: 160, egfr: 0 }, 1),
      recorded,
      settingOf({ numbers: exact }),
    );
    expect(one.get("egfr")[0]).toBeCloseTo(64.8, 0);
  });
});

describe("gaps", () => {
  it("are fewer the more conditions a patient has, by the published ratio, and of all that one tube holds", () => {
    const at = (conditions: number): Rows => {
      const ill = Object.fromEntries(["ckd", "copd", "cancer"].slice(0, conditions).map((name) => [name, 1]));
      return run(alike({ hdl: 1.3, total_cholesterol: 5, ...ill }), recorded, settingOf());
    };
    const odds = (rows: Rows): number => {
      const share = missing(rows.get("hdl"));
      return share / (1 - share);
    };
    const [none, three] = [at(0), at(3)];
    expect(missing(none.get("hdl"))).toBeCloseTo(numbers.of("gaps.lipids"), 1.7);
    expect(odds(none) / odds(three)).toBeGreaterThan(5.05 * 0.85);
    expect(odds(none) / odds(three)).toBeLessThan(5.05 * 1.15);
    const total = none.get("total_cholesterol");
    expect(none.get("hdl").every((value, i) => Number.isNaN(value) === Number.isNaN(total[i]))).toBe(true);
  });
});

describe("several hospitals", () => {
  const rows = people({ hospitals: 6 });
  const hospital = rows.get("hospital");
  const within = (field: string, place: number): Float64Array =>
    rows.get(field).filter((_, i) => hospital[i] === place);

  it("share out the same patients", () => {
    expect(rows.get("age")).toEqual(people().get("age"));
    expect(new Set(hospital)).toEqual(new Set([0, 1, 2, 3, 4, 5]));
  });

  it("have their own mix, bias and gaps, which stay theirs under another seed", () => {
    const range = (of: (place: number) => number): number => {
      const all = [0, 1, 2, 3, 4, 5].map(of);
      return Math.max(...all) - Math.min(...all);
    };
    expect(range((place) => meanKnown(within("age", place)))).toBeGreaterThan(2);
    expect(range((place) => missing(within("hdl", place)))).toBeGreaterThan(0.05);
    const same = (field: string, seed: number): number[] => {
      const truth = alike({ [field]: 100, hospital: 0 });
      const at = truth.get("hospital");
      for (let i = 0; i < at.length; i++) at[i] = i % 6;
      const values = run(truth, recorded, settingOf({ hospitals: 6 }), seed).get(field);
      return [0, 1, 2, 3, 4, 5].map((place) => meanKnown(values.filter((_, i) => i % 6 === place)));
    };
    const [one, other] = [same("albumin", 1), same("albumin", 2)];
    expect(one[0]).toBeCloseTo(100, 0);
    expect(Math.max(...one) - Math.min(...one)).toBeGreaterThan(1);
    for (const [place, value] of one.entries()) expect(other[place]).toBeCloseTo(value, 0);
  });

  it("report in their own units, and say in which: the same values as in one unit, as far as their steps go", () => {
    const own = people({ hospitals: 6, units: "own" });
    const [unit, glucose, plain] = [own.get("glucose_unit"), own.get("glucose"), rows.get("glucose")];
    let [seen, wrong] = [0, 0];
    for (let i = 0; i < COUNT; i++) {
      const value = glucose[i] as number;
      if (Number.isNaN(value) && Number.isNaN(unit[i])) continue;
      const said = unit[i] === (hospital[i] as number) % 2;
      const as = unit[i] === 0 ? value : value / 18.016;
      const whole = unit[i] === 0 || Math.abs(value - Math.round(value)) < 1e-6;
      if (!said || !whole || Math.abs(as - (plain[i] as number)) > (unit[i] === 0 ? 0 : 0.08)) wrong++;
      if (unit[i] === 1) seen++;
    }
    expect(wrong).toBe(0);
    expect(seen).toBeGreaterThan(1000);
  });
});

describe.each(everyCohort)("$name in several hospitals", (cohort) => {
  it("says which hospital a patient came to, always the same, and in which unit a value is", () => {
    const asked = {
      cohort: cohort.id,
      level: 4,
      seed: 1,
      patients: 100,
      hospitals: 4,
      units: "own",
    } as const;
    const table = simulateAtOnce(cohort, asked);
    const [hospital, patient] = [cellsOf(table, "hospital"), cellsOf(table, "patient_id")];
    const first = new Map<number, number>();
    for (const [row, code] of patient.entries()) {
      const seen = first.get(code) ?? (hospital[row] as number);
      first.set(code, seen);
      expect(hospital[row]).toBe(seen);
    }
    expect(new Set(first.values()).size).toBeGreaterThan(1);
    for (const { name } of cohort.columns)
      if (reportedFields.has(name)) expect(cellsOf(table, unitField(name)), name).toBeDefined();
  });
});
