import type { StudyFigure, StudyResult, StudyTable, StudyUnit } from "../../report/study.ts";
import { count, fixed, percent, plain } from "../../words/numbers.ts";

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
    ...columns.map(({ unit }, i) => cellText(own[i], unit ?? "number")),
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

/** "0.612 ± 0.021"; a dash for what could not be measured. */
function cellText(cell: StudyFigure | string | undefined, unit: StudyUnit): string {
  if (cell === undefined) return "–";
  if (typeof cell === "string") return cell;
  const { value, interval } = cell;
  const write = writers[unit];
  if (interval === undefined || !Number.isFinite(value)) return write(value);
  return `${write(value)} ± ${write((interval.high - interval.low) / 2)}`;
}

const three = (value: number): string => fixed(value, 3);

const writers: Readonly<Record<StudyUnit, (value: number) => string>> = {
  AUC: three,
  AUROC: three,
  "R²": three,
  nats: three,
  share: percent,
  number: plain,
  seconds: (value) => `${plain(value)} s`,
  count,
};
