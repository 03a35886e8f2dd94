import { expect, test } from "vitest";
import { madeTable, numbers, texts } from "./fixtures/made-table.ts";
import { patientUnits } from "./patient-units.ts";

const id = (name: string, cells: (string | null)[]): ReturnType<typeof texts> =>
  texts(name, cells, { kind: "identifier", role: "identifier" });
const age = numbers("age", Float64Array.of(1, 2, 3, 4), { decimals: 0 });

test("of two identifiers the one that names fewer is the patient's, also where one number of a visit stands twice", () => {
  const table = madeTable([id("visit", ["v1", "v1", "v3", "v4"]), id("patient", ["p", "p", "q", "q"]), age]);
  expect(patientUnits(table).groups).toEqual([
    [0, 1],
    [2, 3],
  ]);
});

test("each row is a unit where nothing is marked, and each patient where nobody came twice", () => {
  expect(patientUnits(madeTable([age]))).toEqual({ ids: undefined, groups: [[0], [1], [2], [3]] });
  expect(patientUnits(madeTable([id("patient", ["a", "b", "c", "d"]), age])).groups).toEqual([
    [0],
    [1],
    [2],
    [3],
  ]);
});

test("rows without an id are those of one, and an identifier without any id names nobody", () => {
  const nobody = id("none", [null, null, null, null]);
  expect(patientUnits(madeTable([nobody, id("patient", ["a", null, "b", null]), age])).groups).toEqual([
    [0],
    [1, 3],
    [2],
  ]);
  expect(patientUnits(madeTable([nobody, age])).groups).toEqual([[0, 1, 2, 3]]);
});
