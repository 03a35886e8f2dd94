import { beforeAll, expect, test } from "vitest";
import { createRng } from "../../math/rng.ts";
import { openDevice, tensorCount } from "../../nn/device.ts";
import { levels, madeTable } from "../../table/fixtures/made-table.ts";
import type { Table } from "../../table/table.ts";
import { createAuto } from "./auto.ts";
import { clinicVisits } from "../relations/fixtures/clinic-visits.ts";
import { chooseDesign, shapeOfTable } from "./choice.ts";
import { autoregressive } from "../autoregressive/autoregressive.ts";
import type { Model, Progress } from "../synthesizer.ts";

const auto = createAuto([autoregressive]);

beforeAll(async () => {
  const folder = new URL("../../../../node_modules/@tensorflow/tfjs-backend-wasm/dist/", import.meta.url);
  await openDevice("wasm", { wasmPaths: folder.pathname });
});

/** Four coded columns, each the one before it in 7 of 10 rows. */
function chain(rows: number): Table {
  const rng = createRng(1);
  const codes = Array.from({ length: 4 }, () => new Int32Array(rows));
  for (let i = 0; i < rows; i++)
    codes.forEach((column, j) => {
      const before = codes[j - 1]?.[i];
      column[i] = before !== undefined && rng.uniform() < 0.7 ? before : rng.integer(4);
    });
  return madeTable(codes.map((column, j) => levels(`c${j}`, column, ["a", "b", "c", "d"])));
}

async function fit(rows: number): Promise<{ model: Model; reports: Progress[] }> {
  const run = auto.fit(chain(rows), { steps: 40 }, createRng(1), { previewRows: 0, previewEvery: 0 });
  const reports: Progress[] = [];
  for (;;) {
    const next = await run.next();
    if (next.done) return { model: next.value, reports };
    reports.push(next.value);
  }
}

const said = (reports: readonly Progress[]): string[] => reports.flatMap(({ notice }) => notice ?? []);

test.each([
  [200, /^Auto chose Autoregressive: 200 rows are few .* four networks/],
  [6000, /^Auto chose Autoregressive: 6,000 rows are enough for one network/],
])("%i rows: says in one sentence what it chose and why", async (rows, words) => {
  const { model, reports } = await fit(rows);
  expect(model.synthesizer).toBe("autoregressive");
  expect(said(reports).filter((notice) => words.test(notice))).toHaveLength(1);
  const artifact = await model.save();
  const loaded = await auto.load(artifact);
  expect(await loaded.sample(20, createRng(2))).toEqual(await model.sample(20, createRng(2)));
  await expect(auto.load({ ...artifact, synthesizer: "other" })).rejects.toMatchObject({
    fault: { code: "model-damaged" },
  });
});

test("in between a trial on held-out rows decides, the same from the same seed", async () => {
  const first = await fit(1200);
  const notice = said(first.reports).find((words) => words.startsWith("Auto")) ?? "";
  expect(notice).toMatch(/in a short trial on \d+ held-out rows (one|four) networks? a column were/);
  expect(first.reports.some(({ note }) => note === "Trying settings on held-out rows")).toBe(true);
  const trials = first.reports.flatMap(({ trial }) => (trial ? [trial] : []));
  expect(trials[0]?.map(({ what, loss }) => [what, loss])).toEqual([
    ["one network a column", undefined],
    ["four networks a column", undefined],
  ]);
  expect(trials.some(([one, four]) => one?.loss !== undefined && four?.loss === undefined)).toBe(true);
  expect(trials.at(-1)?.every(({ fraction, loss }) => fraction === 1 && (loss ?? 0) > 0)).toBe(true);
  expect(first.reports.at(-1)?.trial).toBeUndefined();
  const fractions = first.reports.map(({ fraction }) => fraction);
  expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
  const second = await fit(1200);
  expect(said(second.reports)).toEqual(said(first.reports));
  expect(await second.model.sample(30, createRng(3))).toEqual(await first.model.sample(30, createRng(3)));
});

test("ended during the trial it frees every tensor", async () => {
  const before = tensorCount();
  const run = auto.fit(chain(1200), { steps: 400 }, createRng(1), { previewRows: 0, previewEvery: 0 });
  for (let i = 0; i < 5; i++) await run.next();
  await run.return(undefined as never);
  expect(tensorCount()).toBe(before);
});

test("expects a trial to cost what its candidates do", () => {
  const shape = { rows: 2000, columns: 10, numeric: 5, levels: 20 };
  const alone = autoregressive.expectedSeconds?.(shape, defaults(), 1) ?? NaN;
  expect(auto.expectedSeconds?.(shape, { steps: 0 }, 1)).toBeGreaterThan(alone);
  expect("candidates" in chooseDesign(shape)).toBe(true);
});

test("whole patients are learned where rows are their visits over time, and patients are not few", () => {
  const many = shapeOfTable(clinicVisits(90));
  expect(many.patients).toBe(90);
  expect(chooseDesign(many)).toEqual({
    design: "visits",
    params: {},
    reason: "patients have visits over time, so whole patients are learned",
  });
  const few = chooseDesign(shapeOfTable(clinicVisits(19)));
  expect(few.design).toBe("autoregressive");
  expect("reason" in few && few.reason).toMatch(
    /^rows are visits of 19 patients over time, too few to learn whole patients from \(20 are needed\), so each row is learned by itself; \d+ rows are few/,
  );
  const tried = chooseDesign({ rows: 2000, patients: 12, columns: 10, numeric: 5, levels: 20 });
  expect("candidates" in tried && tried.because).toMatch(
    /^rows are visits of 12 patients over time, too few/,
  );
  const { patients: _whose, ...rows } = clinicVisits(90);
  expect(shapeOfTable(rows).patients).toBeUndefined();
});

const defaults = (): Record<string, number | string | boolean> =>
  Object.fromEntries(Object.entries(autoregressive.params).map(([name, spec]) => [name, spec.default]));
