import { describe, expect, it } from "vitest";
import { simulateCohort } from "../../clinic/cohorts/cohorts.ts";
import { createRng } from "../../math/rng.ts";
import { judgedMeasure } from "../../metrics/measuring/judge.ts";
import type { Metric, Tables } from "../../metrics/metric.ts";
import { metrics } from "../../metrics/registry.ts";
import type { Report } from "../../report/report.ts";
import { learnedColumns, selectColumns } from "../../table/table.ts";
import type { Table } from "../../table/table.ts";
import { couldHaveSeen } from "./could-have-seen.ts";

const asked = [
  "column-shapes",
  "level-coverage",
  "moments",
  "cross-prediction",
  "dcr-share",
  "jensen-shannon",
].map((id) => metrics.find((metric) => metric.id === id) as Metric);

function patients(rows: number, seed: number): Table {
  const table = simulateCohort("heart-failure", seed, rows);
  return selectColumns(table, learnedColumns(table.schema));
}

async function rowsOf(tables: Tables): Promise<Report["metrics"]> {
  const rows: Report["metrics"][number][] = [];
  for (const metric of asked) {
    const result = await metric.compute(tables, createRng(1));
    if (result.status !== "ok") throw new Error(result.reason);
    rows.push({ info: metric, result: judgedMeasure(metric, result, 25), seconds: 0 });
  }
  return rows;
}

const sizes = (sentence: string | undefined): number[] => (sentence?.match(/\d+\.\d+/g) ?? []).map(Number);

describe("what a report could have seen", () => {
  it("is told for each side that was measured, from `seen`, and is less in more rows", async () => {
    const few = await rowsOf({
      train: patients(240, 1),
      holdout: patients(60, 2),
      synthetic: patients(240, 3),
    });
    const many = await rowsOf({
      train: patients(1600, 1),
      holdout: patients(400, 2),
      synthetic: patients(1600, 3),
    });
    const [fidelity, privacy, ...others] = couldHaveSeen(few, asked);
    expect(others).toEqual([]);
    expect(fidelity).toMatch(
      /^Fidelity: with so many rows the report would have noticed a group of \d+\.\d% of the patients lost; a mean off by \d\.\d\d standard deviations, or a spread by \d+%; noise of \d\.\d\d standard deviations on one number; column shapes worse by \d+\.\d points of 100\. Less than that it may miss\.$/,
    );
    const seen = few.find(({ info }) => info.id === "dcr-share")?.result;
    const points = seen?.status === "ok" ? (100 * seen.judgement.seen).toFixed(1) : "";
    expect(privacy).toContain(`worse by ${points} points of 100`);
    const [before, after] = [sizes(fidelity), sizes(couldHaveSeen(many, asked)[0])];
    expect(after).toHaveLength(before.length);
    after.forEach((size, i) => expect(size).toBeLessThan(before[i] as number));
  });

  it("leaves out what was noticed: that stands in the finding", async () => {
    const train = patients(480, 1);
    const age = train.schema.columns.findIndex(({ name }) => name === "age");
    const fresh = patients(480, 3);
    const column = fresh.columns[age];
    if (column?.type !== "numeric") throw new Error("no age");
    const older = { type: "numeric" as const, values: column.values.map((years) => years + 8) };
    const synthetic = { ...fresh, columns: fresh.columns.with(age, older) };
    const [fidelity] = couldHaveSeen(await rowsOf({ train, holdout: patients(120, 2), synthetic }), asked);
    expect(fidelity).not.toContain("a mean off by");
  });
});
