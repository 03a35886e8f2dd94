import { describe, expect, it } from "vitest";
import { createRng } from "../../../math/rng.ts";
import type { Table } from "../../../table/table.ts";
import { courses, shuffled, withCells } from "../../fixtures/frail-courses.ts";
import { judgedMeasure } from "../../measuring/judge.ts";
import type { Metric, Tables } from "../../metric.ts";
import { survivalCurves } from "../survival-curves.ts";
import { nextLevel } from "./next-level.ts";
import { nextValue } from "./next-value.ts";
import { survivalModelPatients } from "./survival-model-patients.ts";
import { survivalPatients } from "./survival-patients.ts";
import { tstrPatients } from "./tstr-patients.ts";

/** Metrics that are judged together here. */
const TOGETHER = 5;
const [train, holdout, fresh] = [courses(300, 1), courses(200, 2), courses(300, 3)];

async function measured(metric: Metric, tables: Tables) {
  const result = await metric.compute(tables, createRng(1));
  if (result.status !== "ok") throw new Error(`${metric.id}: ${result.reason}`);
  return judgedMeasure(metric, result, TOGETHER);
}
const ofSynthetic = (metric: Metric, change: (table: Table) => Table) =>
  measured(metric, { train, holdout, synthetic: change(fresh) });

/** Each patient has what another patient has, in a column that stays the same. */
function swapped(table: Table, name: string): Table {
  const { patients } = table;
  const order = createRng(9).permutation(300);
  const first = Array.from({ length: 300 }, (_, p) => patients?.indexOf(p) ?? 0);
  const at = table.schema.columns.findIndex((column) => column.name === name);
  const column = table.columns[at];
  const cells = column?.type === "numeric" ? column.values : (column?.codes ?? []);
  return withCells(
    table,
    name,
    (row) => cells[first[order[patients?.[row] as number] as number] as number] as number,
  );
}

describe("outcomes over time", () => {
  it("an outcome that has nothing to do with the course before teaches nothing", async () => {
    const result = await ofSynthetic(tstrPatients, (table) => swapped(table, "responds"));
    expect(result.verdict).toBe("much-worse");
    expect(result.value).toBeLessThan(0.62);
    expect(result.baseline.value).toBeGreaterThan(0.75);
    expect(result.sentence).toContain(
      `reach a mean AUROC of ${result.value.toFixed(3)} on held-out patients; learned from real patients, ${result.baseline.value.toFixed(3)}.`,
    );
  });

  it("an outcome that changes is that of the last visit, from those before", async () => {
    const asTarget = (table: Table): Table => ({
      ...table,
      schema: {
        ...table.schema,
        columns: table.schema.columns.map((column) =>
          column.name === "bili"
            ? { ...column, role: "target" as const }
            : { ...column, role: "feature" as const },
        ),
      },
    });
    const synthetic = asTarget(fresh);
    const given = { train: asTarget(train), holdout: asTarget(holdout), synthetic };
    const kept = await measured(tstrPatients, given);
    expect(kept.sentence).toContain("predict bili at the last visit from those before reach a mean R² of");
    // the others of the last visit are left out too, so that bili is told by its patient and not by that day
    expect(kept.baseline.value).toBeGreaterThan(0.3);
    const lost = await measured(tstrPatients, { ...given, synthetic: shuffled(synthetic, 4, ["bili"]) });
    expect(lost.verdict).toBe("much-worse");
  });

  it("visits that do not follow from those before are not predicted", async () => {
    const numbers = await ofSynthetic(nextValue, (table) => shuffled(table, 5, ["bili", "dose"]));
    expect(numbers.verdict).toBe("much-worse");
    expect(numbers.sentence).toMatch(/Most is lost for (bili|dose)/);
    const states = await ofSynthetic(nextLevel, (table) => shuffled(table, 6, ["state", "bili"]));
    expect(states.verdict).toMatch(/worse/);
    expect(states.sentence).toContain("categories of held-out patients' next visit");
  });

  it("a column that synthetic patients lack counts as lost, and is not left out", async () => {
    const result = await ofSynthetic(nextValue, (table) => withCells(table, "bili", () => NaN));
    expect(result.verdict).toBe("much-worse");
    expect(result.detail?.type === "models" && result.detail.rows[0]).toMatchObject({ name: "bili" });
  });

  it("deaths that come three times as early move the curve", async () => {
    const result = await ofSynthetic(survivalPatients, (table) =>
      withCells(table, "end", (_, end) => Math.round(end / 3)),
    );
    expect(result.verdict).toMatch(/worse/);
    expect(result.sentence).toContain("p under 0.001");
    expect(result.detail?.type === "curves" && result.detail.curves.length).toBe(2);
  });

  it("who dies first is not told by severity any more", async () => {
    const result = await ofSynthetic(survivalModelPatients, (table) => swapped(table, "died"));
    expect(result.loss.interval.low).toBeGreaterThan(0);
    expect(result.value).toBeLessThan(result.baseline.value - 0.1);
  });

  it("the same survival is not measured by rows as well", async () => {
    const result = await survivalCurves.compute({ train, holdout, synthetic: fresh }, createRng(1));
    expect(result).toMatchObject({ status: "skipped", reason: expect.stringContaining("by patient") });
  });

  it.each([10, 20, 30, 40])("other patients raise no alarm (seed %d)", async (seed) => {
    const tables = {
      train: courses(200, seed),
      holdout: courses(120, seed + 1),
      synthetic: courses(200, seed + 2),
    };
    for (const metric of [tstrPatients, nextValue, nextLevel, survivalPatients, survivalModelPatients])
      expect((await measured(metric, tables)).verdict, metric.id).toMatch(/^(good|cannot-tell)$/);
  });
});
