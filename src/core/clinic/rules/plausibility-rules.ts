import { FaultError } from "../../fault.ts";
import type { Table } from "../../table/table.ts";
import { MOST_REAL_BREAKS, knownColumns } from "../ranges/known-quantities.ts";
import { bindRule, type PlausibilityRule } from "./bind-rule.ts";
import { NO_CHANGES, rulesOfBook, type RuleBook } from "./book/rule-book.ts";
import type { ClinicalRule } from "./clinical-rule.ts";
import { columnConcepts, type TableConcepts } from "./concepts/column-concepts.ts";

export type { PlausibilityRule } from "./bind-rule.ts";

const MOST_RULES = 200;
/** Real rows that a rule must apply to. */
const LEAST_ROWS = 20;

/** Rows that a rule asks something of, those that break it, and of how many different patients these are. */
export interface Breaks {
  readonly broken: number;
  readonly rows: number;
  readonly patients: number;
}

/**
 * What is made of a rule. "asked": more than 5% of the real rows break it, so it waits for a person's word; "idle": too few
 * real rows have what it asks about, or it is the stricter form of a rule and does not hold here.
 */
export type RuleState = "on" | "off" | "asked" | "idle";

/** A rule on a table's columns, with its count in the real rows. */
export interface CountedRule {
  readonly bound: PlausibilityRule;
  readonly state: RuleState;
  readonly breaks: Breaks;
  /** it is about a column whose values contradict its name, which a note tells of already */
  readonly disputed: boolean;
}

export interface PlausibilityRules {
  readonly rules: readonly PlausibilityRule[];
  /** what was not judged and why, one sentence each */
  readonly notes: readonly string[];
}

/**
 * What cannot be in a row, by the names of its columns: values beyond what a quantity can be, a diastolic pressure that is
 * not below the systolic, a discharge before the admission, a pregnant man. A rule that more than 5% of the real rows
 * break is left out with a note, unless a person said that it holds.
 * @param real the real tables, same columns in each
 * @param book what a person made of the rules
 */
export function plausibilityRules(real: readonly Table[], book: RuleBook = NO_CHANGES): PlausibilityRules {
  const { counted, notes } = countedRules(real, book);
  return {
    rules: counted
      .filter(({ state }) => state === "on")
      .slice(0, MOST_RULES)
      .map(({ bound }) => bound),
    notes: [
      ...notes,
      ...counted
        .filter(({ state, disputed }) => state === "asked" && !disputed)
        .map(
          ({ bound }) =>
            `“${bound.text}” is not asked: more than ${100 * MOST_REAL_BREAKS}% of the real rows break it.`,
        ),
    ],
  };
}

/** Every rule that fits the columns of `real`, with its count there; `notes`: columns that are not judged, and why. */
export function countedRules(
  real: readonly Table[],
  book: RuleBook = NO_CHANGES,
): { readonly counted: readonly CountedRule[]; readonly notes: readonly string[] } {
  const [train] = real;
  if (train === undefined) return { counted: [], notes: [] };
  const known = knownColumns(real);
  const concepts = columnConcepts(train, known);
  const disputed = new Set(known.disputed.map(({ name }) => name));
  const own = new Set(book.own.map(({ id }) => id));
  const unread: string[] = [];
  const counted = rulesOfBook(book).flatMap((rule) => {
    const matched = boundTo(rule, concepts, train);
    if (matched === undefined && own.has(rule.id))
      unread.push(`“${rule.says}” is not asked: it names what these columns do not have.`);
    const fitting = (matched ?? []).map((bound) => ({ bound, breaks: breaksIn(bound, real) }));
    return (rule.pick === "best" ? bestOf(fitting) : fitting).map(({ bound, breaks }) => ({
      bound,
      breaks,
      state: stateOf(breaks, bound.rule, book, own),
      disputed: bound.columns.some((name) => disputed.has(name)),
    }));
  });
  return { counted, notes: [...unread, ...known.notes] };
}

/** A rule that does not suit the columns, such as one of an age that is given in words, asks nothing of them. */
function boundTo(
  rule: ClinicalRule,
  concepts: TableConcepts,
  train: Table,
): readonly PlausibilityRule[] | undefined {
  try {
    return bindRule(rule, concepts, train);
  } catch (error) {
    if (error instanceof FaultError && error.fault.code === "rule-unreadable") return undefined;
    throw error;
  }
}

interface Fitting {
  readonly bound: PlausibilityRule;
  readonly breaks: Breaks;
}

function bestOf(fitting: readonly Fitting[]): readonly Fitting[] {
  const share = ({ breaks }: Fitting): number => (breaks.rows < LEAST_ROWS ? 1 : breaks.broken / breaks.rows);
  return [...fitting].sort((a, b) => share(a) - share(b)).slice(0, 1);
}

function stateOf(
  { rows, broken }: Breaks,
  { id, quiet }: ClinicalRule,
  book: RuleBook,
  own: ReadonlySet<string>,
): RuleState {
  if (book.off.includes(id)) return "off";
  if (rows < LEAST_ROWS) return "idle";
  const believed = broken <= MOST_REAL_BREAKS * rows;
  if (believed || own.has(id) || book.on.includes(id)) return "on";
  return quiet === true ? "idle" : "asked";
}

/** How many rows of the tables a rule applies to, how many break it, and of how many different patients these are. */
export function breaksIn(rule: PlausibilityRule, tables: readonly Table[]): Breaks {
  let broken = 0;
  let rows = 0;
  let patients = 0;
  for (const table of tables) {
    const breaks = rule.breaks(table);
    const seen = new Set<number>();
    for (let row = 0; row < table.rows; row++) {
      const answer = breaks(row);
      if (answer === undefined) continue;
      rows++;
      if (!answer) continue;
      broken++;
      seen.add(table.patients?.[row] ?? row);
    }
    patients += seen.size;
  }
  return { broken, rows, patients };
}
