import type { StudyResult, StudyTable } from "../../report/study.ts";
import { figureWords } from "../../shapes/studies/figure-words.ts";

/** A study's result as lines of plain text: what was found, what else, the tables, what could not be run, the limits. */
export function studyLines(result: StudyResult): string[] {
  const { say, more = [], tables, notes = [], failed, cells } = result;
  return [
    say.bold,
    ...(say.rest === undefined ? [] : [say.rest]),
    ...more,
    ...tables.flatMap((table) => ["", ...tableLines(table)]),
    ...(cells.done < cells.all ? ["", `${cells.done} of ${cells.all} cells are done.`] : []),
    ...(failed.length > 0 ? ["", "Could not be run:"] : []),
    ...failed.map(({ cell, reason }) => `  ${cell}: ${reason}`),
    ...(notes.length > 0 ? ["", ...notes] : []),
  ];
}

/** Its title, a line of names (and one above it where columns have a heading in common), and a line for each row. */
function tableLines({ title, note, columns, rows }: StudyTable): string[] {
  const cells = rows.map(({ name, cells: own }) => [
    name,
    ...columns.map(({ unit }, i) => {
      const cell = own[i];
      return typeof cell === "string" ? cell : figureWords(cell, unit ?? "number");
    }),
  ]);
  const names = ["", ...columns.map(({ name }) => name)];
  const over = [
    "",
    ...columns.map((column, i) => (column.over === columns[i - 1]?.over ? "" : (column.over ?? ""))),
  ];
  const lines = [...(over.some((text) => text !== "") ? [over] : []), names, ...cells];
  const widths = names.map((_, i) => Math.max(...lines.map((line) => (line[i] ?? "").length)));
  const written = lines.map((line) =>
    line
      .map((text, i) => (i === 0 ? text.padEnd(widths[i] ?? 0) : text.padStart(widths[i] ?? 0)))
      .join("  ")
      .trimEnd(),
  );
  return [note === undefined ? `${title}:` : `${title} (${note}):`, ...written.map((line) => `  ${line}`)];
}
