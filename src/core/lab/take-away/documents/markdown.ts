import type { Report } from "../../../report/report.ts";
import { visible } from "../html/markup.ts";
import { ALL_UNDERSTOOD, READING_INTRO, READING_TITLE, readingWords } from "../reading-words.ts";

/** Text of unknown origin on one line of Markdown, with nothing in it that Markdown or HTML would act on. */
export const mark = (text: string): string =>
  visible(text)
    .replace(/\s+/g, " ")
    .trim()
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/[\\`*_{}[\]|~#>]/g, (char) => `\\${char}`)
    .replace(/^([+-]|\d+[.)])(?=\s|$)/, (start) => `\\${start}`);

/** `rows` of cells that are Markdown already. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

export const list = (items: readonly string[]): string => items.map((item) => `- ${item}`).join("\n");

/** Blocks with an empty line between them and one line end at the end. */
export const blocks = (parts: readonly (string | undefined | false)[]): string =>
  `${parts.filter((part) => part !== undefined && part !== false && part !== "").join("\n\n")}\n`;

/** What was not understood when the table was read, as a paragraph and a list; nothing where it is not known. */
export function readingBlock(report: Report): string | undefined {
  const lines = readingWords(report);
  if (lines === undefined) return undefined;
  return `${READING_TITLE}. ${READING_INTRO}\n\n${list(lines.length === 0 ? [ALL_UNDERSTOOD] : lines.map(mark))}`;
}

/** What only the people who hold the real table can say. */
export const toFillIn = (what: string): string => `_To be filled in by those who hold the table:_ ${what}`;
