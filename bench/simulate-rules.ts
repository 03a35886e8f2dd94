/**
 * The built-in clinical rules counted on simulated rows: at least 1,000,000 of them over all cohorts, at levels 3 and 4. A rule
 * that is hard, such as a systolic pressure above the diastolic, no patient can break; the goal is 0.
 */
import { writeFile } from "node:fs/promises";
import { everyCohort } from "../src/core/clinic/cohorts/cohorts.ts";
import type { Cohort } from "../src/core/clinic/cohorts/cohort.ts";
import { simulateAtOnce } from "../src/core/clinic/cohorts/simulating/simulate.ts";
import { countedRules } from "../src/core/clinic/rules/plausibility-rules.ts";
import type { CountedRule } from "../src/core/clinic/rules/plausibility-rules.ts";
import type { Figure } from "./figure.ts";

const ROWS = 1_000_000;
/** Counted at once. */
const PART = 25_000;
const LEVELS = [3, 4] as const;
const SEED = 1;

interface Broken {
  readonly text: string;
  readonly hard: boolean;
  readonly of: number;
  rows: number;
}

/** What parts are simulated with, in turn. A column of two units breaks ranges on purpose: there, hard rules alone count. */
const SETTINGS = [
  { hospitals: 1, units: "one" },
  { hospitals: 3, units: "own" },
  { hospitals: 12, units: "one" },
] as const;

function counted(
  cohort: Cohort,
  level: 3 | 4,
  parts: number,
): { rows: number; asked: number; broken: Broken[] } {
  const broken = new Map<string, Broken>();
  let [rows, asked] = [0, 0];
  for (let part = 0; part < parts; part++) {
    const setting = SETTINGS[part % SETTINGS.length] ?? SETTINGS[0];
    const table = simulateAtOnce(cohort, {
      cohort: cohort.id,
      level,
      seed: SEED + part,
      rows: PART,
      ...setting,
    });
    const { counted: rules } = countedRules([table]);
    rows += table.rows;
    asked = Math.max(asked, rules.length);
    for (const rule of rules) if (rule.bound.rule.hard || setting.units === "one") add(broken, rule);
  }
  return { rows, asked, broken: [...broken.values()] };
}

function add(broken: Map<string, Broken>, { bound, breaks }: CountedRule): void {
  if (breaks.broken === 0) return;
  const known = broken.get(bound.text);
  if (known === undefined)
    broken.set(bound.text, { text: bound.text, hard: bound.rule.hard, of: breaks.rows, rows: breaks.broken });
  else known.rows += breaks.broken;
}

export async function benchSimulateRules(): Promise<Figure[]> {
  const parts = Math.ceil(ROWS / PART / everyCohort.length / LEVELS.length);
  const all = everyCohort.flatMap((cohort) =>
    LEVELS.map((level) => ({ cohort: cohort.id, level, ...counted(cohort, level, parts) })),
  );
  await writeFile(new URL("./out/simulate-rules.json", import.meta.url), JSON.stringify(all, undefined, 1));
  const rows = all.reduce((sum, { rows: some }) => sum + some, 0);
  const hard = all.flatMap(({ broken }) => broken.filter((it) => it.hard));
  return [
    { what: "rows counted", value: rows, unit: "", goal: { least: ROWS } },
    { what: "hard rules broken", value: sumOf(hard), unit: "rows", goal: { most: 0 }, note: wordsOf(hard) },
    ...all.map(({ cohort, level, asked, broken }) => {
      const soft = broken.filter((it) => !it.hard);
      const what = `${cohort}, level ${level}: other rules broken`;
      return { what, value: sumOf(soft), unit: "rows", note: `${asked} rules; ${wordsOf(soft)}` };
    }),
  ];
}

const sumOf = (broken: readonly Broken[]): number => broken.reduce((sum, { rows }) => sum + rows, 0);

const wordsOf = (broken: readonly Broken[]): string =>
  broken.map(({ text, rows }) => `${text} (${rows})`).join("; ");
