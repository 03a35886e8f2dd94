import { expect, test } from "vitest";
import { expectedSeconds } from "./pace.ts";
import { planTraining } from "./plan.ts";

const byTable = { members: 0, units: 0, steps: 0, batch: 0, learningRate: 0 };

/** CPU seconds of fits on WASM in Node, the mean of two seeds; one seed at 65 and 74 columns and where columns are five to eleven but for pima. */
test.each([
  [209, 13, 7, 12, 2.2],
  [538, 9, 8, 2, 2.8],
  [900, 5, 4, 2, 3.7],
  [140, 7, 5, 4, 3.4],
  [968, 10, 7, 6, 6.5],
  [300, 11, 10, 2, 4.9],
  [280, 25, 11, 40, 7.0],
  [398, 31, 30, 2, 17.4],
  [138, 82, 79, 6, 20.7],
  [7000, 15, 6, 100, 4.6],
  [1096, 65, 30, 150, 17],
  [4655, 74, 39, 230, 50],
])(
  "%i rows of %i columns: within a factor of two of what was measured",
  (rows, columns, numeric, levels, taken) => {
    const expected = expectedSeconds(
      { rows, columns, numeric, levels },
      planTraining(rows, columns, byTable),
    );
    expect(expected).toBeGreaterThan(taken / 2);
    expect(expected).toBeLessThan(taken * 2);
  },
);
