import { describe, expect, it } from "vitest";
import { levels, madeTable, numbers, texts } from "../table/fixtures/made-table.ts";
import reference from "./fixtures/mondrian.json" with { type: "json" };
import { coarsen } from "./coarsen.ts";
import { mondrian } from "./mondrian.ts";

const { cells } = reference;
const STAGES = ["I", "II", "III", "IV"];
const table = madeTable([
  numbers("age", cells.age, { decimals: 0 }),
  numbers(
    "weight",
    cells.weight.map((value) => value ?? NaN),
    { decimals: 1 },
  ),
  texts("sex", cells.sex),
  texts("ward", cells.ward),
  levels(
    "stage",
    cells.stage.map((stage) => STAGES.indexOf(stage)),
    STAGES,
    { measure: "ordinal" },
  ),
  texts("died", cells.died, { role: "target" }),
]);
const KNOWN = [0, 1, 2, 3, 4];
const sorted = (groups: readonly (readonly number[] | Int32Array)[]): string[] =>
  groups.map((rows) => [...rows].join(" ")).sort();

describe("groups of patients that look alike", () => {
  it.each(reference.results)("are those of Mondrian written plainly, at k = $k", async (expected) => {
    const { groups, leftOut } = await mondrian(table, KNOWN, expected.k);
    expect(leftOut).toHaveLength(0);
    expect(sorted(groups)).toEqual(sorted(expected.groups));
    const found = await coarsen(table, KNOWN, expected.k, 5);
    expect(found.smallest).toBe(expected.smallest);
    expect(found.variety).toBe(expected.variety);
    expect(found.detailLost).toBeCloseTo(expected.detailLost, 12);
  });

  it("count patients, not rows, where a patient has several", async () => {
    const rows = 40;
    const own = madeTable(
      [
        numbers(
          "age",
          Array.from({ length: rows }, (_, row) => 20 + row),
        ),
      ],
      {
        patients: Int32Array.from({ length: rows }, (_, row) => row >> 2),
      },
    );
    const { smallest, groups } = await coarsen(own, [0], 5);
    expect(groups).toHaveLength(2);
    expect(smallest).toBe(5);
  });

  it("leave out a table of fewer than k patients", async () => {
    const few = madeTable([numbers("age", [50, 60, 70])]);
    const found = await coarsen(few, [0], 5);
    expect(found).toMatchObject({ leftOut: 3, detailLost: 1, found: 0 });
    expect(found.values.rows).toBe(0);
  });

  it("are cut where one value is most of the column", async () => {
    const few = madeTable([numbers("dose", [0, 0, 0, 0, 0, 0, 0, 0, 5, 9])]);
    const { groups } = await mondrian(few, [0], 2);
    expect(sorted(groups)).toEqual(["0 1 2 3 4 5 6 7", "8 9"]);
  });

  it("stay whole where nothing is known", async () => {
    expect((await mondrian(table, [], 5)).groups).toHaveLength(1);
  });
});

describe("the coarsened table", () => {
  it("has intervals and sets as texts, and medians for models", async () => {
    const small = madeTable([
      numbers("age", [40, 55, 47, 80, 71, 90], { decimals: 0 }),
      numbers("base", [-3.5, -1.25, -2, 4, NaN, 6], { decimals: 2 }),
      numbers("seen", [0, 86_400_000, 0, 2 * 86_400_000, 0, 0], { pattern: "YYYY-MM-DD" }),
      texts("ward", ["A", "B", "A", "C", null, "C"]),
      texts("left alone", ["u", "v", "w", "x", "y", "z"]),
    ]);
    const { texts: said, values, leftOut } = await coarsen(small, [0, 1, 2, 3], 3);
    expect(leftOut).toBe(0);
    const rowOf = (row: number) =>
      said.columns.map(
        (column) => column.type === "coded" && (column.levels[column.codes[row] as number] ?? ""),
      );
    expect(rowOf(0)).toEqual(["40 to 55", "from -3.5 to -1.25", "1970-01-01 to 1970-01-02", "A or B", "u"]);
    expect(rowOf(4)).toEqual([
      "71 to 90",
      "4 to 6 or missing",
      "1970-01-01 to 1970-01-03",
      "C or missing",
      "y",
    ]);
    expect(values.columns[0]).toMatchObject({ values: Float64Array.of(47, 47, 47, 80, 80, 80) });
    expect(values.schema.columns[3]?.kind).toBe("category");
  });
});
