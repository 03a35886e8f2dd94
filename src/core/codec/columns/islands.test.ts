import { describe, expect, test } from "vitest";
import { createRng } from "../../math/rng.ts";
import type { ColumnSchema } from "../../table/table.ts";
import { islandsOf } from "./islands.ts";
import { learnNumericBins, loadNumericBins } from "./numeric-bins.ts";
import { learnColumnCode, loadColumnSchema, savedColumnSchema } from "./table-code.ts";

const whole = { type: "decimals", decimals: 0 } as const;
const tenths = { type: "decimals", decimals: 1 } as const;
const list = (rows: number, make: (i: number) => number): Float64Array =>
  Float64Array.from({ length: rows }, (_, i) => make(i));
const share = (values: Float64Array, holds: (value: number) => boolean): number =>
  values.filter(holds).length / values.length;

describe("a gap that is wide open", () => {
  const rng = createRng(1);
  const ages = list(200, (i) => (i === 3 ? 431 : i === 8 ? 65_531 : 20 + rng.integer(70)));

  test("holds no drawn number, and what one or two rows have beyond it is not drawn either", () => {
    const bins = learnNumericBins(ages, whole, { bins: 20 });
    const drawn = list(3000, () => bins.valueAt(rng.uniform(), rng));
    expect(Math.max(...drawn)).toBeLessThan(92);
  });

  test("is kept between two groups of rows", () => {
    const doses = list(300, (i) => (i % 3 ? 4 + rng.integer(9) : 800 + rng.integer(90)));
    const bins = learnNumericBins(doses, whole, { bins: 20 });
    const drawn = list(3000, () => bins.valueAt(rng.uniform(), rng));
    expect(share(drawn, (value) => value > 15 && value < 780)).toBe(0);
    expect(Math.abs(share(drawn, (value) => value > 780) - 1 / 3)).toBeLessThan(0.04);
  });

  test("is none in the long tail of a laboratory value", () => {
    for (let k = 0; k < 30; k++) {
      const dice = createRng(k);
      const crp = list(300, () => Number(Math.exp(1.5 + 1.4 * dice.normal()).toFixed(1))).sort();
      expect(islandsOf(crp, [], tenths)).toEqual([crp]);
    }
  });
});

describe("limits", () => {
  const rng = createRng(2);
  const limits = [
    { text: "<5", value: 4.9, side: "below" },
    { text: ">90", value: 90.1, side: "above" },
  ] as const;
  const values = list(400, (i) =>
    i % 3 === 0 ? 4.9 : i % 10 === 1 ? 90.1 : Math.round(10 * (5.1 + 80 * rng.uniform() ** 2)) / 10,
  );

  test("keep their shares, and nothing is drawn between them and the numbers", () => {
    const learned = learnNumericBins(values, tenths, { bins: 20, limits });
    const bins = loadNumericBins(JSON.parse(JSON.stringify(learned.save())));
    const drawn = list(4000, () => bins.valueAt(rng.uniform(), rng));
    for (const { value } of limits) {
      const real = share(values, (own) => own === value);
      expect(Math.abs(share(drawn, (own) => own === value) - real)).toBeLessThan(0.025);
    }
    expect(share(drawn, (own) => (own < 5 && own !== 4.9) || (own > 90 && own !== 90.1))).toBe(0);
  });

  test("among numbers stand alone: no number becomes one", () => {
    const mixed = list(400, (i) => (i % 4 === 0 ? 4.9 : 3 + (i % 40 === 19 ? 20 : i % 40) / 10));
    const bins = learnNumericBins(mixed, tenths, { bins: 12, limits: [limits[0]] });
    const drawn = list(4000, () => bins.valueAt(rng.uniform(), rng));
    expect(Math.abs(share(drawn, (own) => own === 4.9) - 0.25)).toBeLessThan(0.03);
  });

  test("are in the schema that a model keeps, with units and what is measured", () => {
    const schema: ColumnSchema = {
      name: "crp",
      kind: "decimal",
      role: "feature",
      reason: "",
      missingToken: "",
      number: { decimals: 1, decimalMark: ",", thousandsMark: "", suffix: " mg/l", one: " mg" },
      limits,
      unit: "mg/l",
      measure: "percentage",
      quantity: { of: "C-reactive protein", unit: "mg/L" },
    };
    expect(loadColumnSchema(JSON.parse(JSON.stringify(savedColumnSchema(schema))))).toEqual(schema);
    const { code } = learnColumnCode({ type: "numeric", values }, schema, values.length);
    expect(code.tokenOf(4.9)).not.toBe(code.tokenOf(5.1));
  });
});
