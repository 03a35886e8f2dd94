import type { Rng } from "../../math/rng.ts";
import type { Table } from "../../table/table.ts";
import { takeRows } from "../../table/table.ts";
import { alignGiven, mergeCompleted } from "../requests/complete.ts";
import { completeRelated } from "../requests/related.ts";
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
  const related = { related: derivations, holds: heldRows(kept) };
  let begun = aligned;
  const complete = async (some: Table, dice: Rng, again?: readonly number[]): Promise<Table> => {
    if (again !== undefined) return takeRows(await whole(begun, dice), again);
    begun = some;
    return whole(some, dice);
  };
  const completed = await completeRelated(aligned, related, rng, complete, gated);
  return mergeCompleted(given, completed);
}
