import { asTexts, frequentToken, type RawCells, type TextCells } from "../column-cells.ts";
import { guessDate } from "../../formats/dates/guess-date.ts";
import { durationClock, readDuration, writeDuration } from "../../formats/dates/durations.ts";
import { readDate } from "../../formats/dates/read-date.ts";
import { levelOf } from "../../formats/dates/tokens.ts";
import { asWritten } from "../../formats/dates/as-written.ts";
import { isMissingNumber, type MissingTokens } from "../../formats/missing-tokens.ts";
import { chooseReading, readCell } from "../../formats/number-reading.ts";
import { LimitsSoFar, limitKey, placeLimits, type FoundLimit } from "../../formats/place-limits.ts";
import { formatOf, WritingSoFar } from "../../formats/number-marks.ts";
import type { ColumnSchema, DateFormat, Findings, Kind, Limit } from "../../table.ts";
import type { ToldByFile } from "../kinds/told-by-file.ts";
import type { ValueCells } from "../value-cells.ts";
import { codesOf } from "./settle-levels.ts";
import {
  countStray,
  noStrays,
  strayFinding,
  withFindings,
  type Settled,
  type SettleOptions,
  type Strays,
} from "./settled.ts";

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

/** The schema of a settled column. */
export function describeColumn(
  settled: Settled,
  what: Pick<
    ColumnSchema,
    | "name"
    | "kind"
    | "role"
    | "reason"
    | "rareLevels"
    | "survival"
    | "course"
    | "outsider"
    | "quantity"
    | "system"
    | "identifies"
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
