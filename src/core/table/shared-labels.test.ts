import { expect, it } from "vitest";
import { levels, madeTable } from "./fixtures/made-table.ts";
import { withSharedLabels } from "./shared-labels.ts";

const labels = (...names: string[]): { code: string; label: string }[] =>
  names.map((label, i) => ({ code: String(i + 1), label }));

it("labels of levels that fewer than five patients have, or none, do not go into a model", () => {
  const table = madeTable([
    levels("ward", [0, 0, 0, 0, 0, 1, 1, 1, 1], ["A", "B"], { valueLabels: labels("A", "B", "unused") }),
    levels("doctor", [0, 0, 0, 0, 0, 0, 1, 1, 1], ["Dr A", "Dr B"], {
      role: "omit",
      valueLabels: labels("Dr A", "Dr B"),
    }),
  ]);
  const [ward, doctor] = withSharedLabels(table).schema.columns;
  expect(ward?.valueLabels).toEqual([{ code: "1", label: "A" }]);
  expect(doctor).not.toHaveProperty("valueLabels");
});

it("five visits of one patient are one patient's", () => {
  const table = madeTable([levels("ward", [0, 0, 0, 0, 0], ["A"], { valueLabels: labels("A") })], {
    patients: Int32Array.of(7, 7, 7, 7, 7),
  });
  expect(withSharedLabels(table).schema.columns[0]).not.toHaveProperty("valueLabels");
});
