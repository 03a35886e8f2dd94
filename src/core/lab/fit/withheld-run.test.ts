import { expect, test } from "vitest";
import { createRng } from "../../math/rng.ts";
import { madeTable, numbers, texts } from "../../table/fixtures/made-table.ts";
import { evaluateModel } from "../evaluate/evaluate-model.ts";
import { startFit } from "./fit-run.ts";
import { openModelFile, saveModelFile } from "../model-file/model-file.ts";
import { sampleLearned } from "../sample/sample.ts";

const wasmPaths = new URL("../../../../node_modules/@tensorflow/tfjs-backend-wasm/dist/", import.meta.url)
  .pathname;

/** A fifth of the wards are of one patient each, and hardly a name is of two. */
function admissions(rows: number) {
  const rng = createRng(4);
  const cells = <T>(make: (i: number) => T): T[] => Array.from({ length: rows }, (_, i) => make(i));
  return madeTable([
    texts(
      "ward",
      cells((i) => (i % 5 === 0 ? `ward of ${i}` : i % 3 === 0 ? "east" : "west")),
    ),
    texts(
      "floor",
      cells((i) => (i % 5 === 1 ? `floor of ${i}` : i % 2 === 0 ? "upper" : "lower")),
      { rareLevels: "common" },
    ),
    texts(
      "name",
      cells((i) => `name ${i}`),
      { role: "omit" },
    ),
    numbers(
      "age",
      cells(() => Math.round(50 + 15 * rng.normal())),
      { decimals: 0 },
    ),
  ]);
}

test("withheld levels are said, kept as chosen in the model file, and compared as what they come out as", async () => {
  const table = admissions(240);
  const { model, split } = await startFit(
    table,
    { synthesizer: "independent", params: {}, seed: 1, device: "wasm", holdout: { share: 0.25, seed: 1 } },
    { wasmPaths, previewRows: 0 },
  ).done;
  const notices = model.facts.notices?.join(" ");
  expect(notices).toContain(
    "“name” is left out and comes out empty: more than half of its cells have a level that fewer than 5 patients share.",
  );
  expect(notices).toMatch(/come out missing: “ward” \(\d+ cells\)/);
  expect(notices).toMatch(/“floor” \(\d+ cells\) as “other \(rare levels\)”/);

  const opened = openModelFile(saveModelFile(model));
  expect(opened.schema.columns.map(({ rareLevels }) => rareLevels)).toEqual([
    undefined,
    "common",
    undefined,
    undefined,
  ]);
  const drawn = await sampleLearned(opened, 100, 1);
  expect(drawn).toEqual(await sampleLearned(model, 100, 1));

  const report = await evaluateModel(table, split, model);
  expect(report.columns.filter(({ verdict }) => verdict === "much-worse").map(({ name }) => name)).toEqual(
    [],
  );
  expect(report.notes.join(" ")).toContain("fewer than 5 patients share are compared as what they come out");
}, 60_000);
