import { beforeAll, describe, expect, it } from "vitest";
import { FaultError } from "../fault.ts";
import { createRng } from "../math/rng.ts";
import type { Rng } from "../math/rng.ts";
import { takeRows } from "../table/table.ts";
import type { Column, Table } from "../table/table.ts";
import { expectSound } from "./fixtures/expect-sound.ts";
import { tableOf } from "./fixtures/table-of.ts";
import type { Cells } from "./fixtures/table-of.ts";
import { judgedMeasure, judgedResult } from "./measuring/judge.ts";
import type { Metric, Measurement, Tables } from "./metric.ts";
import { metrics } from "./registry.ts";

/** Patients whose columns hang together; `target` marks the outcome. */
function patients(rows: number, seed: number, target = true): Table {
  const rng = createRng(seed);
  const clock = createRng(1000 + seed);
  const people = Array.from({ length: rows }, () => {
    const severity = rng.normal();
    const age = Math.round(65 + 10 * rng.normal() + 4 * severity);
    return {
      age,
      sbp: rng.uniform() < 0.1 ? null : Math.round(125 - 12 * severity + 8 * rng.normal()),
      bnp: Math.exp(5 + severity + 0.3 * rng.normal()),
      nyha: ["I", "II", "III", "IV"][Math.max(0, Math.min(3, Math.round(1.2 + severity)))] as string,
      sex: rng.uniform() < 0.05 ? null : rng.uniform() < 0.4 ? "F" : "M",
      followed: Math.ceil((-400 * Math.log(1 - clock.uniform())) / Math.exp(0.5 * severity)),
      died: rng.uniform() < 1 / (1 + Math.exp(2 - 2 * severity - 0.05 * (age - 65))) ? "yes" : "no",
    };
  });
  const pick = (name: keyof (typeof people)[number]) => people.map((person) => person[name]);
  return tableOf({
    age: { kind: "integer", cells: pick("age") },
    sbp: { kind: "integer", cells: pick("sbp") },
    bnp: { kind: "decimal", cells: pick("bnp") },
    nyha: { kind: "category", cells: pick("nyha") },
    sex: { kind: "category", role: "sensitive", cells: pick("sex") },
    followed: { kind: "integer", survival: "time", cells: pick("followed") },
    died: {
      kind: "boolean",
      role: target ? "target" : "feature",
      survival: "event",
      cells: pick("died"),
    },
  });
}

function bootstrap(table: Table, rows: number, rng: Rng): Table {
  return takeRows(
    table,
    Int32Array.from({ length: rows }, () => rng.integer(table.rows)),
  );
}

/** Every column shuffled by itself: right margins, no relationships. */
function shuffled(table: Table, rng: Rng): Table {
  const columns = table.columns.map(
    (_, i) => takeRows(table, rng.permutation(table.rows)).columns[i] as Column,
  );
  return { ...table, columns };
}

/** The table with column `name` replaced. */
function withColumn(table: Table, name: string, cells: Cells): Table {
  const at = table.schema.columns.findIndex((column) => column.name === name);
  const { role = "feature", survival } = table.schema.columns[at] ?? {};
  const made = tableOf({ [name]: { role, ...(survival && { survival }), ...cells } });
  const columns = table.columns.with(at, made.columns[0] as Column);
  const schema = { ...table.schema, columns: table.schema.columns.with(at, made.schema.columns[0] as never) };
  return { ...table, columns, schema };
}

/** The table with a column "ward" of two frequent levels and a rare one. */
function onWards(table: Table, seed: number): Table {
  const rng = createRng(seed);
  const wards = Array.from(
    { length: table.rows },
    () => ["A", "B", "C"][rng.weighted([60, 38.4, 1.6])] as string,
  );
  const made = tableOf({ ward: { kind: "category", cells: wards } });
  const columns = [...table.columns, made.columns[0] as Column];
  const schema = { ...table.schema, columns: [...table.schema.columns, made.schema.columns[0] as never] };
  return { ...table, columns, schema };
}

const fill = <T>(rows: number, value: T): T[] => Array<T>(rows).fill(value);
const find = (id: string): Metric => metrics.find((metric) => metric.id === id) as Metric;
const compute = (metric: Metric, tables: Tables, seed = 1): Promise<Measurement> =>
  metric.compute(tables, createRng(seed));

async function measured(id: string, tables: Tables) {
  const result = await compute(find(id), tables);
  if (result.status !== "ok") throw new Error(`${id}: ${result.reason}`);
  return judgedMeasure(find(id), result, 1);
}

const train = patients(600, 1);
const holdout = patients(250, 2);
const fresh = patients(600, 3);
/** The same patients with a column of frequent and rare levels. */
const wide: Tables = {
  train: onWards(train, 11),
  holdout: onWards(holdout, 12),
  synthetic: onWards(fresh, 13),
};

/** The same patients with columns that follow from another, which some metrics need. */
const related = Object.fromEntries(
  Object.entries(wide).map(([side, table]: [string, Table]) => [side, withFollowing(table)]),
) as unknown as Tables;

function withFollowing(table: Table): Table {
  const ages = table.columns[0];
  if (ages?.type !== "numeric") throw new Error("the first column is the age");
  const made = tableOf({
    retires: { kind: "integer", cells: Array.from(ages.values, (age) => age + 18) },
    senior: { kind: "category", cells: Array.from(ages.values, (age) => (age < 65 ? "no" : "yes")) },
    care: { kind: "category", cells: Array.from(ages.values, careAt) },
  });
  const columns = [...table.columns, ...made.columns];
  const schema = { ...table.schema, columns: [...table.schema.columns, ...made.schema.columns] };
  return { ...table, columns, schema };
}

/** None before 65. */
function careAt(age: number): string {
  return age < 65 || age % 3 === 0 ? "none" : "weekly";
}

const ON_RELATED = new Set(["kept-rules", "orders-and-ties", "unseen-pairs"]);
const tablesFor = ({ id }: Metric): Tables => (ON_RELATED.has(id) ? related : wide);

/** Metrics of patients over time: `contract-over-time.test.ts`; of events: `clinical/surveillance/surveillance.test.ts`. */
const ofRows = metrics.filter(({ about }) => about === undefined);

describe.each(ofRows.map((metric) => [metric.id, metric] as const))("%s", (_, metric) => {
  it("is described", () => {
    expect(metric.id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(metric.summary).toMatch(/\.$/);
    expect(metric.reference.length).toBeGreaterThan(10);
  });

  let first: Measurement;
  beforeAll(async () => {
    first = await compute(metric, tablesFor(metric));
  });

  it("repeats from its seed and is sound on fresh rows of the same kind", async () => {
    expect(first.status).toBe("ok");
    expectSound(metric, first);
    expect(await compute(metric, tablesFor(metric))).toEqual(first);
    expect(judgedResult(metric, first, 1)).not.toMatchObject({ verdict: "much-worse" });
  });

  it("gives the held-out rows a score near the top", () => {
    expect(first.status === "ok" && first.score.baseline.value).toBeGreaterThan(85);
  });

  it("stops when its pulse rejects", async () => {
    let beats = 0;
    const pulse = async (): Promise<void> => {
      if (++beats > 2) throw new FaultError({ code: "cancelled" });
    };
    await expect(metric.compute(tablesFor(metric), createRng(1), pulse)).rejects.toThrow(FaultError);
  });

  it.each<[string, () => Tables]>([
    [
      "no target",
      () => ({
        train: patients(200, 4, false),
        holdout: patients(100, 5, false),
        synthetic: patients(200, 6, false),
      }),
    ],
    ["25 rows", () => ({ train: patients(20, 4), holdout: patients(5, 5), synthetic: patients(25, 6) })],
    ["no held-out rows", () => ({ train, holdout: takeRows(holdout, []), synthetic: fresh })],
    ["one synthetic row", () => ({ train, holdout, synthetic: takeRows(fresh, [0]) })],
    [
      "a target of one class",
      () => {
        const only = (table: Table): Table =>
          withColumn(table, "died", { kind: "boolean", cells: fill(table.rows, "no") });
        return { train: only(train), holdout: only(holdout), synthetic: only(fresh) };
      },
    ],
    [
      "a synthetic target of one class",
      () => ({
        train,
        holdout,
        synthetic: withColumn(fresh, "died", { kind: "boolean", cells: fill(fresh.rows, "no") }),
      }),
    ],
    [
      "an all-missing column",
      () => {
        const none = (table: Table): Table =>
          withColumn(table, "sbp", { kind: "integer", cells: fill(table.rows, null) });
        return { train: none(train), holdout: none(holdout), synthetic: none(fresh) };
      },
    ],
    [
      "a column that is missing in the synthetic table only",
      () => ({
        train,
        holdout,
        synthetic: withColumn(fresh, "sbp", { kind: "integer", cells: fill(fresh.rows, null) }),
      }),
    ],
    [
      "a constant number",
      () => {
        const same = (table: Table): Table =>
          withColumn(table, "bnp", { kind: "decimal", cells: fill(table.rows, 3.5) });
        return { train: same(train), holdout: same(holdout), synthetic: same(fresh) };
      },
    ],
    [
      "a new category in the synthetic table",
      () => ({
        train,
        holdout,
        synthetic: withColumn(fresh, "nyha", { kind: "category", cells: fill(fresh.rows, "V") }),
      }),
    ],
    [
      "a new class in the synthetic target",
      () => ({
        train,
        holdout,
        synthetic: withColumn(fresh, "died", { kind: "boolean", cells: fill(fresh.rows, "maybe") }),
      }),
    ],
    ["identical tables", () => ({ train, holdout: train, synthetic: train })],
    [
      "values near the end of the range of numbers",
      () => {
        const huge = (table: Table, seed: number): Table => {
          const rng = createRng(seed);
          return withColumn(table, "bnp", {
            kind: "decimal",
            cells: fill(table.rows, 0).map(() => 1e300 * rng.normal()),
          });
        };
        return { train: huge(train, 1), holdout: huge(holdout, 2), synthetic: huge(fresh, 3) };
      },
    ],
  ])("does not break on %s", async (_name, make) => {
    expectSound(metric, await compute(metric, make()));
  });
});

describe("alarms", () => {
  const copies = { train, holdout, synthetic: bootstrap(train, 600, createRng(7)) };
  const independent = { train, holdout, synthetic: shuffled(train, createRng(8)) };

  it("a bootstrap of the training rows alarms both privacy metrics", async () => {
    const exact = await measured("exact-copies", copies);
    expect(exact.value).toBe(1);
    expect(exact.verdict).toBe("much-worse");
    const nearer = await measured("dcr-share", copies);
    expect(nearer.value).toBeGreaterThan(0.6);
    expect(nearer.verdict).toBe("much-worse");
  });

  it("independent columns leave privacy silent, and are told apart and useless for prediction", async () => {
    expect((await measured("exact-copies", independent)).verdict).toBe("good");
    expect((await measured("dcr-share", independent)).verdict).not.toMatch(/worse/);
    // shuffled rows of train, cut to as many as were held out, are no further from it than those
    const shapes = await measured("column-shapes", independent);
    expect(shapes.value).toBeGreaterThan(shapes.baseline.value - 0.01);
    const apart = await measured("c2st", independent);
    expect(apart.value).toBeGreaterThan(0.75);
    expect(apart.verdict).toBe("much-worse");
    const useless = await measured("tstr", independent);
    expect(useless.value).toBeLessThan(0.65);
    expect(useless.verdict).toBe("much-worse");
  });

  it("says why it has nothing to say", async () => {
    const reason = async (tables: Tables): Promise<string> => {
      const result = await compute(find("tstr"), tables);
      return result.status === "skipped" ? result.reason : "";
    };
    const none = {
      train: patients(200, 4, false),
      holdout: patients(100, 5, false),
      synthetic: patients(200, 6, false),
    };
    expect(await reason(none)).toBe("No column is marked as the target.");
    expect(await reason({ train, holdout: patients(5, 5), synthetic: fresh })).toBe(
      "5 rows were held out; at least 20 are needed to score on.",
    );
  });
});
