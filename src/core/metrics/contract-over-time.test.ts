import { beforeAll, describe, expect, it } from "vitest";
import { FaultError } from "../fault.ts";
import { createRng } from "../math/rng.ts";
import { takeRows, type Table } from "../table/table.ts";
import { expectSound } from "./fixtures/expect-sound.ts";
import { courses, rowsWhere, withCells } from "./fixtures/frail-courses.ts";
import { judgedResult } from "./measuring/judge.ts";
import type { Measurement, Metric, Tables } from "./metric.ts";
import { metrics } from "./registry.ts";

const overTime = metrics.filter(({ about }) => about === "courses");
const compute = (metric: Metric, tables: Tables): Promise<Measurement> =>
  metric.compute(tables, createRng(1));

const [train, holdout, fresh] = [courses(240, 1), courses(130, 2), courses(240, 3)];
const given: Tables = { train, holdout, synthetic: fresh };

/** Fewer of them, for what need only not break. */
const [few, fewHeld, fewFresh] = [courses(90, 1), courses(60, 2), courses(90, 3)];

const everywhere = (change: (table: Table) => Table): Tables => ({
  train: change(few),
  holdout: change(fewHeld),
  synthetic: change(fewFresh),
});
const inSynthetic = (change: (table: Table) => Table): Tables => ({
  train: few,
  holdout: fewHeld,
  synthetic: change(fewFresh),
});
const blank = (name: string) => (table: Table) =>
  withCells(table, name, () => (name === "state" || name === "responds" ? -1 : NaN));
function nobodys(table: Table): Table {
  const { patients: _, ...rows } = table;
  return rows;
}

/** Tables that somebody may open, and none of which may break a metric. */
const CASES: Readonly<Record<string, () => Tables>> = {
  "one visit for each": () => ({
    train: courses(90, 4, { visits: 1 }),
    holdout: courses(60, 5, { visits: 1 }),
    synthetic: courses(90, 6, { visits: 1 }),
  }),
  "one visit for each synthetic patient": () => inSynthetic(() => courses(90, 6, { visits: 1 })),
  "two visits for each": () => ({
    train: courses(90, 4, { visits: 2 }),
    holdout: courses(60, 5, { visits: 2 }),
    synthetic: courses(90, 6, { visits: 2 }),
  }),
  "synthetic rows that are nobody's": () => inSynthetic(nobodys),
  "one synthetic patient": () =>
    inSynthetic((table) => rowsWhere(table, (row) => table.patients?.[row] === 0)),
  "no held-out patients": () => ({ train: few, holdout: takeRows(holdout, []), synthetic: fewFresh }),
  "six held-out patients": () => ({
    train: few,
    synthetic: fewFresh,
    holdout: rowsWhere(holdout, (row) => (holdout.patients?.[row] ?? 0) < 6),
  }),
  "one synthetic time for all": () => inSynthetic((table) => withCells(table, "day", () => 7)),
  "no synthetic times": () => inSynthetic(blank("day")),
  "every third time missing": () =>
    everywhere((table) => withCells(table, "day", (row, day) => (row % 3 === 0 ? NaN : day))),
  "no synthetic end of follow-up": () => inSynthetic(blank("end")),
  "an all-missing number": () => everywhere(blank("crp")),
  "a number that only synthetic patients lack": () => inSynthetic(blank("bili")),
  "a state that only synthetic patients lack": () => inSynthetic(blank("state")),
  "no target": () => ({
    train: courses(90, 4, { target: false }),
    holdout: courses(60, 5, { target: false }),
    synthetic: courses(90, 6, { target: false }),
  }),
  "a target of one class": () => everywhere((table) => withCells(table, "responds", () => 0)),
  "a synthetic target of one class": () => inSynthetic((table) => withCells(table, "responds", () => 0)),
  "nobody dies in the synthetic table": () => inSynthetic((table) => withCells(table, "died", () => 0)),
  "a number that is always the same": () => everywhere((table) => withCells(table, "bili", () => 3.5)),
  "values near the end of the range of numbers": () =>
    everywhere((table) => withCells(table, "bili", (_, x) => 1e300 * (x - 8))),
  "identical tables": () => ({ train: few, holdout: few, synthetic: few }),
};

describe.each(overTime.map((metric) => [metric.id, metric] as const))("%s", (_, metric) => {
  let first: Measurement;
  beforeAll(async () => {
    first = await compute(metric, given);
  }, 60_000);

  it("is described", () => {
    expect(metric.id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(metric.summary).toMatch(/\.$/);
    expect(metric.limits).toMatch(/\.$/);
    expect(metric.reference.length).toBeGreaterThan(10);
  });

  it("repeats from its seed and is sound, and not alarmed, on other patients of the same kind", async () => {
    expect(first).toMatchObject({ status: "ok" });
    expectSound(metric, first);
    expect(await compute(metric, given)).toEqual(first);
    const judged = judgedResult(metric, first, overTime.length);
    expect(judged.status === "ok" && judged.verdict).toMatch(/^(good|cannot-tell)$/);
  }, 60_000);

  it("gives the held-out patients a score near the top", () => {
    expect(first.status === "ok" && first.score.baseline.value).toBeGreaterThan(85);
  });

  it("stops when its pulse rejects", async () => {
    let beats = 0;
    const pulse = async (): Promise<void> => {
      if (++beats > 2) throw new FaultError({ code: "cancelled" });
    };
    await expect(metric.compute(given, createRng(1), pulse)).rejects.toThrow(FaultError);
  });

  it.each(Object.entries(CASES))(
    "does not break on %s",
    async (_name, make) => expectSound(metric, await compute(metric, make())),
    60_000,
  );
});

it("says what there is to say of rows that have no time", async () => {
  const columns = train.schema.columns.map((column) => {
    const { course: _, ...plain } = column;
    return plain;
  });
  const timeless = everywhere((table) => ({ ...table, schema: { ...table.schema, columns } }));
  for (const metric of overTime) {
    const result = await compute(metric, timeless);
    expect(result.status, metric.id).toBe("skipped");
  }
});
