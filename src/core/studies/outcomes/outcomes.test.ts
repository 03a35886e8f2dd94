import { beforeAll, expect, test } from "vitest";
import { breathe } from "../../math/breathe.ts";
import { createRng } from "../../math/rng.ts";
import { openDevice, tensorCount } from "../../nn/device.ts";
import { levels, madeTable, numbers } from "../../table/fixtures/made-table.ts";
import type { Table } from "../../table/table.ts";
import { resolveSettings } from "../running/settings.ts";
import type { CellDone, CellRow, StudyCell, StudySettings } from "../study.ts";
import { foundOf, type AskedOutcome, type Told } from "./found.ts";
import { outcomes } from "./outcomes.ts";
import { PREDICTORS } from "./score-outcomes.ts";

/** Death and stay by age and dose; nobody but two is readmitted. */
function patients(rows = 400): Table {
  const rng = createRng(1);
  const age = Float64Array.from({ length: rows }, () => rng.normal());
  const dose = Float64Array.from({ length: rows }, () => rng.normal());
  return madeTable([
    numbers("age", age),
    numbers("dose", dose),
    levels(
      "died",
      age.map((own, row) => (own + (dose[row] as number) + rng.normal() > 1 ? 1 : 0)),
      ["no", "yes"],
      { role: "target" },
    ),
    numbers(
      "los_days",
      age.map((own) => 5 + 2 * own + rng.normal()),
    ),
    levels(
      "readmitted",
      age.map((_, row) => (row < 2 ? 1 : 0)),
      ["no", "yes"],
    ),
  ]);
}

const source = { table: patients() };
const settings: StudySettings = { seeds: 1, methods: ["copula"] };
const opened = (given = source, own = settings) =>
  outcomes.open(given, resolveSettings(outcomes.fields(given), own), 1);
const tools = {
  wasmPaths: `${process.cwd()}/node_modules/@tensorflow/tfjs-backend-wasm/dist/`,
  pulse: breathe,
  cancelled: () => false,
};

beforeAll(() => openDevice("wasm", tools));

test("three outcomes of one fit, each by three predictors; the same again, and no tensor left", async () => {
  const grid = opened();
  expect(grid.cells.map(({ key }) => key)).toEqual(["copula/1", "independent/1", "real/1"]);
  const before = tensorCount();
  const done: CellDone[] = [];
  for (const cell of grid.cells) done.push({ key: cell.key, rows: await grid.run(cell, tools), seconds: 1 });
  expect(tensorCount()).toBe(before);
  const known = done[0]?.rows.filter(({ measure }) => measure === "score") ?? [];
  expect(known.map(({ of }) => of)).toEqual(
    ["died", "los_days"].flatMap((outcome) => PREDICTORS.map((predictor) => ({ outcome, predictor }))),
  );
  const again = await grid.run(grid.cells[0]!, tools);
  expect(again.filter(({ measure }) => measure === "score")).toEqual(known);
  const found = grid.reduce(done);
  expect(found.more?.join(" ")).toContain("readmitted is left out of the comparison:");
  expect(found.pictures.map(({ title }) => title)).toEqual([
    "Predicting held-out real patients, AUROC",
    "Predicting held-out real patients, R²",
  ]);
  const real = (outcome: string): number =>
    done[2]?.rows.find(({ of }) => of?.["outcome"] === outcome)?.value ?? NaN;
  expect(real("died")).toBeGreaterThan(0.7);
  expect(real("los_days")).toBeGreaterThan(0.5);
});

test("a table of which nothing can be scored is refused, with each reason", () => {
  const own = { seeds: 1, methods: ["copula"], outcomes: ["readmitted"] };
  expect(() => opened(source, own)).toThrowError(
    expect.objectContaining({
      fault: expect.objectContaining({
        code: "study-refused",
        reason: expect.stringContaining("readmitted: ") as unknown,
      }) as unknown,
    }),
  );
  const flat = { table: madeTable([levels("all", new Int32Array(200), ["same"])]) };
  expect(() => outcomes.fields(flat)).toThrowError(
    expect.objectContaining({ fault: expect.objectContaining({ code: "study-refused" }) as unknown }),
  );
});

const asked = (name: string, unit?: "AUROC" | "R²"): AskedOutcome => ({
  outcome: { name, kind: undefined },
  kept: ["age"],
  leftOut: [
    { column: "dischtime", why: "afterwards" },
    { column: "severity", why: "tells", by: "AUROC 0.999" },
  ],
  ...(unit ? { unit } : { reason: "Every held-out row has the same one." }),
});
const cells: StudyCell[] = [1, 2, 3].flatMap((seed) =>
  ["copula", "independent", "real"].map((method) => ({
    key: `${method}/${seed}`,
    factors: { method, seed },
    words: "",
    effort: 1,
  })),
);
const told: Told = {
  cells,
  asked: [asked("death", "AUROC"), asked("stay", "R²"), asked("noise", "AUROC"), asked("relapse")],
  methods: ["copula"],
};

/** Scores of trees, line and network, learned from real and from synthetic rows; `spread`: how far seeds of synthetic rows lie apart. */
type Scores = Readonly<
  Record<
    string,
    { readonly real: readonly number[]; readonly synthetic: readonly number[]; readonly spread?: number }
  >
>;

function planted(scores: Scores): CellDone[] {
  return cells.map(({ key, factors }) => {
    const made = factors["method"] === "copula";
    const seed = Number(factors["seed"]);
    const rows = Object.entries(scores).flatMap(([outcome, { real, synthetic, spread = 0.001 }]) =>
      PREDICTORS.map((predictor, i): CellRow => {
        const value = ((made ? synthetic : real)[i] as number) + (made ? spread * (seed - 2) : 0);
        return {
          measure: "score",
          value,
          draws: [-0.02, 0, 0.02].map((by) => value + by),
          of: { outcome, predictor },
        };
      }),
    );
    return { key, rows, seconds: 1 };
  });
}

test("which outcomes lose, which hold, which are unsure, and which nothing predicts", () => {
  const found = foundOf(
    told,
    planted({
      death: { real: [0.8, 0.75, 0.7], synthetic: [0.7, 0.72, 0.65] },
      stay: { real: [0.4, 0.3, 0.2], synthetic: [0.4, 0.3, 0.2] },
      noise: { real: [0.51, 0.5, 0.49], synthetic: [0.5, 0.5, 0.5] },
    }),
  );
  expect(found.say.bold).toBe(
    "On real patients, models learned from Gaussian copula lose beyond noise for death and lose nothing beyond noise for stay. noise cannot be predicted beyond chance even from real rows.",
  );
  expect(found.say.rest).toBe(
    "death: AUROC 0.800 learned from real and 0.700 from synthetic rows, with the boosted trees, the best on real ones; loss 0.100 (95% interval 0.098 to 0.102). " +
      "stay: R² 0.400 learned from real and 0.400 from synthetic rows, with the boosted trees, the best on real ones; loss 0.000 (95% interval −0.002 to 0.002).",
  );
  expect(found.more).toEqual([
    "Learned from Gaussian copula, the predictors come in the order of real rows for stay and change places beyond noise for death.",
    "Who chose by synthetic rows would take linear model for death, where real rows choose boosted trees.",
    "relapse is left out of the comparison: Every held-out row has the same one.",
  ]);
  const unsure = planted({ death: { real: [0.8, 0.75, 0.7], synthetic: [0.78, 0.74, 0.7], spread: 0.05 } });
  expect(foundOf(told, unsure).say.bold).toBe(
    "On real patients, models learned from Gaussian copula may or may not lose for death, where a loss above 0.05 is within noise.",
  );
});

test("a target that is told by something, and columns that are left out, are named", () => {
  const found = foundOf(told, planted({ death: { real: [0.995, 0.9, 0.9], synthetic: [0.99, 0.9, 0.9] } }));
  expect(found.more?.join(" ")).toContain("death is predicted almost perfectly from real rows (AUROC 0.995)");
  const notes = found.notes?.join(" ");
  expect(notes).toContain("by their names they are known only afterwards: dischtime.");
  expect(notes).toContain("Left out for death, since each tells it by itself: severity (AUROC 0.999).");
});

test("nothing has been compared where no cell is done", () => {
  expect(foundOf(told, []).say).toEqual({ bold: "Nothing has been compared for Gaussian copula yet." });
});
