import { describe, expect, it } from "vitest";
import type { Plane, PlanePoint, Sweep } from "../report/plane.ts";
import { coarsenedSentences, planeSentences, sweepFacts, sweepSentences } from "../words/plane-words.ts";
import { drawnPoints, planeDrawing, planeListing } from "./plane-shape.ts";
import { sweepListing, sweepRiskDrawing, sweepUseDrawing } from "./sweep-shape.ts";

const figure = (value: number, half = 0.05) => ({
  value,
  interval: { low: value - half, high: value + half },
});
const risk = (value: number) => ({
  value,
  interval: { low: Math.max(0, value - 0.1), high: Math.min(1, value + 0.1) },
  attack: "Linkability",
});
const run = (id: string, at: number, use: number, more: Partial<PlanePoint> = {}): PlanePoint => ({
  id,
  kind: "run",
  name: id,
  risk: risk(at),
  use: figure(use),
  ...more,
});
const coarse = (k: number, at: number, use: number): PlanePoint => ({
  id: `known-${k}`,
  kind: "coarsened",
  name: `k-anonymised, k = ${k}`,
  risk: risk(at),
  use: figure(use),
  coarsened: {
    k,
    by: "known",
    rows: 200,
    leftOut: 0,
    detailLost: 0.1,
    variety: k < 10 ? 1 : 2,
    found: 1 / k,
  },
});
const guarantee = { epsilon: 1, delta: 1e-4, limit: 0.46 };
const plane: Plane = {
  run: "Noisy",
  use: { metric: "tstr", unit: "AUROC", target: "death", chance: 0.5 },
  points: [
    run("Noisy", 0.04, 0.77, { guarantee }),
    run("Trees", 0.2, 0.86),
    { id: "few", kind: "run", name: "Few" },
    { id: "real", kind: "real", name: "The real rows", risk: risk(1), use: figure(0.87) },
    {
      id: "independent",
      kind: "independent",
      name: "Independent columns",
      risk: risk(0.01),
      use: figure(0.5),
    },
    coarse(2, 0.6, 0.85),
    coarse(10, 0.25, 0.75),
  ],
  byChance: 0.08,
  attacks: ["Linkability"],
  known: ["age", "sex"],
  trained: 200,
  heldOut: 90,
};
const frame = { plane, width: 960, height: 470, labelWidth: (text: string) => 6 * text.length };

describe("the plane as geometry", () => {
  it("goes from point to point by risk, on a square-root scale, more use higher up", () => {
    const { spots } = planeDrawing(frame);
    expect(spots.map(({ title }) => title)).toEqual([
      "Independent columns",
      "Noisy",
      "Trees",
      "k-anonymised, k = 10, known columns",
      "k-anonymised, k = 2, known columns",
      "The real rows",
    ]);
    expect(spots[2]?.y).toBeLessThan(spots[0]?.y as number);
    const [quarter, one] = [spots[3]?.x as number, spots[5]?.x as number];
    expect((quarter - 44) / (one - 44)).toBeCloseTo(0.5, 6);
  });

  it("brackets the limit of the shown run and of no other, and not where its noise is seeded", () => {
    const ends = (points: readonly PlanePoint[]): number =>
      planeDrawing({ ...frame, plane: { ...plane, points } }).marks.filter(({ kind }) => kind === "end")
        .length;
    expect(ends(plane.points)).toBe(1);
    expect(ends(plane.points.filter(({ id }) => id !== "Noisy"))).toBe(0);
    expect(ends([run("Noisy", 0.04, 0.77, { guarantee: { ...guarantee, seeded: true } })])).toBe(0);
    expect(planeDrawing(frame).labels.map(({ text }) => text)).toContain("limit of ε 1: 0.46");
  });

  it("keeps its names apart, in narrow frames too", () => {
    for (const width of [960, 342]) {
      const { labels, height } = planeDrawing({ ...frame, width });
      const names = labels.filter(({ anchor, y }) => anchor === "start" && y > 40 && y < height - 40);
      const boxes = names.map(({ x, y, text }) => ({ x, y, right: x + 6 * text.length }));
      boxes.forEach((a, i) =>
        boxes.slice(i + 1).forEach((b) => {
          const apart = Math.abs(a.y - b.y) >= 12 || a.right <= b.x || b.right <= a.x;
          expect(apart).toBe(true);
        }),
      );
    }
  });

  it("lists also what cannot be measured", () => {
    expect(drawnPoints(plane.points)).toHaveLength(6);
    const { rows } = planeListing(plane);
    expect(rows).toHaveLength(7);
    expect(rows.find(({ name }) => name === "Few")?.cells.map(({ text }) => text)).toContain(
      "not measurable",
    );
  });
});

describe("the plane in sentences", () => {
  const words = planeSentences(plane).map((said) => said.map(({ text }) => text).join(""));

  it("says what the shown run costs and what its limit is, apart from what was measured", () => {
    expect(words[0]).toContain("At ε 1 a model of death loses 0.10 AUROC");
    expect(words[0]).toContain("known or not, can gain more than 0.46; those we tried gained 0.04");
    expect(words[1]).toContain(
      "Without a guarantee Trees loses 0.01 AUROC, which so few held-out patients cannot tell from nothing",
    );
    expect(words[2]).toContain("0.08 by chance alone");
  });

  it("never claims a limit for noise that was made for a test", () => {
    const seeded = run("Noisy", 0.04, 0.77, { guarantee: { ...guarantee, seeded: true } });
    const [first] = planeSentences({ ...plane, points: [seeded, ...plane.points.slice(1)] });
    const text = first?.map((said) => said.text).join("");
    expect(text).toContain("not private");
    expect(text).not.toContain("0.46");
  });

  it("compares coarsened tables and runs at the same use", () => {
    const said = coarsenedSentences(plane, "known").join(" ");
    expect(said).toContain(
      "At about the same use (0.86 and 0.85), the coarsened table at k = 2 gives an attacker 0.60, Trees 0.20.",
    );
    expect(said).toContain("At k of 2 or less, some groups hold one outcome only");
    expect(coarsenedSentences(plane, "all")).toEqual([]);
  });
});

const stop = (epsilon: number, use: number) => ({
  epsilon,
  delta: 1e-4,
  limit: (Math.exp(epsilon) - 1) / (Math.exp(epsilon) + 1),
  use: { ...figure(use, 2), values: [use, use] },
  risk: { ...figure(0.05, 0.04), values: [0.05] },
});
const sweep: Sweep = {
  run: "Trees",
  synthesizer: "Auto",
  seeds: 5,
  seconds: 3.2,
  ...(plane.use && { use: plane.use }),
  stops: [stop(0.3, 0.6), stop(1, 0.77), stop(3, 0.83)],
  limits: [0.2, 0.5, 1, 2, 4].map((epsilon) => ({ epsilon, limit: epsilon / (1 + epsilon) })),
  steps: [
    { from: 0.3, to: 1, difference: figure(0.17, 0.05) },
    { from: 1, to: 3, difference: figure(0.06, 0.1) },
  ],
  real: figure(0.87),
  off: run("Trees", 0.2, 0.86),
  patients: 209,
};

describe("the sweep", () => {
  it("puts stops by their logarithm and “off” beside them, and ends intervals where AUROC does", () => {
    const { spots, marks, height } = sweepUseDrawing(sweep, 600);
    expect(spots.map(({ title }) => title)).toEqual(["ε 0.3", "ε 1", "ε 3", "No guarantee: Trees"]);
    const [a, b, c] = spots.map(({ x }) => x) as [number, number, number];
    expect((b - a) / (c - b)).toBeCloseTo(Math.log(1 / 0.3) / Math.log(3), 6);
    for (const { kind, d } of marks)
      if (kind === "synthetic-thin")
        for (const [, y] of d.matchAll(/[MV][\d.]*\s?([\d.]+)/g))
          expect(Number(y)).toBeLessThanOrEqual(height);
    expect(sweepRiskDrawing(sweep, 600).marks.filter(({ kind }) => kind === "end")).toHaveLength(1);
    expect(sweepListing(sweep).rows).toHaveLength(4);
  });

  it("tells where the loss is within noise, and that the ledger stays as it is", () => {
    const said = sweepSentences(sweep).join(" ");
    expect(said).toContain(
      "The loss of use is within noise between ε 1 and 3 (0.06, 95% interval −0.04 to 0.16).",
    );
    expect(said).toContain("It is beyond noise between ε 0.3 and 1 (0.17, 95% interval 0.12 to 0.22).");
    expect(said).toContain("209 patients are too few");
    expect(sweepFacts(sweep)).toBe(
      "15 runs, 5 seeds at each ε, 3 s. None is kept or given away, so nothing is added to the ledger.",
    );
  });
});
