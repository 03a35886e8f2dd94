import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createRng } from "../../math/rng.ts";
import { numbers } from "../../table/fixtures/made-table.ts";
import { noticed } from "../fixtures/notice-reference.ts";
import type { NoticeReference } from "../fixtures/notice-reference.ts";
import { referenceTables } from "../fixtures/reference-tables.ts";
import type { ReferenceTables } from "../fixtures/reference-tables.ts";
import { tableOf } from "../fixtures/table-of.ts";
import type { Table } from "../../table/table.ts";
import { realBesideSynthetic } from "../measuring/real-rows.ts";
import { lossOfLooks } from "../measuring/worst-look.ts";
import { differencesOf, moments } from "./moments.ts";

const read = <T>(name: string): T =>
  JSON.parse(readFileSync(new URL(`../fixtures/${name}`, import.meta.url), "utf8")) as T;
const notice = read<NoticeReference>("notice.json");
const noticeTables = referenceTables(read<ReferenceTables>("reference.json"), "died");

const compared = realBesideSynthetic(noticeTables, 1e5, createRng(1));

/** Ages about 70 ± 12, and a bill whose logarithm is normal. */
function people(rows: number, seed: number, older = 0): Table {
  const rng = createRng(seed);
  const ages = Array.from({ length: rows }, () => Math.round(70 + older + 12 * rng.normal()));
  const bills = Array.from({ length: rows }, () => Math.exp(5 + 1.5 * rng.normal()));
  return tableOf({
    age: { kind: "integer", cells: ages },
    bill: { kind: "decimal", decimals: 2, cells: bills },
  });
}

describe("moments", () => {
  it.each(Object.entries(notice.moments))("%s: numpy's mean, deviation and quantiles", (name, expected) => {
    const column = compared.columns.find(({ schema }) => schema.name === name);
    if (column?.type !== "numeric") throw new Error("not a number");
    const effects = differencesOf(column, { worth: 1 }).map(({ effect }) => effect);
    const tolerances = [0.1, 0.15, 0.25, 0.15, 0.15, 0.15, 0.25];
    const wanted = [expected.mean, expected.sd, ...expected.quantiles];
    expect(effects).toHaveLength(7);
    effects.forEach((effect, i) =>
      expect(effect * (tolerances[i] as number)).toBeCloseTo(wanted[i] as number, 9),
    );
  });

  it("the errors of all seven are those of repeated draws", () => {
    const draws = 400;
    const sums = new Float64Array(7);
    const stated = new Float64Array(7);
    for (let draw = 0; draw < draws; draw++) {
      const rng = createRng(draw);
      const values = [300, 200].map((rows) => Float64Array.from({ length: rows }, () => rng.normal()));
      const column = { type: "numeric" as const, schema: numbers("x", []).schema, values };
      differencesOf(column, { worth: 1 }).forEach(({ effect, error }, i) => {
        sums[i] = (sums[i] as number) + effect ** 2 / draws;
        stated[i] = (stated[i] as number) + error / draws;
      });
    }
    const ratios = Array.from(stated, (error, i) => error / Math.sqrt(sums[i] as number));
    for (const ratio of ratios) expect(Math.abs(ratio - 1)).toBeLessThan(0.15);
  });

  it("whole numbers of which half are rounded to fives: no false alarm in over 2% of draws", () => {
    let alarms = 0;
    for (let draw = 0; draw < 400; draw++) {
      const rng = createRng(1000 + draw);
      const read = (): number => {
        const value = 45 + 12 * rng.normal();
        return rng.uniform() < 0.5 ? 5 * Math.round(value / 5) : Math.round(value);
      };
      const values = [300, 300].map((rows) => Float64Array.from({ length: rows }, read));
      const column = { type: "numeric" as const, schema: numbers("lvef", []).schema, values };
      if (lossOfLooks(differencesOf(column, { worth: 1 }), 1, { value: 0, high: 1 }).found.length > 0)
        alarms++;
    }
    expect(alarms).toBeLessThan(8);
  });

  it("doses have no quantiles, but a mean and a spread", () => {
    const doses = Float64Array.from({ length: 200 }, (_, i) => [0, 20, 40, 80][i % 4] as number);
    const column = { type: "numeric" as const, schema: numbers("mg", []).schema, values: [doses, doses] };
    expect(differencesOf(column, { worth: 1 }).map(({ words }) => words.slice(0, 14))).toEqual([
      "the mean of mg",
      "the standard d",
    ]);
  });

  it("300 patients 8 years older are much worse, and the sentence has both means; fresh ones are not", async () => {
    const real = { train: people(300, 1), holdout: people(75, 2) };
    const older = await noticed(moments, { ...real, synthetic: people(300, 3, 8) });
    expect(older.verdict).toBe("much-worse");
    expect(older.sentence).toMatch(/of age is 7[78]\.?\d* in synthetic and (69|70)\.?\d* in real rows/);
    expect(older.detail).toMatchObject({
      columns: [{ name: "age", verdict: "much-worse" }, { name: "bill" }],
    });
    for (const seed of [4, 5, 6]) {
      const fresh = await noticed(moments, { ...real, synthetic: people(300, seed) });
      expect(fresh.verdict).toBe("good");
    }
  });

  it("50 patients are too few to call even fresh ones good", async () => {
    const tables = { train: people(40, 1), holdout: people(10, 2), synthetic: people(40, 3) };
    expect((await noticed(moments, tables)).verdict).toBe("cannot-tell");
  });

  it("a skewed number is taken by its logarithm: one bill among the largest changes nothing", async () => {
    const synthetic = people(400, 3);
    const bills = synthetic.columns[1];
    if (bills?.type !== "numeric") throw new Error("not a number");
    bills.values[7] = 1e9;
    const real = { train: people(400, 1), holdout: people(100, 2) };
    expect((await noticed(moments, { ...real, synthetic })).verdict).toBe("good");
  });
});
