import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { deltaOfMu, epsilonOfMu } from "./gaussian-trade-off.ts";
import { epsilonOfCurve, ORDERS, renyiCurve, renyiOf, type Sampled } from "./rdp.ts";
import { epsilonOfSpends, noiseForSgd } from "./total-spent.ts";
import { deltaOf, epsilonOf, rhoOf } from "./zcdp.ts";

interface Cost {
  readonly delta: number;
  readonly epsilon: number;
}

/** Made by fixtures/accounting.py with dp-accounting and mpmath. */
const reference = JSON.parse(
  readFileSync(new URL("../fixtures/accounting.json", import.meta.url), "utf8"),
) as {
  readonly zcdp: readonly { readonly rho: number; readonly epsilon: number; readonly logDelta: number }[];
  readonly curves: readonly (Sampled & Cost)[];
  readonly moments: readonly {
    readonly rate: number;
    readonly sigma: number;
    readonly order: number;
    readonly log: number;
  }[];
  readonly losses: readonly (Sampled & Cost)[];
  readonly mixed: readonly (Cost & { readonly rho: number })[];
  readonly gaussian: readonly (Cost & { readonly mu: number })[];
};

const close = (value: number, expected: number, share: number): void => {
  expect(Math.abs(value - expected), `${value}, not ${expected}`).toBeLessThanOrEqual(
    share * Math.abs(expected),
  );
};

describe("zCDP as epsilon and delta", () => {
  it("agrees with the formula in 60 digits, where delta is a double", () => {
    let compared = 0;
    for (const { rho, epsilon, logDelta } of reference.zcdp) {
      if (logDelta < -700) expect(deltaOf(rho, epsilon)).toBeLessThan(1e-300);
      else {
        close(deltaOf(rho, epsilon), Math.exp(logDelta), 1e-9);
        if (logDelta < -1e-6) close(epsilonOf(rho, Math.exp(logDelta)), epsilon, 1e-6);
        if (logDelta < -1e-6) close(rhoOf(epsilon, Math.exp(logDelta)), rho, 1e-6);
        compared++;
      }
    }
    expect(compared).toBeGreaterThan(15);
  });

  it("has the rho of private-pgm at delta 1e-5 and at n^-1.1", () => {
    const at = (epsilons: readonly number[], delta: number): number[] =>
      epsilons.map((one) => rhoOf(one, delta));
    const near = (found: readonly number[], expected: readonly number[]): void =>
      expected.forEach((one, i) => expect(found[i]).toBeCloseTo(one, 5));
    near(at([0.1, 0.5, 1, 3, 8], 1e-5), [0.000433, 0.008506, 0.030557, 0.224249, 1.229715]);
    near(at([1, 3, 8], 209 ** -1.1), [0.07392, 0.44865, 2.08257]);
    near(at([1, 3, 8], 538 ** -1.1), [0.05929, 0.38052, 1.84695]);
    near(at([1, 3, 8], 7000 ** -1.1), [0.03781, 0.26722, 1.41236]);
  });

  it.each([
    [1e-3, 1e-300],
    [1e-3, 1e-5],
    [1, 5e-324],
    [1e9, 1e-300],
    [1e9, 0.1],
    [0.01, 0.99],
    [0, 1e-5],
  ])(
    "is a finite number at epsilon %s and delta %s, and never promises more than asked",
    (epsilon, delta) => {
      const rho = rhoOf(epsilon, delta);
      expect(rho).toBeGreaterThan(0);
      expect(rho).toBeLessThan(Infinity);
      expect(deltaOf(rho, epsilon)).toBeLessThanOrEqual(delta * (1 + 1e-6));
      expect(epsilonOf(rho, delta)).toBeLessThanOrEqual(epsilon * (1 + 1e-9));
    },
  );

  it("promises nothing at delta 0, and everything at delta 1", () => {
    expect(rhoOf(1, 0)).toBe(0);
    expect(epsilonOf(0.1, 0)).toBe(Infinity);
    expect(epsilonOf(0, 0)).toBe(0);
    expect(epsilonOf(100, 1)).toBe(0);
    expect(rhoOf(1, 1)).toBe(Infinity);
    expect(epsilonOf(Infinity, 1e-5)).toBe(Infinity);
    expect(deltaOf(0, 0)).toBe(0);
  });

  it.each([
    [-1, 1e-5],
    [NaN, 1e-5],
    [1, -1e-5],
    [1, 1.5],
    [1, NaN],
  ])("refuses epsilon %s with delta %s", (epsilon, delta) => {
    expect(() => rhoOf(epsilon, delta)).toThrow(RangeError);
    expect(() => epsilonOf(epsilon, delta)).toThrow(RangeError);
  });
});

describe("a Gaussian on a Poisson sample", () => {
  const epsilonFor = (one: Sampled, delta: number): number =>
    epsilonOfSpends([{ rho: 0, sampled: one }], delta);

  it("has the epsilon of dp-accounting over a grid, less only at orders that it leaves out", () => {
    let equal = 0;
    for (const { delta, epsilon, ...one } of reference.curves) {
      const found = epsilonOfCurve(renyiCurve([one]), delta);
      expect(found.epsilon).toBeLessThanOrEqual(epsilon * (1 + 1e-6) + 1e-9);
      if (found.order < 2) continue;
      close(found.epsilon, epsilon, 1e-3);
      equal++;
    }
    expect(equal).toBeGreaterThan(100);
  });

  it("is never below what privacy losses come to", () => {
    for (const { delta, epsilon, ...one } of reference.losses) {
      expect(epsilonFor(one, delta)).toBeGreaterThan(epsilon);
      expect(epsilonFor(one, delta)).toBeLessThan(1.5 * epsilon);
    }
  });

  it("is never below the integral at orders between whole numbers, nor far above it", () => {
    for (const { rate, sigma, order, log } of reference.moments) {
      const found = (order - 1) * renyiOf({ rate, sigma, steps: 1 }, order);
      expect(found).toBeGreaterThan(log * (1 - 1e-6) - 1e-13);
      expect(found).toBeLessThan(1.5 * log + 2e-3);
    }
  });

  it("comes to epsilon .336 at order 23 in the published case", () => {
    const curve = renyiCurve([
      { rate: 1e-5, sigma: 1, steps: 10 },
      { rate: 1e-4, sigma: 3, steps: 4 },
    ]);
    const { epsilon, order } = epsilonOfCurve(curve, 1e-5);
    expect(epsilon).toBeCloseTo(0.336, 3);
    expect(order).toBe(23);
  });

  it("adds to zCDP as dp-accounting has it", () => {
    const sampled = [
      { rho: 0, sampled: { rate: 0.01, sigma: 1.2, steps: 500 } },
      { rho: 0, sampled: { rate: 0.05, sigma: 2, steps: 40 } },
    ];
    for (const { rho, delta, epsilon } of reference.mixed)
      close(epsilonOfSpends([{ rho }, ...sampled], delta), epsilon, 1e-6);
  });

  it("grows with the order, is plain zCDP where everybody is sampled, and nothing where nobody is", () => {
    const one = { rate: 0.02, sigma: 0.9, steps: 3 };
    const curve = renyiCurve([one]);
    for (let i = 1; i < ORDERS.length; i++)
      expect(curve[i]).toBeGreaterThanOrEqual((curve[i - 1] as number) * (1 - 1e-9));
    expect(epsilonFor({ rate: 1, sigma: 2, steps: 8 }, 1e-5)).toBe(epsilonOf(1, 1e-5));
    expect(renyiOf({ ...one, rate: 0 }, 5)).toBe(0);
    expect(renyiOf({ ...one, sigma: 0 }, 5)).toBe(Infinity);
    expect(epsilonFor({ ...one, sigma: 0 }, 1e-5)).toBe(Infinity);
    expect(epsilonFor(one, 0)).toBe(Infinity);
  });
});

describe("the noise that spends what is left", () => {
  it.each([
    [1, 1e-5, 0.01, 1000, 0],
    [8, 1e-6, 0.02, 500, 0.1],
    [0.1, 1e-5, 0.01, 200, 1e-5],
    [100, 1e-5, 0.05, 300, 0],
    [3, 1e-300, 0.02, 300, 0],
    [1e9, 1e-5, 0.02, 300, 0],
  ])(
    "comes to epsilon %s at delta %s, rate %s, %s steps beside rho %s",
    (epsilon, delta, rate, steps, rho) => {
      const sigma = noiseForSgd(epsilon, delta, rate, steps, rho);
      const spends = [{ rho, sampled: { rate, sigma, steps } }];
      const total = epsilonOfSpends(spends, delta);
      expect(total).toBeLessThanOrEqual(epsilon);
      if (sigma > 0.001) expect(total).toBeGreaterThan(epsilon * (1 - 1e-9));
    },
  );

  it("is refused where nothing is left", () => {
    expect(() => noiseForSgd(1, 1e-5, 0.01, 100, rhoOf(1, 1e-5) * 1.01)).toThrow(/Nothing is left/);
    expect(() => noiseForSgd(1, 0, 0.01, 100, 0)).toThrow(/Nothing is left/);
  });
});

describe("what a Gaussian lets one tell", () => {
  it("agrees with the formula in 60 digits, both ways", () => {
    for (const { mu, epsilon, delta } of reference.gaussian) {
      expect(Math.abs(deltaOfMu(mu, epsilon) - delta)).toBeLessThanOrEqual(1e-14 + 1e-9 * delta);
      if (delta > 1e-9 && epsilon > 0) close(epsilonOfMu(mu, delta), epsilon, 1e-5);
    }
  });

  it("has the noise of Balle & Wang at delta 1e-5", () => {
    const noise = { 0.5: 7.03183, 1: 3.73063, 3: 1.39059, 8: 0.60023 };
    for (const [epsilon, sigma] of Object.entries(noise))
      close(epsilonOfMu(1 / sigma, 1e-5), Number(epsilon), 1e-5);
  });

  it("is nothing without a difference, and everything at delta 0", () => {
    expect(epsilonOfMu(0, 0)).toBe(0);
    expect(epsilonOfMu(1, 0)).toBe(Infinity);
    expect(epsilonOfMu(0.1, 0.5)).toBe(0);
    expect(deltaOfMu(0, 0)).toBe(0);
    expect(deltaOfMu(60, 1)).toBeCloseTo(1, 12);
    expect(() => epsilonOfMu(-1, 1e-5)).toThrow(RangeError);
  });
});
