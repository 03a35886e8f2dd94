import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createRng } from "../../math/rng.ts";
import { createBudget } from "../accounting/budget.ts";
import type { Budget, Spend } from "../accounting/spend.ts";
import { gaussianMass } from "../fixtures/chi-square.ts";
import { patientTable } from "../fixtures/patient-table.ts";
import { cryptographicNoise, seededNoise } from "../noise/noise-source.ts";
import { createPrivateRows, thresholdOf } from "./create-private-rows.ts";
import type { CountQuery, PrivateRows, SumQuery } from "./private-rows.ts";

/** So much that the noise is 0: its variance is 2^-20 then. */
const PLENTY = 1e14;
const purpose = { what: "A query", columns: "1" };

function plentiful(): Budget {
  const spent: Spend[] = [];
  const spend = (one: Spend): void => void spent.push(one);
  return { epsilon: Infinity, delta: 1, rho: Infinity, thresholds: 1, spent, left: () => Infinity, spend };
}

/** A table, and the same without the patient `gone`: rows carry what they are asked for, so that both ask alike. */
interface Neighbours {
  readonly patients: readonly number[];
  readonly unit: "patient" | "row";
  readonly most: number;
  readonly gone: number;
  readonly seed: number;
}
const wild = fc.oneof(
  { weight: 6, arbitrary: fc.double({ min: -3, max: 3, noNaN: true }) },
  { weight: 1, arbitrary: fc.double() },
  { weight: 1, arbitrary: fc.constantFrom(NaN, Infinity, -Infinity, 1e308, 5e-324) },
);
const neighbours = fc.record({
  patients: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 30 }),
  unit: fc.constantFrom("patient" as const, "row" as const),
  most: fc.integer({ min: 1, max: 3 }),
  gone: fc.integer({ min: 0, max: 4 }),
  seed: fc.nat(),
});

/** What `ask` answers of both tables, and what the ledger says of it. `rowOf`: rows of either table in the greater one. */
async function both<Answer>(
  { patients, unit, most, gone, seed }: Neighbours,
  ask: (rows: PrivateRows, rowOf: (row: number) => number) => Promise<Answer>,
): Promise<{ readonly answers: readonly [Answer, Answer]; readonly stated: number }> {
  const all = patients.map((_, row) => row);
  const leaves = (row: number): boolean =>
    unit === "row" ? row === gone % patients.length : patients[row] === gone;
  const fewer = all.filter((row) => !leaves(row));
  const budget = plentiful();
  const of = (rows: readonly number[]): Promise<Answer> => {
    const table = patientTable(
      unit === "row" ? undefined : rows.map((row) => patients[row] as number),
      rows.length,
    );
    const noise = seededNoise(createRng(seed));
    return ask(
      createPrivateRows(table, budget, { rowsPerPatient: most, noise }),
      (row) => rows[row] as number,
    );
  };
  const answers = [await of(all), await of(fewer)] as const;
  return { answers, stated: budget.spent[0]?.sensitivity ?? NaN };
}

const distance = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Math.hypot(...Array.from(a, (x, i) => x - (b[i] as number)));

afterEach(() => vi.restoreAllMocks());

describe("without noise, between neighbours", () => {
  it("each table of counts changes by its stated sensitivity at most", async () => {
    let greatest = 0;
    await fc.assert(
      fc.asyncProperty(
        neighbours,
        fc.array(fc.integer({ min: -1, max: 2 }), { minLength: 60, maxLength: 60 }),
        async (given, cells) => {
          const queries = (rowOf: (row: number) => number): CountQuery[] =>
            [0, 30].map((from) => ({ cells: 3, cellOf: (row) => cells[from + rowOf(row)] as number }));
          const { answers, stated } = await both(given, (rows, rowOf) =>
            rows.counts(queries(rowOf), PLENTY, purpose),
          );
          expect(stated).toBe(given.unit === "row" ? 1 : given.most);
          for (const i of [0, 1]) {
            const changed = distance(answers[0][i] as Float64Array, answers[1][i] as Float64Array);
            expect(changed).toBeLessThanOrEqual(stated);
            greatest = Math.max(greatest, changed / stated);
          }
        },
      ),
      { seed: 1, numRuns: 150 },
    );
    expect(greatest).toBe(1);
  });

  it("each sum of vectors does, whatever they hold: too long, infinite, not a number", async () => {
    let greatest = 0;
    await fc.assert(
      fc.asyncProperty(
        neighbours,
        fc.array(wild, { minLength: 120, maxLength: 120 }),
        fc.constantFrom(0.5, 1, 3.7),
        async (given, numbers, norm) => {
          const query = (rowOf: (row: number) => number): SumQuery => ({
            dimensions: 4,
            norm,
            vectorOf: (row, vector) => vector.set(numbers.slice(4 * rowOf(row), 4 * rowOf(row) + 4)),
          });
          const { answers, stated } = await both(given, (rows, rowOf) =>
            rows.sums(query(rowOf), PLENTY, purpose),
          );
          const most = given.unit === "row" ? 1 : given.most;
          expect(stated).toBeCloseTo(most * (norm + 2 ** -10), 12);
          expect(answers.every((answer) => answer.every((x) => Number.isInteger(x * 1024)))).toBe(true);
          const changed = distance(...answers);
          expect(changed).toBeLessThanOrEqual(stated * (1 + 1e-12));
          greatest = Math.max(greatest, changed / stated);
        },
      ),
      { seed: 2, numRuns: 250 },
    );
    expect(greatest).toBeGreaterThan(0.98);
  });

  it("no key of one unit alone is told, and the counts of the others change by their sensitivity at most", async () => {
    let told = 0;
    await fc.assert(
      fc.asyncProperty(
        neighbours,
        fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 30, maxLength: 30 }),
        async (given, keys) => {
          const { answers, stated } = await both(given, (rows, rowOf) =>
            rows.keys((row) => `level ${keys[rowOf(row)]}`, PLENTY, 0.01, purpose),
          );
          const [more, fewer] = answers;
          const names = [...more.keys()].filter((name) => fewer.has(name));
          told += names.length;
          expect(
            Math.hypot(...names.map((name) => (more.get(name) as number) - (fewer.get(name) as number))),
          ).toBeLessThanOrEqual(stated);
          for (const [name, count] of more) {
            expect(count).toBeGreaterThan(stated);
            const holders = given.patients.flatMap((patient, row) =>
              `level ${keys[row]}` === name ? [given.unit === "row" ? row : patient] : [],
            );
            expect(new Set(holders).size).toBeGreaterThan(1);
          }
          expect([...fewer.keys()].every((name) => more.has(name))).toBe(true);
        },
      ),
      { seed: 3, numRuns: 150 },
    );
    expect(told).toBeGreaterThan(50);
  });
});

describe("the threshold of keys", () => {
  it("lets a key of one unit pass with its share of delta at most, for the noise as it is drawn", () => {
    for (const sigma of [0.05, 0.4, 1, 3, 12])
      for (const most of [1, 3])
        for (const delta of [0.1, 1e-3, 1e-6]) {
          const mass = gaussianMass(Math.hypot(sigma, 2 ** -10));
          const threshold = thresholdOf(sigma, delta, most);
          let passes = 0;
          for (let x = -200; x <= 200; x++) if (most + x > threshold) passes += mass(x);
          expect(passes).toBeLessThanOrEqual((delta / most) * (1 + 1e-9));
          let sooner = 0;
          for (let x = -200; x <= 200; x++) if (most + x > threshold - 2.01) sooner += mass(x);
          expect(sooner).toBeGreaterThan(delta / most);
        }
  });

  it("is without end at delta 0: nothing is told", async () => {
    const budget = createBudget(8, 0.01, true);
    const rows = createPrivateRows(patientTable(undefined, 500), budget, {
      rowsPerPatient: 1,
      noise: seededNoise(createRng(1)),
    });
    expect((await rows.keys(() => "a", budget.rho / 2, 0, purpose)).size).toBe(0);
    expect((await rows.keys(() => "a", budget.rho / 2, budget.thresholds, purpose)).size).toBe(1);
  });
});

describe("an answer", () => {
  it("does not come where the generator fails, at once or on the way", async () => {
    const real = crypto.getRandomValues.bind(crypto);
    for (const works of [0, 3]) {
      let asked = 0;
      vi.spyOn(crypto, "getRandomValues").mockImplementation((words) => {
        if (asked++ >= works) throw new Error("no entropy");
        return real(words);
      });
      const options = { rowsPerPatient: 1, noise: cryptographicNoise() };
      const rows = createPrivateRows(patientTable(undefined, 10), plentiful(), options);
      await expect(rows.counts([{ cells: 20_000, cellOf: () => 0 }], 1, purpose)).rejects.toThrow(
        "no entropy",
      );
      await expect(rows.sums({ dimensions: 3, norm: 1, vectorOf: () => {} }, 1, purpose)).rejects.toThrow(
        "no entropy",
      );
      await expect(rows.keys(() => "a", 1, 0.1, purpose)).rejects.toThrow("no entropy");
      expect(() => rows.choose([1, 2], 1, 1, purpose)).toThrow("no entropy");
      vi.restoreAllMocks();
    }
  });

  it("does not come without a budget for it, and costs what the ledger says", async () => {
    const budget = createBudget(1, 1e-5, false);
    const rows = createPrivateRows(patientTable(undefined, 10), budget, {
      rowsPerPatient: 1,
      noise: seededNoise(createRng(2)),
    });
    const query = { cells: 2, cellOf: () => 0 };
    await rows.counts([query, query], budget.rho / 2, purpose);
    expect(budget.spent).toEqual([
      { ...purpose, queries: 2, sensitivity: 1, sigma: Math.sqrt(2 / budget.rho), rho: budget.rho / 2 },
    ]);
    await expect(rows.counts([query], 0.6 * budget.rho, purpose)).rejects.toThrow(/left/);
    await expect(rows.counts([query], 0, purpose)).rejects.toThrow(RangeError);
    expect(() => rows.choose([1, 2], 1, 0.6 * budget.rho, purpose)).toThrow(/left/);
  });

  it("sums vectors of many numbers", async () => {
    const rows = createPrivateRows(patientTable(undefined, 2), plentiful(), {
      rowsPerPatient: 1,
      noise: seededNoise(createRng(3)),
    });
    const dimensions = 200_000;
    const sum = await rows.sums(
      { dimensions, norm: 1, vectorOf: (_, vector) => void (vector[dimensions - 1] = 0.75) },
      PLENTY,
      purpose,
    );
    expect(sum[dimensions - 1]).toBe(1.5);
    expect(sum[0]).toBe(0);
  });
});
