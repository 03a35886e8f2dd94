import { writeName } from "../rules/language/cursor.ts";
import { tokensOf } from "../rules/language/tokens.ts";
import { asFault } from "../fault.ts";

/** A rule's text once the column `from` is called `to`; as it is where it cannot be read. */
export function renamedIn(text: string, from: string, to: string): string {
  try {
    let renamed = "";
    let done = 0;
    for (const { type, text: said, at, end } of tokensOf(text)) {
      if ((type !== "word" && type !== "name") || said !== from) continue;
      renamed += text.slice(done, at) + writeName(to);
      done = end;
    }
    return renamed + text.slice(done);
  } catch (error) {
    if (asFault(error).code === "rule-unreadable") return text;
    throw error;
  }
}
