import type { Table } from "../../../table/table.ts";
import { judged } from "../judged.ts";
import type { Relation } from "../relation.ts";
import { draftRelation } from "../relation.ts";
import { columnsOf, evaluate } from "../term.ts";
import type { Candidate } from "./candidates.ts";
import { candidatesIn } from "./candidates.ts";
import { fewParents } from "./few-parents.ts";
import type { Draft } from "./fitted.ts";
import { ratios } from "./ratios.ts";
import { times } from "./times.ts";
import { totals } from "./totals.ts";

/** A formula is looked at in so many rows before it is judged in all. */
const PROBED = 24;
const CELL = 1e-9;
/** At most: dates that follow each other are learned as the time between them, however small beside their spread. */
const BETWEEN_DATES = 3;

/**
 * Relations in `sample` among the columns `among` that are numbers or levels that are numbers: those that are exact and
 * carry the least error over first. Several may be of one column, or turn one formula round.
 */
export function relationsIn(sample: Table, among: readonly number[]): Relation[] {
  const candidates = candidatesIn(sample, among);
  const between = times(candidates);
  const drafts = [...between, ...fewParents(candidates), ...totals(candidates), ...ratios(candidates)];
  const best = new Map<string, { relation: Relation; cost: number }>();
  const seen = new Set<string>();
  for (const draft of drafts) {
    const { column, equals } = draft;
    const parents = columnsOf(equals);
    const text = JSON.stringify(draft);
    if (parents.length === 0 || parents.includes(column) || seen.has(text)) continue;
    seen.add(text);
    const relation = draftRelation(sample, column, equals, decimalsOf(draft, sample, candidates));
    const found = judged(relation, sample);
    if (!found) continue;
    const key = `${column} ${String(parents)}`;
    const { exact, partial, ways } = found;
    const made = { ...relation, exact, partial, ways };
    const cost = exact && between.includes(draft) ? Math.min(found.cost, BETWEEN_DATES) : found.cost;
    if (cost < (best.get(key)?.cost ?? Infinity)) best.set(key, { relation: made, cost });
  }
  return [...best.values()].sort((a, b) => a.cost - b.cost).map(({ relation }) => relation);
}

/** What remains of y is written finer than y by one place, unless the formula lies on y's grid. */
function decimalsOf({ column, equals }: Draft, sample: Table, candidates: readonly Candidate[]): number {
  const schema = sample.schema.columns[column];
  if (schema?.kind === "datetime") return 0;
  const own = schema?.number?.decimals ?? 0;
  const known = new Map(candidates.map(({ column: j, values }) => [j, values]));
  const rows = Math.min(PROBED, sample.rows);
  const some = (j: number): Float64Array =>
    Float64Array.from(
      { length: rows },
      (_, k) => known.get(j)?.[Math.floor((k * sample.rows) / rows)] ?? NaN,
    );
  const onGrid = evaluate(equals, some, rows).every((value) => {
    const place = value * 10 ** own;
    return Number.isNaN(value) || Math.abs(place - Math.round(place)) <= CELL * Math.max(1, Math.abs(place));
  });
  return Math.min(12, own + (onGrid ? 0 : 1));
}
