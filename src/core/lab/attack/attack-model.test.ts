import { describe, expect, test } from "vitest";
import { simulateCohort } from "../../clinic/cohorts/cohorts.ts";
import { dcrShare } from "../../metrics/privacy/dcr-share.ts";
import { clinicVisits } from "../../synthesizers/relations/fixtures/clinic-visits.ts";
import { takeRows, type Table } from "../../table/table.ts";
import { evaluateModel } from "../evaluate/evaluate-model.ts";
import { startFit } from "../fit/fit-run.ts";
import { attackModel, attackTable } from "./attack-model.ts";

const wasmPaths = new URL("../../../../node_modules/@tensorflow/tfjs-backend-wasm/dist/", import.meta.url)
  .pathname;
const table = takeRows(
  simulateCohort("heart-failure", 1),
  Array.from({ length: 240 }, (_, row) => row),
);

/** Visits of 150 patients as a file has them. */
function clinic(): Table {
  const { patients, ...visits } = clinicVisits(150, 6);
  const levels = Array.from({ length: 150 }, (_, p) => `P-${p}`);
  const id = { name: "id", kind: "identifier", role: "identifier", reason: "", missingToken: "" } as const;
  return {
    ...visits,
    columns: [{ type: "coded", codes: patients as Int32Array, levels }, ...visits.columns],
    schema: { ...visits.schema, columns: [id, ...visits.schema.columns] },
  };
}

async function trained(synthesizer: string, params = {}, of = table) {
  const request = { synthesizer, params, seed: 3, device: "wasm" as const, holdout: { share: 0.3, seed: 1 } };
  const { model, split } = await startFit(of, request, { wasmPaths, previewRows: 0 }).done;
  const report = await evaluateModel(of, split, model, { metrics: [dcrShare] });
  return { model, split, report };
}

describe("attacking a trained model", () => {
  test("puts the attack beside the report's measures, and leaves its sides as they were", async () => {
    const { model, split, report } = await trained("independent");
    const told: number[] = [];
    const asked = { wasmPaths, shadows: 6, onProgress: (fraction: number) => void told.push(fraction) };
    const attacked = await attackModel(table, split, model, report, asked);
    expect(attacked.metrics.map(({ info }) => info.id).toSorted()).toEqual([
      "dcr-share",
      "membership-shadow",
    ]);
    expect(attacked.axes).toEqual(report.axes);
    const row = attacked.metrics.find(({ info }) => info.id === "membership-shadow");
    expect(row?.result).toMatchObject({
      status: "ok",
      sentence: expect.stringContaining("6 models of Independent columns"),
    });
    expect(row?.result.status === "ok" && row.result.verdict).not.toMatch(/worse/);
    expect(told.at(-1)).toBe(1);
    const again = await attackModel(table, split, model, attacked, { wasmPaths, shadows: 6 });
    expect(again.metrics.map(({ info, result }) => [info.id, result])).toEqual(
      attacked.metrics.map(({ info, result }) => [info.id, result]),
    );
  }, 180_000);

  test("asks a model that knows likelihoods for them", async () => {
    const { model, split, report } = await trained("autoregressive", { steps: 30, members: 1 });
    const attacked = await attackModel(table, split, model, report, { wasmPaths, shadows: 6 });
    const row = attacked.metrics.find(({ info }) => info.id === "membership-likelihood");
    expect(row?.result).toMatchObject({ status: "ok" });
    expect(row?.info.criterion).toBe("membership");
  }, 180_000);

  test("halves of whole patients over time are what shadows of visits learn from", async () => {
    const visits = clinic();
    const { model, split, report } = await trained("visits", { steps: 40 }, visits);
    const attacked = await attackModel(visits, split, model, report, { wasmPaths, shadows: 6 });
    const row = attacked.metrics.find(({ info }) => info.id === "membership-shadow");
    expect(row?.result).toMatchObject({
      status: "ok",
      sentence: expect.stringContaining("6 models of Visits on random halves of all patients"),
    });
    expect(row?.result.status === "ok" && row.result.verdict).not.toMatch(/worse/);
  }, 180_000);

  test("ends when it is no longer wanted, while a model trains too", async () => {
    const { model, split, report } = await trained("autoregressive", { steps: 30, members: 1 });
    let asked = 0;
    const cancelled = (): boolean => ++asked > 40;
    await expect(
      attackModel(table, split, model, report, { wasmPaths, shadows: 6, cancelled }),
    ).rejects.toMatchObject({
      fault: { code: "cancelled" },
    });
    await expect(attackModel(table, split, model, report, { wasmPaths, shadows: 7 })).rejects.toMatchObject({
      fault: { code: "bad-use" },
    });
  }, 180_000);

  test("finds copies in a table that was made elsewhere", async () => {
    const { split, report } = await trained("independent");
    const [train, holdout] = [takeRows(table, split.train), takeRows(table, split.holdout)];
    const copied = await attackTable({ train, holdout, synthetic: train }, "cart", 1, report, {
      wasmPaths,
      shadows: 6,
    });
    const row = copied.metrics.find(({ info }) => info.id === "membership-shadow");
    expect(row?.result).toMatchObject({ status: "ok", verdict: "much-worse" });
    expect(copied.findings).toContainEqual(
      expect.objectContaining({
        metric: "membership-shadow",
        remedy: expect.stringContaining("Give neither"),
      }),
    );
  }, 180_000);
});
