import type { ColumnSchema, NumericColumn, Table } from "../../table/table.ts";
import type { Derivation, Derivations } from "./derivations.ts";
import { createDerivations, ordered } from "./derivations.ts";
import type { Forced } from "./forced.ts";
import { learnGap } from "./gap.ts";
import type { GapColumns } from "./gap.ts";

/** `low` is at most `high` in every row that has both; `strict`: less. Places of numeric columns. */
export interface Order {
  readonly low: number;
  readonly high: number;
  readonly strict: boolean;
}

/** What follows from `orders` along chains: per pair [low, high] whether it is strict. */
function closureOf(orders: readonly Order[]): Map<number, Map<number, boolean>> {
  const above = new Map<number, Map<number, boolean>>();
  const set = (low: number, high: number, strict: boolean): void => {
    const row = above.get(low) ?? new Map<number, boolean>();
    row.set(high, strict || row.get(high) === true);
    above.set(low, row);
  };
  for (const { low, high, strict } of orders) set(low, high, strict);
  const columns = new Set(orders.flatMap(({ low, high }) => [low, high]));
  for (const middle of columns)
    for (const low of columns) {
      const first = above.get(low)?.get(middle);
      if (first === undefined) continue;
      for (const [high, second] of above.get(middle) ?? []) set(low, high, first || second);
    }
  return above;
}

/**
 * `derivations` and a gap for every column of `orders` but one of each connected group, that one being the target (any
 * of `keep`), else the column that loses most as a gap: the one that is there most often, of those the one whose values
 * repeat most. From it downwards each column is a gap below those above it, then the others are gaps above those below
 * them. A date that was learned as the time since another is learned as such a gap in its place.
 */
export function withOrders(
  derivations: Derivations,
  table: Table,
  orders: readonly Order[],
  keep: readonly number[] = [],
): Derivations {
  const above = closureOf(orders);
  const isAbove = (low: number, high: number): boolean => above.get(low)?.has(high) === true;
  const comparable = (a: number, b: number): boolean => isAbove(a, b) || isAbove(b, a);
  let steps: Derivation[] = derivations.steps.filter(
    (step) => !(isTimeSince(step, table) && comparable(step.column, step.parents[0] as number)),
  );
  for (const group of groupsOf(orders)) {
    const fixed = new Set([
      ...keep,
      ...steps.flatMap((step) => (step.kind === "forced" ? [] : [step.column])),
    ]);
    const root = rootOf(group, table, fixed, keep);
    const done = [root];
    for (const column of fromRoot(group, root, isAbove)) {
      const below = done.filter((other) => isAbove(other, column));
      const parents = below.length > 0 ? below : done.filter((other) => isAbove(column, other));
      done.push(column);
      if (fixed.has(column) || parents.length === 0) continue;
      const columns: GapColumns = {
        column,
        parents,
        side: below.length > 0 ? "above" : "below",
        strict: parents.map(
          (parent) => (above.get(parent)?.get(column) ?? above.get(column)?.get(parent)) === true,
        ),
      };
      const gap = learnGap(
        columns,
        table.schema.columns,
        valuesOf(table, column),
        parents.map((j) => valuesOf(table, j)),
        table.patients,
      );
      if (gap) steps = withStep(steps, gap) ?? steps;
    }
  }
  return createDerivations(table.schema.columns, ordered(steps));
}

/** `derivations` and as many of `forced` as go with it: no step waits for itself, no whole function is overruled. */
export function withForced(
  derivations: Derivations,
  forced: readonly Forced[],
): { readonly derivations: Derivations; readonly taken: readonly boolean[] } {
  const whole = new Set(
    derivations.steps.flatMap((step) =>
      (step.kind === "lookup" && !step.partial) || (step.kind === "relation" && step.exact)
        ? [step.column]
        : [],
    ),
  );
  let steps: Derivation[] = [...derivations.steps];
  const taken = forced.map((step) => {
    const more = whole.has(step.column) ? undefined : withStep(steps, step);
    steps = more ?? steps;
    return more !== undefined;
  });
  return { derivations: createDerivations(derivations.schemas, ordered(steps)), taken };
}

/** `steps` and one more, or undefined where it would wait for itself. */
function withStep(steps: readonly Derivation[], step: Derivation): Derivation[] | undefined {
  const more = [...steps, step];
  return ordered(more).length === more.length ? more : undefined;
}

const valuesOf = (table: Table, column: number): Float64Array =>
  (table.columns[column] as NumericColumn).values;

/** Whether a date is learned as the time since another one. */
function isTimeSince(step: Derivation, { schema }: Table): step is Derivation & { kind: "relation" } {
  const dated = (j: number): boolean => (schema.columns[j] as ColumnSchema).kind === "datetime";
  return (
    step.kind === "relation" &&
    !step.exact &&
    step.parents.length === 1 &&
    [step.column, ...step.parents].every(dated)
  );
}

/** Columns that orders connect. */
function groupsOf(orders: readonly Order[]): number[][] {
  const groups: Set<number>[] = [];
  for (const { low, high } of orders) {
    const touching = groups.filter((group) => group.has(low) || group.has(high));
    const joined = new Set([low, high, ...touching.flatMap((group) => [...group])]);
    for (const group of touching) groups.splice(groups.indexOf(group), 1);
    groups.push(joined);
  }
  return groups.map((group) => [...group].sort((a, b) => a - b));
}

function rootOf(
  group: readonly number[],
  table: Table,
  fixed: ReadonlySet<number>,
  keep: readonly number[],
): number {
  const asked = group.find((column) => keep.includes(column)) ?? group.find((column) => fixed.has(column));
  if (asked !== undefined) return asked;
  const scored = group.map((column) => ({ column, ...lossOf(valuesOf(table, column)) }));
  scored.sort((a, b) => b.present - a.present || b.repeated - a.repeated || a.column - b.column);
  return (scored[0] as { column: number }).column;
}

/** What a column would lose as a gap: the twentieths of its cells that are there, the chance that two are equal. */
function lossOf(values: Float64Array): { present: number; repeated: number } {
  const counts = new Map<number, number>();
  for (const value of values) if (Number.isFinite(value)) counts.set(value, (counts.get(value) ?? 0) + 1);
  const present = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const pairs = [...counts.values()].reduce((sum, count) => sum + count * (count - 1), 0);
  const repeated = pairs / Math.max(1, present * (present - 1));
  return { present: Math.round((20 * present) / values.length), repeated: Math.round(50 * repeated) };
}

/** The columns below the root, the nearest first, then all others, the lowest first. */
function fromRoot(
  group: readonly number[],
  root: number,
  isAbove: (low: number, high: number) => boolean,
): number[] {
  const others = group.filter((column) => column !== root);
  const depth = (column: number, isNext: (a: number, b: number) => boolean): number =>
    group.filter((other) => isNext(column, other)).length;
  const below = others.filter((column) => isAbove(column, root));
  const rest = others.filter((column) => !isAbove(column, root));
  const ups = (column: number): number => depth(column, isAbove);
  const downs = (column: number): number => depth(column, (a, b) => isAbove(b, a));
  return [
    ...below.sort((a, b) => ups(a) - ups(b) || a - b),
    ...rest.sort((a, b) => downs(a) - downs(b) || a - b),
  ];
}
