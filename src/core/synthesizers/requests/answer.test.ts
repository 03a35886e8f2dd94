import { describe, expect, test } from "vitest";
import type { Fault } from "../../fault.ts";
import { FaultError } from "../../fault.ts";
import { createRng } from "../../math/rng.ts";
import type { Rng } from "../../math/rng.ts";
import { levels, madeTable, numbers } from "../../table/fixtures/made-table.ts";
import type { Column, Table } from "../../table/table.ts";
import { answer } from "./answer.ts";
import type { RowSource } from "./row-source.ts";
import type { SampleRequest } from "../synthesizer.ts";

const DAY = 86_400_000;

/** Age is uniform on 0 .. 99; 1 in 10 is F; dose is ten times the age plus noise, missing in a fifth. */
function drawRows(rows: number, rng: Rng): Promise<Table> {
  const age: number[] = [];
  const sex: number[] = [];
  const dose: number[] = [];
  const seen: number[] = [];
  const grade: number[] = [];
  for (let i = 0; i < rows; i++) {
    age.push(rng.integer(100));
    sex.push(rng.uniform() < 0.1 ? 0 : 1);
    dose.push(rng.uniform() < 0.2 ? NaN : 10 * (age[i] as number) + rng.normal());
    seen.push(DAY * rng.integer(365));
    grade.push(rng.integer(5) - 1);
  }
  return Promise.resolve(
    madeTable([
      numbers("age", age, { kind: "integer" }),
      levels("sex", sex, ["F", "M", "X"]),
      numbers("dose", dose),
      numbers("seen", seen, { pattern: "YYYY-MM-DD" }),
      levels("grade", grade, ["1", "2", "3", "4"]),
    ]),
  );
}

const source: RowSource = { draw: drawRows };

function cells(made: Table, name: string): number[] {
  const column = made.columns[made.schema.columns.findIndex((it) => it.name === name)] as Column;
  return [...(column.type === "numeric" ? column.values : column.codes)];
}

const ask = (request: SampleRequest, rows = 200, from: RowSource = source): Promise<Table> =>
  answer(request, rows, createRng(1), from);

async function faultOf(request: SampleRequest, rows = 20): Promise<Fault> {
  const outcome: unknown = await ask(request, rows).catch((error: unknown) => error);
  if (!(outcome instanceof FaultError)) throw new Error("no fault");
  return outcome.fault;
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

describe("conditions", () => {
  test("hold in every row, and tell how many candidates that took", async () => {
    let told = { drawn: 0, kept: 0 };
    const made = await ask({
      where: [
        { column: "age", from: 65 },
        { column: "sex", in: ["F"] },
      ],
      onAcceptance: (acceptance) => (told = acceptance),
    });
    expect(made.rows).toBe(200);
    expect(cells(made, "age").every((age) => age >= 65)).toBe(true);
    expect(cells(made, "sex").every((code) => code === 0)).toBe(true);
    expect(told.kept).toBe(200);
    const rate = 200 / told.drawn;
    expect(rate).toBeGreaterThan(0.02);
    expect(rate).toBeLessThan(0.05);
    expect(mean(cells(made, "age"))).toBeCloseTo(82, -0.5);
  });

  test("on dates use their values, on levels that are numbers a range, on missing what is said", async () => {
    const dated = await ask({ where: [{ column: "seen", from: 30 * DAY, to: 40 * DAY }] });
    expect(cells(dated, "seen").every((ms) => ms >= 30 * DAY && ms <= 40 * DAY)).toBe(true);
    const day = await ask({ where: [{ column: "seen", in: ["1970-02-01"] }] }, 5);
    expect(new Set(cells(day, "seen"))).toEqual(new Set([31 * DAY]));
    const graded = await ask({ where: [{ column: "grade", from: 3 }] });
    expect(new Set(cells(graded, "grade"))).toEqual(new Set([2, 3]));
    const empty = await ask({ where: [{ column: "dose", missing: true }] });
    expect(cells(empty, "dose").every(Number.isNaN)).toBe(true);
    const either = cells(await ask({ where: [{ column: "dose", to: 100, missing: true }] }), "dose");
    expect(either.some(Number.isNaN)).toBe(true);
    expect(either.every((dose) => Number.isNaN(dose) || dose <= 100)).toBe(true);
  });

  test("of one column are met together", async () => {
    const made = await ask({
      where: [
        { column: "age", from: 20 },
        { column: "age", to: 30 },
      ],
    });
    expect(cells(made, "age").every((age) => age >= 20 && age <= 30)).toBe(true);
  });

  test("that nobody meets end in words, soon", async () => {
    let drawn = 0;
    const counting: RowSource = { draw: (rows, rng) => ((drawn += rows), drawRows(rows, rng)) };
    const request: SampleRequest = { where: [{ column: "age", from: 150 }], tries: 100 };
    await expect(ask(request, 1000, counting)).rejects.toThrow(/age is at least 150.*0 met it/s);
    expect(drawn).toBeLessThan(12_000);
    await expect(ask({ ...request, tries: 3 }, 4, counting)).rejects.toThrow(/of 12 rows/);
  });

  test("that cannot be met by any table are refused before a row is drawn", async () => {
    let drawn = 0;
    const counting: RowSource = { draw: (rows, rng) => ((drawn += rows), drawRows(rows, rng)) };
    const request: SampleRequest = { where: [{ column: "sex", in: ["female"] }] };
    await expect(ask(request, 20, counting)).rejects.toThrow(/no level “female”/);
    expect(drawn).toBe(0);
  });
});

describe("shares", () => {
  test("come as they were asked for, in random order, the rest of a row as it goes with its level", async () => {
    const made = await ask({ shares: { column: "sex", shares: { F: 2, M: 2 } } }, 1000);
    const sex = cells(made, "sex");
    expect(Math.abs(mean(sex) - 0.5)).toBeLessThan(0.05);
    expect(Math.abs(mean(sex.slice(0, 200)) - 0.5)).toBeLessThan(0.12);
    expect(mean(cells(made, "age"))).toBeCloseTo(49.5, -0.8);
  });

  test("go with conditions, and with a model that can draw given a condition", async () => {
    const asked: string[] = [];
    const native: RowSource = {
      draw: drawRows,
      drawWhere: (rows, rng, where) => {
        asked.push(where.map(({ words }) => words).join("; "));
        return drawRows(rows, rng);
      },
    };
    const request: SampleRequest = {
      where: [{ column: "age", to: 40 }],
      shares: { column: "sex", shares: { F: 1, M: 1 } },
    };
    const made = await ask(request, 100, native);
    expect(cells(made, "age").every((age) => age <= 40)).toBe(true);
    expect(Math.abs(mean(cells(made, "sex")) - 0.5)).toBeLessThan(0.2);
    expect(new Set(asked)).toEqual(new Set(["age is at most 40; sex is F", "age is at most 40; sex is M"]));
  });

  test("of a level that never comes end in words", async () => {
    const fault = await faultOf({ shares: { column: "sex", shares: { X: 1, M: 1 } }, tries: 50 });
    expect(fault).toMatchObject({ code: "condition-unmet", condition: "sex is X" });
  });
});

describe("completion", () => {
  const holes = madeTable([
    numbers("age", [80, NaN, 20, 50.5, 3], { kind: "integer" }),
    levels("sex", [1, -1, 0, 2, -1], ["M", "F", "not known to it"]),
    numbers("dose", [NaN, 300, NaN, NaN, 123.456]),
    numbers("seen", [NaN, NaN, NaN, 1, NaN], { pattern: "YYYY-MM-DD" }),
    levels("grade", [-1, 0, 1, 1, -1], ["4", "2"]),
  ]);

  test("keeps given cells and draws the missing ones by what goes with them", async () => {
    const doses: number[] = [];
    const ages: number[] = [];
    for (let seed = 0; seed < 30; seed++) {
      const made = await answer({ complete: holes }, 5, createRng(seed), source);
      expect(cells(made, "age")[3]).toBe(50.5);
      expect(cells(made, "dose")[4]).toBe(123.456);
      expect(made.columns[1]).toMatchObject({ levels: ["M", "F", "not known to it", "X"] });
      expect(cells(made, "sex").filter((_, i) => i !== 1 && i !== 4)).toEqual([1, 0, 2]);
      const all = made.columns.flatMap((column) => [
        ...(column.type === "numeric" ? column.values : column.codes),
      ]);
      expect(all.every((cell) => Number.isFinite(cell) && cell >= -20)).toBe(true);
      doses.push(cells(made, "dose")[0] as number);
      ages.push(cells(made, "age")[1] as number);
    }
    expect(Math.abs(mean(doses) - 800)).toBeLessThan(60);
    expect(Math.abs(mean(ages) - 30)).toBeLessThan(6);
  });

  test("takes the model's own way where it has one", async () => {
    const native: RowSource = {
      draw: drawRows,
      completeRows: (given) =>
        Promise.resolve({
          ...given,
          columns: given.columns.map((column): Column =>
            column.type === "numeric"
              ? { ...column, values: new Float64Array(5).fill(1) }
              : { ...column, codes: new Int32Array(5) },
          ),
        }),
    };
    const made = await answer({ complete: holes }, 5, createRng(1), native);
    expect(cells(made, "age")).toEqual([80, 1, 20, 50.5, 3]);
    expect(cells(made, "sex")).toEqual([1, 1, 0, 2, 1]);
  });

  test("refuses another table, another length, and conditions beside it", async () => {
    const fewer = {
      ...holes,
      columns: holes.columns.slice(1),
      schema: { ...holes.schema, columns: holes.schema.columns.slice(1) },
    };
    expect(await faultOf({ complete: fewer }, 5)).toMatchObject({ code: "columns-differ", missing: ["age"] });
    expect(await faultOf({ complete: holes }, 6)).toMatchObject({ code: "condition-invalid" });
    expect(await faultOf({ complete: holes, where: [{ column: "age", from: 1 }] }, 5)).toMatchObject({
      code: "condition-invalid",
    });
  });
});
