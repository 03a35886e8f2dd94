import { FaultError } from "../../fault.ts";
import { asTexts, frequentToken, type RawCells, type TextCells } from "./column-cells.ts";
import { guessDate } from "../formats/dates/guess-date.ts";
import { durationClock, readDuration, writeDuration } from "../formats/dates/durations.ts";
import { readDate } from "../formats/dates/read-date.ts";
import { levelOf } from "../formats/dates/tokens.ts";
import { asWritten } from "../formats/dates/as-written.ts";
import { isMissingNumber, missingLevels, type MissingTokens } from "../formats/missing-tokens.ts";
import { chooseReading, readCell } from "../formats/number-reading.ts";
import { LimitsSoFar, limitKey, placeLimits, type FoundLimit } from "../formats/place-limits.ts";
import { formatOf, WritingSoFar, type NumberContext } from "../formats/number-marks.ts";
import type { Column, ColumnSchema, DateFormat, Findings, Kind, Limit, NumberFormat } from "../table.ts";
import { orderLevels } from "./levels/level-order.ts";
import { mergeNumbers } from "./levels/same-numbers.ts";
import type { ToldByFile } from "./told-by-file.ts";
import type { ValueCells } from "./value-cells.ts";

/** A column's cells once its kind is fixed, and what its schema says of them. */
export interface Settled {
  readonly column: Column;
  readonly missingToken: string;
  readonly number?: NumberFormat;
  readonly unit?: string;
  readonly limits?: readonly Limit[];
  readonly date?: DateFormat;
  readonly findings?: Findings;
  /** The stray texts with their cells, for the person's own screen; they do not go into the schema. */
  readonly strays?: ReadonlyMap<string, number>;
}

export interface SettleOptions {
  readonly name: string;
  readonly tokens: MissingTokens;
  readonly context: NumberContext;
  /** Cells that do not fit the kind become missing instead of a fault. */
  readonly strayAsMissing: boolean;
  /** The levels in the order that a person gave them. */
  readonly order?: readonly string[] | undefined;
  /** Levels are codes: "250" and "250.00" are two. */
  readonly codes?: boolean;
}

/**
 * The cells of a column as `kind`. Throws FaultError `kind-mismatch` (row counted from 1, value, share of the present
 * cells) when some do not fit and `strayAsMissing` is off.
 */
export function settle(raw: RawCells, kind: Kind, options: SettleOptions): Settled {
  switch (kind) {
    case "integer":
    case "decimal":
      return raw.type === "values" && raw.reading.type === "numbers"
        ? settleValues(raw, kind, options)
        : ((raw.type === "texts" ? durationsOf(raw, kind, options) : undefined) ??
            numbersOf(raw.type === "texts" ? raw : asTexts(raw), kind, options));
    case "datetime":
      return raw.type === "values" && raw.reading.type === "dates"
        ? settleValues(raw, kind, options)
        : datesOf(raw.type === "texts" ? raw : asTexts(raw), options);
    default:
      return codesOf(raw.type === "texts" ? raw : asTexts(raw), kind, options);
  }
}

const WORDS: Readonly<Record<Kind, string>> = {
  integer: "a whole number",
  decimal: "a number",
  datetime: "a date",
  boolean: "yes or no",
  category: "a category",
  identifier: "an identifier",
  text: "free text",
  constant: "a constant",
};

interface Strays {
  cells: number;
  firstRow: number;
  example: string;
  readonly texts: Map<string, number>;
}

const noStrays = (): Strays => ({ cells: 0, firstRow: 0, example: "", texts: new Map() });

function countStray(strays: Strays, text: string, cells: number): void {
  strays.cells += cells;
  strays.texts.set(text, (strays.texts.get(text) ?? 0) + cells);
}

/** The stray part of the findings; throws when strays are not allowed. */
function strayFinding(strays: Strays, present: number, kind: Kind, options: SettleOptions): Findings {
  if (strays.cells === 0) return {};
  const share = strays.cells / Math.max(1, present);
  if (!options.strayAsMissing) {
    throw new FaultError({
      code: "kind-mismatch",
      column: options.name,
      kind: WORDS[kind],
      row: strays.firstRow,
      value: strays.example.length > 60 ? `${strays.example.slice(0, 60)}…` : strays.example,
      share,
    });
  }
  return { stray: { cells: strays.cells, share, firstRow: strays.firstRow } };
}

const withFindings = (findings: Findings, strays: Strays): Pick<Settled, "findings" | "strays"> => ({
  ...(Object.keys(findings).length > 0 ? { findings } : {}),
  ...(strays.cells > 0 ? { strays: strays.texts } : {}),
});

function settleValues(
  raw: ValueCells,
  kind: "integer" | "decimal" | "datetime",
  options: SettleOptions,
): Settled {
  const { reading } = raw;
  const strays = noStrays();
  const meet = (row: number, text: string): void => {
    if (strays.cells === 0 || row + 1 < strays.firstRow)
      Object.assign(strays, { firstRow: row + 1, example: text });
    countStray(strays, text, 1);
  };
  const also = reading.type === "dates" ? alsoRead(raw, reading.format, options) : undefined;
  raw.strays.forEach((text, row) => {
    if (Number.isNaN(also?.values[row] ?? NaN)) meet(row, text);
  });
  const affix = reading.type === "numbers" ? reading.affix : undefined;
  const format = reading.type === "numbers" ? formatOf(reading.marks, raw.writing, affix) : undefined;
  let values = also?.values ?? raw.values;
  if (kind === "integer" && raw.writing.decimals > 0) {
    values = values.map((value, row) => {
      if (Number.isNaN(value) || Number.isInteger(value)) return value;
      meet(row, String(value));
      return NaN;
    });
  }
  let missing = 0;
  for (const cells of raw.missing.values()) missing += cells;
  const present = values.length - missing;
  const exact = reading.type === "dates" && reading.exact && also === undefined;
  const found = raw.limits.map(({ limit }) => limit);
  const placed = placeLimits(found, values, kind === "integer" ? 0 : raw.writing.decimals);
  if (found.length > 0) values = values === raw.values ? values.slice() : values;
  for (const { limit, rows } of raw.limits)
    for (const row of rows) values[row] = placed.get(limitKey(limit, limit.at))?.value ?? NaN;
  const writesBack =
    raw.missing.size <= 1 && strays.cells === 0 && raw.beyond === 0 && found.every(({ even }) => even);
  const findings: Findings = {
    ...strayFinding(strays, present, kind, options),
    ...(raw.beyond > 0 ? { beyond: raw.beyond } : {}),
    ...(reading.type === "dates" && reading.ambiguous ? { dayMonthUnsettled: true } : {}),
  };
  return {
    column: { type: "numeric", values },
    missingToken: frequentToken(raw.missing),
    ...(format === undefined ? {} : { number: { ...format, exact: format.exact === true && writesBack } }),
    ...(affix && { unit: affix.unit }),
    ...(placed.size > 0 && { limits: [...placed.values()] }),
    ...(reading.type === "dates"
      ? { date: { ...asWritten(also?.format ?? reading.format, values), exact: exact && writesBack } }
      : {}),
    ...withFindings(findings, strays),
  };
}

/** A long column with what came later than its format was told, as far as that is another way of writing whole dates. */
function alsoRead(
  raw: ValueCells,
  format: DateFormat,
  { context }: SettleOptions,
): { readonly values: Float64Array; readonly format: DateFormat } | undefined {
  const texts = [...new Set(raw.strays.values())];
  const guess =
    texts.length === 0 ? undefined : guessDate(texts, { dayFirst: context.dayFirst, compact: false });
  if (guess === undefined || levelOf(guess.pattern) !== levelOf(format.pattern)) return undefined;
  const both = {
    ...format,
    others: [...(format.others ?? []), guess.pattern, ...(guess.format.others ?? [])],
  };
  const values = raw.values.slice();
  raw.strays.forEach((text, row) => (values[row] = readDate(text, both)));
  return { values, format: both };
}

/** For each level: its value, NaN when missing or stray, and which of the two. */
interface Decoded {
  readonly values: Float64Array;
  readonly fate: Uint8Array;
}
const VALUE = 0;
const MISSING = 1;
const STRAY = 2;
const BEYOND = 3;

function numbersOf(cells: TextCells, kind: "integer" | "decimal", options: SettleOptions): Settled {
  const present = [...cells.levels.keys()].filter(
    (level) =>
      (cells.counts[level] ?? 0) > 0 && !isMissingNumber(cells.levels[level] as string, options.tokens),
  );
  const { reading } = chooseReading(
    present.map((level) => cells.levels[level] as string),
    options.context,
    present.map((level) => cells.counts[level] as number),
  );
  const writing = new WritingSoFar();
  const limits = new LimitsSoFar();
  const limited = new Map<number, string>();
  const decoded = decode(cells, options.tokens, (text, count, level) => {
    const read = readCell(text, reading);
    if (read === undefined) return undefined;
    const { number, limit } = read;
    if (limit !== undefined) {
      limits.add(text, limit, number.value, count);
      limited.set(level, limitKey(limit, number.value));
      return 0;
    }
    if (kind === "integer" && number.decimals > 0) return undefined;
    if (Number.isFinite(number.value) && count > 0) writing.add(number);
    return number.value;
  });
  const written = writing.done();
  const placed = withPlaces(decoded, limited, limits.done(), kind === "integer" ? 0 : written.decimals);
  const lookedUp = lookUp(cells, decoded);
  const format = formatOf(reading.marks, written, reading.affix);
  const findings: Findings = {
    ...strayFinding(lookedUp.strays, lookedUp.present, kind, options),
    ...(lookedUp.beyond > 0 ? { beyond: lookedUp.beyond } : {}),
  };
  const even = limits.done().every((limit) => limit.even);
  return {
    column: { type: "numeric", values: lookedUp.values },
    missingToken: lookedUp.missingToken,
    number: { ...format, exact: format.exact === true && lookedUp.oneToken && even },
    ...(reading.affix && { unit: reading.affix.unit }),
    ...(placed.length > 0 && { limits: placed }),
    ...withFindings(findings, lookedUp.strays),
  };
}

/** Durations beyond a day as numbers; undefined where the cells are none. */
function durationsOf(cells: TextCells, kind: Kind, options: SettleOptions): Settled | undefined {
  const clock = durationClock(cells.levels.filter((text) => !isMissingNumber(text, options.tokens)));
  if (clock === undefined) return undefined;
  const decoded = decode(cells, options.tokens, (text) => readDuration(text, clock));
  const lookedUp = lookUp(cells, decoded);
  const exact =
    lookedUp.oneToken &&
    cells.levels.every(
      (text, level) =>
        decoded.fate[level] !== VALUE || writeDuration(decoded.values[level] as number, clock) === text,
    );
  const findings = strayFinding(lookedUp.strays, lookedUp.present, kind, options);
  return {
    column: { type: "numeric", values: lookedUp.values },
    missingToken: lookedUp.missingToken,
    number: { decimals: 0, decimalMark: ".", thousandsMark: "", exact, clock },
    ...withFindings(findings, lookedUp.strays),
  };
}

/** The limits with their numbers, which the levels of `limited` have in `decoded` from here on. */
function withPlaces(
  decoded: Decoded,
  limited: ReadonlyMap<number, string>,
  found: readonly FoundLimit[],
  decimals: number,
): readonly Limit[] {
  const numbers = decoded.values.filter((_, level) => decoded.fate[level] === VALUE && !limited.has(level));
  const placed = placeLimits(found, numbers, decimals);
  for (const [level, key] of limited) decoded.values[level] = placed.get(key)?.value ?? NaN;
  return [...placed.values()];
}

function datesOf(cells: TextCells, options: SettleOptions): Settled {
  const present = cells.levels.filter((text) => !isMissingNumber(text, options.tokens));
  const guess = guessDate(present, {
    dayFirst: options.context.dayFirst,
    compact: true,
    days: true,
    years: true,
  });
  const format = guess?.format ?? { pattern: "YYYY-MM-DD" };
  const decoded = decode(cells, options.tokens, (text) => {
    const moment = readDate(text, format);
    return Number.isNaN(moment) ? undefined : moment;
  });
  const lookedUp = lookUp(cells, decoded);
  const findings: Findings = {
    ...strayFinding(lookedUp.strays, lookedUp.present, "datetime", options),
    ...(guess?.ambiguous === true ? { dayMonthUnsettled: true } : {}),
  };
  return {
    column: { type: "numeric", values: lookedUp.values },
    missingToken: lookedUp.missingToken,
    date: { ...asWritten(format, lookedUp.values), exact: guess?.exact === true && lookedUp.oneToken },
    ...withFindings(findings, lookedUp.strays),
  };
}

function decode(
  cells: TextCells,
  tokens: MissingTokens,
  read: (text: string, count: number, level: number) => number | undefined,
): Decoded {
  const values = new Float64Array(cells.levels.length).fill(NaN);
  const fate = new Uint8Array(cells.levels.length);
  cells.levels.forEach((text, level) => {
    if (isMissingNumber(text, tokens)) {
      fate[level] = MISSING;
      return;
    }
    const value = read(text, cells.counts[level] ?? 0, level);
    if (value === undefined) fate[level] = STRAY;
    else if (!Number.isFinite(value)) fate[level] = BEYOND;
    else {
      values[level] = value;
      fate[level] = VALUE;
    }
  });
  return { values, fate };
}

interface LookedUp {
  readonly values: Float64Array;
  readonly missingToken: string;
  /** Every missing cell of the source is written as `missingToken`. */
  readonly oneToken: boolean;
  readonly present: number;
  readonly beyond: number;
  readonly strays: Strays;
}

function lookUp(cells: TextCells, decoded: Decoded): LookedUp {
  const strays = noStrays();
  const missing = new Map<string, number>();
  let beyond = 0;
  let present = 0;
  cells.levels.forEach((text, level) => {
    const count = cells.counts[level] as number;
    const fate = decoded.fate[level];
    if (fate === MISSING) missing.set(text, (missing.get(text) ?? 0) + count);
    else present += count;
    if (fate === STRAY && count > 0) countStray(strays, text, count);
    if (fate === BEYOND) beyond += count;
  });
  const values = new Float64Array(cells.codes.length);
  for (let row = 0; row < values.length; row++) {
    const code = cells.codes[row] as number;
    values[row] = decoded.values[code] as number;
    if (strays.firstRow === 0 && decoded.fate[code] === STRAY) {
      strays.firstRow = row + 1;
      strays.example = cells.levels[code] as string;
    }
  }
  const oneToken = missing.size <= 1 && strays.cells === 0 && beyond === 0;
  return { values, missingToken: frequentToken(missing), oneToken, present, beyond, strays };
}

function codesOf(cells: TextCells, kind: Kind, options: SettleOptions): Settled {
  const missing = missingLevels(cells.levels, options.tokens);
  const byToken = new Map<string, number>();
  cells.levels.forEach((text, level) => {
    if (missing[level] === true && (cells.counts[level] as number) > 0) {
      byToken.set(text, (byToken.get(text) ?? 0) + (cells.counts[level] as number));
    }
  });
  const kept = indices(missing, (gone) => !gone);
  const merged =
    options.codes !== true && (kind === "category" || kind === "boolean")
      ? mergeNumbers(cells, kept, options.context)
      : undefined;
  const all = merged === undefined && kept.length === cells.levels.length;
  const names = all
    ? cells.levels
    : kept.map((level) => merged?.get(level) ?? (cells.levels[level] as string));
  const distinct = merged === undefined ? names : [...new Set(names)];
  const ordered = kind === "category" || kind === "boolean";
  const levels = ordered ? orderLevels(distinct, options.order) : distinct;
  const place = ordered ? new Map(levels.map((level, i) => [level, i])) : undefined;
  const code = new Int32Array(cells.levels.length).fill(-1);
  kept.forEach(
    (level, i) => (code[level] = place === undefined ? i : (place.get(names[i] as string) as number)),
  );
  const codes = new Int32Array(cells.codes.length);
  for (let row = 0; row < codes.length; row++) codes[row] = code[cells.codes[row] as number] as number;
  const column: Column = { type: "coded", codes, levels };
  const most = kind === "boolean" ? 2 : kind === "constant" ? 1 : Infinity;
  if (levels.length > most) return mostFrequent(column, most, kind, frequentToken(byToken), options);
  const twins = kind === "category" ? caseTwins(levels) : 0;
  return {
    column,
    missingToken: frequentToken(byToken),
    ...(twins > 0 ? { findings: { caseTwins: twins } } : {}),
  };
}

/** Where `items` are as `wanted`. */
function indices<T>(items: readonly T[], wanted: (item: T) => boolean): number[] {
  const found: number[] = [];
  for (let i = 0; i < items.length; i++) if (wanted(items[i] as T)) found.push(i);
  return found;
}

/** The `most` most frequent levels; the rest is stray. */
function mostFrequent(
  column: Extract<Column, { type: "coded" }>,
  most: number,
  kind: Kind,
  missingToken: string,
  options: SettleOptions,
): Settled {
  const counts = new Int32Array(column.levels.length);
  let present = 0;
  for (const code of column.codes) {
    if (code < 0) continue;
    counts[code] = (counts[code] as number) + 1;
    present++;
  }
  const frequent = [...counts.keys()]
    .sort((a, b) => (counts[b] as number) - (counts[a] as number))
    .slice(0, most)
    .sort((a, b) => a - b);
  const strays = noStrays();
  const codes = column.codes.map((code, row) => {
    if (code < 0) return -1;
    const kept = frequent.indexOf(code);
    if (kept >= 0) return kept;
    const text = column.levels[code] as string;
    if (strays.cells === 0) Object.assign(strays, { firstRow: row + 1, example: text });
    countStray(strays, text, 1);
    return -1;
  });
  const findings = strayFinding(strays, present, kind, options);
  return {
    column: { type: "coded", codes, levels: frequent.map((code) => column.levels[code] as string) },
    missingToken,
    ...withFindings(findings, strays),
  };
}

function caseTwins(levels: readonly string[]): number {
  if (levels.length > 1000) return 0;
  return levels.length - new Set(levels.map((level) => level.toLowerCase())).size;
}

/** The schema of a settled column. */
export function describeColumn(
  settled: Settled,
  what: Pick<
    ColumnSchema,
    "name" | "kind" | "role" | "reason" | "rareLevels" | "survival" | "outsider" | "system" | "identifies"
  > &
    ToldByFile,
): ColumnSchema {
  return {
    ...what,
    missingToken: settled.missingToken,
    ...(settled.number === undefined ? {} : { number: settled.number }),
    ...(settled.unit === undefined ? {} : { unit: settled.unit }),
    ...(settled.limits === undefined ? {} : { limits: settled.limits }),
    ...(settled.date === undefined ? {} : { date: settled.date }),
    ...(settled.findings === undefined ? {} : { findings: settled.findings }),
  };
}
