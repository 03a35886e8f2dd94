import { afterEach, describe, expect, test } from "vitest";
import { keptFiles, useNewBrowser as openNewBrowser } from "../fixtures/session-page.ts";
import { gatedPlans, studyPage } from "./fixtures/study-page.ts";

afterEach(openNewBrowser);

/** A study of which one cell is done and the next one under way, on a page that keeps its runs, and its table if `remembers`. */
async function halfDone(remembers: boolean) {
  const { plan, gate } = gatedPlans();
  gate.held = true;
  const page = await studyPage(plan);
  await page.send({ type: "keep-runs", on: true });
  await page.open();
  if (remembers) await page.send({ type: "remember-table", job: 2, on: true });
  await page.add("a");
  await page.until(() => gate.begun.length === 1);
  gate.letGo();
  await page.until(() => gate.begun.length === 2);
  return { page, gate };
}

/** The browser as it would be had the page gone at this moment: what it writes from here on is not there. */
function killed(): void {
  const files = new Map([...keptFiles().files].map(([name, bytes]) => [name, bytes.slice()]));
  openNewBrowser();
  for (const [name, bytes] of files) keptFiles().files.set(name, bytes);
}

async function pageThatComesBack() {
  const { plan, gate } = gatedPlans();
  const page = await studyPage(plan);
  await page.send({ type: "keep-runs", on: true });
  await page.send({ type: "restore", job: 1 });
  return { page, gate };
}

const fileNames = (): string[] =>
  [...keptFiles().files.keys()].filter((name) => name.startsWith("study")).sort();

describe("a page that is opened again", () => {
  test("goes on by itself where its table is kept, and loses the cell under way at most", async () => {
    await halfDone(true);
    killed();
    const { page, gate } = await pageThatComesBack();
    await page.until(() => page.viewOf("a")?.state === "done");
    expect(gate.begun.map((cell) => cell.split(" ")[1])).toEqual([
      "50/real/1",
      "80/independent/1",
      "80/real/1",
    ]);
    expect(page.viewOf("a")).toMatchObject({ done: 4, table: "patients.csv" });
    expect(page.resultOf("a")?.cells).toEqual({ all: 4, done: 4 });
  });

  test("where it is not kept the study waits for it, with its cells", async () => {
    await halfDone(false);
    killed();
    const { page, gate } = await pageThatComesBack();
    await page.until(() => page.viewOf("a") !== undefined);
    expect(page.viewOf("a")).toMatchObject({
      state: "waiting",
      apart: "other-table",
      cells: 4,
      done: 1,
      fraction: 0.25,
    });
    expect(gate.begun).toEqual([]);
    await page.open();
    await page.becomes("a", "done");
    expect(gate.begun).toHaveLength(3);
  });

  test("studies that were held stay so, and what a finished one found is said again", async () => {
    const { page, gate } = await halfDone(true);
    await page.send({ type: "pause-studies" });
    killed();
    const later = (await pageThatComesBack()).page;
    await later.until(() => later.list().length > 0);
    expect(later.of("studies").at(-1)).toMatchObject({ paused: true, studies: [{ state: "paused" }] });
    gate.held = false;
    await later.send({ type: "resume-studies" });
    await later.becomes("a", "done");
    await later.send({ type: "keep-runs", on: true });
    killed();
    const last = (await pageThatComesBack()).page;
    await last.until(() => last.resultOf("a") !== undefined);
    expect(last.resultOf("a")).toEqual(later.resultOf("a"));
  });

  test("a study that another tab has is not gone on with here", async () => {
    await halfDone(true);
    const { page, gate } = await pageThatComesBack();
    await page.add("b");
    await page.becomes("b", "done");
    expect(page.list().map(({ study }) => study)).toEqual(["b"]);
    expect(gate.begun).toHaveLength(4);
  });
});

describe("what is kept of studies", () => {
  test("follows the permission for runs, and goes with it, with the study and with everything", async () => {
    const { page, gate } = await halfDone(false);
    gate.held = false;
    await page.becomes("a", "done");
    expect(fileNames()).toHaveLength(1);
    await page.send({ type: "keep-runs", on: false });
    expect(fileNames()).toEqual([]);
    await page.add("b");
    await page.becomes("b", "done");
    expect(fileNames()).toEqual([]);
    await page.send({ type: "keep-runs", on: true });
    expect(fileNames().map((name) => name.split(".")[1])).toEqual(["a", "b"]);
    await page.send({ type: "remove-study", study: "a" });
    expect(fileNames().map((name) => name.split(".")[1])).toEqual(["b"]);
    await page.send({ type: "forget", job: 7 });
    expect([...keptFiles().files.keys()]).toEqual([]);
    expect(page.list()).toEqual([]);
    await page.send({ type: "undo-forget", job: 8 });
    expect(page.list()).toMatchObject([{ study: "b", state: "done" }]);
    expect(fileNames()).toEqual([]);
    await page.send({ type: "keep-runs", on: true });
    expect(fileNames()).toHaveLength(1);
  });

  test("nothing of a second table stands in the files; it comes back with its study and is written once", async () => {
    const { plan, gate } = gatedPlans();
    const page = await studyPage(plan);
    await page.send({ type: "keep-runs", on: true });
    await page.open();
    const source = { cohort: "heart-failure", seed: 2 };
    await page.send({ type: "open-second", job: 2, source, name: "cohort" });
    const second = page.of("second-opened").at(-1)?.second ?? "";
    gate.held = true;
    const request = {
      study: "rows",
      settings: { rows: [50, 80], methods: ["independent"], seeds: 1 },
      seed: 3,
    } as const;
    await page.send({ type: "add-study", job: 3, study: "a", request, second });
    await page.until(() => gate.begun.length === 1);
    gate.letGo();
    await page.until(() => gate.begun.length === 2);
    expect(fileNames()).toEqual(["study-tables.a.1", "study.a.2"]);
    for (const bytes of keptFiles().files.values())
      expect(Buffer.from(bytes).includes("ejection")).toBe(false);
    killed();
    const later = (await pageThatComesBack()).page;
    await later.until(() => later.list().length > 0);
    await later.open();
    await later.becomes("a", "done");
  });

  test("where there is no room the study goes on, and says that it is not kept", async () => {
    const { page, gate } = await halfDone(false);
    keptFiles().limit.bytes = 100;
    gate.letGo();
    await page.until(() => gate.begun.length === 3);
    await page.until(() => page.viewOf("a")?.unkept !== undefined);
    expect(page.viewOf("a")).toMatchObject({ state: "running", unkept: { code: "storage-full" } });
    keptFiles().limit.bytes = Infinity;
    gate.held = false;
    await page.becomes("a", "done");
    await page.until(() => page.viewOf("a")?.unkept === undefined);
  });
});
