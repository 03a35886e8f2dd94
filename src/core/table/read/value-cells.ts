import { readDate } from "../formats/dates/read-date.ts";
import { isMissingNumber, type MissingTokens } from "../formats/missing-tokens.ts";
import { readCell, type NumberReading } from "../formats/number-reading.ts";
import { limitKey, LimitsSoFar, type FoundLimit } from "../formats/place-limits.ts";
import { WritingSoFar, type NumberWriting } from "../formats/number-marks.ts";
import type { DateFormat } from "../table.ts";

/** How the texts of a column of values are read. */
export type Reading =
  | ({ readonly type: "numbers" } & NumberReading)
  | {
      readonly type: "dates";
      readonly format: DateFormat;
      readonly ambiguous: boolean;
      readonly exact: boolean;
    };

/** Cells of a long column of numbers or dates, whose texts were not kept. NaN = missing, stray or beyond. */
export interface ValueCells {
  readonly type: "values";
  readonly reading: Reading;
  readonly values: Float64Array;
  readonly writing: NumberWriting;
  /** Row -> text of the cells that are neither values nor missing. */
  readonly strays: ReadonlyMap<number, string>;
  /** Missing token -> cells. */
  readonly missing: ReadonlyMap<string, number>;
  /** Numbers without a finite value. */
  readonly beyond: number;
  /** Cells that tell only a limit: NaN among the values, at these rows. */
  readonly limits: readonly LimitCells[];
}

export interface LimitCells {
  readonly limit: FoundLimit;
  readonly rows: readonly number[];
}

const LONG = 13;

/** A string of its own: V8's slices of 13 characters or more keep the whole chunk they were cut from. */
export const detach = (text: string): string => (text.length < LONG ? text : ` ${text}`.slice(1));

/** A growing column of values. */
export class ValueCollector {
  private values: Float64Array;
  private readonly writing = new WritingSoFar();
  readonly strays = new Map<number, string>();
  private readonly missing = new Map<string, number>();
  private beyond = 0;
  private readonly limits = new LimitsSoFar();
  private readonly limitRows = new Map<string, number[]>();
  private readonly simple: boolean;
  private readonly reading: Reading;
  private readonly tokens: MissingTokens;

  constructor(reading: Reading, tokens: MissingTokens, capacity: number) {
    this.reading = reading;
    this.tokens = tokens;
    this.values = new Float64Array(capacity);
    this.simple = reading.type === "numbers" && reading.marks.decimalMark === ".";
  }

  push(text: string, row: number): void {
    if (row === this.values.length) {
      const longer = new Float64Array(row * 2);
      longer.set(this.values);
      this.values = longer;
    }
    this.values[row] = this.simple && this.isPlain(text) ? this.plain(text) : this.read(text, row);
  }

  /** Digits with at most one point inside, no leading zero: nearly every cell, read without a regular expression. */
  private isPlain(text: string): boolean {
    const length = text.length;
    if (length === 0 || length > 15) return false;
    let at = text.charCodeAt(0) === 45 ? 1 : 0;
    const first = text.charCodeAt(at);
    if (!(first >= 48 && first <= 57)) return false;
    if (first === 48 && length > at + 1 && text.charCodeAt(at + 1) !== 46) return false;
    let points = 0;
    for (; at < length; at++) {
      const c = text.charCodeAt(at);
      if (c === 46) points++;
      else if (c < 48 || c > 57) return false;
    }
    return points === 0 || (points === 1 && text.charCodeAt(length - 1) !== 46);
  }

  private plain(text: string): number {
    const value = Number(text);
    if (value === 0 && text.charCodeAt(0) === 45) return this.read(text, 0);
    const point = text.indexOf(".");
    const shown = point < 0 ? 0 : text.length - point - 1;
    let decimals = shown;
    while (decimals > 0 && text.charCodeAt(point + decimals) === 48) decimals--;
    this.writing.addPlain(value, shown, decimals);
    return value;
  }

  private read(text: string, row: number): number {
    const { reading } = this;
    const value =
      reading.type === "numbers" ? this.number(text, reading, row) : readDate(text, reading.format);
    if (value === undefined) return NaN;
    if (!Number.isNaN(value)) {
      if (Number.isFinite(value)) return value;
      this.beyond++;
      return NaN;
    }
    if (isMissingNumber(text, this.tokens)) this.missing.set(text, (this.missing.get(text) ?? 0) + 1);
    else this.strays.set(row, detach(text));
    return NaN;
  }

  /** Undefined for a limit. */
  private number(text: string, reading: NumberReading, row: number): number | undefined {
    const read = readCell(text, reading);
    if (read === undefined) return NaN;
    const { number, limit } = read;
    if (limit !== undefined) {
      const key = limitKey(limit, number.value);
      const rows = this.limitRows.get(key);
      if (rows === undefined) this.limitRows.set(key, [row]);
      else rows.push(row);
      this.limits.add(detach(text), limit, number.value, 1);
      return undefined;
    }
    if (Number.isFinite(number.value)) this.writing.add(number);
    return number.value;
  }

  done(rows: number): ValueCells {
    return {
      type: "values",
      reading: this.reading,
      values: this.values.slice(0, rows),
      writing: this.writing.done(),
      strays: this.strays,
      missing: this.missing,
      beyond: this.beyond,
      limits: this.limits.done().map((limit) => ({
        limit,
        rows: this.limitRows.get(limitKey(limit, limit.at)) ?? [],
      })),
    };
  }
}
