import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRng } from "../../math/rng.ts";
import { chiSquareScore } from "../fixtures/chi-square.ts";
import { patientTable } from "../fixtures/patient-table.ts";
import { seededNoise, type NoiseSource } from "../noise/noise-source.ts";
import { countedRows } from "./counted-rows.ts";
import { keyedHash } from "./keyed-hash.ts";

const seeded = (seed: number): NoiseSource => seededNoise(createRng(seed));
const whose = fc.array(fc.integer({ min: 0, max: 6 }), { maxLength: 40 });

describe("the rows of patients that count", () => {
  it("are at most so many of each, and all where there are no more", () => {
    fc.assert(
      fc.property(whose, fc.integer({ min: 1, max: 4 }), fc.nat(), (patients, most, seed) => {
        const rows = countedRows(patientTable(patients), most, seeded(seed));
        for (const patient of new Set(patients)) {
          const all = patients.filter((one) => one === patient).length;
          expect([...rows].filter((row) => patients[row] === patient)).toHaveLength(Math.min(all, most));
        }
        expect([...rows]).toEqual([...new Set(rows)].toSorted((a, b) => a - b));
      }),
      { seed: 1, numRuns: 200 },
    );
    expect([...countedRows(patientTable(undefined, 3), 1, seeded(1))]).toEqual([0, 1, 2]);
  });

  it("are the same without another patient, wherever that patient's rows stood", () => {
    fc.assert(
      fc.property(
        whose,
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 0, max: 6 }),
        fc.nat(),
        (patients, most, gone, seed) => {
          const left = patients.flatMap((patient, row) => (patient === gone ? [] : [row]));
          const with_ = countedRows(patientTable(patients), most, seeded(seed));
          const without = countedRows(
            patientTable(left.map((row) => patients[row] as number)),
            most,
            seeded(seed),
          );
          expect(Array.from(without, (row) => left[row])).toEqual(
            [...with_].filter((row) => patients[row] !== gone),
          );
        },
      ),
      { seed: 2, numRuns: 300 },
    );
  });

  it("are each of a patient's rows as often as another, and patients choose apart", () => {
    const patients = [0, 0, 0, 1, 1, 1];
    const noise = seeded(3);
    const pairs = Array.from({ length: 9000 }, () => {
      const [first = 0, second = 0] = countedRows(patientTable(patients), 1, noise);
      return 3 * first + (second - 3);
    });
    expect(chiSquareScore(pairs, (x) => (x < 0 ? 0 : 1 / 9), 8)).toBeLessThan(4);
  });

  it("are found among 10,000 rows of one patient", () => {
    const rows = countedRows(patientTable(Array.from({ length: 10_000 }, () => 5)), 2, seeded(4));
    expect(rows).toHaveLength(2);
  });

  it.each([0, -1, 1.5, NaN, Infinity])("cannot be %s of each", (most) => {
    expect(() => countedRows(patientTable([0, 0]), most, seeded(5))).toThrow(RangeError);
  });
});

describe("SipHash-2-4", () => {
  it("has the hash of its reference: key 00..0f, message 00..07", () => {
    const key = new Uint32Array([0x03020100, 0x07060504, 0x0b0a0908, 0x0f0e0d0c]);
    expect(keyedHash(key, 0x03020100, 0x07060504)).toEqual([0x9a932462, 0x93f5f579]);
  });
});
