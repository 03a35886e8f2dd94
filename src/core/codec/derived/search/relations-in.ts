import type { Pulse } from "../../../math/breathe.ts";
import { within } from "../../../math/breathe.ts";
import { gridOf, stepOf } from "../../columns/grid.ts";
import type { ColumnSchema, Table } from "../../../table/table.ts";
import { judged } from "../judged.ts";
import type { Relation } from "../relation.ts";
import { draftRelation } from "../relation.ts";
import { columnsOf, evaluate, joined, num } from "../term.ts";
import type { Term } from "../term.ts";
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
 * carry the least error over first. Several may be of one column, or turn one formula round. Rejects as `pulse` does.
 */
export async function relationsIn(
  sample: Table,
  among: readonly number[],
  pulse: Pulse,
): Promise<Relation[]> {
  const candidates = candidatesIn(sample, among);
  await pulse();
  const between = await times(candidates, within(pulse, 0, 0.1));
  const drafts = [
    ...between,
    ...(await fewParents(candidates, within(pulse, 0.1, 0.4))),
    ...(await totals(candidates, within(pulse, 0.4, 0.6))),
    ...(await ratios(candidates, within(pulse, 0.6, 0.8))),
  ];
  const ofDates = new Set(between);
  const probed = probedCells(candidates, sample.rows);
  const best = new Map<string, { relation: Relation; cost: number }>();
  const seen = new Set<string>();
  for (const [at, draft] of drafts.entries()) {
    await pulse(0.8 + (0.2 * at) / drafts.length);
    const { column, equals } = draft;
    const parents = columnsOf(equals);
    const text = JSON.stringify(draft);
    if (parents.length === 0 || parents.includes(column) || seen.has(text)) continue;
    seen.add(text);
    const found = judged({ column, equals, parents }, sample);
    if (!found) continue;
    const dated = sample.schema.columns[column]?.kind === "datetime";
    const formula = dated ? inMilliseconds(equals) : equals;
    const relation = draftRelation(sample, column, formula, decimalsOf(draft, sample, probed));
    const key = `${column} ${String(parents)}`;
    const { exact, partial, ways } = found;
    const made = { ...relation, exact, partial, ways };
    const cost = exact && ofDates.has(draft) ? Math.min(found.cost, BETWEEN_DATES) : found.cost;
    if (cost < (best.get(key)?.cost ?? Infinity)) best.set(key, { relation: made, cost });
  }
  return [...best.values()].sort((a, b) => a.cost - b.cost).map(({ relation }) => relation);
}

/** A few cells of each column, evenly spread. */
function probedCells(candidates: readonly Candidate[], of: number): ReadonlyMap<number, Float64Array> {
  const rows = Math.min(PROBED, of);
  return new Map(
    candidates.map(({ column, values }) => [
      column,
      Float64Array.from({ length: rows }, (_, k) => values[Math.floor((k * of) / rows)] ?? NaN),
    ]),
  );
}

/** A part of a second between dates as a share of 1,000 milliseconds, so that nobody takes it for days. */
function inMilliseconds(term: Term): Term {
  if (term.type !== "arithmetic" || term.right.type !== "number") return term;
  const { left, right, operator } = term;
  if ((operator !== "+" && operator !== "-") || right.value === 0 || Math.abs(right.value) >= 1000)
    return term;
  return joined(left, operator, joined(num(1000), "*", num(right.value / 1000)));
}

/** Of the milliseconds of a column that writes fractions of them. */
function decimalsOfMilliseconds(schema: ColumnSchema): number {
  const step = stepOf(gridOf(schema));
  return step >= 1 ? 0 : Math.round(-Math.log10(step));
}

/** What remains of y is written finer than y by one place, unless the formula lies on y's grid. */
function decimalsOf(
  { column, equals }: Draft,
  { schema, rows }: Table,
  probed: ReadonlyMap<number, Float64Array>,
): number {
  const declared = schema.columns[column];
  if (declared?.kind === "datetime") return decimalsOfMilliseconds(declared);
  const own = declared?.number?.decimals ?? 0;
  const some = (j: number): Float64Array => probed.get(j) as Float64Array;
  const onGrid = evaluate(equals, some, Math.min(PROBED, rows)).every((value) => {
    const place = value * 10 ** own;
    return Number.isNaN(value) || Math.abs(place - Math.round(place)) <= CELL * Math.max(1, Math.abs(place));
  });
  return Math.min(12, own + (onGrid ? 0 : 1));
}
