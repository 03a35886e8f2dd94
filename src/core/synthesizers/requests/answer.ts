import type { Derivations } from "../../codec/derived/derivations.ts";
import type { Rng } from "../../math/rng.ts";
import type { Table } from "../../table/table.ts";
import type { ColumnCondition } from "./check.ts";
import { checkRequest } from "./check.ts";
import { alignGiven, mergeCompleted } from "./complete.ts";
import { completeFromPool } from "./pool.ts";
import { completeRelated } from "./related.ts";
import { drawWhere } from "./where.ts";
import type { Acceptance, SampleRequest } from "../synthesizer.ts";

/** What a model can do; the rest of a request is made of it. */
export interface RowSource {
  /** Rows from the model as it is; 0 rows give its columns and levels. */
  draw(rows: number, rng: Rng): Promise<Table>;
  /**
   * Rows that meet as much of `where` as the model can promise, from the model's distribution given that; what does not
   * meet it is rejected and drawn again. Without it candidates come from `draw`. There is one condition per column.
   */
  drawWhere?(rows: number, rng: Rng, where: readonly ColumnCondition[]): Promise<Table>;
  /**
   * Rows of `given` with their missing cells drawn given the present ones. `given` has the model's columns and levels;
   * what it returns in present cells is not looked at. Cells that come back missing stay missing.
   */
  completeRows?(given: Table, rng: Rng): Promise<Table>;
  /** What holds in every row that is drawn: completed rows are held to it too. */
  readonly related?: Derivations | undefined;
}

/**
 * Answers what was asked of a model's `sample`: conditions and shares by rejection, completion from the model's own way
 * or from a pool of its rows. Throws FaultError `unknown-column`, `condition-invalid`, `condition-unmet`,
 * `columns-differ`.
 */
export async function answer(
  request: SampleRequest | undefined,
  rows: number,
  rng: Rng,
  source: RowSource,
): Promise<Table> {
  const plain = request === undefined || !asksForMore(request);
  if (plain) {
    const table = await source.draw(rows, rng);
    request?.onAcceptance?.({ drawn: rows, kept: rows });
    return table;
  }
  const like = await source.draw(0, rng.fork("columns"));
  const checked = checkRequest(request, like);
  if (request.complete === undefined) {
    const { table, acceptance } = await drawWhere(checked, rows, rng, like, source);
    request.onAcceptance?.(acceptance);
    return table;
  }
  const aligned = alignGiven(request.complete, like, rows);
  let acceptance: Acceptance = { drawn: rows, kept: rows };
  const complete = async (given: Table, dice: Rng): Promise<Table> => {
    if (source.completeRows !== undefined) return source.completeRows(given, dice);
    const made = await completeFromPool(given, dice, source);
    acceptance = made.acceptance;
    return made.table;
  };
  const completed = await completeRelated(aligned, source.related, rng, complete);
  request.onAcceptance?.(acceptance);
  return mergeCompleted(request.complete, completed);
}

const asksForMore = ({ where, shares, complete }: SampleRequest): boolean =>
  (where?.length ?? 0) > 0 || shares !== undefined || complete !== undefined;
