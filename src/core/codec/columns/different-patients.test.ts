import { expect, test } from "vitest";
import { createRng } from "../../math/rng.ts";
import { learnNumericBins } from "./numeric-bins.ts";
import type { NumericBins } from "./numeric-bins.ts";

const PATIENTS = 80;
const HUNDREDTHS = { type: "decimals", decimals: 2 } as const;

/** Five numbers about 20 of each patient; `own` are those of the first patients instead. */
function binsOf(...own: readonly (readonly number[])[]): NumericBins {
  const rng = createRng(1);
  const cells = Array.from({ length: PATIENTS }, (_, patient) =>
    (own[patient] ?? Array.from({ length: 5 }, () => Math.round(2000 + 300 * rng.normal()) / 100)).map(
      (value) => ({ patient, value }),
    ),
  ).flat();
  return learnNumericBins(
    Float64Array.from(cells, ({ value }) => value),
    HUNDREDTHS,
    { bins: 24, patients: Int32Array.from(cells, ({ patient }) => patient) },
  );
}

const knotsOf = ({ bins }: NumericBins): number[] => bins.flatMap(({ knots }) => [...knots]);
const steps = (from: number): number[] => Array.from({ length: 40 }, (_, k) => from + k / 100);

test.each([
  ["above", 7000],
  ["below", -7000],
  ["apart", 500],
])("forty extreme numbers of one to four patients are no bin: %s", (_, from) => {
  for (const few of [1, 4]) {
    const knots = knotsOf(binsOf(...Array.from({ length: few }, (_one, p) => steps(from + p / 7))));
    expect(Math.max(...knots)).toBeLessThan(40);
    expect(Math.min(...knots)).toBeGreaterThan(0);
  }
});

test("those of five patients are", () => {
  const knots = knotsOf(binsOf(...Array.from({ length: 5 }, (_, p) => steps(7000 + p / 700))));
  expect(Math.max(...knots)).toBeGreaterThan(6999);
});

test("the greatest number is no mean of one patient's", () => {
  const knots = knotsOf(binsOf(steps(31)));
  expect(Math.max(...knots)).toBeLessThan(31);
});

test("a number that five patients share stays, whatever they have beside it", () => {
  const own = Array.from({ length: 5 }, (_, p) => [699.97, 699.98, 699.99, 700, 700.01].slice(p % 4, 5));
  const shared = own.map((numbers) => [...numbers, 700]);
  expect(knotsOf(binsOf(...shared))).toContain(700);
});

test("cells that are missing to fewer than five patients count as two and a half", () => {
  const missing = (few: number): number => {
    const {
      bins,
      shares,
      missing: at,
    } = binsOf(...Array.from({ length: few }, () => Array.from({ length: 100 }, () => NaN)));
    expect(at).toBe(bins.length);
    return shares[at] as number;
  };
  expect(missing(4)).toBeLessThan(0.01);
  expect(missing(5)).toBeGreaterThan(0.5);
});
