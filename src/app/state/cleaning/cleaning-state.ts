/** Steps that change cells, rows or columns: suggested, seen before they are done, saved and used again. */
import type { Fault } from "../../../core/fault.ts";
import type { CleaningStep, StepPreview, Suggestion } from "../../../core/table/cleaning-step.ts";
import type { ColumnProfile } from "../../../core/table/profile.ts";

export type StepKind = CleaningStep["step"];

/** A step that is looked at before it is done. The last answer stays while a new question is under way. */
export interface Previewed {
  readonly job: number;
  readonly step: CleaningStep;
  /** it was suggested, or a person makes it */
  readonly by: "suggestion" | "person";
  readonly answered: boolean;
  readonly preview?: StepPreview;
  /** the column as it would be */
  readonly after?: ColumnProfile;
  readonly fault?: Fault;
}

/** A step that a person makes, before it is complete: in which column ("" for none), of which kind. */
export interface Making {
  readonly column: string;
  readonly kind: StepKind;
  /** to begin with */
  readonly step?: CleaningStep;
}

export interface CleaningState {
  /** suggestions are looked for */
  readonly job: number | undefined;
  readonly suggestions: readonly Suggestion[];
  readonly fault: Fault | undefined;
  /** suggestions that a person leaves as they are, by `keyOfStep` */
  readonly left: readonly string[];
  readonly previewed: Previewed | undefined;
  readonly making: Making | undefined;
  /** columns that are ticked, to be changed at once */
  readonly ticked: readonly string[];
  /** the same step in several columns, counted before it is done; `cells` once all have answered */
  readonly counting:
    { readonly jobs: readonly number[]; readonly cells?: number; readonly fault?: Fault } | undefined;
  /** a file of steps being opened: why it cannot be used, or what of it does not fit */
  readonly file:
    | {
        readonly job: number;
        readonly fault?: Fault;
        readonly unfit?: readonly { readonly text: string; readonly reason: string }[];
        /** steps of it that were done */
        readonly done?: number;
      }
    | undefined;
}

export type CleaningEvent =
  | { type: "page-cleaning-asked"; job: number }
  | { type: "page-cleaning-preview"; job: number; step: CleaningStep; by: Previewed["by"] }
  | { type: "page-cleaning-preview-closed" }
  | { type: "page-cleaning-making"; making: Making | undefined }
  | { type: "page-cleaning-left"; step: CleaningStep }
  | { type: "page-cleaning-ticked"; columns: readonly string[] }
  | { type: "page-cleaning-counting"; jobs: readonly number[] | undefined }
  | { type: "page-cleaning-counted"; jobs: readonly number[]; cells: number }
  | { type: "page-cleaning-file"; job: number | undefined };

export const noCleaning: CleaningState = {
  job: undefined,
  suggestions: [],
  fault: undefined,
  left: [],
  previewed: undefined,
  making: undefined,
  ticked: [],
  counting: undefined,
  file: undefined,
};

export const keyOfStep = (step: CleaningStep): string => JSON.stringify(step);

/** The column that a step is about; "" where it is about rows. */
export const columnOf = (step: CleaningStep): string => (step.step === "keep-rows" ? "" : step.column);

/** Suggestions that nobody has answered yet. */
export const openSuggestions = ({ suggestions, left }: CleaningState): readonly Suggestion[] =>
  suggestions.filter(({ step }) => !left.includes(keyOfStep(step)));

/** Other suggestions that do the same in other columns. */
export function similarTo(state: CleaningState, step: CleaningStep): readonly Suggestion[] {
  const own = keyOfStep(step);
  return openSuggestions(state).filter(
    (other) =>
      other.step.step === step.step && keyOfStep(other.step) !== own && !sameColumn(other.step, step),
  );
}

const sameColumn = (a: CleaningStep, b: CleaningStep): boolean => columnOf(a) === columnOf(b);
