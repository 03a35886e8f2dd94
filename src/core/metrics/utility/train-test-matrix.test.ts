import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createRng } from "../../math/rng.ts";
import { takeRows } from "../../table/table.ts";
import { calibration } from "./calibration.ts";
import { referenceTables } from "../fixtures/reference-tables.ts";
import type { ReferenceTables } from "../fixtures/reference-tables.ts";
import { judgedMeasure } from "../measuring/judge.ts";
import type { Metric, Tables } from "../metric.ts";
import { trainTestMatrix } from "./train-test-matrix.ts";

const read = <T>(name: string): T =>
  JSON.parse(readFileSync(new URL(`../fixtures/${name}`, import.meta.url), "utf8")) as T;

const tables = referenceTables(read<ReferenceTables>("reference.json"), "died");
type Scores = Record<"auroc" | "auprc" | "brier", number>;
/** Made by fixtures/utility.py with scikit-learn. */
const { boosted } = read<{ boosted: Record<"trtr" | "tstr" | "trts", Scores> }>("utility.json");

async function measured(metric: Metric, given: Tables) {
  const result = await metric.compute(given, createRng(1));
  if (result.status !== "ok") throw new Error(result.reason);
  return judgedMeasure(metric, result, 1);
}

describe("train-test-matrix", () => {
  it("agrees with scikit-learn: TRTR within .02, TRTS, which scores half of the synthetic rows, within .07", async () => {
    const { detail } = await measured(trainTestMatrix, tables);
    if (detail?.type !== "figures") throw new Error("no figures");
    expect(detail.rows.length).toBe(9);
    const row = (name: string) => detail.rows.find((own) => own.name === `${name}, TRTS`);
    for (const [name, key] of [
      ["AUROC", "auroc"],
      ["AUPRC", "auprc"],
      ["Brier score", "brier"],
    ] as const) {
      expect(Math.abs((row(name)?.baseline?.value as number) - boosted.trtr[key])).toBeLessThan(0.02);
      expect(Math.abs((row(name)?.synthetic.value as number) - boosted.trts[key])).toBeLessThan(0.07);
    }
  });

  it("a table of copies is easier to predict than real patients are", async () => {
    const rng = createRng(3);
    const copies = takeRows(
      tables.train,
      Int32Array.from({ length: 600 }, () => rng.integer(600)),
    );
    const { sentence, verdict } = await measured(trainTestMatrix, { ...tables, synthetic: copies });
    expect(sentence).toContain("easier to predict");
    expect(verdict).not.toBe("good");
  });
});

describe("calibration", () => {
  it("has scikit-learn's Brier scores within .02", async () => {
    const { sentence } = await measured(calibration, tables);
    const [own, real] = (/Brier scores ([.\d]+) and ([.\d]+)\.$/.exec(sentence) ?? []).slice(1).map(Number);
    expect(Math.abs((own as number) - boosted.tstr.brier)).toBeLessThan(0.02);
    expect(Math.abs((real as number) - boosted.trtr.brier)).toBeLessThan(0.02);
  });

  it("shows no group with 1 to 4 patients of either outcome", async () => {
    const { detail } = await measured(calibration, tables);
    if (detail?.type !== "curves") throw new Error("no curves");
    expect(detail.curves.map(({ of }) => of)).toEqual(["real", "synthetic"]);
    for (const { points } of detail.curves) {
      expect(points.length).toBeGreaterThan(3);
      for (const { y, rows } of points) {
        for (const n of [Math.round(y * rows), Math.round((1 - y) * rows)])
          expect(n === 0 || n >= 5).toBe(true);
      }
    }
  });

  it("alarms where the synthetic table's risk is turned round", async () => {
    const at = tables.synthetic.schema.columns.findIndex(({ name }) => name === "died");
    const died = tables.synthetic.columns[at];
    if (died?.type !== "coded") throw new Error("died");
    const turned = { ...died, codes: died.codes.map((code) => 1 - code) };
    const columns = tables.synthetic.columns.with(at, turned);
    const { verdict, value } = await measured(calibration, {
      ...tables,
      synthetic: { ...tables.synthetic, columns },
    });
    expect(verdict).toBe("much-worse");
    expect(value).toBeGreaterThan(0.2);
  });
});
