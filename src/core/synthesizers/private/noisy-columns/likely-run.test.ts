import { describe, expect, test } from "vitest";
import { createRng, type Rng } from "../../../math/rng.ts";
import { numbers } from "../../../table/fixtures/made-table.ts";
import { cellOf, finerCells, firstCells, type Edges } from "./cells.ts";
import { likelierMasses, likelyRun } from "./likely-run.ts";
import { ticksOf } from "./ticks.ts";

const ROWS = 1000;
const SIGMA = 40;
const ticks = ticksOf(numbers("x", [], { decimals: 0 }).schema);

/** Noisy counts of the cells that `make` falls in. */
function seen(edges: Edges, rng: Rng, make: (rng: Rng) => number): Float64Array {
  const counts = Float64Array.from({ length: edges.length - 1 }, () => SIGMA * rng.normal());
  for (let i = 0; i < ROWS; i++) {
    const cell = cellOf(edges, ticks.toTick(make(rng)));
    counts[cell] = (counts[cell] as number) + 1;
  }
  return counts;
}

const quantile = (edges: Edges, masses: Float64Array, q: number): number => {
  const wanted = q * masses.reduce((a, b) => a + b, 0);
  let below = 0;
  const at = masses.findIndex((mass) => (below += mass) >= wanted);
  return ((edges[at] as number) + (edges[at + 1] as number)) / 2;
};

describe("where numbers lie, of noisy counts", () => {
  test("numbers on both sides of zero keep both, and none goes far beyond", () => {
    const edges = firstCells(ticks, {});
    for (let seed = 0; seed < 10; seed++) {
      const counts = seen(edges, createRng(seed), (rng) => 60 * rng.normal());
      const run = likelyRun({ edges, ticks, counts, sigma: SIGMA, total: ROWS });
      expect(edges[run.first], `seed ${seed}`).toBeLessThan(-60);
      expect(edges[run.first]).toBeGreaterThanOrEqual(-1024);
      expect(edges[run.last + 1]).toBeGreaterThan(60);
      expect(edges[run.last + 1]).toBeLessThanOrEqual(1024);
    }
  });

  test("many zeros do not hide the costs beside them, none of whose cells stands out", () => {
    const edges = firstCells(ticks, {});
    for (let seed = 0; seed < 10; seed++) {
      const cost = (rng: Rng): number =>
        rng.uniform() < 0.7 ? 0 : Math.round(Math.exp(8 + 0.8 * rng.normal()));
      const run = likelyRun({
        edges,
        ticks,
        counts: seen(edges, createRng(seed), cost),
        sigma: SIGMA,
        total: ROWS,
      });
      expect(edges[run.last + 1], `seed ${seed}`).toBeGreaterThan(2500);
      expect(edges[run.last + 1]).toBeLessThan(1e6);
    }
  });

  test("a narrow bell in a wide range of single cells is found, and in one cell that is cut finer", () => {
    const narrow = firstCells(ticks, { range: { from: 90, to: 205, why: "clinical" } });
    const wide = finerCells({ edges: Float64Array.of(128, 256), masses: Float64Array.of(ROWS) }, 64);
    for (let seed = 0; seed < 10; seed++) {
      const sodium = seen(narrow, createRng(seed), (rng) => 138 + 4 * rng.normal());
      const run = likelyRun({ edges: narrow, ticks, counts: sodium, sigma: SIGMA, total: ROWS });
      expect(narrow[run.first], `seed ${seed}`).toBeGreaterThan(115);
      expect(narrow[run.last]).toBeLessThan(165);
      const height = seen(wide.edges, createRng(seed), (rng) => 172 + 10 * rng.normal());
      const masses = likelierMasses(
        { edges: wide.edges, counts: height, sigma: SIGMA, total: ROWS },
        wide.masses,
      );
      expect(quantile(wide.edges, masses, 0.1)).toBeGreaterThan(150);
      expect(quantile(wide.edges, masses, 0.9)).toBeLessThan(205);
    }
  });

  test("an even distribution stays even where no bell explains it better", () => {
    const { edges, masses } = finerCells(
      { edges: Float64Array.of(0, 128), masses: Float64Array.of(ROWS) },
      64,
    );
    const counts = seen(edges, createRng(1), (rng) => Math.floor(128 * rng.uniform()));
    const found = likelierMasses({ edges, counts, sigma: SIGMA, total: ROWS }, masses);
    for (const mass of found) expect(mass).toBeCloseTo(ROWS / 64, 6);
  });
});
