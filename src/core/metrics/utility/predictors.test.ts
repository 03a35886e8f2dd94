import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createRng } from "../../math/rng.ts";
import { referenceTables } from "../fixtures/reference-tables.ts";
import type { ReferenceTables } from "../fixtures/reference-tables.ts";
import { tstr } from "./tstr.ts";

const read = <T>(name: string): T =>
  JSON.parse(readFileSync(new URL(`../fixtures/${name}`, import.meta.url), "utf8")) as T;

const tables = read<ReferenceTables>("reference.json");
/** Made by fixtures/utility.py with scikit-learn. */
const reference = read<{
  predictors: Record<string, Record<"real" | "synthetic", { linear: number; forest: number }>>;
}>("utility.json");

describe("predictors against scikit-learn: linear within .001 (.02 of four classes: one against the rest, theirs multinomial), forests within .03", () => {
  it.each([
    ["died", 0.001],
    ["nyha", 0.02],
    ["sbp", 0.001],
  ])("of %s", async (target, tolerance) => {
    const result = await tstr.compute(referenceTables(tables, target), createRng(1));
    if (result.status !== "ok" || result.detail?.type !== "models") throw new Error("no models");
    expect(result.detail.rows[0]?.synthetic).toBe(result.value);
    const [, linear, forest] = result.detail.rows;
    for (const side of ["real", "synthetic"] as const) {
      const theirs = reference.predictors[target]?.[side];
      expect(Math.abs((linear?.[side] as number) - (theirs?.linear as number))).toBeLessThan(tolerance);
      expect(Math.abs((forest?.[side] as number) - (theirs?.forest as number))).toBeLessThan(0.03);
    }
  });
});
