import { withholding } from "../../codec/columns/withheld.ts";
import type { Derivation } from "../../codec/derived/derivations.ts";
import { createDerivations, learnDerivations } from "../../codec/derived/derivations.ts";
import type { Lookup } from "../../codec/derived/lookup.ts";
import type { Pulse } from "../../math/breathe.ts";
import { breathe, within } from "../../math/breathe.ts";
import type { Constraint } from "../../rules/constraint.ts";
import { ruleOfDerivation } from "../../rules/derived-rules.ts";
import { findInRows } from "../../rules/finding/find-rules.ts";
import { columnsOf } from "../../rules/language/names-in.ts";
import { learnedRule } from "../../rules/learned-rule.ts";
import { countRule } from "../../rules/rule-test.ts";
import { writeRule } from "../../rules/write-rule.ts";
import type { CodedColumn, Table } from "../../table/table.ts";
import type { CoursePlan } from "../../visits/course-plan.ts";
import { endColumn } from "../../visits/courses.ts";
import type { Bounds, KeptRules } from "./kept-rules.ts";
import { compiled, targetsOf } from "./kept-rules.ts";

/** Share of the search that rules take; the rest looks for columns that follow from others. */
const RULES_TAKE = 0.6;

/**
 * What the visits of `train` keep. Only columns that change are taken out and put back, never the time, the end of
 * follow-up or what goes one way within a patient, so that a model of courses sees those as they are. Rules of columns that
 * never change are left to the model of the patients.
 * @param rules those that are set; left out, what holds in every row of `train`
 */
export async function keptInVisits(
  train: Table,
  plan: CoursePlan,
  rules?: readonly Constraint[],
  pulse: Pulse = breathe,
): Promise<KeptRules | undefined> {
  const table = withholding(train).apply(train);
  const { columns: schemas } = table.schema;
  const bounds = boundsOf(plan, table);
  const sure = rules ?? (await surelyFound(train, within(pulse, 0, RULES_TAKE)));
  const search = within(pulse, rules ? 0 : RULES_TAKE, 1);
  const { steps } = await learnDerivations(table, { keep: bounds.keep }, search);
  const wanted = rules ? stepsOf(rules, steps, table) : steps;
  const found = createDerivations(schemas, wanted.filter(bounds.allows));
  return compiled(train, askedOfVisits(sure, plan, table), found, bounds);
}

async function surelyFound(train: Table, pulse: Pulse): Promise<readonly Constraint[]> {
  const { rules } = await findInRows(train, pulse);
  return rules.flatMap(({ constraint, nearly }) => (nearly ? [] : [constraint]));
}

/**
 * Those of `rules` that speak of a column which changes from visit to visit, the time among them, or of the end of follow-up,
 * which a model has as what is left of it.
 */
export function askedOfVisits(
  rules: readonly Constraint[],
  { time, end, changing }: Pick<CoursePlan, "time" | "end" | "changing">,
  { schema }: Pick<Table, "schema">,
): readonly Constraint[] {
  const moving = [time, end ?? time, ...changing].flatMap((j) => schema.columns[j] ?? []);
  const names = new Set(moving.map(({ name }) => name));
  const dated = moving.some(({ kind }) => kind === "datetime");
  return rules.filter((rule) => {
    if (rule.kind === "same-within-patient") return false;
    return columnsOf(rule).some((name) => names.has(name)) || (rule.kind === "nothing-after" && dated);
  });
}

/** Those of `rules` that a row of a patient can be held to: none of its columns changes, none is the end of follow-up. */
export function askedOfPatients(
  rules: readonly Constraint[],
  { statics, end }: Pick<CoursePlan, "statics" | "end">,
  { schema }: Pick<Table, "schema">,
): readonly Constraint[] {
  const names = new Set(statics.flatMap((j) => (j === end ? [] : [schema.columns[j]?.name ?? ""])));
  return rules.filter((rule) => columnsOf(rule).every((name) => names.has(name)));
}

/**
 * Those of `steps` that `rules` say, whichever of its columns a formula is solved for, and those that nearly hold, of which
 * what remains is learned.
 */
function stepsOf(rules: readonly Constraint[], steps: readonly Derivation[], table: Table): Derivation[] {
  const keyOf = (rule: Constraint): string =>
    rule.kind === "formula" ? [...columnsOf(rule)].sort().join("\n") : writeRule(rule);
  const said = new Set(rules.map(keyOf));
  return steps.filter((step) => {
    const rule = ruleOfDerivation(step, table.schema.columns);
    return (
      rule === undefined ||
      said.has(keyOf(rule)) ||
      countRule(rule, table, learnedRule(rule, table)).broken > 0
    );
  });
}

/** What of the columns of a table of visits is left as it is. */
function boundsOf(plan: CoursePlan, table: Table): Bounds {
  const { time, statics, changing, monotone, absorbing } = plan;
  const oneWay = new Set([...monotone, ...absorbing].map(({ column }) => column));
  const targets = new Set([...targetsOf(table), ...[endColumn(table.schema) ?? []].flat()]);
  const free = new Set(changing.filter((j) => !targets.has(j)));
  const settled = new Set([time, ...statics]);
  const allows = (step: Derivation): boolean => {
    if (!free.has(step.column)) return false;
    if (!oneWay.has(step.column)) return true;
    if (step.kind === "forced") return "gives" in step && step.gives === null;
    if (step.kind === "lookup")
      return !step.partial && (settled.has(step.parent) || goesAlong(step, plan, table));
    return (
      step.kind === "relation" && step.exact && !step.partial && step.parents.every((j) => settled.has(j))
    );
  };
  const places = [...table.columns.keys()];
  const keep = places.filter((j) => !free.has(j));
  return { keep, gapless: places.filter((j) => !free.has(j) || oneWay.has(j)), allows };
}

/** Whether a column that goes one way does so wherever the column that tells it does. */
function goesAlong(
  { column, parent, levels, gives }: Lookup,
  { monotone, absorbing }: CoursePlan,
  { columns }: Table,
): boolean {
  const rises = (j: number): boolean => monotone.some((one) => one.column === j);
  if (rises(column) && !rises(parent)) return false;
  const nameOf = (j: number, level: number): string | number =>
    (columns[j] as CodedColumn | { levels?: undefined }).levels?.[level] ?? level;
  const ends = absorbing.filter((one) => one.column === parent);
  return absorbing
    .filter((one) => one.column === column)
    .every(({ level, how }) => {
      const own = nameOf(column, level);
      const from = levels.filter((_, k) => gives[k] === own);
      return (
        from.length > 0 &&
        from.every((name) => ends.some((end) => nameOf(parent, end.level) === name && end.how === how))
      );
    });
}
