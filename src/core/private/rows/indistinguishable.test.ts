import { describe, expect, it } from "vitest";
import { createRng } from "../../math/rng.ts";
import { epsilonOf, rhoOf } from "../accounting/zcdp.ts";
import type { Budget } from "../accounting/spend.ts";
import { patientTable } from "../fixtures/patient-table.ts";
import { seededNoise } from "../noise/noise-source.ts";
import { createPrivateRows } from "./create-private-rows.ts";
import type { PrivateRows } from "./private-rows.ts";

/**
 * A table and its neighbour (one patient with three rows less) answer a small query 100,000 times. For every threshold, what
 * lies beyond it may be likelier of one table by a factor e^epsilon, and delta more; chance is allowed 5 standard deviations.
 */
const DRAWS = 100_000;
/** Enough to find a variant that is broken. */
const FEW = 20_000;
const EPSILON = 1;
const DELTA = 0.01;
const RHO = rhoOf(EPSILON, DELTA);
const purpose = { what: "A query", columns: "1" };
const patients = [0, 1, 1, 2, 2, 2, 3, 4, 4, 4];
const free: Budget = {
  epsilon: EPSILON,
  delta: DELTA,
  rho: RHO,
  thresholds: DELTA,
  spent: [],
  left: () => RHO,
  spend: () => {},
};

type Ask = (rows: PrivateRows, whose: readonly number[]) => Promise<number> | number;

/** The greatest excess over delta, in standard deviations, of any event beyond or below a threshold. */
async function excess(ask: Ask, draws = DRAWS, most = 3, delta = DELTA): Promise<number> {
  const drawn = async (whose: readonly number[], seed: number): Promise<Float64Array> => {
    const noise = seededNoise(createRng(seed));
    const rows = createPrivateRows(patientTable(whose), free, { rowsPerPatient: most, noise });
    const answers = new Float64Array(draws);
    for (let i = 0; i < draws; i++) answers[i] = await ask(rows, whose);
    return answers.sort();
  };
  const all = await drawn(patients, 1);
  const fewer = await drawn(
    patients.filter((one) => one !== 4),
    2,
  );
  return Math.max(beyond(all, fewer, delta), beyond(fewer, all, delta));
}

/** `a` against `b`, both ascending: of "at least t" and of "less than t", for every t. */
function beyond(a: Float64Array, b: Float64Array, delta: number): number {
  let greatest = -Infinity;
  for (let i = 0, j = 0; i < a.length; i++) {
    const t = a[i] as number;
    if (i > 0 && t === a[i - 1]) continue;
    while (j < b.length && (b[j] as number) < t) j++;
    for (const [p, q] of [
      [i / a.length, j / b.length],
      [1 - i / a.length, 1 - j / b.length],
    ] as const) {
      const spread = Math.sqrt((p * (1 - p) + Math.E ** (2 * EPSILON) * q * (1 - q)) / a.length) + 1e-5;
      greatest = Math.max(greatest, (p - Math.E ** EPSILON * q - delta) / spread);
    }
  }
  return greatest;
}

/** All rows are in one cell, so that a patient's three change it by three. `spends`: times rho. */
const counting =
  (spends: number): Ask =>
  async (rows) =>
    (await rows.counts([{ cells: 1, cellOf: () => 0 }], spends * RHO, purpose))[0]?.[0] ?? NaN;

/** `cut`: to what length; noise is as for length 1. */
const summing =
  (cut: number): Ask =>
  async (rows, whose) => {
    const vectorOf = (row: number, vector: Float64Array): void =>
      void vector.fill(whose[row] === 4 ? 1e6 : -0.1);
    const sum = await rows.sums({ dimensions: 2, norm: cut, vectorOf }, RHO * cut ** 2, purpose);
    return (sum[0] as number) + (sum[1] as number);
  };

/** A patient's rows are for one choice and against the other. */
const choosing =
  (spends: number): Ask =>
  ({ choose, counted }) =>
    choose([counted.length, 17 - counted.length], 1, spends * RHO, purpose);

const finding =
  (spends: number): Ask =>
  async (rows, whose) => {
    const keyOf = (row: number): string => (whose[row] === 4 ? "d" : "a");
    const found = await rows.keys(keyOf, spends * RHO, DELTA, purpose);
    return found.get("d") ?? -1000;
  };

describe("100,000 answers of a table and of its neighbour", () => {
  it("are within epsilon and delta of each other: counts", async () => {
    expect(epsilonOf(RHO, DELTA)).toBeCloseTo(EPSILON, 9);
    expect(await excess(counting(1))).toBeLessThan(5);
  });

  it("are not where the noise is half of what it should be", async () => {
    expect(await excess(counting(4), FEW)).toBeGreaterThan(10);
  });

  it("are not where three rows of a patient count as one does", async () => {
    expect(await excess(counting(9), FEW)).toBeGreaterThan(10);
    expect(await excess(counting(1), FEW, 1)).toBeLessThan(5);
  });

  it("are, of sums of vectors that are far too long", async () => {
    expect(await excess(summing(1))).toBeLessThan(5);
  });

  it("are not where vectors are cut to three times the length that the noise is for", async () => {
    expect(await excess(summing(3), FEW)).toBeGreaterThan(10);
  });

  it("are, of choices; and are not where they spend sixteen times as much", async () => {
    expect(await excess(choosing(1))).toBeLessThan(5);
    expect(await excess(choosing(16), FEW)).toBeGreaterThan(10);
  });

  it("are, of keys that one of both lacks, with a delta for each of noise and threshold", async () => {
    expect(await excess(finding(1), DRAWS, 3, 2 * DELTA)).toBeLessThan(5);
  });
});
