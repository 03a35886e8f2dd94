import { describe, expect, it } from "vitest";
import { normalQuantile } from "../../../math/normal.ts";
import { numbersWith } from "../numbers/numbers.ts";
import { bandsOf, SEXES } from "./age-curve.ts";
import { mixed } from "./case-mix.ts";
import { CONDITIONS, LINKED, ROOTS, scoresOf, SCORES, SHARES } from "./comorbidity.ts";
import { drawTables } from "./draw-tables.ts";
import { CELLS, jointsOf } from "./joint.ts";
import type { Joint } from "./joint.ts";
import { marginsOf } from "./margins.ts";

const numbers = numbersWith();
const joints = { men: jointsOf("men", numbers), women: jointsOf("women", numbers) };
const FIRST = 18;

it.each(SEXES)("each condition has its published share in each band, %s", (sex) => {
  for (const [at, name] of CONDITIONS.entries())
    for (const { from, to, share } of bandsOf(SHARES[name], sex, numbers)) {
      const years = joints[sex].slice(from - FIRST, to + 1 - FIRST);
      const mean = years.reduce((sum, joint) => sum + (marginsOf(joint)[at] as number), 0) / years.length;
      expect(mean / share, `${name} ${from}`).toBeCloseTo(1, 2);
    }
});

/** Odds of linked condition k in people of a root who have, of those before, `bits`. */
function odds(joint: Joint, k: number, root: number, bits: number): number {
  const { chances } = drawTables(joint);
  const p = chances[root * CELLS + (1 << k) + bits] as number;
  return p / (1 - p);
}

const bit = (k: number, of: (typeof LINKED)[number]): number => 1 << (k - 1 - LINKED.indexOf(of));

describe("each pair that hangs together has its published odds ratio, whatever else there is", () => {
  it.each([
    ["hypertension", "diabetes", 2.43, 2.43],
    ["ckd", "diabetes", 2.6, 2.6],
    ["ckd", "hypertension", 1.57, 1.57],
    ["coronary_disease", "diabetes", 2.37, 2.37],
    ["coronary_disease", "hypertension", 1.91, 1.91],
    ["coronary_disease", "ckd", 1.4, 1.4],
    ["atrial_fibrillation", "diabetes", 1.6, 1.4],
    ["atrial_fibrillation", "hypertension", 1.4, 1.5],
    ["atrial_fibrillation", "ckd", 1.6, 1.6],
    ["heart_failure", "hypertension", 1.4, 1.4],
    ["heart_failure", "coronary_disease", 8.11, 8.11],
    ["heart_failure", "diabetes", 1.85, 1.85],
    ["heart_failure", "atrial_fibrillation", 5.9, 4.5],
  ] as const)("%s with %s", (name, cause, women, men) => {
    const k = LINKED.indexOf(name);
    for (const [sex, published] of [
      ["women", women],
      ["men", men],
    ] as const)
      for (const [age, root, others] of [
        [40, 0, 0],
        [70, ROOTS - 1, 0],
        [85, 14, (1 << k) - 1 - bit(k, cause)],
      ] as const) {
        const joint = joints[sex][age - FIRST] as Joint;
        const ratio = odds(joint, k, root, others | bit(k, cause)) / odds(joint, k, root, others);
        expect(ratio / published, `${sex} of ${age}`).toBeCloseTo(1, 3);
      }
  });

  it("obesity and diabetes: 4.38; body mass index and kidneys: 1.23 a deviation", () => {
    for (const [sex, published] of [
      ["women", 4.38],
      ["men", 4.38],
    ] as const) {
      const joint = joints[sex][32] as Joint;
      expect(odds(joint, 0, SCORES - 1, 0) / odds(joint, 0, 0, 0)).toBeCloseTo(published, 2);
      const { begins, shares } = scoresOf(sex, numbers);
      const score = (step: number): number =>
        normalQuantile((begins[step] as number) + (shares[step] as number) / 2);
      expect(odds(joint, 2, SCORES - 1, 0) / odds(joint, 2, 0, 0)).toBeCloseTo(
        1.23 ** (score(SCORES - 1) - score(0)),
        3,
      );
    }
  });

  it("smoking and COPD: 6.87 in women, 6.01 in men, against those who never did", () => {
    for (const [sex, published] of [
      ["women", 6.87],
      ["men", 6.01],
    ] as const) {
      const having = joints[sex][40]?.apart[0] as Float64Array;
      const of = (root: number): number => (having[root] as number) / (1 - (having[root] as number));
      expect(of(2 * SCORES) / of(0)).toBeCloseTo(published, 2);
    }
  });
});

it("a case mix leaves odds ratios as they are", () => {
  const joint = joints.women[50] as Joint;
  const times = Float64Array.from(CONDITIONS, (_, at) => 1 + at / 2);
  const other = mixed(joint, times);
  const k = LINKED.indexOf("heart_failure");
  const ratio = (of: Joint): number => odds(of, k, 3, 4 | 1) / odds(of, k, 3, 4);
  expect(ratio(other) / ratio(joint)).toBeCloseTo(1, 3);
  const [shares, multiplied] = [marginsOf(other), marginsOf(joint, times)];
  for (const [at, name] of CONDITIONS.entries())
    expect(shares[at], name).toBeCloseTo(multiplied[at] as number, 9);
  expect(shares[1]).toBeGreaterThan(marginsOf(joint)[1] as number);
});
