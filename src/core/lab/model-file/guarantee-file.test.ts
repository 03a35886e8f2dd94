import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { beforeAll, describe, expect, test } from "vitest";
import { simulateCohort } from "../../clinic/cohorts/cohorts.ts";
import { createRng } from "../../math/rng.ts";
import { seededNoise } from "../../private/noise/noise-source.ts";
import { startFit } from "../fit/fit-run.ts";
import { sampleTable } from "../sample/sample.ts";
import { openModelFile, saveModelFile, sharedModelFile, type TrainedModel } from "./model-file.ts";

const wasmPaths = new URL("../../../../node_modules/@tensorflow/tfjs-backend-wasm/dist/", import.meta.url)
  .pathname;
const table = simulateCohort("heart-failure", 1);

const fitted = async (seeded: boolean): Promise<TrainedModel> => {
  const guarantee = {
    public: { columns: [] },
    ...(seeded && { noise: seededNoise(createRng(1)) }),
  };
  const request = { synthesizer: "dp-auto", params: {}, seed: 1, device: "cpu", guarantee } as const;
  return (await startFit(table, request, { wasmPaths, previewRows: 0 }).done).model;
};

let model: TrainedModel;
beforeAll(async () => {
  model = await fitted(false);
});

/** The file with its manifest changed. */
function forged(change: (manifest: Record<string, Record<string, unknown>>) => void): Uint8Array {
  const files = unzipSync(saveModelFile(model));
  const manifest = JSON.parse(strFromU8(files["manifest.json"] as Uint8Array)) as Record<
    string,
    Record<string, unknown>
  >;
  change(manifest);
  return zipSync({ ...files, "manifest.json": strToU8(JSON.stringify(manifest)) });
}

test("a model with a guarantee is saved and opened with it, and what the file says is said to be the file's", async () => {
  const opened = openModelFile(saveModelFile(model));
  expect(opened.facts.guarantee).toEqual(model.facts.guarantee);
  expect(opened.facts.notices?.[0]).toMatch(
    /^Claimed by the file: the file says that it was made with ε 1 at δ/,
  );
  expect(opened.facts.notices?.[0]).toContain("cannot be seen from the file");
  const again = openModelFile(saveModelFile(opened));
  expect(again.facts.notices).toEqual(opened.facts.notices);
  expect(await sampleTable(opened, 50, 3)).toEqual(await sampleTable(model, 50, 3));
});

test("the table it was learned from has no say in its rows", async () => {
  expect(await sampleTable(model, 50, 3, undefined, table)).toEqual(await sampleTable(model, 50, 3));
});

test("seeded noise is called not private", async () => {
  const opened = openModelFile(saveModelFile(await fitted(true)));
  expect(opened.facts.notices?.[0]).toMatch(/^Claimed by the file: Not private/);
});

test("what is given away goes without the evaluation", () => {
  const report = { version: 3 } as unknown as NonNullable<TrainedModel["report"]>;
  const manifest = (bytes: Uint8Array): string => strFromU8(unzipSync(bytes)["manifest.json"] as Uint8Array);
  expect(manifest(saveModelFile({ ...model, report }))).toContain('"report":{');
  expect(manifest(sharedModelFile({ ...model, report }))).not.toContain('"report":{');
});

describe("is damaged", () => {
  test.each<[string, Parameters<typeof forged>[0]]>([
    [
      "where run and model say two epsilons",
      ({ run }) => Object.assign(run?.["guarantee"] as object, { epsilon: 0.1 }),
    ],
    ["where only the model has a guarantee", ({ run }) => void delete run?.["guarantee"]],
    ["where only the run has one", ({ state }) => void delete state?.["guarantee"]],
    [
      "where it is none",
      ({ run, state }) => {
        for (const one of [run, state]) Object.assign(one?.["guarantee"] as object, { delta: 7 });
      },
    ],
    [
      "where its spends come to more than its epsilon",
      ({ run, state }) => {
        for (const one of [run, state]) Object.assign(one?.["guarantee"] as object, { epsilon: 0.5 });
      },
    ],
    [
      "where nothing was spent",
      ({ run, state }) => {
        for (const one of [run, state]) Object.assign(one?.["guarantee"] as object, { spent: [] });
      },
    ],
    ["where its method gives none", (manifest) => void Object.assign(manifest, { synthesizer: "cart" })],
  ])("%s", (_, change) => {
    expect(() => openModelFile(forged(change))).toThrow(
      expect.objectContaining({
        fault: expect.objectContaining({ code: "model-damaged" }) as object,
      }) as Error,
    );
  });
});
