import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { simulateCohort } from "../../clinic/cohorts/cohorts.ts";
import { createRng } from "../../math/rng.ts";
import { noticed } from "../fixtures/notice-reference.ts";
import type { NoticeReference } from "../fixtures/notice-reference.ts";
import { referenceTables } from "../fixtures/reference-tables.ts";
import type { ReferenceTables } from "../fixtures/reference-tables.ts";
import { tableOf } from "../fixtures/table-of.ts";
import { takeRows } from "../../table/table.ts";
import type { Column, Table } from "../../table/table.ts";
import { crossPrediction } from "./cross-prediction.ts";

const read = <T>(name: string): T =>
  JSON.parse(readFileSync(new URL(`../fixtures/${name}`, import.meta.url), "utf8")) as T;
const notice = read<NoticeReference>("notice.json");
const noticeTables = referenceTables(read<ReferenceTables>("reference.json"), "died");

/** Two pressures that go together, an age that goes with neither. */
function people(rows: number, seed: number, noise = 0): Table {
  const rng = createRng(seed);
  const sbp = Array.from({ length: rows }, () => 130 + 20 * rng.normal());
  return tableOf({
    age: { kind: "integer", cells: sbp.map(() => Math.round(70 + 10 * rng.normal())) },
    dbp: { kind: "integer", cells: sbp.map((x) => Math.round(28 + 0.4 * x + 6 * rng.normal())) },
    sbp: { kind: "integer", cells: sbp.map((x) => Math.round(x + 20 * noise * rng.normal())) },
    ward: { kind: "category", cells: sbp.map(() => (rng.uniform() < 0.3 ? "A" : "B")) },
  });
}

/** An admission with heart failure: rare levels and long tails, as many columns as a third of the rows. */
function admissions(rows: number, seed: number): { train: Table; holdout: Table; fresh: Table } {
  const all = simulateCohort("heart-failure", seed, 2 * rows);
  const from = (start: number, end: number): Table =>
    takeRows(
      all,
      Array.from({ length: end - start }, (_, i) => start + i),
    );
  return { train: from(0, 0.8 * rows), holdout: from(0.8 * rows, rows), fresh: from(rows, 1.8 * rows) };
}

describe("with few rows, rare levels and long tails", () => {
  it("fresh rows are called worse as seldom as a report may: 1 in 20 by all measures, 1 in 500 by this", async () => {
    let alarms = 0;
    for (let seed = 1; seed <= 40; seed++) {
      const { fresh, ...real } = admissions(100, seed);
      if (/worse/.test((await noticed(crossPrediction, { ...real, synthetic: fresh }, seed)).verdict))
        alarms++;
    }
    expect(alarms).toBeLessThanOrEqual(1);
  }, 60_000);

  it.each([1, 2, 3])("a column whose values went to other patients is told (seed %d)", async (seed) => {
    const { fresh, ...real } = admissions(300, seed);
    const at = fresh.schema.columns.findIndex(({ name }) => name === "creatinine");
    const shuffled = takeRows(fresh, createRng(seed).permutation(fresh.rows)).columns[at] as Column;
    const synthetic = { ...fresh, columns: fresh.columns.with(at, shuffled) };
    const { verdict, sentence } = await noticed(crossPrediction, { ...real, synthetic }, seed);
    expect(verdict).toBe("much-worse");
    expect(sentence).toMatch(/creatinine|egfr/);
  });
});

describe("cross-prediction", () => {
  it("loses as much of each column as scikit-learn's ridge regressions do, within .02", async () => {
    const { detail } = await noticed(crossPrediction, noticeTables);
    if (detail?.type !== "per-column") throw new Error("no columns");
    expect(detail.columns.map(({ name }) => name).toSorted()).toEqual(Object.keys(notice.losses).toSorted());
    for (const { name, value } of detail.columns)
      expect(Math.abs(value - (notice.losses[name] as number))).toBeLessThan(0.02);
  });

  it("sees half a deviation of noise on a pressure, names it with both R², and is not worried by fresh rows", async () => {
    const real = { train: people(600, 1), holdout: people(150, 2) };
    const noised = await noticed(crossPrediction, { ...real, synthetic: people(600, 3, 0.5) });
    expect(noised.verdict).toMatch(/worse/);
    expect(noised.loss.value).toBeGreaterThan(0.15);
    expect(noised.sentence).toMatch(
      /furthest off sbp: by one model of real rows, R² 0\.\d\d in synthetic and 0\.\d\d in real rows/,
    );
    for (const seed of [4, 5, 6]) {
      const fresh = await noticed(crossPrediction, { ...real, synthetic: people(600, seed) });
      expect(fresh.verdict).not.toMatch(/worse/);
      expect(Math.abs(fresh.loss.value)).toBeLessThan(0.06);
    }
  });

  it("says what it could have seen: less in 2,000 rows than in 300", async () => {
    const seen = async (rows: number): Promise<number> => {
      const tables = { train: people(rows, 1), holdout: people(rows / 4, 2), synthetic: people(rows, 3) };
      return (await noticed(crossPrediction, tables)).judgement.seen;
    };
    const [few, many] = [await seen(300), await seen(2000)];
    expect(few).toBeGreaterThan(1.5 * many);
    expect(many).toBeLessThan(0.2);
  });
});
