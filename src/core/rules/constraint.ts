import type { Expression } from "./expression.ts";

/**
 * What every row keeps. Columns are named as in the table. A rule is stored and shown as text; which kind it is follows
 * from its text (`readRule`), so that the page, the file and the terminal say the same.
 */
export type Constraint =
  /** `a <= b < c`: `strict[i]` between columns i and i + 1. Asked of the cells that are there. */
  | { readonly kind: "order"; readonly columns: readonly string[]; readonly strict: readonly boolean[] }
  /** `x in low..high`; for dates milliseconds */
  | {
      readonly kind: "range";
      readonly column: string;
      readonly low?: number;
      readonly high?: number;
    }
  /** `bmi = weight / (height / 100)^2`, to the column's own rounding */
  | { readonly kind: "formula"; readonly column: string; readonly equals: Expression }
  /** `county follows from city`: what each level (or step) of `from` gives is learned from the training rows */
  | { readonly kind: "follows"; readonly column: string; readonly from: string }
  /** `clinic, ward only in known pairs`: those that five or more training patients have */
  | { readonly kind: "combinations"; readonly columns: readonly string[] }
  /** `never sex = "male" and pregnant = "yes"` */
  | { readonly kind: "never"; readonly when: Expression }
  /** `if smoker = "no" then pack_years is missing`; `if died = 0 and relapsed = 0 then rtime = dtime` */
  | { readonly kind: "implies"; readonly when: Expression; readonly then: Expression }
  /** `one of a, b, c is 1`: exactly one */
  | { readonly kind: "one-hot"; readonly columns: readonly string[] }
  /** `a, b missing together` */
  | { readonly kind: "missing-together"; readonly columns: readonly string[] }
  /** `x multiple of 5` */
  | { readonly kind: "multiple"; readonly column: string; readonly of: number }
  /** `sex same within patient` */
  | { readonly kind: "same-within-patient"; readonly column: string }
  /** `nothing after death_date`: no other date of the row is later */
  | { readonly kind: "nothing-after"; readonly column: string }
  /** any other text that is true or false */
  | { readonly kind: "expression"; readonly holds: Expression };

export type ConstraintKind = Constraint["kind"];

/** How a rule fared in a table: rows that it asks something of, and those that break it. */
export interface Support {
  readonly rows: number;
  readonly broken: number;
}

/** A rule that was found in the training rows. `nearly`: some rows break it, so that it is off until a person says so. */
export interface FoundRule {
  readonly constraint: Constraint;
  readonly support: Support;
  readonly nearly: boolean;
}

/** A rule as it is listed, switched and saved. `text` says all of it. */
export interface Rule {
  readonly text: string;
  readonly on: boolean;
  /** who wrote it */
  readonly by: "found" | "person";
}
