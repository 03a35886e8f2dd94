import type { CleaningStep } from "./cleaning-step.ts";
import type {
  ColumnSchema,
  CoursePart,
  Encoding,
  IdForm,
  Measure,
  Outsider,
  QuantityChoice,
  RareLevels,
  Survival,
} from "./table.ts";

/** What the Data view shows of one column. No identifier or free text value appears in it. */
export interface ColumnProfile {
  readonly schema: ColumnSchema;
  readonly missing: number;
  readonly distinct: number;
  /** Sparkline: shares over equal-width bins (numeric) or the most frequent levels. Empty for identifiers and text. */
  readonly bars: readonly number[];
  /** Numeric: least and greatest value formatted as in the source. Coded: "5 levels". */
  readonly range: string;
  /** One cell as written in the source; identifiers and text are masked with bullets. */
  readonly example: string;
  readonly flags: readonly ColumnFlag[];
  /** Cells whose level fewer than five patients share; 0 for numbers. */
  readonly withheld: number;
  /** Levels in their order, with their cells, where there are few; none of identifiers and text. */
  readonly levels?: readonly { readonly text: string; readonly cells: number }[];
}

export interface ColumnFlag {
  readonly level: "stop" | "check" | "note";
  readonly column: string;
  /** What was seen and what was done about it. */
  readonly text: string;
  /** target: it is about more than its own column, and stands beside the target before training too. spelling: merging levels answers it. unread: cells that a cleaning step can read. person: it stands among the columns that may name a patient. */
  readonly about?: "target" | "spelling" | "unread" | "person";
  /** The offered change, if there is one. */
  readonly offer?: { readonly label: string; readonly change: SchemaChange };
}

/** A person's change to the schema; undone by applying the changes before it to the inferred schema. */
export type SchemaChange =
  | {
      readonly type: "kind";
      readonly column: string;
      readonly kind: ColumnSchema["kind"];
      readonly strayAsMissing?: boolean;
    }
  | { readonly type: "role"; readonly column: string; readonly role: ColumnSchema["role"] }
  | { readonly type: "survival"; readonly column: string; readonly survival: Survival | "none" }
  /** null: none. A part has one column: whichever had it loses it. */
  | { readonly type: "course"; readonly column: string; readonly course: CoursePart | null }
  | { readonly type: "rare-levels"; readonly column: string; readonly rareLevels: RareLevels }
  /** null: the measures of privacy choose by themselves */
  | { readonly type: "outsider"; readonly column: string; readonly outsider: Outsider | null }
  /** null: told by its name, its unit and its values again */
  | { readonly type: "quantity"; readonly column: string; readonly quantity: QuantityChoice | null }
  /** null: none. `levels`: their order, for an ordinal column */
  | {
      readonly type: "measure";
      readonly column: string;
      readonly measure: Measure | null;
      readonly levels?: readonly string[];
    }
  /** not learned, with fresh ids of this form in its place; null: left empty */
  | { readonly type: "fresh"; readonly column: string; readonly form: IdForm | null }
  /** columns are named as they are called after the steps before. `automatic`: done on reading, before a person asked */
  | { readonly type: "clean"; readonly step: CleaningStep; readonly automatic?: true }
  | { readonly type: "missing-tokens"; readonly tokens: readonly string[] }
  | { readonly type: "encoding"; readonly encoding: Encoding };
