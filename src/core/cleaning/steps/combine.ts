import { missingLevels } from "../../table/formats/missing-tokens.ts";
import { cellsOf, textAt, textsOf } from "../cells.ts";
import { firstChanged } from "../map-column.ts";
import {
  MOST_TEXTS,
  newName,
  placeOf,
  StepFault,
  type Effect,
  type Given,
  type StepKind,
  type StepOf,
} from "../step-kind.ts";

type Combine = StepOf<"combine">;

const listed = (names: readonly string[]): string => names.join(" and ");

/** A new column of the texts of several, one behind the other: an id that is unique within a hospital only, with the hospital. */
export const combine: StepKind<Combine> = {
  title: ({ columns, column }) => `make ${column} of ${listed(columns)}`,
  done: ({ columns, column }) => `${column}: made of ${listed(columns)}`,
  apply: combined,
};

function combined({ columns, column, at }: Combine, { rows, reading }: Given): Effect {
  if (columns.length < 2) throw new StepFault("A column is made of two others or more.");
  const name = newName(rows, column);
  const parts = columns.map((one) => {
    const cells = textsOf(rows.cells[placeOf(rows, one)] as Given["rows"]["cells"][number]);
    return { cells, missing: missingLevels(cells.levels, reading.tokens) };
  });
  const text = (row: number): string =>
    parts.some(({ cells, missing }) => missing[cells.codes[row] as number] === true)
      ? ""
      : parts.map(({ cells }) => textAt(cells, row)).join(at);
  const cells = cellsOf(rows.rows, text);
  const filled = cells.counts.reduce(
    (sum, count, level) => sum + (cells.levels[level] === "" ? 0 : (count as number)),
    0,
  );
  return {
    rows: { ...rows, names: [...rows.names, name], cells: [...rows.cells, cells] },
    cells: filled,
    away: 0,
    shows: [...columns],
    texts: cells.levels
      .map((level, code) => ({ text: level, cells: cells.counts[code] as number, becomes: level || null }))
      .sort((a, b) => b.cells - a.cells)
      .slice(0, MOST_TEXTS),
    changed: firstChanged(rows.rows, (row) => ({ before: "", after: textAt(cells, row) || null })),
  };
}
