import { drawsPatients, type Asked, type TrainedModel, type Wanted } from "../core/lab/lab.ts";
import { badUse, numberOf, textOf, type Given, type OptionSpecs } from "./options.ts";

export const MOST_PATIENTS = 10_000_000;

export const patientsOption: OptionSpecs = {
  patients: {
    value: "N",
    help: "Of a model of patients over time: whole synthetic patients (as many as it learned from).",
  },
};

/** What can be asked of the courses that are drawn. */
export const courseOptions: OptionSpecs = {
  visits: {
    value: "A-B",
    help: "Of a model of patients over time: how many visits each patient has, “3-8” or “5”.",
  },
  until: {
    value: "T",
    help: "Of a model of patients over time: no visit later than so long after the first, in days where times are dates, else in the unit of the time column. With --continue: after the last visit that is given.",
  },
};

const OF_ROWS = "This model draws rows, not patients over time";

/** Whole patients as `--patients` says, if it is given. Throws FaultError `bad-use`. */
export function patientsOf(given: Given): number | undefined {
  if (textOf(given, "patients") === undefined) return undefined;
  if (textOf(given, "rows") !== undefined)
    throw badUse("--rows and --patients do not go together: give one.");
  return numberOf(given, "patients", NaN, { least: 1, most: MOST_PATIENTS, whole: true });
}

/** How much is drawn of `model`; `rows`: what --rows says. Throws FaultError `bad-use`. */
export function wantedOf(
  model: TrainedModel,
  rows: number | undefined,
  patients: number | undefined,
  otherwise: number,
): Wanted {
  if (patients !== undefined && !drawsPatients(model)) throw badUse(`${OF_ROWS}: give --rows.`);
  if (patients !== undefined) return { patients };
  if (rows !== undefined) return rows;
  const learned = model.facts.learned?.patients;
  return learned === undefined ? otherwise : { patients: learned };
}

/** What `courseOptions` ask of the courses. Throws FaultError `bad-use`. */
export function courseAsked(given: Given, model: TrainedModel): Pick<Asked, "visits" | "until"> {
  const visits = visitsOf(textOf(given, "visits"));
  const until = numberOf(given, "until", NaN, { least: 0, most: 1e9, whole: false });
  for (const name of Object.keys(courseOptions))
    if (textOf(given, name) !== undefined && !drawsPatients(model))
      throw badUse(`${OF_ROWS}: --${name} says nothing to it.`);
  return { ...(visits && { visits }), ...(Number.isNaN(until) ? {} : { until }) };
}

function visitsOf(text: string | undefined): Asked["visits"] {
  if (text === undefined) return undefined;
  const [, first = "", last = first] = /^\s*(\d{1,6})\s*(?:-\s*(\d{1,6})\s*)?$/.exec(text) ?? [];
  const [least, most] = [Number(first), Number(last)];
  if (first === "" || least < 1 || most < least)
    throw badUse(`--visits must be a number of visits or a range such as 3-8, not “${text}”.`);
  return { least, most };
}

/** Conditions of a model of patients over time are on columns that do not change within a patient. Throws FaultError `bad-use`. */
export function checkStatic(where: readonly string[], { schema, courses }: TrainedModel): void {
  if (courses === undefined) return;
  const names = schema.columns.map(({ name }) => name);
  for (const text of where) {
    const named = names
      .filter((name) => text.trim().startsWith(name))
      .reduce<string | undefined>(
        (best, name) => (name.length > (best?.length ?? 0) ? name : best),
        undefined,
      );
    if (named !== undefined && !courses.statics.includes(named))
      throw badUse(
        `--where “${text}”: “${named}” changes from visit to visit. Conditions are on columns that stay the same within a patient.`,
      );
  }
}

/** What is said once the file is there: how many patients and visits, and whose visits were cut. */
export function patientLines(
  { rows, patients, cut }: { rows: number; patients?: number | undefined; cut?: number | undefined },
  wanted: Wanted,
): string[] {
  if (patients === undefined) return [];
  const asked = typeof wanted === "number" ? undefined : wanted.patients;
  return [
    `${patients.toLocaleString("en")} patients with ${rows.toLocaleString("en")} visits were written.`,
    ...(cut === undefined
      ? []
      : [
          `The last patient is cut after ${cut === 1 ? "one visit" : `${cut.toLocaleString("en")} visits`}, so that there are ${rows.toLocaleString("en")} rows; --patients gives whole ones.`,
        ]),
    ...(asked !== undefined && patients < asked
      ? [
          `${asked.toLocaleString("en")} patients were asked for, ${patients.toLocaleString("en")} could be drawn.`,
        ]
      : []),
  ];
}
