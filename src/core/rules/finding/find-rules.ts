import { withholding } from "../../codec/columns/withheld.ts";
import type { Derivations } from "../../codec/derived/derivations.ts";
import { createDerivations, learnDerivations } from "../../codec/derived/derivations.ts";
import type { Pulse } from "../../math/breathe.ts";
import { breathe, within } from "../../math/breathe.ts";
import { remembered } from "../../table/remembered.ts";
import type { ColumnSchema, Table } from "../../table/table.ts";
import { learnedColumns, selectColumns } from "../../table/table.ts";
import type { FoundRule } from "../constraint.ts";
import { ruleOfDerivation } from "../derived-rules.ts";
import { findGates } from "./find-gates.ts";
import { findNever } from "./find-never.ts";
import { findOneHot } from "./find-one-hot.ts";
import { findOrders } from "./find-orders.ts";
import { learnedRule } from "../learned-rule.ts";
import { countRule } from "../rule-test.ts";
import { withoutSaidTwice } from "./said-twice.ts";
import { searchedRows } from "./searched-rows.ts";
import { writeRule } from "../write-rule.ts";

/** What was found in a table. */
export interface Findings {
  readonly rules: readonly FoundRule[];
  /** Columns that follow from others, of the table's learned columns. */
  readonly derivations: Derivations;
}

/**
 * What holds in every row of `train`, and what nearly does: formulas, what follows from another column, orders, ties, what
 * no row combines, sets of which one is 1. Looked for in at most 5,000 rows (20,000 for what never comes together), asked
 * of all. Levels that fewer than five patients share are in none of it. `pulse` is awaited every 50 ms of work at least;
 * rejects as it does.
 */
export async function findRules(train: Table, pulse: Pulse = breathe): Promise<FoundRule[]> {
  return [...(await findInRows(train, pulse)).rules];
}

const byRows = remembered<Findings>();

/** The same, and the steps behind formulas and what follows from another column; rows that were just searched are not again. */
export const findInRows = (train: Table, pulse: Pulse = breathe): Promise<Findings> =>
  byRows(train, "rules", () => searched(train, pulse));

async function searched(train: Table, pulse: Pulse): Promise<Findings> {
  const table = withholding(train).apply(selectColumns(train, learnedColumns(train.schema)));
  const targets = table.schema.columns.flatMap(({ role }, j) => (role === "target" ? [j] : []));
  const derivations = await learnDerivations(table, { keep: targets }, within(pulse, 0, 0.6));
  const derived = derivations.steps.flatMap((step) => ruleOfDerivation(step, table.schema.columns) ?? []);
  const sample = searchedRows(table);
  const sampled = [...(await findGates(sample, within(pulse, 0.6, 0.75))), ...findOneHot(sample)];
  const rules: FoundRule[] = [];
  for (const constraint of [...derived, ...sampled.map((rule) => rule.constraint)]) {
    await pulse(0.75);
    const support = countRule(constraint, table, learnedRule(constraint, table));
    const formula = constraint.kind === "formula" || constraint.kind === "follows";
    if (support.rows > 0 && (support.broken === 0 || formula))
      rules.push({ constraint, support, nearly: support.broken > 0 });
  }
  const orders = await findOrders(table, within(pulse, 0.8, 0.9));
  const never: FoundRule[] = [];
  for (const { constraint } of await findNever(train, within(pulse, 0.9, 0.98))) {
    await pulse(0.98);
    const support = countRule(constraint, table, learnedRule(constraint, table));
    if (support.broken === 0 && support.rows > 0) never.push({ constraint, support, nearly: false });
  }
  const kept = withoutSaidTwice([...rules, ...orders, ...never], table);
  return { rules: kept, derivations: ofRules(derivations, rules, kept, table.schema.columns) };
}

/** The steps whose rule, where they have one, is still listed. */
function ofRules(
  derivations: Derivations,
  rules: readonly FoundRule[],
  kept: readonly FoundRule[],
  schemas: readonly ColumnSchema[],
): Derivations {
  const gone = new Set(
    rules.flatMap((rule) => (kept.includes(rule) ? [] : [writeRule(rule.constraint, schemas)])),
  );
  if (gone.size === 0) return derivations;
  const steps = derivations.steps.filter((step) => {
    const rule = ruleOfDerivation(step, schemas);
    return rule === undefined || !gone.has(writeRule(rule, schemas));
  });
  return createDerivations(schemas, steps);
}
