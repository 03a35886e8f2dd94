import { describe, expect, it } from "vitest";
import { breathe } from "../../math/breathe.ts";
import { FaultError } from "../../fault.ts";
import { createRng } from "../../math/rng.ts";
import { openDevice, tensorCount } from "../../nn/device.ts";
import { levels, madeTable, numbers } from "../../table/fixtures/made-table.ts";
import { selectColumns, type Table } from "../../table/table.ts";
import { divergence } from "../measuring/binned-divergence.ts";
import { planStudy, resultOf, runCell } from "../running/run-study.ts";
import type { CellDone, StudySettings, StudyTools } from "../study.ts";
import { foundOf, type Told } from "./groups-found.ts";

const wasmPaths = new URL("../../../../node_modules/@tensorflow/tfjs-backend-wasm/dist/", import.meta.url)
  .pathname;
const tools: StudyTools = { wasmPaths, pulse: breathe, cancelled: () => false };

/** Patients of wards A and B (and `few` of C) whose laboratory value and whose effect on death differ where `apart`. */
function patients(apart: boolean, few = 0): Table {
  const rng = createRng(5);
  const rows = 500 + few;
  const ward = Int32Array.from({ length: rows }, (_, row) => (row < few ? 2 : rng.integer(2)));
  const turned = (row: number): boolean => apart && ward[row] === 1;
  const lab = Float64Array.from(ward, (_, row) => rng.normal() + (turned(row) ? 2 : 0));
  const weight = Float64Array.from(
    ward,
    (_, row) => 0.8 * (turned(row) ? -1 : 1) * (lab[row] as number) + rng.normal(),
  );
  const died = Int32Array.from(ward, (_, row) => {
    const risk = turned(row) ? 2 - (lab[row] as number) : (lab[row] as number);
    return rng.uniform() < 1 / (1 + Math.exp(-2 * risk)) ? 1 : 0;
  });
  return madeTable([
    levels("ward", ward, ["A", "B", "C"], { role: "sensitive" }),
    numbers("lab", lab, { decimals: 2 }),
    numbers("weight", weight, { decimals: 2 }),
    levels("died", died, ["no", "yes"], { kind: "boolean", role: "target" }),
  ]);
}

async function studied(table: Table, settings: StudySettings) {
  const plan = planStudy({ study: "groups", settings, seed: 3 }, { table });
  const done: CellDone[] = [];
  for (const cell of plan.grid.cells) done.push(await runCell(plan, cell, tools));
  return { plan, done, result: resultOf(plan, done) };
}

describe("one model for each group, or one for all", () => {
  it("finds the one for each better where groups are planted to differ, and the same from the same seed", async () => {
    const { plan, done, result } = await studied(patients(true), { methods: ["copula"], seeds: 3 });
    expect(result.failed).toEqual([]);
    expect(result.say.bold).toMatch(
      /^With Gaussian copula, one model for each group of ward .*predicts died better/,
    );
    expect(result.say.bold).not.toMatch(/worse|easier|further/);
    const cell = plan.grid.cells.find(({ key }) => key === "each/0/copula/2");
    if (cell === undefined) throw new Error("There is no such cell.");
    const again = await runCell(planStudy(plan.request, plan.source), cell, tools);
    expect(again.rows).toEqual(done.find(({ key }) => key === cell.key)?.rows);
  });

  it("says that there is no difference beyond noise where there is none, and what may hide in it", async () => {
    const { result } = await studied(patients(false), { methods: ["copula"], seeds: 3 });
    expect(result.say.bold).toBe(
      "No difference beyond noise between one model for each group of ward and one model of all.",
    );
    expect(result.more?.[0]).toMatch(
      /^Where no difference was seen there may still be one \(95%\): KL by up to 0\.\d{3}/,
    );
  });

  it("lists a group of 8 with its reason, and shows no count below 5", async () => {
    const plan = planStudy(
      { study: "groups", settings: { methods: ["copula"], seeds: 1 }, seed: 3 },
      { table: patients(true, 8) },
    );
    expect(plan.grid.cells.some(({ factors }) => factors["group"] === "C")).toBe(false);
    const found = plan.grid.reduce([]);
    expect(found.more?.join(" ")).toMatch(
      /Too small for a model of their own: C \([5-8] patients to learn from, at least 50 are needed\)/,
    );
    expect(found.say.bold).toMatch(/^Nothing can be said yet/);
    const four = planStudy(
      { study: "groups", settings: { methods: ["copula"], seeds: 1 }, seed: 3 },
      { table: patients(true, 4) },
    );
    expect(JSON.stringify(four.grid.reduce([]))).not.toMatch(/\b[1-4] patients/);
  });

  it("leaves no tensor behind", async () => {
    await openDevice("wasm", { wasmPaths });
    const before = tensorCount();
    const plan = planStudy(
      { study: "groups", settings: { methods: ["autoregressive"], seeds: 1 }, seed: 3 },
      { table: patients(true) },
    );
    const cell = plan.grid.cells.find(({ key }) => key === "each/0/autoregressive/1");
    if (cell === undefined) throw new Error("There is no such cell.");
    expect((await runCell(plan, cell, tools)).rows.map(({ measure }) => measure)).toEqual([
      "kl",
      "c2st",
      "tstr",
    ]);
    expect(tensorCount()).toBe(before);
  });

  it("refuses, in words, a table without groups, and a column whose groups are too small", () => {
    const refusal = (table: Table, settings: StudySettings) => {
      try {
        planStudy({ study: "groups", settings, seed: 1 }, { table });
      } catch (error) {
        return error instanceof FaultError ? error.fault : error;
      }
      return undefined;
    };
    const wards = (of: (row: number) => number): Table => {
      const table = patients(true);
      const columns = table.columns.map((column, i) =>
        i === 0 && column.type === "coded"
          ? { ...column, codes: column.codes.map((_, row) => of(row)) }
          : column,
      );
      return { ...table, columns };
    };
    expect(
      refusal(
        wards((row) => (row < 40 ? 1 : 0)),
        { groups: "ward" },
      ),
    ).toMatchObject({
      code: "study-refused",
      reason: expect.stringMatching(/^Only one group of “ward” is large enough. Too small: B \(/) as string,
    });
    expect(
      refusal(
        wards(() => 0),
        { groups: "ward" },
      ),
    ).toMatchObject({ code: "parameter-invalid", name: "groups" });
    expect(
      refusal(
        selectColumns(
          wards(() => 0),
          [0, 3],
        ),
        {},
      ),
    ).toMatchObject({
      code: "study-refused",
      reason: "No column marks two groups of at least 50 patients to learn from.",
    });
  });
});

describe("the reduction", () => {
  const told: Told = {
    cells: [1, 2].flatMap((seed) => [
      {
        key: `whole/real/${seed}`,
        factors: { learned: "whole", method: "real", seed },
        words: "",
        effort: 1,
      },
      {
        key: `whole/copula/${seed}`,
        factors: { learned: "whole", method: "copula", seed },
        words: "",
        effort: 1,
      },
      ...["A", "B"].map((group) => ({
        key: `each/${group}/copula/${seed}`,
        factors: { learned: "each", group, method: "copula", seed },
        words: "",
        effort: 1,
      })),
    ]),
    methods: ["copula"],
    marking: {
      column: "ward",
      groups: [
        { name: "A", patients: 100, place: 0 },
        { name: "B", patients: 60, place: 1 },
      ],
    },
    seeds: 2,
  };
  const kl = (group: string, value: number) => ({ measure: "kl", value, of: { group } });
  const at = (key: string, ...rows: ReturnType<typeof kl>[]): CellDone => ({ key, rows, seconds: 1 });
  const grid = [1, 2].flatMap((seed) => [
    at(`whole/real/${seed}`, kl("A", 0.1), kl("B", 0.1)),
    at(`whole/copula/${seed}`, kl("A", 0.2), kl("B", 0.5 + 0.01 * seed)),
    at(`each/A/copula/${seed}`, kl("A", 0.15)),
    at(`each/B/copula/${seed}`, kl("B", 0.2 + 0.01 * seed)),
  ]);

  it("pairs seeds, takes the mean over groups, and the worst group's loss against real rows", () => {
    const found = foundOf(told, grid);
    expect(found.say.bold).toContain("has columns closer to the group's patients");
    const [differences, gaps, groups] = found.tables;
    expect(differences?.rows[0]?.cells[0]).toMatchObject({ value: expect.closeTo(-0.175, 9) as number });
    expect(differences?.rows[0]?.cells[2]).toMatchObject({ value: expect.closeTo(-0.3, 9) as number });
    expect(gaps?.rows[0]?.cells[0]).toMatchObject({ value: expect.closeTo(0.115, 9) as number });
    expect(gaps?.rows[1]?.cells[0]).toMatchObject({ value: expect.closeTo(0.415, 9) as number });
    expect(groups?.rows.map(({ name }) => name)).toEqual(["A", "B"]);
  });

  it("does not pair seeds of which one is missing", () => {
    const found = foundOf(
      told,
      grid.filter(({ key }) => key !== "each/B/copula/1" && key !== "whole/copula/2"),
    );
    expect(found.tables[0]?.rows[0]?.cells[2]).toBeUndefined();
    expect(found.say.bold).toMatch(/^Nothing can be said yet/);
  });
});

it("is the divergence of a report: 1e-6 added to each share", () => {
  expect(divergence(Float64Array.of(50, 50), Float64Array.of(50, 50))).toBe(0);
  expect(divergence(Float64Array.of(75, 25), Float64Array.of(50, 50))).toBeCloseTo(0.1308, 4);
  expect(divergence(Float64Array.of(50, 50), Float64Array.of(100, 0))).toBeCloseTo(
    0.5 * Math.log(0.5) + 0.5 * Math.log(0.5e6),
    4,
  );
});
