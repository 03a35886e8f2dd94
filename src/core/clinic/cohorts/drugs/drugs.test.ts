import { describe, expect, it } from "vitest";
import { createRng } from "../../../math/rng.ts";
import { conditions } from "../conditions/conditions.ts";
import { everyNumber, numbersWith } from "../numbers/numbers.ts";
import { population } from "../population/population.ts";
import { Rows } from "../simulating/rows.ts";
import type { Setting } from "../simulating/stage.ts";
import { DRUGS, INTERACTIONS, RAAS_CLASSES } from "./drug-names.ts";
import type { Drug } from "./drug-names.ts";
import { drugs } from "./drugs.ts";
import { PRESCRIBING } from "./prescribing.ts";
import { TRAITS, traitBit, traitsOf } from "./traits.ts";
import type { Trait } from "./traits.ts";

const numbers = numbersWith();
const setting: Setting = { numbers, pyramid: undefined, hospitals: 1, units: "one" };

/** Many with much: adults of 40 to 95, kidneys and potassium from well to ill, some pregnant, so that all rules are met. */
function ill(count: number): Rows {
  const [rows, rng] = [new Rows(count, 0), createRng(11)];
  const [age, female] = [rows.add("age"), rows.add("female")];
  for (let i = 0; i < count; i++) {
    age[i] = 30 + 65 * rng.uniform();
    female[i] = i & 1;
  }
  conditions().prepare(setting)(rows, createRng(12));
  const [egfr, potassium, pregnant] = [rows.add("egfr"), rows.add("potassium"), rows.add("pregnant")];
  const rare = rows.get("rare_condition");
  for (let i = 0; i < count; i++) {
    egfr[i] = rng.uniform() < 0.6 ? 60 + 50 * rng.uniform() : 8 + 52 * rng.uniform();
    potassium[i] = rng.uniform() < 0.8 ? 3.5 + 1.5 * rng.uniform() : 4.9 + 1.6 * rng.uniform();
    pregnant[i] = rng.uniform() < 0.15 ? 1 : 0;
    if (rng.uniform() < 0.02) rare[i] = 1;
    for (const name of ["heart_failure", "atrial_fibrillation", "copd", "coronary_disease"])
      if (rng.uniform() < 0.15) rows.get(name)[i] = 1;
  }
  drugs().prepare(setting)(rows, createRng(13));
  return rows;
}

const rows = ill(120_000);
const has = traitsOf(numbers)(rows);
const traits = Int32Array.from({ length: rows.count }, (_, i) => has(i));
const takes = (drug: Drug, i: number): boolean => rows.get(drug)[i] === 1;
const isDrug = (name: string): name is Drug => DRUGS.some((drug) => drug === name);
const holds = (all: readonly (Drug | Trait)[], i: number): boolean =>
  all.every((name) => (isDrug(name) ? takes(name, i) : ((traits[i] as number) & traitBit(name)) !== 0));

/** The share that takes a drug among rows, and how many they are. */
function use(drug: Drug, among: (i: number) => boolean): { share: number; count: number } {
  let [count, taking] = [0, 0];
  for (let i = 0; i < rows.count; i++)
    if (among(i)) {
      count++;
      if (takes(drug, i)) taking++;
    }
  return { share: taking / count, count };
}

const near = (p: number, count: number): number => 4 * Math.sqrt((p * (1 - p)) / count) + 1e-9;

describe.each(DRUGS)("%s", (drug) => {
  const { why, against = [] } = PRESCRIBING[drug];
  const because = (place: number, i: number): boolean => why.findIndex((all) => holds(all, i)) === place;

  it("is taken by the published share of those with an indication and nothing against it", () => {
    for (const [place, all] of why.entries()) {
      const published = numbers.of(`${drug}.share.${all.join("+")}`);
      const found = use(drug, (i) => because(place, i) && !against.some((reason) => holds(reason, i)));
      expect(found.count, all.join("+")).toBeGreaterThan(100);
      expect(Math.abs(found.share - published), `${all.join("+")}: ${found.share}`).toBeLessThanOrEqual(
        near(published, found.count),
      );
    }
  });

  it("is not taken without an indication, and left out as often as stated where something is against it", () => {
    expect(use(drug, (i) => !why.some((all) => holds(all, i))).share || 0).toBe(0);
    for (const [at, reason] of against.entries()) {
      const avoided = numbers.of(`${drug}.avoided.${reason.join("+")}`);
      for (const [place, all] of why.entries()) {
        const found = use(
          drug,
          (i) =>
            because(place, i) && holds(reason, i) && !against.some((other, k) => k !== at && holds(other, i)),
        );
        if (found.count < 50) continue;
        const expected = numbers.of(`${drug}.share.${all.join("+")}`) * (1 - avoided);
        expect(Math.abs(found.share - expected), reason.join("+")).toBeLessThanOrEqual(
          near(expected, found.count),
        );
      }
    }
  });
});

it("breaks no absolute contraindication, not even by a measured value a fifth off", () => {
  const [egfr, potassium] = [rows.get("egfr"), rows.get("potassium")];
  const of = (name: string, i: number): number => rows.get(name)[i] as number;
  const broken: Record<string, (i: number) => boolean> = {
    "metformin under 30": (i) => takes("metformin", i) && 0.8 * (egfr[i] as number) < 30,
    "metformin in type 1": (i) => takes("metformin", i) && of("diabetes_type", i) === 1,
    "SGLT2 inhibitor in type 1": (i) => takes("sglt2_inhibitor", i) && of("diabetes_type", i) === 1,
    "SGLT2 inhibitor under 20": (i) => takes("sglt2_inhibitor", i) && 0.8 * (egfr[i] as number) < 20,
    "MRA under 30": (i) => takes("mra", i) && 0.8 * (egfr[i] as number) < 30,
    "MRA over 5.5": (i) => takes("mra", i) && (potassium[i] as number) + 0.4 > 5.5,
    "ARNI with ACE inhibitor": (i) => takes("arni", i) && takes("ace_inhibitor", i),
    "ACE inhibitor outside its class": (i) => takes("ace_inhibitor", i) && !takes("raas_inhibitor", i),
    "RAAS inhibitor in pregnancy": (i) => takes("raas_inhibitor", i) && of("pregnant", i) === 1,
    "no insulin in type 1": (i) => !takes("insulin", i) && of("diabetes_type", i) === 1,
    "no steroid in Addison's": (i) => !takes("corticosteroid", i) && of("rare_condition", i) === 1,
  };
  for (const [name, breaks] of Object.entries(broken)) {
    let count = 0;
    for (let i = 0; i < rows.count; i++) if (breaks(i)) count++;
    expect(count, name).toBe(0);
  }
});

it("flags every interaction, the gravest first, and nothing else", () => {
  const [shown, counts] = [rows.get("interaction"), INTERACTIONS.map(() => 0)];
  for (let i = 0; i < rows.count; i++) {
    const t = (drug: Drug): boolean => takes(drug, i);
    const diuretic = t("loop_diuretic") || t("thiazide");
    const level = [
      t("nsaid") && t("anticoagulant"),
      t("raas_inhibitor") && t("mra"),
      t("nsaid") && t("raas_inhibitor") && diuretic,
      t("antiplatelet") && t("anticoagulant"),
      t("non_selective_beta_blocker") && (t("insulin") || t("sulfonylurea")),
    ].indexOf(true);
    if (shown[i] !== level + 1) throw new Error(`Row ${i} shows ${shown[i]}, not ${level + 1}.`);
    counts[level + 1] = (counts[level + 1] as number) + 1;
  }
  for (const [level, count] of counts.entries()) expect(count, INTERACTIONS[level]).toBeGreaterThan(30);
});

it("shows the class of a RAAS inhibitor as its drugs are", () => {
  const shown = rows.get("raas_class");
  for (let i = 0; i < rows.count; i++) {
    const level = takes("arni", i) ? "ARNI" : takes("ace_inhibitor", i) ? "ACE inhibitor" : "ARB";
    if (RAAS_CLASSES[shown[i] as number] !== (takes("raas_inhibitor", i) ? level : "None"))
      throw new Error(`Row ${i} shows ${RAAS_CLASSES[shown[i] as number]}.`);
  }
});

it("gives furosemide as the Dutch clinics: median 40 mg, quartiles 40 and 80; none without a loop diuretic", () => {
  const dose = rows.get("furosemide_mg");
  const doses: number[] = [];
  for (let i = 0; i < rows.count; i++) {
    if (takes("loop_diuretic", i) !== (dose[i] as number) > 0) throw new Error(`Row ${i}`);
    if (takes("loop_diuretic", i) && (rows.get("egfr")[i] as number) >= 30) doses.push(dose[i] as number);
  }
  doses.sort((a, b) => a - b);
  expect([0.25, 0.5, 0.75].map((at) => doses[Math.floor(at * doses.length)])).toEqual([40, 40, 80]);
});

describe("in all adults", () => {
  const all = new Rows(60_000, 0);
  population("general").prepare(setting)(all, createRng(1));
  conditions().prepare(setting)(all, createRng(2));
  drugs().prepare(setting)(all, createRng(3));
  const shareOf = (of: (i: number) => boolean, among: (i: number) => boolean): number => {
    const places = Array.from({ length: all.count }, (_, i) => i).filter(among);
    return places.filter(of).length / places.length;
  };

  it("26 of 100 take a statin from 40", () => {
    const statin = shareOf(
      (i) => all.get("statin")[i] === 1,
      (i) => (all.get("age")[i] as number) >= 40,
    );
    expect(statin).toBeGreaterThan(0.24);
    expect(statin).toBeLessThan(0.28);
  });

  it("67 of 100 with diabetes take a medicine for it", () => {
    const any = shareOf(
      (i) =>
        ["metformin", "sglt2_inhibitor", "glp1", "sulfonylurea", "insulin"].some(
          (drug) => all.get(drug)[i] === 1,
        ),
      (i) => all.get("diabetes")[i] === 1,
    );
    expect(any).toBeGreaterThan(0.64);
    expect(any).toBeLessThan(0.7);
  });

  it("6.3 of 100 with diabetes take an SGLT2 inhibitor", () => {
    const taking = shareOf(
      (i) => all.get("sglt2_inhibitor")[i] === 1,
      (i) => all.get("diabetes")[i] === 1 && all.get("heart_failure")[i] === 0,
    );
    expect(taking).toBeCloseTo(0.063, 1.9);
  });
});

it("a cohort's own share stands in the place of the published one", () => {
  const other = new Rows(20_000, 0);
  population("general").prepare(setting)(other, createRng(1));
  conditions({ always: ["heart_failure"] }).prepare(setting)(other, createRng(2));
  drugs({ share: { mra: "anticoagulant.share.atrial_fibrillation" } }).prepare(setting)(other, createRng(3));
  const adults = other.get("heart_failure").filter((value) => value === 1).length;
  expect(other.get("mra").filter((value) => value === 1).length / adults).toBeCloseTo(0.607, 1.5);
});

it("has a bit for every trait and drug", () => {
  expect(TRAITS.length).toBeLessThan(32);
  expect(DRUGS.length).toBeLessThan(32);
});

it.each(["lowest", "highest"])("stays sound when every number is edited to its %s value", (end) => {
  const mine = /^(drugs|furosemide)\.|\.avoided\./;
  const isShare = (id: string): boolean => DRUGS.some((drug) => id.startsWith(`${drug}.share.`));
  const edited = new Map(
    everyNumber
      .filter(({ id }) => mine.test(id) || isShare(id))
      .map(({ id, range }) => [id, range[end === "lowest" ? 0 : 1]] as const),
  );
  const other = new Rows(3000, 0);
  population("general").prepare(setting)(other, createRng(1));
  conditions({ always: ["heart_failure"] }).prepare(setting)(other, createRng(2));
  drugs().prepare({ ...setting, numbers: numbersWith(edited) })(other, createRng(3));
  for (const name of [...DRUGS, "interaction", "raas_class"])
    expect(other.get(name).every(Number.isInteger), name).toBe(true);
  const [dose, loop] = [other.get("furosemide_mg"), other.get("loop_diuretic")];
  for (let i = 0; i < other.count; i++)
    if (loop[i] === 1 && !((dose[i] as number) > 0)) throw new Error(`Row ${i} has no dose.`);
});
