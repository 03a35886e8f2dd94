import { ruleTroubles } from "../../../rules/contradictions.ts";
import type { Table } from "../../../table/table.ts";
import { knownColumns } from "../../ranges/known-quantities.ts";
import { bindRule } from "../bind-rule.ts";
import type { ClinicalRule } from "../clinical-rule.ts";
import { columnConcepts } from "../concepts/column-concepts.ts";
import type { ReadOwnRule } from "./own-rule.ts";

/** Why rules of a person's cannot be used. */
export interface BookTrouble {
  readonly rules: readonly ClinicalRule[];
  /** a sentence or more */
  readonly detail: string;
}

/** Rules that exclude each other, that no row can keep or that nothing can calculate, on a table. */
export async function bookTroubles(read: readonly ReadOwnRule[], table: Table): Promise<BookTrouble[]> {
  const named = read.flatMap(({ rule, bound }) => bound.map((one) => ({ rule, text: one.written })));
  const troubles = await ruleTroubles(
    named.map(({ text }) => ({ text, on: true, by: "person" as const })),
    table,
  );
  return troubles.flatMap(({ code, rules, detail }) => {
    const never = code === "contradict" || code === "impossible";
    if (!never && !(code === "idle" && detail.includes("division by zero"))) return [];
    return [{ rules: rules.flatMap((at) => named[at]?.rule ?? []), detail }];
  });
}

/** Why one rule cannot be used beside others, in words; undefined where it can. */
export async function troubleOf(
  read: ReadOwnRule,
  others: readonly ClinicalRule[],
  table: Table,
): Promise<string | undefined> {
  const concepts = columnConcepts(table, knownColumns([table]));
  const beside = others.map((rule) => ({ rule, bound: bindRule(rule, concepts, table) }));
  const troubles = await bookTroubles([...beside, read], table);
  const own = troubles.find(({ rules }) => rules.some(({ id }) => id === read.rule.id));
  if (own === undefined) return undefined;
  const [other] = own.rules.filter(({ id }) => id !== read.rule.id);
  const apart = other === undefined ? "" : `It excludes your rule “${other.says}”. `;
  return `${apart}${own.detail}`;
}
