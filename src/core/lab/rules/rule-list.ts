import type { Fault } from "../../fault.ts";
import type { Constraint, Rule, Support } from "../../rules/constraint.ts";
import type { Trouble } from "../../rules/contradictions.ts";

/**
 * What a person made of one rule. `by: "found"`: that it is on or off; one that the rows do not show is then a rule of the
 * person's. `instead`: the text of the found rule whose place it takes.
 */
export interface RuleChoice extends Rule {
  readonly instead?: string;
}

export type RuleGroup = "found" | "nearly" | "person";

/** A rule as it is listed on the page and in the terminal; every text is in words. */
export interface RuleLine {
  /** from 1, in the order of the list */
  readonly index: number;
  readonly rule: RuleChoice;
  readonly group: RuleGroup;
  /** how it reads as a tree; none where it cannot be read with these columns */
  readonly constraint?: Constraint;
  /** "Order", "Range" */
  readonly kind: string;
  readonly words: string;
  /** rows that it asks something of and that break it; none where it cannot be read */
  readonly support?: Support;
  /** "2,381 of 2,381" */
  readonly held: string;
  /** "may fail in up to 0.1%", "31 rows break it" */
  readonly remark: string;
  /** "19 rows have a gap" */
  readonly gap: string;
  /** what else is to be known of it before training */
  readonly notes: readonly string[];
  /** how it is kept: "always, built in" */
  readonly kept: string;
  /** why it cannot be read */
  readonly fault?: Fault;
}

/** The rules of a table: those found in its training rows, in their order, then those a person set. */
export interface RuleList {
  readonly lines: readonly RuleLine[];
  /** What must be settled before training; a place in its `rules` is one in `lines`. */
  readonly troubles: readonly Trouble[];
  /** training rows that were looked at */
  readonly rows: number;
}

/** What is said of a rule while it is being written. */
export interface RuleCheck {
  /** the text that was asked about; left out where a form was */
  readonly asked?: string;
  /** the rule as it is written when it is kept; what was asked where it cannot be read */
  readonly text: string;
  readonly constraint?: Constraint;
  readonly kind?: string;
  readonly words?: string;
  /** where in the text it cannot be read on, from 0 */
  readonly at?: number;
  readonly said: readonly { readonly mark: "ok" | "bad" | "note"; readonly text: string }[];
}

/** Rules from a file, as choices, and what is to be said of them. */
export interface OpenedRules {
  readonly name: string;
  readonly choices: readonly RuleChoice[];
}
