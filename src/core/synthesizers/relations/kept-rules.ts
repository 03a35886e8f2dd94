import { withholding } from "../../codec/columns/withheld.ts";
import { closeOrders } from "../../codec/derived/close-orders.ts";
import type { Derivation, Derivations } from "../../codec/derived/derivations.ts";
import {
  createDerivations,
  learnDerivations,
  loadDerivations,
  ordered,
} from "../../codec/derived/derivations.ts";
import { learnLookup } from "../../codec/derived/lookup.ts";
import { setRelation } from "../../codec/derived/relation.ts";
import type { Order } from "../../codec/derived/with-orders.ts";
import { withForced, withOrders } from "../../codec/derived/with-orders.ts";
import { asIndex, asList, asRecord, asText, asTexts, damaged } from "../../codec/saved-state.ts";
import type { Pulse } from "../../math/breathe.ts";
import { breathe } from "../../math/breathe.ts";
import type { Constraint } from "../../rules/constraint.ts";
import { asTerm, ruleOfDerivation } from "../../rules/derived-rules.ts";
import { findInRows } from "../../rules/finding/find-rules.ts";
import { columnsOf } from "../../rules/language/names-in.ts";
import type { LearnedRule } from "../../rules/learned-rule.ts";
import { learnedRule, loadLearnedRule } from "../../rules/learned-rule.ts";
import { readRule } from "../../rules/read-rule.ts";
import { MOST_RULES } from "../../rules/rule-file.ts";
import { countRule, ruleTest } from "../../rules/rule-test.ts";
import { writeRule } from "../../rules/write-rule.ts";
import type { Table } from "../../table/table.ts";
import { forcedCells } from "./forced-cells.ts";
import { loadLimitShares, savedLimitShares, type LimitShare } from "./limit-shares.ts";

/** A rule that rows are held to, and what it took from the training rows. */
export interface HeldRule {
  readonly constraint: Constraint;
  readonly learned: LearnedRule;
}

export interface OfPatients {
  /** columns that never change */
  readonly statics: readonly number[];
  /** the rules that the model of the patients holds them to, as texts */
  readonly rules: readonly string[];
}

/** What a model's rows keep: what is put back behind it, and the rules that every row is asked afterwards. */
export interface KeptRules {
  readonly derivations: Derivations;
  readonly rules: readonly HeldRule[];
  /** What is put right of how often limits come; absent: nothing. */
  readonly limits?: readonly LimitShare[];
  /** Of visits: what stays the same within a patient; absent where rows are no visits. */
  readonly ofPatients?: OfPatients;
}

/** Nothing at all, of a table with these columns. */
export const nothingKept = (schemas: Table["schema"]["columns"]): KeptRules => ({
  derivations: createDerivations(schemas, []),
  rules: [],
});

/** What holds in every row of `train`, as far as it is found; undefined where nothing is. Rejects as `pulse` does. */
export async function findKept(train: Table, pulse: Pulse = breathe): Promise<KeptRules | undefined> {
  const { rules, derivations } = await findInRows(train, pulse);
  const sure = rules.flatMap(({ constraint, nearly }) => (nearly ? [] : [constraint]));
  return compiled(train, sure, derivations);
}

/**
 * What `rules` ask of rows like those of `train`; columns that nearly follow from others, or do in all but a few rows, are
 * learned as what remains of them besides. Rejects with FaultError `unknown-column`, and as `pulse` does.
 */
export async function keptOf(
  train: Table,
  rules: readonly Constraint[],
  pulse: Pulse = breathe,
): Promise<KeptRules | undefined> {
  const table = withholding(train).apply(train);
  const { steps } = await learnDerivations(table, { keep: targetsOf(table) }, pulse);
  const given = new Set(rules.map((rule) => writeRule(rule)));
  const wanted = steps.filter((step) => {
    const rule = ruleOfDerivation(step, table.schema.columns);
    return (
      rule === undefined ||
      given.has(writeRule(rule)) ||
      countRule(rule, table, learnedRule(rule, table)).broken > 0
    );
  });
  return compiled(train, rules, createDerivations(table.schema.columns, wanted));
}

export const targetsOf = ({ schema }: Pick<Table, "schema">): number[] =>
  schema.columns.flatMap(({ role }, j) => (role === "target" ? [j] : []));

/** What is left as it is before a table is learned. */
export interface Bounds {
  /** columns that are never taken out */
  readonly keep: readonly number[];
  /** those, and columns that are not put as the gap to another one */
  readonly gapless: readonly number[];
  readonly allows: (step: Derivation) => boolean;
}

/** `rules` as steps, as far as `bounds` allow it, and what every row is asked afterwards. */
export function compiled(
  train: Table,
  rules: readonly Constraint[],
  found: Derivations,
  { keep, gapless, allows }: Bounds = {
    keep: targetsOf(train),
    gapless: targetsOf(train),
    allows: () => true,
  },
): KeptRules | undefined {
  const table = withholding(train).apply(train);
  const named = rules.flatMap((rule) => derivationOf(rule, table, found, keep) ?? []).filter(allows);
  const functions = named.reduce((steps, step) => {
    const more = ordered([...steps, step]);
    return more.length > steps.length ? more : steps;
  }, found.steps);
  const orders = closeOrders(
    rules.flatMap((rule) => ordersOf(rule, table)),
    table,
  );
  const plain = createDerivations(found.schemas, functions);
  let derivations = withOrders(plain, table, orders, gapless);
  for (const ways of rules.flatMap((rule) => forcedCells(rule, table)))
    for (const way of ways.filter(allows)) {
      const { derivations: more, taken } = withForced(derivations, [way]);
      if (taken[0] !== true) continue;
      derivations = more;
      break;
    }
  const held = rules.map((constraint) => ({ constraint, learned: learnedRule(constraint, table) }));
  return derivations.steps.length === 0 && held.length === 0 ? undefined : { derivations, rules: held };
}

/** The step that a formula or what follows from another column is, where none was found for its column. */
function derivationOf(
  rule: Constraint,
  table: Table,
  found: Derivations,
  keep: readonly number[],
): Derivation | undefined {
  if (rule.kind !== "formula" && rule.kind !== "follows") return undefined;
  const places = new Map(table.schema.columns.map(({ name }, j) => [name, j]));
  const column = places.get(rule.column);
  if (column === undefined || found.steps.some((step) => step.column === column)) return undefined;
  if (keep.includes(column)) return undefined;
  if (rule.kind === "follows") return learnLookup(table, column, places.get(rule.from) ?? column);
  const equals = asTerm(rule.equals, (name) => places.get(name));
  if (equals === undefined) return undefined;
  return setRelation(table, column, equals);
}

const NUMBERS: ReadonlySet<string> = new Set(["integer", "decimal"]);

/** The orders of two numbers, or two dates, that a rule is made of. */
export function ordersOf(rule: Constraint, { schema }: Table): Order[] {
  const place = (name: string): number => schema.columns.findIndex((column) => column.name === name);
  const kind = (j: number): string | undefined => schema.columns[j]?.kind;
  const alike = ({ low, high }: Order): boolean =>
    low !== high &&
    ((kind(low) === "datetime" && kind(high) === "datetime") ||
      (NUMBERS.has(kind(low) ?? "") && NUMBERS.has(kind(high) ?? "")));
  if (rule.kind === "order")
    return rule.columns
      .slice(1)
      .map((name, i): Order => ({
        low: place(rule.columns[i] as string),
        high: place(name),
        strict: rule.strict[i] === true,
      }))
      .filter(alike);
  if (rule.kind !== "nothing-after") return [];
  const high = place(rule.column);
  return schema.columns.map((_, low): Order => ({ low, high, strict: false })).filter(alike);
}

/** The rules that speak only of columns which a reduced table still has as they are. */
export function rulesWithin({ derivations, rules }: KeptRules): readonly Constraint[] {
  const { schemas, taken } = derivations;
  const there = new Set(schemas.flatMap(({ name }, j) => (taken.has(j) ? [] : [name])));
  return rules.flatMap(({ constraint }) =>
    columnsOf(constraint).every((name) => there.has(name)) ? [constraint] : [],
  );
}

/** Which rules each row of `table` breaks, as places in `rules`. */
export function brokenRules(rules: readonly HeldRule[], table: Table): (row: number) => number[] {
  const tests = rules.map(({ constraint, learned }) => ruleTest(constraint, table, learned));
  return (row) => tests.flatMap((test, k) => (test(row) === false ? [k] : []));
}

/** The JSON-safe state of what is kept: derivations, and the rules as texts with what they learned. */
export const savedKept = ({
  derivations,
  rules,
  limits,
  ofPatients,
}: KeptRules): Readonly<Record<string, unknown>> => ({
  kept: derivations.save(),
  ...(limits && limits.length > 0 && { limits: savedLimitShares(limits) }),
  ...(ofPatients && { ofPatients }),
  ...(rules.length > 0 && {
    rules: rules.map(({ constraint, learned }) => ({
      text: writeRule(constraint, derivations.schemas),
      learned,
    })),
  }),
});

/** Inverse of `savedKept`; throws FaultError `model-damaged`, `rule-unreadable`. */
export function loadKept(kept: unknown, rules: unknown, limits: unknown, ofPatients: unknown): KeptRules {
  const derivations = loadDerivations(kept);
  const held = rules === undefined ? [] : asList(rules, "rules");
  if (held.length > MOST_RULES) damaged("rules");
  return {
    derivations,
    ...(limits !== undefined && { limits: loadLimitShares(limits) }),
    ...(ofPatients !== undefined && { ofPatients: loadOfPatients(ofPatients, derivations) }),
    rules: held.map((item): HeldRule => {
      const { text, learned } = asRecord(item, "rules");
      const constraint = readRule(asText(text, "rules"), derivations.schemas);
      return { constraint, learned: loadLearnedRule(learned) };
    }),
  };
}

function loadOfPatients(saved: unknown, { schemas }: Derivations): OfPatients {
  const state = asRecord(saved, "rules");
  const rules = asTexts(state["rules"], "rules");
  if (rules.length > MOST_RULES) damaged("rules");
  for (const text of rules) readRule(text, schemas);
  return {
    statics: asList(state["statics"], "rules").map((item) => asIndex(item, schemas.length, "rules")),
    rules,
  };
}
