import { LEAST_SHARED } from "../../table/rare-levels.ts";
import type { Constraint } from "../constraint.ts";

/** What a person can do about a trouble. `rule` is a place in the list of rules. */
export interface WayOut {
  readonly words: string;
  readonly change:
    | { readonly type: "switch-off"; readonly rule: number }
    | { readonly type: "rewrite"; readonly rule: number; readonly text: string }
    | { readonly type: "include"; readonly column: string };
}

/** Something to settle, or to know, before training. */
export interface Trouble {
  /**
   * `unreadable`: its text; `contradict`: rules that exclude each other; `impossible`: no row can keep it; `unfit`: about
   * a column that is not learned; `broken`: by training rows; `level`: names a level that there is not; `idle`: asks
   * nothing of any training row
   */
  readonly code: "unreadable" | "contradict" | "impossible" | "unfit" | "broken" | "level" | "idle";
  /** places in the list of rules, rising */
  readonly rules: readonly number[];
  /** Training waits until it is settled. */
  readonly stops: boolean;
  readonly title: string;
  readonly detail: string;
  readonly ways: readonly WayOut[];
}

/** A rule that is on and can be read; `at`: its place in the list. */
export interface ReadRule {
  readonly at: number;
  readonly constraint: Constraint;
  readonly words: string;
}

/** A rule's number, from 1, for a person. */
export const numberOf = (at: number): string => String(at + 1);

export const switchOff = (at: number): WayOut => ({
  words: `Switch off rule ${numberOf(at)}`,
  change: { type: "switch-off", rule: at },
});

export const figure = (value: number): string => value.toLocaleString("en");
/** A count, unless it is of one to four patients. */
export const atLeastFive = (value: number, patients = value): string =>
  value > 0 && patients < LEAST_SHARED ? "fewer than 5" : figure(value);
