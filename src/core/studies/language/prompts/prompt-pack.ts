/** What goes to a language model, made from the schema and from counts that no fewer than five patients are behind. */

export const PROMPT_STRATEGIES = ["plain", "schema", "conditional", "by-group"] as const;
export type PromptStrategy = (typeof PROMPT_STRATEGIES)[number];

/** Rows of one reply and replies, at most. */
export const MOST_ROWS_ASKED = 500;
export const MOST_REPLIES = 100;

/** What a person chose to send. */
export interface PromptChoices {
  readonly strategy: PromptStrategy;
  /** rows of one reply, 1 to 500 */
  readonly rows: number;
  /** how many replies are asked for, 1 to 100 */
  readonly replies: number;
  readonly format: "csv" | "json";
  /** parts that were cut, by `PromptPart.id` */
  readonly cut: readonly string[];
  /** the columns that groups are made by (strategy "by-group"); left out: the likeliest */
  readonly groups?: readonly string[];
}

export const USUAL_CHOICES: PromptChoices = {
  strategy: "schema",
  rows: 50,
  replies: 6,
  format: "csv",
  cut: [],
};

/** A piece of a prompt: `table` marks what was taken from the table. */
export interface PromptPiece {
  readonly text: string;
  readonly table?: true;
}

/** A line of a prompt; one with an id can be cut and put back. */
export interface PromptLine {
  readonly id?: string;
  readonly cut?: true;
  readonly pieces: readonly PromptPiece[];
}

export interface Prompt {
  /** "Group: women over 65" */
  readonly name: string;
  readonly lines: readonly PromptLine[];
  /** what is sent, word for word: `lines` without those that are cut */
  readonly text: string;
  /** how many times it is sent */
  readonly times: number;
}

/** A kind of thing that goes in, on the list beside the prompt. */
export interface PromptPart {
  /** "names", "levels", "ranges", "middle", "shares", or "column:" and a column's name */
  readonly id: string;
  /** "Levels shared by 5 patients or more" */
  readonly name: string;
  /** how many of them, or "41 levels" */
  readonly count: string;
  readonly cut: boolean;
  /** stands for one column: with many of them a page shows those that are cut and keeps the rest folded */
  readonly column?: true;
}

export interface PromptPack {
  readonly choices: PromptChoices;
  /** the prompts of the chosen strategy; none where the table has nothing to make them by, which `told` says */
  readonly prompts: readonly Prompt[];
  readonly parts: readonly PromptPart[];
  /** what never goes in, one sentence */
  readonly never: string;
  /** columns and groups that were left out, one sentence each; no cell and no count below five is in them */
  readonly told: readonly string[];
  /** columns that groups can be made by, the likeliest first */
  readonly groupColumns: readonly string[];
  /** one text file a strategy: { name: "prompts-schema.md", text } */
  readonly files: readonly { readonly name: string; readonly text: string }[];
}
