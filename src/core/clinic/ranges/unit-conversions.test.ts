import { expect, test } from "vitest";
import { quantityNamed } from "./quantity-names.ts";
import { quantities } from "./reference-ranges.ts";
import { conversion, unitWritten } from "./unit-conversions.ts";

test("factors between units agree with the reference ranges of the same quantity in both", () => {
  let compared = 0;
  for (const quantity of quantities)
    for (const a of quantity.units)
      for (const b of quantity.units) {
        const way = conversion(quantity.name, a.unit, b.unit);
        if (a === b || way === undefined || !a.reference || !b.reference) continue;
        a.reference.forEach((value, i) => {
          const other = b.reference?.[i] ?? NaN;
          if (!Number.isFinite(value)) return;
          expect(
            Math.abs(value * way.times + way.plus - other) / other,
            `${quantity.name} ${a.unit}`,
          ).toBeLessThan(0.17);
          compared++;
        });
      }
  expect(compared).toBeGreaterThan(60);
});

test("a value comes back from another unit as it was, by a factor or by a line", () => {
  for (const [quantity, from, to] of [
    ["Vitamin B12", "pg/mL", "pmol/L"],
    ["Temperature", "°F", "°C"],
    ["HbA1c", "mmol/mol", "%"],
  ] as const) {
    const [there, back] = [conversion(quantity, from, to), conversion(quantity, to, from)];
    if (there === undefined || back === undefined) throw new Error(quantity);
    expect((42 * there.times + there.plus) * back.times + back.plus).toBeCloseTo(42, 9);
  }
  expect(conversion("Sodium", "mmol/L", "mg/dL")).toBeUndefined();
});

test.each([
  ["Creatinine", "µmol/l", "µmol/L"],
  ["Creatinine", "umol per L", "µmol/L"],
  ["Creatinine", " μmol/L ", "µmol/L"],
  ["White cells", "10^9/L", "10⁹/L"],
  ["Haematocrit", "percent", "%"],
  ["Creatinine", "mmHg", undefined],
  ["Creatinine", "", undefined],
])("%s in “%s” is in %s", (quantity, text, unit) => {
  expect(unitWritten(quantityNamed(quantity) ?? { units: [] }, text)?.unit).toBe(unit);
});
