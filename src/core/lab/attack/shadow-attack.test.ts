import { describe, expect, it } from "vitest";
import { FaultError } from "../../fault.ts";
import { createRng } from "../../math/rng.ts";
import { judgedMeasure } from "../../metrics/measuring/judge.ts";
import type { Tables } from "../../metrics/metric.ts";
import { tableOf } from "../../metrics/fixtures/table-of.ts";
import { takeRows, type Column, type Table } from "../../table/table.ts";
import { pooledTables } from "./pooled-tables.ts";
import { shadowAttack, type ShadowAttack } from "./shadow-attack.ts";

/** Patients of whom one in five lies far from all others. */
function people(rows: number, seed: number): Table {
  const rng = createRng(seed);
  const wide = Array.from({ length: rows }, (_, row) => (row % 5 === 0 ? 5 : 1));
  const columns = Array.from({ length: 6 }, (_, c) => [
    `x${c}`,
    { kind: "decimal" as const, cells: wide.map((times) => times * rng.normal()) },
  ]);
  return tableOf({
    ...Object.fromEntries(columns),
    sex: { kind: "category", cells: wide.map(() => (rng.uniform() < 0.5 ? "F" : "M")) },
  });
}

type Method = (half: Table, rows: number, seed: number) => Table;

/** Rows of the table with replacement: everything is remembered. */
const bootstrap: Method = (half, rows, seed) => {
  const rng = createRng(seed);
  return takeRows(
    half,
    Int32Array.from({ length: rows }, () => rng.integer(half.rows)),
  );
};

/** Copies with noise as wide as patients of the usual kind lie apart: only the unusual are remembered. */
const blurred: Method = (half, rows, seed) => {
  const rng = createRng(seed + 1000);
  const copies = bootstrap(half, rows, seed);
  const columns = copies.columns.map((column): Column =>
    column.type === "numeric"
      ? { ...column, values: column.values.map((x) => x + 0.9 * rng.normal()) }
      : column,
  );
  return { ...copies, columns };
};

/** Every column by itself. */
const independent: Method = (half, rows, seed) => {
  const rng = createRng(seed);
  const columns = half.columns.map(
    (_, i) =>
      takeRows(
        half,
        Int32Array.from({ length: rows }, () => rng.integer(half.rows)),
      ).columns[i] as Column,
  );
  return { ...half, rows, columns };
};

const tablesOf = (method: Method, seed: number): Tables => {
  const train = people(300, seed);
  return { train, holdout: people(300, seed + 1), synthetic: method(train, 300, seed + 2) };
};

const attackBy = (method: Method, shadows: number): ShadowAttack => ({
  shadows,
  method: "a test",
  train: (half, shadow, told) => {
    told(1);
    return Promise.resolve({ synthetic: method(half, 300, 77 + shadow) });
  },
});

async function attack(method: Method, seed = 1) {
  const [found] = await shadowAttack(tablesOf(method, seed), {}, attackBy(method, 8), createRng(seed));
  if (found?.result.status !== "ok" || found.result.detail?.type !== "figures")
    throw new Error("not measured");
  const rows = new Map(found.result.detail.rows.map((row) => [row.name, row.synthetic.value]));
  return { ...judgedMeasure(found.info, found.result, 1), rows };
}

describe("the shadow-model attack", () => {
  it("finds copies, at few false alarms too", async () => {
    const { value, verdict, rows } = await attack(bootstrap);
    // 1 - 1/e of the rows are drawn: their AUC is 1, that of the others a coin
    expect(value).toBeGreaterThan(0.75);
    expect(verdict).toBe("much-worse");
    expect(rows.get("Caught at 1% false alarms")).toBeGreaterThan(0.4);
    expect(rows.get("Caught at 10% false alarms")).toBeGreaterThan(0.5);
  });

  it("says that the unusual are worse off where they are", async () => {
    const { rows } = await attack(blurred);
    const unusual = rows.get("AUC, quarter of patients least like others") as number;
    const others = rows.get("AUC, all other patients") as number;
    expect(unusual).toBeGreaterThan(others + 0.1);
    expect(unusual).toBeGreaterThan(0.65);
  });

  it("finds nothing where nothing of a patient is kept", async () => {
    let [worse, sum] = [0, 0];
    for (let seed = 1; seed <= 6; seed++) {
      const { value, verdict } = await attack(independent, 10 * seed);
      if (verdict === "worse" || verdict === "much-worse") worse++;
      sum += value / 6;
    }
    expect(worse).toBe(0);
    expect(Math.abs(sum - 0.5)).toBeLessThan(0.03);
  });

  it("repeats from its seed, and tells how far it is", async () => {
    const told: number[] = [];
    const own = { ...attackBy(bootstrap, 6), onProgress: (fraction: number) => void told.push(fraction) };
    const tables = tablesOf(bootstrap, 1);
    const first = await shadowAttack(tables, {}, own, createRng(4));
    expect(await shadowAttack(tables, {}, attackBy(bootstrap, 6), createRng(4))).toEqual(first);
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    expect(told.at(-1)).toBe(1);
  });

  it("uses the likelihood where the model tells it", async () => {
    const tables = tablesOf(independent, 1);
    const rng = createRng(9);
    const known = new Map<Table, Set<number>>();
    const first = (table: Table, row: number): number => {
      const column = table.columns[0] as Column;
      return column.type === "numeric" ? (column.values[row] as number) : NaN;
    };
    /** A model that finds what it learned from a little likelier than its place would have it. */
    const trained = (half: Table, synthetic: Table) => {
      known.set(synthetic, new Set(Array.from({ length: half.rows }, (_, row) => first(half, row))));
      return {
        synthetic,
        logLikelihoods: (rows: Table) =>
          Promise.resolve(
            Float64Array.from({ length: rows.rows }, (_, row) => {
              const x = first(rows, row);
              return -x * x + 0.3 * rng.normal() + (known.get(synthetic)?.has(x) ? 0.6 : 0);
            }),
          ),
      };
    };
    const by = {
      ...attackBy(independent, 8),
      train: (half: Table, shadow: number) => Promise.resolve(trained(half, independent(half, 300, shadow))),
    };
    const found = await shadowAttack(tables, trained(tables.train, tables.synthetic), by, createRng(1));
    expect(found.map(({ info }) => info.id)).toEqual(["membership-shadow", "membership-likelihood"]);
    const result = found[1]?.result;
    if (result?.status !== "ok" || result.detail?.type !== "figures") throw new Error("not measured");
    expect(result.value).toBeGreaterThan(0.85);
    const plain = result.detail.rows.find(({ name }) => name === "AUC without shadow models");
    expect(plain?.synthetic.value).toBeLessThan(0.65);
  });

  it("stops when its pulse rejects, and says when too few can be attacked", async () => {
    const pulse = (): Promise<void> => Promise.reject(new FaultError({ code: "cancelled" }));
    const tables = tablesOf(bootstrap, 1);
    await expect(shadowAttack(tables, {}, attackBy(bootstrap, 6), createRng(1), pulse)).rejects.toThrow(
      FaultError,
    );
    const few = { ...tables, holdout: takeRows(tables.holdout, [0, 1, 2]) };
    expect((await shadowAttack(few, {}, attackBy(bootstrap, 6), createRng(1)))[0]?.result).toEqual({
      status: "skipped",
      reason: "3 rows can be attacked on one side; at least 20 are needed.",
      wants: "patients",
    });
  });
});

describe("pooled tables", () => {
  it("hold both tables' rows by their levels, and keep patients apart", () => {
    const a = {
      ...tableOf({ x: { kind: "category", cells: ["u", "v", null] } }),
      patients: Int32Array.of(0, 0, 4),
    };
    const b = tableOf({ x: { kind: "category", cells: ["w", "u"] } });
    const pool = pooledTables(a, b);
    const [column] = pool.columns;
    if (column?.type !== "coded") throw new Error("not coded");
    expect(Array.from(column.codes, (code) => column.levels[code])).toEqual(["u", "v", undefined, "w", "u"]);
    expect([...(pool.patients ?? [])]).toEqual([0, 0, 4, 5, 6]);
  });
});
