/** How a planted truth is read off a table of a cohort: the same reading of real and of synthetic rows. */
export type Reading =
  /** share of rows whose `column` is one of `levels`, or at most or at least a number; one row a patient, or all rows */
  | {
      readonly of: "share";
      readonly column: string;
      readonly is: Condition;
      readonly rows: "first" | "all";
    }
  /** Pearson's r of two columns, of logarithms where said; first rows of patients */
  | {
      readonly of: "correlation";
      readonly columns: readonly [string, string];
      readonly logarithm: readonly string[];
    }
  /** mean of `column` where `where` holds less the mean where it does not; all rows or those after the first */
  | {
      readonly of: "difference";
      readonly column: string;
      readonly where: Condition & { readonly column: string };
    }
  /**
   * from row to next row of a patient: those whose `column` goes `from` to `to`, for each year that patients spend in `from`;
   * `time` in `perYear` units
   */
  | {
      readonly of: "transition";
      readonly column: string;
      readonly from: Condition;
      readonly to: Condition;
      readonly time: string;
      readonly perYear: number;
    }
  /** mean change of `column` a year from row to next row, where `steady` columns stay at a level */
  | {
      readonly of: "slope";
      readonly column: string;
      readonly where: readonly (Condition & { readonly column: string })[];
      readonly time: string;
      readonly perYear: number;
    }
  /** mean change of `column` from a row to the next where `began` comes to hold, less that where it holds in neither */
  | {
      readonly of: "start";
      readonly column: string;
      readonly began: Condition & { readonly column: string };
    };

/** Of one cell. */
export type Condition =
  | { readonly levels: readonly string[] }
  | { readonly atLeast: number }
  | { readonly below: number }
  | { readonly atLeast: number; readonly below: number };

/** One truth of the simulator that a method may be asked to keep. */
export interface ReadableTruth {
  readonly id: string;
  readonly about: string;
  readonly level: 3 | 4;
  readonly reading: Reading;
  /** id of the number behind it, where one number alone decides */
  readonly number?: string;
  /** how far a synthetic table may be from the simulated one: absolute, or a share of the simulated value */
  readonly within: { readonly absolute: number } | { readonly share: number };
}
