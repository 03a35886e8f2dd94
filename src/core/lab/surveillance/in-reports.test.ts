import { expect, it } from "vitest";
import { createRng } from "../../math/rng.ts";
import { incidence } from "../../metrics/clinical/surveillance/incidence.ts";
import { columnShapes } from "../../metrics/fidelity/column-shapes.ts";
import type { Tables } from "../../metrics/metric.ts";
import { dayOf } from "../../surveillance/calendar.ts";
import { simulatedDays } from "../../surveillance/fixtures/simulated-events.ts";
import { madeTable, numbers, type MadeColumn } from "../../table/fixtures/made-table.ts";
import { takeRows } from "../../table/table.ts";
import { evaluate } from "../evaluate/evaluate.ts";
import { guardedReport } from "../take-away/guarded-report.ts";

const run = {
  table: "t",
  synthesizer: "s",
  synthesizerName: "S",
  params: {},
  seed: 1,
  device: "none",
  seconds: 0,
  finishedAt: "2026-01-01T00:00:00.000Z",
};

function tables(dated: boolean): Tables {
  const rng = createRng(1);
  const days = simulatedDays(
    { first: dayOf(Date.parse("2023-01-02")), days: 728, events: 2400, dispersion: 1.1 },
    rng,
  );
  const columns: MadeColumn[] = [
    numbers(
      "age",
      days.map(() => rng.integer(90)),
      { decimals: 0 },
    ),
  ];
  if (dated)
    columns.push(
      numbers(
        "onset",
        days.map((day) => day * 86_400_000),
        { pattern: "YYYY-MM-DD" },
      ),
    );
  const all = madeTable(columns);
  const order = rng.permutation(all.rows);
  const part = (from: number, to: number) => takeRows(all, order.subarray(from * all.rows, to * all.rows));
  return { train: part(0, 0.4), holdout: part(0.4, 0.6), synthetic: part(0.6, 1) };
}

it("reports of tables with dates have events over time, other reports no line about them", async () => {
  const metrics = [columnShapes, incidence];
  const report = await evaluate(tables(true), run, createRng(1), { metrics });
  expect(report.metrics.map(({ info }) => info.id).toSorted()).toEqual(["column-shapes", "incidence"]);
  expect(report.incidence?.columns.map(({ name }) => name)).toEqual(["onset"]);
  const real = guardedReport(report).incidence?.columns[0]?.series[0]?.real ?? [];
  expect(real.length).toBeGreaterThan(100);
  expect(real.every((count) => Number.isNaN(count) || count === 0 || count >= 5)).toBe(true);

  const plain = await evaluate(tables(false), run, createRng(1), { metrics });
  expect(plain.metrics.map(({ info }) => info.id)).toEqual(["column-shapes"]);
  expect(plain.incidence).toBeUndefined();
  expect(plain.notMeasured).toEqual([]);
}, 60_000);
