import { findCohort } from "../../src/core/clinic/cohorts/cohorts.ts";
import { heartFailure } from "../../src/core/clinic/cohorts/heart-failure/heart-failure.ts";
import { DIAGNOSES } from "../../src/core/clinic/cohorts/icu/icu-patient.ts";
import { dipping } from "../../src/core/clinic/cohorts/maternity/by-week.ts";
import { numbersWith } from "../../src/core/clinic/cohorts/numbers/numbers.ts";
import { meanIn, plantedRows, shareIn } from "../../src/core/clinic/cohorts/planted-rows.ts";
import type { PlantedRows, Which } from "../../src/core/clinic/cohorts/planted-rows.ts";
import { crowd } from "../../src/core/clinic/cohorts/simulating/crowd.ts";
import { simulateAtOnce } from "../../src/core/clinic/cohorts/simulating/simulate.ts";
import type { Chart } from "./chart.ts";

const numbers = numbersWith();

function simulated(id: string, level: 3 | 4, patients: number): PlantedRows {
  return plantedRows(simulateAtOnce(findCohort(id), { cohort: id, level, seed: 21, patients }));
}

/** Percent of the rows that count. */
const share = (rows: PlantedRows, what: Which, which?: Which): number => 100 * shareIn(rows, what, which);
const one = (at: string[], published: number[], found: number[]) => [
  { name: "", at, published, simulated: found },
];

function emergencyCharts(): Chart[] {
  const rows = simulated("emergency", 3, 40_000);
  const hours = Array.from({ length: 24 }, (_, hour) => hour);
  const [arrived, age] = [rows.number("arrived_at"), rows.number("age")];
  const triage = ["Immediate", "Very urgent", "Urgent", "Standard"];
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
        triage.map((level) => share(rows, rows.is("triage", level))),
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
          share(rows, rows.is("admitted", "Yes")),
          share(rows, rows.is("complaint", "Injury")),
          share(rows, rows.is("emergency", "Sepsis"), (row) => age(row) >= 18),
        ],
      ),
    },
  ];
}

function icuCharts(): Chart[] {
  const rows = simulated("icu", 3, 30_000);
  const died = rows.is("died_in_hospital", "Yes");
  const names = DIAGNOSES.map(([name]) => name);
  const each = (what: string) => DIAGNOSES.map(([, short]) => 100 * numbers.of(`icu.${what}.${short}`));
  const stays = simulated("icu", 4, 2500);
  const [hour, diesInStay] = [stays.number("hour"), stays.is("died_in_hospital", "Yes")];
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
        names.map((name) => share(rows, rows.is("diagnosis", name))),
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
        names.map((name) => share(rows, rows.is("ventilated", "Yes"), rows.is("diagnosis", name))),
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
        [...names.map((name) => share(rows, died, rows.is("diagnosis", name))), share(rows, died)],
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
        [
          share(
            stays,
            (row) => hour(row) < 47,
            (row) => diesInStay(row) && stays.next(row) < 0,
          ),
        ],
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
        [meanIn(stays, stays.number("heart_rate")), meanIn(stays, stays.number("respiratory_rate"))],
      ),
    },
  ];
}

function heartCharts(): Chart[] {
  const rows = simulated("heart-failure", 3, 30_000);
  const truth = crowd(heartFailure.stages, 30_000);
  const among = (from: number, to: number): number =>
    100 * truth.share((row) => truth.at("lvef", row) >= from && truth.at("lvef", row) < to);
  const visits = simulated("heart-failure", 4, 6000);
  const classes = ["I", "II", "III", "IV"];
  const [planned, judged] = [visits.is("visit_kind", "Planned visit"), visits.is("nyha", ...classes)];
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
        classes.map((name) => share(visits, visits.is("nyha", name), (row) => planned(row) && judged(row))),
      ),
      note: "The registry has wards and clinics together; here those at home are better than those just admitted.",
    },
    {
      title: "Deaths within 30 days of admission",
      unit: "%",
      tolerance: 2.5,
      across: "",
      sources: ["gupta-2018"],
      lines: one(["All"], [7.9], [share(rows, rows.is("died_30d", "Yes"))]),
      note: "The mean of 7.2% and 8.6%, before and after 2012.",
    },
  ];
}

function maternityCharts(): Chart[] {
  const rows = simulated("maternity", 4, 8000);
  const week = rows.number("gestational_week");
  const [well, usual] = [rows.is("preeclampsia", "No"), rows.is("hypertension", "No")];
  const weeks = [10, 15, 25, 28, 31, 34, 36, 38];
  const pressure = (name: string, tolerance: number, title: string): Chart => {
    const at = dipping(numbers, `pregnant.${name}`);
    return {
      title,
      unit: "mmHg",
      tolerance,
      across: "Week of pregnancy",
      sources: ["green-2020"],
      lines: one(
        weeks.map(String),
        weeks.map(at),
        weeks.map((wanted) =>
          meanIn(rows, rows.number(name), (row) => week(row) === wanted && well(row) && usual(row)),
        ),
      ),
      note: "The reference is of healthy women of a usual weight; these are heavier, and pressure rises with weight.",
    };
  };
  return [
    pressure("sbp", 4, "Systolic pressure in pregnancy"),
    pressure("dbp", 4, "Diastolic pressure in pregnancy"),
  ];
}

/** What the five cohorts show, as written in their tables. */
export const cohortCharts = (): Chart[] => [
  ...emergencyCharts(),
  ...icuCharts(),
  ...heartCharts(),
  ...maternityCharts(),
];
