import { beforeAll, expect, test } from "vitest";
import { breathe } from "../../math/breathe.ts";
import { createRng } from "../../math/rng.ts";
import { openDevice, tensorCount } from "../../nn/device.ts";
import { findSynthesizer } from "../../synthesizers/registry.ts";
import type { Model, Synthesizer } from "../../synthesizers/synthesizer.ts";
import { levels, madeTable, numbers } from "../../table/fixtures/made-table.ts";
import { takeRows, type Table } from "../../table/table.ts";
import { fitAndSample, REAL } from "../measuring/fit-and-sample.ts";
import { predicting } from "../measuring/measure-rows.ts";
import { splitSource } from "../measuring/split-source.ts";
import { resolveSettings } from "../running/settings.ts";
import type { CellDone, CellRow, StudySettings, StudyTools } from "../study.ts";
import { nearestCentre } from "./ablation.ts";
import { mixing } from "./mixing.ts";
import { mixRows } from "./mix-rows.ts";
import { subgroupsOf } from "./subgroups.ts";

/** Outcome by age and dose; one patient in fifteen is of site C. */
function patients(rows = 600, seed = 1): Table {
  const rng = createRng(seed);
  const age = Float64Array.from({ length: rows }, () => 60 + 12 * rng.normal());
  const dose = Float64Array.from({ length: rows }, () => 10 * rng.uniform());
  const site = Int32Array.from({ length: rows }, (_, row) => (row % 15 === 0 ? 2 : row % 2));
  const died = Int32Array.from(age, (own, row) =>
    (own - 60) / 12 + (dose[row] as number) / 4 + rng.normal() > 1.2 ? 1 : 0,
  );
  return madeTable([
    numbers("years", age),
    numbers("dose", dose),
    levels("site", site, ["A", "B", "C"], { role: "sensitive" }),
    levels("died", died, ["no", "yes"], { role: "target", kind: "boolean" }),
  ]);
}

const source = { table: patients() };
const few: StudySettings = {
  seeds: 1,
  shares: [0, 0.5, 1],
  added: [],
  methods: ["copula"],
  ablation: "without",
};
const tools: StudyTools = {
  wasmPaths: `${process.cwd()}/node_modules/@tensorflow/tfjs-backend-wasm/dist/`,
  pulse: breathe,
  cancelled: () => false,
};

beforeAll(() => openDevice("wasm", tools));

const opened = (settings: StudySettings, given = source) =>
  mixing.open(given, resolveSettings(mixing.fields(given), settings), 1);

async function run(
  settings: StudySettings,
  key: string,
  with_: StudyTools = tools,
  given = source,
): Promise<readonly CellRow[]> {
  const grid = opened(settings, given);
  const cell = grid.cells.find((one) => one.key === key);
  if (cell === undefined) throw new Error(`no cell ${key}`);
  return grid.run(cell, with_);
}

const at = (rows: readonly CellRow[], measure: string, share: number, who = "all"): CellRow | undefined =>
  rows.find(
    (row) =>
      row.measure === measure &&
      row.of?.["series"] === "share" &&
      row.of["at"] === share &&
      row.of["who"] === who,
  );

test("shares of 0 and 1 are a model of real and one of synthetic rows, to the digit, and come again", async () => {
  const rows = await run(few, "copula/1");
  const { train, holdout } = splitSource(source.table, 1);
  const rng = () => createRng(1).fork("tstr");
  for (const [share, method] of [
    [0, REAL],
    [1, "copula"],
  ] as const) {
    const { synthetic } = await fitAndSample({ train, method, seed: 1 }, tools);
    const [alone] = await predicting({ train, holdout, synthetic }, rng(), breathe);
    const mixed = at(rows, "real", share);
    expect(mixed?.value).toBe(alone?.value);
    expect(mixed?.draws).toEqual(alone?.draws);
  }
  expect(await run(few, "copula/1")).toEqual(rows);
});

/** "Synthesizes" the rows it was given. */
function copying(): Synthesizer {
  let seen: Table | undefined;
  const model: Model = {
    synthesizer: "copula",
    sample: (rows) => {
      const given = seen as Table;
      return Promise.resolve(
        takeRows(
          given,
          Int32Array.from({ length: rows }, (_, i) => i % given.rows),
        ),
      );
    },
    save: () => Promise.resolve({ synthesizer: "copula", version: 1, params: {}, state: {}, tensors: [] }),
    dispose: () => {},
  };
  return {
    id: "copula",
    name: "Copy",
    summary: "",
    reference: "",
    params: {},
    load: () => Promise.resolve(model),
    fit: async function* (train) {
      seen = train;
      yield { step: 1, epoch: 1, fraction: 1, losses: {} };
      await Promise.resolve();
      return model;
    },
  };
}

test("a synthetic table that is the real one gives flat curves, for all and for every subgroup", async () => {
  const shares = [0, 0.25, 0.5, 0.75, 1];
  const settings = { ...few, shares };
  const copy = copying();
  const rows = await run(settings, "copula/1", { ...tools, find: () => copy });
  for (const measure of ["real", "synthetic"])
    for (const who of ["all", "large", "site: A"]) {
      const values = shares.map((share) => at(rows, measure, share, who)?.value);
      expect(values[0]).toBeGreaterThan(0.6);
      expect(new Set(values).size).toBe(1);
    }
  const { say } = opened(settings).reduce([{ key: "copula/1", rows, seconds: 1 }]);
  expect(say.bold).toBe(
    "Even synthetic rows of Gaussian copula alone cost a model of died nothing beyond noise on real patients.",
  );
  expect(say.rest).toContain("at 100%: 0.000");
});

test("a mix keeps places, is nested, and takes patients whole", () => {
  const table = patients(40);
  const copy = { ...table, columns: table.columns.slice() };
  expect(mixRows(table, copy, { real: 25, synthetic: 15 }, createRng(1)).columns).toEqual(table.columns);
  const other = patients(40, 2);
  const ages = (real: number): Set<number> => {
    const [column] = mixRows(table, other, { real, synthetic: 40 - real }, createRng(1)).columns;
    return new Set(column?.type === "numeric" ? column.values : []);
  };
  expect([...ages(30)].filter((age) => ages(20).has(age))).toHaveLength(30);
  const visits = { ...table, patients: Int32Array.from({ length: 40 }, (_, row) => row >> 2) };
  const mixed = mixRows(
    visits,
    { ...other, patients: visits.patients },
    { real: 20, synthetic: 20 },
    createRng(1),
  );
  const sizes = new Map<number, number>();
  for (const patient of mixed.patients ?? []) sizes.set(patient, (sizes.get(patient) ?? 0) + 1);
  expect([...sizes.values()]).toEqual(Array.from({ length: 10 }, () => 4));
  const uneven = mixRows(
    visits,
    { ...other, patients: visits.patients },
    { real: 22, synthetic: 18 },
    createRng(1),
  );
  expect(uneven.rows).toBe(36);
});

test("subgroups are small below a tenth of the patients, or else below their equal share", () => {
  const found = subgroupsOf(patients());
  expect(found?.groups.map(({ name, small }) => [name, small])).toEqual([
    ["site: A", false],
    ["site: B", false],
    ["site: C", true],
  ]);
  expect(found?.how.at(-1)).toBe(
    "Small subgroups have fewer than a tenth of the patients (60): site: C. A patient who is in any of them counts as small, everybody else as large.",
  );
  const sex = madeTable([
    levels(
      "sex",
      Int32Array.from({ length: 90 }, (_, row) => (row % 3 ? 1 : 0)),
      ["F", "M"],
      { role: "sensitive" },
    ),
  ]);
  expect(subgroupsOf(sex)?.groups.map(({ small }) => small)).toEqual([false, true]);
  expect(subgroupsOf(madeTable([numbers("age", [1, 2, 3])]))).toBeUndefined();
});

test("nearest the centre are the typical rows, in their order, whatever the target is", () => {
  const train = madeTable([
    numbers("x", [-2, -1, 0, 0, 1, 2]),
    levels("kind", [0, 0, 0, 0, 0, 1], ["often", "rare"]),
    levels("died", [0, 1, 0, 1, 0, 1], ["no", "yes"], { role: "target" }),
  ]);
  const drawn = madeTable([
    numbers("x", [3, 0.1, 0.1, -2, 0]),
    levels("kind", [0, 0, 1, 0, 0], ["often", "rare"]),
    levels("died", [0, 1, 0, 0, 0], ["no", "yes"], { role: "target" }),
  ]);
  expect(nearestCentre(train, drawn, 2, "died")).toEqual(takeRows(drawn, [1, 4]));
});

test("without a target there is no study; without sensitive columns subgroups are left out in words", () => {
  const [years, dose, site, died] = patients().schema.columns.map((schema, i) => ({
    schema,
    column: patients().columns[i]!,
  }));
  const untold = madeTable([years!, dose!, site!]);
  expect(() => mixing.fields({ table: untold })).toThrowError(
    expect.objectContaining({ fault: expect.objectContaining({ code: "study-refused" }) as unknown }),
  );
  const alike = { table: madeTable([years!, dose!, died!]) };
  const found = opened(few, alike).reduce([]);
  expect(found.notes?.join(" ")).toContain("No column is marked sensitive");
  expect(found.say.bold).toBe("Nothing has been compared yet.");
  const one = {
    table: {
      ...alike.table,
      columns: alike.table.columns.map((column) =>
        column.type === "coded" ? { ...column, codes: column.codes.map(() => 0) } : column,
      ),
    },
  };
  expect(() => opened(few, one)).toThrowError(
    expect.objectContaining({ fault: expect.objectContaining({ code: "study-refused" }) as unknown }),
  );
});

test("a network that is stopped early is measured too, and leaves no tensor behind", async () => {
  const vae = findSynthesizer("vae");
  const steps = vae.params["steps"];
  if (steps?.type !== "number") throw new Error("no steps");
  const quick = { ...vae, params: { ...vae.params, steps: { ...steps, default: 30 } } };
  const settings = { ...few, methods: ["vae"], shares: [0, 1], ablation: "with" };
  const before = tensorCount();
  const early = await run(settings, "vae/1", { ...tools, find: () => quick }, { table: patients(240) });
  expect(tensorCount()).toBe(before);
  expect(early.filter(({ measure, of }) => measure === "c2st" && of?.["series"] === "quality")).toHaveLength(
    2,
  );
});

test("an ablation draws narrower rows, which are less diverse; the copula has no steps to stop at", async () => {
  const rows = await run({ ...few, ablation: "with" }, "copula/1");
  const coverage = (series: string, share: number): number =>
    rows.find(({ measure, of }) => measure === "coverage" && of?.["series"] === series && of["at"] === share)
      ?.value ?? NaN;
  expect(coverage("diversity", 0.25)).toBeLessThan(coverage("diversity", 0.5));
  expect(coverage("diversity", 0.5)).toBeLessThan(coverage("share", 1));
  expect(rows.some(({ of }) => of?.["series"] === "quality")).toBe(false);
});

const done = (key: string, rows: readonly CellRow[]): CellDone => ({ key, rows, seconds: 1 });

test("cells that are missing are missing: what is there is told", async () => {
  const grid = opened({ ...few, seeds: 2 });
  const rows = await run(few, "copula/1");
  const found = grid.reduce([
    done("copula/1", rows),
    { key: "copula/2", rows: [], seconds: 1, failed: "lost" },
  ]);
  expect(found.say.rest).toMatch(/95% interval/);
  expect(found.pictures[0]?.title).toBe("Predicting died, tested on held-out real rows");
});
