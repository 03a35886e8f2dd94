import type { Rng } from "../../math/rng.ts";
import type { Table } from "../../table/table.ts";
import type { CheckedRequest } from "./check.ts";
import { checkRequest } from "./check.ts";
import { alignGiven, mergeCompleted } from "./complete.ts";
import { completeFromPool } from "./pool.ts";
import { completeRelated } from "./related.ts";
import { drawWhere } from "./where.ts";
import type { Acceptance, SampleRequest } from "../synthesizer.ts";
import type { RowSource } from "./row-source.ts";

/**
 * Answers what was asked of a model's `sample`: rules, conditions and shares by rejection, completion from the model's own
 * way or from a pool of its rows. Throws FaultError `unknown-column`, `condition-invalid`, `condition-unmet`,
 * `rule-unmet`, `columns-differ`.
 */
export async function answer(
  request: SampleRequest | undefined,
  rows: number,
  rng: Rng,
  source: RowSource,
): Promise<Table> {
  const plain = request === undefined || !asksForMore(request);
  if (plain && source.holds === undefined) {
    const table = await source.draw(rows, rng);
    request?.onAcceptance?.({ drawn: rows, kept: rows });
    return table;
  }
  const like = await source.draw(0, rng.fork("columns"));
  const checked = checkRequest(request ?? {}, like);
  if (request?.complete === undefined) {
    const { table, acceptance } = await drawWhere(checked, rows, rng, like, source);
    request?.onAcceptance?.(acceptance);
    return table;
  }
  const aligned = alignGiven(request.complete, like, rows);
  let acceptance: Acceptance = { drawn: rows, kept: rows };
  const complete = async (given: Table, dice: Rng): Promise<Table> => {
    if (source.completeRows !== undefined) return source.completeRows(given, dice, request.gated);
    const made = await completeFromPool(given, dice, heldTo(source, checked, like));
    acceptance = made.acceptance;
    return made.table;
  };
  const completed = await completeRelated(aligned, source, rng, complete, request.gated);
  request.onAcceptance?.(acceptance);
  return mergeCompleted(request.complete, completed);
}

/** A source of plain rows none of which breaks a rule. */
const heldTo = (source: RowSource, { tries }: CheckedRequest, like: Table): Pick<RowSource, "draw"> => ({
  draw: async (rows, rng) =>
    source.holds === undefined
      ? source.draw(rows, rng)
      : (await drawWhere({ where: [], tries }, rows, rng, like, source)).table,
});

const asksForMore = ({ where, shares, complete }: SampleRequest): boolean =>
  (where?.length ?? 0) > 0 || shares !== undefined || complete !== undefined;
