import { expect, test } from "vitest";
import { createRng } from "../../math/rng.ts";
import { madeTable, numbers, texts } from "../../table/fixtures/made-table.ts";
import type { Table } from "../../table/table.ts";
import { compareColumns } from "./compare-columns.ts";

const PATIENTS = 60;
const EACH = 5;
const FEW = 4;
const ROWS = PATIENTS * EACH;
const patients = Int32Array.from({ length: ROWS }, (_, row) => Math.floor(row / EACH));

/** Five visits of sixty patients; the first few have numbers far out, a level and missing cells that nobody else has. */
function visits(seed: number, few: number): Table {
  const rng = createRng(seed);
  const isOne = (row: number): boolean => (patients[row] as number) < few;
  const each = <Cell>(own: (row: number) => Cell, others: () => Cell): Cell[] =>
    Array.from(patients, (_, row) => (isOne(row) ? own(row) : others()));
  const usual = (): number => Math.round(20 + 3 * rng.normal());
  return madeTable(
    [
      numbers(
        "lab",
        each((row) => 7000 + row, usual),
        { decimals: 0 },
      ),
      numbers(
        "skewed",
        each(
          (row) => 0.0101 + row / 1e6,
          () => Math.exp(2 * rng.normal()) + 1,
        ),
        { decimals: 7 },
      ),
      numbers(
        "empty",
        each(() => NaN, usual),
        { decimals: 0 },
      ),
      texts(
        "level",
        each(
          () => "of few",
          () => (rng.uniform() < 0.5 ? "a" : "b"),
        ),
      ),
      texts(
        "hospital",
        each(
          (row) => `clinic ${row % 3}`,
          () => `ward ${rng.integer(12)}`,
        ),
      ),
    ],
    { patients },
  );
}

/** Numbers and texts of the comparison that are theirs alone. */
function told(real: Table, holdout?: Table): string[] {
  const text = JSON.stringify(compareColumns(real, holdout, visits(9, 0)));
  const numbersOfFew = [...text.matchAll(/-?\d+(?:\.\d+)?(?:e-?\d+)?/g)]
    .map(([number]) => Number(number))
    .filter((number) => number > 3500 || (number > 0.01 && number < 0.0105));
  return [...numbersOfFew.map(String), ...["of few", "clinic"].filter((name) => text.includes(`"${name}`))];
}

test("what rows of four patients have is not told, however many the rows are", () => {
  expect(told(visits(1, FEW))).toEqual([]);
  expect(told(visits(2, 0), visits(1, FEW))).toEqual([]);
  const [empty] = compareColumns(visits(1, FEW), undefined, visits(9, 0)).filter(
    ({ name }) => name === "empty",
  );
  expect(empty?.missing).toMatchObject({ real: 0, few: true });
});

test("what five patients have is", () => {
  expect(told(visits(1, FEW + 1))).toContain("of few");
  const [empty] = compareColumns(visits(1, FEW + 1), undefined, visits(9, 0)).filter(
    ({ name }) => name === "empty",
  );
  expect(empty?.missing.real).toBeCloseTo((FEW + 1) / PATIENTS);
});
