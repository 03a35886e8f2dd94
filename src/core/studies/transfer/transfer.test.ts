import { expect, test } from "vitest";
import { asFault, FaultError } from "../../fault.ts";
import { breathe } from "../../math/breathe.ts";
import { createRng } from "../../math/rng.ts";
import { openDevice, tensorCount } from "../../nn/device.ts";
import { copula } from "../../synthesizers/copula/copula.ts";
import { findSynthesizer } from "../../synthesizers/registry.ts";
import type { Synthesizer } from "../../synthesizers/synthesizer.ts";
import { levels, madeTable, numbers } from "../../table/fixtures/made-table.ts";
import type { Table } from "../../table/table.ts";
import { planStudy, resultOf, runCell } from "../running/run-study.ts";
import type { CellDone, StudyCell, StudySettings, StudySource, StudyTools } from "../study.ts";
import { foundOf, type Told } from "./found.ts";
import { asKnown } from "./starts.ts";
import { transfer } from "./transfer.ts";

const wasmPaths = new URL("../../../../node_modules/@tensorflow/tfjs-backend-wasm/dist/", import.meta.url)
  .pathname;

/** A quick method that goes on: from a saved model it writes rows as those that it learned first, whatever comes then. */
function quick(): StudyTools {
  let first: Table | undefined;
  const design: Synthesizer = {
    ...copula,
    continues: true,
    fit: (train, params, rng, { from: before, ...options }) => {
      if (before === undefined) first = train;
      return copula.fit(before && first ? first : train, params, rng, options);
    },
  };
  const find = (id: string): Synthesizer => (id === "vae" ? design : findSynthesizer(id));
  return { wasmPaths, pulse: breathe, cancelled: () => false, find };
}

/** Two numbers that go together, a place and an outcome that follows the first number; with `rare` about one in ten has it. */
function patients(rows: number, seed: number, name = "open.csv", effect = 3, rare = 0): Table {
  const dice = createRng(seed);
  const marker = Float64Array.from({ length: rows }, () => dice.normal());
  return madeTable(
    [
      numbers(
        "marker",
        marker.map((x) => Math.round(100 * x) / 100),
        { decimals: 2 },
      ),
      numbers(
        "second_marker",
        marker.map((x) => Math.round(100 * (x + 0.1 * dice.normal())) / 100),
        { decimals: 2 },
      ),
      levels(
        "region",
        Int32Array.from({ length: rows }, (_, i) => Number(i % 4 === 0)),
        ["North", "South"],
      ),
      levels(
        "died",
        Int32Array.from(marker, (x) => Number(dice.uniform() < 1 / (1 + Math.exp(rare - effect * x)))),
        ["No", "Yes"],
        {
          role: "target",
          kind: "boolean",
        },
      ),
    ],
    { name },
  );
}

async function ran(
  source: StudySource,
  settings: StudySettings,
  wanted: (cell: StudyCell) => boolean = () => true,
) {
  const plan = planStudy({ study: "transfer", settings, seed: 1 }, source);
  const tools = quick();
  const done: CellDone[] = [];
  for (const cell of plan.grid.cells.filter(wanted)) done.push(await runCell(plan, cell, tools));
  return { plan, done, result: resultOf(plan, done) };
}

const compared = ({ factors }: StudyCell): boolean =>
  factors["method"] === "vae" && ["tuned", "scratch"].includes(String(factors["start"]));

const faultOf = (run: () => unknown) => {
  try {
    run();
  } catch (error) {
    return asFault(error);
  }
  return undefined;
};

test("with 30 rows and an outcome of one in ten, rows from elsewhere predict better", async () => {
  const source = {
    table: patients(500, 1, "open.csv", 3, 4),
    second: patients(300, 2, "elsewhere.csv", 3, 4),
  };
  await openDevice("wasm", { wasmPaths });
  const before = tensorCount();
  const { result, done } = await ran(source, { rows: [30], methods: ["vae"], seeds: 2 }, compared);
  expect(tensorCount()).toBe(before);
  expect(done.map(({ failed }) => failed).filter(Boolean)).toEqual([]);
  expect(result.say.bold).toMatch(/better predictions with 30 rows/);
  expect(result.pictures.map(({ title }) => title)).toEqual([
    "Told from real rows, AUC",
    "Predicting died, AUROC",
  ]);
}, 20_000);

test("where the outcome follows the opposite elsewhere, it hurts", async () => {
  const source = { table: patients(300, 1), second: patients(300, 2, "elsewhere.csv", -3) };
  const { result } = await ran(source, { rows: [80], methods: ["vae"], seeds: 2 }, compared);
  expect(result.say.bold).toMatch(/worse predictions with 80 rows/);
}, 20_000);

test("a cell is the same alone and after others", async () => {
  const source = { table: patients(150, 1), second: patients(200, 2, "elsewhere.csv") };
  const settings = { rows: [40, 60], methods: ["vae"], seeds: 1, elsewhere: 150 };
  const tuned = ({ factors }: StudyCell): boolean => factors["start"] === "tuned" && factors["rows"] === 60;
  const alone = await ran(source, settings, tuned);
  const after = await ran(source, settings, (cell) => cell.factors["start"] === "elsewhere" || tuned(cell));
  expect(alone.done).toHaveLength(1);
  expect(after.done.at(-1)?.rows).toEqual(alone.done[0]?.rows);
}, 20_000);

test("levels that the model of elsewhere does not know are missing when it goes on", () => {
  const column = (codes: number[], names: string[]) => madeTable([levels("ward", codes, names)]);
  const before = column([0, 0, 0, 0, 0, 1], ["A", "B"]);
  const now = column([0, 1, 2, -1], ["B", "A", "C"]);
  expect(asKnown(now, before).columns[0]).toMatchObject({ codes: new Int32Array([-1, 1, -1, -1]) });
});

test("without a second table the other sites are offered, smaller sites first", () => {
  const fields = transfer.fields({ table: patients(800, 1) });
  const from = fields.find(({ name }) => name === "from");
  expect(from).toMatchObject({ type: "choice", default: "site:region=South" });
  const methods = fields.find(({ name }) => name === "methods");
  const ids = methods?.type === "several" ? methods.choices.map(({ value }) => value) : [];
  expect(ids).toContain("vae");
  expect(ids).not.toContain("copula");
  const plan = planStudy({ study: "transfer", settings: {}, seed: 1 }, { table: patients(800, 1) });
  expect(plan.grid.settings[0]).toEqual({
    name: "Learned first",
    words: "600 rows of the other sites of region",
  });
  expect(plan.grid.settings.find(({ name }) => name === "Columns")?.words).toBe("3 that both have");
});

test("nowhere to learn, too few rows and too many asked for are refused with a way out", () => {
  const table = patients(200, 1);
  const alone = {
    ...table,
    columns: table.columns.filter((_, i) => i !== 2),
    schema: { ...table.schema, columns: table.schema.columns.filter((_, i) => i !== 2) },
  };
  const columns = alone.schema.columns.map((one) => ({
    ...one,
    role: "feature" as const,
    kind: one.kind === "boolean" ? ("text" as const) : one.kind,
  }));
  expect(
    faultOf(() => transfer.fields({ table: { ...alone, schema: { ...alone.schema, columns } } })),
  ).toMatchObject({
    code: "study-refused",
    remedy: "Open a second table beside it and match its columns.",
  });
  const second = patients(300, 2, "elsewhere.csv");
  expect(
    faultOf(() => planStudy({ study: "transfer", settings: { rows: [500] }, seed: 1 }, { table, second })),
  ).toMatchObject({
    code: "study-refused",
    reason: "500 rows of your own are asked for, and 140 are left once 30% are held out.",
  });
  const other = madeTable([numbers("shoe_size", new Float64Array(200).fill(42))], { name: "shoes.csv" });
  expect(faultOf(() => transfer.fields({ table, second: other }))).toBeInstanceOf(Object);
  expect(() => transfer.fields({ table, second: other })).toThrow(FaultError);
});

/** Two seeds; C2ST of each way of learning at 50 and 200 rows. */
function handMade(c2st: Record<string, readonly [number, number]>): { told: Told; done: CellDone[] } {
  const sizes = [50, 200];
  const cells: StudyCell[] = [1, 2].flatMap((seed) =>
    Object.keys(c2st).flatMap((start) =>
      sizes.map((rows) => ({
        key: `${start}/${rows}/${seed}`,
        factors: { start, method: "vae", rows, seed },
        words: "",
        effort: 1,
      })),
    ),
  );
  const done = cells.map(({ key, factors }) => ({
    key,
    seconds: 1,
    rows: [
      {
        measure: "c2st",
        value:
          (c2st[String(factors["start"])]?.[sizes.indexOf(Number(factors["rows"]))] ?? NaN) +
          0.001 * Number(factors["seed"]),
      },
    ],
  }));
  const elsewhere = { name: "south.csv", rows: 1000, simulated: false };
  return {
    told: { cells, sizes, methods: ["vae"], target: undefined, unit: "AUROC", elsewhere, notes: [] },
    done,
  };
}

test("the sentence says with how many rows it helps, hurts or does nothing", () => {
  const some = handMade({ scratch: [0.9, 0.7], tuned: [0.8, 0.7], pooled: [0.75, 0.72] });
  const found = foundOf(some.told, some.done);
  expect(found.say.bold).toBe(
    "Learning elsewhere first gives rows that are harder to tell from real ones with 50 rows.",
  );
  expect(found.say.rest).toBe(
    "With 50 rows: told from real rows, AUC 0.802 against 0.902 from scratch (difference −0.100, 95% interval −0.100 to −0.100) and 0.752 with both tables together.",
  );
  expect(found.more?.[0]).toContain(
    "better one after the other with 200 rows, told from real rows: better together with 50 rows",
  );
  const worse = handMade({ scratch: [0.7, 0.6], tuned: [0.8, 0.7] });
  expect(foundOf(worse.told, worse.done).say.bold).toMatch(
    /easier to tell .* every number of rows tried \(50 to 200\)/,
  );
  const same = handMade({ scratch: [0.7, 0.6], tuned: [0.7, 0.6] });
  expect(foundOf(same.told, same.done).say.bold).toBe(
    "Learning elsewhere first makes no difference beyond noise.",
  );
  const wild = same.done.map((cell) => ({
    ...cell,
    rows: cell.rows.map((row) => ({
      ...row,
      value: row.value + (cell.key.startsWith("tuned") && cell.key.endsWith("1") ? 0.2 : 0),
    })),
  }));
  expect(foundOf(same.told, wild).say).toEqual({
    bold: "Whether learning elsewhere first helps cannot be told: a difference of 1.000 could hide in the noise.",
    rest: expect.stringContaining("95% interval −1.000 to 1.000") as string,
  });
  expect(foundOf(some.told, []).say.bold).toMatch(/Nothing can be said yet/);
});
