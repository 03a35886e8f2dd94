/** What the picture of a simulated cohort is drawn from: figures of its own rows. All that has no value is left out. */
export type CohortPicture =
  /** a patient's values over time, each line in its own scale */
  | {
      readonly kind: "lines";
      readonly caption: string;
      readonly lines: readonly { readonly times: readonly number[]; readonly values: readonly number[] }[];
    }
  /** patients by two values */
  | {
      readonly kind: "points";
      readonly caption: string;
      readonly points: readonly { readonly x: number; readonly y: number }[];
    }
  /** `steps`: patients by bins of a number; `bars`: rows by the hour of the day */
  | { readonly kind: "steps" | "bars"; readonly caption: string; readonly counts: readonly number[] }
  /** where most patients lie at each time, and the course of one of them */
  | {
      readonly kind: "band";
      readonly caption: string;
      readonly band: readonly {
        readonly time: number;
        readonly low: number;
        readonly middle: number;
        readonly high: number;
      }[];
      readonly one: readonly { readonly time: number; readonly value: number }[];
    };
