import { describe, expect, it } from "vitest";
import { createRng } from "../../../math/rng.ts";
import { everyNumber, numbersWith } from "../numbers/numbers.ts";
import { population } from "../population/population.ts";
import { Rows } from "../simulating/rows.ts";
import type { Setting } from "../simulating/stage.ts";
import { bandsOf, SEXES } from "./age-curve.ts";
import type { CaseMix } from "./case-mix.ts";
import { CONDITIONS, SHARES } from "./comorbidity.ts";
import { conditions } from "./conditions.ts";
import { RARE_CONDITIONS, rareLevel, rareUpTo } from "./rare-conditions.ts";

const numbers = numbersWith();
const setting: Setting = { numbers, pyramid: undefined, hospitals: 1, units: "one" };

/** Adults of even ages, half of them women. */
function drawn(count: number, mix: CaseMix = {}, [from, to] = [18, 95]): Rows {
  const [rows, rng] = [new Rows(count, 0), createRng(5)];
  const [age, female] = [rows.add("age"), rows.add("female")];
  for (let i = 0; i < count; i++) {
    age[i] = (from as number) + ((to as number) - (from as number)) * rng.uniform();
    female[i] = i & 1;
  }
  conditions(mix).prepare(setting)(rows, createRng(6));
  return rows;
}

/** The share of rows in which `of` holds among those in which `among` does, and how many these are. */
function share(rows: Rows, of: (i: number) => boolean, among: (i: number) => boolean = () => true) {
  let [count, having] = [0, 0];
  for (let i = 0; i < rows.count; i++)
    if (among(i)) {
      count++;
      if (of(i)) having++;
    }
  return { share: having / count, count };
}

/** Four standard errors of a share. */
const chance = (p: number, count: number): number => 4 * Math.sqrt((p * (1 - p)) / count) + 1e-4;

describe("how many have a condition, by age and sex as published", () => {
  const rows = drawn(60_000);
  const [age, female] = [rows.get("age"), rows.get("female")];

  it.each(CONDITIONS)("%s", (name) => {
    const has = rows.get(name);
    for (const [woman, sex] of SEXES.entries())
      for (const { from, to, share: published } of bandsOf(SHARES[name], sex, numbers)) {
        const inBand = (i: number): boolean =>
          female[i] === woman && (age[i] as number) >= from && (age[i] as number) < to + 1;
        const found = share(rows, (i) => has[i] === 1, inBand);
        expect(Math.abs(found.share - published), `${sex} ${from} to ${to}: ${found.share}`).toBeLessThan(
          chance(published, found.count) + 0.02 * published,
        );
      }
  });

  it("smoking, with those who stopped: 37.6 of 100 from 65 (8.3 × .819 / .181)", () => {
    const smoking = rows.get("smoking");
    for (const [from, to, current, former] of [
      [18, 25, 0.053, 0.0536],
      [25, 45, 0.126, 0.1813],
      [45, 65, 0.149, 0.2441],
      [65, 85, 0.083, 0.3756],
    ] as const) {
      const inBand = (i: number): boolean => (age[i] as number) >= from && (age[i] as number) < to;
      for (const [level, published] of [
        [2, current],
        [1, former],
      ] as const) {
        const found = share(rows, (i) => smoking[i] === level, inBand);
        expect(Math.abs(found.share - published), `${from}, level ${level}`).toBeLessThan(
          chance(published, found.count) + 0.03 * published,
        );
      }
    }
  });

  it("type 1 diabetes in 0.55 of 100, no heavier than others; all other diabetes is type 2", () => {
    const [type, diabetes, score] = [rows.get("diabetes_type"), rows.get("diabetes"), rows.get("bmi_score")];
    const found = share(rows, (i) => type[i] === 1);
    expect(Math.abs(found.share - 0.0055)).toBeLessThan(chance(0.0055, found.count));
    expect(share(rows, (i) => (type[i] as number) > 0 === (diabetes[i] === 1)).share).toBe(1);
    const mean = (level: number): number => {
      const of = [...score].filter((_, i) => type[i] === level);
      return of.reduce((sum, value) => sum + value, 0) / of.length;
    };
    expect(Math.abs(mean(1))).toBeLessThan(0.25);
    expect(mean(2)).toBeGreaterThan(0.3);
  });

  it("a weight score that is standard normal in all adults, and nothing in children", () => {
    const score = rows.get("bmi_score");
    const mean = score.reduce((sum, value) => sum + value, 0) / rows.count;
    const spread = Math.sqrt(score.reduce((sum, value) => sum + (value - mean) ** 2, 0) / rows.count);
    expect(mean).toBeCloseTo(0, 1);
    expect(spread).toBeCloseTo(1, 1);
    const children = drawn(2000, {}, [0, 18]);
    for (const name of [...CONDITIONS, "smoking", "rare_condition", "diabetes_type"])
      expect(
        children.get(name).every((value) => value === 0),
        name,
      ).toBe(true);
  });
});

describe("rare conditions", () => {
  it.each(SEXES)("in 1,000,000 %s each is as rare as published, and none is had by 1 in 1,000", (sex) => {
    const [upTo, rng, draws] = [rareUpTo(sex, numbers), createRng(8), 1_000_000];
    const counts = RARE_CONDITIONS.map(() => 0);
    for (let i = 0; i < draws; i++) {
      const level = rareLevel(rng.uniform(), upTo);
      counts[level] = (counts[level] as number) + 1;
    }
    for (let level = 1; level < RARE_CONDITIONS.length; level++) {
      const published = (upTo[level - 1] as number) - (upTo[level - 2] ?? 0);
      expect(published).toBeLessThan(0.001);
      expect(Math.abs((counts[level] as number) / draws - published)).toBeLessThan(chance(published, draws));
    }
  });
});

describe("in adults of US ages of 2018", () => {
  const pyramid = [
    { from: 20, to: 39, women: 43.8, men: 45 },
    { from: 40, to: 59, women: 42.5, men: 41.3 },
    { from: 60, to: 79, women: 29.8, men: 26.6 },
    { from: 80, to: 92, women: 7.7, men: 4.9 },
  ];
  const people = new Rows(60_000, 0);
  population("general").prepare({ ...setting, pyramid })(people, createRng(21));
  conditions().prepare(setting)(people, createRng(22));
  const [age, female, score] = [people.get("age"), people.get("female"), people.get("bmi_score")];

  it.each([
    ["diabetes", 0.158, 0.012],
    ["ckd", 0.14, 0.015],
    ["heart_failure", 0.022, 0.002],
    ["copd", 0.074, 0.006],
  ] as const)("%s comes to %f of all", (name, published, within) => {
    const found = share(people, (i) => people.get(name)[i] === 1);
    expect(Math.abs(found.share - published), `${found.share}`).toBeLessThan(within);
  });

  it("coronary disease comes to 8.3 of 100 men and 6.2 of 100 women, COPD to 10 of 100 from 40", () => {
    const has = (i: number): boolean => people.get("coronary_disease")[i] === 1;
    expect(share(people, has, (i) => female[i] === 0).share).toBeCloseTo(0.083, 1.9);
    expect(share(people, has, (i) => female[i] === 1).share).toBeCloseTo(0.062, 1.9);
    const copd = share(
      people,
      (i) => people.get("copd")[i] === 1,
      (i) => (age[i] as number) >= 40,
    );
    expect(copd.share).toBeCloseTo(0.1, 1.9);
  });

  it("hypertension by weight is as in another survey: odds 1.4 and 2.6 times those under 25 (NHANES 2009 to 2012)", () => {
    const [from25, from30] = [-0.72, 0.2];
    const odds = (from: number, to: number): number => {
      const among = (i: number): boolean =>
        (age[i] as number) >= 40 &&
        (age[i] as number) < 60 &&
        (score[i] as number) >= from &&
        (score[i] as number) < to;
      const found = share(people, (i) => people.get("hypertension")[i] === 1, among).share;
      return found / (1 - found);
    };
    const normal = odds(-9, from25);
    expect(odds(from25, from30) / normal / 1.43).toBeCloseTo(1, 0.6);
    expect(odds(from30, 9) / normal / 2.58).toBeCloseTo(1, 0.6);
  });
});

describe("case mix", () => {
  it("everyone has what everyone has, and is otherwise as those who have it", () => {
    const [all, sick] = [drawn(60_000, {}, [70, 74]), drawn(20_000, { always: ["heart_failure"] }, [70, 74])];
    const withIt = (i: number): boolean => all.get("heart_failure")[i] === 1;
    expect(share(sick, (i) => sick.get("heart_failure")[i] === 1).share).toBe(1);
    for (const name of ["coronary_disease", "diabetes", "atrial_fibrillation", "hypertension"] as const) {
      const [there, here] = [
        share(all, (i) => all.get(name)[i] === 1, withIt),
        share(sick, (i) => sick.get(name)[i] === 1),
      ];
      expect(Math.abs(there.share - here.share), name).toBeLessThan(chance(here.share, there.count) + 0.01);
    }
    const mean = sick.get("bmi_score").reduce((sum, value) => sum + value, 0) / sick.count;
    expect(mean).toBeGreaterThan(0.1);
  });

  it("nobody has what nobody has", () => {
    const rows = drawn(5000, { never: ["copd", "hypertension"] });
    for (const name of ["copd", "hypertension"])
      expect(rows.get(name).every((value) => value === 0)).toBe(true);
    expect(rows.get("diabetes").some((value) => value === 1)).toBe(true);
  });

  it("has its own share of type 1 where a cohort says so", () => {
    const rows = drawn(20_000, { always: ["diabetes"], typeOne: "copd.share.60-84" });
    expect(share(rows, (i) => rows.get("diabetes_type")[i] === 1).share).toBeCloseTo(0.121, 1.8);
    expect(share(rows, (i) => rows.get("diabetes_type")[i] === 0).share).toBe(0);
  });

  it("holds a cohort's own shares at its own ages and sexes", () => {
    const people = population("general");
    const mix: CaseMix = {
      always: ["diabetes"],
      share: { hypertension: "hypertension.share.60-84.women", copd: "copd.share.60-84" },
      population: people,
    };
    const rows = new Rows(30_000, 0);
    people.prepare(setting)(rows, createRng(2));
    conditions(mix).prepare(setting)(rows, createRng(3));
    const adult = (i: number): boolean => (rows.get("age")[i] as number) >= 18;
    for (const [name, wanted] of [
      ["hypertension", 0.668],
      ["copd", 0.121],
    ] as const)
      expect(share(rows, (i) => rows.get(name)[i] === 1, adult).share, name).toBeCloseTo(wanted, 1.7);
  });
});

it.each(["lowest", "highest"])("stays sound when every number is edited to its %s value", (end) => {
  const mine = /^(smoking|obese|overweight|type_1|conditions|rare|copd|cancer)|\.(share|odds)\./;
  const edited = new Map(
    everyNumber
      .filter(({ id }) => mine.test(id))
      .map(({ id, range }) => [id, range[end === "lowest" ? 0 : 1]] as const),
  );
  const rows = new Rows(2000, 0);
  population("general").prepare(setting)(rows, createRng(1));
  conditions().prepare({ ...setting, numbers: numbersWith(edited) })(rows, createRng(2));
  for (const name of ["bmi_score", "smoking", "diabetes_type", "rare_condition", ...CONDITIONS])
    expect(rows.get(name).every(Number.isFinite), name).toBe(true);
});
