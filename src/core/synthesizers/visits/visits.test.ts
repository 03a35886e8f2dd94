import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createRng } from "../../math/rng.ts";
import { openDevice, tensorCount } from "../../nn/device.ts";
import { spearman } from "../../math/scores/rank-correlation.ts";
import { takeRows } from "../../table/table.ts";
import type { Table } from "../../table/table.ts";
import { autoregressive } from "../autoregressive/autoregressive.ts";
import type { Artifact, CourseModel, FitOptions, Model, Params } from "../synthesizer.ts";
import { resultOf } from "../training/reported.ts";
import { cellsOf, levelAt, plantedCourses } from "./fixtures/planted-courses.ts";
import { createVisits } from "./visits.ts";

const method = createVisits(autoregressive);
const params: Params = { steps: 700, units: 96 };
const quiet: FitOptions = { previewRows: 0, previewEvery: 1e9 };
const train = plantedCourses(160, 1);
let model: Model;
let courses: CourseModel;
let made: Table;

beforeAll(async () => {
  const folder = new URL("../../../../node_modules/@tensorflow/tfjs-backend-wasm/dist/", import.meta.url);
  await openDevice("wasm", { wasmPaths: folder.pathname });
  model = await resultOf(method.fit(train, params, createRng(3), quiet));
  courses = model.courses as CourseModel;
  made = await courses.sample(300, createRng(5));
}, 240_000);
afterAll(() => model.dispose());

/** Rows of each patient, as they stand. */
function byPatient(table: Table): number[][] {
  const own: number[][] = [];
  table.patients?.forEach((patient, row) => (own[patient] ??= []).push(row));
  return own;
}

/** Pairs of neighbouring visits of one patient. */
const pairs = (table: Table): [number, number][] =>
  byPatient(table).flatMap((rows) =>
    rows.slice(1).map((row, k): [number, number] => [rows[k] as number, row]),
  );

const every = (table: Table, holds: (before: number, after: number) => boolean): boolean =>
  pairs(table).every(([before, after]) => holds(before, after));

const saved = async (): Promise<Artifact> => {
  const { tensors, ...artifact } = await model.save();
  return { ...(JSON.parse(JSON.stringify(artifact)) as Omit<Artifact, "tensors">), tensors };
};

describe("sampled patients", () => {
  test("are as many as asked for, numbered from 0, rows beside each other", () => {
    const own = byPatient(made);
    expect(own).toHaveLength(300);
    expect(own.flat()).toEqual(Array.from({ length: made.rows }, (_, row) => row));
  });

  test("have times that rise by whole weeks and stop at the end of follow-up", () => {
    const { day, end } = cellsOf(made) as Record<string, Float64Array>;
    const gap = (a: number, b: number): number => (day?.[b] as number) - (day?.[a] as number);
    expect(every(made, (a, b) => gap(a, b) > 0 && gap(a, b) % 7 === 0)).toBe(true);
    expect(day?.every((at, row) => at <= (end?.[row] as number))).toBe(true);
  });

  test("keep what stays the same, what only grows, what is never left, and nothing after death", () => {
    const { sex, end, dose, scar } = cellsOf(made) as Record<string, Float64Array>;
    const at = (cells: Float64Array | undefined, row: number): number => cells?.[row] as number;
    expect(every(made, (a, b) => at(sex, a) === at(sex, b) && at(end, a) === at(end, b))).toBe(true);
    expect(every(made, (a, b) => at(dose, a) <= at(dose, b))).toBe(true);
    expect(every(made, (a, b) => at(scar, a) <= at(scar, b))).toBe(true);
    expect(every(made, (a) => levelAt(made, "state", a) !== "dead")).toBe(true);
    const dead = byPatient(made).filter((rows) => levelAt(made, "state", rows.at(-1) as number) === "dead");
    expect(dead.length).toBeGreaterThan(20);
  });

  test("age with the time that passes", () => {
    const { day, age } = cellsOf(made) as Record<string, Float64Array>;
    const aged = (a: number, b: number): number => (age?.[b] as number) - (age?.[a] as number);
    const passed = (a: number, b: number): number => ((day?.[b] as number) - (day?.[a] as number)) / 365.25;
    expect(every(made, (a, b) => Math.abs(aged(a, b) - passed(a, b)) <= 0.0101)).toBe(true);
  });

  test("remember: the planted correlation of neighbouring scores stays", () => {
    const { score } = cellsOf(made) as Record<string, Float64Array>;
    const both = pairs(made);
    const r = spearman(
      both.map(([a]) => score?.[a] as number),
      both.map(([, b]) => score?.[b] as number),
    );
    expect(r).toBeGreaterThan(0.8);
  });

  test("have about as many visits and as many gaps in a lab as real ones", () => {
    const missing = (table: Table): number =>
      (cellsOf(table)["lab"] as Float64Array).filter(Number.isNaN).length / table.rows;
    expect(Math.abs(missing(made) - missing(train))).toBeLessThan(0.06);
    expect(Math.abs(made.rows / 300 - train.rows / 160)).toBeLessThan(2.5);
  });
});

describe("a model of visits", () => {
  test("draws the same rows from the same seed, also after it was saved and loaded", async () => {
    const loaded = await method.load(await saved());
    const again = await courses.sample(40, createRng(9));
    expect(await courses.sample(40, createRng(9))).toEqual(again);
    expect(await loaded.courses?.sample(40, createRng(9))).toEqual(again);
    loaded.dispose();
  });

  test("holds no exact extreme, and a damaged file is told", async () => {
    const artifact = await saved();
    const numbers = artifact.state["numbers"] as { code: { bins: { knots: number[] }[] } }[];
    const greatest = numbers[2]?.code.bins.at(-1)?.knots.at(-1);
    expect(greatest).toBeLessThan(Math.max(...(cellsOf(train)["dose"] as Float64Array)));
    const broken = { ...artifact, tensors: artifact.tensors.filter(({ name }) => name !== "offsets") };
    await expect(method.load(broken)).rejects.toThrow(/offsets/);
    await expect(method.load({ ...artifact, version: 99 })).rejects.toThrow(/99/);
    const shapes = { ...artifact, state: { ...artifact.state, hidden: 97 } };
    await expect(method.load(shapes)).rejects.toThrow();
  });

  test("whose columns have two places, or none, is damaged", async () => {
    const artifact = await saved();
    const { places, numbers, categories, patients } = artifact.state as {
      places: { columns: number[]; first: number };
      numbers: { column: number }[];
      categories: { column: number }[];
      patients: object;
    };
    const [number, ...others] = numbers as [{ column: number }, ...object[]];
    const code = categories[0]?.column;
    const broken: Record<string, unknown>[] = [
      { time: code },
      { time: number.column },
      { places: { ...places, columns: places.columns.slice(1) } },
      { places: { ...places, columns: [...places.columns.slice(1), number.column] } },
      { places: { ...places, first: 0 } },
      { numbers: others },
      { numbers: [{ ...number, column: code }, ...others] },
      { categories: [] },
      { patients: undefined },
      { patients: { ...patients, tensors: [] } },
    ];
    for (const state of broken)
      await expect(
        method.load({ ...artifact, state: { ...artifact.state, ...state } }),
        JSON.stringify(state).slice(0, 60),
      ).rejects.toMatchObject({ fault: { code: "model-damaged" } });
  });

  test("gives rows of whole patients, cut at the last", async () => {
    const rows = await model.sample(123, createRng(2));
    expect(rows.rows).toBe(123);
    expect(new Set(rows.patients).size).toBeGreaterThan(5);
  });

  test("meets what is asked of patients", async () => {
    const asked = await courses.sample(30, createRng(4), {
      where: [
        { column: "sex", in: ["M"] },
        { column: "end", from: 200 },
      ],
      visits: { least: 3, most: 8 },
      until: 70,
    });
    const own = byPatient(asked);
    const { day, end } = cellsOf(asked) as Record<string, Float64Array>;
    expect(own).toHaveLength(30);
    for (const rows of own) {
      expect(rows.length).toBeGreaterThanOrEqual(3);
      expect(rows.length).toBeLessThanOrEqual(8);
      expect(levelAt(asked, "sex", rows[0] as number)).toBe("M");
      expect(end?.[rows[0] as number]).toBeGreaterThanOrEqual(200);
      expect(
        (day?.[rows.at(-1) as number] as number) - (day?.[rows[0] as number] as number),
      ).toBeLessThanOrEqual(70);
    }
    await expect(courses.sample(2, createRng(1), { where: [{ column: "score", from: 0 }] })).rejects.toThrow(
      /visit/,
    );
    await expect(courses.sample(2, createRng(1), { visits: { least: 5000, most: 5000 } })).rejects.toThrow(
      /No patient has 5000 visits/,
    );
  });

  test("draws refused visits again", async () => {
    const held = await courses.sample(40, createRng(6), {
      refuses: (visits) =>
        Uint8Array.from(cellsOf(visits)["score"] as Float64Array, (score) => Number(score > 1)),
    });
    expect((cellsOf(held)["score"] as Float64Array).every((score) => score <= 1)).toBe(true);
    await expect(
      courses.sample(2, createRng(6), { tries: 2, refuses: (visits) => new Uint8Array(visits.rows).fill(1) }),
    ).rejects.toThrow();
  });

  test("goes on after given visits, and not after death", async () => {
    const given = takeRows(
      train,
      byPatient(train)
        .slice(0, 12)
        .flatMap((rows) => rows.slice(0, 3)),
    );
    const futures = await courses.goOn(given, 5, createRng(8));
    const { day, dose, age } = cellsOf(futures) as Record<string, Float64Array>;
    const before = cellsOf(given) as Record<string, Float64Array>;
    const last = byPatient(given).map((rows) => rows.at(-1) as number);
    const first = byPatient(given).map((rows) => rows[0] as number);
    expect(futures.rows).toBeGreaterThan(50);
    byPatient(futures).forEach((rows, future) => {
      const patient = Math.floor(future / 5);
      const row = last[patient] as number;
      expect(levelAt(given, "state", row)).not.toBe("dead");
      expect(day?.[rows[0] as number]).toBeGreaterThan(before["day"]?.[row] as number);
      expect(dose?.[rows[0] as number]).toBeGreaterThanOrEqual(before["dose"]?.[row] as number);
      const years =
        ((day?.[rows[0] as number] as number) - (before["day"]?.[first[patient] as number] as number)) /
        365.25;
      expect(
        Math.abs(
          (age?.[rows[0] as number] as number) -
            (before["age"]?.[first[patient] as number] as number) -
            years,
        ),
      ).toBeLessThan(0.0201);
    });
    const again = await courses.goOn(given, 5, createRng(8));
    expect(again).toEqual(futures);
  });

  test("fills the gaps of given courses and leaves the rest", async () => {
    const some = takeRows(
      train,
      byPatient(train)
        .slice(0, 20)
        .flatMap((rows) => rows),
    );
    const names = some.schema.columns.map(({ name }) => name);
    const rng = createRng(7);
    const columns = some.columns.map((column, i) => {
      if (names[i] === "day" || names[i] === "end") return column;
      if (column.type === "numeric")
        return { ...column, values: column.values.map((value) => (rng.uniform() < 0.2 ? NaN : value)) };
      return { ...column, codes: column.codes.map((code) => (rng.uniform() < 0.2 ? -1 : code)) };
    });
    const given = { ...some, columns };
    const full = await model.sample(given.rows, createRng(1), { complete: given });
    const [before, after] = [cellsOf(given), cellsOf(full)];
    for (const name of names) {
      const [own, filled] = [before[name] as ArrayLike<number>, after[name] as ArrayLike<number>];
      for (let row = 0; row < given.rows; row++) {
        const missing = Number.isNaN(own[row]) || (own[row] === -1 && name !== "score");
        if (missing)
          expect(Number.isNaN(filled[row]) || (filled[row] === -1 && name !== "score")).toBe(false);
        else expect(filled[row]).toBe(own[row]);
      }
    }
  });
});

describe("a fit", () => {
  test("reports, shows previews, and frees every tensor when it is ended", async () => {
    const before = tensorCount();
    const run = method.fit(train, params, createRng(1), { previewRows: 30, previewEvery: 0 });
    let last = -1;
    let shown: Table | undefined;
    for await (const { fraction, preview } of run) {
      expect(fraction).toBeGreaterThanOrEqual(last);
      last = fraction;
      shown = preview ?? shown;
      if (shown !== undefined) break;
    }
    expect(shown?.rows).toBe(30);
    expect(tensorCount()).toBe(before);
  }, 120_000);

  test("says what a table lacks", async () => {
    const { patients: _patients, ...rows } = train;
    await expect(method.fit(rows, params, createRng(1), quiet).next()).rejects.toThrow(/whose row/);
    const four = takeRows(
      train,
      Int32Array.from({ length: train.rows }, (_, row) => row).filter(
        (row) => (train.patients?.[row] as number) < 4,
      ),
    );
    await expect(method.fit(four, params, createRng(1), quiet).next()).rejects.toThrow(/at least 5/);
  });
});
