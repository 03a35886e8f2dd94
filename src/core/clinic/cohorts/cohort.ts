import type { Role } from "../../table/table.ts";
import type { Course, Level, Stage } from "./simulating/stage.ts";

/** How a field is written as a column. */
export type Shown =
  | { readonly as: "number"; readonly decimals: number }
  /** the field holds places in `levels` */
  | { readonly as: "levels"; readonly levels: readonly string[] }
  /** 0 is No, 1 is Yes */
  | { readonly as: "yes-no" }
  /** milliseconds since 1970 without a zone, cut to whole `step`s */
  | { readonly as: "date"; readonly pattern: string; readonly step: number };

/** A column of a cohort, and the field it shows: both have one name. */
export interface CohortColumn {
  readonly name: string;
  /** the level that adds it */
  readonly level: Level;
  readonly shown: Shown;
  /** "mmHg"; absent where it has none */
  readonly unit?: string;
  /** its LOINC code, for FHIR and for those who map columns */
  readonly loinc?: string;
  /** said beside the column: what it is, in one sentence */
  readonly reason: string;
  readonly role?: Role;
  /** never changes within a patient */
  readonly steady?: boolean;
}

/** A cohort made in code, to try the lab without a table at hand. No real patient is behind any row. */
export interface CohortInfo {
  readonly id: string;
  readonly name: string;
  readonly summary: string;
  /** what its picture shows: "Ejection fraction, two humps" */
  readonly picture: string;
  /** what one click opens */
  readonly usual: { readonly level: Level; readonly patients: number };
  /** columns by level, 1 to 4, all of those below included */
  readonly columns: readonly [number, number, number, number];
  /** rows of a patient at level 4, on average */
  readonly rowsPerPatient: number;
}

/** What of a cohort its climb tells. */
export interface Telling {
  /** columns whose lines come before the others of their level */
  readonly first: readonly string[];
  /** numbers over time, of which the first that changes is drawn */
  readonly drawn: readonly string[];
}

export interface Cohort extends Omit<CohortInfo, "columns"> {
  /** begin of its record numbers: "HF" */
  readonly prefix: string;
  readonly telling: Telling;
  readonly columns: readonly CohortColumn[];
  /** in order: who they are, what they have, what is measured, what they take */
  readonly stages: readonly Stage[];
  readonly course: Course;
  /** last: what devices, units, derived values and gaps make of what is true; of patients, and of visits */
  readonly recording: readonly Stage[];
}
