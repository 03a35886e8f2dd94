import { describe, expect, it } from "vitest";
import { createRng } from "../../../math/rng.ts";
import { dayOf } from "../../../surveillance/calendar.ts";
import { simulatedDays, type Simulation } from "../../../surveillance/fixtures/simulated-events.ts";
import { madeTable, numbers } from "../../../table/fixtures/made-table.ts";
import { takeRows, type Table } from "../../../table/table.ts";
import { FaultError } from "../../../fault.ts";
import { expectSound } from "../../fixtures/expect-sound.ts";
import { judgedMeasure } from "../../measuring/judge.ts";
import type { Metric, Tables } from "../../metric.ts";
import { incidence } from "./incidence.ts";
import { outbreakAgreement } from "./outbreak-agreement.ts";
import { seasonAndWeekday } from "./season-and-weekday.ts";

const DAY = 86_400_000;
const first = dayOf(Date.parse("2021-01-04"));
const outbreak = { from: first + 7 * 160, days: 14, factor: 4 };

const tableOf = (days: readonly number[]): Table =>
  madeTable([
    numbers(
      "onset",
      days.map((day) => day * DAY),
      { pattern: "YYYY-MM-DD" },
    ),
  ]);

/** One population's events, cut at random into train, holdout and others that nobody learned from. */
function cut(seed: number, of: Partial<Simulation> = {}): Tables {
  const rng = createRng(seed);
  const days = simulatedDays({ first, days: 1456, events: 12_000, dispersion: 1.2, outbreak, ...of }, rng);
  const all = tableOf(days);
  const order = rng.permutation(all.rows);
  const part = (from: number, to: number): Table =>
    takeRows(all, order.subarray(Math.floor(from * all.rows), Math.floor(to * all.rows)));
  return { train: part(0, 0.45), holdout: part(0.45, 0.6), synthetic: part(0.6, 1) };
}

async function judged(metric: Metric, tables: Tables) {
  const result = await metric.compute(tables, createRng(1));
  if (result.status !== "ok") throw new Error(result.reason);
  return judgedMeasure(metric, result, 1);
}

const spread = (rows: number, step = 1): Table => {
  const rng = createRng(9);
  return tableOf(Array.from({ length: rows }, () => first + step * rng.integer(Math.floor(1456 / step))));
};

describe("events over time", () => {
  const real = cut(1);

  it("is good for events of the same weeks, worse where a year in four is missing", async () => {
    expect((await judged(incidence, real)).verdict).toBe("good");
    const year = (ms: number): boolean => ms < (first + 728) * DAY || ms > (first + 1092) * DAY;
    const [dates] = real.synthetic.columns;
    const kept = [...Array(real.synthetic.rows).keys()].filter(
      (row) => dates?.type === "numeric" && year(dates.values[row] as number),
    );
    const lost = await judged(incidence, { ...real, synthetic: takeRows(real.synthetic, kept) });
    expect(lost.verdict).toMatch(/worse/);
    expect(lost.loss.value).toBeGreaterThan(0.1);
  });

  it("counts events on other days than train's as off", async () => {
    const late = real.synthetic.columns.map((column) =>
      column.type === "numeric" ? { ...column, values: column.values.map((ms) => ms + 2000 * DAY) } : column,
    );
    const result = await judged(incidence, { ...real, synthetic: { ...real.synthetic, columns: late } });
    expect(result.value).toBeCloseTo(0, 9);
  });

  it("sees weekdays that are lost", async () => {
    expect((await judged(seasonAndWeekday, real)).verdict).toBe("good");
    const mondays = await judged(seasonAndWeekday, { ...real, synthetic: spread(3000, 7) });
    expect(mondays.verdict).toMatch(/worse/);
    if (mondays.detail?.type !== "per-column") throw new Error("no columns");
    expect(mondays.detail.columns[0]?.name).toBe("onset, days of the week");
  });

  it("finds an outbreak again, and says where there is none of it", async () => {
    const same = await judged(outbreakAgreement, real);
    expect(same.sentence).toMatch(/the synthetic rows have [1-9]/);
    const none = await judged(outbreakAgreement, { ...real, synthetic: spread(real.synthetic.rows) });
    expect(none.sentence).toMatch(/the synthetic rows have 0/);
    expect(none.value).toBeLessThan(same.value);
    if (same.detail?.type !== "figures") throw new Error("no figures");
    const [row] = same.detail.rows;
    expect(row?.synthetic.value).toBeGreaterThan(1);
  }, 60_000);
});

const empty = (table: Table): Table => takeRows(table, []);
const blank = ({ rows }: Table): Table => tableOf(Array<number>(rows).fill(NaN));

/** Tables that somebody may open, and none of which may break a metric. */
const cases: readonly (readonly [string, (of: Tables) => Tables])[] = [
  ["no held-out rows", (of) => ({ ...of, holdout: empty(of.holdout) })],
  ["six held-out rows", (of) => ({ ...of, holdout: takeRows(of.holdout, [0, 1, 2, 3, 4, 5]) })],
  ["one synthetic row", (of) => ({ ...of, synthetic: takeRows(of.synthetic, [0]) })],
  ["no synthetic dates", (of) => ({ ...of, synthetic: blank(of.synthetic) })],
  ["no held-out dates", (of) => ({ ...of, holdout: blank(of.holdout) })],
  ["synthetic rows of one day", (of) => ({ ...of, synthetic: tableOf(Array<number>(500).fill(first + 9)) })],
  ["the same table thrice", ({ train }) => ({ train, holdout: train, synthetic: train })],
  ["several rows a patient", (of) => ({ ...of, train: paired(of.train), holdout: paired(of.holdout) })],
];
const paired = (table: Table): Table => ({
  ...table,
  patients: Int32Array.from({ length: table.rows }, (_, row) => row >> 1),
});

describe.each([incidence, seasonAndWeekday, outbreakAgreement])("$id", (metric) => {
  const real = cut(1);
  const series = cut(2, { days: 300, events: 4000 });

  it("repeats from its seed, is sound and says what it is", async () => {
    const [a, b] = [await judged(metric, real), await judged(metric, real)];
    expect(a).toEqual(b);
    expectSound(metric, await metric.compute(real, createRng(1)));
    expect(metric.about).toBe("events");
    for (const words of [metric.summary, metric.limits]) expect(words).toMatch(/\.$/);
  }, 30_000);

  it("is skipped without a series", async () => {
    const few = tableOf([first, first + 1]);
    const result = await metric.compute({ train: few, holdout: few, synthetic: few }, createRng(1));
    expect(result.status).toBe("skipped");
  });

  it("stops when its pulse rejects", async () => {
    let beats = 0;
    const pulse = async (): Promise<void> => {
      if (++beats > 1) throw new FaultError({ code: "cancelled" });
    };
    await expect(metric.compute(real, createRng(1), pulse)).rejects.toThrow(FaultError);
  });

  it.each(cases)(
    "does not break on %s",
    async (_, make) => {
      expectSound(metric, await metric.compute(make(series), createRng(1)));
    },
    30_000,
  );
});
