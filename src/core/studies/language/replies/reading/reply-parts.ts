/** A stretch of a reply: what stands between a pair of code fences, or outside of them. */
export interface ReplyPart {
  readonly text: string;
  readonly fenced: boolean;
  /** a fence that is never closed: the reply ends within it */
  readonly open: boolean;
}

const THOUGHT = ["think", "thinking", "reasoning", "thought", "scratchpad", "analysis"];
const FENCE = /^[ \t>]*(`{3,}|~{3,})/;

/** A reply without the model's thoughts before it; all of it is a thought where they never end. */
export function withoutThoughts(text: string): string {
  let rest = text;
  for (const name of THOUGHT) {
    const [opening, closing] = [`<${name}>`, `</${name}>`];
    for (;;) {
      const end = rest.indexOf(closing);
      const start = rest.indexOf(opening);
      if (start < 0 && end < 0) break;
      if (end < 0) {
        rest = rest.slice(0, start);
        break;
      }
      const before = start >= 0 && start < end ? rest.slice(0, start) : "";
      rest = before + rest.slice(end + closing.length);
    }
  }
  return rest;
}

/** The parts of a reply in their order, none of them blank. */
export function partsOfReply(text: string): ReplyPart[] {
  const parts: ReplyPart[] = [];
  let lines: string[] = [];
  let fence: string | undefined;
  const close = (open: boolean): void => {
    const own = lines.join("\n");
    if (own.trim() !== "") parts.push({ text: own, fenced: fence !== undefined, open });
    lines = [];
  };
  for (const line of text.split("\n")) {
    const mark = FENCE.exec(line)?.[1];
    if (mark === undefined || (fence !== undefined && !mark.startsWith(fence))) {
      lines.push(line);
      continue;
    }
    close(false);
    fence = fence === undefined ? mark : undefined;
  }
  close(fence !== undefined);
  return parts;
}
