import type { Pulse } from "../../math/breathe.ts";
import type { Rng } from "../../math/rng.ts";
import type { ColumnSchema, Table } from "../../table/table.ts";
import { takeRows } from "../../table/table.ts";
import { answer } from "../requests/answer.ts";
import type { ColumnCondition } from "../requests/check.ts";
import { completeFromPool } from "../requests/pool.ts";
import type { HeldRows, RowSource } from "../requests/row-source.ts";
import { putRows } from "../requests/related.ts";
import type { Acceptance, Condition, FitOptions, Model, Progress, Synthesizer } from "../synthesizer.ts";
import { pulsed } from "../training/pulsed.ts";
import { reported, start } from "../training/reported.ts";
import { asGiven, exactlyReducible } from "./completed-rows.ts";
import { heldRows } from "./held-rows.ts";
import { inOrderOf } from "./in-order.ts";
import { keepable } from "./keepable.ts";
import { apart, withFit, withKept } from "./kept-artifact.ts";
import { keptNotice, lostNotice, type RowWord } from "./kept-notice.ts";
import type { KeptRules } from "./kept-rules.ts";
import { findKept, keptOf, nothingKept, rulesWithin } from "./kept-rules.ts";
import { hasLimits, limitShares, TRIED_FOR_LIMITS, withLimitShares } from "./limit-shares.ts";
import { swappedOrders } from "./swapped-orders.ts";

/** Share of the drawn rows that must keep all rules that were found; below it the one broken most is let go. */
const LEAST_KEPT = 0.2;
const TRIED_ROWS = 500;

/**
 * `design`, in whose rows the rules hold: those it is given, else those that hold in every row it is fitted on. What can be
 * is put back behind the model (orders as gaps, formulas, what follows from another column, ties and gates), so that every
 * row keeps it; every row is asked all rules as it is written, and drawn again where it breaks one. `row`: what a row is;
 * of patients, whoever made their table says what they keep.
 */
export function keepingRules(design: Synthesizer, row: RowWord = "row"): Synthesizer {
  return withFit(
    design,
    (train, params, rng, options) => fit({ design, row }, train, params, rng, options),
    keeping,
  );
}

async function* fit(
  { design, row }: { readonly design: Synthesizer; readonly row: RowWord },
  train: Table,
  params: Parameters<Synthesizer["fit"]>[1],
  rng: Rng,
  { from, rules, found, ...options }: FitOptions,
): AsyncGenerator<Progress, Model, void> {
  const before = from && apart(from);
  const table = before?.kept ? inOrderOf(before.kept.derivations.schemas, train) : train;
  const told = before ? undefined : yield* learned(table, rules, row);
  const nothing = hasLimits(table) ? nothingKept(table.schema.columns) : undefined;
  const kept = (before ? before.kept : told) ?? nothing;
  const reduced = kept?.derivations.reduce(table) ?? table;
  const run = design.fit(reduced, params, rng, {
    ...options,
    rules: kept ? rulesWithin(kept) : [],
    remaining: kept?.derivations.remaining ?? 0,
    ...(before && { from: before.inner }),
  });
  if (kept === undefined) return yield* run;
  let last = start;
  const model = yield* reported(run, ({ preview, checkpoint, ...report }) => {
    const { step, epoch, fraction } = report;
    last = { step, epoch, fraction, losses: {} };
    return {
      ...report,
      ...(preview && { preview: putBack(kept, preview) }),
      ...(checkpoint && { checkpoint: async () => withKept(await checkpoint(), kept) }),
    };
  });
  const right = await withLimits(model, kept, reduced, rng.fork("limits"));
  const loose = right.rules.filter(({ constraint }) => (rules ? found?.has(constraint) : true));
  if (before || loose.length === 0) return keeping(model, right);
  const drawn = putBack(right, await model.sample(TRIED_ROWS, rng.fork("rules")));
  const { sure, lost } = keepable(drawn, right, loose, LEAST_KEPT);
  if (lost.length > 0) yield { ...last, notice: lostNotice(lost, kept.derivations.schemas, TRIED_ROWS, row) };
  return keeping(model, sure);
}

/** What rows are to keep, and a sentence that says so. */
async function* learned(
  train: Table,
  rules: FitOptions["rules"],
  row: RowWord,
): AsyncGenerator<Progress, KeptRules | undefined, void> {
  if (train.columns.length === 0 || train.rows < 2) return undefined;
  const kept = yield* searched(`Looking for what every ${row} keeps`, (pulse) =>
    rules ? keptOf(train, rules, pulse) : findKept(train, pulse),
  );
  const notice = kept && keptNotice(kept, row);
  if (notice !== undefined && row !== "patient") yield { ...start, notice };
  return kept;
}

/** What `search` comes to, with reports of how far it is. */
export async function* searched<Found>(
  what: string,
  search: (pulse: Pulse) => Promise<Found>,
): AsyncGenerator<Progress, Found, void> {
  yield { ...start, note: what };
  return yield* reported(pulsed(search), (share) => ({
    ...start,
    note: `${what}, ${Math.floor(100 * share)}% done`,
  }));
}

/** Rows of a model in the columns of the table that it was fitted on. `asked`: not rows of all kinds. */
const putBack = (kept: KeptRules, drawn: Table, asked = false): Table =>
  swappedOrders(kept, kept.derivations.restore(withLimitShares(drawn, kept.limits ?? [], !asked)));

/** `kept` with what is to be put right of how often `model` draws the limits of `train`. */
async function withLimits(model: Model, kept: KeptRules, train: Table, rng: Rng): Promise<KeptRules> {
  if (!hasLimits(train)) return kept;
  return { ...kept, limits: limitShares(train, await model.sample(TRIED_FOR_LIMITS, rng)) };
}

function keeping(model: Model, kept: KeptRules): Model {
  const holds = heldRows(kept);
  return {
    synthesizer: model.synthesizer,
    async sample(rows, rng, request) {
      const { onAcceptance, ...asked } = request ?? {};
      const counted: { drawn: number } = { drawn: 0 };
      const like = await model.sample(0, rng.fork("kept columns"));
      const source = sourceOf(model, kept, holds, like, request?.tries, counted);
      const told = ({ kept: taken }: Acceptance): void =>
        onAcceptance?.({ drawn: Math.max(taken, counted.drawn), kept: taken });
      return answer({ ...asked, onAcceptance: told }, rows, rng, source);
    },
    save: async () => withKept(await model.save(), kept),
    dispose: () => model.dispose(),
  };
}

/** What the model can do, in the columns that its rows have once everything is put back. */
function sourceOf(
  model: Model,
  kept: KeptRules,
  holds: HeldRows | undefined,
  like: Table,
  tries: number | undefined,
  counted: { drawn: number },
): RowSource {
  const { derivations } = kept;
  const onAcceptance = ({ drawn }: Acceptance): void => {
    counted.drawn += drawn;
  };
  const draw = async (count: number, dice: Rng, where?: readonly Condition[]): Promise<Table> => {
    const asked = { onAcceptance, ...(where && { where }), ...(tries !== undefined && { tries }) };
    return putBack(kept, await model.sample(count, dice, asked), where !== undefined && where.length > 0);
  };
  return {
    draw,
    drawWhere: (count, dice, where) => draw(count, dice, asConditions(where, kept, like)),
    completeRows: async (given, dice, gated) => {
      const { exact, others } = exactlyReducible(given, derivations);
      let completed = given;
      if (exact.length > 0) {
        const complete = derivations.reduce(takeRows(given, exact));
        const made = await model.sample(exact.length, dice, {
          complete,
          onAcceptance,
          ...(gated === true && { gated }),
        });
        completed = putRows(given, exact, asGiven(takeRows(given, exact), derivations.restore(made, true)));
      }
      if (others.length === 0) return completed;
      const pool = await completeFromPool(takeRows(given, others), dice, { draw });
      return putRows(completed, others, pool.table);
    },
    related: derivations,
    holds,
  };
}

/** The conditions on columns that the model has as they are; the others are met by rejection. */
function asConditions(
  where: readonly ColumnCondition[],
  { derivations: { schemas, taken, steps }, limits = [] }: KeptRules,
  like: Table,
): Condition[] {
  const moved = new Set(limits.map(({ column }) => column));
  const decided = new Set(steps.flatMap((step) => (step.kind === "forced" ? [step.column] : [])));
  const left = schemas.flatMap((_, j) => (taken.has(j) ? [] : [j]));
  return where.flatMap((condition) => {
    const column = left.indexOf(condition.column);
    const changes = decided.has(condition.column) || moved.has(schemas[condition.column]?.name ?? "");
    return column < 0 || changes ? [] : [asCondition({ ...condition, column }, like)];
  });
}

/** A checked condition as one can be asked for; a range may be wider than the single values that were named. */
function asCondition({ column, missing, levels, low, high }: ColumnCondition, like: Table): Condition {
  const { name } = like.schema.columns[column] as ColumnSchema;
  const own = like.columns[column];
  if (levels !== undefined && own?.type === "coded") {
    const named = own.levels.filter((_, code) => levels[code] === 1);
    return named.length > 0 ? { column: name, in: named, missing } : { column: name, missing };
  }
  if (low > high) return { column: name, missing };
  return {
    column: name,
    missing,
    ...(low > -Infinity && { from: low }),
    ...(high < Infinity && { to: high }),
  };
}
