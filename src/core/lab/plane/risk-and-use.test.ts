import { describe, expect, it } from "vitest";
import { createRng } from "../../math/rng.ts";
import type { PlanePoint } from "../../report/plane.ts";
import { cohort, judgedRun, judges, real, split } from "./fixtures/judged-run.ts";
import { independentRows } from "./plane-tables.ts";
import { pulseUntil, riskAndUse } from "./risk-and-use.ts";

const copies = await judgedRun("copies", real.train);
const independent = await judgedRun("shuffled", independentRows(real.train, createRng(7)));
const told: number[] = [];
const request = { table: cohort, split, shown: copies, beside: [independent], ks: [2, 25] };
const plane = await riskAndUse(request, { metrics: judges, onProgress: (share) => told.push(share) });
const point = (id: string): PlanePoint | undefined => plane.points.find((one) => one.id === id);
const riskOf = (id: string): number => point(id)?.risk?.value ?? NaN;
const useIn = (id: string): number => point(id)?.use?.value ?? NaN;

describe("the plane of risk and use", () => {
  it("puts a copy of the training rows at the far right, as useful as they are", () => {
    expect(riskOf("copies")).toBeGreaterThan(0.95);
    expect(point("copies")?.risk?.interval.low).toBeGreaterThan(0.9);
    expect(useIn("copies")).toBeCloseTo(useIn("real"), 12);
    expect(point("real")?.risk).toMatchObject({ value: 1 });
  });

  it("puts independent columns to the left and near chance, as a run or by itself", () => {
    for (const id of ["shuffled", "independent"]) {
      expect(riskOf(id)).toBeLessThan(0.2);
      expect(Math.abs(useIn(id) - 0.5)).toBeLessThan(0.2);
      expect(useIn(id)).toBeLessThan(useIn("real") - 0.1);
    }
    expect(riskOf("independent")).toBeLessThan(plane.byChance as number);
    expect(plane.byChance).toBeLessThan(0.25);
  });

  it("has the real table coarsened by what is known and by everything", () => {
    const all = [2, 25].map((k) => point(`all-${k}`));
    expect(riskOf("known-2")).toBeGreaterThan(0.5);
    expect(riskOf("all-25")).toBeLessThan(riskOf("all-2"));
    expect(all[0]?.coarsened?.detailLost).toBeLessThan(all[1]?.coarsened?.detailLost as number);
    expect(all[1]?.coarsened?.found).toBeLessThanOrEqual(1 / 25);
    expect(all[1]?.coarsened?.leftOut).toBe(0);
    expect(plane.known).not.toContain("died");
    expect(plane.knownNote).toContain("An outsider is taken to know");
  });

  it("holds every value inside its interval, and repeats", async () => {
    for (const { risk, use } of plane.points)
      for (const figure of [risk, use]) {
        if (figure === undefined) continue;
        expect(figure.interval.low).toBeLessThanOrEqual(figure.value);
        expect(figure.interval.high).toBeGreaterThanOrEqual(figure.value);
      }
    expect(told.at(-1)).toBe(1);
    const again = await riskAndUse({ ...request, ks: [] }, { metrics: judges });
    expect(again.points.find(({ id }) => id === "independent")).toEqual(point("independent"));
  });

  it("says what cannot be measured, and stops when asked to", async () => {
    const unattacked = {
      ...independent,
      report: {
        ...independent.report,
        metrics: independent.report.metrics.filter(({ info }) => info.id === "tstr"),
      },
    };
    const bare = await riskAndUse({ ...request, shown: unattacked, beside: [], ks: [] }, { metrics: judges });
    expect(bare.points[0]?.risk).toBeUndefined();
    expect(bare.byChance).toBeUndefined();
    const cancelled = riskAndUse(request, { metrics: judges, pulse: pulseUntil(() => true) });
    await expect(cancelled).rejects.toMatchObject({ fault: { code: "cancelled" } });
  });
});
