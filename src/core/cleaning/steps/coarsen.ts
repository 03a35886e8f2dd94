import { createRng } from "../../math/rng.ts";
import { formatDate } from "../../table/formats/dates/write-date.ts";
import { missingLevels } from "../../table/formats/missing-tokens.ts";
import type { Coarsening } from "../../table/cleaning-step.ts";
import type { NumericColumn } from "../../table/table.ts";
import { cellFormatter } from "../../table/formats/format-cell.ts";
import { cellsOf, textAt, textsOf, withCells } from "../cells.ts";
import { firstChanged, mapColumn } from "../map-column.ts";
import {
  MOST_TEXTS,
  placeOf,
  plural,
  StepFault,
  type Effect,
  type Given,
  type StepKind,
  type StepOf,
} from "../step-kind.ts";
import { tableOfColumns } from "../table-of-columns.ts";
import { numbersOf } from "./limit.ts";

type Coarsen = StepOf<"coarsen">;

/** Less is told of a person: a date to its month, a postcode to its first digits, an old age to a limit. */
export const coarsen: StepKind<Coarsen> = {
  title: ({ to }) => titleOf(to),
  done: ({ column, to }) => `${column}: ${doneOf(to)}`,
  apply: (step, given) => coarsened(step, given),
};

function titleOf(to: Coarsening): string {
  switch (to.by) {
    case "year":
    case "month":
      return `keep only the ${to.by}`;
    case "shift":
      return `move all dates of each ${to.patient} by the same days, up to half a year`;
    case "first":
      return `keep the first ${plural(to.characters, "character")}`;
    case "top":
      return `write numbers above ${to.at} as “>${to.at}”`;
  }
}

function doneOf(to: Coarsening): string {
  switch (to.by) {
    case "year":
    case "month":
      return to.by === "year" ? "only the year kept" : "only year and month kept";
    case "shift":
      return `dates of each ${to.patient} moved together by up to half a year`;
    case "first":
      return `first ${plural(to.characters, "character")} kept`;
    case "top":
      return `numbers above ${to.at} written as “>${to.at}”`;
  }
}

function coarsened({ column, to }: Coarsen, given: Given): Effect {
  const { rows, reading } = given;
  switch (to.by) {
    case "year":
    case "month": {
      const pattern = to.by === "year" ? "YYYY" : "YYYY-MM";
      return rewriteDates(column, given, (ms) => formatDate(ms, pattern));
    }
    case "shift":
      return shifted(column, to, given);
    case "first": {
      const { characters } = to;
      if (!Number.isInteger(characters) || characters < 1)
        throw new StepFault("At least the first character is kept.");
      return mapColumn(rows, column, (cells) => {
        const missing = missingLevels(cells.levels, reading.tokens);
        const kept = new Map(cells.levels.map((text, level) => [text, missing[level] === true]));
        return (text) =>
          kept.get(text) === true ? undefined : Array.from(text).slice(0, characters).join("");
      });
    }
    case "top":
      return mapColumn(rows, column, (cells) => {
        const numbers = numbersOf(cells, given);
        if (![...numbers.values()].some(Number.isFinite))
          throw new StepFault(`“${column}” holds no numbers.`);
        return (text) => ((numbers.get(text) ?? NaN) > to.at ? `>${to.at}` : undefined);
      });
  }
}

/** Days by which a patient's dates move at most, in either direction. */
const HALF_A_YEAR = 182;
const DAY = 86_400_000;

/** Each patient has an own stream of the seed, so that all dates of a patient, in any column, move by the same days. */
function shifted(
  column: string,
  { patient, seed }: Extract<Coarsening, { by: "shift" }>,
  given: Given,
): Effect {
  const { rows, reading } = given;
  const whose = textsOf(rows.cells[placeOf(rows, patient)] as Given["rows"]["cells"][number]);
  const missing = missingLevels(whose.levels, reading.tokens);
  const rng = createRng(seed);
  const days = (label: string): number => rng.fork(label).integer(2 * HALF_A_YEAR + 1) - HALF_A_YEAR;
  const byPatient = whose.levels.map((text, level) =>
    missing[level] === true ? 0 : days(`patient ${text}`),
  );
  return rewriteDates(column, given, (ms, row, write) => {
    const code = whose.codes[row] as number;
    const by = missing[code] === true ? days(`row ${row}`) : (byPatient[code] as number);
    return write(ms + by * DAY);
  });
}

/** The cells of a column of dates written anew; those that are no dates stay as they are. */
function rewriteDates(
  column: string,
  given: Given,
  make: (ms: number, row: number, write: (ms: number) => string) => string,
): Effect {
  const { rows } = given;
  const at = placeOf(rows, column);
  const table = tableOfColumns({ ...given, kinds: new Map([[column, "datetime"]]) }, [column]);
  const dates = table.columns[0] as NumericColumn;
  const schema = table.schema.columns[0] as Parameters<typeof cellFormatter>[1];
  if (!dates.values.some(Number.isFinite)) throw new StepFault(`“${column}” holds no dates.`);
  const write = (ms: number): string =>
    cellFormatter({ type: "numeric", values: Float64Array.of(ms) }, schema)(0);
  const before = textsOf(rows.cells[at] as Given["rows"]["cells"][number]);
  const cells = cellsOf(rows.rows, (row) => {
    const ms = dates.values[row] as number;
    return Number.isFinite(ms) ? make(ms, row, write) : textAt(before, row);
  });
  const differs = (row: number): boolean => textAt(before, row) !== textAt(cells, row);
  const texts = new Map<number, { text: string; cells: number; becomes: string | null }>();
  let changed = 0;
  for (let row = 0; row < rows.rows; row++) {
    if (!differs(row)) continue;
    changed++;
    const code = before.codes[row] as number;
    const met = texts.get(code);
    if (met !== undefined) met.cells++;
    else if (texts.size < MOST_TEXTS)
      texts.set(code, { text: textAt(before, row), cells: 1, becomes: textAt(cells, row) });
  }
  return {
    rows: changed === 0 ? rows : withCells(rows, at, cells),
    cells: changed,
    away: 0,
    shows: [column],
    texts: [...texts.values()].sort((a, b) => b.cells - a.cells),
    changed: firstChanged(rows.rows, (row) =>
      differs(row) ? { before: textAt(before, row), after: textAt(cells, row) } : undefined,
    ),
  };
}
