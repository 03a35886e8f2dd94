import { isMissingNumber } from "../../table/formats/missing-tokens.ts";
import { chooseReading, readCell } from "../../table/formats/number-reading.ts";
import type { TextCells } from "../../table/read/column-cells.ts";
import { withCells } from "../cells.ts";
import { firstChanged, mapColumn } from "../map-column.ts";
import {
  MOST_TEXTS,
  placeOf,
  StepFault,
  type Effect,
  type Given,
  type StepKind,
  type StepOf,
} from "../step-kind.ts";
import type { ValueCells } from "../../table/read/value-cells.ts";

type LimitStep = StepOf<"limit">;

/** Numbers that cannot be become missing. */
export const limit: StepKind<LimitStep> = {
  title: (step) => `read numbers ${beyond(step)} as missing`,
  done: (step) => `${step.column}: numbers ${beyond(step)} read as missing`,
  apply: (step, given) => limited(step, given),
};

const beyond = ({ low, high }: LimitStep): string =>
  [low === undefined ? "" : `below ${low}`, high === undefined ? "" : `above ${high}`]
    .filter(Boolean)
    .join(" and ");

function limited(step: LimitStep, { rows, reading }: Given): Effect {
  const { column, low = -Infinity, high = Infinity } = step;
  if (step.low === undefined && step.high === undefined) throw new StepFault("It names no limit.");
  if (low > high) throw new StepFault(`The lower limit, ${low}, is above the upper one, ${high}.`);
  const at = placeOf(rows, column);
  const out = (value: number): boolean => value < low || value > high;
  const cells = rows.cells[at];
  if (cells?.type === "values" && cells.reading.type === "numbers")
    return limitedValues(rows, { at, column, cells }, out);
  return mapColumn(rows, column, (texts) => {
    const numbers = numbersOf(texts, { rows, reading });
    if (![...numbers.values()].some(Number.isFinite)) throw new StepFault(`“${column}” holds no numbers.`);
    return (text) => (out(numbers.get(text) ?? NaN) ? null : undefined);
  });
}

/** The number that each distinct text is, as the column is read; NaN for a limit, which tells none. */
export function numbersOf(
  { levels }: TextCells,
  { reading: { tokens, context } }: Pick<Given, "rows" | "reading">,
): ReadonlyMap<string, number> {
  const present = levels.filter((text) => !isMissingNumber(text, tokens));
  const { reading } = chooseReading(present, context);
  return new Map(
    present.map((text) => {
      const cell = readCell(text, reading);
      return [text, cell === undefined || cell.limit !== undefined ? NaN : cell.number.value];
    }),
  );
}

function limitedValues(
  rows: Given["rows"],
  { at, column, cells }: { at: number; column: string; cells: ValueCells },
  out: (value: number) => boolean,
): Effect {
  const met = new Map<number, number>();
  let gone = 0;
  const values = cells.values.map((value) => {
    if (!out(value)) return value;
    gone++;
    if (met.size < MOST_TEXTS || met.has(value)) met.set(value, (met.get(value) ?? 0) + 1);
    return NaN;
  });
  const missing = new Map(cells.missing);
  if (gone > 0) missing.set("", (missing.get("") ?? 0) + gone);
  return {
    rows: gone === 0 ? rows : withCells(rows, at, { ...cells, values, missing }),
    cells: gone,
    away: 0,
    shows: [column],
    texts: [...met]
      .map(([value, count]) => ({ text: String(value), cells: count, becomes: null }))
      .sort((a, b) => b.cells - a.cells),
    changed: firstChanged(values.length, (row) =>
      out(cells.values[row] as number) ? { before: String(cells.values[row]), after: null } : undefined,
    ),
  };
}
