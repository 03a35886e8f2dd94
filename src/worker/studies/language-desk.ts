import { FaultError } from "../../core/lab/lab.ts";
import {
  promptPack,
  readReplies,
  type GivenReply as ReplyText,
  type MadeTable,
} from "../../core/studies/studies.ts";
import type { Table } from "../../core/table/table.ts";
import { newId } from "../new-id.ts";
import type { Event as LabEvent, Request } from "../protocol.ts";
import type { GivenReply } from "../protocol-studies.ts";

type Of<T extends Request["type"]> = Extract<Request, { type: T }>;
export type LanguageRequest = Of<"prompt-pack" | "read-replies" | "drop-reply">;

/** A reply with the id that the page drops it by; two may have one name. */
interface GivenText extends ReplyText {
  readonly reply: string;
}

/** Bytes of all replies together; one row of a table is seldom more than 2 kB, and 100 replies have 500 rows at most. */
const MOST_BYTES = 100 * 1024 * 1024;

/** What goes to language models, and what came back. Replies stay in memory, with the table they were asked about. */
export class LanguageDesk {
  private readonly post: (event: LabEvent) => void;
  private given: readonly GivenText[] = [];
  private table: Table | undefined;
  private read: readonly MadeTable[] = [];

  constructor(post: LanguageDesk["post"]) {
    this.post = post;
  }

  /** The rows of the replies, as the language study is asked of them. */
  get tables(): readonly MadeTable[] {
    return this.read;
  }

  /** Rejects with FaultError. */
  async answer(request: LanguageRequest, table: Table): Promise<void> {
    switch (request.type) {
      case "prompt-pack":
        return this.post({
          type: "prompt-pack",
          job: request.job,
          pack: promptPack(table, request.choices),
        });
      case "read-replies":
        return this.take([...this.given, ...(await textsOf(request.replies))], table, request.job);
      case "drop-reply":
        return this.take(
          this.given.filter(({ reply }) => reply !== request.reply),
          table,
          request.job,
        );
    }
  }

  /** Another table is open, or none: its replies go. The same one with other columns: they are read again. */
  follow(table: Table | undefined): void {
    if (this.given.length === 0 || table === this.table) return;
    const same = table !== undefined && table.name === this.table?.name;
    if (same) this.take(this.given, table);
    else {
      this.given = [];
      this.read = [];
      this.table = undefined;
    }
  }

  /** What cannot be read changes nothing. */
  private take(given: readonly GivenText[], table: Table, job?: number): void {
    const size = given.reduce((sum, { text }) => sum + text.length, 0);
    if (size > MOST_BYTES)
      throw new FaultError({
        code: "replies-refused",
        reason: `The replies have ${Math.round(size / 1048576)} MB together; at most ${MOST_BYTES / 1048576} are read.`,
        remedy: "Give fewer of them, or only the part with the rows.",
      });
    const { view, tables } = readReplies(table, given);
    this.given = given;
    this.table = table;
    this.read = tables;
    const replies = view.replies.map((reply, i) => ({ ...reply, reply: given[i]?.reply ?? reply.reply }));
    this.post({ type: "replies", ...(job !== undefined && { job }), replies: { ...view, replies } });
  }
}

async function textsOf(replies: readonly GivenReply[]): Promise<GivenText[]> {
  const texts: GivenText[] = [];
  for (const { name, source, strategy, asked } of replies) {
    if (typeof source !== "string" && source.size > MOST_BYTES)
      throw new FaultError({
        code: "replies-refused",
        reason: `${name} has ${Math.round(source.size / 1048576)} MB; no reply is that long.`,
        remedy: "Give only the part with the rows.",
      });
    texts.push({ reply: newId(), name, text: await textOf(name, source), strategy, asked });
  }
  return texts;
}

async function textOf(file: string, source: string | Blob): Promise<string> {
  if (typeof source === "string") return source;
  try {
    return await source.text();
  } catch (error) {
    const reason = error instanceof Error ? error.message : "The browser gave no reason.";
    throw new FaultError({ code: "file-unreadable", file, reason });
  }
}
