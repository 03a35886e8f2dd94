import type { Rng } from "../../math/rng.ts";
import type { Column, Table } from "../../table/table.ts";
import { isMissingCell, takeRows } from "../../table/table.ts";
import { alignGiven, mergeCompleted } from "../requests/complete.ts";
import { completeRelated, withoutBroken } from "../requests/related.ts";
import type { HeldRows } from "../requests/row-source.ts";
import type { Model } from "../synthesizer.ts";
import { asGiven } from "./completed-rows.ts";
import { heldRows } from "./held-rows.ts";
import type { KeptRules } from "./kept-rules.ts";

/**
 * `given`, visits of patients, with its empty cells drawn: what follows from given cells is put back, and where filled cells
 * break a rule the whole courses are filled again, at last without those cells. Throws FaultError `columns-differ`,
 * `condition-invalid`.
 */
export async function completedVisits(
  given: Table,
  rows: number,
  rng: Rng,
  { model, kept, gated }: { readonly model: Model; readonly kept: KeptRules; readonly gated: boolean },
): Promise<Table> {
  const { derivations } = kept;
  const like = derivations.restore(await model.sample(0, rng.fork("kept columns")));
  const { patients } = given;
  const aligned = { ...alignGiven(given, like, rows), ...(patients && { patients }) };
  const whole = async (visits: Table, dice: Rng): Promise<Table> => {
    const complete = derivations.reduce(visits);
    const made = await model.sample(rows, dice, { complete, ...(gated && { gated }) });
    return asGiven(visits, derivations.restore(mergeCompleted(complete, made), true));
  };
  const holds = heldRows(kept);
  const related = { related: derivations, holds };
  const { statics = [] } = kept.ofPatients ?? {};
  let begun = aligned;
  const complete = async (some: Table, dice: Rng, again?: readonly number[]): Promise<Table> => {
    if (again !== undefined) return takeRows(await whole(begun, dice), again);
    begun = some;
    return whole(some, dice);
  };
  const emptied = (table: Table, before: Table): Table =>
    withoutBroken(withoutBroken(table, before, holds && ofVisits(holds, statics)), before, holds);
  const completed = await completeRelated(aligned, related, rng, complete, gated, emptied);
  return mergeCompleted(given, withSameStatics(completed, aligned, statics));
}

/** The same rules, as if they spoke only of what changes: where one is broken, those cells are emptied before the patient's. */
const ofVisits = ({ rules, broken }: HeldRows, statics: readonly number[]): HeldRows => ({
  rules: rules.map((rule) => ({ ...rule, columns: rule.columns.filter((j) => !statics.includes(j)) })),
  broken,
});

/** `completed` with what stays the same empty at every visit of a patient where one of the filled cells had to be emptied. */
function withSameStatics(completed: Table, given: Table, statics: readonly number[]): Table {
  const { patients } = given;
  if (patients === undefined) return completed;
  const columns = completed.columns.map((column, j): Column => {
    if (!statics.includes(j)) return column;
    const before = given.columns[j] as Column;
    const unknown = new Set<number>();
    patients.forEach((patient, row) => {
      if (isMissingCell(column, row)) unknown.add(patient);
    });
    const stays = (row: number): boolean =>
      !unknown.has(patients[row] as number) || !isMissingCell(before, row);
    return column.type === "numeric"
      ? { type: "numeric", values: column.values.map((value, row) => (stays(row) ? value : NaN)) }
      : { ...column, codes: column.codes.map((code, row) => (stays(row) ? code : -1)) };
  });
  return { ...completed, columns };
}
