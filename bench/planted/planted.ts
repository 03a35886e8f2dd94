/**
 * Whether synthetic rows still show what the simulator put into its tables: each planted thing is measured alike in training
 * rows, in fresh simulated rows and in synthetic ones. Level 3 is learned by Auto, level 4 by Visits. And whether a classifier
 * tells patients and visits of level 4 from fresh ones.
 * Options: --cohorts a,b, --patients N (level 3), --over N (patients of level 4; of intensive care a tenth), --apart N (patients told
 * apart; of intensive care a sixth), --parts planted,rare,apart, --seed N.
 */
import { parseArgs } from "node:util";
import type { Cohort } from "../../src/core/clinic/cohorts/cohort.ts";
import { findCohort } from "../../src/core/clinic/cohorts/cohorts.ts";
import { everyPlanted } from "../../src/core/clinic/cohorts/every-planted.ts";
import { RARE_CONDITIONS } from "../../src/core/clinic/cohorts/conditions/rare-conditions.ts";
import { numbersWith } from "../../src/core/clinic/cohorts/numbers/numbers.ts";
import { plantedRows, shareIn } from "../../src/core/clinic/cohorts/planted-rows.ts";
import type { Planted } from "../../src/core/clinic/cohorts/planted.ts";
import { simulateAtOnce } from "../../src/core/clinic/cohorts/simulating/simulate.ts";
import { withCoursesFound } from "../../src/core/table/read/revise.ts";
import type { Table } from "../../src/core/table/table.ts";
import { reached, type Figure } from "../figure.ts";
import { learn } from "./run-of.ts";
import { toldApart } from "./told-apart.ts";

const { values: asked } = parseArgs({
  args: process.argv.slice(2),
  allowPositionals: true,
  strict: false,
  options: {
    cohorts: { type: "string", default: "diabetes,heart-failure,maternity,emergency,icu" },
    patients: { type: "string", default: "5000" },
    over: { type: "string", default: "2000" },
    apart: { type: "string", default: "600" },
    parts: { type: "string", default: "planted,rare,apart" },
    seed: { type: "string", default: "1" },
  },
});
const listed = (name: "cohorts" | "parts"): string[] => String(asked[name]).split(",");
const seed = Number(asked["seed"]);

/** Fresh patients that stand for a table without end; few at level 4 where each has 48 rows. */
const FRESH = { 3: 60_000, 4: 20_000 } as const;
/** How many times fewer patients of intensive care: each has about 48 rows. */
const FEWER = { planted: 10, apart: 6 } as const;
const fewer = (id: string, patients: number, by: number): number =>
  id === "icu" ? Math.max(100, Math.round(patients / by)) : patients;

/** What a synthetic table may show at least and at most where the truth is `value`. */
function goalOf(kind: Planted["kind"], value: number): Figure["goal"] {
  switch (kind) {
    case "correlation":
      return { least: value - 0.05, most: value + 0.05 };
    case "transition":
      return { least: value - 0.02, most: value + 0.02 };
    case "effect": {
      const [a, b] = [0.85 * value, 1.15 * value];
      return { least: Math.min(a, b), most: Math.max(a, b) };
    }
    case "prevalence":
      return { least: value / 2, most: 2 * value };
  }
}

const simulated = (cohort: Cohort, level: 3 | 4, patients: number, from: number): Table =>
  withCoursesFound(simulateAtOnce(cohort, { cohort: cohort.id, level, patients, seed: from }));

const shown = (value: number): string => (Number.isNaN(value) ? "none" : value.toPrecision(3));

async function recovered(cohort: Cohort, level: 3 | 4): Promise<Figure[]> {
  const planted = (everyPlanted[cohort.id]?.(numbersWith()) ?? []).filter((it) => it.level === level);
  if (planted.length === 0) return [];
  const patients =
    level === 3 ? Number(asked["patients"]) : fewer(cohort.id, Number(asked["over"]), FEWER.planted);
  const made = await learn(simulated(cohort, level, patients, seed), level === 3 ? "auto" : "visits", seed);
  console.log(
    `  ${cohort.id}, level ${level}, ${made.synthesizer}, ${made.seconds.toFixed(0)} CPU s: ${made.notices.join(" ")}`,
  );
  const most = fewer(cohort.id, FRESH[level], level === 4 ? FEWER.planted : 1);
  const [train, synthetic, fresh] = [
    plantedRows(made.train),
    plantedRows(made.synthetic),
    plantedRows(simulated(cohort, level, most, seed + 1000)),
  ];
  return planted.map(({ kind, about, value, measure }): Figure => {
    const inFresh = measure(fresh);
    const goal = goalOf(kind, value ?? inFresh);
    const learned: Figure = { what: about, value: measure(train), unit: "", ...(goal && { goal }) };
    const missed = reached(learned) === false ? "; not in the training rows either" : "";
    return {
      ...learned,
      what: `${cohort.id}, level ${level}, ${kind}: ${about}`,
      value: measure(synthetic),
      note: `planted ${value === undefined ? "as fresh" : shown(value)}, fresh ${shown(inFresh)}, training ${shown(learned.value)}${missed}; ${made.synthesizer}, ${patients} patients`,
    };
  });
}

/** Five conditions below 1 in 1,000, which the diabetes clinic has and does not show: with their column. */
async function rareConditions(): Promise<Figure[]> {
  const clinic = findCohort("diabetes");
  const rare = {
    name: "rare_condition",
    level: 3,
    shown: { as: "levels", levels: RARE_CONDITIONS },
    reason: "Rare.",
  } as const;
  const cohort: Cohort = { ...clinic, columns: [...clinic.columns, rare] };
  const patients = Number(asked["patients"]);
  const made = await learn(simulated(cohort, 3, patients, seed), "auto", seed);
  const flagged = made.notices.filter((notice) => notice.includes(rare.name));
  const [train, synthetic, fresh] = [
    plantedRows(made.train),
    plantedRows(made.synthetic),
    plantedRows(simulated(cohort, 3, FRESH[3], seed + 1000)),
  ];
  console.log(`  rare conditions: ${flagged.join(" ")}`);
  return RARE_CONDITIONS.slice(1).map((name): Figure => {
    const share = (rows: typeof train): number => shareIn(rows, rows.is(rare.name, name));
    const goal = goalOf("prevalence", share(fresh));
    const told = flagged.length > 0 ? "; a notice says that levels of fewer than 5 are left out" : "";
    return {
      what: `diabetes, level 3, prevalence: ${name}`,
      value: share(synthetic),
      unit: "",
      ...(goal && { goal }),
      note: `fresh ${shown(share(fresh))}, training ${Math.round(share(train) * train.count)} patients${told}`,
    };
  });
}

export async function benchPlanted(): Promise<Figure[]> {
  const figures: Figure[] = [];
  const parts = listed("parts");
  for (const id of listed("cohorts")) {
    const cohort = findCohort(id);
    if (parts.includes("planted"))
      for (const level of [3, 4] as const) figures.push(...(await recovered(cohort, level)));
    if (parts.includes("rare") && id === "diabetes") figures.push(...(await rareConditions()));
    if (parts.includes("apart"))
      figures.push(...(await toldApart(id, fewer(id, Number(asked["apart"]), FEWER.apart), seed)));
  }
  return figures;
}
