import { afterEach, describe, expect, test } from "vitest";
import { createPage, independent, patients, useNewBrowser } from "./fixtures/session-page.ts";

afterEach(useNewBrowser);

describe("a table made elsewhere", () => {
  /** As another tool writes it: columns in another order, one more of them, decimals in whole numbers, True and False. */
  const synthetic = (rows: number): Blob =>
    new Blob([
      `outcome,Sex,extra,age\n${Array.from({ length: rows }, (_, i) => `${i % 9 ? "no" : "yes"},${i % 2 ? "f" : "m"},1,${(20 + ((i * 31) % 60) + 0.123 * (i % 8)).toFixed(4)}`).join("\n")}\n`,
    ]);
  test("beside the open table it becomes a run with a report and no model, comparable with the lab's own and kept", async () => {
    const page = createPage({ rest: true });
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

    await page.send({ type: "evaluate-elsewhere", job: 5, run: "e", seen: "all", seed: 4 });
    const run = await page.settled("e");
    expect(run).toMatchObject({
      state: "done",
      name: "llm.csv",
      hasModel: false,
      madeElsewhere: true,
      number: 2,
    });
    expect(run?.report?.shape).toMatchObject({ train: 300, holdout: 0, synthetic: 120, columns: 3 });
    expect(run?.report?.run.notices?.join()).toMatch(/taken to have seen all 300 real ones/);
    const wanting = run?.report?.metrics.filter(({ result }) => result.status === "skipped" && result.wants);
    expect(wanting?.map(({ info }) => info.family)).toContain("utility");
    expect(run?.tableId).toBe(page.runOf("own")?.tableId);
    expect(page.of("evaluating").filter((event) => event.run === "e").length).toBeGreaterThan(5);
    expect(JSON.stringify(page.events)).not.toMatch(/MARKER/);

    await page.send({ type: "keep-runs", on: true });
    const later = createPage({ rest: true });
    await later.send({ type: "restore", job: 1 });
    expect(later.runOf("e")).toMatchObject({ madeElsewhere: true, report: { version: 3 } });
    await later.send({ type: "export-model", job: 2, run: "e" });
    expect(later.of("fault").at(-1)?.fault.code).toBe("bad-use");
    await later.send({ type: "forget", job: 3 });
    await later.send({ type: "undo-forget", job: 4 });
    expect(later.runOf("e")?.report).toBeDefined();
  });

  test("a file that must be read as a person says is read so, and again when the real table changes", async () => {
    const page = createPage({ rest: true });
    const text = `sex,age,outcome\n${Array.from({ length: 60 }, (_, i) => `${i % 2 ? "m\xea\xbf" : "f"},${20 + i},${i % 9 ? "no" : "yes"}`).join("\n")}\n`;
    const source = new Blob([Uint8Array.from(text, (char) => char.charCodeAt(0))]);
    const file = { type: "elsewhere-file", slot: "synthetic", source, name: "polish.csv" } as const;
    await page.send({ ...file, job: 1 });
    expect(page.of("fault").at(-1)).toMatchObject({ job: 1, fault: { code: "encoding-unclear" } });
    await page.send({ ...file, job: 2, repair: { encoding: "windows-1250" } });
    await page.send({ type: "elsewhere-file", job: 3, slot: "real", source: patients, name: "real.csv" });
    const { synthetic: read } = page.of("elsewhere").at(-1)?.look ?? {};
    expect(read).toMatchObject({ name: "polish.csv", rows: 60 });
    expect(read?.fault).toBeUndefined();
    expect(read?.notes.join()).toMatch(/read as windows-1250.*“męż”/);
  });

  test("a wrong file is a fault of its own job and changes nothing; another real table says what does not fit it", async () => {
    const page = createPage({ rest: true });
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

    await page.send({ type: "evaluate-elsewhere", job: 9, run: "e", seen: "some", seed: 1 });
    const run = await page.settled("e");
    expect(run?.report?.run.notices?.join()).toMatch(/^300 of 300 held-out rows equal a training row/);
    expect(run?.report?.shape).toMatchObject({ train: 300, holdout: 0 });
    expect(run?.report?.target).toBeUndefined();

    await page.send({ type: "evaluate-elsewhere", job: 20, run: "n", seen: "none", seed: 1 });
    expect((await page.settled("n"))?.report?.shape).toMatchObject({ train: 0, holdout: 300 });
    await page.send({ type: "elsewhere-file", job: 10, slot: "real", source: wrong, name: "wrong.csv" });
    expect(page.of("elsewhere").at(-1)?.look.synthetic).toMatchObject({
      name: "synthetic.csv",
      fault: { code: "columns-unlike" },
    });
    await page.send({ type: "evaluate-elsewhere", job: 11, run: "f", seen: "some", seed: 1 });
    expect(page.of("fault").at(-1)).toMatchObject({ job: 11, fault: { code: "columns-unlike" } });
    await page.send({ type: "elsewhere-file", job: 12, slot: "real", source: patients, name: "real.csv" });
    await page.send({ type: "evaluate-elsewhere", job: 13, run: "g", seen: "some", seed: 1 });
    await page.until(() => page.of("evaluating").some((event) => event.run === "g"));
    await page.send({ type: "cancel-run", run: "g", keep: false });
    expect(await page.settled("g")).toMatchObject({ state: "cancelled" });
    expect(page.runOf("g")?.report).toBeUndefined();
  });
});
