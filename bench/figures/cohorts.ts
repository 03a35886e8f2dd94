import { everyCohort } from "../../src/core/clinic/cohorts/cohorts.ts";
import { heartFailure } from "../../src/core/clinic/cohorts/heart-failure/heart-failure.ts";
import { DIAGNOSES } from "../../src/core/clinic/cohorts/icu/icu-patient.ts";
import { dipping } from "../../src/core/clinic/cohorts/maternity/by-week.ts";
import { numbersWith } from "../../src/core/clinic/cohorts/numbers/numbers.ts";
import { crowd } from "../../src/core/clinic/cohorts/simulating/crowd.ts";
import { simulateAtOnce } from "../../src/core/clinic/cohorts/simulating/simulate.ts";
import type { Chart } from "./chart.ts";

const numbers = numbersWith();
type Cell = (row: number) => number;
interface Simulated {
  readonly rows: number[];
  readonly number: (name: string) => Cell;
  readonly word: (name: string) => (row: number) => string;
}

function simulated(id: string, level: 3 | 4, patients: number): Simulated {
  const cohort = everyCohort.find((it) => it.id === id);
  if (cohort === undefined) throw new Error(id);
  const table = simulateAtOnce(cohort, { cohort: id, level, seed: 21, patients });
  const column = (name: string) => table.columns[table.schema.columns.findIndex((it) => it.name === name)];
  return {
    rows: Array.from({ length: table.rows }, (_, row) => row),
    number: (name) => {
      const of = column(name);
      return (row) => (of?.type === "numeric" ? (of.values[row] as number) : NaN);
    },
    word: (name) => {
      const of = column(name);
      return (row) => (of?.type === "coded" ? (of.levels[of.codes[row] as number] ?? "") : "");
    },
  };
}

const share = (rows: readonly number[], is: (row: number) => boolean): number =>
  (100 * rows.filter(is).length) / rows.length;
const meanOf = (values: readonly number[]): number => {
  const known = values.filter((value) => !Number.isNaN(value));
  return known.reduce((sum, value) => sum + value, 0) / known.length;
};
const one = (at: string[], published: number[], found: number[]) => [
  { name: "", at, published, simulated: found },
];

function emergencyCharts(): Chart[] {
  const { rows, number, word } = simulated("emergency", 3, 40_000);
  const hours = Array.from({ length: 24 }, (_, hour) => hour);
  const arrived = number("arrived_at");
  const triage = ["Immediate", "Very urgent", "Urgent", "Standard"];
  const age = number("age");
  return [
    {
      title: "Arrivals by hour",
      unit: "%",
      tolerance: 0.6,
      across: "Hour of the day",
      sources: ["hscic-2013"],
      lines: one(
        hours.map(String),
        hours.map((hour) => 100 * numbers.of(`ed.arrival.${hour}`)),
        hours.map((hour) => share(rows, (row) => new Date(arrived(row)).getUTCHours() === hour)),
      ),
      note: "The report says the busiest hours and the share of 9 to 18; the hours between are a smooth course set to them.",
    },
    {
      title: "Triage",
      unit: "%",
      tolerance: 3,
      across: "Level",
      sources: ["zachariasse-2017"],
      lines: one(
        triage,
        [1, 2, 3, 4].map((level) => 100 * numbers.of(`ed.triage.${level}`)),
        triage.map((level) => share(rows, (row) => word("triage")(row) === level)),
      ),
    },
    {
      title: "What departments see",
      unit: "%",
      tolerance: 1.5,
      across: "",
      sources: ["nhamcs-2001", "nhamcs-2006", "wang-2007"],
      lines: one(
        ["Are admitted", "Injury", "Sepsis of adults"],
        [numbers.of("ed.admitted"), numbers.of("ed.share.injury"), numbers.of("ed.sepsis")].map(
          (it) => 100 * it,
        ),
        [
          share(rows, (row) => word("admitted")(row) === "Yes"),
          share(rows, (row) => word("complaint")(row) === "Injury"),
          share(
            rows.filter((row) => age(row) >= 18),
            (row) => word("emergency")(row) === "Sepsis",
          ),
        ],
      ),
    },
  ];
}

function icuCharts(): Chart[] {
  const { rows, word } = simulated("icu", 3, 30_000);
  const names = DIAGNOSES.map(([name]) => name);
  const each = (what: string) => DIAGNOSES.map(([, short]) => 100 * numbers.of(`icu.${what}.${short}`));
  const of = (name: string): number[] => rows.filter((row) => word("diagnosis")(row) === name);
  const stays = simulated("icu", 4, 2500);
  const hour = stays.number("hour");
  const lived = stays.word("died_in_hospital");
  const first = stays.rows.filter((row) => hour(row) === 0);
  const lastOf = new Map(stays.rows.map((row) => [stays.word("patient_id")(row), row]));
  const died = first.filter((row) => lived(row) === "Yes");
  return [
    {
      title: "Why they come to intensive care",
      unit: "%",
      tolerance: 1.5,
      across: "",
      sources: ["eicu-demo"],
      lines: one(
        names,
        each("share"),
        names.map((name) => share(rows, (row) => word("diagnosis")(row) === name)),
      ),
    },
    {
      title: "Ventilated at first",
      unit: "%",
      tolerance: 5,
      across: "",
      sources: ["eicu-demo"],
      lines: one(
        names,
        each("ventilated"),
        names.map((name) => share(of(name), (row) => word("ventilated")(row) === "Yes")),
      ),
    },
    {
      title: "Die in hospital",
      unit: "%",
      tolerance: 6,
      across: "",
      sources: ["eicu-demo", "challenge-2012"],
      lines: one(
        [...names, "All"],
        [...each("death"), 100 * numbers.of("icu.death")],
        [
          ...names.map((name) => share(of(name), (row) => word("died_in_hospital")(row) === "Yes")),
          share(rows, (row) => word("died_in_hospital")(row) === "Yes"),
        ],
      ),
      note: "Odds within diagnoses are moved so that 13.9% of all die (PhysioNet 2012); the demo's own are higher.",
    },
    {
      title: "Deaths in the first two days, of deaths",
      unit: "%",
      tolerance: 4,
      across: "",
      sources: ["eicu-demo"],
      lines: one(
        ["Within 48 h"],
        [100 * numbers.of("icu.death.early")],
        [share(died, (row) => hour(lastOf.get(stays.word("patient_id")(row)) ?? row) < 47)],
      ),
    },
    {
      title: "Heart rate and breathing over 48 hours",
      unit: "1/min",
      tolerance: 6,
      across: "",
      sources: ["challenge-2012"],
      lines: one(
        ["Heart rate", "Breathing"],
        [87, 19.5],
        [
          meanOf(stays.rows.map(stays.number("heart_rate"))),
          meanOf(stays.rows.map(stays.number("respiratory_rate"))),
        ],
      ),
    },
  ];
}

function heartCharts(): Chart[] {
  const { rows, word } = simulated("heart-failure", 3, 30_000);
  const truth = crowd(heartFailure.stages, 30_000);
  const among = (from: number, to: number): number =>
    100 * truth.share((row) => truth.at("lvef", row) >= from && truth.at("lvef", row) < to);
  const visits = simulated("heart-failure", 4, 6000);
  const planned = visits.rows.filter((row) => visits.word("visit_kind")(row) === "Planned visit");
  const classes = ["I", "II", "III", "IV"];
  return [
    {
      title: "Ejection fraction, two humps",
      unit: "%",
      tolerance: 3,
      across: "Ejection fraction",
      sources: ["steinberg-2012"],
      lines: one(
        ["below 40", "40 to 49", "50 and more"],
        [50, 14, 36],
        [among(0, 40), among(40, 50), among(50, 100)],
      ),
      note: "As it is; of written values fewer are below 40, since most readers round to fives.",
    },
    {
      title: "NYHA class at planned visits",
      unit: "%",
      tolerance: 15,
      across: "Class",
      sources: ["swedehf-2023"],
      lines: one(
        classes,
        classes.map((_, at) => 100 * numbers.of(`hf.nyha.${at + 1}`)),
        classes.map((name) =>
          share(
            planned.filter((row) => visits.word("nyha")(row) !== ""),
            (row) => visits.word("nyha")(row) === name,
          ),
        ),
      ),
      note: "The registry has wards and clinics together; here those at home are better than those just admitted.",
    },
    {
      title: "Deaths within 30 days of admission",
      unit: "%",
      tolerance: 2.5,
      across: "",
      sources: ["gupta-2018"],
      lines: one(["All"], [7.9], [share(rows, (row) => word("died_30d")(row) === "Yes")]),
      note: "The mean of 7.2% and 8.6%, before and after 2012.",
    },
  ];
}

function maternityCharts(): Chart[] {
  const { rows, number, word } = simulated("maternity", 4, 8000);
  const weeks = [10, 15, 25, 28, 31, 34, 36, 38];
  const ids = (name: string, tolerance: number, title: string): Chart => {
    const at = dipping(numbers, `pregnant.${name}`);
    return {
      title,
      unit: "mmHg",
      tolerance,
      across: "Week of pregnancy",
      sources: ["green-2020"],
      lines: one(
        weeks.map(String),
        weeks.map((week) => at(week)),
        weeks.map((week) =>
          meanOf(
            rows
              .filter(
                (row) =>
                  number("gestational_week")(row) === week &&
                  word("preeclampsia")(row) === "No" &&
                  word("hypertension")(row) === "No",
              )
              .map(number(name)),
          ),
        ),
      ),
      note: "The reference is of healthy women of a usual weight; these are heavier, and pressure rises with weight.",
    };
  };
  return [ids("sbp", 4, "Systolic pressure in pregnancy"), ids("dbp", 4, "Diastolic pressure in pregnancy")];
}

/** What the five cohorts show, as written in their tables. */
export const cohortCharts = (): Chart[] => [
  ...emergencyCharts(),
  ...icuCharts(),
  ...heartCharts(),
  ...maternityCharts(),
];
