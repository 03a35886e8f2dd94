import { FaultError } from "../../fault.ts";
import { learnedTable } from "../../lab/left-out.ts";
import { splitTable } from "../../lab/fit/training-rows.ts";
import { takeRows, type Table } from "../../table/table.ts";
import { refusedStudy } from "../study.ts";

/** Share of the rows that every cell of a study is tested on and none learns from. */
export const HELD_OUT = 0.3;
/** A study asks more of a table than one run does. */
export const LEAST_TO_STUDY = 100;

/** Learned columns of the rows to learn from and of those held out, the same in all cells. Throws FaultError `study-refused`. */
export function splitSource(table: Table, seed: number): { readonly train: Table; readonly holdout: Table } {
  if (table.rows < LEAST_TO_STUDY)
    throw new FaultError(
      refusedStudy(
        `The table has ${table.rows} rows; a study needs at least ${LEAST_TO_STUDY}.`,
        "Open a larger table or a simulated cohort.",
      ),
    );
  const learned = learnedTable(table);
  const { train, holdout } = splitTable(table, { share: HELD_OUT, seed });
  return { train: takeRows(learned, train), holdout: takeRows(learned, holdout) };
}
