import { expect, test } from "vitest";
import { createRng } from "../../math/rng.ts";
import type { ColumnSchema } from "../../table/table.ts";
import { coarserInterval } from "./coarser-interval.ts";
import { gridOf, snap } from "./grid.ts";
import { loadColumnSchema, savedColumnSchema } from "./table-code.ts";
import { learnNumericBins, loadNumericBins } from "./numeric-bins.ts";

const MINUTE = 60_000;
const DAY = 86_400_000;
const rng = createRng(5);
const moments = (step: number, offset = 0, count = 200): Float64Array =>
  Float64Array.from(
    { length: count },
    () => Date.UTC(2019, 0, 1) + offset + step * Math.floor((900 * DAY * rng.uniform()) / step),
  );
const seconds = { type: "interval", milliseconds: 1000 } as const;

test.each([
  ["quarters of an hour", 15 * MINUTE, 0],
  ["full minutes", MINUTE, 0],
  ["half past", 60 * MINUTE, 30 * MINUTE],
  ["nine o'clock of each day", DAY, 9 * 60 * MINUTE],
])("%s are found", (_, milliseconds, offset) => {
  const grid = coarserInterval(moments(milliseconds, offset), seconds);
  expect(grid).toEqual({ ...seconds, milliseconds, ...(offset > 0 && { offset }) });
});

test("seconds stay seconds; few moments show nothing", () => {
  expect(coarserInterval(moments(1000), seconds)).toBe(seconds);
  expect(coarserInterval(moments(60 * MINUTE, 0, 8), seconds)).toBe(seconds);
});

const column = (pattern: string): ColumnSchema => ({
  name: "at",
  kind: "datetime",
  role: "feature",
  reason: "",
  missingToken: "",
  date: { pattern },
});

test("drawn times lie on the grid, within the day, also once saved and loaded", () => {
  const values = moments(15 * MINUTE).map((value) => value % DAY);
  const learned = learnNumericBins(values, gridOf(column("HH:mm")), { bins: 12, lattice: false });
  for (const bins of [learned, loadNumericBins(JSON.parse(JSON.stringify(learned.save())))])
    for (let i = 0; i < 300; i++) {
      const value = bins.valueAt(i / 300 + 1e-4, rng);
      expect(value % (15 * MINUTE)).toBe(0);
      expect(value).toBeGreaterThanOrEqual(0);
      expect(value).toBeLessThan(DAY);
    }
});

test("a day ends at its last minute, or at 24:00 where the column writes that", () => {
  expect(snap(DAY - 1, gridOf(column("HH:mm")))).toBe(DAY - MINUTE);
  expect(snap(DAY - 1, gridOf(column("kk:mm")))).toBe(DAY);
  expect(snap(-5 * MINUTE, gridOf(column("HH:mm")))).toBe(0);
  expect(snap(DAY - 1, gridOf(column("DD.MM.YYYY HH:mm")))).toBe(DAY);
});

test("what a column writes of dates and durations is saved with its code", () => {
  const dated: ColumnSchema = {
    ...column("D. MMM YYTHH:mmZZ"),
    date: {
      pattern: "D. MMM YYTHH:mmZZ",
      others: ["DD.MM.YY"],
      coarser: [{ pattern: "MMM YY", others: ["MM.YY"], share: 0.25 }],
      months: Array.from({ length: 12 }, (_, i) => `m${i}`),
      latestYear: 2021,
      offsets: Array.from({ length: 12 }, () => "+01:00"),
    },
  };
  const lasting: ColumnSchema = {
    name: "stay",
    kind: "integer",
    role: "feature",
    reason: "",
    missingToken: "",
    number: { decimals: 0, decimalMark: ".", thousandsMark: "", clock: "H:mm" },
  };
  for (const schema of [dated, lasting])
    expect(loadColumnSchema(JSON.parse(JSON.stringify(savedColumnSchema(schema))))).toEqual(schema);
});

test("fractions are kept as far as a value can hold them; zeros in the pattern are a coarser grid", () => {
  const step = (pattern: string): unknown => gridOf(column(pattern));
  expect(step("YYYY-MM-DD HH:mm:ss.SSSSSS")).toMatchObject({ milliseconds: 0.001 });
  expect(step("YYYY-MM-DD HH:mm:ss.0000000")).toMatchObject({ milliseconds: 1000 });
  expect(step("YYYY-MM-DD HH:00:00")).toMatchObject({ milliseconds: 60 * MINUTE });
  expect(step("YYYY-MM-DD 00:00:00")).toMatchObject({ milliseconds: DAY });
});
