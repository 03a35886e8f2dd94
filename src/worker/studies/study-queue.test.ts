import { afterEach, describe, expect, test } from "vitest";
import { csvTable, independent, text, useNewBrowser } from "../fixtures/session-page.ts";
import { gatedPlans, studyPage, table, tiny } from "./fixtures/study-page.ts";

afterEach(useNewBrowser);

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe("a study of the open table", () => {
  test("is offered, estimated, run to its end and saved; paused on the way it finds the same", async () => {
    const page = await studyPage();
    await page.open();
    await page.send({ type: "offer-studies", job: 2 });
    const offer = page
      .of("studies-offered")
      .at(-1)
      ?.offers.find(({ id }) => id === "rows");
    expect(offer).toMatchObject({ name: "Rows", cells: expect.any(Number), seconds: expect.any(Number) });
    expect(offer?.fields.map(({ name }) => name)).toEqual(["rows", "methods", "seeds"]);
    await page.send({ type: "estimate-study", job: 3, request: tiny });
    expect(page.of("study-estimated").at(-1)).toMatchObject({ job: 3, cells: 4 });

    await page.add("a");
    await page.becomes("a", "done");
    const found = page.resultOf("a");
    expect(found).toMatchObject({ study: "rows", cells: { all: 4, done: 4 }, failed: [] });
    expect(page.viewOf("a")).toMatchObject({ done: 4, fraction: 1, failed: 0, table: "patients.csv" });
    const told = page.of("study").filter(({ study }) => study.now !== undefined);
    expect(new Set(told.map(({ study }) => study.now)).size).toBe(4);
    expect(told.every(({ study }) => (study.secondsLeft ?? -1) >= 0)).toBe(true);

    await page.add("b");
    await page.until(() => page.of("study").some(({ study }) => study.study === "b" && study.done === 1));
    await page.send({ type: "pause-studies" });
    expect(page.viewOf("b")?.state).toBe("paused");
    const done = page.viewOf("b")?.done;
    await wait(20);
    expect(page.viewOf("b")?.done).toBe(done);
    await page.send({ type: "resume-studies" });
    await page.becomes("b", "done");
    const measured = async (study: string, job: number): Promise<unknown> => {
      await page.send({ type: "export-study", job, study, as: "json" });
      const { ran } = JSON.parse(text(page.of("chunk").filter((chunk) => chunk.job === job))) as {
        ran: { factors: object; rows: { measure: string }[] }[];
      };
      const timeless = (rows: { measure: string }[]) => rows.filter(({ measure }) => measure !== "seconds");
      return ran.map(({ factors, rows }) => ({ factors, rows: timeless(rows) }));
    };
    expect(page.resultOf("b")?.say.bold).toBe(found?.say.bold);
    expect(await measured("b", 9)).toEqual(await measured("a", 10));

    for (const [as, words] of [
      ["csv", "80,independent,1,"],
      ["json", '"semblance-study"'],
      ["html", "how many patients are enough?"],
    ] as const) {
      const job = 20 + as.charCodeAt(0);
      await page.send({ type: "export-study", job, study: "b", as });
      expect(text(page.of("chunk").filter((chunk) => chunk.job === job))).toContain(words);
    }
  });

  test("a cell that fails is told and the rest goes on", async () => {
    const { plan, gate } = gatedPlans();
    gate.broken.add("50/independent/1");
    const page = await studyPage(plan);
    await page.open();
    await page.add("a");
    await page.becomes("a", "done");
    expect(page.viewOf("a")).toMatchObject({ done: 4, failed: 1, state: "done" });
    expect(page.resultOf("a")?.failed).toEqual([
      { cell: "50 rows, Independent columns, seed 1", reason: expect.stringContaining("Planted") },
    ]);
  });

  test("what cannot be asked is refused, and changes nothing", async () => {
    const page = await studyPage(gatedPlans().plan);
    await page.add("a");
    expect(page.of("fault").at(-1)?.fault).toMatchObject({ code: "bad-use" });
    await page.open();
    await page.add("b", { settings: { rows: [1, 2] } });
    expect(page.of("fault").at(-1)?.fault).toMatchObject({ code: "parameter-invalid", name: "rows" });
    await page.send({ type: "cancel-study", study: "nobody" });
    expect(page.of("fault").at(-1)?.fault).toMatchObject({ code: "bad-use" });
    await page.open(
      "few.csv",
      csvTable(60, (i) => `${i};${i};m;n;${i % 2}`),
    );
    await page.send({ type: "offer-studies", job: 4 });
    const [offer] =
      page
        .of("studies-offered")
        .at(-1)
        ?.offers.filter(({ id }) => id === "rows") ?? [];
    expect(offer?.refused).toMatchObject({ code: "study-refused" });
    expect(page.list()).toEqual([]);
  });
});

describe("several studies", () => {
  test("run one after the other; one can be put first, cancelled, continued and removed", async () => {
    const { plan, gate } = gatedPlans();
    gate.held = true;
    const page = await studyPage(plan);
    await page.open();
    for (const id of ["a", "b", "c"]) await page.add(id);
    await page.becomes("a", "running");
    expect(page.list().map(({ study, state }) => [study, state])).toEqual([
      ["a", "running"],
      ["b", "waiting"],
      ["c", "waiting"],
    ]);
    await page.send({ type: "study-next", study: "c" });
    expect(page.list().map(({ study }) => study)).toEqual(["a", "c", "b"]);
    gate.letGo();
    await page.until(() => gate.begun.length === 2);
    await page.send({ type: "cancel-study", study: "a" });
    await page.becomes("c", "running");
    expect(page.viewOf("a")).toMatchObject({ state: "cancelled", done: 1 });
    expect(page.list().map(({ study }) => study)).toEqual(["c", "b", "a"]);
    await page.send({ type: "remove-study", study: "c" });
    await page.becomes("b", "running");
    await page.send({ type: "continue-study", study: "a" });
    gate.held = false;
    await page.becomes("a", "done");
    await page.becomes("b", "done");
    expect(
      page
        .list()
        .map(({ study }) => study)
        .sort(),
    ).toEqual(["a", "b"]);
    expect(page.viewOf("a")).toMatchObject({ done: 4 });
  });

  test("a study waits while its table is not open, and goes on when it is again, under whatever name", async () => {
    const { plan, gate } = gatedPlans();
    gate.held = true;
    const page = await studyPage(plan);
    await page.open();
    await page.add("a");
    await page.until(() => gate.begun.length === 1);
    gate.letGo();
    await page.until(() => gate.begun.length === 2);
    await page.open(
      "others.csv",
      csvTable(200, (i) => `${i};${i % 50};m;n;${i % 2 ? "x" : "y"}`),
    );
    expect(page.viewOf("a")).toMatchObject({ state: "waiting", apart: "other-table", done: 1 });
    await page.add("b");
    await page.becomes("b", "running");
    expect(gate.begun.at(-1)).toBe("others.csv 50/independent/1");
    await page.send({ type: "close-table" });
    expect(page.viewOf("b")).toMatchObject({ state: "waiting", apart: "other-table" });
    gate.held = false;
    await page.open("patients again.csv", table);
    await page.becomes("a", "done");
    expect(page.viewOf("b")).toMatchObject({ state: "waiting" });
  });

  test("a table whose schema was changed is said to be another, until the person says to begin anew", async () => {
    const { plan, gate } = gatedPlans();
    gate.held = true;
    const page = await studyPage(plan);
    await page.open();
    await page.add("a");
    await page.until(() => gate.begun.length === 1);
    gate.letGo();
    await page.until(() => gate.begun.length === 2);
    const change = { type: "role", column: "age", role: "omit" } as const;
    await page.send({ type: "revise", job: 8, changes: [change] });
    expect(page.viewOf("a")).toMatchObject({ state: "waiting", apart: "changed", done: 1 });
    await page.send({ type: "revise", job: 9, changes: [] });
    await page.becomes("a", "running");
    expect(page.viewOf("a")?.apart).toBeUndefined();
    await page.send({ type: "revise", job: 10, changes: [change] });
    gate.held = false;
    const before = gate.begun.length;
    await wait(10);
    expect(gate.begun.length).toBe(before);
    await page.send({ type: "continue-study", study: "a" });
    await page.becomes("a", "done");
    expect(gate.begun.length - before).toBe(4);
  });
});

test("a training waits for no more than the cell under way, and the study goes on after it", async () => {
  const { plan, gate } = gatedPlans();
  gate.held = true;
  const page = await studyPage(plan);
  await page.open();
  await page.add("a");
  await page.until(() => gate.begun.length === 1);
  await page.send({ type: "train", job: 5, run: "r", request: independent });
  expect(page.runOf("r")?.state).toBe("queued");
  gate.letGo();
  await page.settled("r");
  expect(page.runOf("r")).toMatchObject({ state: "done" });
  const order = page.events.flatMap((event) =>
    event.type === "run" && event.run.state === "done" && event.run.measuring !== true
      ? ["trained"]
      : event.type === "study" && event.study.now !== undefined
        ? [event.study.now]
        : [],
  );
  await page.until(() => gate.begun.length === 2);
  expect(order.indexOf("trained")).toBeGreaterThan(0);
  expect(new Set(order.slice(0, order.indexOf("trained"))).size).toBe(1);
  gate.held = false;
  await page.becomes("a", "done");
});
