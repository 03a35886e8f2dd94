import { visible } from "./markup.ts";

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

/** What only the people who hold the real table can say. */
export const toFillIn = (what: string): string => `_To be filled in by those who hold the table:_ ${what}`;
