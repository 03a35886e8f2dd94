import { afterEach, describe, expect, test } from "vitest";
import { createPage, few, independent, useNewBrowser } from "./fixtures/session-page.ts";

afterEach(useNewBrowser);

const open = async () => {
  const page = createPage({ rest: true });
  await page.send({ type: "open", job: 1, source: few, name: "few.csv" });
  return page;
};

describe("a run that is measured in two passes", () => {
  test("shows its first report at once; what is trained meanwhile comes before the rest, and the rest arrives", async () => {
    const page = await open();
    await page.send({ type: "train", job: 2, run: "a", request: independent });
    const first = await page.firstDone("a");
    expect(first).toMatchObject({ state: "done", measuring: true, hasModel: true });
    expect(first?.report?.axes).toHaveLength(5);
    expect(first?.report?.pending).toBeDefined();
    await page.send({ type: "train", job: 3, run: "b", request: { ...independent, seed: 5 } });
    await page.send({ type: "sample-preview", job: 4, run: "a", rows: 3, seed: 1 });
    expect(page.of("sample").at(-1)?.cells).toHaveLength(3);
    await page.settled("b");
    const whole = await page.settled("a");
    expect(whole?.report?.pending).toBeUndefined();
    expect(whole?.report?.axes).toEqual(first?.report?.axes);
    expect(whole?.source?.sha256).toMatch(/^[0-9a-f]{64}$/);
    const order = page.of("report").map(({ run, report }) => `${run} ${report.pending ? "first" : "whole"}`);
    expect(order).toEqual(["a first", "b first", "a whole", "b whole"]);
    expect(page.of("fault")).toEqual([]);
  });

  test("is not measured again meanwhile; cancelled, it keeps its first report and says so", async () => {
    const page = await open();
    await page.send({ type: "train", job: 2, run: "a", request: independent });
    const first = await page.firstDone("a");
    await page.send({ type: "evaluate", job: 3, run: "a" });
    expect(page.of("fault").at(-1)).toMatchObject({ job: 3, fault: { code: "bad-use" } });
    await page.send({ type: "cancel-run", run: "a", keep: true });
    const run = await page.settled("a");
    expect(run).toMatchObject({ state: "done", measuring: false, hasModel: true });
    expect(run?.report).toEqual(first?.report);
    expect(run?.report?.notes[0]).toContain("Not measured yet");
    expect(run?.notices.join()).toMatch(/The rest of its measures was cancelled/);
    await page.send({ type: "evaluate", job: 4, run: "a" });
    expect((await page.settled("a"))?.report?.pending).toBeUndefined();
  });

  test("is measured to the end after others that wait behind it were deleted", async () => {
    const page = await open();
    for (const run of ["a", "b", "c"])
      await page.send({ type: "train", job: 2, run, request: { ...independent, seed: 7 } });
    await page.firstDone("c");
    await page.send({ type: "delete-run", run: "a" });
    await page.send({ type: "cancel-run", run: "b", keep: true });
    expect((await page.settled("c"))?.report?.pending).toBeUndefined();
    expect((await page.settled("b"))?.report?.pending).toBeDefined();
    expect(page.of("run-deleted")).toHaveLength(1);
  });
});
