import { looksCompact, looksMonthly } from "../formats/dates/compact.ts";
import { guessDate } from "../formats/dates/guess-date.ts";
import { formatDate } from "../formats/dates/write-date.ts";
import { isMissingNumber, type MissingTokens } from "../formats/missing-tokens.ts";
import { formatNumber, PLAIN } from "../formats/number-format.ts";
import { chooseReading } from "../formats/number-reading.ts";
import { formatOf, type NumberContext } from "../formats/number-marks.ts";
import { detach, ValueCollector, type Reading, type ValueCells } from "./value-cells.ts";

/** Cells as texts: codes into the distinct texts in order of first appearance, missing tokens among them. */
export interface TextCells {
  readonly type: "texts";
  readonly codes: Int32Array;
  readonly levels: readonly string[];
  /** Cells of each level. */
  readonly counts: readonly number[];
}

export type RawCells = TextCells | ValueCells;

/** Distinct texts that are kept before a column of numbers or dates gives up its texts. */
export const KEPT_TEXTS = 1 << 15;
/** Strays that show that a column of values is one of texts after all. */
const STRAY_CELLS = 20_000;
const STRAY_SHARE = 0.1;

/** A growing dictionary of texts. */
class TextCollector {
  private codes = new Int32Array(1024);
  private readonly index = new Map<string, number>();
  readonly levels: string[] = [];
  private readonly counts: number[] = [];

  push(text: string, row: number): void {
    let code = this.index.get(text);
    if (code === undefined) {
      code = this.levels.length;
      const own = detach(text);
      this.index.set(own, code);
      this.levels.push(own);
      this.counts.push(0);
    }
    if (row === this.codes.length) {
      const longer = new Int32Array(row * 2);
      longer.set(this.codes);
      this.codes = longer;
    }
    this.codes[row] = code;
    this.counts[code] = (this.counts[code] as number) + 1;
  }

  done(rows: number): TextCells {
    return { type: "texts", codes: this.codes.slice(0, rows), levels: this.levels, counts: this.counts };
  }
}

/** One column while its file is read: texts by dictionary, values alone once there are too many texts. */
export class ColumnCells {
  private rows = 0;
  private texts: TextCollector | undefined = new TextCollector();
  private values: ValueCollector | undefined;
  /** True once it has been decided whether texts are kept. */
  private decided = false;
  private readonly tokens: MissingTokens;
  private readonly context: NumberContext;

  constructor(tokens: MissingTokens, context: NumberContext) {
    this.tokens = tokens;
    this.context = context;
  }

  /** Appends a trimmed cell. */
  push(text: string): void {
    const row = this.rows++;
    if (this.texts !== undefined) {
      this.texts.push(text, row);
      if (!this.decided && this.texts.levels.length > KEPT_TEXTS) this.decide(this.texts);
      return;
    }
    const values = this.values as ValueCollector;
    values.push(text, row);
    if (values.strays.size > STRAY_CELLS && values.strays.size > STRAY_SHARE * row) this.backToTexts(values);
  }

  private decide(texts: TextCollector): void {
    this.decided = true;
    const present = texts.levels.filter((text) => !isMissingNumber(text, this.tokens));
    const reading = readingOf(present, this.context);
    if (reading === undefined) return;
    const { codes, levels } = texts.done(this.rows);
    this.values = new ValueCollector(reading, this.tokens, codes.length * 2);
    for (let row = 0; row < codes.length; row++) {
      this.values.push(levels[codes[row] as number] as string, row);
    }
    this.texts = undefined;
  }

  /** The texts again, as the column's format writes them; several missing tokens become the most frequent one. */
  private backToTexts(collector: ValueCollector): void {
    const cells = collector.done(this.rows);
    this.values = undefined;
    this.texts = textsOf(cells);
  }

  done(): RawCells {
    return (this.texts ?? (this.values as ValueCollector)).done(this.rows);
  }

  /** The distinct texts so far, while they are kept. */
  sample(): readonly string[] {
    return this.texts?.levels ?? [];
  }
}

/** How nearly all of `present` are read as values; undefined when they are texts. */
function readingOf(present: readonly string[], context: NumberContext): Reading | undefined {
  const { reading, fits } = chooseReading(present, context);
  if (fits >= 0.99 * present.length && !looksCompact(present) && !looksMonthly(present))
    return { type: "numbers", ...reading };
  const date = guessDate(present, { dayFirst: context.dayFirst, compact: false });
  if (date === undefined || date.fits < 0.99 * present.length) return undefined;
  return { type: "dates", format: date.format, ambiguous: date.ambiguous, exact: date.exact };
}

function textsOf(cells: ValueCells): TextCollector {
  const texts = new TextCollector();
  const text = textReader(cells);
  for (let row = 0; row < cells.values.length; row++) texts.push(text(row), row);
  return texts;
}

/** Row -> the cell's text, as the column's format writes it. */
export function textReader(cells: RawCells): (row: number) => string {
  if (cells.type === "texts") return (row) => cells.levels[cells.codes[row] as number] as string;
  const token = frequentToken(cells.missing);
  const { reading } = cells;
  const format =
    reading.type === "numbers"
      ? formatOf(reading.marks, cells.writing, reading.affix)
      : formatOf(PLAIN, cells.writing);
  const limits = new Map(cells.limits.flatMap(({ limit, rows }) => rows.map((row) => [row, limit.text])));
  return (row) => {
    const value = cells.values[row] as number;
    if (Number.isNaN(value)) return cells.strays.get(row) ?? limits.get(row) ?? token;
    return reading.type === "numbers" ? formatNumber(value, format) : formatDate(value, reading.format);
  };
}

/** The token that stands in most cells; "" when there is none. */
export function frequentToken(missing: ReadonlyMap<string, number>): string {
  let token = "";
  let most = 0;
  for (const [text, cells] of missing) {
    if (cells > most) {
      token = text;
      most = cells;
    }
  }
  return token;
}

/** The cells of a column of values as texts. */
export const asTexts = (cells: ValueCells): TextCells => textsOf(cells).done(cells.values.length);
