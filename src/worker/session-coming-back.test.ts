import { afterEach, describe, expect, test } from "vitest";
import {
  createPage,
  csvTable,
  exported,
  few,
  independent,
  keptFiles,
  useNewBrowser,
} from "./fixtures/session-page.ts";

afterEach(useNewBrowser);

/** A page with a table and the finished run "a" on it. */
async function pageWithRun(keepRuns: boolean) {
  const page = createPage({ rest: true });
  if (keepRuns) await page.send({ type: "keep-runs", on: true });
  await page.send({ type: "open", job: 1, source: few, name: "patients.csv" });
  await page.send({ type: "train", job: 2, run: "a", request: independent });
  await page.settled("a");
  return page;
}

async function pageThatComesBack() {
  const page = createPage({ rest: true });
  await page.send({ type: "restore", job: 1 });
  return page;
}

const keptSaid = (page: ReturnType<typeof createPage>) => page.of("kept").at(-1)?.kept;
const fileNames = (): string[] => [...keptFiles().files.keys()].sort();

describe("coming back", () => {
  test("runs come back with their reports and sample the same rows; the table only if that was agreed", async () => {
    const page = await pageWithRun(true);
    await page.send({ type: "rename-run", run: "a", name: "First try" });
    const csv = await exported(page, "a", 3, 50);

    const later = await pageThatComesBack();
    expect(later.runOf("a")).toEqual({ ...page.runOf("a"), name: "First try" });
    expect(later.of("table")).toHaveLength(0);
    expect(await exported(later, "a", 2, 50)).toBe(csv);
    await later.send({ type: "evaluate", job: 3, run: "a" });
    expect(later.of("fault").at(-1)).toMatchObject({ job: 3, fault: { code: "bad-use" } });

    await page.send({ type: "remember-table", job: 4, on: true });
    expect(page.of("table").at(-1)?.table?.remembered).toBe(true);
    const again = await pageThatComesBack();
    expect(again.of("table").at(-1)?.table).toEqual(page.of("table").at(-1)?.table);
    await again.send({ type: "evaluate", job: 2, run: "a" });
    await again.settled("a");
    expect(again.runOf("a")?.report).toEqual({ ...page.runOf("a")?.report, metrics: expect.anything() });
    await again.send({ type: "train", job: 3, run: "b", request: independent });
    expect((await again.settled("b"))?.number).toBe(2);

    await again.send({ type: "remember-table", job: 4, on: false });
    expect((await pageThatComesBack()).of("table")).toHaveLength(0);
  });

  test("finished runs are kept only once the person agrees, then those that are there too; refusing removes them", async () => {
    const page = await pageWithRun(false);
    await page.send({ type: "rename-run", run: "a", name: "Not kept" });
    expect(fileNames()).toEqual([]);
    expect((await pageThatComesBack()).runOf("a")).toBeUndefined();

    await page.send({ type: "keep-runs", on: true });
    expect(keptSaid(page)).toMatchObject({ runs: 1, table: false });
    expect((await pageThatComesBack()).runOf("a")).toMatchObject({ name: "Not kept", state: "done" });

    await page.send({ type: "keep-runs", on: false });
    expect(keptSaid(page)).toEqual({ runs: 0, table: false, bytes: 0 });
    expect((await pageThatComesBack()).runOf("a")).toBeUndefined();
    expect(await exported(page, "a", 9, 5)).toContain("\n");
  });

  test("what is kept can be changed in its types as before: its file is read again from what was kept", async () => {
    const codes = csvTable(60, (i) => `${i};${String(i).padStart(3, "0")};m;note ${i};${i % 2}`);
    const page = createPage();
    await page.send({ type: "open", job: 1, source: codes, name: "codes.csv" });
    await page.send({ type: "remember-table", job: 2, on: true });
    const later = await pageThatComesBack();
    const changes = [{ type: "kind", column: "age", kind: "category" }] as const;
    await later.send({ type: "revise", job: 3, changes });
    await later.send({ type: "preview-rows", job: 4, from: 7, count: 1 });
    expect(later.of("rows").at(-1)?.cells[0]?.[1]).toBe("007");
    await later.send({ type: "remember-table", job: 5, on: false });
    await later.send({ type: "revise", job: 6, changes: [] });
    await later.send({ type: "revise", job: 7, changes });
    await later.send({ type: "preview-rows", job: 8, from: 9, count: 1 });
    expect(later.of("rows").at(-1)?.cells[0]?.[1]).toBe("009");
    expect(later.of("fault")).toEqual([]);
  });

  test("forget removes everything, also what is open", async () => {
    const page = await pageWithRun(true);
    await page.send({ type: "remember-table", job: 3, on: true });
    await page.send({ type: "forget", job: 4 });
    expect(page.of("run-deleted").at(-1)?.run).toBe("a");
    expect(page.of("table").at(-1)?.table).toBeNull();
    expect(page.events.at(-1)).toEqual({ type: "done", job: 4 });
    expect(keptSaid(page)).toEqual({ runs: 0, table: false, bytes: 0 });
    expect(fileNames()).toEqual([]);
    const later = await pageThatComesBack();
    expect(later.of("run")).toEqual([]);
    expect(later.of("table")).toEqual([]);
  });

  test("forgetting can be taken back: the table and the finished runs are there, and kept where the page says so", async () => {
    const page = await pageWithRun(false);
    await page.send({ type: "forget", job: 3 });
    await page.send({ type: "undo-forget", job: 4 });
    expect(page.of("table").at(-1)?.table).toMatchObject({ name: "patients.csv", remembered: false });
    expect(page.runOf("a")).toMatchObject({ state: "done", hasModel: true });
    expect(fileNames()).toEqual([]);
    await page.send({ type: "keep-runs", on: true });
    const later = await pageThatComesBack();
    expect(later.runOf("a")?.state).toBe("done");
    expect(later.of("table")).toHaveLength(0);
    await page.send({ type: "forget", job: 5 });
    const after = createPage();
    await after.send({ type: "undo-forget", job: 1 });
    expect(after.of("run")).toEqual([]);
  });

  test("a kept table whose file is only in the keep is whole after forgetting and taking it back", async () => {
    const page = createPage();
    await page.send({ type: "open", job: 1, source: few, name: "patients.csv" });
    await page.send({ type: "remember-table", job: 2, on: true });
    const later = await pageThatComesBack();
    await later.send({ type: "forget", job: 2 });
    await later.send({ type: "undo-forget", job: 3 });
    expect(later.of("table").at(-1)?.table).toMatchObject({ name: "patients.csv", remembered: true });
    const again = await pageThatComesBack();
    await again.send({ type: "train", job: 2, run: "b", request: independent });
    expect((await again.settled("b"))?.source).toMatchObject({ bytes: few.size, of: "file" });
  });

  test("a browser without room says so beside the run, which stays usable", async () => {
    const page = createPage();
    await page.send({ type: "keep-runs", on: true });
    keptFiles().limit.bytes = 100;
    await page.send({ type: "open", job: 1, source: few, name: "patients.csv" });
    await page.send({ type: "train", job: 2, run: "a", request: independent });
    await page.until(() => (page.runOf("a")?.notices.length ?? 0) > 0);
    expect(page.runOf("a")).toMatchObject({ state: "done", hasModel: true });
    expect(page.runOf("a")?.notices[0]).toContain("no room left");
    await page.send({ type: "remember-table", job: 3, on: true });
    expect(page.of("fault").at(-1)).toMatchObject({ job: 3, fault: { code: "storage-full" } });
    expect(page.of("table").at(-1)?.table?.remembered).toBe(false);
    expect(keptSaid(page)?.runs ?? 0).toBe(0);
  });

  test("a kept run that was damaged is removed and the others come back", async () => {
    const page = await pageWithRun(true);
    await page.send({ type: "train", job: 2, run: "b", request: independent });
    await page.settled("b");
    // Each is kept twice: with its first report, and with the whole one.
    await page.until(() => fileNames().join() === "key,run.a.2,run.b.2");
    const { files } = keptFiles();
    files.set("run.a.2", files.get("run.a.2")?.slice(0, 300) ?? new Uint8Array(1));
    const later = await pageThatComesBack();
    expect(later.runOf("b")?.state).toBe("done");
    expect(later.runOf("a")).toBeUndefined();
    expect(later.of("fault").at(-1)).toMatchObject({ fault: { code: "model-damaged" } });
    expect(fileNames()).toEqual(["key", "run.b.2"]);
  });
});

describe("two tabs", () => {
  test("a run that one keeps appears in the other, with a number of its own, and so does its new name", async () => {
    const other = createPage();
    await other.send({ type: "open", job: 1, source: few, name: "patients.csv" });
    await other.send({ type: "train", job: 2, run: "own", request: independent });
    await other.settled("own");
    const page = await pageWithRun(true);
    await other.until(() => other.runOf("a") !== undefined);
    expect(other.runOf("a")).toMatchObject({ state: "done", number: 2, name: "Independent columns 2" });
    expect(await exported(other, "a", 3, 20)).toBe(await exported(page, "a", 3, 20));
    await page.send({ type: "rename-run", run: "a", name: "Renamed" });
    await other.until(() => other.runOf("a")?.name === "Renamed");
    expect(keptSaid(other)).toMatchObject({ runs: 1 });
  });

  test("what one forgets the other says, keeps open, and does not write back", async () => {
    const page = await pageWithRun(true);
    await page.send({ type: "remember-table", job: 3, on: true });
    const other = await pageThatComesBack();
    await other.send({ type: "keep-runs", on: true });
    await page.send({ type: "forget", job: 4 });
    await other.until(() => other.of("forgotten-elsewhere").length === 1);
    expect(other.of("table").at(-1)?.table).toMatchObject({ name: "patients.csv", remembered: false });
    expect(other.runOf("a")).toMatchObject({ state: "done" });
    await other.send({ type: "rename-run", run: "a", name: "Still here" });
    await other.send({ type: "revise", job: 5, changes: [{ type: "role", column: "sex", role: "omit" }] });
    await other.send({ type: "train", job: 6, run: "b", request: independent });
    await other.settled("b");
    expect(fileNames()).toEqual([]);
    expect(keptSaid(other)).toEqual({ runs: 0, table: false, bytes: 0 });
  });

  test("the kept table is the one that was kept last, and closing another does not remove it", async () => {
    const page = await pageWithRun(false);
    await page.send({ type: "remember-table", job: 3, on: true });
    const other = createPage();
    await other.send({
      type: "open-cohort",
      job: 1,
      simulation: { cohort: "heart-failure", level: 3, patients: 2000, seed: 1 },
    });
    const cohort = other.of("table").at(-1)?.table?.name;
    await other.send({ type: "remember-table", job: 2, on: true });
    await page.until(() => page.of("table").at(-1)?.table?.remembered === false);
    await page.send({ type: "close-table" });
    expect((await pageThatComesBack()).of("table").at(-1)?.table?.name).toBe(cohort);
  });

  test("a run that one deletes stays open in the other and is not written back", async () => {
    const page = await pageWithRun(true);
    const other = await pageThatComesBack();
    await other.send({ type: "keep-runs", on: true });
    await page.send({ type: "delete-run", run: "a" });
    await other.send({ type: "rename-run", run: "a", name: "Here" });
    expect(other.runOf("a")?.name).toBe("Here");
    expect(fileNames()).toEqual(["key"]);
  });
});
