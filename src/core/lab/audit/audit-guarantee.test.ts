import { describe, expect, test } from "vitest";
import { createRng } from "../../math/rng.ts";
import { seededNoise } from "../../private/noise/noise-source.ts";
import type { PublicFacts } from "../../private/public/public-facts.ts";
import { independent } from "../../synthesizers/independent/independent.ts";
import type { Synthesizer } from "../../synthesizers/synthesizer.ts";
import type { Table } from "../../table/table.ts";
import { auditGuarantee } from "./audit-guarantee.ts";
import type { AuditRequest, AuditResult } from "./audit-shape.ts";
import { noiseHalved, patientsUnbounded, rangesRead } from "./fixtures/broken.ts";
import { counting } from "./fixtures/counting.ts";
import { wardTable } from "./fixtures/ward-table.ts";

const ROWS = 90;
const table = wardTable(ROWS);
const visits: Table = { ...table, patients: Int32Array.from({ length: ROWS }, (_, row) => row % 40) };
const died = { values: ["no", "yes"], why: "declared" } as const;
const facts: PublicFacts = { columns: [{ name: "died", levels: died }] };
const asked: AuditRequest = {
  synthesizer: "counting",
  params: { epsilon: 2, delta: 1e-3 },
  public: facts,
  runs: 160,
  seed: 1,
  on: "patients",
};

const audited = (
  method: Synthesizer,
  of = table,
  request: Partial<AuditRequest> = {},
  seed = 5,
): Promise<AuditResult> => {
  const noise = seededNoise(createRng(seed));
  return auditGuarantee(of, { ...asked, ...request }, { find: () => method, noise });
};

describe("a method that keeps its guarantee", () => {
  test("is not contradicted, and half its noise would have been noticed", async () => {
    const result = await audited(counting());
    expect(result).toMatchObject({ verdict: "holds", epsilon: 2, delta: 1e-3, unit: "row", noise: "seeded" });
    expect(result.least).toBeLessThan(2);
    expect(result.needed).toBeLessThanOrEqual(160);
    const { answers } = result;
    expect(answers?.stated).toBeGreaterThan(0.3);
    expect(answers?.interval.low).toBeLessThan(answers?.stated ?? 0);
    expect(answers?.interval.high).toBeGreaterThan(answers?.stated ?? 9);
    expect(JSON.parse(JSON.stringify(result))).toEqual(result);
  });

  test("with patients who have several rows, on made-up ones", async () => {
    const result = await audited(counting(), visits, { on: "stand-in" });
    expect(result).toMatchObject({ verdict: "holds", unit: "patient", on: "stand-in", rows: 90 });
  });

  test("a few runs say little, and how many are needed is said", async () => {
    const result = await audited(counting(), table, { runs: 12 });
    expect(result.verdict).toBe("not measurable");
    expect(result.sentence).toContain(`${result.needed} runs are needed`);
  });
});

describe("what the audit has to find", () => {
  test("noise halved, though the method states all of it", async () => {
    const result = await audited(noiseHalved(counting()));
    expect(result.verdict).toBe("broken");
    expect(result.answers?.spread).toBeCloseTo(0.5, 1);
    expect(result.sentence).toMatch(/at least [2-9].*the guarantee is broken.*(4|5)\d\.\d% of the strength/);
  });

  test("vectors longer than the norm that the noise is for", async () => {
    const result = await audited(counting("clipping"));
    expect(result).toMatchObject({ verdict: "broken" });
    expect(result.answers?.epsilon).toBeGreaterThan(2);
  });

  test("more rows of a patient than the noise is for", async () => {
    const result = await audited(patientsUnbounded(counting()), visits);
    expect(result).toMatchObject({ verdict: "broken" });
    expect(result.answers?.epsilon).toBeGreaterThan(2);
  });

  test("ranges that are read from the table for free", async () => {
    const result = await audited(rangesRead(counting()));
    expect(result.verdict).toBe("broken");
    expect(result.released).toMatchObject({ having: 1, without: 0 });
    expect(result.released?.epsilon).toBeGreaterThan(2);
  });

  test("a level of one patient that is told without a threshold", async () => {
    const result = await audited(counting("threshold"));
    expect(result.verdict).toBe("broken");
    expect(result.released?.epsilon).toBeGreaterThan(2);
  });
});

describe("what is asked", () => {
  test("a method without a guarantee has nothing to test, and runs have bounds", async () => {
    await expect(auditGuarantee(table, { ...asked, synthesizer: "independent" })).rejects.toMatchObject({
      fault: { code: "guarantee-refused" },
    });
    await expect(audited(independent)).rejects.toMatchObject({ fault: { code: "guarantee-refused" } });
    await expect(audited(counting(), table, { runs: 2.5 })).rejects.toMatchObject({
      fault: { code: "bad-use" },
    });
  });

  test("tells how far it is, and ends when it is no longer wanted", async () => {
    const told: number[] = [];
    const settings = {
      find: () => counting(),
      onProgress: (fraction: number) => void told.push(fraction),
      cancelled: () => told.length >= 20,
    };
    await expect(auditGuarantee(table, asked, settings)).rejects.toMatchObject({
      fault: { code: "cancelled" },
    });
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    expect(told.length).toBeLessThan(22);
  });

  test("a stand-in looks at no cell of the patients", async () => {
    const empty: Table = {
      ...table,
      columns: table.columns.map((one) =>
        one.type === "numeric"
          ? { ...one, values: one.values.map(() => NaN) }
          : { ...one, codes: one.codes.map(() => -1), levels: ["x"] },
      ),
    };
    const [real, other] = await Promise.all(
      [table, empty].map((of) => audited(counting(), of, { on: "stand-in", runs: 12 })),
    );
    expect({ ...other, seconds: 0 }).toEqual({ ...real, seconds: 0 });
  });
});
