import "fake-indexeddb/auto";
import { createHash } from "node:crypto";
import { unzipSync } from "fflate";
import { afterEach, describe, expect, test, vi } from "vitest";
import { tensorCount } from "../core/lab/lab.ts";
import type { Report } from "../core/lab/comparison.ts";
import { openKeep } from "./keep.ts";
import type { Event as LabEvent, Request, TakeAwayKind, TrainRequest } from "./protocol.ts";
import { Session } from "./session.ts";

const wasmPaths = new URL("../../node_modules/@tensorflow/tfjs-backend-wasm/dist/", import.meta.url).pathname;
const independent: TrainRequest = {
  synthesizer: "independent",
  params: {},
  seed: 4,
  device: "wasm",
  holdout: { share: 0.25, seed: 9 },
};
const vae: TrainRequest = { ...independent, synthesizer: "vae", params: { steps: 30 } };

type Of<T extends LabEvent["type"]> = Extract<LabEvent, { type: T }>;

/** A page in place of the real one: what it sends and every event it got, in order. */
function createPage() {
  const events: LabEvent[] = [];
  const waiting = new Set<() => void>();
  const session = new Session({
    keep: openKeep(),
    wasmPaths,
    post: (event) => {
      events.push(structuredClone(event));
      for (const wake of waiting) wake();
    },
  });
  const of = <T extends LabEvent["type"]>(type: T): Of<T>[] =>
    events.filter((event): event is Of<T> => event.type === type);
  const until = (holds: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (!holds()) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      look();
    });
  const send = (request: Request): Promise<void> => session.handle(request);
  const runOf = (run: string) => of("run").findLast((event) => event.run.run === run)?.run;
  const settled = (run: string) =>
    until(() => ["done", "failed", "cancelled"].includes(runOf(run)?.state ?? "")).then(() => runOf(run));
  return { events, of, until, send, runOf, settled };
}

function csvTable(rows: number, cell: (row: number) => string): Blob {
  const lines = Array.from({ length: rows }, (_, i) => cell(i));
  return new Blob([`id;age;sex;note;outcome\n${lines.join("\n")}\n`]);
}

/** The marker in a file; as the first digits of a number, since 53/81 has 98765 among its decimals. */
const MARKED = /MARKER|(?<![\d.])98765/;
const NOTES = ["seen on the ward, stable", "phoned about results", "came with daughter", "refused the test"];
/** 300 patients with ids, free text and a rare outcome. The marker stands in an id, a note and an age. */
const patients = csvTable(300, (i) => {
  const marked = i === 123;
  const id = marked ? "P-MARKER77" : `P-${String(i * 7919).padStart(7, "0")}`;
  const note = `${NOTES[i % 4]} ${marked ? "MARKER88" : i * 31}`;
  const age = marked ? "98765.4" : (20 + ((i * 37) % 60) + 0.1 * (i % 10)).toFixed(1);
  return `${id};${i % 17 === 0 ? "NA" : age};${i % 2 ? "f" : "m"};${note};${i % 11 === 0 ? "yes" : "no"}`;
});

const text = (chunks: Of<"chunk">[]): string =>
  chunks.map(({ bytes }) => new TextDecoder().decode(bytes)).join("");

async function exported(
  page: ReturnType<typeof createPage>,
  run: string,
  job: number,
  rows: number,
  seed = 4,
) {
  await page.send({ type: "export-csv", job, run, rows, seed });
  return text(page.of("chunk").filter((chunk) => chunk.job === job));
}

afterEach(async () => {
  vi.restoreAllMocks();
  await openKeep().forget();
});

describe("a table made elsewhere", () => {
  /** As another tool writes it: columns in another order, one more of them, decimals in whole numbers, True and False. */
  const synthetic = (rows: number): Blob =>
    new Blob([
      `outcome,Sex,extra,age\n${Array.from({ length: rows }, (_, i) => `${i % 9 ? "no" : "yes"},${i % 2 ? "f" : "m"},1,${(20 + ((i * 31) % 60) + 0.123 * (i % 8)).toFixed(4)}`).join("\n")}\n`,
    ]);
  const holdout = { share: 0.25, seed: 9 };

  test("beside the open table it becomes a run with a report and no model, comparable with the lab's own and kept", async () => {
    const page = createPage();
    await page.send({ type: "open", job: 1, source: patients, name: "patients.csv" });
    await page.send({ type: "train", job: 2, run: "own", request: independent });
    await page.settled("own");
    await page.send({
      type: "elsewhere-file",
      job: 3,
      slot: "synthetic",
      source: synthetic(120),
      name: "llm.csv",
    });
    await page.send({
      type: "elsewhere-file",
      job: 4,
      slot: "real",
      source: "open-table",
      name: "patients.csv",
    });
    const look = page.of("elsewhere").at(-1)?.look;
    expect(look).toMatchObject({
      real: { name: "patients.csv", rows: 300, fromOpenTable: true },
      synthetic: { name: "llm.csv", rows: 120, columns: 4 },
      target: "outcome",
      learned: 3,
      compared: 3,
    });
    expect(look?.synthetic?.notes.join()).toMatch(/“Sex” is taken for “sex”.*“extra”/);

    await page.send({ type: "evaluate-elsewhere", job: 5, run: "e", holdout, seed: 4 });
    const run = await page.settled("e");
    expect(run).toMatchObject({
      state: "done",
      name: "llm.csv",
      hasModel: false,
      madeElsewhere: true,
      number: 2,
    });
    expect(run?.report?.shape).toMatchObject({ train: 225, holdout: 75, synthetic: 120, columns: 3 });
    expect(run?.report?.run.notices?.join()).toMatch(/set aside here/);
    expect(run?.tableId).toBe(page.runOf("own")?.tableId);
    expect(page.of("evaluating").filter((event) => event.run === "e").length).toBeGreaterThan(5);
    expect(JSON.stringify(page.events)).not.toMatch(/MARKER/);

    const later = createPage();
    await later.send({ type: "restore", job: 1 });
    expect(later.runOf("e")).toMatchObject({ madeElsewhere: true, report: { version: 2 } });
    await later.send({ type: "export-model", job: 2, run: "e" });
    expect(later.of("fault").at(-1)?.fault.code).toBe("bad-use");
    await later.send({ type: "forget", job: 3 });
    await later.send({ type: "undo-forget", job: 4 });
    expect(later.runOf("e")?.report).toBeDefined();
  });

  test("a wrong file is a fault of its own job and changes nothing; another real table says what does not fit it", async () => {
    const page = createPage();
    const files = { real: patients, holdout: patients, synthetic: synthetic(60) };
    for (const [slot, source] of Object.entries(files) as ["real" | "holdout" | "synthetic", Blob][]) {
      await page.send({ type: "elsewhere-file", job: 1, slot, source, name: `${slot}.csv` });
    }
    const before = page.of("elsewhere").at(-1)?.look;
    expect(before).toMatchObject({ holdout: { rows: 300 }, compared: 3 });
    const wrong = new Blob(["a,b\n1,2\n3,4\n"]);
    await page.send({ type: "elsewhere-file", job: 7, slot: "synthetic", source: wrong, name: "wrong.csv" });
    expect(page.of("fault").at(-1)).toMatchObject({
      job: 7,
      fault: { code: "columns-unlike", file: "wrong.csv" },
    });
    await page.send({ type: "elsewhere-target", job: 8, column: null });
    const after = page.of("elsewhere").at(-1)?.look;
    expect(after).toEqual({ ...before, target: undefined });

    await page.send({ type: "evaluate-elsewhere", job: 9, run: "e", holdout, seed: 1 });
    const run = await page.settled("e");
    expect(run?.report?.notes.join()).toMatch(/held-out rows .* equal a training row/);
    expect(run?.report?.target).toBeUndefined();

    await page.send({ type: "elsewhere-file", job: 10, slot: "real", source: wrong, name: "wrong.csv" });
    expect(page.of("elsewhere").at(-1)?.look.synthetic).toMatchObject({
      name: "synthetic.csv",
      fault: { code: "columns-unlike" },
    });
    await page.send({ type: "evaluate-elsewhere", job: 11, run: "f", holdout, seed: 1 });
    expect(page.of("fault").at(-1)).toMatchObject({ job: 11, fault: { code: "columns-unlike" } });
    await page.send({ type: "elsewhere-file", job: 12, slot: "real", source: patients, name: "real.csv" });
    await page.send({ type: "evaluate-elsewhere", job: 13, run: "g", holdout, seed: 1 });
    await page.until(() => page.of("evaluating").some((event) => event.run === "g"));
    await page.send({ type: "cancel-run", run: "g", keep: false });
    expect(await page.settled("g")).toMatchObject({ state: "cancelled" });
    expect(page.runOf("g")?.report).toBeUndefined();
  });
});

describe("a session, as the page sees it", () => {
  test("says what it can do", async () => {
    const page = createPage();
    await page.send({ type: "hello" });
    const [ready] = page.of("ready");
    expect(ready?.synthesizers.map(({ id }) => id)).toEqual(
      expect.arrayContaining(["vae", "gan", "independent"]),
    );
    expect(ready?.cohorts[0]?.id).toBe("heart-failure");
    expect(ready?.devices[0]).toMatchObject({ asked: "auto", got: "wasm" });
  });

  test("from a file to synthetic rows, a model file, and the same rows from that file without the table", async () => {
    const page = createPage();
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
    expect(page.of("run-progress").at(-1)?.progress.fraction).toBe(1);

    const csv = await exported(page, "a", 3, 12_000);
    const lines = csv.trimEnd().split("\n");
    expect(lines).toHaveLength(12_001);
    expect(lines[0]).toBe("id;age;sex;note;outcome");
    expect(lines[12_000]).toMatch(/^SYN-012000;(NA|\d+\.\d);[fm];;(yes|no)$/);
    const chunks = page.of("chunk");
    expect(chunks.length).toBeGreaterThan(2);
    expect(chunks.at(-1)?.rows).toBe(12_000);

    await page.send({ type: "export-model", job: 4, run: "a" });
    const file = page.of("model-file")[0];
    expect(file?.name).toBe("patients-independent-seed-4.semblance");

    await openKeep().forget();
    const elsewhere = createPage();
    await elsewhere.send({ type: "hello" });
    const source = new Blob([new Uint8Array(file?.bytes ?? [])]);
    await elsewhere.send({ type: "open-model", job: 1, source, name: "x.semblance" });
    const opened = elsewhere.of("run").at(-1)?.run;
    expect(opened).toMatchObject({ fromFile: true, hasModel: true, table: "patients.csv", state: "done" });
    expect(opened?.report).toEqual(run?.report);
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

  test("a run that fails leaves the table and the other runs alive", async () => {
    const page = createPage();
    await page.send({ type: "open-cohort", job: 1, cohort: "diabetes", seed: 1 });
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
    await page.send({ type: "open-cohort", job: 1, cohort: "diabetes", seed: 1 });
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
    await page.send({ type: "open-cohort", job: 1, cohort: "diabetes", seed: 1 });
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
    const page = createPage();
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
    await page.send({ type: "open-cohort", job: 1, cohort: "diabetes", seed: 1 });
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
    await page.send({ type: "open-cohort", job: 1, cohort: "diabetes", seed: 1 });
    const counts: number[] = [];
    for (const [i, request] of [vae, vae, { ...vae, synthesizer: "gan" }, vae].entries()) {
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

  test("the open table is completed, every given cell as it was", async () => {
    const page = createPage();
    await page.send({ type: "open", job: 1, source: patients, name: "patients.csv" });
    await page.send({ type: "train", job: 2, run: "a", request: independent });
    await page.settled("a");
    await page.send({ type: "complete-csv", job: 3, run: "a", seed: 1 });
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
    await page.send({ type: "open-cohort", job: 6, cohort: "diabetes", seed: 1 });
    await page.send({ type: "train", job: 7, run: "c", request: { ...vae, from: "a" } });
    expect(await page.settled("c")).toMatchObject({ state: "failed", fault: { code: "columns-differ" } });
    await page.send({ type: "train", job: 8, run: "d", request: { ...vae, from: "nothing" } });
    expect(page.of("fault").at(-1)).toMatchObject({ job: 8, fault: { code: "bad-use" } });
  });
});

describe("opening", () => {
  test("a file that is no table is refused in words and the open table stays", async () => {
    const page = createPage();
    await page.send({ type: "open", job: 1, source: patients, name: "patients.csv" });
    await page.send({ type: "open", job: 2, source: new Blob([]), name: "nothing.csv" });
    expect(page.of("fault").at(-1)).toMatchObject({ job: 2, fault: { code: "file-empty" } });
    await page.send({ type: "open-model", job: 3, source: patients, name: "patients.semblance" });
    expect(page.of("fault").at(-1)).toMatchObject({ job: 3, fault: { code: "model-damaged" } });
    await page.send({ type: "preview-rows", job: 4, from: 0, count: 1 });
    expect(page.of("rows")).toHaveLength(1);
  });

  test("can be cancelled", async () => {
    const page = createPage();
    const large = csvTable(200_000, (i) => `P${i};${i % 90};m;x;no`);
    const opening = page.send({ type: "open", job: 1, source: large, name: "large.csv" });
    await page.until(() => page.of("reading").length > 0);
    await page.send({ type: "cancel", job: 1 });
    await opening;
    expect(page.of("fault").at(-1)).toMatchObject({ job: 1, fault: { code: "cancelled" } });
    expect(page.of("table")).toHaveLength(0);
  });

  test("a change to the schema is applied, undone, and refused when it names no column", async () => {
    const page = createPage();
    await page.send({ type: "open", job: 1, source: patients, name: "patients.csv" });
    const kindOf = (name: string) =>
      page
        .of("table")
        .at(-1)
        ?.table?.schema.columns.find((column) => column.name === name)?.kind;
    await page.send({ type: "revise", job: 2, changes: [{ type: "kind", column: "age", kind: "category" }] });
    expect(kindOf("age")).toBe("category");
    await page.send({ type: "revise", job: 3, changes: [] });
    expect(kindOf("age")).toBe("decimal");
    await page.send({ type: "revise", job: 4, changes: [{ type: "role", column: "nope", role: "target" }] });
    expect(page.of("fault").at(-1)).toMatchObject({ job: 4, fault: { code: "unknown-column" } });
    await page.send({ type: "open-cohort", job: 5, cohort: "diabetes", seed: 1 });
    await page.send({ type: "revise", job: 6, changes: [{ type: "missing-tokens", tokens: ["", "-9"] }] });
    expect(page.of("table").at(-1)?.job).toBe(6);
  });
});

describe("coming back", () => {
  test("runs come back with their reports and sample the same rows; the table only if that was agreed", async () => {
    const page = createPage();
    await page.send({ type: "open", job: 1, source: patients, name: "patients.csv" });
    await page.send({ type: "train", job: 2, run: "a", request: independent });
    await page.settled("a");
    await page.send({ type: "rename-run", run: "a", name: "First try" });
    const csv = await exported(page, "a", 3, 50);

    const later = createPage();
    await later.send({ type: "hello" });
    await later.send({ type: "restore", job: 1 });
    expect(later.runOf("a")).toEqual({ ...page.runOf("a"), name: "First try" });
    expect(later.of("table")).toHaveLength(0);
    expect(await exported(later, "a", 2, 50)).toBe(csv);
    await later.send({ type: "evaluate", job: 3, run: "a" });
    expect(later.of("fault").at(-1)).toMatchObject({ job: 3, fault: { code: "bad-use" } });

    await page.send({ type: "remember-table", job: 4, on: true });
    expect(page.of("table").at(-1)?.table?.remembered).toBe(true);
    const again = createPage();
    await again.send({ type: "hello" });
    await again.send({ type: "restore", job: 1 });
    expect(again.of("table").at(-1)?.table).toEqual(page.of("table").at(-1)?.table);
    await again.send({ type: "evaluate", job: 2, run: "a" });
    expect(again.runOf("a")?.report).toEqual({ ...page.runOf("a")?.report, metrics: expect.anything() });
    await again.send({ type: "train", job: 3, run: "b", request: independent });
    expect((await again.settled("b"))?.number).toBe(2);

    await again.send({ type: "remember-table", job: 4, on: false });
    const last = createPage();
    await last.send({ type: "restore", job: 1 });
    expect(last.of("table")).toHaveLength(0);
  });

  test("forget removes everything, also what is open", async () => {
    const page = createPage();
    await page.send({ type: "open", job: 1, source: patients, name: "patients.csv" });
    await page.send({ type: "remember-table", job: 2, on: true });
    await page.send({ type: "train", job: 3, run: "a", request: independent });
    await page.settled("a");
    await page.send({ type: "forget", job: 4 });
    expect(page.of("run-deleted").at(-1)?.run).toBe("a");
    expect(page.of("table").at(-1)?.table).toBeNull();
    expect(page.events.at(-1)).toEqual({ type: "done", job: 4 });
    expect((await indexedDB.databases()).map(({ name }) => name)).toEqual([]);
    const later = createPage();
    await later.send({ type: "restore", job: 1 });
    expect(later.events).toEqual([{ type: "done", job: 1 }]);
  });

  test("forgetting can be taken back: the table and the finished runs are there and kept again", async () => {
    const page = createPage();
    await page.send({ type: "open", job: 1, source: patients, name: "patients.csv" });
    await page.send({ type: "train", job: 2, run: "a", request: independent });
    await page.settled("a");
    await page.send({ type: "forget", job: 3 });
    await page.send({ type: "undo-forget", job: 4 });
    expect(page.of("table").at(-1)?.table).toMatchObject({ name: "patients.csv", remembered: false });
    expect(page.runOf("a")).toMatchObject({ state: "done", hasModel: true });
    const later = createPage();
    await later.send({ type: "restore", job: 1 });
    expect(later.runOf("a")?.state).toBe("done");
    expect(later.of("table")).toHaveLength(0);
    await page.send({ type: "forget", job: 5 });
    const after = createPage();
    await after.send({ type: "undo-forget", job: 1 });
    expect(after.events).toEqual([{ type: "done", job: 1 }]);
  });

  test("a browser without room says so beside the run, which stays usable", async () => {
    vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(() => {
      throw new DOMException("The disk is full.", "QuotaExceededError");
    });
    const page = createPage();
    await page.send({ type: "open", job: 1, source: patients, name: "patients.csv" });
    await page.send({ type: "train", job: 2, run: "a", request: independent });
    await page.until(() => (page.runOf("a")?.notices.length ?? 0) > 0);
    expect(page.runOf("a")).toMatchObject({ state: "done", hasModel: true });
    expect(page.runOf("a")?.notices[0]).toContain("no room left");
    await page.send({ type: "remember-table", job: 3, on: true });
    expect(page.of("fault").at(-1)).toMatchObject({ job: 3, fault: { code: "storage-full" } });
    expect(page.of("table").at(-1)?.table?.remembered).toBe(false);
  });

  test("a kept run that was damaged is removed and the others come back", async () => {
    const page = createPage();
    await page.send({ type: "open", job: 1, source: patients, name: "patients.csv" });
    for (const run of ["a", "b"]) {
      await page.send({ type: "train", job: 2, run, request: independent });
      await page.settled(run);
    }
    const keep = openKeep();
    const [a] = await keep.runs();
    if (a === undefined) throw new Error("nothing was kept");
    await keep.keepRun({ ...a, file: a.file?.slice(0, 100) ?? new Uint8Array(1) });
    const later = createPage();
    await later.send({ type: "restore", job: 1 });
    expect(later.runOf("b")?.state).toBe("done");
    expect(later.runOf("a")).toBeUndefined();
    expect(later.of("fault").at(-1)).toMatchObject({ fault: { code: "model-damaged" } });
    expect((await keep.runs()).map(({ view }) => view.run)).toEqual(["b"]);
  });
});

describe("the evaluation as files", () => {
  const synthetic = { name: "patients-synthetic-80.csv", rows: 80, seed: 4 };
  const trained = async () => {
    const page = createPage();
    await page.send({ type: "open", job: 1, source: patients, name: "patients.csv" });
    await page.send({ type: "train", job: 2, run: "a", request: independent });
    await page.settled("a");
    const file = async (kind: TakeAwayKind, job: number): Promise<Uint8Array> => {
      const request = { run: "a", kind, synthetic, withRows: true };
      await page.send({ type: "export-report", job, ...request });
      return Buffer.concat(page.of("chunk").flatMap((chunk) => (chunk.job === job ? [chunk.bytes] : [])));
    };
    return { page, file };
  };

  test("each kind is written, with the digest of the file that was opened", async () => {
    const { page, file } = await trained();
    const sha256 = createHash("sha256")
      .update(await patients.bytes())
      .digest("hex");
    expect(page.runOf("a")?.source).toMatchObject({ sha256, of: "file", rows: 300, columns: 5 });
    for (const [i, kind] of (["html", "json", "model-card", "datasheet"] as const).entries())
      expect(Buffer.from(await file(kind, 10 + i)).toString()).toContain(sha256);
    const csv = await exported(page, "a", 20, 80);
    const metadata = JSON.parse(Buffer.from(await file("croissant", 21)).toString());
    expect(metadata.distribution[0].sha256).toBe(createHash("sha256").update(csv).digest("hex"));
    const zip = await file("bundle", 22);
    const contents = unzipSync(zip);
    expect(Buffer.from(contents["safe-to-share/synthetic.csv"] ?? []).toString()).toBe(csv);
    expect(Object.keys(contents)).toContain("private/model.semblance");
    expect(JSON.parse(Buffer.from(contents["private/settings.json"] ?? []).toString())).toMatchObject({
      synthesizer: "independent",
      seed: 4,
      holdout: { share: 0.25, seed: 9 },
      sha256,
    });
    for (const [name, bytes] of Object.entries(contents)) {
      if (name.startsWith("safe-to-share/")) expect(Buffer.from(bytes).toString(), name).not.toMatch(MARKED);
    }
    expect(
      createHash("sha256")
        .update(await file("bundle", 23))
        .digest("hex"),
    ).toBe(createHash("sha256").update(zip).digest("hex"));
  });

  test("can be cancelled, and says why where there is nothing to write", async () => {
    const { page } = await trained();
    const rows = 200_000;
    const many = { kind: "bundle", synthetic: { ...synthetic, rows }, withRows: true } as const;
    const writing = page.send({ type: "export-report", job: 30, run: "a", ...many });
    await page.until(() => page.of("chunk").some((chunk) => chunk.job === 30 && chunk.rows > 0));
    await page.send({ type: "cancel", job: 30 });
    await writing;
    expect(page.of("fault").at(-1)).toMatchObject({ job: 30, fault: { code: "cancelled" } });
    expect(page.of("chunk").at(-1)?.rows).toBeLessThan(rows);
    await page.send({ type: "export-report", job: 31, run: "nobody", ...many });
    expect(page.of("fault").at(-1)).toMatchObject({ job: 31, fault: { code: "bad-use" } });
  });
});
