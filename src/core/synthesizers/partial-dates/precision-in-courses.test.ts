import { expect, test } from "vitest";
import { withWholeDates } from "../../codec/columns/partial-dates.ts";
import { createRng } from "../../math/rng.ts";
import { markOf } from "../../table/formats/dates/precision.ts";
import { readText } from "../../table/fixtures/read-text.ts";
import type { NumericColumn, Table } from "../../table/table.ts";
import { takeRows } from "../../table/table.ts";
import type { CourseModel } from "../synthesizer.ts";
import { keepingInCourses, visitsWithPrecision } from "./precision-in-courses.ts";
import { wholeOf } from "./whole-dates.ts";

const PATIENTS = 80;

/** Up to six visits each: a fifth of the visits tell the month only, a third of the births the month or the year. */
async function visits(): Promise<Table> {
  const rng = createRng(3);
  const dayOf = (days: number): string => new Date(Date.UTC(2010, 0, 1) + 864e5 * days).toISOString();
  const whose: number[] = [];
  const lines = Array.from({ length: PATIENTS }, (_, p) => {
    const born = dayOf(-20_000 + rng.integer(9000)).slice(0, p % 6 === 0 ? 4 : p % 6 === 1 ? 7 : 10);
    let day = rng.integer(2000);
    return Array.from({ length: 1 + rng.integer(6) }, () => {
      whose.push(p);
      day += 1 + rng.integer(60);
      return `${dayOf(day).slice(0, rng.uniform() < 0.2 ? 7 : 10)},${born},${rng.integer(9)}`;
    });
  });
  const { table } = await readText(`seen,born,score\n${lines.flat().join("\n")}\n`);
  const [seen, ...others] = table.schema.columns;
  const columns = [{ ...(seen as NonNullable<typeof seen>), course: "time" as const }, ...others];
  return { ...table, schema: { ...table.schema, columns }, patients: Int32Array.from(whose) };
}

const dates = (table: Table, j: number): Float64Array => (table.columns[j] as NumericColumn).values;
const coarse = (values: Float64Array): number =>
  values.filter((value) => markOf(value, 2) > 0).length / values.length;

/** A model that draws the whole dates of `train` as they are, its patients in their order. */
function drawing(train: Table): CourseModel {
  const whole = withWholeDates(train, [0, 1], createRng(5));
  const order = [...(whole.columns[0]!.type === "numeric" ? dates(whole, 0).keys() : [])].sort(
    (a, b) =>
      (train.patients?.[a] as number) - (train.patients?.[b] as number) ||
      (dates(whole, 0)[a] as number) - (dates(whole, 0)[b] as number),
  );
  return {
    sample: async () => takeRows(whole, order),
    goOn: async (given, futures) => ({
      ...takeRows(
        given,
        Array.from({ length: futures }, () => given.rows - 1),
      ),
      patients: Int32Array.from({ length: futures }, (_, k) => k),
    }),
  };
}

test("what stays the same tells the same at every visit, and no time moves before the visit before it", async () => {
  const train = await visits();
  const drawn = await keepingInCourses(drawing(train)).sample(PATIENTS, createRng(1));
  const [seen, born] = [dates(drawn, 0), dates(drawn, 1)];
  const { patients } = drawn as Required<Table>;
  for (let row = 1; row < drawn.rows; row++) {
    if (patients[row] !== patients[row - 1]) continue;
    expect(born[row]).toBe(born[row - 1]);
    expect(seen[row]).toBeGreaterThanOrEqual(seen[row - 1] as number);
  }
  expect(coarse(seen)).toBeGreaterThan(0.05);
  expect(coarse(seen)).toBeLessThanOrEqual(coarse(dates(train, 0)) + 0.01);
  expect(Math.abs(coarse(born) - coarse(dates(train, 1)))).toBeLessThan(0.06);
});

test("what was given of a patient stands in its further visits as it was given", async () => {
  const train = await visits();
  const of = (p: number): number[] =>
    [...train.patients!.keys()].filter((row) => train.patients?.[row] === p);
  for (const patient of [0, 1, 2]) {
    const given = takeRows(train, of(patient));
    const futures = await keepingInCourses(drawing(train)).goOn(given, 4, createRng(2));
    expect([...dates(futures, 1)]).toEqual(Array(4).fill(dates(given, 1)[0]));
  }
  const given = takeRows(train, of(0));
  const holes = {
    ...given,
    columns: given.columns.with(1, { type: "numeric", values: dates(given, 1).with(0, NaN) }),
  };
  const filled = wholeOf(given);
  expect([...dates(visitsWithPrecision(filled, createRng(1), { complete: holes }), 1)]).toEqual([
    ...dates(given, 1),
  ]);
});

test("a precision that fewer than five patients have is not drawn, however many visits they have", async () => {
  const train = await visits();
  const late = dates(train, 1).map((value, row) =>
    markOf(value, 2) > 0 && (train.patients?.[row] as number) > 20 ? value - markOf(value, 2) : value,
  );
  const few = { ...train, columns: train.columns.with(1, { type: "numeric", values: late }) };
  const whole = withWholeDates(few, [1], createRng(5));
  const told = new Set(
    [...late.keys()]
      .filter((row) => markOf(late[row] as number, 2) === 1)
      .map((row) => train.patients?.[row]),
  );
  expect(told.size).toBeLessThan(5);
  expect(whole.schema.columns[1]?.date?.coarser?.[0]?.share).toBe(0);
});
