import { bandsOf } from "../../src/core/clinic/cohorts/conditions/age-curve.ts";
import { CONDITIONS, SHARES } from "../../src/core/clinic/cohorts/conditions/comorbidity.ts";
import { conditions } from "../../src/core/clinic/cohorts/conditions/conditions.ts";
import { labs } from "../../src/core/clinic/cohorts/labs/labs.ts";
import { ADULT_BANDS } from "../../src/core/clinic/cohorts/numbers/body/bands.ts";
import { everyNumber, numbersWith } from "../../src/core/clinic/cohorts/numbers/numbers.ts";
import { population } from "../../src/core/clinic/cohorts/population/population.ts";
import { crowd } from "../../src/core/clinic/cohorts/simulating/crowd.ts";
import { vitals } from "../../src/core/clinic/cohorts/vitals/vitals.ts";
import type { Chart, Line } from "./chart.ts";

const numbers = numbersWith();
const sourceOf = (id: string): string => everyNumber.find((number) => number.id === id)?.source ?? "";

/** Fields whose means a survey gives by sex and ten years of age: unit, tolerance. */
const MEANS = [
  ["sbp", "Systolic pressure", "mmHg", 1.8],
  ["dbp", "Diastolic pressure", "mmHg", 1.2],
  ["bmi", "Body mass index", "kg/m²", 0.9],
  ["height_cm", "Height", "cm", 0.6],
  ["heart_rate", "Heart rate", "1/min", 1.2],
  ["creatinine", "Creatinine, filtration of 60 and over", "µmol/L", 3],
  ["hba1c", "HbA1c without diabetes", "mmol/mol", 0.6],
  ["hdl", "HDL cholesterol", "mmol/L", 0.06],
  ["ldl", "LDL cholesterol", "mmol/L", 0.12],
  ["albumin", "Albumin", "g/L", 0.5],
  ["white_cells", "White cells", "10^9/L", 0.3],
] as const;

/** Correlations of all adults, as the survey's public rows show them. */
const PAIRS = [
  ["age", "sbp", 0.4],
  ["sbp", "dbp", 0.4],
  ["bmi", "sbp", 0.146],
  ["bmi", "dbp", 0.138],
  ["bmi", "heart_rate", 0.128],
  ["dbp", "heart_rate", 0.135],
] as const;

export function adultCharts(): Chart[] {
  const { at, mean, correlation, share } = crowd(
    [population("adults"), conditions(), vitals(), labs()],
    60_000,
  );
  const lineOf = (field: string, sex: "women" | "men"): Line => {
    const bands = ADULT_BANDS.slice(0, 6);
    return {
      name: sex,
      at: bands.map((from) => `${from}–${from + 9}`),
      published: bands.map((from) => numbers.of(`${field}.mean.${sex}.${from}`)),
      simulated: bands.map((from) =>
        mean(
          field,
          (row) =>
            at("female", row) === (sex === "women" ? 1 : 0) &&
            at("age", row) >= from + 1 &&
            at("age", row) < from + 9 &&
            (field !== "hba1c" || at("diabetes", row) === 0) &&
            (field !== "creatinine" || at("egfr", row) >= 60),
        ),
      ),
    };
  };
  const means = MEANS.map(([field, title, unit, tolerance]): Chart => ({
    title,
    unit,
    tolerance,
    across: "Age",
    sources: [sourceOf(`${field}.mean.women.20`)],
    lines: [lineOf(field, "women"), lineOf(field, "men")],
  }));
  const prevalences = CONDITIONS.map((name): Chart => {
    const lines = (["women", "men"] as const).map((sex): Line => {
      const bands = bandsOf(SHARES[name], sex, numbers).filter(({ from }) => from >= 18);
      return {
        name: sex,
        at: bands.map(({ from, to }) => `${from}–${to}`),
        published: bands.map((band) => 100 * band.share),
        simulated: bands.map(
          ({ from, to }) =>
            100 *
            share(
              (row) => at(name, row) === 1,
              (row) =>
                at("female", row) === (sex === "women" ? 1 : 0) &&
                at("age", row) >= from &&
                at("age", row) < to + 1,
            ),
        ),
      };
    });
    const known = everyNumber
      .filter(({ id }) => id.startsWith(`${SHARES[name].id}.`))
      .map(({ source }) => source);
    return {
      title: name.replaceAll("_", " ").replace(/^./, (first) => first.toUpperCase()),
      unit: "%",
      tolerance: 4,
      across: "Age",
      sources: [...new Set(known)],
      lines,
      ...(SHARES[name].by === "margins" && {
        note: "Published by age and by sex; by both here, as one odds ratio.",
      }),
    };
  });
  const pairs: Chart = {
    title: "Correlations of all adults",
    unit: "r",
    tolerance: 0.05,
    across: "Two measurements",
    sources: ["nhanes-2009"],
    lines: [
      {
        name: "",
        at: PAIRS.map(([a, b]) => `${a} ${b}`),
        published: PAIRS.map(([, , r]) => r),
        simulated: PAIRS.map(([a, b]) => correlation(a, b)),
      },
    ],
  };
  return [...prevalences, ...means, pairs];
}
