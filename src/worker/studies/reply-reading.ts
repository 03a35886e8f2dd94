import { FaultError } from "../../core/lab/lab.ts";
import type { MadeTable } from "../../core/studies/studies.ts";
import type { PromptStrategy } from "../../core/studies/language/prompts/prompt-pack.ts";
import type { RepliesView } from "../../core/studies/language/replies/replies-view.ts";
import type { Table } from "../../core/table/table.ts";

export interface GivenText {
  readonly reply: string;
  readonly name: string;
  readonly text: string;
  readonly strategy: PromptStrategy;
  readonly asked: number;
}

export function readReplies(
  _table: Table,
  given: readonly GivenText[],
): { readonly view: RepliesView; readonly tables: readonly MadeTable[] } {
  if (given.length > 0)
    throw new FaultError({
      code: "replies-refused",
      reason: "Replies cannot be read yet.",
      remedy: "Try again later.",
    });
  const none = { asked: 0, came: 0, kept: 0 };
  return { view: { replies: [], all: none, alike: [], collapse: [], invented: [] }, tables: [] };
}
