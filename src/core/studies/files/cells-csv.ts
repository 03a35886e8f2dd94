import type { StudyCell, CellDone } from "../study.ts";
import { guard, quoter } from "../../table/write-csv.ts";

const quote = quoter({ delimiter: ",", quote: '"', newline: "\r\n", bom: false, encoding: "utf-8" });

/**
 * Every number of every cell that has been run, one a line, in the order of the grid: the factors (method, seed ...), what was
 * measured, of what of the cell, the value, the rows behind it, the cell's seconds, and why a cell that failed did. RFC 4180,
 * UTF-8; a text that a spreadsheet would run as a formula has ' before it. Resamples are left out.
 */
export function cellsCsv(cells: readonly StudyCell[], done: readonly CellDone[]): string {
  const ran = new Map(done.map((one) => [one.key, one]));
  const factors = [...new Set(cells.flatMap((cell) => Object.keys(cell.factors)))];
  const lines: (string | number)[][] = [
    [...factors, "measure", "of", "value", "n", "cell_seconds", "failed"],
  ];
  for (const cell of cells) {
    const own = ran.get(cell.key);
    if (own === undefined) continue;
    const start = factors.map((name) => cell.factors[name] ?? "");
    const seconds = round(own.seconds);
    if (own.failed !== undefined) lines.push([...start, "", "", "", "", seconds, own.failed]);
    for (const { measure, of = {}, value, n } of own.rows) {
      const about = Object.entries(of).map(([name, which]) => `${name}=${which}`);
      const number = Number.isFinite(value) ? value : "";
      lines.push([...start, measure, about.join("; "), number, n ?? "", seconds, ""]);
    }
  }
  return lines.map((line) => `${line.map(written).join(",")}\r\n`).join("");
}

const written = (cell: string | number): string =>
  typeof cell === "number" ? String(cell) : quote(guard(cell));
const round = (seconds: number): number => Math.round(1000 * seconds) / 1000;
