import { maskCell } from "../table/formats/cells.ts";
import type { CleaningStep, StepPreview } from "../table/cleaning-step.ts";
import { profileTable } from "../table/profile/profile-table.ts";
import type { ColumnProfile } from "../table/profile.ts";
import type { ReadRows } from "../table/read/rows.ts";
import type { Given } from "./step-kind.ts";
import { applyStep, titleOf } from "./steps.ts";
import { tableOfColumns } from "./table-of-columns.ts";

/** A preview, and the rows as they would be. */
export interface Previewed {
  readonly preview: StepPreview;
  readonly rows: ReadRows;
}

/**
 * What a step would do, nothing being changed. `number`: which it would be in the list; `isPrivate`: whether a column may
 * name a person, so that its texts are masked. Throws FaultError `step-impossible`.
 */
export function previewStep(
  step: CleaningStep,
  given: Given,
  { number, isPrivate }: { number: number; isPrivate: (column: string) => boolean },
): Previewed {
  const effect = applyStep(step, given, number);
  const hidden = effect.shows.some(isPrivate);
  const shown = (text: string): string => (hidden ? maskCell(text) : text);
  const shownOrMissing = (text: string | null): string | null => (text === null ? null : shown(text));
  return {
    rows: effect.rows,
    preview: {
      step,
      title: titleOf(step),
      cells: effect.cells,
      rows: effect.away,
      texts: effect.texts.map(({ text, cells, becomes }) => ({
        text: shown(text),
        cells,
        becomes: shownOrMissing(becomes),
      })),
      changed: effect.changed.map(({ row, before, after }) => ({
        row,
        before: shown(before),
        after: shownOrMissing(after),
      })),
    },
  };
}

/** The step's column as it would be seen after it; undefined for a step on rows. */
export async function profileAfter(step: CleaningStep, after: Given): Promise<ColumnProfile | undefined> {
  const name =
    step.step === "keep-rows"
      ? undefined
      : step.step === "rename"
        ? step.to.trim()
        : step.step === "split"
          ? step.into[0]?.trim()
          : step.column;
  if (name === undefined) return undefined;
  const kinds = new Map(after.kinds);
  if (step.step === "rename") {
    const kind = kinds.get(step.column);
    if (kind !== undefined) kinds.set(name, kind);
  }
  const [profile] = await profileTable(tableOfColumns({ ...after, kinds }, [name]));
  return profile;
}
