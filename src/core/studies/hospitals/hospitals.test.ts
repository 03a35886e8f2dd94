import { expect, test } from "vitest";
import { asFault } from "../../fault.ts";
import { breathe } from "../../math/breathe.ts";
import { createRng } from "../../math/rng.ts";
import { levels, madeTable, numbers, texts } from "../../table/fixtures/made-table.ts";
import type { ColumnSchema, Table } from "../../table/table.ts";
import { REAL } from "../measuring/fit-and-sample.ts";
import { planStudy, resultOf, runCell } from "../running/run-study.ts";
import type { CellDone, StudySource, StudyTools } from "../study.ts";
import { ALL_OTHERS, ALONE, foundOf, type Told } from "./found.ts";
import { hospitals } from "./hospitals.ts";
import { siteColumns, sitesOf } from "./site-columns.ts";
import { namesPlace } from "../../table/column-names.ts";
import { halvesOf } from "./travel.ts";

const wasmPaths = new URL("../../../../node_modules/@tensorflow/tfjs-backend-wasm/dist/", import.meta.url)
  .pathname;
const tools: StudyTools = { wasmPaths, pulse: breathe, cancelled: () => false };

/** Patients of sites in turn; the outcome follows `effect` of the site times the first column. */
function patients(
  effects: readonly number[],
  each = 160,
  name = "made.csv",
  seed = 1,
  site: readonly string[] = effects.map((_, i) => `Site ${i + 1}`),
): Table {
  const dice = createRng(seed);
  const rows = effects.length * each;
  const at = Int32Array.from({ length: rows }, (_, i) => i % effects.length);
  const x = Float64Array.from({ length: rows }, () => dice.normal());
  const age = Float64Array.from({ length: rows }, () => Math.round(60 + 10 * dice.normal()));
  const died = Int32Array.from(x, (value, i) =>
    dice.uniform() < 1 / (1 + Math.exp(-3 * (effects[at[i] as number] as number) * value)) ? 1 : 0,
  );
  return madeTable(
    [
      numbers("marker", x),
      numbers("age", age, { decimals: 0 }),
      levels("hospital", at, site),
      levels("died", died, ["No", "Yes"], { role: "target", kind: "boolean" }),
    ],
    { name },
  );
}

async function ran(source: StudySource, settings: Record<string, unknown>, seed = 1) {
  const plan = planStudy({ study: "hospitals", settings: settings as never, seed }, source);
  const done: CellDone[] = [];
  for (const cell of plan.grid.cells) done.push(await runCell(plan, cell, tools));
  return { plan, done, result: resultOf(plan, done) };
}

const faultOf = (run: () => unknown) => {
  try {
    run();
  } catch (error) {
    return asFault(error);
  }
  return undefined;
};

test("a flipped effect shows in the matrix, real and synthetic", async () => {
  const { result, done } = await ran({ table: patients([1, -1]) }, { methods: ["copula"], seeds: 3 });
  expect(done.map(({ failed }) => failed)).toEqual(done.map(() => undefined));
  const [real, synthetic] = result.pictures;
  for (const picture of [real, synthetic]) {
    if (picture?.type !== "matrix") throw new Error("both are matrices");
    const value = (i: number, j: number): number => picture.cells[i]?.[j]?.value ?? NaN;
    expect(Math.min(value(0, 0), value(1, 1))).toBeGreaterThan(0.8);
    expect(Math.max(value(0, 1), value(1, 0))).toBeLessThan(0.25);
  }
  expect(result.say.bold).toMatch(/^A model loses 0\.[678]\d\d AUROC at another site\.$/);
  expect(result.more?.join(" ")).toContain("below a guess");
}, 20_000);

test("sites of one population: no difference beyond noise, and independent columns guess", async () => {
  const { result } = await ran({ table: patients([1, 1, 1], 120) }, { methods: ["copula"], seeds: 2 });
  expect(result.say.bold).toBe(
    "A model does as well at another site as at home: no difference beyond noise.",
  );
  const floor = result.tables[0]?.rows.find(({ kind }) => kind === "independent")?.cells[1];
  expect(typeof floor === "object" ? Math.abs(floor.value - 0.5) : NaN).toBeLessThan(0.12);
}, 20_000);

test("the same seed gives the same numbers, another one others", async () => {
  const table = patients([1, 0.2], 100);
  const settings = { methods: ["copula"], seeds: 1 };
  const rows = async (seed: number) => (await ran({ table }, settings, seed)).done.map((cell) => cell.rows);
  const once = await rows(1);
  expect(await rows(1)).toEqual(once);
  expect(await rows(2)).not.toEqual(once);
}, 20_000);

test("two tables are two sites, matched by name", async () => {
  const open = patients([1], 150, "north.csv", 1);
  const other = patients([-1], 150, "south.csv", 2);
  const renamed: Table = {
    ...other,
    schema: {
      ...other.schema,
      columns: other.schema.columns.map((column) =>
        column.name === "died" ? { ...column, name: "Died", role: "feature" } : column,
      ),
    },
  };
  const { result } = await ran({ table: open, second: renamed }, { methods: ["copula"], seeds: 2 });
  const [real] = result.pictures;
  expect(real?.type === "matrix" && real.down.of).toEqual(["north.csv", "south.csv"]);
  expect(real?.type === "matrix" && real.cells[0]?.[1]?.value).toBeLessThan(0.25);
  expect(result.notes?.join(" ")).toContain("nobody confirmed");
}, 20_000);

test("a second table with too few of the columns is no site where a column names them, and that is said", () => {
  const table = patients([1, 0.2], 200);
  const other = madeTable([numbers("height", new Float64Array(200).fill(1.7), { decimals: 2 })]);
  const [site] = hospitals.fields({ table, second: { ...other, name: "other.csv" } });
  expect(site).toMatchObject({ type: "choice", default: "hospital" });
  expect(site?.reason).toMatch(/^other\.csv is not taken as a site\. No column of other.csv is matched/);
  expect(site?.type === "choice" && site.choices.map(({ value }) => value)).toEqual(["hospital"]);
});

test("many rows of few patients are no site", () => {
  const table = patients([1, 1], 300);
  const visits = {
    ...table,
    patients: Int32Array.from({ length: table.rows }, (_, row) => Math.floor(row / 10)),
  };
  expect(siteColumns(table).map(({ name }) => name)).toContain("hospital");
  expect(siteColumns(visits).map(({ name }) => name)).not.toContain("hospital");
});

test("one site is refused with a way out, and so is a table without a target", () => {
  expect(faultOf(() => hospitals.fields({ table: patients([1]) }))).toMatchObject({
    code: "study-refused",
    reason: expect.stringContaining("one site") as string,
    remedy: expect.stringContaining("second table") as string,
  });
  const table = patients([1, 1]);
  const columns = table.schema.columns.map((column) => ({ ...column, role: "feature" as const }));
  expect(
    faultOf(() => hospitals.fields({ table: { ...table, schema: { ...table.schema, columns } } })),
  ).toMatchObject({
    code: "study-refused",
    remedy: "Mark the outcome as the target, on Data.",
  });
});

test("a column named like a place comes first; small sites stand together or are left out in words", () => {
  expect(
    ["hospitalid", "study_site", "Region", "ward", "nativeCountry"].every((name) => namesPlace(name)),
  ).toBe(true);
  expect(
    ["hospital_stay_days", "hospitaldischargelocation", "reward", "sitting"].some((name) => namesPlace(name)),
  ).toBe(false);
  const rows = 700;
  const at = Int32Array.from({ length: rows }, (_, i) =>
    i < 300 ? 0 : i < 560 ? 1 : i < 624 ? 2 : i < 690 ? 3 : -1,
  );
  const table = madeTable([
    levels(
      "sex",
      Int32Array.from({ length: rows }, (_, i) => i % 2),
      ["f", "m"],
    ),
    levels("region", at, ["North", "South", "East", "West"]),
    levels(
      "died",
      Int32Array.from({ length: rows }, (_, i) => Number(i % 5 === 0)),
      ["No", "Yes"],
      { role: "target" },
    ),
  ]);
  expect(siteColumns(table).map(({ name, small }) => [name, small])).toEqual([
    ["region", 2],
    ["sex", 0],
  ]);
  const sited = sitesOf(table, "region", 5);
  expect(sited.sites).toEqual([
    { name: "North", rows: 300 },
    { name: "South", rows: 260 },
    { name: "Others", rows: 130 },
  ]);
  expect(sited.table.schema.columns.map(({ name }) => name)).toEqual(["sex", "died"]);
  expect(sited.notes).toEqual([
    "region “West” and “East” (130 rows) with too few patients each stand together as “Others”.",
    "10 rows without a region belong to no site and are left out.",
  ]);
  const two = sitesOf(table, "region", 2);
  expect(two.sites).toHaveLength(2);
  expect(two.notes[0]).toBe("region “West” and “East” (130 rows) are left out: too few patients.");
});

test("what is left out of the sites is not counted below five", () => {
  const rows = 600;
  const table = madeTable([
    levels(
      "region",
      Int32Array.from({ length: rows }, (_, i) => (i < 3 ? 2 : i < 5 ? -1 : i % 2)),
      ["North", "South", "Smallville"],
    ),
    levels(
      "died",
      Int32Array.from({ length: rows }, (_, i) => Number(i % 5 === 0)),
      ["No", "Yes"],
      { role: "target" },
    ),
  ]);
  expect(sitesOf(table, "region", 5).notes).toEqual([
    "1 other level of region (fewer than 5 rows) is left out: too few patients.",
    "Fewer than 5 rows without a region belong to no site and are left out.",
  ]);
});

test("rows of a patient are never on both sides", () => {
  const rows = 200;
  const table = madeTable(
    [
      texts(
        "id",
        Array.from({ length: rows }, (_, i) => `p${i >> 2}`),
        { role: "identifier", kind: "identifier" },
      ),
      levels(
        "died",
        Int32Array.from({ length: rows }, (_, i) => i % 2),
        ["No", "Yes"],
        { role: "target" },
      ),
    ],
    { patients: Int32Array.from({ length: rows }, (_, i) => i >> 2) },
  );
  const half = halvesOf(
    table,
    Int32Array.from({ length: rows }, (_, i) => Number(i > 100)),
    1,
  );
  for (let row = 0; row < rows; row += 4) expect(new Set(half.subarray(row, row + 4)).size).toBe(1);
  expect(half.reduce((sum, side) => sum + side, 0)).toBe(100);
});

/** Two sites, real rows: home .9 and .8, elsewhere .7 and .6; draws vary by what is given. */
function handMade(noise: number): { told: Told; done: CellDone[] } {
  const scores: Record<string, Record<string, number>> = { A: { A: 0.9, B: 0.7 }, B: { A: 0.6, B: 0.8 } };
  const cells = [1, 2].flatMap((seed) =>
    ["A", "B"].map((site) => ({
      key: `${site}/${seed}`,
      factors: { site, learned: ALONE, method: "real", seed },
      words: "",
      effort: 1,
    })),
  );
  const done = cells.map(({ key, factors }) => ({
    key,
    seconds: 1,
    rows: Object.entries(scores[factors.site] ?? {}).map(([tested, value]) => ({
      measure: "tstr",
      value,
      draws: [
        value - noise * (tested === factors.site ? 1 : -1),
        value + noise * (tested === factors.site ? 1 : -1),
      ],
      of: { tested },
    })),
  }));
  const sites = [
    { name: "A", rows: 100 },
    { name: "B", rows: 100 },
  ];
  return { told: { cells, sites, methods: [], target: "died", unit: "AUROC", notes: [] }, done };
}

test("the loss is the mean of home less elsewhere, with the noise of patients", () => {
  const { told, done } = handMade(0.01);
  const found = foundOf(told, done);
  expect(found.say.bold).toBe("A model loses 0.200 AUROC at another site.");
  expect(found.say.rest).toContain("home 0.850, elsewhere 0.650");
  expect(found.more?.[0]).toContain("a model of B tested at A has AUROC 0.600");
  const noisy = handMade(0.2);
  expect(foundOf(noisy.told, noisy.done).say.bold).toBe(
    "Whether a model does as well at another site as at home cannot be told from 2 seeds.",
  );
  const once = { ...told, cells: told.cells.slice(0, 2) };
  expect(foundOf(once, done.slice(0, 2)).say.bold).toMatch(/cannot be told from one seed/);
  expect(foundOf(told, done.slice(0, 1)).say.bold).toMatch(/Nothing can be said yet/);
  expect(foundOf(told, []).pictures).toEqual([]);
  expect(ALL_OTHERS).not.toBe(ALONE);
});

test("a column that cannot tell sites apart is refused with the reason", () => {
  const table = patients([1, 1]);
  const one = {
    ...table,
    columns: [
      ...table.columns,
      { type: "coded" as const, codes: new Int32Array(table.rows), levels: ["Ulm"] },
    ],
    schema: {
      ...table.schema,
      columns: [...table.schema.columns, { ...(table.schema.columns[2] as ColumnSchema), name: "clinic" }],
    },
  };
  const asked = (site: string) =>
    faultOf(() => planStudy({ study: "hospitals", settings: { site }, seed: 1 }, { table: one }));
  expect(asked("clinic")).toMatchObject({
    code: "parameter-invalid",
    reason: "clinic has one level, so there is one site. It must be one of hospital.",
  });
  expect(asked("died")).toMatchObject({
    reason: expect.stringMatching(/^died is what is predicted\./) as string,
  });
  expect(asked("toString")).toMatchObject({ reason: "It must be one of hospital." });
});

test("a column that is not named like a place is offered by its levels, and the result says so", () => {
  const table = patients([1, 1], 150);
  const renamed: Table = {
    ...table,
    schema: {
      ...table.schema,
      columns: table.schema.columns.map((column) =>
        column.name === "hospital" ? { ...column, name: "anaemia" } : column,
      ),
    },
  };
  const labels = (of: Table): string[] => {
    const [field] = hospitals.fields({ table: of });
    return field?.type === "choice" ? field.choices.map(({ label }) => label) : [];
  };
  expect([labels(table), labels(renamed)]).toEqual([["hospital (2 sites)"], ["anaemia (2 levels)"]]);
  const notes = (of: Table): string =>
    resultOf(planStudy({ study: "hospitals", settings: {}, seed: 1 }, { table: of }), []).notes?.join(" ") ??
    "";
  expect(notes(renamed)).toContain("“anaemia” is not named like a place");
  expect(notes(table)).not.toContain("not named like a place");
});

test("a mean without loss does not hide pairs that lose", () => {
  const names = ["A", "B", "C"];
  const cells = names.flatMap((site) =>
    [1, 2, 3].map((seed) => ({
      key: `${site}/${seed}`,
      factors: { method: REAL, learned: ALONE, site, seed },
      words: site,
      effort: 1,
    })),
  );
  const found = (lost: number) =>
    foundOf(
      {
        cells,
        sites: names.map((name) => ({ name, rows: 100 })),
        methods: [],
        target: "died",
        unit: "AUROC",
        notes: [],
      },
      cells.map(({ key, factors: { site, seed } }): CellDone => ({
        key,
        seconds: 1,
        rows: names.map((tested) => {
          const away = site === "A" ? -lost : site === "B" ? lost + (seed - 2) / 50 : 0;
          return {
            measure: "tstr",
            value: 0.8 + (site === tested ? 0 : away) + seed / 1e4,
            of: { tested },
          };
        }),
      })),
    ).say.bold;
  expect(found(0.1)).toBe(
    "On average no difference beyond noise between another site and home, but 2 of 6 pairs lose.",
  );
  expect(found(0)).toBe("A model does as well at another site as at home: no difference beyond noise.");
});
