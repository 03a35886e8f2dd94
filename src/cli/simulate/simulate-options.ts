import { cohorts, MOST_HOSPITALS, MOST_SIMULATED_ROWS } from "../../core/lab/lab.ts";
import type { OptionSpecs } from "../options.ts";

export const simulateFiles = ["[COHORT]"];

export const FORMATS = [
  "csv",
  "tsv",
  "xlsx",
  "parquet",
  "json",
  "ndjson",
  "sav",
  "xpt",
  "tables",
  "fhir",
] as const;
export type SimulateFormat = (typeof FORMATS)[number];

export const simulateOptions: OptionSpecs = {
  out: {
    value: "DIR|FILE",
    help: "Where it goes: a folder, or a file whose ending says how it is written (as for sample); .json with --format fhir is a Bundle. Without it nothing is simulated.",
  },
  level: {
    value: "1..4",
    help: "1 vitals, 2 with labs, 3 with conditions and drugs, 4 over time (what one click opens).",
  },
  rows: {
    value: "N",
    help: `Rows, 100 to ${MOST_SIMULATED_ROWS}; at level 4 the last patient's visits stop once there are so many.`,
  },
  patients: { value: "N", help: "Whole patients instead, from 100 on (as many as one click opens)." },
  seed: { value: "S", help: "Same seed, same patients (1)." },
  hospitals: {
    value: "N",
    help: `Hospitals, 1 to ${MOST_HOSPITALS} (1); each with its own patients, devices and gaps, and a column that says which.`,
  },
  units: {
    value: "NAME",
    help: "one: the same units everywhere. own: every second hospital reports in its own, and a column beside each value says in which (one).",
  },
  pyramid: {
    value: "FILE.csv",
    help: "Ages and sexes in the place of the cohort's own: lines of age,women,men with ages as 20-29 or 85+.",
  },
  numbers: {
    value: "FILE.json",
    help: "The simulator's numbers as --write-numbers wrote them, with values edited by hand.",
  },
  "write-numbers": {
    value: "FILE.json",
    help: "Write every number that the simulator uses, with unit, range and source; with --numbers, with what was edited.",
  },
  format: {
    value: "NAME",
    help: `In a folder: ${FORMATS.join(", ")} (csv). tables: patients, visits, measurements, conditions and drugs as CSV files with keys. fhir: FHIR R4 as lines of resources, one file a type.`,
  },
};

/** The cohorts that there are, one a line. */
export const cohortList = (): string =>
  cohorts
    .map(({ id, summary, columns, usual }) => {
      const count = `${usual.patients.toLocaleString("en-US")} patients at level ${usual.level}`;
      return `  ${id.padEnd(22)}  ${summary}\n${" ".repeat(26)}${columns.join(", ")} columns at levels 1 to 4; ${count} unless asked otherwise.\n`;
    })
    .join("");
