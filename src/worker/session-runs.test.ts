import { unzipSync } from "fflate";
import { afterEach, describe, expect, test } from "vitest";
import { tensorCount } from "../core/lab/lab.ts";
import { metrics } from "../core/metrics/registry.ts";
import type { Report } from "../core/report/report.ts";
import {
  createPage,
  csvTable,
  exported,
  few,
  independent,
  MARKED,
  patients,
  vae,
  useNewBrowser,
} from "./fixtures/session-page.ts";

afterEach(useNewBrowser);

describe("a session, as the page sees it", () => {
  test("says what it can do", async () => {
    const page = createPage();
    await page.send({ type: "hello" });
    const [ready] = page.of("ready");
    expect(ready?.synthesizers.map(({ id }) => id)).toEqual(
      expect.arrayContaining(["vae", "gan", "independent"]),
    );
    expect(ready?.cohorts.map(({ id }) => id)).toContain("heart-failure");
    expect(ready?.devices[0]).toMatchObject({ asked: "auto", got: "wasm" });
  });

  test("from a file to synthetic rows, a model file, and the same rows from that file without the table", async () => {
    const page = createPage({ metrics: "every", rest: true });
    await page.send({ type: "open", job: 1, source: patients, name: "patients.csv" });
    const view = page.of("table").at(-1)?.table;
    expect(view?.rows).toBe(300);
    expect(view?.schema.columns.map(({ role }) => role)).toEqual([
      "identifier",
      "feature",
      expect.stringMatching(/feature|sensitive/),
      "omit",
      expect.stringMatching(/feature|target/),
    ]);
    expect(JSON.stringify(page.events)).not.toMatch(/MARKER/);

    await page.send({ type: "train", job: 2, run: "a", request: independent });
    const run = await page.settled("a");
    expect(run).toMatchObject({
      state: "done",
      number: 1,
      hasModel: true,
      fromFile: false,
      device: { got: "wasm" },
    });
    expect(run?.report?.shape).toMatchObject({ train: 225, holdout: 75, synthetic: 225, columns: 3 });
    const measured = run?.report?.metrics.map(({ info }) => info.id) ?? [];
    const ofRows = metrics.filter(({ about }) => about === undefined);
    expect(measured.toSorted()).toEqual(ofRows.map(({ id }) => id).toSorted());
    expect(page.of("run-progress").at(-1)?.progress.fraction).toBe(1);

    const csv = await exported(page, "a", 3, 12_000);
    const lines = csv.trimEnd().split("\n");
    expect(lines).toHaveLength(12_001);
    expect(lines[0]).toBe("id;age;sex;note;outcome");
    expect(lines[12_000]).toMatch(/^P-\d{3,};(NA|\d+\.\d);[fm];;(yes|no)$/);
    const chunks = page.of("chunk");
    expect(chunks.length).toBeGreaterThan(2);
    expect(chunks.at(-1)?.rows).toBe(12_000);

    await page.send({ type: "export-model", job: 4, run: "a" });
    const file = page.of("model-file")[0];
    expect(file?.name).toBe("patients-independent-seed-4.semblance");

    useNewBrowser();
    const elsewhere = createPage();
    await elsewhere.send({ type: "hello" });
    const source = new Blob([new Uint8Array(file?.bytes ?? [])]);
    await elsewhere.send({ type: "open-model", job: 1, source, name: "x.semblance" });
    const opened = elsewhere.of("run").at(-1)?.run;
    expect(opened).toMatchObject({ fromFile: true, hasModel: true, table: "patients.csv", state: "done" });
    expect(opened?.report?.claimed).toBe(true);
    expect(opened?.report?.headline).toBe("Claimed by the file, not measured here");
    expect(opened?.report?.caveat).toContain(run?.report?.headline);
    const valuesOf = (report?: Report) =>
      report?.metrics.map(({ info, result }) => [info.id, result.status === "ok" && result.value]);
    expect(valuesOf(opened?.report)).toEqual(valuesOf(run?.report));
    expect(opened?.notices).toEqual([]);
    expect(await exported(elsewhere, opened?.run ?? "", 2, 12_000)).toBe(csv);
    expect(await exported(elsewhere, opened?.run ?? "", 3, 3)).toBe(`${lines.slice(0, 4).join("\n")}\n`);
  });

  test("no marked cell of the source is in the model file, whoever made it", async () => {
    const page = createPage();
    await page.send({ type: "open", job: 1, source: patients, name: "patients.csv" });
    for (const request of [independent, vae]) {
      await page.send({ type: "train", job: 2, run: request.synthesizer, request });
      expect((await page.settled(request.synthesizer))?.state).toBe("done");
      await page.send({ type: "export-model", job: 3, run: request.synthesizer });
      const bytes = page.of("model-file").at(-1)?.bytes ?? new Uint8Array();
      const contents = Object.values(unzipSync(bytes)).map((entry) =>
        new TextDecoder("latin1").decode(entry),
      );
      expect(contents.join()).toContain("semblance-model");
      expect(contents.join()).not.toMatch(MARKED);
    }
  });

  test("no share of train patients in a model file stands for 1 to 4 of them", async () => {
    const page = createPage();
    await page.send({ type: "open", job: 1, source: patients, name: "patients.csv" });
    await page.send({ type: "train", job: 2, run: "a", request: independent });
    await page.settled("a");
    await page.send({ type: "export-model", job: 3, run: "a" });
    const entries = unzipSync(page.of("model-file").at(-1)?.bytes ?? new Uint8Array());
    const { report } = JSON.parse(new TextDecoder().decode(entries["manifest.json"])) as { report: Report };
    const few = (shares: readonly number[], rows: number): number[] =>
      shares.map((share) => Math.round(share * rows)).filter((count) => count > 0 && count < 5);
    for (const { chart, missing } of report.columns) {
      for (const drawn of [chart, ...(chart.type === "histogram" && chart.log ? [chart.log] : [])]) {
        expect(few(drawn.real, report.shape.train)).toEqual([]);
      }
      expect(few([missing.real], report.shape.train)).toEqual([]);
      expect(few([missing.holdout], report.shape.holdout)).toEqual([]);
    }
  });

  test("tells where training restarts and which weights are kept, however soon after another report", async () => {
    const page = createPage();
    const wards = ["A", "B", "C", "D"];
    const source = csvTable(240, (i) => {
      const [ward, other] = [i % 4, (i * 7) % 5 === 0 ? (i * 3) % 4 : i % 4];
      return `${i};${20 + 15 * ward + (i % 11)};${wards[ward]};${wards[other]}2;${other < 2 ? "yes" : "no"}`;
    });
    await page.send({ type: "open", job: 1, source, name: "wards.csv" });
    const request = { ...independent, synthesizer: "autoregressive", params: { steps: 80 } };
    await page.send({ type: "train", job: 2, run: "a", request });
    await page.until(() => page.runOf("a")?.state === "evaluating");
    await page.send({ type: "cancel-run", run: "a", keep: false });
    expect(page.runOf("a")?.notices.join()).toMatch(/[Ww]eights of/);
    const told = page.of("run-progress").map(({ progress }) => progress);
    expect(told.flatMap(({ step, restart }) => (restart === undefined ? [] : [step]))).toEqual([80]);
    const kept = told.findLast((progress) => progress.kept !== undefined)?.kept;
    expect(kept?.from).toBeGreaterThan(0);
    expect(kept?.to).toBeLessThanOrEqual(160);
  });

  test("a run that fails leaves the table and the other runs alive", async () => {
    const page = createPage();
    await page.send({
      type: "open-cohort",
      job: 1,
      simulation: { cohort: "diabetes", level: 4, patients: 220, seed: 1 },
    });
    await page.send({ type: "train", job: 2, run: "bad", request: { ...vae, params: { steps: -1 } } });
    await page.send({ type: "train", job: 3, run: "good", request: independent });
    expect(await page.settled("bad")).toMatchObject({
      state: "failed",
      fault: { code: "parameter-invalid" },
    });
    expect(page.of("fault").at(-1)).toMatchObject({ run: "bad" });
    expect((await page.settled("good"))?.state).toBe("done");
    await page.send({ type: "sample-preview", job: 4, run: "good", rows: 5, seed: 1 });
    expect(page.of("sample").at(-1)?.cells).toHaveLength(5);
    await page.send({ type: "preview-rows", job: 5, from: 0, count: 3 });
    expect(page.of("rows").at(-1)?.cells).toHaveLength(3);
    await page.send({ type: "export-csv", job: 6, run: "bad", rows: 5, seed: 1 });
    expect(page.of("fault").at(-1)).toMatchObject({ job: 6, fault: { code: "bad-use" } });
  });

  test("runs queue; one is cancelled in the queue, one while it trains, and commands are answered meanwhile", async () => {
    const page = createPage();
    await page.send({ type: "open", job: 1, source: few, name: "few.csv" });
    const long = { ...vae, params: { steps: 100_000, patience: 200 } };
    await page.send({ type: "train", job: 2, run: "long", request: long });
    await page.send({ type: "train", job: 3, run: "queued", request: independent });
    await page.send({ type: "train", job: 4, run: "last", request: independent });
    await page.until(() => page.of("run-progress").some(({ run }) => run === "long"));
    expect(page.runOf("queued")?.state).toBe("queued");
    await page.send({ type: "preview-rows", job: 5, from: 0, count: 2 });
    expect(page.of("rows")).toHaveLength(1);
    await page.send({ type: "cancel-run", run: "queued", keep: false });
    expect(page.runOf("queued")?.state).toBe("cancelled");
    await page.send({ type: "pause", run: "long" });
    await page.until(() => page.runOf("long")?.state === "paused");
    await page.send({ type: "cancel-run", run: "long", keep: false });
    expect(await page.settled("long")).toMatchObject({ state: "cancelled", hasModel: false });
    expect((await page.settled("last"))?.state).toBe("done");
    await page.send({ type: "delete-run", run: "long" });
    expect(page.of("run-deleted").at(-1)?.run).toBe("long");
  });

  test("a run that waits can be made the next or taken out; one that fails does not hold up the others", async () => {
    const page = createPage();
    await page.send({ type: "open", job: 1, source: few, name: "few.csv" });
    const failing = { ...vae, params: { steps: -1 } };
    const long = { ...vae, params: { steps: 100_000, patience: 200 } };
    const requests = { first: long, failing, second: independent, third: independent, fourth: independent };
    let job = 1;
    for (const [run, request] of Object.entries(requests))
      await page.send({ type: "train", job: ++job, run, request });
    const queue = () => page.of("queue").at(-1)?.runs;
    expect(queue()).toEqual(["failing", "second", "third", "fourth"]);
    await page.send({ type: "run-next", run: "fourth" });
    expect(queue()).toEqual(["fourth", "failing", "second", "third"]);
    await page.send({ type: "delete-run", run: "second" });
    expect(queue()).toEqual(["fourth", "failing", "third"]);
    await page.send({ type: "run-next", run: "first" });
    expect(queue()).toEqual(["fourth", "failing", "third"]);
    await page.send({ type: "cancel-run", run: "first", keep: false });
    await page.settled("third");
    expect(page.runOf("failing")?.state).toBe("failed");
    const ends = page.of("run").filter(({ run }) => ["done", "failed", "cancelled"].includes(run.state));
    const order = [...new Set(ends.map(({ run }) => run.run))].filter((run) => run !== "second");
    expect(order).toEqual(["first", "fourth", "failing", "third"]);
    expect(queue()).toEqual([]);
  });

  test("says what runs are expected to take where that is known, and goes on learning it", async () => {
    const page = createPage({ rest: true });
    await page.send({ type: "hello" });
    await page.send({ type: "estimate", job: 1, device: "wasm", share: 0.25, params: {} });
    expect(page.of("fault").at(-1)).toMatchObject({ job: 1, fault: { code: "bad-use" } });
    await page.send({ type: "open", job: 2, source: patients, name: "patients.csv" });
    const params = { vae: { steps: -1 } };
    await page.send({ type: "estimate", job: 3, device: "auto", share: 0.25, params });
    const told = page.of("estimates").at(-1);
    expect(told?.measuring).toBeGreaterThan(0);
    expect(told?.of).not.toHaveProperty("vae");
    for (const { seconds, from } of Object.values(told?.of ?? {})) {
      expect(seconds).toBeGreaterThan(0);
      expect(from).toBe("figures");
    }
    await page.send({ type: "train", job: 4, run: "a", request: independent });
    await page.settled("a");
    await page.send({ type: "estimate", job: 5, device: "auto", share: 0.25, params: {} });
    expect(page.of("estimates").at(-1)?.measuring).not.toBe(told?.measuring);
    expect(page.of("estimates").at(-1)?.of["independent"]).toMatchObject({ from: "runs" });
  });

  test("a run ended early with what it has learned is evaluated and can be sampled", async () => {
    const page = createPage();
    await page.send({ type: "open", job: 1, source: few, name: "few.csv" });
    const long = { ...vae, params: { steps: 100_000, patience: 200 } };
    await page.send({ type: "train", job: 2, run: "long", request: long });
    await page.until(() => page.of("run-progress").some(({ progress }) => progress.step > 20));
    await page.send({ type: "cancel-run", run: "long", keep: true });
    const run = await page.settled("long");
    expect(run).toMatchObject({ state: "done", hasModel: true });
    expect(run?.notices.join()).toContain("ended early");
    expect(run?.report?.metrics.length).toBeGreaterThan(3);
  });

  test("tensors are flat over runs, whether they end, are cancelled or fail", async () => {
    const page = createPage();
    await page.send({ type: "open", job: 1, source: few, name: "few.csv" });
    const counts: number[] = [];
    const long = { ...vae, params: { steps: 100_000, patience: 200 } };
    for (const [i, request] of [vae, long, { ...vae, synthesizer: "gan" }, vae].entries()) {
      const run = `run ${i}`;
      await page.send({ type: "train", job: 2 + i, run, request });
      await page.until(() => page.of("run-progress").some((event) => event.run === run));
      if (i === 1) await page.send({ type: "cancel-run", run, keep: false });
      await page.settled(run);
      if (i !== 1) await exported(page, run, 20 + i, 10);
      counts.push(tensorCount());
    }
    expect(new Set(counts).size).toBe(1);
    expect(counts[0]).toBe(0);
  });
});
