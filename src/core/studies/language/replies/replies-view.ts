/** What came of the replies of a language model: counts and reasons. No row of the real table is in it. */
import type { PromptStrategy } from "../prompts/prompt-pack.ts";

/** Rows that were refused for one reason. */
export interface Refusal {
  /** "repeats", "8 out of range" is written from it: "out of range" */
  readonly reason: string;
  readonly rows: number;
  /** an example in the model's own words; nothing tells whether a real row has it too */
  readonly example?: string;
}

export interface ReplyView {
  readonly reply: string;
  readonly name: string;
  readonly strategy: PromptStrategy;
  readonly asked: number;
  readonly came: number;
  readonly kept: number;
  readonly refused: readonly Refusal[];
  /** rows that never came: asked less came, 0 at least */
  readonly missing: number;
  /** why there is no table in it, with the reply's first words */
  readonly none?: string;
  /** what was turned into what: "300 temperatures turned from °F to °C" */
  readonly repaired: readonly string[];
}

/** How much the kept rows of a strategy repeat themselves, beside as many real rows. */
export interface Collapse {
  readonly strategy: PromptStrategy;
  readonly rows: number;
  readonly distinctRows: number;
  readonly columns: readonly { readonly name: string; readonly distinct: number; readonly real: number }[];
}

export interface RepliesView {
  readonly replies: readonly ReplyView[];
  readonly all: { readonly asked: number; readonly came: number; readonly kept: number };
  /** rows that equal a real patient in nearly all columns: set aside, with what chance alone would give, a sentence each */
  readonly alike: readonly string[];
  readonly collapse: readonly Collapse[];
  /** levels that are not among those five real patients share, by column: most were invented, and a rare one that was guessed is not told from them */
  readonly invented: readonly {
    readonly column: string;
    readonly levels: readonly string[];
    readonly rows: number;
  }[];
}
