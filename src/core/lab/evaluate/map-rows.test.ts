import { expect, it } from "vitest";
import { createRng } from "../../math/rng.ts";
import { tableOf } from "../../metrics/fixtures/table-of.ts";
import type { Table } from "../../table/table.ts";
import { mapRows } from "./map-rows.ts";

/** Two kinds of patients far apart; `second`: the share of the second kind. */
function patients(rows: number, seed: number, second: number): Table {
  const rng = createRng(seed);
  const kinds = Array.from({ length: rows }, () => (rng.uniform() < second ? 1 : 0));
  return tableOf({
    age: { kind: "decimal", cells: kinds.map((kind) => 60 + 25 * kind + 5 * rng.normal()) },
    bnp: { kind: "decimal", cells: kinds.map((kind) => 5 + 4 * kind + rng.normal()) },
    class: { kind: "category", cells: kinds.map((kind) => (rng.uniform() < 0.9 ? kind : 1 - kind) + "x") },
  });
}

const noPulse = async (): Promise<void> => {};

it("draws train as cells of at least 5 patients and only synthetic rows as points", async () => {
  const train = patients(300, 1, 0.4);
  const found = await mapRows(train, patients(200, 2, 0.4), createRng(1), noPulse);
  expect(found?.maps.map(({ method }) => method)).toEqual(["pca", "umap"]);
  for (const { cells, points, side, x, y } of found?.maps ?? []) {
    expect(points).toHaveLength(200);
    expect(cells).toHaveLength(side * side);
    expect(cells.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 2);
    for (const share of cells) expect(share === 0 || share >= 5 / 300 - 1e-4).toBe(true);
    for (const [a, b] of points) {
      expect(a).toBeGreaterThanOrEqual(x[0]);
      expect(a).toBeLessThanOrEqual(x[1]);
      expect(b).toBeGreaterThanOrEqual(y[0]);
      expect(b).toBeLessThanOrEqual(y[1]);
    }
  }
  expect(JSON.parse(JSON.stringify(found))).toEqual(found);
  expect(await mapRows(train, patients(200, 2, 0.4), createRng(1), noPulse)).toEqual(found);
});

it("shows where a kind of patients is missing", async () => {
  const found = await mapRows(patients(400, 1, 0.5), patients(400, 2, 0), createRng(1), noPulse);
  for (const { cells, points, side, x, y } of found?.maps ?? []) {
    const place = (at: number, [low, high]: readonly [number, number]): number =>
      Math.min(side - 1, Math.floor((side * (at - low)) / (high - low)));
    const reached = new Set(points.map(([a, b]) => place(b, y) * side + place(a, x)));
    const unreached = cells.reduce((sum, share, cell) => sum + (reached.has(cell) ? 0 : share), 0);
    expect(unreached).toBeGreaterThan(0.35);
  }
});

it("counts patients, not their rows", async () => {
  const visits = { ...patients(400, 1, 0.4), patients: Int32Array.from({ length: 400 }, (_, i) => i % 4) };
  expect(await mapRows(visits, patients(200, 2, 0.4), createRng(1), noPulse)).toBeUndefined();
});

it("has no map of a handful of rows, nor of what does not vary", async () => {
  const [few, many] = [patients(30, 1, 0.4), patients(200, 2, 0.4)];
  expect(await mapRows(few, many, createRng(1), noPulse)).toBeUndefined();
  const same = tableOf({ x: { kind: "decimal", cells: Array<number>(100).fill(1) } });
  const found = await mapRows(same, same, createRng(1), noPulse);
  expect(JSON.parse(JSON.stringify({ found }))).toEqual({ found });
});
