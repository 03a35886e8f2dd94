import { FaultError } from "../../../fault.ts";
import type { CohortColumn } from "../cohort.ts";
import type { Rows } from "../simulating/rows.ts";

export type Edited = Readonly<Record<string, number>>;

/** What no living patient has more of, or less: far beyond what published numbers give. In units of the fields. */
const LIVING: Readonly<Record<string, readonly [least: number, most: number]>> = {
  age: [0, 111],
  height_cm: [20, 260],
  weight_kg: [0.2, 500],
  bmi: [3, 200],
  sbp: [10, 400],
  dbp: [0, 300],
  heart_rate: [0, 350],
  respiratory_rate: [0, 150],
  temperature: [15, 50],
  glucose: [0, 150],
  hba1c: [0, 300],
  creatinine: [0, 5000],
  sodium: [60, 250],
  potassium: [0.5, 20],
  haemoglobin: [5, 350],
  gestation_at_birth: [15, 50],
  birth_weight_g: [100, 9000],
};

/** Ends of scales, as written. */
const SCALES: Readonly<Record<string, number>> = { gcs: 15, spo2: 100, fio2: 1, lvef: 100 };

/** Numbers that are named of those that were edited. */
const MOST_NAMED = 4;

/**
 * Values that edited numbers gave, before anything is recorded: of living patients, and, of visits, perhaps not measured.
 * Throws FaultError `simulation-refused`, which names the numbers.
 */
export function checkTrue(rows: Rows, of: "patients" | "visits", edited: Edited): void {
  for (const [field, [least, most]] of Object.entries(LIVING))
    if (rows.has(field)) {
      const wrong = rows
        .get(field)
        .find((value) =>
          of === "visits" ? value < least || value > most : !(value >= least && value <= most),
        );
      if (wrong !== undefined) refuse(edited, `${field} comes to ${told(wrong)}, which no patient has.`);
    }
}

/** As `checkTrue`, of what is written: no value is endless, below 0 or off its scale, and systolic pressure is above diastolic. */
export function checkWritten(rows: Rows, columns: readonly CohortColumn[], edited: Edited): void {
  for (const { name, shown } of columns) {
    const end = SCALES[name] ?? Number.MAX_VALUE;
    const wrong = shown.as === "date" ? undefined : rows.get(name).find((value) => value < 0 || value > end);
    if (wrong !== undefined) refuse(edited, `${name} comes to ${told(wrong)}.`);
  }
  if (!columns.some(({ name }) => name === "dbp") || !rows.has("sbp")) return;
  const [systolic, diastolic] = [rows.get("sbp"), rows.get("dbp")];
  for (let row = 0; row < rows.count; row++)
    if ((systolic[row] as number) <= (diastolic[row] as number))
      refuse(
        edited,
        `systolic pressure comes to ${systolic[row]} mmHg below diastolic ${diastolic[row]} mmHg.`,
      );
}

/** What stages throw where edited numbers lead them nowhere, as a fault that names the numbers. */
export function faultOf(error: unknown, edited: Edited): unknown {
  if (error instanceof FaultError || !someEdited(edited)) return error;
  return new FaultError({ code: "simulation-refused", ...wordsOf(edited, "nobody can be simulated.") });
}

export const someEdited = (edited: Edited): boolean => Object.keys(edited).length > 0;

const told = (value: number): string =>
  Number.isNaN(value) ? "no number" : String(Number(value.toPrecision(4)));

function wordsOf(edited: Edited, then: string): { reason: string; remedy: string } {
  const ids = Object.keys(edited);
  const named = ids.slice(0, MOST_NAMED).map((id) => `${id} = ${edited[id]}`);
  const more = ids.length > MOST_NAMED ? ` and ${ids.length - MOST_NAMED} more` : "";
  return {
    reason: `With the numbers as they were edited (${named.join(", ")}${more}), ${then}`,
    remedy: "Each of them may be so, but not together: set some of them closer to their published values.",
  };
}

function refuse(edited: Edited, then: string): never {
  throw new FaultError({ code: "simulation-refused", ...wordsOf(edited, then) });
}
