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
    field: "mean_pressure",
    from: ["sbp", "dbp"],
    prepare: () => (sbp: number, dbp: number) => dbp + (sbp - dbp) / 3,
  },
  {
    field: "anion_gap",
    from: ["sodium", "chloride", "bicarbonate"],
    prepare: () => (sodium: number, chloride: number, bicarbonate: number) => sodium - chloride - bicarbonate,
  },
  { field: "ldl", from: ["total_cholesterol", "hdl", "triglycerides"], prepare: friedewald },
  { field: "egfr", from: ["creatinine", "age", "female"], prepare: ckdEpi2021 },
];

/** LDL cholesterol, all in mmol/L; NaN from 400 mg/dL of triglycerides on, where no laboratory reports it. */
function friedewald(numbers: Numbers): (total: number, hdl: number, triglycerides: number) => number {
  const [divisor, most] = [numbers.of("formula.friedewald.divisor"), numbers.of("formula.friedewald.most")];
  return (total, hdl, triglycerides) => {
    const ldl = total - hdl - triglycerides / divisor;
    return triglycerides <= most && ldl > 0 ? ldl : NaN;
  };
}

/** CKD-EPI 2021 without race, from creatinine in µmol/L, in mL/min per 1.73 m². */
function ckdEpi2021(numbers: Numbers): (creatinine: number, age: number, female: number) => number {
  const of = (name: string): number => numbers.of(`formula.ckd-epi.${name}`);
  const [scale, above, yearly, women, unit] = [of("scale"), of("above"), of("year"), of("women"), of("umol")];
  const [kappas, alphas] = [
    [of("kappa.men"), of("kappa.women")],
    [of("alpha.men"), of("alpha.women")],
  ];
  return (creatinine, age, female) => {
    const ratio = creatinine / unit / (kappas[female] as number);
    const bend = ratio < 1 ? ratio ** (alphas[female] as number) : ratio ** above;
    return scale * bend * yearly ** age * (female === 1 ? women : 1);
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
        const [a, b, c] = inputs;
        for (let row = 0; row < rows.count; row++)
          values[row] = formula(a?.[row] as number, b?.[row] as number, c?.[row] as number);
      }
    };
  },
};
