import { readRule } from "../../rules/read-rule.ts";
import type { ColumnSchema, Table } from "../../table/table.ts";
import type { CoursePlan } from "../../visits/course-plan.ts";
import type { Artifact } from "../synthesizer.ts";

/**
 * The rules that the model of the patients within a saved model of visits keeps by itself, as texts: those that speak of
 * columns which the visits have too, none of them the end of follow-up, which is a length of time there.
 */
export function patientRules(
  { state }: Artifact,
  { statics, end }: Pick<CoursePlan, "statics" | "end">,
  { schema }: Pick<Table, "schema">,
): string[] {
  const columns = statics.flatMap((j) => (j === end ? [] : [schema.columns[j] as ColumnSchema]));
  const saved = state["patients"] as { readonly state?: { readonly rules?: unknown } } | undefined;
  const rules: readonly unknown[] = Array.isArray(saved?.state?.rules) ? saved.state.rules : [];
  return rules.flatMap((rule) => {
    const text = (rule as { readonly text?: unknown } | null)?.text;
    return typeof text === "string" && isReadable(text, columns) ? [text] : [];
  });
}

function isReadable(text: string, columns: readonly ColumnSchema[]): boolean {
  try {
    readRule(text, columns);
    return true;
  } catch {
    return false;
  }
}
