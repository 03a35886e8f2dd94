import { anionGap, filtration, friedewald } from "../labs/formulas.ts";
import type { Numbers } from "../numbers/numbers.ts";
import type { Rows } from "../simulating/rows.ts";
import type { Stage } from "../simulating/stage.ts";

/** A value computed from recorded ones; NaN where one of them is missing or the formula does not hold. */
interface Formula {
  readonly field: string;
  readonly from: readonly string[];
  readonly prepare: (numbers: Numbers) => (...values: number[]) => number;
}

const formulas: readonly Formula[] = [
  {
    field: "bmi",
    from: ["weight_kg", "height_cm"],
    prepare: () => (weight: number, height: number) => weight / (height / 100) ** 2,
  },
  {
    field: "anion_gap",
    from: ["sodium", "chloride", "bicarbonate"],
    prepare: () => anionGap,
  },
  { field: "ldl", from: ["total_cholesterol", "hdl", "triglycerides"], prepare: ldlOf },
  {
    field: "egfr",
    from: ["creatinine", "age", "female", "height_cm"],
    prepare: (numbers) => filtration(numbers).of,
  },
];

/** No laboratory reports a concentration of nothing or less. */
function ldlOf(numbers: Numbers): (total: number, hdl: number, triglycerides: number) => number {
  const { ldl } = friedewald(numbers);
  return (total, hdl, triglycerides) => {
    const value = ldl(total, hdl, triglycerides);
    return value > 0 ? value : NaN;
  };
}

/** What is computed of recorded values, so that a row is consistent with itself as it is written. */
export const derived: Stage = {
  name: "derived",
  prepare: ({ numbers }) => {
    const prepared = formulas.map(({ prepare, ...rest }) => ({ ...rest, formula: prepare(numbers) }));
    return (rows: Rows) => {
      for (const { field, from, formula } of prepared) {
        if (!rows.has(field) || !from.every((name) => rows.has(name))) continue;
        const [values, inputs] = [rows.get(field), from.map((name) => rows.get(name))];
        const [a, b, c, d] = inputs;
        for (let row = 0; row < rows.count; row++)
          values[row] = formula(
            a?.[row] as number,
            b?.[row] as number,
            c?.[row] as number,
            d?.[row] as number,
          );
      }
    };
  },
};
