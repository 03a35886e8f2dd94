import "fake-indexeddb/auto";
import { afterEach, describe, expect, test, vi } from "vitest";
import { createPage, exported, independent, patients } from "./fixtures/session-page.ts";
import { openKeep } from "./keep.ts";

afterEach(async () => {
  vi.restoreAllMocks();
  await openKeep().forget();
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
