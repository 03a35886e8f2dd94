import type { SchemaChange } from "../table/profile.ts";
import type { CellReading, CleanRows, ReadRows } from "../table/read/rows.ts";
import { changeWords } from "./change-words.ts";
import { planOf } from "./plan.ts";
import type { Effect } from "./step-kind.ts";
import { applyStep, doneWords } from "./steps.ts";
import { automaticSteps } from "./suggest/automatic-steps.ts";

/** A change that is made, in words, with the cells it changed and the rows it took away. */
export interface DoneChange {
  readonly text: string;
  readonly cells?: number;
  readonly rows?: number;
}

/** A list of changes as reading takes it: `clean` and `changes` are options of `readCsv` and `assemble`. */
export interface Cleaning {
  readonly clean: CleanRows;
  /** those to the schema, under the names that columns have after every step */
  readonly changes: readonly SchemaChange[];
  /** Once the rows are read: the whole list, automatic steps first. */
  list(): readonly SchemaChange[];
  /** Once the rows are read: the list in words, one for one. */
  done(): readonly DoneChange[];
  /** Once the rows are read: the rows after the last step, and how their cells are read. */
  rows(): { readonly rows: ReadRows; readonly reading: CellReading };
}

/**
 * `changes` for reading. `automatic`: nobody has changed anything yet, so that what reading does by itself comes first; in
 * a list that a person has seen it is there already, or was undone. `done` may be asked after reading only.
 */
export function cleaningBy(changes: readonly SchemaChange[], { automatic = false } = {}): Cleaning {
  let list = changes;
  const { others } = planOf(changes);
  let effects: ReadonlyMap<number, Effect> = new Map();
  let read: { rows: ReadRows; reading: CellReading } | undefined;
  return {
    changes: others,
    clean(rows, reading) {
      const first = automatic
        ? automaticSteps(rows, reading).map((step) => ({ type: "clean", step, automatic: true }) as const)
        : [];
      list = [...first, ...changes];
      const cleaned = cleanRows(list, rows, reading);
      ({ effects } = cleaned);
      read = { rows: cleaned.rows, reading };
      return cleaned.rows;
    },
    list: () => list,
    done: () => list.map((change, i) => doneChange(change, effects.get(i + 1))),
    rows() {
      if (read === undefined) throw new Error("The rows are not read yet.");
      return read;
    },
  };
}

/** Rows after every step of `changes`, with what each did by its number in the list. Throws FaultError `step-impossible`. */
function cleanRows(
  changes: readonly SchemaChange[],
  rows: ReadRows,
  reading: CellReading,
): { rows: ReadRows; effects: Map<number, Effect> } {
  const effects = new Map<number, Effect>();
  let now = rows;
  for (const { step, number, kinds } of planOf(changes).steps) {
    const effect = applyStep(step, { rows: now, reading, kinds }, number);
    // What a step shows is for its preview; of a list that is done only the counts stay.
    effects.set(number, { ...effect, rows, texts: [], changed: [] });
    now = effect.rows;
  }
  return { rows: now, effects };
}

function doneChange(change: SchemaChange, effect: Effect | undefined): DoneChange {
  if (change.type !== "clean") return { text: changeWords(change) };
  if (effect === undefined) return { text: change.step.step };
  const text = doneWords(change.step, effect);
  return {
    text: change.automatic === true ? `${text}, on reading` : text,
    ...(effect.cells > 0 && { cells: effect.cells }),
    ...(effect.away > 0 && { rows: effect.away }),
  };
}
