import { conversion, type Conversion } from "../../clinic/ranges/unit-conversions.ts";
import type { Column } from "../../table/table.ts";
import { sharedTexts, type Described } from "./described.ts";
import { answerIn, numberIn, sameLevels } from "./same-levels.ts";

/** How cells of a column of the second table become cells of one of the open table. */
export interface TurnedColumn {
  readonly column: Column;
  /** cells that had a value and have none now */
  readonly lost: number;
  /** what was done to them: "mmol/L turned to mg/dL" */
  readonly turned?: string;
}

/** Why cells of one cannot be cells of the other. */
export interface CannotTurn {
  readonly refused: string;
}

/** Distinct numbers beyond which a column of them is no list of codes. */
const MOST_CODES = 50;
/** Least overlap of the two after a change of unit, and most before it, for values alone to say that the unit is another. */
const FITS = 0.6;
const MISFITS = 0.25;

/** The cells of `second` as `open` would have them: its unit, its decimals, its levels. A cell that cannot be turned is missing. */
export function turnColumn(open: Described, second: Described): TurnedColumn | CannotTurn {
  const date = open.schema.kind === "datetime";
  if (date !== (second.schema.kind === "datetime"))
    return {
      refused: "One holds dates, the other does not.",
    };
  if (open.column.type === "numeric") {
    if (second.column.type === "numeric")
      return date ? { column: second.column, lost: 0 } : numbers(open, second);
    return numbersFromTexts(open, second);
  }
  return levels(open, second);
}

function numbers(open: Described, second: Described): TurnedColumn {
  const way = unitTurning(open, second);
  const values = second.column.type === "numeric" ? second.column.values : new Float64Array();
  const round = rounding(open);
  const column: Column = {
    type: "numeric",
    values: values.map((value) => (way ? round(value * way.times + way.plus) : round(value))),
  };
  return { column, lost: 0, ...(way && { turned: way.words }) };
}

/** To the places that the open table writes; codes for values beyond a limit keep their places. */
function rounding({ schema }: Described): (value: number) => number {
  const decimals = schema.kind === "integer" ? 0 : schema.number?.decimals;
  if (decimals === undefined) return (value) => value;
  const scale = 10 ** decimals;
  return (value) => (Number.isFinite(value) ? Math.round(value * scale) / scale : NaN);
}

interface UnitTurning extends Conversion {
  readonly words: string;
}

/** By the units that names, schemas or medians say; where one of them is not known, by which unit the values fit. */
function unitTurning(open: Described, second: Described): UnitTurning | undefined {
  const quantity = open.named?.quantity ?? second.named?.quantity;
  if (quantity === undefined || (second.named && open.named && second.named.quantity !== open.named.quantity))
    return undefined;
  const to = open.unit;
  if (to === undefined) return second.unit === undefined ? undefined : fromKnown(open, second, second.unit);
  if (second.unit !== undefined) {
    if (second.unit === to) return undefined;
    const way = conversion(quantity.name, second.unit, to);
    return way && { ...way, words: `${second.unit} turned to ${to}` };
  }
  if (overlap(open.sorted, second.sorted) > MISFITS) return undefined;
  const ways = quantity.units.flatMap(({ unit }) => {
    const way = unit === to ? undefined : conversion(quantity.name, unit, to);
    return way ? [{ ...way, unit, fits: overlap(open.sorted, turned(second.sorted, way)) }] : [];
  });
  const [best] = ways.toSorted((a, b) => b.fits - a.fits);
  return best && best.fits > FITS
    ? { ...best, words: `${best.unit}, by its values, turned to ${to}` }
    : undefined;
}

/** The open table says no unit, the second one does: that of the open table is the one whose values fit best, as they are included. */
function fromKnown(open: Described, { sorted, named }: Described, from: string): UnitTurning | undefined {
  const ways = (named?.quantity.units ?? []).flatMap(({ unit }) => {
    const way = named && conversion(named.quantity.name, from, unit);
    return way ? [{ ...way, unit, fits: overlap(open.sorted, turned(sorted, way)) }] : [];
  });
  const [best] = ways.toSorted((a, b) => b.fits - a.fits);
  return best && best.unit !== from && best.fits > FITS
    ? { ...best, words: `${from} turned to ${best.unit}, by the values of the open table` }
    : undefined;
}

const turned = (values: Float64Array, { times, plus }: Conversion): Float64Array =>
  values.map((value) => value * times + plus);

function numbersFromTexts(open: Described, second: Described): TurnedColumn | CannotTurn {
  const column = second.column.type === "coded" ? second.column : undefined;
  if (column === undefined) return { refused: "It holds no cells." };
  const zeroOne = open.sorted.every((value) => value === 0 || value === 1);
  const values = column.levels.map((level) => {
    const answer = zeroOne ? answerIn(level) : undefined;
    return answer === undefined ? (numberIn(level) ?? NaN) : Number(answer);
  });
  const asNumbers: Described = {
    ...second,
    column: {
      type: "numeric",
      values: Float64Array.from(column.codes, (code) => (code < 0 ? NaN : (values[code] as number))),
    },
    sorted: new Float64Array(),
    counts: new Map(),
  };
  const read = asNumbers.column.type === "numeric" ? asNumbers.column.values : new Float64Array();
  const sorted = read.filter((value) => !Number.isNaN(value)).sort();
  const had = [...second.counts.values()].reduce((sum, count) => sum + count, 0);
  if (sorted.length * 2 < had || (had > 0 && sorted.length === 0))
    return { refused: "One holds numbers, the other words." };
  const found = numbers(open, { ...asNumbers, sorted });
  const words = found.turned ? `texts read as numbers, ${found.turned}` : "texts read as numbers";
  return { ...found, lost: had - sorted.length, turned: words };
}

function levels(open: Described, second: Described): TurnedColumn | CannotTurn {
  const known = open.column.type === "coded" ? open.column.levels : [];
  const cells = textsOf(second);
  if (cells === undefined) return { refused: "One holds levels, the other a quantity." };
  const used = [...open.counts.keys()];
  const mine = sharedTexts(textsOf(open)?.at ?? [], open.patients);
  const theirs = sharedTexts(cells.at, second.patients);
  const named = used.filter((level) => mine.has(level));
  const { to, refused } = sameLevels(
    used.length > 0 ? used : known,
    [...cells.counts.keys()],
    open.schema,
    second.schema.name,
  );
  if (refused !== undefined) return { refused: refused(mine, theirs) };
  const place = new Map(known.map((level, code) => [level, code]));
  const had = [...cells.counts.values()].reduce((sum, count) => sum + count, 0);
  const kept = [...cells.counts].reduce((sum, [level, count]) => sum + (to.has(level) ? count : 0), 0);
  if (had > 0 && kept === 0)
    return { refused: `No value of it is one of ${named.length > 0 ? some(named) : "the open table’s"}.` };
  const codes = cells.at.map((text) => (text === undefined ? -1 : (place.get(to.get(text) ?? "") ?? -1)));
  const changed = [...to].filter(([from, own]) => from !== own);
  const told = changed.filter(([from, own]) => theirs.has(from) && mine.has(own));
  const words =
    told.length > 0
      ? `${some(told.map(([from]) => from))} read as ${some(told.map(([, own]) => own))}`
      : changed.length > 0
        ? "rare levels read as those of the open table"
        : undefined;
  return {
    column: { type: "coded", codes: Int32Array.from(codes), levels: known },
    lost: had - kept,
    ...(words && { turned: words }),
  };
}

const some = (texts: readonly string[]): string =>
  texts.length > 4 ? `${texts.slice(0, 4).join(", ")} and others` : texts.join(", ");

/** Cells as texts with their counts; undefined for a quantity. */
function textsOf({ column, counts, sorted }: Described) {
  if (column.type === "coded") {
    const at = Array.from(column.codes, (code) => (code < 0 ? undefined : column.levels[code]));
    return { counts, at };
  }
  const distinct = new Set(sorted);
  if (distinct.size > MOST_CODES) return undefined;
  const at = Array.from(column.values, (value) => (Number.isNaN(value) ? undefined : String(value)));
  const own = new Map<string, number>();
  for (const text of at) if (text !== undefined) own.set(text, (own.get(text) ?? 0) + 1);
  return { counts: own, at };
}

const PARTS = [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95] as const;

/** How far the quantiles of two lists of sorted numbers agree: 1 the same, 0 a whole middle range apart. */
export function overlap(a: Float64Array, b: Float64Array): number {
  if (a.length === 0 || b.length === 0) return 0;
  const at = (sorted: Float64Array, p: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))] as number;
  const range = (sorted: Float64Array): number => at(sorted, 0.95) - at(sorted, 0.05);
  const apart = PARTS.reduce((sum, p) => sum + Math.abs(at(a, p) - at(b, p)), 0) / PARTS.length;
  const wide = (range(a) + range(b)) / 2;
  return wide > 0 ? Math.max(0, 1 - apart / wide) : Number(apart === 0);
}
