import { afterEach, describe, expect, test } from "vitest";
import { openModelFile, openOwnModelFile, saveModelFile } from "../core/lab/lab.ts";
import {
  createPage,
  exported,
  independent,
  patients,
  text,
  vae,
  useNewBrowser,
} from "./fixtures/session-page.ts";

afterEach(useNewBrowser);

describe("rows under conditions, completed tables, going on", () => {
  test("every row meets what is asked, how rare that was is said, and what nobody meets ends in a fault", async () => {
    const page = createPage();
    await page.send({ type: "open", job: 1, source: patients, name: "patients.csv" });
    await page.send({ type: "train", job: 2, run: "a", request: vae });
    await page.settled("a");
    await page.send({ type: "condition-fields", job: 3, run: "a" });
    const fields = page.of("condition-fields").at(-1)?.fields;
    expect(fields?.map(({ name, type }) => `${name} ${type}`)).toEqual([
      "age range",
      "sex levels",
      "outcome levels",
    ]);
    const where = [
      { column: "age", from: 60 },
      { column: "sex", in: ["f"] },
    ];
    await page.send({ type: "sample-preview", job: 4, run: "a", rows: 8, seed: 1, asked: { where } });
    const sample = page.of("sample").at(-1);
    expect(sample?.cells).toHaveLength(8);
    expect(sample?.cells.every(([, age, sex]) => Number(age) >= 60 && sex === "f")).toBe(true);
    expect(sample?.acceptance?.drawn).toBeGreaterThanOrEqual(sample?.acceptance?.kept ?? Infinity);
    await page.send({ type: "export-csv", job: 5, run: "a", rows: 40, seed: 1, asked: { where } });
    const lines = text(page.of("chunk").filter((chunk) => chunk.job === 5))
      .trimEnd()
      .split("\n")
      .slice(1);
    expect(lines).toHaveLength(40);
    expect(lines.every((line) => Number(line.split(";")[1]) >= 60 && line.split(";")[2] === "f")).toBe(true);

    const nobody = { where: [{ column: "age", from: 1e5 }] };
    await page.send({ type: "export-csv", job: 6, run: "a", rows: 40, seed: 1, asked: nobody });
    expect(page.of("fault").at(-1)).toMatchObject({
      job: 6,
      fault: { code: expect.stringMatching(/^condition-/) },
    });
    expect(await exported(page, "a", 7, 5)).toHaveLength((await exported(page, "a", 8, 5)).length);
  });

  test("says which rows of the open table a run exposes most, and that it cannot once the table is closed", async () => {
    const page = createPage();
    await page.send({ type: "open", job: 1, source: patients, name: "patients.csv" });
    await page.send({ type: "train", job: 2, run: "a", request: vae });
    await page.settled("a");
    await page.send({ type: "exposed-rows", job: 3, run: "a" });
    const exposed = page.of("exposed-rows").at(-1);
    expect(exposed?.run).toBe("a");
    for (const { row, ratio } of exposed?.rows ?? []) {
      expect(Number.isInteger(row) && row >= 1).toBe(true);
      expect(ratio).toBeLessThan(0.5);
    }
    await page.send({ type: "close-table" });
    await page.send({ type: "exposed-rows", job: 4, run: "a" });
    expect(page.of("fault").at(-1)).toMatchObject({ job: 4, fault: { code: "bad-use" } });
    expect(page.of("exposed-rows")).toHaveLength(1);
  });

  test("attacks a run with models that are trained as it was, and puts what came of it into its report", async () => {
    const page = createPage();
    await page.send({ type: "open", job: 1, source: patients, name: "patients.csv" });
    await page.send({ type: "train", job: 2, run: "a", request: independent });
    await page.settled("a");
    const before = page.of("report").at(-1)?.report;
    await page.send({ type: "attack", job: 3, run: "a", shadows: 6 });
    const told = page.of("attacking");
    expect(told.every(({ job, run }) => job === 3 && run === "a")).toBe(true);
    expect(told.at(-1)?.fraction).toBe(1);
    const report = page.of("report").at(-1)?.report;
    expect(report?.metrics.map(({ info }) => info.id)).toContain("membership-shadow");
    expect(report?.axes).toEqual(before?.axes);
    expect(page.of("run").at(-1)?.run.report).toEqual(report);
    expect(page.of("done").at(-1)?.job).toBe(3);

    void page.send({ type: "attack", job: 4, run: "a", shadows: 64 });
    await page.until(() => page.of("attacking").some(({ job }) => job === 4));
    await page.send({ type: "attack", job: 5, run: "a", shadows: 6 });
    expect(page.of("fault").at(-1)).toMatchObject({ job: 5, fault: { code: "bad-use" } });
    await page.send({ type: "cancel", job: 4 });
    await page.until(() => page.of("fault").some(({ job }) => job === 4));
    expect(page.of("fault").at(-1)).toMatchObject({ job: 4, fault: { code: "cancelled" } });
    expect(page.of("report")).toHaveLength(2);

    await page.send({ type: "train", job: 6, run: "b", request: independent });
    await page.settled("b");
    await page.send({ type: "close-table" });
    await page.send({ type: "attack", job: 7, run: "a", shadows: 6 });
    expect(page.of("fault").at(-1)).toMatchObject({ job: 7, fault: { code: "bad-use" } });
  });

  test("the open table is completed, every given cell as it was", async () => {
    const page = createPage();
    await page.send({ type: "open", job: 1, source: patients, name: "patients.csv" });
    await page.send({ type: "train", job: 2, run: "a", request: independent });
    await page.settled("a");
    await page.send({ type: "complete-csv", job: 3, run: "a", seed: 1, what: "table", fillAll: false });
    const before = (await patients.text()).trimEnd().split("\n");
    const after = text(page.of("chunk").filter((chunk) => chunk.job === 3))
      .trimEnd()
      .split("\n");
    expect(after).toHaveLength(before.length);
    before.forEach((line, i) => {
      if (line.split(";")[1] === "NA") expect(after[i]?.split(";")[1]).toMatch(/^\d+\.\d$/);
      else expect(after[i]).toBe(line);
    });
  });

  test("a run goes on from the model of another, with its settings, and that one stays as it is", async () => {
    const page = createPage();
    await page.send({ type: "open", job: 1, source: patients, name: "patients.csv" });
    await page.send({ type: "train", job: 2, run: "a", request: vae });
    expect(await page.settled("a")).toMatchObject({ continues: true });
    const csv = await exported(page, "a", 3, 20);
    await page.send({ type: "train", job: 4, run: "b", request: { ...independent, from: "a" } });
    const run = await page.settled("b");
    expect(run).toMatchObject({
      state: "done",
      request: { synthesizer: "vae", from: "a", params: { steps: 30 } },
    });
    expect(run?.notices.join()).toContain("Went on training from a model of patients.csv");
    expect(run?.report?.run.notices?.join()).toContain("Went on training");
    expect(await exported(page, "a", 5, 20)).toBe(csv);
    await page.send({
      type: "open-cohort",
      job: 6,
      simulation: { cohort: "diabetes", level: 4, patients: 220, seed: 1 },
    });
    await page.send({ type: "train", job: 7, run: "c", request: { ...vae, from: "a" } });
    expect(await page.settled("c")).toMatchObject({ state: "failed", fault: { code: "columns-differ" } });
    await page.send({ type: "train", job: 8, run: "d", request: { ...vae, from: "nothing" } });
    expect(page.of("fault").at(-1)).toMatchObject({ job: 8, fault: { code: "bad-use" } });
  });
});

test("a model file has no say in where its copy is saved, and none of its texts is a live formula", async () => {
  const page = createPage();
  await page.send({ type: "open", job: 1, source: patients, name: "patients.csv" });
  await page.send({ type: "train", job: 2, run: "a", request: independent });
  await page.settled("a");
  await page.send({ type: "export-model", job: 3, run: "a" });
  const model = openModelFile(page.of("model-file").at(-1)?.bytes ?? new Uint8Array());
  const [first, ...others] = model.schema.columns;
  if (first === undefined) throw new Error("no column");
  const hostile = saveModelFile({
    ...model,
    facts: { ...model.facts, table: "../../.ssh/keys" },
    schema: { ...model.schema, columns: [{ ...first, name: "@id", missingToken: "=cmd()" }, ...others] },
  });
  await page.send({ type: "open-model", job: 4, source: new Blob([new Uint8Array(hostile)]), name: "m.zip" });
  expect(page.of("fault")).toEqual([]);
  const run = page.of("run").findLast((event) => event.run.fromFile)?.run.run ?? "";
  await page.send({ type: "export-model", job: 5, run });
  expect(page.of("model-file").at(-1)?.name).toMatch(/^[\p{L}\p{N}_-][\p{L}\p{N}._-]*\.semblance$/u);
  await page.send({ type: "export-csv", job: 6, run, rows: 5, seed: 1 });
  const csv = text(page.of("chunk").filter((chunk) => chunk.job === 6));
  expect(csv.split(/\r?\n/)[0]).toMatch(/^'@id/);
  expect(csv).not.toMatch(/(^|[;,\n])"?[=@]/);
});

test("a forged evaluation in a model file is left out in a sentence, and the model makes rows", async () => {
  const page = createPage();
  await page.send({ type: "open", job: 1, source: patients, name: "patients.csv" });
  await page.send({ type: "train", job: 2, run: "a", request: independent });
  await page.settled("a");
  await page.send({ type: "export-model", job: 3, run: "a" });
  const { report, ...model } = openOwnModelFile(page.of("model-file").at(-1)?.bytes ?? new Uint8Array());
  if (report === undefined) throw new Error("no report");
  const forged = saveModelFile({ ...model, report: { ...report, headline: "FORGED: certified anonymous" } });
  await page.send({ type: "open-model", job: 4, source: new Blob([new Uint8Array(forged)]), name: "m.zip" });
  const run = page.of("run").at(-1)?.run;
  expect(run).toMatchObject({ fromFile: true, hasModel: true, state: "done" });
  expect(run?.report).toBeUndefined();
  expect(run?.notices.join()).toContain("What the file claims of itself is left out");
  expect(JSON.stringify(run)).not.toContain("FORGED");
  expect((await exported(page, run?.run ?? "", 5, 3)).trim().split("\n")).toHaveLength(4);
});
