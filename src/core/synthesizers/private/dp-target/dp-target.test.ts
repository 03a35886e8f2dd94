import { describe, expect, test } from "vitest";
import { simulateCohort } from "../../../clinic/cohorts/cohorts.ts";
import { FaultError, type Fault } from "../../../fault.ts";
import { createRng } from "../../../math/rng.ts";
import { seededNoise } from "../../../private/noise/noise-source.ts";
import type { Observation } from "../../../private/rows/private-rows.ts";
import { levels, madeTable, numbers, texts } from "../../../table/fixtures/made-table.ts";
import type { Column, Role, Table } from "../../../table/table.ts";
import { takeRows } from "../../../table/table.ts";
import { resolveParams } from "../../registry.ts";
import type { Artifact, FitOptions, Model } from "../../synthesizer.ts";
import { resultOf } from "../../training/reported.ts";
import { dpTarget } from "./dp-target.ts";

const DAY = 86_400_000;

interface Asked {
  readonly epsilon?: number;
  readonly guarantee?: Partial<FitOptions["guarantee"]>;
}

async function fit(table: Table, { epsilon = 8, guarantee = {} }: Asked = {}): Promise<Model> {
  const params = resolveParams(dpTarget, { epsilon });
  const noise = seededNoise(createRng(11));
  const options = {
    previewRows: 0,
    previewEvery: 0,
    guarantee: { public: { columns: [] }, noise, ...guarantee },
  };
  return resultOf(dpTarget.fit(table, params, createRng(1), options));
}

async function faultOf(work: Promise<unknown>): Promise<Fault> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof FaultError)) throw new Error("no fault");
  return error.fault;
}

const cells = (table: Table, name: string): number[] => {
  const column = table.columns[table.schema.columns.findIndex((one) => one.name === name)] as Column;
  return [...(column.type === "numeric" ? column.values : column.codes)];
};

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

/** Death depends on age and lactate; lactate and heart rate go together within it; a rare ward, and days. */
function patients(rows: number, seed: number, target: Role = "target"): Table {
  const rng = createRng(seed);
  const made = Array.from({ length: rows }, (_, i) => {
    const age = Math.round(65 + 12 * rng.normal());
    const dead = rng.uniform() < 1 / (1 + Math.exp(-(age - 75) / 6)) ? 1 : 0;
    const stress = rng.normal();
    return {
      age,
      dead,
      lactate: Number(Math.exp(0.4 + 0.7 * dead + 0.4 * stress).toFixed(1)),
      rate: rng.uniform() < 0.1 ? NaN : Math.round(80 + 14 * stress + 6 * rng.normal()),
      ward: i === 0 ? "Saint Nowhere" : dead === 1 && rng.uniform() < 0.7 ? "ICU" : "general",
      seen: Date.UTC(2020, 0) + DAY * rng.integer(700),
    };
  });
  return madeTable([
    numbers(
      "age",
      made.map(({ age }) => age),
      { decimals: 0 },
    ),
    numbers(
      "lactate",
      made.map(({ lactate }) => lactate),
      { decimals: 1 },
    ),
    numbers(
      "rate",
      made.map(({ rate }) => rate),
      { decimals: 0 },
    ),
    texts(
      "ward",
      made.map(({ ward }) => ward),
    ),
    numbers(
      "seen",
      made.map(({ seen }) => seen),
      { pattern: "YYYY-MM-DD" },
    ),
    levels(
      "dead",
      made.map(({ dead }) => dead),
      ["no", "yes"],
      { kind: "boolean", role: target },
    ),
  ]);
}

function correlation(x: readonly number[], y: readonly number[]): number {
  const both = x.flatMap((a, i): [number, number][] =>
    Number.isFinite(a) && Number.isFinite(y[i]) ? [[a, y[i] as number]] : [],
  );
  const [mx, my] = [mean(both.map(([a]) => a)), mean(both.map(([, b]) => b))];
  const sum = (f: (a: number, b: number) => number): number =>
    both.reduce((total, [a, b]) => total + f(a - mx, b - my), 0);
  return sum((a, b) => a * b) / Math.sqrt(sum((a) => a * a) * sum((_, b) => b * b));
}

describe("at epsilon 8 on 2,000 rows", () => {
  test("what goes with the target, and together within it, is kept", async () => {
    const table = patients(2000, 1);
    const model = await fit(table);
    const made = await model.sample(4000, createRng(2));
    const dead = cells(made, "dead");
    const gap = (from: Table, name: string): number => {
      const [values, whose] = [cells(from, name), cells(from, "dead")];
      const of = (y: number): number[] =>
        values.filter((value, i) => whose[i] === y && Number.isFinite(value));
      return mean(of(1)) - mean(of(0));
    };
    expect(Math.abs(mean(dead) - mean(cells(table, "dead")))).toBeLessThan(0.03);
    expect(gap(made, "age") / gap(table, "age")).toBeCloseTo(1, 0.5);
    expect(gap(made, "lactate") / gap(table, "lactate")).toBeCloseTo(1, 0.5);
    const within = (from: Table): number => {
      const whose = cells(from, "dead");
      const of = (name: string): number[] => cells(from, name).filter((_, i) => whose[i] === 0);
      return correlation(of("lactate"), of("rate"));
    };
    expect(within(table)).toBeGreaterThan(0.7);
    expect(within(made)).toBeGreaterThan(0.25);
    expect(mean(cells(made, "rate").map((rate) => (Number.isNaN(rate) ? 1 : 0)))).toBeCloseTo(0.1, 1);
  });

  test("the model file has no text of a rare level and no exact count, and its ledger sums to the budget", async () => {
    const table = patients(2000, 1);
    const artifact = await (await fit(table)).save();
    const text = JSON.stringify(artifact);
    expect(text).not.toContain("Nowhere");
    const guarantee = artifact.state["guarantee"] as {
      spent: { rho: number; sigma?: number; sensitivity: number; queries: number }[];
      rows: number;
      noise: string;
    };
    expect(guarantee.noise).toBe("seeded");
    let rho = 0;
    for (const one of guarantee.spent) {
      rho += one.rho;
      const own = (one.queries * one.sensitivity ** 2) / (2 * (one.sigma as number) ** 2);
      expect(Math.abs(own / one.rho - 1)).toBeLessThan(1e-9);
    }
    const { createBudget } = await import("../../../private/accounting/budget.ts");
    const whole = createBudget(8, (artifact.state["guarantee"] as { delta: number }).delta, true).rho;
    expect(Math.abs(rho - whole)).toBeLessThan(1e-9);
  });

  test("one row changes no answer by more than the ledger says, and all of them together by no more than rho", async () => {
    const seen: Observation[] = [];
    const table = patients(500, 3);
    const watched = { row: 4, counted: true, told: (one: Observation) => void seen.push(one) };
    const artifact = await (await fit(table, { guarantee: { watched } })).save();
    const { spent } = artifact.state["guarantee"] as {
      spent: { what: string; sensitivity: number; rho: number }[];
    };
    for (const { what, length } of seen) {
      const line = spent.find((one) => one.what === what);
      expect(length).toBeLessThanOrEqual((line?.sensitivity ?? 0) + 1e-9);
    }
    const loss = seen.reduce((sum, { length, sigma }) => sum + length ** 2 / (2 * sigma ** 2), 0);
    expect(seen.length).toBeGreaterThan(5);
    expect(loss).toBeLessThanOrEqual(spent.reduce((sum, { rho }) => sum + rho, 0) + 1e-9);
  });
});

describe("a model", () => {
  test("draws the same rows from a seed once it is saved and loaded, and answers conditions", async () => {
    const model = await fit(patients(800, 1));
    const artifact = JSON.parse(JSON.stringify(await model.save(), tensors), revived) as Artifact;
    const loaded = await dpTarget.load(artifact);
    expect(await loaded.sample(300, createRng(5))).toEqual(await model.sample(300, createRng(5)));
    let told = { drawn: 0, kept: 0 };
    const made = await loaded.sample(200, createRng(6), {
      where: [{ column: "dead", in: ["yes"] }],
      onAcceptance: (acceptance) => (told = acceptance),
    });
    expect(new Set(cells(made, "dead"))).toEqual(new Set([1]));
    expect(told.drawn).toBeLessThan(400);
    const old = await loaded.sample(100, createRng(7), { where: [{ column: "age", from: 70 }] });
    expect(cells(old, "age").every((age) => age >= 70)).toBe(true);
    const given = takeRows(made, [0, 1, 2]);
    const holes: Table = {
      ...given,
      columns: given.columns.map((column, j) =>
        j === 1 && column.type === "numeric" ? { ...column, values: column.values.map(() => NaN) } : column,
      ),
    };
    const filled = await loaded.sample(3, createRng(8), { complete: holes });
    expect(cells(filled, "lactate").every((value) => Number.isFinite(value))).toBe(true);
    expect(cells(filled, "age")).toEqual(cells(given, "age"));
  });

  test("that is damaged is said to be", async () => {
    const whole = await (await fit(patients(400, 1))).save();
    const state = (changed: Record<string, unknown>): Artifact => ({
      ...whole,
      state: { ...whole.state, ...changed },
    });
    const damages: Artifact[] = [
      { ...whole, version: 9 },
      { ...whole, tensors: whole.tensors.slice(1) },
      { ...whole, tensors: whole.tensors.map((one) => ({ ...one, data: one.data.map(() => NaN) })) },
      { ...whole, tensors: whole.tensors.map((one) => ({ ...one, data: one.data.map((x) => -x) })) },
      state({ table: null }),
      state({ target: [] }),
      state({ target: [{ column: 99, groups: [0, 1] }] }),
      state({ target: [{ column: 5, groups: [0, 7] }] }),
      state({ guarantee: undefined }),
    ];
    for (const artifact of damages)
      expect((await faultOf(dpTarget.load(artifact))).code).toMatch(/^model-(damaged|version)$/);
  });
});

describe("tables of other kinds", () => {
  test("without a target are refused, with the way out", async () => {
    const fault = await faultOf(fit(patients(500, 1, "feature")));
    expect(fault).toMatchObject({ code: "guarantee-refused" });
    expect(JSON.stringify(fault)).toContain("dp-marginals");
  });

  test("of fewer than 50 rows are refused at epsilon 1, not at 8", async () => {
    expect(await faultOf(fit(patients(40, 1), { epsilon: 1 }))).toMatchObject({ code: "guarantee-refused" });
    expect((await (await fit(patients(40, 1), { epsilon: 8 })).sample(20, createRng(1))).rows).toBe(20);
  });

  test("a target of numbers, of 40 levels, the only column, and event and time together", async () => {
    const table = patients(600, 2, "feature");
    const as = (name: string, role: Role): Table => ({
      ...table,
      schema: {
        ...table.schema,
        columns: table.schema.columns.map((column) => (column.name === name ? { ...column, role } : column)),
      },
    });
    const made = await (await fit(as("lactate", "target"))).sample(200, createRng(1));
    expect(made.rows).toBe(200);
    const alone = madeTable([
      levels(
        "dead",
        Array.from({ length: 300 }, (_, i) => (i % 3 === 0 ? 1 : 0)),
        ["no", "yes"],
        {
          kind: "boolean",
          role: "target",
        },
      ),
    ]);
    const drawn = cells(await (await fit(alone)).sample(500, createRng(1)), "dead");
    expect(mean(drawn)).toBeCloseTo(1 / 3, 1);
    const many = madeTable([
      texts(
        "ward",
        Array.from({ length: 4000 }, (_, i) => `ward ${i % 40}`),
        { role: "target" },
      ),
      numbers(
        "x",
        Array.from({ length: 4000 }, (_, i) => i % 40),
        { decimals: 0 },
      ),
    ]);
    const wards = await (await fit(many)).sample(500, createRng(1));
    expect(new Set(cells(wards, "ward")).size).toBeGreaterThan(20);
    const cohort = simulateCohort("heart-failure", 1);
    expect((await (await fit(cohort)).sample(50, createRng(1))).rows).toBe(50);
  });

  test("patients with several rows are the unit: a row each counts unless more are asked for", async () => {
    const base = patients(900, 4);
    const table = { ...base, patients: Int32Array.from({ length: 900 }, (_, i) => Math.floor(i / 3)) };
    const rows = async (rowsPerPatient: number): Promise<number> => {
      const { state } = await (await fit(table, { guarantee: { rowsPerPatient } })).save();
      const guarantee = state["guarantee"] as { rows: number; unit: string };
      expect(guarantee.unit).toBe("patient");
      return guarantee.rows;
    };
    expect(Math.abs((await rows(1)) - 300)).toBeLessThan(60);
    expect(Math.abs((await rows(3)) - 900)).toBeLessThan(150);
  });
});

const tensors = (_: string, value: unknown): unknown =>
  value instanceof Float32Array ? { floats: [...value] } : value;
const revived = (_: string, value: unknown): unknown =>
  typeof value === "object" && value !== null && "floats" in value
    ? Float32Array.from(value.floats as number[])
    : value;
