import { describe, expect, it } from "vitest";
import { simulateCohort } from "../clinic/cohorts/cohorts.ts";
import { splitRows, withPatients } from "./split.ts";
import { takeRows, type CodedColumn, type Table } from "./table.ts";

const table = simulateCohort("heart-failure", 1);
const died = (table.columns.at(-1) as CodedColumn).codes;
const rate = (rows: Int32Array): number =>
  rows.reduce((sum, row) => sum + (died[row] as number), 0) / rows.length;

describe("splitRows", () => {
  it("puts every row on exactly one side, in the share asked for", () => {
    const { train, holdout } = splitRows(table, { share: 0.2, seed: 1 });
    expect([...train, ...holdout].sort((a, b) => a - b)).toEqual(Array.from({ length: 2000 }, (_, i) => i));
    expect(holdout.length).toBeGreaterThanOrEqual(399);
    expect(holdout.length).toBeLessThanOrEqual(401);
  });

  it("repeats from its seed, and differs with another", () => {
    expect(splitRows(table, { share: 0.2, seed: 1 })).toEqual(splitRows(table, { share: 0.2, seed: 1 }));
    expect(splitRows(table, { share: 0.2, seed: 2 })).not.toEqual(splitRows(table, { share: 0.2, seed: 1 }));
  });

  it("keeps the share of a rare outcome on both sides", () => {
    for (let seed = 0; seed < 10; seed++) {
      const { train, holdout } = splitRows(table, { share: 0.2, seed });
      expect(Math.abs(rate(train) - rate(holdout))).toBeLessThan(0.004);
    }
  });

  it("keeps the rows of one patient together", () => {
    const clinic = simulateCohort("diabetes", 1);
    const ids = (clinic.columns[0] as CodedColumn).codes;
    for (let seed = 0; seed < 10; seed++) {
      const { train, holdout } = splitRows(clinic, { share: 0.3, seed });
      const trained = new Set(train.map((row) => ids[row] as number));
      expect(holdout.some((row) => trained.has(ids[row] as number))).toBe(false);
      expect(Math.abs(holdout.length / clinic.rows - 0.3)).toBeLessThan(0.02);
    }
  });

  it("leaves neither side empty, however small the table", () => {
    const small: Table = {
      name: "three",
      rows: 3,
      columns: [{ type: "numeric", values: Float64Array.of(1, 2, 3) }],
      schema: {
        ...table.schema,
        columns: [{ name: "x", kind: "integer", role: "feature", reason: "", missingToken: "" }],
      },
    };
    for (let seed = 0; seed < 20; seed++) {
      const { train, holdout } = splitRows(small, { share: 0.05, seed });
      expect(train.length).toBeGreaterThan(0);
      expect(holdout.length).toBeGreaterThan(0);
    }
  });
});

/** Twelve patients with five rows each, and `lost` rows without an id. */
function withLost(lost: number): Table {
  const rows = 60 + lost;
  const levels = Array.from({ length: 12 }, (_, i) => `P${i}`);
  const codes = Int32Array.from({ length: rows }, (_, row) => (row < 60 ? row % 12 : -1));
  const id = { name: "id", kind: "identifier", role: "identifier", reason: "", missingToken: "" } as const;
  return {
    name: "lost",
    rows,
    columns: [{ type: "coded", codes, levels }],
    schema: { ...table.schema, columns: [id] },
  };
}

describe("rows without the patient's id", () => {
  it("are all in train, and the share that was asked for is held out of the others", () => {
    for (let seed = 0; seed < 20; seed++) {
      const { train, holdout } = splitRows(withLost(20), { share: 0.2, seed });
      expect(holdout.some((row) => row >= 60)).toBe(false);
      expect(train.filter((row) => row >= 60).length).toBe(20);
      expect(Math.abs(holdout.length - 16)).toBeLessThanOrEqual(4);
    }
  });

  it("count as those of one patient", () => {
    const patients = withPatients(withLost(20)).patients as Int32Array;
    expect(new Set(patients.slice(60)).size).toBe(1);
    expect(new Set(patients).size).toBe(13);
  });
});

describe("withPatients", () => {
  it("says whose row each is where patients have several, and rows that are taken keep it", () => {
    const clinic = simulateCohort("diabetes", 1);
    const ids = (clinic.columns[0] as CodedColumn).codes;
    const rows = Int32Array.from({ length: 200 }, (_, i) => clinic.rows - 1 - i);
    const { patients } = takeRows(withPatients(clinic), rows);
    expect(patients?.length).toBe(200);
    for (let i = 1; i < 200; i++)
      expect(patients?.[i] === patients?.[i - 1]).toBe(ids[rows[i] as number] === ids[rows[i - 1] as number]);
  });

  it("says nothing where every row is a patient of its own", () => {
    expect(withPatients(table).patients).toBeUndefined();
  });
});
