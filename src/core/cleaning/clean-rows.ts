import type { SchemaChange } from "../table/profile.ts";
import type { CellReading, CleanRows, ReadRows } from "../table/read/rows.ts";
import { changeWords } from "./change-words.ts";
import { planOf } from "./plan.ts";
import { applyStep, doneWords } from "./steps.ts";
import { automaticSteps } from "./suggest/automatic-steps.ts";

/** A change that is made, in words, with the cells it changed and the rows it took away. */
export interface DoneChange {
  readonly text: string;
  readonly cells?: number;
  readonly rows?: number;
}

/** What a step did, in numbers. */
export interface StepCounts {
  readonly cells: number;
  readonly away: number;
}

/** The rows after the last step, and how their cells are read. */
export interface CleanedRows {
  readonly rows: ReadRows;
  readonly reading: CellReading;
  /** of each step, in their order */
  readonly counts: readonly StepCounts[];
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
  /** Once the rows are read. */
  cleaned(): CleanedRows;
}

/**
 * `changes` for reading. `automatic`: nobody has changed anything yet, so that what reading does by itself comes first; in
 * a list that a person has seen it is there already, or was undone.
 */
export function cleaningBy(changes: readonly SchemaChange[], { automatic = false } = {}): Cleaning {
  let list = changes;
  let read: CleanedRows | undefined;
  const cleaned = (): CleanedRows => {
    if (read === undefined) throw new Error("The rows are not read yet.");
    return read;
  };
  return {
    changes: planOf(changes).others,
    clean(rows, reading) {
      const first = automatic ? automaticSteps(rows, reading) : [];
      list = [...first.map((step) => ({ type: "clean", step, automatic: true }) as const), ...changes];
      read = cleanRows(list, rows, reading);
      return read.rows;
    },
    list: () => list,
    done: () => doneChanges(list, cleaned().counts),
    cleaned,
  };
}

/** Rows after every step of `changes`. Throws FaultError `step-impossible`. */
function cleanRows(changes: readonly SchemaChange[], rows: ReadRows, reading: CellReading): CleanedRows {
  const counts: StepCounts[] = [];
  let now = rows;
  for (const { step, number, kinds } of planOf(changes).steps) {
    const { rows: next, cells, away } = applyStep(step, { rows: now, reading, kinds }, number);
    counts.push({ cells, away });
    now = next;
  }
  return { rows: now, reading, counts };
}

/** `changes` in words, one for one; `counts`: of the cleaning steps among them. */
export function doneChanges(
  changes: readonly SchemaChange[],
  counts: readonly StepCounts[],
): readonly DoneChange[] {
  let at = 0;
  return changes.map((change): DoneChange => {
    if (change.type !== "clean") return { text: changeWords(change) };
    const { cells, away } = counts[at++] ?? { cells: 0, away: 0 };
    const text = doneWords(change.step, { cells, away });
    return {
      text: change.automatic === true ? `${text}, on reading` : text,
      ...(cells > 0 && { cells }),
      ...(away > 0 && { rows: away }),
    };
  });
}
