import { expect, it } from "vitest";
import { powerTable } from "./power-table.ts";

it("is x to the power within its stated share, over all sizes that a map has", () => {
  for (const exponent of [0.8950608779, 0.5, -1.3]) {
    const power = powerTable(exponent);
    for (let x = 1e-9; x < 1e9; x *= 1.0137) {
      const exact = x ** exponent;
      expect(Math.abs(power(x) - exact) / exact).toBeLessThan(Math.abs(exponent) / 2 ** 12 + 1e-6);
    }
  }
});

it("is next to nothing for nothing", () => {
  expect(powerTable(0.8950608779)(0)).toBeLessThan(1e-30);
});
