import type { Table } from "../../table/table.ts";
import { gridIn, isDateIn, scopeOf } from "../judging/scope.ts";
import type { Fact, Facts, Said } from "./facts.ts";

/** What the cells of a column can still be. */
export interface Domain {
  low: number;
  high: number;
  lowOpen: boolean;
  highOpen: boolean;
  levels: ReadonlySet<string> | undefined;
  missing: boolean | undefined;
  multiples: number[];
}

type Order = Extract<Fact, { type: "order" }>;
type Gap = Extract<Fact, { type: "missing" | "together" }>;

/** What conflicts need to know of a table's columns. */
export interface Ground {
  /** distance between the values of a column; 0 where it is not known */
  readonly step: (column: string) => number;
  readonly levels: ReadonlyMap<string, ReadonlySet<string>>;
  /** columns that have no missing cell */
  readonly there: ReadonlySet<string>;
}

/** Decimals up to which every value of a column lies on the grid that its format says. */
const SURE_STEP = 1e-6;

export function groundOf(table: Table): Ground {
  const scope = scopeOf(table);
  const steps = new Map<string, number>();
  const levels = new Map<string, ReadonlySet<string>>();
  const there = new Set<string>();
  table.schema.columns.forEach(({ name }, j) => {
    const column = table.columns[j];
    const complete =
      column?.type === "numeric"
        ? column.values.every(Number.isFinite)
        : column?.codes.every((code) => code >= 0);
    if (complete) there.add(name);
    if (column?.type === "coded") return void levels.set(name, new Set(column.levels));
    const grid = gridIn(scope, name);
    if (grid.type === "interval") steps.set(name, grid.milliseconds);
    else if (grid.type === "decimals" && !isDateIn(scope, name) && 10 ** -grid.decimals >= SURE_STEP)
      steps.set(name, 10 ** -grid.decimals);
  });
  return { step: (column) => steps.get(column) ?? 0, levels, there };
}

/** What rows can still be, as far as it was followed. Facts that were taken only ever narrow it. */
export interface State {
  readonly domains: Map<string, Domain>;
  readonly orders: Order[];
  readonly gaps: Gap[];
  /** rules with a condition that surely holds, whose facts were taken */
  readonly joined: Set<Said>;
}

/** Columns for which no cell is left; none are named where a rule is broken by what others give. */
export type Conflict = readonly string[];

const emptyState = (): State => ({ domains: new Map(), orders: [], gaps: [], joined: new Set() });

/** A state to go on from. */
const copyOf = ({ domains, orders, gaps, joined }: State): State => ({
  domains: new Map(
    [...domains].map(([name, domain]) => [name, { ...domain, multiples: [...domain.multiples] }]),
  ),
  orders: [...orders],
  gaps: [...gaps],
  joined: new Set(joined),
});

/**
 * What is left where `facts` hold and all of `said` is kept, from `base` on: intervals and levels are narrowed until
 * nothing changes, rules with a condition join in once it surely holds. A conflict is one; that none is found is no proof
 * that there is none.
 */
export function settle(
  facts: readonly Fact[],
  said: readonly Said[],
  ground: Ground,
  base?: State,
): { readonly state: State; readonly conflict?: Conflict } {
  const state = base ? copyOf(base) : emptyState();
  const conditional = said.filter(({ implies, never }) => implies || never);
  let more: Fact[] = [...facts, ...(base ? [] : said.flatMap(({ always }) => always))];
  for (;;) {
    const empty = takeAll(state, more, ground);
    if (empty) return { state, conflict: empty };
    more = [];
    for (const one of conditional) {
      if (state.joined.has(one)) continue;
      const added = joining(state.domains, one);
      if (!added) continue;
      if (added === "broken") return { state, conflict: brokenColumns(one) };
      state.joined.add(one);
      more.push(...added);
    }
    if (more.length === 0) return { state };
  }
}

const brokenColumns = ({ never }: Said): string[] => [
  ...new Set(never?.flatMap(({ is }) => is.facts.flatMap(columnsOfFact))),
];

/**
 * The rules of a set in conflict from which none can be left out, and the columns; undefined where there is no conflict.
 * Parts are left out by halves, quarters and so on (delta debugging, Zeller and Hildebrandt 2002).
 */
export function smallestConflict(
  facts: readonly Fact[],
  said: readonly Said[],
  ground: Ground,
): { readonly rules: readonly number[]; readonly columns: Conflict } | undefined {
  let { conflict } = settle(facts, said, ground);
  if (!conflict) return undefined;
  let kept = [...said];
  for (let size = Math.ceil(kept.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2))
    for (let from = 0; from < kept.length;) {
      const fewer = kept.filter((_, i) => i < from || i >= from + size);
      const still = settle(facts, fewer, ground).conflict;
      if (still) [kept, conflict] = [fewer, still];
      else from += size;
    }
  return { rules: kept.map(({ rule }) => rule), columns: conflict };
}

/** What a rule with a condition adds, now that the condition surely holds. */
function joining(
  domains: ReadonlyMap<string, Domain>,
  { implies, never }: Said,
): readonly Fact[] | "broken" | undefined {
  if (implies) return surely(domains, implies.when) ? implies.then : undefined;
  if (!never) return undefined;
  const open = never.filter(({ is }) => !surely(domains, is));
  if (open.length === 0) return "broken";
  return open.length === 1 ? open[0]?.isNot.facts : undefined;
}

/** Whether a condition holds in every row that the domains allow. */
function surely(domains: ReadonlyMap<string, Domain>, { facts, whole }: Facts): boolean {
  return whole && facts.length > 0 && facts.every((fact) => holdsIn(domains, fact));
}

function holdsIn(domains: ReadonlyMap<string, Domain>, fact: Fact): boolean {
  if (fact.type === "order" || fact.type === "together" || fact.type === "multiple") return false;
  const domain = domains.get(fact.column);
  if (!domain) return false;
  if (fact.type === "missing") return domain.missing === fact.missing;
  if (fact.type === "among")
    return domain.levels !== undefined && [...domain.levels].every((level) => fact.levels.has(level));
  const above =
    domain.low > fact.low ||
    (domain.low === fact.low && (!fact.open || domain.lowOpen || fact.low === -Infinity));
  const below =
    domain.high < fact.high ||
    (domain.high === fact.high && (!fact.open || domain.highOpen || fact.high === Infinity));
  return above && below;
}

/** Takes `facts` into the state and narrows it; the conflict where nothing is left. */
function takeAll(state: State, facts: readonly Fact[], ground: Ground): Conflict | undefined {
  const { domains, orders, gaps } = state;
  for (const fact of facts) {
    take(domains, fact, ground);
    if (fact.type === "order" && comparable(fact, ground)) orders.push(fact);
    if (fact.type === "missing" || fact.type === "together") gaps.push(fact);
  }
  shareMissing(domains, gaps);
  const isThere = (name: string): boolean => domains.get(name)?.missing !== true;
  const there = orders.filter(({ lower, upper }) => isThere(lower) && isThere(upper));
  const cycle = facts.some(({ type }) => type === "order") ? strictCycle(there) : undefined;
  if (cycle) return cycle;
  for (let round = 0; round <= there.length; round++)
    if (!there.map((order) => follow(domains, order, ground)).some(Boolean)) break;
  for (const [column, domain] of domains) if (domain.missing !== true && isEmpty(domain)) return [column];
  return contradictoryGaps(domains, gaps);
}

/** Dates of two precisions say nothing about ends: a day may be before and after a time of that day. */
const comparable = ({ lower, upper }: Order, ground: Ground): boolean => {
  const [a, b] = [ground.step(lower), ground.step(upper)];
  return a === b || (a < 1000 && b < 1000);
};

function domainOf(domains: Map<string, Domain>, column: string, ground: Ground): Domain {
  const known = domains.get(column);
  if (known) return known;
  const made: Domain = {
    low: -Infinity,
    high: Infinity,
    lowOpen: false,
    highOpen: false,
    levels: ground.levels.get(column),
    missing: ground.there.has(column) ? false : undefined,
    multiples: [],
  };
  domains.set(column, made);
  return made;
}

function take(domains: Map<string, Domain>, fact: Fact, ground: Ground): void {
  if (fact.type === "order") {
    domainOf(domains, fact.lower, ground);
    domainOf(domains, fact.upper, ground);
    return;
  }
  if (fact.type === "together") return;
  const domain = domainOf(domains, fact.column, ground);
  switch (fact.type) {
    case "within":
      raise(domain, fact.low, fact.open === true && fact.low > -Infinity, ground.step(fact.column));
      lower(domain, fact.high, fact.open === true && fact.high < Infinity, ground.step(fact.column));
      return;
    case "among":
      domain.levels = new Set([...(domain.levels ?? fact.levels)].filter((level) => fact.levels.has(level)));
      return;
    case "missing":
      domain.missing ??= fact.missing;
      return;
    case "multiple":
      domain.multiples.push(fact.of);
  }
}

const clean = (value: number): number => Number(value.toPrecision(14));

/** Raises the lower end to `low`, or above it; on a grid to its next value. Whether that changed anything. */
function raise(domain: Domain, low: number, open: boolean, step: number): boolean {
  if (low === -Infinity) return false;
  const onGrid = step > 0 && Number.isFinite(low);
  const end = onGrid
    ? clean((open ? Math.floor(clean(low / step)) + 1 : Math.ceil(clean(low / step))) * step)
    : low;
  const opened = open && !onGrid;
  if (end < domain.low || (end === domain.low && (domain.lowOpen || !opened))) return false;
  domain.low = end;
  domain.lowOpen = opened;
  return true;
}

function lower(domain: Domain, high: number, open: boolean, step: number): boolean {
  if (high === Infinity) return false;
  const onGrid = step > 0 && Number.isFinite(high);
  const end = onGrid
    ? clean((open ? Math.ceil(clean(high / step)) - 1 : Math.floor(clean(high / step))) * step)
    : high;
  const opened = open && !onGrid;
  if (end > domain.high || (end === domain.high && (domain.highOpen || !opened))) return false;
  domain.high = end;
  domain.highOpen = opened;
  return true;
}

function follow(
  domains: Map<string, Domain>,
  { lower: under, upper: over, strict }: Order,
  ground: Ground,
): boolean {
  const [a, b] = [domains.get(under) as Domain, domains.get(over) as Domain];
  const raised = raise(b, a.low, strict || a.lowOpen, ground.step(over));
  const lowered = lower(a, b.high, strict || b.highOpen, ground.step(under));
  return raised || lowered;
}

function isEmpty({ low, high, lowOpen, highOpen, levels, multiples }: Domain): boolean {
  if (levels?.size === 0) return true;
  if (low > high || (low === high && (lowOpen || highOpen))) return true;
  return multiples.some((of) => clean(Math.ceil(clean(low / of)) * of) > high);
}

/** The columns of a circle of orders of which one is strict. */
function strictCycle(orders: readonly Order[]): string[] | undefined {
  const above = new Map<string, string[]>();
  for (const { lower: under, upper } of orders) above.set(under, [...(above.get(under) ?? []), upper]);
  for (const first of orders) {
    if (!first.strict) continue;
    const from = new Map<string, string>([[first.upper, first.lower]]);
    const waiting = [first.upper];
    for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
      if (name === first.lower) return pathTo(from, first.lower);
      for (const upper of above.get(name) ?? []) {
        if (from.has(upper)) continue;
        from.set(upper, name);
        waiting.push(upper);
      }
    }
  }
  return undefined;
}

function pathTo(from: ReadonlyMap<string, string>, end: string): string[] {
  const path = [end];
  for (let name = from.get(end); name !== undefined && name !== end; name = from.get(name)) path.push(name);
  return path.reverse();
}

function shareMissing(domains: Map<string, Domain>, facts: readonly Gap[]): void {
  for (const fact of facts) {
    if (fact.type !== "together") continue;
    const known = fact.columns
      .map((name) => domains.get(name)?.missing)
      .find((missing) => missing !== undefined);
    if (known === undefined) continue;
    for (const name of fact.columns) {
      const domain = domains.get(name);
      if (domain) domain.missing ??= known;
    }
  }
}

function contradictoryGaps(
  domains: ReadonlyMap<string, Domain>,
  facts: readonly Gap[],
): string[] | undefined {
  for (const fact of facts) {
    if (fact.type === "missing" && domains.get(fact.column)?.missing !== fact.missing) return [fact.column];
    if (fact.type !== "together") continue;
    const gaps = new Set(fact.columns.flatMap((name) => domains.get(name)?.missing ?? []));
    if (gaps.size > 1) return [...fact.columns];
  }
  return undefined;
}

const columnsOfFact = (fact: Fact): string[] =>
  fact.type === "order"
    ? [fact.lower, fact.upper]
    : fact.type === "together"
      ? [...fact.columns]
      : [fact.column];
