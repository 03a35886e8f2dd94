/** What the page shows before a run with a guarantee. JSON-safe; it stays on this machine. */
import type { PublicFacts } from "../../private/public/public-facts.ts";

/** One line of “What is public”. */
export interface PublicLine {
  /** "Range of age", "Levels of sex", "Column names, 13" */
  readonly what: string;
  /** decision: nothing is known of it; it is paid for until a person declares it */
  readonly cost: "public" | "paid" | "decision";
  /** one sentence */
  readonly why: string;
  /** the column that a declaration would be of, and which kind of declaration */
  readonly column?: string;
  readonly declares?: "range" | "levels" | "missing";
}

/** One stop of the switch. */
export interface GuaranteeStop {
  /** left out: no guarantee */
  readonly epsilon?: number;
  /** what an attacker can then know, one sentence */
  readonly sentence: string;
  /** how sure someone who was unsure 50 to 50 can become: e^epsilon / (1 + e^epsilon) */
  readonly sure?: number;
  /** use of the target that is expected, from tables measured in advance; left out where none is like this one */
  readonly expected?: { readonly value: number; readonly low: number; readonly high: number };
  /** how easily the rows will be told from real ones (C2ST AUC), measured in advance */
  readonly told?: number;
}

export interface GuaranteeOffer {
  readonly unit: "patient" | "row";
  readonly delta: number;
  /** what dp-auto takes, its name, and one sentence that says why */
  readonly takes: string;
  readonly why: string;
  /** methods that cannot be taken here, and why */
  readonly unfit: readonly { readonly synthesizer: string; readonly why: string }[];
  readonly stops: readonly GuaranteeStop[];
  readonly lines: readonly PublicLine[];
  /** what `lines` says, as facts: declared ones and those of clinical quantities */
  readonly facts: PublicFacts;
  /** why nothing useful is left, with the way out: fewer than 50 rows, too many columns */
  readonly warnings: readonly string[];
  /** "Predicting death, AUROC"; left out without a target of levels */
  readonly use?: string;
}
