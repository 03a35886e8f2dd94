import { describe, expect, it } from "vitest";
import { createRng } from "../../math/rng.ts";
import { levels, madeTable, numbers } from "../../table/fixtures/made-table.ts";
import { takeRows } from "../../table/table.ts";
import type { Column, NumericColumn, Table } from "../../table/table.ts";
import { noticed } from "../fixtures/notice-reference.ts";
import type { Metric, Tables } from "../metric.ts";
import { c2stRelations } from "./c2st-relations.ts";
import { c2st } from "./c2st.ts";
import { ordersAndTies } from "./orders-and-ties.ts";
import { unseenPairs } from "./unseen-pairs.ts";

const DAY = 86_400_000;

/** A relapse never after death and often at the end of follow-up, two dates in order, pack-years of smokers only. */
function followed(rows: number, seed: number): Table {
  const rng = createRng(seed);
  const list = Array.from({ length: rows }, () => {
    const death = 200 + rng.integer(1500);
    const smokes = rng.uniform() < 0.45;
    const from = Date.UTC(2019, 0, 1) + rng.integer(700) * DAY;
    return {
      death,
      relapse: rng.uniform() < 0.5 ? death : Math.max(1, Math.round(death * rng.uniform())),
      from,
      until: from + rng.integer(400) * DAY,
      age: Math.round(62 + 10 * rng.normal()),
      smokes,
      packs: smokes ? 1 + rng.integer(3) : 0,
      years: smokes ? Math.round(8 + 40 * rng.uniform()) : NaN,
      grade: rng.integer(3),
    };
  });
  type Row = (typeof list)[number];
  const of = (pick: (row: Row) => number): number[] => list.map(pick);
  const dated = { pattern: "YYYY-MM-DD" };
  const whole = { decimals: 0 };
  return madeTable([
    numbers(
      "relapse",
      of(({ relapse }) => relapse),
      whole,
    ),
    numbers(
      "death",
      of(({ death }) => death),
      whole,
    ),
    numbers(
      "admitted",
      of(({ from }) => from),
      dated,
    ),
    numbers(
      "discharged",
      of(({ until }) => until),
      dated,
    ),
    numbers(
      "age",
      of(({ age }) => age),
      whole,
    ),
    levels(
      "smoker",
      of(({ smokes }) => (smokes ? 1 : 0)),
      ["no", "yes"],
    ),
    levels(
      "packs",
      of(({ packs }) => packs),
      ["none", "under 1", "1 to 2", "over 2"],
    ),
    numbers(
      "years_smoked",
      of(({ years }) => years),
      whole,
    ),
    levels(
      "grade",
      of(({ grade }) => grade),
      ["1", "2", "3"],
    ),
  ]);
}

const at = (table: Table, name: string): number => table.schema.columns.findIndex((one) => one.name === name);

/** In this share of the rows, the first ones, the relapse is moved to after the death. */
function lateRelapse(table: Table, share: number): Table {
  const rng = createRng(5);
  const place = at(table, "relapse");
  const death = table.columns[at(table, "death")] as NumericColumn;
  const values = (table.columns[place] as NumericColumn).values.map((value, row) =>
    row < share * table.rows ? (death.values[row] as number) + 1 + rng.integer(200) : value,
  );
  return { ...table, columns: table.columns.with(place, { type: "numeric", values }) };
}

function independent(table: Table): Table {
  const rng = createRng(6);
  const columns = table.columns.map(
    (_, i) => takeRows(table, rng.permutation(table.rows)).columns[i] as Column,
  );
  return { ...table, columns };
}

const real = { train: followed(640, 1), holdout: followed(200, 2) };
const answer = (metric: Metric, synthetic: Table, of: Omit<Tables, "synthetic"> = real) =>
  noticed(metric, { ...of, synthetic });

describe("relapse after death in 27% of the rows", () => {
  const planted = lateRelapse(followed(640, 3), 0.27);

  it("is told by the differences, which a classifier of single columns sees far less", async () => {
    const [plain, told] = [await answer(c2st, planted), await answer(c2stRelations, planted)];
    expect(told.verdict).toMatch(/worse/);
    expect(told.value).toBeGreaterThan(plain.value + 0.05);
    expect(told.sentence).toMatch(
      /It relies most on relapse and death: relapse is above death in 2\d\.\d% of synthetic rows and in 0\.0% of real ones\.$/,
    );
  }, 120_000);

  it("is told as a broken order, with its share", async () => {
    const { verdict, sentence, loss } = await answer(ordersAndTies, planted);
    expect(verdict).toBe("much-worse");
    expect(loss.value).toBeGreaterThan(0.2);
    expect(sentence).toMatch(
      /^Of 2 orders and 1 pair of columns that are often equal in real rows, 2 are off\. Worst: “relapse is not above death” is broken in 2\d\.\d% of synthetic rows and in no real row\.$/,
    );
  });

  it("is no order where 3% of the real rows break it", async () => {
    const loose = { train: lateRelapse(real.train, 0.03), holdout: lateRelapse(real.holdout, 0.03) };
    const { detail } = await answer(ordersAndTies, planted, loose);
    if (detail?.type !== "figures") throw new Error("no figures");
    const names = detail.rows.map(({ name }) => name);
    expect(names).toContain("admitted is not after discharged");
    expect(names).not.toContain("relapse is not above death");
  });
});

describe("independent columns", () => {
  it.each([c2stRelations, ordersAndTies, unseenPairs].map((metric) => [metric.id, metric] as const))(
    "are much worse by %s",
    async (_, metric) => {
      expect((await answer(metric, independent(followed(640, 3)))).verdict).toBe("much-worse");
    },
    120_000,
  );
});

describe("questions that are asked of some only", () => {
  it("are answered by others: told with the two columns and without their values", async () => {
    const fresh = followed(640, 3);
    const place = at(fresh, "packs");
    const packs = independent(fresh).columns[place] as Column;
    const { verdict, sentence, detail } = await answer(unseenPairs, {
      ...fresh,
      columns: fresh.columns.with(place, packs),
    });
    expect(verdict).toBe("much-worse");
    expect(sentence).toMatch(
      /^\d\d\.\d% of synthetic rows hold two common values .* of held-out rows 0\.0% do\. Most of them by smoker with packs\.$/,
    );
    expect(JSON.stringify(detail)).not.toMatch(/under 1|over 2|none/);
  });

  it("are seen too where what must be empty is filled", async () => {
    const fresh = followed(640, 3);
    const place = at(fresh, "years_smoked");
    const years = independent(fresh).columns[place] as Column;
    const { detail } = await answer(unseenPairs, { ...fresh, columns: fresh.columns.with(place, years) });
    if (detail?.type !== "figures") throw new Error("no figures");
    expect(detail.rows[0]?.name).toBe("smoker with years_smoked");
  });
});

describe("fresh rows", () => {
  it.each([11, 12, 13])(
    "raise no alarm (seed %d)",
    async (seed) => {
      const of = { train: followed(240, seed), holdout: followed(60, 100 + seed) };
      for (const metric of [c2stRelations, ordersAndTies, unseenPairs])
        expect((await answer(metric, followed(240, 200 + seed), of)).verdict, metric.id).not.toMatch(/worse/);
    },
    120_000,
  );
});

describe("few patients", () => {
  it("are not counted: a relation that 1 to 4 real patients have has no share", async () => {
    const train = lateRelapse(real.train, 2 / 640);
    const { detail, sentence } = await answer(ordersAndTies, lateRelapse(followed(640, 3), 0.27), {
      ...real,
      train,
    });
    expect(sentence).toContain("in those of fewer than 5 real patients");
    if (detail?.type !== "figures") throw new Error("no figures");
    const row = detail.rows.find(({ name }) => name === "relapse is not above death");
    expect(row).toMatchObject({ note: "fewer than 5 real patients differ" });
    expect(row).not.toHaveProperty("baseline");
  });

  it("with no two numbers on comparable scales there is nothing to subtract", async () => {
    const one = (table: Table): Table => ({
      ...table,
      columns: table.columns.slice(4, 7),
      schema: { ...table.schema, columns: table.schema.columns.slice(4, 7) },
    });
    const result = await c2stRelations.compute(
      { train: one(real.train), holdout: one(real.holdout), synthetic: one(followed(640, 3)) },
      createRng(1),
    );
    expect(result).toEqual({
      status: "skipped",
      reason: "No two numbers are on comparable scales, and there are no two dates.",
    });
  });
});
