import { simulate } from "../../src/core/clinic/cohorts/cohorts.ts";
import { learnedTable } from "../../src/core/lab/left-out.ts";
import { createRng } from "../../src/core/math/rng.ts";
import { c2stPatients } from "../../src/core/metrics/fidelity/visits/c2st-patients.ts";
import { c2stVisits } from "../../src/core/metrics/fidelity/visits/c2st-visits.ts";
import type { Tables } from "../../src/core/metrics/metric.ts";
import type { Figure } from "../figure.ts";
import { learn } from "./run-of.ts";

const measures = [
  [c2stPatients, 0.57],
  [c2stVisits, 0.54],
] as const;

/** Visits on level 4: patients and pairs of visits told apart, as the lab measures them, beside real against real. */
export async function toldApart(cohort: string, patients: number, seed: number): Promise<Figure[]> {
  const table = await simulate({ cohort, level: 4, patients, seed });
  const { train, synthetic, seconds, notices } = await learn(table, "visits", seed);
  const holdout = learnedTable(await simulate({ cohort, level: 4, patients, seed: seed + 1000 }));
  const tables: Tables = { train, holdout, synthetic };
  console.log(`  ${cohort}: learned in ${seconds.toFixed(0)} CPU s. ${notices.join(" ")}`);
  const figures: Figure[] = [];
  for (const [metric, most] of measures) {
    const result = await metric.compute(tables, createRng(seed).fork(metric.id));
    if (result.status !== "ok") {
      console.log(`  ${cohort}: ${metric.name} was not measured: ${result.reason}`);
      continue;
    }
    const { value, interval, baseline } = result;
    const range = `${interval.low.toFixed(3)} to ${interval.high.toFixed(3)}`;
    figures.push({
      what: `${cohort}: ${metric.name}`,
      value,
      unit: "",
      goal: { most },
      note: `${range}; real against real ${baseline.value.toFixed(3)}; ${patients} patients, ${train.rows} and ${synthetic.rows} visits`,
    });
  }
  return figures;
}
