import { wasStopped } from "../../state/runs.ts";
import { referenceOf, type Row } from "./board.ts";
import type { Measure } from "./measures.ts";

const quoted = (text: string): string => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** A text that a spreadsheet would run as a formula gets an apostrophe before it: run names are a person's own. */
const plainText = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);

const number = (value: number | undefined): string =>
  value === undefined || !Number.isFinite(value) ? "" : String(Number(value.toPrecision(6)));

/**
 * The leaderboard as CSV, in the order shown: per measure the value, the ends of its 95% interval, the score, what
 * held-out real rows reach, and the standing.
 */
export function boardCsv(rows: readonly Row[], measures: readonly Measure[]): string {
  const head = [
    "method",
    "settings",
    "runs",
    "measured",
    "stopped_early",
    "seeds",
    ...measures.flatMap(({ id }) =>
      ["", "_low", "_high", "_score", "_real", "_standing"].map(
        (part) => `${id.replaceAll("-", "_")}${part}`,
      ),
    ),
    "seconds",
  ];
  const lines = rows.map((row) => [
    plainText(row.name),
    plainText(row.settings),
    String(row.runs.length),
    String(row.measured.length),
    String(row.measured.filter(wasStopped).length),
    row.runs.map((run) => run.request.seed).join(" "),
    ...measures.flatMap((measure) => {
      const cell = row.cells[measure.id];
      if (cell === undefined) return ["", "", "", "", "", ""];
      const { value, half, score, standing } = cell;
      return [
        number(value),
        number(value - half),
        number(value + half),
        number(score),
        number(referenceOf(measure, rows)),
        standing,
      ];
    }),
    number(row.seconds),
  ]);
  return [head, ...lines].map((cells) => `${cells.map(quoted).join(",")}\r\n`).join("");
}
