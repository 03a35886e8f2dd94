import { describe, expect, it } from "vitest";
import { breathe } from "../../math/breathe.ts";
import { createRng } from "../../math/rng.ts";
import { openDevice, tensorCount } from "../../nn/device.ts";
import { cart } from "../../synthesizers/cart/cart.ts";
import { findSynthesizer } from "../../synthesizers/registry.ts";
import type { Synthesizer } from "../../synthesizers/synthesizer.ts";
import { levels, madeTable, numbers } from "../../table/fixtures/made-table.ts";
import { selectColumns, takeRows, targetColumn, type Column, type Table } from "../../table/table.ts";
import { planStudy, resultOf, runCell } from "../running/run-study.ts";
import type { CellDone, StudyTools } from "../study.ts";
import { foundOf, type Told } from "./risk-and-use-found.ts";

const wasmPaths = new URL("../../../../node_modules/@tensorflow/tfjs-backend-wasm/dist/", import.meta.url)
  .pathname;

/** Patients whose death follows a laboratory value, and whose codes together are nobody else's. */
function patients(rows: number): Table {
  const rng = createRng(4);
  const lab = Float64Array.from({ length: rows }, () => rng.normal());
  const weight = Float64Array.from(lab, (value) => value + rng.normal());
  const died = Int32Array.from(lab, (value) => (rng.uniform() < 1 / (1 + Math.exp(-3 * value)) ? 1 : 0));
  return madeTable([
    numbers("lab", lab, { decimals: 3 }),
    numbers("weight", weight, { decimals: 3 }),
    ...["a", "b", "c", "d", "e"].map((name) =>
      levels(
        `code ${name}`,
        Int32Array.from(lab, () => rng.integer(4)),
        ["1", "2", "3", "4"],
      ),
    ),
    levels("died", died, ["no", "yes"], { kind: "boolean", role: "target" }),
  ]);
}

/** Learns every patient many times, so that a leaf of several rows holds one patient alone, and turns the outcome about. */
const leaking: Synthesizer = {
  ...cart,
  fit: (train, params, rng, options) => {
    const often = takeRows(
      train,
      Int32Array.from({ length: 10 * train.rows }, (_, i) => i % train.rows),
    );
    const target = targetColumn(train.schema);
    const columns = often.columns.map((column, i): Column =>
      i === target && column.type === "coded"
        ? { ...column, codes: column.codes.map((code) => 1 - code) }
        : column,
    );
    return cart.fit({ ...often, columns }, { ...params, smoothing: 0 }, rng, options);
  },
};
const tools: StudyTools = {
  wasmPaths,
  pulse: breathe,
  cancelled: () => false,
  find: (id) => (id === "cart" ? leaking : findSynthesizer(id)),
};

describe("every method on one plane", () => {
  it("finds the one that is beaten on both, and repeats from its seed", async () => {
    await openDevice("wasm", { wasmPaths });
    const before = tensorCount();
    const settings = { methods: ["copula", "cart"], seeds: 3 };
    const plan = planStudy({ study: "risk-and-use", settings, seed: 1 }, { table: patients(300) });
    const done: CellDone[] = [];
    for (const cell of plan.grid.cells)
      if (cell.factors["seed"] === 1 || settings.methods.includes(String(cell.factors["method"])))
        done.push(await runCell(plan, cell, tools));
    const result = resultOf(plan, done);
    expect(result.failed).toEqual([]);
    expect(result.say.bold).toBe(
      "No other method beats Gaussian copula on both risk and use. Decision trees (CART) has more risk and less use than Gaussian copula, beyond noise.",
    );
    const [picture] = result.pictures;
    expect(picture?.type === "points" && picture.points.map(({ name, kind }) => [name, kind])).toEqual([
      ["Gaussian copula", "synthetic"],
      ["Decision trees (CART)", "synthetic"],
      ["Independent columns", "independent"],
      ["Real rows", "real"],
    ]);
    expect(tensorCount()).toBe(before);
    const cell = plan.grid.cells.find(({ key }) => key === "copula/2");
    if (cell === undefined) throw new Error("There is no such cell.");
    const measured = (one: CellDone | undefined) => one?.rows.filter(({ measure }) => measure !== "seconds");
    const again = await runCell(planStudy(plan.request, plan.source), cell, tools);
    expect(measured(again)).toEqual(measured(done.find(({ key }) => key === cell.key)));
  });

  it("places a method with a guarantee once for each epsilon, and takes likeness where nothing is predicted", async () => {
    const settings = { methods: ["dp-marginals"], epsilons: [10, 1], seeds: 1 };
    const table = selectColumns(patients(300), [0, 1, 2]);
    const plan = planStudy({ study: "risk-and-use", settings, seed: 1 }, { table });
    expect(plan.grid.cells.map(({ key }) => key)).toEqual([
      "dp-marginals@1/1",
      "dp-marginals@10/1",
      "independent/1",
      "real/1",
    ]);
    const [cell] = plan.grid.cells;
    if (cell === undefined) throw new Error("There is no cell.");
    const { rows } = await runCell(plan, cell, tools);
    const use = rows.find(({ measure }) => measure === "use");
    expect(use?.value).toBeGreaterThanOrEqual(0);
    expect(use?.value).toBeLessThanOrEqual(1);
    expect(rows.some(({ measure }) => measure === "risk")).toBe(true);
    const found = plan.grid.reduce([{ key: cell.key, rows, seconds: 1 }]);
    expect(found.say.bold).toMatch(/^Nothing can be said yet/);
    expect(found.pictures[0]).toMatchObject({
      up: { name: "Likeness to held-out patients (2 − 2 AUC)", unit: "number" },
    });
    expect(found.tables[0]?.rows[0]?.cells.at(-1)).toEqual({ value: expect.closeTo(0.46, 2) as number });
  });

  it("refuses a table of which too few would be held out", () => {
    expect(() =>
      planStudy({ study: "risk-and-use", settings: {}, seed: 1 }, { table: patients(120) }),
    ).toThrow(
      expect.objectContaining({
        fault: expect.objectContaining({ code: "study-refused" }) as unknown,
      }) as Error,
    );
  });
});

describe("the reduction", () => {
  const keys = ["a", "b", "c", "independent", "real"];
  const told: Told = {
    cells: [1, 2, 3].flatMap((seed) =>
      keys.map((key) => ({
        key: `${key}/${seed}`,
        factors: { point: key, method: key, seed },
        words: "",
        effort: 1,
      })),
    ),
    methods: ["a", "b", "c"].map((key) => ({ key, method: key, name: key.toUpperCase() })),
    seeds: 3,
    use: { unit: "AUROC", target: "died" },
  };
  const cells = (key: string, risk: number | undefined, use: number): CellDone[] =>
    [1, 2, 3].map((seed) => ({
      key: `${key}/${seed}`,
      rows: [
        { measure: "use", value: use + 0.001 * seed },
        ...(risk === undefined
          ? []
          : [
              { measure: "risk", value: risk + 0.001 * ((seed * seed) % 5) },
              { measure: "advantage", value: risk, of: { attack: "Linkability" } },
            ]),
      ],
      seconds: 1,
    }));
  const beside = [...cells("independent", 0.05, 0.5), ...cells("real", undefined, 0.9)];

  it("says who is beaten by whom, what gains more than chance, and what loses use", () => {
    const found = foundOf(told, [
      ...cells("a", 0.1, 0.8),
      ...cells("b", 0.2, 0.7),
      ...cells("c", 0.05, 0.7),
      ...beside,
    ]);
    expect(found.say.bold).toBe(
      "No other method beats A or C on both risk and use. B has more risk and less use than A, beyond noise.",
    );
    expect(found.more).toContain("More than that, beyond noise, is gained from A and B.");
    expect(found.more?.join(" ")).toContain("Less use for predicting died than real rows");
    expect(found.tables[0]?.rows.map(({ cells: [, , attack] }) => attack)).toEqual([
      "Linkability",
      "Linkability",
      "Linkability",
      "Linkability",
      "none is needed",
    ]);
  });

  it("ends the interval of an AUROC where an AUROC ends", () => {
    const wide = [1, 2, 3].map((seed): CellDone => ({
      key: `a/${seed}`,
      rows: [
        { measure: "use", value: [0.55, 0.95, 0.99][seed - 1] ?? NaN },
        { measure: "risk", value: 0.1 },
      ],
      seconds: 1,
    }));
    const [use] = foundOf(told, [...wide, ...beside]).tables[0]?.rows[0]?.cells.slice(1) ?? [];
    expect(typeof use === "object" ? use.interval?.high : undefined).toBe(1);
  });

  it("does not call methods equal that cannot be told apart", () => {
    const found = foundOf(told, [...cells("a", 0.1, 0.8), ...cells("b", 0.1, 0.8), ...beside]);
    expect(found.say.bold).toBe("No method has both less risk and more use than another beyond noise.");
    expect(found.more?.[0]).toBe(
      "Cannot be told apart in risk or in use: A and B. That does not make them equal: more seeds or patients may tell.",
    );
  });
});
