import type { Constraint } from "../../rules/constraint.ts";
import { writeName } from "../../rules/language/cursor.ts";
import { columnsOf } from "../../rules/language/names-in.ts";
import { learnedRule } from "../../rules/learned-rule.ts";
import { readRule, ruleColumns } from "../../rules/read-rule.ts";
import { ruleTest } from "../../rules/rule-test.ts";
import { writeRule } from "../../rules/write-rule.ts";
import type { Table } from "../../table/table.ts";
import { conversion } from "../ranges/unit-conversions.ts";
import type { ClinicalRule } from "./clinical-rule.ts";
import type { TableConcepts } from "./concepts/column-concepts.ts";
import type { ColumnConcept } from "./concepts/concept.ts";
import { fillText, placeholdersIn, type Placeholder } from "./placeholders.ts";

/** A clinical rule on columns of a table. */
export interface PlausibilityRule {
  readonly rule: ClinicalRule;
  /** what holds where it is kept: "dbp is below sbp" */
  readonly text: string;
  /** the same in the rule language, over the columns of the table it was matched to */
  readonly written: string;
  readonly columns: readonly string[];
  /** Whether a row of `table` breaks it; undefined where it asks nothing. `table` has the columns of the one it was matched to. */
  readonly breaks: (table: Table) => (row: number) => boolean | undefined;
}

/**
 * A rule on each set of columns that it fits: those that were measured together. None where the table lacks a column or
 * its unit. Throws FaultError `rule-unreadable` where the text cannot be read with the columns.
 * @param train whose columns and levels these are
 */
export function bindRule(rule: ClinicalRule, table: TableConcepts, train: Table): PlausibilityRule[] {
  const placeholders = placeholdersIn(rule.text);
  const concepts =
    rule.kind === "range" && placeholders.length === 1
      ? [...table.concepts, ...table.disputed]
      : table.concepts;
  const wanted = [...new Set(placeholders.map(({ concept }) => concept))];
  return matches(wanted, concepts).flatMap((chosen) => {
    const by = new Map(chosen.map((one) => [one.concept, one]));
    const sentence = sentenceOf(rule, by, table.concepts);
    return unitsFit(rule, placeholders, by) ? boundTo(rule, by, train, sentence) : [];
  });
}

type Chosen = ReadonlyMap<string, ColumnConcept>;

function boundTo(rule: ClinicalRule, chosen: Chosen, train: Table, text: string): PlausibilityRule[] {
  const filled = filledIn(rule, chosen, train);
  if (filled === undefined) return [];
  const columns = ruleColumns(train);
  const constraint = readRule(filled, columns);
  const learned = learnedRule(constraint, train);
  const inTable = (table: Table): Constraint | undefined => {
    const own = filledIn(rule, chosen, table);
    if (own === filled) return constraint;
    return own === undefined ? undefined : readRule(own, ruleColumns(table));
  };
  return [
    {
      rule,
      text,
      written: writeRule(constraint, columns),
      columns: columnsOf(constraint),
      breaks: (table) => {
        const own = inTable(table);
        if (own === undefined) return () => undefined;
        const keeps = ruleTest(own, table, learned);
        return (row) => {
          const kept = keeps(row);
          return kept === undefined ? undefined : !kept;
        };
      },
    },
  ];
}

/** What a sentence names may be more than what the text is of: the other sex. */
const sentenceOf = (
  { says, kind }: ClinicalRule,
  chosen: Chosen,
  concepts: readonly ColumnConcept[],
): string =>
  fillText(says, (placeholder) => {
    const { concept } = placeholder;
    const one = chosen.get(concept) ?? concepts.find((other) => other.concept === concept);
    return (kind === "range" ? one?.named : undefined) ?? one?.says ?? concept.toLowerCase();
  });

/** The rule's text with the columns in it; undefined where `table` has nothing that one of them could be. */
function filledIn({ text }: ClinicalRule, chosen: Chosen, table: Table): string | undefined {
  let whole = true;
  const filled = fillText(text, (placeholder) => {
    const one = chosen.get(placeholder.concept);
    const own = one?.text(table);
    if (one === undefined || own === undefined) {
      whole = false;
      return "";
    }
    const bare = one.columns.length === 0 || one.columns.some((name) => writeName(name) === own);
    return bare || text.trim() === `{${placeholder.concept}}` ? converted(own, one, placeholder) : `(${own})`;
  });
  return whole ? filled : undefined;
}

/** The column in the unit that is asked for. */
function converted(name: string, { concept, unit }: ColumnConcept, wanted: Placeholder): string {
  if (unit === undefined || wanted.unit === undefined) return name;
  const by = conversion(concept, unit, wanted.unit);
  if (by === undefined || (by.times === 1 && by.plus === 0)) return name;
  const times = by.times === 1 ? name : `${short(by.times)} * ${name}`;
  if (by.plus === 0) return `(${times})`;
  return `(${times} ${by.plus < 0 ? "-" : "+"} ${short(Math.abs(by.plus))})`;
}

const short = (value: number): string => String(Number(value.toPrecision(6)));

/** Units that are asked for can be had; other columns are in the rule's unit, or, where others have others, all in one. */
function unitsFit(rule: ClinicalRule, placeholders: readonly Placeholder[], chosen: Chosen): boolean {
  const plain: ColumnConcept[] = [];
  for (const { concept, unit } of placeholders) {
    const one = chosen.get(concept);
    if (one?.unit === undefined) continue;
    if (unit === undefined) plain.push(one);
    else if (conversion(concept, one.unit, unit) === undefined) return false;
  }
  if (rule.unit !== undefined) return plain.every(({ unit }) => unit === rule.unit);
  return new Set(plain.flatMap(({ unit, severalUnits }) => (severalUnits === true ? [unit] : []))).size <= 1;
}

/** The sets of columns that go together, one for each of `wanted`. */
function matches(wanted: readonly string[], concepts: readonly ColumnConcept[]): ColumnConcept[][] {
  if (wanted.length === 0) return [[]];
  const lists = wanted.map((name) => concepts.filter(({ concept }) => concept === name));
  const measured = lists.findIndex(([one]) => one?.goes === "beside");
  const dated = lists.findIndex(([one]) => one?.goes === "event");
  const at = measured >= 0 ? measured : Math.max(0, dated);
  const anchors = lists[at] ?? [];
  return anchors.flatMap((anchor) =>
    combined(lists.map((list, i) => (i === at ? [anchor] : companions(anchor, list, anchors.length === 1)))),
  );
}

function companions(
  anchor: ColumnConcept,
  list: readonly ColumnConcept[],
  only: boolean,
): readonly ColumnConcept[] {
  const goes = list[0]?.goes;
  if (goes === "each")
    return list.filter(({ columns }) => columns.every((name) => !anchor.columns.includes(name)));
  const beside = list.filter((one) => one.beside === anchor.beside);
  if (beside.length > 0) return goes === "beside" ? beside.slice(0, 1) : beside;
  if (goes === "beside" && anchor.goes === "beside") return [];
  if (goes === "event" && anchor.goes === "event") return only && list.length === 1 ? list : [];
  return list.length === 1 ? list : list.filter((one) => one.beside === "");
}

const combined = (lists: readonly (readonly ColumnConcept[])[]): ColumnConcept[][] =>
  lists.reduce<ColumnConcept[][]>(
    (sets, list) => sets.flatMap((set) => list.map((one) => [...set, one])),
    [[]],
  );
