import { beforeAll, expect, test } from "vitest";
import { createRng } from "../../math/rng.ts";
import type { Rng } from "../../math/rng.ts";
import { mean, standardDeviation } from "../../math/statistics.ts";
import { openDevice } from "../../nn/device.ts";
import { levels, madeTable, numbers } from "../../table/fixtures/made-table.ts";
import type { MadeColumn } from "../../table/fixtures/made-table.ts";
import type { Table } from "../../table/table.ts";
import { autoregressive } from "../autoregressive/autoregressive.ts";
import { resultOf } from "../training/reported.ts";
import { cellsOf } from "./fixtures/planted-courses.ts";
import { createVisits } from "./visits.ts";

const method = createVisits(autoregressive);
const DAY = 86_400_000;

beforeAll(async () => {
  const folder = new URL("../../../../node_modules/@tensorflow/tfjs-backend-wasm/dist/", import.meta.url);
  await openDevice("wasm", { wasmPaths: folder.pathname });
});

/** A table of `patients` courses, each from `course`, which gives the cells of its visits. */
function tableOf(
  patients: number,
  course: (rng: Rng, patient: number) => number[][],
  columns: ((values: number[]) => MadeColumn)[],
): Table {
  const rng = createRng(7);
  const visits: { patient: number; cells: number[] }[] = [];
  for (let patient = 0; patient < patients; patient++)
    for (const cells of course(rng, patient)) visits.push({ patient, cells });
  return madeTable(
    columns.map((make, i) => make(visits.map(({ cells }) => cells[i] as number))),
    { patients: Int32Array.from(visits, ({ patient }) => patient) },
  );
}

async function sampled(table: Table, patients: number, steps = 60): Promise<Table> {
  const quiet = { previewRows: 0, previewEvery: 1e9 };
  const model = await resultOf(method.fit(table, { steps, units: 96 }, createRng(1), quiet));
  const made = await model.courses?.sample(patients, createRng(2));
  model.dispose();
  if (made === undefined) throw new Error("no courses");
  return made;
}

/** Neighbouring visits of one patient. */
const pairs = ({ patients, rows }: Table): [number, number][] =>
  Array.from({ length: rows }, (_, row): [number, number] => [row - 1, row]).filter(
    ([before, row]) => before >= 0 && patients?.[before] === patients?.[row],
  );

const time = (name: string) => (values: number[]) => numbers(name, values, { decimals: 0, course: "time" });
const value =
  (name: string, decimals = 1) =>
  (values: number[]) =>
    numbers(name, values, { decimals });

test("a fixed schedule is kept, and as many patients leave early", async () => {
  const months = [0, 3, 6, 12, 24];
  const table = tableOf(
    120,
    (rng) =>
      months.slice(0, rng.uniform() < 0.6 ? 5 : 1 + rng.integer(4)).map((month) => [month, rng.normal()]),
    [time("month"), value("score")],
  );
  const made = await sampled(table, 200);
  const { month } = cellsOf(made) as Record<string, Float64Array>;
  const follows = new Map(months.map((at, k) => [at, months[k + 1]]));
  expect(pairs(made).every(([a, b]) => month?.[b] === follows.get(month?.[a] as number))).toBe(true);
  const whole = (from: Float64Array | undefined, of: number): number =>
    (from?.filter((at) => at === 24).length ?? 0) / of;
  expect(Math.abs(whole(month, 200) - whole(cellsOf(table)["month"] as Float64Array, 120))).toBeLessThan(
    0.15,
  );
});

test("all patients have as many visits as all others, two at least, few as they are", async () => {
  const table = tableOf(
    30,
    (rng) => {
      const base = 50 + 5 * rng.normal();
      return [
        [0, base],
        [28 + rng.integer(5), base + rng.normal()],
      ];
    },
    [time("day"), value("score")],
  );
  const made = await sampled(table, 25);
  expect(made.rows).toBe(50);
  expect((cellsOf(made)["score"] as Float64Array).every(Number.isFinite)).toBe(true);
});

test("patients have as many visits as patients have, and none fewer than all, though gaps do not tell", async () => {
  const table = tableOf(
    200,
    (rng) => {
      let day = 0;
      return Array.from({ length: 2 + rng.integer(8) }, () => [(day += 5 + rng.integer(60)), rng.normal()]);
    },
    [time("day"), value("score")],
  );
  const made = await sampled(table, 400, 300);
  const counts = new Int32Array(400);
  for (const patient of made.patients as Int32Array) counts[patient] = (counts[patient] as number) + 1;
  const share = (counted: Int32Array, most: number): number =>
    counted.filter((count) => count <= most).length / counted.length;
  const real = new Int32Array(200);
  for (const patient of table.patients as Int32Array) real[patient] = (real[patient] as number) + 1;
  expect(Math.min(...counts)).toBe(2);
  for (const most of [2, 4, 6, 8])
    expect(Math.abs(share(counts, most) - share(real, most))).toBeLessThan(0.1);
});

test("intervals follow each other without a gap, in days and in dates", async () => {
  const table = tableOf(
    100,
    (rng) => {
      let day = 17_000 + rng.integer(900);
      return Array.from({ length: 1 + rng.integer(5) }, () => {
        const from = day;
        day += 5 + rng.integer(60);
        return [from, day, DAY * day, rng.normal()];
      });
    },
    [
      time("start"),
      value("stop", 0),
      (values) => numbers("until", values, { pattern: "YYYY-MM-DD" }),
      value("x"),
    ],
  );
  const days = await sampled(table, 200, 150);
  const { start, stop } = cellsOf(days) as Record<string, Float64Array>;
  expect(pairs(days).length).toBeGreaterThan(200);
  expect(pairs(days).every(([a, b]) => start?.[b] === stop?.[a])).toBe(true);

  const [from, , until, x] = table.columns as Table["columns"];
  const dates = (values: ArrayLike<number>) => Array.from(values, (day) => DAY * day);
  const dated = madeTable(
    [
      numbers("start", dates((from as { values: Float64Array }).values), {
        pattern: "YYYY-MM-DD",
        course: "time",
      }),
      numbers("until", [...(until as { values: Float64Array }).values], { pattern: "YYYY-MM-DD" }),
      numbers("x", [...(x as { values: Float64Array }).values], { decimals: 1 }),
    ],
    { patients: table.patients as Int32Array },
  );
  const made = await sampled(dated, 200, 150);
  const cells = cellsOf(made) as Record<string, Float64Array>;
  expect(pairs(made).every(([a, b]) => cells["start"]?.[b] === cells["until"]?.[a])).toBe(true);
});

test("hourly date-times stay on the hour, and dates that are carried on stay as they are", async () => {
  const table = tableOf(
    60,
    (rng) => {
      const start = DAY * (18_000 + rng.integer(500));
      let lab = start;
      return Array.from({ length: 12 + rng.integer(10) }, (_, k) => {
        if (k % 6 === 0) lab = DAY * Math.floor((start + 3_600_000 * k) / DAY);
        return [start + 3_600_000 * k, 80 + rng.normal(), lab];
      });
    },
    [
      (values) => numbers("at", values, { pattern: "YYYY-MM-DD HH:mm", course: "time" }),
      value("pulse"),
      (values) => numbers("lab", values, { pattern: "YYYY-MM-DD" }),
    ],
  );
  const made = await sampled(table, 40, 150);
  const { at, lab } = cellsOf(made) as Record<string, Float64Array>;
  expect(pairs(made).every(([a, b]) => (at?.[b] as number) - (at?.[a] as number) === 3_600_000)).toBe(true);
  expect(lab?.every((date) => Number.isNaN(date) || date % DAY === 0)).toBe(true);
  const stays = pairs(made).filter(([a, b]) => lab?.[a] === lab?.[b]).length / pairs(made).length;
  expect(stays).toBeGreaterThan(0.75);
});

test("an event log of hundreds of codes keeps which follows which", async () => {
  const codes = 200;
  const names = Array.from({ length: codes }, (_, i) => `C${i}`);
  const follows = (code: number): number => (code * 7 + 1) % codes;
  const table = tableOf(
    250,
    (rng) => {
      let code = rng.integer(codes);
      return Array.from({ length: 10 + rng.integer(20) }, (_, k) => {
        const cells = [k, code];
        code = rng.uniform() < 0.85 ? follows(code) : rng.integer(codes);
        return cells;
      });
    },
    [time("step"), (values) => levels("code", values, names)],
  );
  const made = await sampled(table, 60, 400);
  const column = made.columns[1];
  if (column?.type !== "coded") throw new Error("no codes");
  const number = (row: number): number => Number(column.levels[column.codes[row] as number]?.slice(1) ?? NaN);
  const both = pairs(made);
  const right = both.filter(([a, b]) => number(b) === follows(number(a))).length / both.length;
  expect(right).toBeGreaterThan(0.6);
  expect(new Set(column.codes).size).toBeGreaterThan(100);
});

test("a code decides whether there is a value, before it is drawn and after loading; a patient's codes come again", async () => {
  const codes = 120;
  const names = Array.from({ length: codes }, (_, i) => `C${i}`);
  const table = tableOf(
    250,
    (rng) => {
      const own = Array.from({ length: 3 }, () => rng.integer(codes));
      return Array.from({ length: 8 + rng.integer(12) }, (_, k) => {
        const code = own[rng.integer(3)] as number;
        return [k, code, code % 2 === 1 ? NaN : 5 + rng.normal()];
      });
    },
    [time("step"), (values) => levels("code", values, names), value("result")],
  );
  const model = await resultOf(
    method.fit(table, { steps: 400, units: 96 }, createRng(1), { previewRows: 0, previewEvery: 1e9 }),
  );
  const loaded = await method.load(await model.save());
  const made = (await model.courses?.sample(80, createRng(2))) as Table;
  expect(await loaded.courses?.sample(80, createRng(2))).toEqual(made);
  model.dispose();
  loaded.dispose();
  const code = made.columns[1];
  if (code?.type !== "coded") throw new Error("no codes");
  const number = (row: number): number => Number(code.levels[code.codes[row] as number]?.slice(1) ?? NaN);
  const { result } = cellsOf(made) as Record<string, Float64Array>;
  const known = Array.from({ length: made.rows }, (_, row) => row).filter(
    (row) => !Number.isNaN(number(row)),
  );
  expect(known.every((row) => Number.isNaN(result?.[row]) === (number(row) % 2 === 1))).toBe(true);
  const seen = new Set<string>();
  let again = 0;
  for (const row of known) {
    const cell = `${made.patients?.[row]} ${number(row)}`;
    if (seen.has(cell)) again++;
    seen.add(cell);
  }
  expect(again / known.length).toBeGreaterThan(0.6);
});

test("two visits at one time are drawn where there are some; columns that are empty or always the same come back", async () => {
  const table = tableOf(
    60,
    (rng) => Array.from({ length: 2 + rng.integer(6) }, (_, k) => [Math.floor(k / 2), rng.normal(), NaN, 5]),
    [time("day"), value("score"), value("empty"), value("same", 0)],
  );
  const made = await sampled(table, 80);
  const { day, empty, same } = cellsOf(made) as Record<string, Float64Array>;
  const gaps = pairs(made).map(([a, b]) => (day?.[b] as number) - (day?.[a] as number));
  expect(gaps.every((gap) => gap >= 0)).toBe(true);
  expect(gaps.some((gap) => gap === 0)).toBe(true);
  expect(empty?.every(Number.isNaN)).toBe(true);
  expect(same?.every((cell) => cell === 5)).toBe(true);
});

test("whole years of age and weeks of pregnancy go with the time, though dates are written to the day and years are few", async () => {
  const table = tableOf(
    150,
    (rng) => {
      const [age, week] = [20 + 20 * rng.uniform(), 8 + 4 * rng.uniform()];
      const days = [0, 1, 2, 3, 4].map((k) => 50 * k + 20 * rng.uniform());
      const first = 1000 * rng.uniform();
      const since = days.map((day) => day - (days[0] as number));
      return since.map((passed) => [
        Math.floor(first + passed) - Math.floor(first),
        Math.floor(age + passed / 365.25),
        Math.floor(week + passed / 7),
      ]);
    },
    [time("day"), value("age", 0), value("gestational_week", 0)],
  );
  const made = await sampled(table, 150);
  const cells = cellsOf(made) as Record<string, Float64Array>;
  const passed = (name: string, [a, b]: [number, number]): number =>
    (cells[name]?.[b] as number) - (cells[name]?.[a] as number);
  for (const pair of pairs(made)) {
    const days = passed("day", pair);
    expect(Math.abs(passed("age", pair) - days / 365.25)).toBeLessThan(1.001);
    expect(Math.abs(passed("gestational_week", pair) - days / 7)).toBeLessThan(1.2);
  }
  const births = pairs(made).filter((pair) => passed("age", pair) === 1).length / 150;
  expect(births).toBeGreaterThan(0.35);
  expect(births).toBeLessThan(0.75);
});

test("what hardly changes within a patient stays near the patient's own, visit after visit", async () => {
  const table = tableOf(
    200,
    (rng) => {
      const own = 80 + 18 * rng.normal();
      return Array.from({ length: 8 }, (_, k) => [30 * k, Math.round(own * (1 + 0.015 * rng.normal()))]);
    },
    [time("day"), value("weight", 0)],
  );
  const spreadOf = (of: Table): number => {
    const { weight } = cellsOf(of) as Record<string, Float64Array>;
    const by = new Map<number, number[]>();
    weight?.forEach((_, row) => {
      const whose = of.patients?.[row] as number;
      by.set(whose, [...(by.get(whose) ?? []), row]);
    });
    return mean(
      [...by.values()].map((rows) => standardDeviation(rows.map((row) => weight?.[row] as number))),
    );
  };
  const made = await sampled(table, 200, 600);
  expect(spreadOf(made) / spreadOf(table)).toBeLessThan(1.25);
  expect(spreadOf(made) / spreadOf(table)).toBeGreaterThan(0.8);
});
