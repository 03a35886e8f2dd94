import { expect, it } from "vitest";
import { createRng } from "../../math/rng.ts";
import { mean, standardDeviation } from "../../math/statistics.ts";
import { Z95 } from "../../math/intervals.ts";
import type { Table } from "../../table/table.ts";
import { tableOf } from "../fixtures/table-of.ts";
import { analysisReplication } from "./analysis-replication.ts";

/** A number that hangs on two others, which hang together. */
function patients(rows: number, seed: number): Table {
  const rng = createRng(seed);
  const people = Array.from({ length: rows }, () => {
    const severity = rng.normal();
    const x = Array.from({ length: 2 }, () => severity + rng.normal());
    return { x, y: x.reduce((sum, value, i) => sum + (0.3 + 0.1 * i) * value, 0) + 3 * rng.normal() };
  });
  const columns = Array.from({ length: 2 }, (_, i) => [
    `x${i}`,
    { kind: "decimal" as const, cells: people.map(({ x }) => x[i] as number) },
  ]);
  return tableOf({
    ...Object.fromEntries(columns),
    y: { kind: "decimal", role: "target", cells: people.map(({ y }) => y) },
  });
}

it("regressions of fresh patients: the loss is 0 on average, spreads as stated, and its interval holds 0", async () => {
  const losses: number[] = [];
  const stated: number[] = [];
  let [covered, before] = [0, 0];
  const tables = 60;
  for (let seed = 0; seed < tables; seed++) {
    const given = { train: patients(240, 3 * seed), holdout: patients(60, 3 * seed + 1) };
    const synthetic = patients(240, 3 * seed + 2);
    const result = await analysisReplication.compute({ ...given, synthetic }, createRng(seed));
    if (result.status !== "ok" || result.detail?.type !== "coefficients") throw new Error("not measured");
    const { value, interval } = result.loss;
    losses.push(value);
    stated.push((interval.high - interval.low) / 2 / Z95);
    if (interval.low <= 0 && interval.high >= 0) covered++;
    const overlaps = result.detail.models.flatMap(({ rows }) => rows.map(({ overlap }) => overlap));
    const between = (Math.SQRT2 * standardDeviation(overlaps)) / Math.sqrt(overlaps.length);
    if (Math.abs(value) <= Z95 * between) before++;
  }
  const spread = standardDeviation(losses);
  expect(Math.abs(mean(losses))).toBeLessThan((3 * spread) / Math.sqrt(tables));
  expect(covered).toBeGreaterThanOrEqual(0.87 * tables);
  expect(mean(stated) / spread).toBeGreaterThan(0.8);
  expect(mean(stated) / spread).toBeLessThan(2);
  // The spread between coefficients, which was taken for the error of either side, holds 0 too seldom.
  expect(before).toBeLessThan(0.87 * tables);
}, 180_000);
