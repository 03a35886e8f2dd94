import { beforeAll, expect, test } from "vitest";
import { simulateCohort } from "../../../clinic/cohorts/cohorts.ts";
import { createRng } from "../../../math/rng.ts";
import { seededNoise } from "../../../private/noise/noise-source.ts";
import { levels, madeTable } from "../../../table/fixtures/made-table.ts";
import { startFit } from "../../fit/fit-run.ts";
import { openModelFile, saveModelFile, type TrainedModel } from "../../model-file/model-file.ts";
import { factsOfRun } from "../run-facts.ts";
import { guaranteeHtml } from "./guarantee-html.ts";
import { guaranteeJson } from "./guarantee-json.ts";
import { guaranteedSharedReadme } from "./guarantee-readme.ts";
import { guaranteeCard, guaranteeDatasheet } from "./guarantee-documents.ts";
import { comparedWith, releaseReport } from "./release-report.ts";

const wasmPaths = new URL("../../../../../node_modules/@tensorflow/tfjs-backend-wasm/dist/", import.meta.url)
  .pathname;
const table = simulateCohort("heart-failure", 1);
const HOSTILE = '<script>alert("x")</script>';
let model: TrainedModel;

beforeAll(async () => {
  const columns = table.schema.columns.map((column) =>
    column.name === "age" ? { ...column, name: HOSTILE } : column,
  );
  const named = { ...table, name: `${HOSTILE}.csv`, schema: { ...table.schema, columns } };
  const guarantee = { public: { columns: [] }, noise: seededNoise(createRng(1)) };
  const request = {
    synthesizer: "dp-target",
    params: { epsilon: 3 },
    seed: 1,
    device: "cpu",
    guarantee,
  } as const;
  ({ model } = await startFit(named, request, { wasmPaths, previewRows: 0 }).done);
});

test("total variation is the share of rows that would have to change, and noise alone what the noise makes of it", () => {
  const drawn = madeTable([levels("sex", [0, 0, 0, 1, -1], ["F", "M"])]);
  const released = {
    columns: ["sex"],
    shares: Float64Array.of(0.4, 0.4, 0.2),
    noise: 0.1,
    cellsOf: () => Int32Array.of(0, 0, 0, 1, 2),
  };
  const { variation, byNoise, cells } = comparedWith(released, drawn);
  expect([variation, cells]).toEqual([expect.closeTo(0.2, 12), 3]);
  const chance = [0.24, 0.24, 0.16].map((product) => Math.sqrt(0.01 + product / 5));
  const expected = (Math.sqrt(2 / Math.PI) * chance.reduce((a, b) => a + b, 0)) / 2;
  expect(byNoise).toBeCloseTo(expected, 12);
});

test("the ledger of the run ends at its epsilon, and every table that the model is made from is compared", async () => {
  const report = await releaseReport(model);
  expect(report.ledger.at(-1)?.epsilonSoFar).toBeLessThanOrEqual(3);
  expect(report.ledger.at(-1)?.epsilonSoFar).toBeGreaterThan(2.9);
  expect(report.rows).toBe(report.guarantee.rows);
  const learned = model.filling.filter((filling) => filling === "learned").length;
  expect(report.compared?.filter(({ columns }) => columns.length === 1)).toHaveLength(learned);
  expect(report.compared?.filter(({ columns }) => columns.length === 2)).toHaveLength(learned - 1);
  expect(await releaseReport(model)).toEqual(report);
  for (const { columns, variation, byNoise } of report.compared ?? [])
    if (columns.length === 2) expect(variation).toBeLessThan(4 * byNoise + 0.05);
});

test("no name of the table is markup, and what has noise that can be foreseen is called not private in each file", async () => {
  const facts = factsOfRun(model, {});
  const report = await releaseReport(model);
  const page = await guaranteeHtml(model, facts);
  expect(page).not.toContain("<script>");
  expect(page).toContain("&lt;script&gt;");
  for (const text of [page, guaranteeCard(report, model, facts), guaranteeDatasheet(report, model, facts)]) {
    expect(text).not.toContain("<script");
    expect(text).toContain("Not private");
    expect(text).not.toContain("Differentially private with");
  }
});

test("of a model that came as a file each report says that it is the file that says so", async () => {
  const fitted = await startFit(
    table,
    { synthesizer: "dp-target", params: {}, seed: 1, device: "cpu", guarantee: { public: { columns: [] } } },
    { wasmPaths, previewRows: 0 },
  ).done;
  const files = async (from: TrainedModel): Promise<string[]> => {
    const [facts, report] = [factsOfRun(from, {}), await releaseReport(from)];
    return [
      await guaranteeHtml(from, facts),
      guaranteeJson(report, facts),
      guaranteeCard(report, from, facts),
      guaranteeDatasheet(report, from, facts),
      guaranteedSharedReadme(report, from, true),
    ];
  };
  for (const text of await files(fitted.model)) {
    expect(text).toContain("Differentially private with");
    expect(text).not.toContain("the file says");
  }
  for (const text of await files(openModelFile(saveModelFile(fitted.model)))) {
    expect(text).toContain("the file says that it was made with");
    expect(text).not.toContain("Differentially private with");
  }
});

test("a model without a guarantee has no report for outside", async () => {
  const { guarantee: _none, ...state } = model.artifact.state;
  await expect(releaseReport({ ...model, artifact: { ...model.artifact, state } })).rejects.toMatchObject({
    fault: { code: "bad-use" },
  });
});
