import { rulesOfBook, type RuleBook } from "../../clinic/rules/book/rule-book.ts";
import type { ClinicalRule } from "../../clinic/rules/clinical-rule.ts";
import {
  countedRules,
  type Breaks,
  type CountedRule,
  type RuleState,
} from "../../clinic/rules/plausibility-rules.ts";
import { LEAST_SHARED } from "../../table/rare-levels.ts";
import { learnedColumns, type Table } from "../../table/table.ts";
import { count } from "../../words/numbers.ts";
import { percentage } from "../../metrics/measuring/verdict.ts";

/** A clinical rule on a table's columns, as the page and the terminal list it; every text is in words. */
export interface ClinicalLine {
  readonly id: string;
  /** "dbp is below sbp" */
  readonly words: string;
  /** the same as a text between columns, which the Rules of a run take as it is */
  readonly text: string;
  /** the rule as it is kept in a rule book, with braces */
  readonly rule: ClinicalRule;
  readonly state: RuleState;
  readonly by: "built-in" | "person";
  /** "2,381 of 2,381 rows" */
  readonly held: string;
  /** "31 rows break it", "fewer than 5 rows break it" */
  readonly remark: string;
  /** what else is to be known: that a column of it is left out of training, so that no synthetic row has it */
  readonly notes: readonly string[];
  /** "plausibility, atemporal" */
  readonly kahn: string;
  /** "Inker et al., NEJM 385:1737, 2021" */
  readonly source: string;
}

/** The clinical rules of a table, those that ask for a word first. */
export interface ClinicalList {
  readonly lines: readonly ClinicalLine[];
  /** rules that ask about what this table does not have, or has in too few rows */
  readonly others: number;
  /** columns that are not judged, and why */
  readonly notes: readonly string[];
  readonly rows: number;
}

const ORDER: Readonly<Record<RuleState, number>> = { asked: 0, on: 1, off: 1, idle: 2 };

/**
 * The clinical rules that fit the columns of the real rows, with their counts there. Counts of 1 to 4 patients are told as
 * "fewer than 5". A person's rule is listed though it asks nothing of any row.
 */
export function listClinicalRules(real: readonly Table[], book: RuleBook): ClinicalList {
  const { counted, notes } = countedRules(real, book);
  const [train] = real;
  const persons = new Set(book.own.map(({ id }) => id));
  const shown = counted.filter(({ state, bound }) => state !== "idle" || persons.has(bound.rule.id));
  const fitting = new Set(shown.map(({ bound }) => bound.rule.id));
  const unfit = book.own.filter(({ id }) => !fitting.has(id));
  const learned = new Set(
    train === undefined ? [] : learnedColumns(train.schema).map((at) => train.schema.columns[at]?.name),
  );
  const lines = [
    ...shown.map((one) => lineOf(one, persons, learned)),
    ...unfit.map((rule) => unfitLine(rule, book)),
  ];
  return {
    lines: lines.sort((a, b) => rankOf(a) - rankOf(b)),
    others: rulesOfBook(book).filter(({ id }) => !fitting.has(id)).length - unfit.length,
    notes,
    rows: real.reduce((sum, { rows }) => sum + rows, 0),
  };
}

/** What asks for a word, then what a person set, then what comes with the lab. */
const rankOf = ({ state, by }: ClinicalLine): number =>
  state === "asked" ? -1 : ORDER[state] + (by === "person" ? 0 : 1);

function lineOf(
  { bound, state, breaks }: CountedRule,
  persons: ReadonlySet<string>,
  learned: ReadonlySet<string | undefined>,
): ClinicalLine {
  const absent = bound.columns.filter((name) => !learned.has(name));
  return {
    id: bound.rule.id,
    words: bound.text,
    text: bound.written,
    rule: bound.rule,
    state,
    by: persons.has(bound.rule.id) ? "person" : "built-in",
    notes:
      absent.length === 0
        ? []
        : [
            `${absent.join(", ")} ${absent.length === 1 ? "is" : "are"} left out of training, so it is asked of no synthetic row.`,
          ],
    ...brokenWords(breaks),
    ...aboutOf(bound.rule),
  };
}

const unfitLine = (rule: ClinicalRule, book: RuleBook): ClinicalLine => ({
  id: rule.id,
  words: rule.says,
  text: rule.text,
  rule,
  state: book.off.includes(rule.id) ? "off" : "idle",
  by: "person",
  held: "asked of no row",
  remark: "this table does not have what it is about",
  notes: [],
  ...aboutOf(rule),
});

const aboutOf = ({ kahn, source, year }: ClinicalRule): Pick<ClinicalLine, "kahn" | "source"> => ({
  kahn: kahn.replace(".", ", "),
  source: year === undefined || source.includes(String(year)) ? source : `${source}, ${year}`,
});

/** How a rule fared; 1 to 4 patients are never told. */
export function brokenWords({ rows, broken, patients }: Breaks): Pick<ClinicalLine, "held" | "remark"> {
  if (rows === 0) return { held: "asked of no row", remark: "" };
  if (broken === 0) return { held: `${count(rows)} of ${count(rows)}`, remark: "" };
  if (patients < LEAST_SHARED)
    return { held: `nearly all ${count(rows)}`, remark: "fewer than 5 patients break it" };
  const kept = rows - broken;
  const few = kept > 0 && kept < LEAST_SHARED;
  return {
    held: few ? `hardly any of ${count(rows)}` : `${count(kept)} of ${count(rows)}`,
    remark: few
      ? "nearly all rows break it"
      : `${count(broken)} rows break it (${percentage(broken / rows)})`,
  };
}
