import { describe, expect, it } from "vitest";
import { createRng } from "../math/rng.ts";
import { takeRows } from "../table/table.ts";
import { judgedMeasure } from "./measuring/judge.ts";
import type { Column, Table } from "../table/table.ts";
import { tableOf } from "./fixtures/table-of.ts";
import type { Tables } from "./metric.ts";
import { mostExposed } from "./privacy/outlier-exposure.ts";
import { metrics } from "./registry.ts";

function patients(rows: number, seed: number): Table {
  const rng = createRng(seed);
  const people = Array.from({ length: rows }, () => {
    const severity = rng.normal();
    const age = Math.round(65 + 10 * rng.normal() + 4 * severity);
    return {
      age,
      sex: rng.uniform() < 0.4 ? "F" : "M",
      sbp: rng.uniform() < 0.1 ? null : Math.round(125 - 12 * severity + 8 * rng.normal()),
      bnp: Math.exp(5 + severity + 0.3 * rng.normal()),
      creatinine: Math.round(100 * Math.exp(0.2 * severity + 0.3 * rng.normal())) / 100,
      nyha: ["I", "II", "III", "IV"][Math.max(0, Math.min(3, Math.round(1.2 + severity)))] as string,
      ward: `W${Math.floor(8 * rng.uniform() ** 2)}`,
      died: rng.uniform() < 1 / (1 + Math.exp(2 - 2 * severity - 0.05 * (age - 65))) ? "yes" : "no",
    };
  });
  const pick = (name: keyof (typeof people)[number]) => people.map((person) => person[name]);
  return tableOf({
    age: { kind: "integer", cells: pick("age") },
    sex: { kind: "category", role: "sensitive", cells: pick("sex") },
    sbp: { kind: "integer", cells: pick("sbp") },
    bnp: { kind: "decimal", cells: pick("bnp") },
    creatinine: { kind: "decimal", cells: pick("creatinine") },
    nyha: { kind: "category", cells: pick("nyha") },
    ward: { kind: "category", cells: pick("ward") },
    died: { kind: "boolean", role: "target", cells: pick("died") },
  });
}

function bootstrap(table: Table, seed: number): Table {
  const rng = createRng(seed);
  return takeRows(
    table,
    Int32Array.from({ length: table.rows }, () => rng.integer(table.rows)),
  );
}

function independent(table: Table, seed: number): Table {
  const rng = createRng(seed);
  const columns = table.columns.map(
    (_, i) => takeRows(table, rng.permutation(table.rows)).columns[i] as Column,
  );
  return { ...table, columns };
}

/** Of patients over time: `privacy/visits/planted-copies.test.ts`. */
const scored = metrics.filter(
  ({ family, scored: speaks, about }) => family === "privacy" && speaks && about !== "courses",
);

describe.each([200, 600, 3000])("privacy on tables of %d rows", (rows) => {
  const train = patients(rows, rows);
  const holdout = patients(rows >> 1, rows + 1);

  it.each(scored.map((metric) => [metric.id, metric] as const))("%s alarms on copies", async (_, metric) => {
    const tables: Tables = { train, holdout, synthetic: bootstrap(train, 7) };
    const result = await metric.compute(tables, createRng(1));
    if (result.status !== "ok") throw new Error(result.reason);
    const { verdict } = judgedMeasure(metric, result, scored.length);
    // Few combinations of few columns are one patient's alone: too few to be sure that they come back.
    if (metric.id === "rare-combinations") expect(verdict).not.toBe("good");
    else expect(verdict).toMatch(/worse/);
  });

  it.each(scored.map((metric) => [metric.id, metric] as const))(
    "%s is silent on independent columns and on fresh patients",
    async (_, metric) => {
      const seeds = rows > 1000 ? [1] : [1, 2, 3, 4];
      for (const seed of seeds) {
        const held = patients(rows >> 1, rows + 10 * seed + 5);
        for (const synthetic of [independent(train, seed), patients(rows, 50 + seed)]) {
          const result = await metric.compute({ train, holdout: held, synthetic }, createRng(seed));
          if (result.status !== "ok") throw new Error(result.reason);
          const verdict = judgedMeasure(metric, result, scored.length).verdict;
          expect(["good", "cannot-tell"]).toContain(verdict);
        }
      }
    },
  );
});

describe("mostExposed", () => {
  it("lists outliers that came back, nearest first, and nobody when the synthetic rows are fresh", async () => {
    const train = patients(400, 1);
    const holdout = patients(200, 2);
    const fresh = patients(400, 3);
    const listed = await mostExposed({ train, holdout, synthetic: bootstrap(train, 1) }, createRng(1));
    expect(listed.length).toBeGreaterThan(10);
    expect(listed[0]?.ratio).toBe(0);
    expect(listed.map(({ ratio }) => ratio)).toEqual(
      listed.map(({ ratio }) => ratio).toSorted((a, b) => a - b),
    );
    const silent = await mostExposed({ train, holdout, synthetic: fresh }, createRng(1));
    expect(silent.length).toBeLessThan(listed.length / 4);
  });

  it("names the very row that was planted", async () => {
    const train = patients(400, 1);
    const unusual = train.columns.map((column): Column => {
      if (column.type === "coded") return column;
      return {
        ...column,
        values: column.values.with(123, column.values.reduce((a, b) => Math.max(a, b || 0), 0) * 2),
      };
    });
    const planted = { ...train, columns: unusual };
    const fresh = patients(400, 3);
    const columns = fresh.columns.map((column, i): Column => {
      const source = planted.columns[i] as Column;
      if (column.type === "numeric" && source.type === "numeric")
        return { ...column, values: column.values.with(0, source.values[123] as number) };
      return column;
    });
    const listed = await mostExposed(
      { train: planted, holdout: patients(200, 2), synthetic: { ...fresh, columns } },
      createRng(1),
    );
    expect(listed[0]?.row).toBe(123);
  });
});
