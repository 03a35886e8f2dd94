import { expect, test } from "vitest";
import { brokenVisits, clinicVisits } from "../../synthesizers/relations/fixtures/clinic-visits.ts";
import type { ColumnSchema, Table } from "../../table/table.ts";
import { splitRows } from "../../table/split.ts";
import { sampleLearned } from "../sample/sample.ts";
import type { FitProgress, FitRequest } from "./fit-request.ts";
import { startFit } from "./fit-run.ts";

const wasmPaths = new URL("../../../../node_modules/@tensorflow/tfjs-backend-wasm/dist/", import.meta.url)
  .pathname;

/** Visits as a file has them: patients are told by the ids of a column. */
function fromAFile(): Table {
  const { patients, ...table } = clinicVisits(150, 6);
  const ids = patients as Int32Array;
  const schema: ColumnSchema = {
    name: "id",
    kind: "identifier",
    role: "identifier",
    reason: "",
    missingToken: "",
  };
  const levels = Array.from({ length: 150 }, (_, p) => `P-${p}`);
  return {
    ...table,
    columns: [{ type: "coded", codes: ids, levels }, ...table.columns],
    schema: { ...table.schema, columns: [schema, ...table.schema.columns] },
  };
}

const request: FitRequest = {
  synthesizer: "auto",
  params: { steps: 40 },
  seed: 1,
  device: "wasm",
  holdout: { share: 0.3, seed: 1 },
};

test(
  "a run of visits learns whole patients, watches them, and says what they keep",
  { timeout: 60_000 },
  async () => {
    const table = fromAFile();
    const progress: FitProgress[] = [];
    const fit = startFit(
      table,
      request,
      { wasmPaths, previewRows: 200, lookEvery: 0 },
      {
        onProgress: (one) => progress.push(one),
      },
    );
    const { model, split } = await fit.done;
    expect(model.artifact.synthesizer).toBe("visits");
    const { notices = [], rules = [] } = model.facts;
    expect(
      notices.some((notice) => notice.startsWith("Auto chose Visits: patients have visits over time")),
    ).toBe(true);
    expect(notices.some((notice) => notice.startsWith("Kept in every visit:"))).toBe(true);
    expect(rules).toContain("day <= end");
    expect(split).toEqual(splitRows(table, { share: 0.3, seed: 1 }));
    const looks = progress.flatMap(({ look }) => look ?? []);
    expect(looks.length).toBeGreaterThan(0);
    for (const { c2st, nearer, nearerByChance } of looks) {
      expect(c2st).toBeGreaterThan(0.4);
      expect(nearer).toBeLessThan(nearerByChance);
    }
    expect(progress.some(({ margins }) => (margins?.length ?? 0) > 0)).toBe(true);
    const drawn = await sampleLearned(model, { patients: 60 }, 2);
    expect(new Set(drawn.patients).size).toBe(60);
    expect(brokenVisits(drawn)).toEqual([]);
  },
);

test(
  "a model of rows is not what a model of visits goes on from, nor the other way round",
  { timeout: 60_000 },
  async () => {
    const table = fromAFile();
    const { model } = await startFit(
      table,
      { ...request, synthesizer: "visits" },
      { wasmPaths, previewRows: 0 },
    ).done;
    for (const synthesizer of ["visits", "autoregressive", "auto"])
      await expect(
        startFit(table, { ...request, synthesizer, from: model }, { wasmPaths, previewRows: 0 }).done,
      ).rejects.toMatchObject({ fault: { code: "bad-use" } });
  },
);
