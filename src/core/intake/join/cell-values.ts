import { guessDate } from "../../table/formats/dates/guess-date.ts";
import { readDate } from "../../table/formats/dates/read-date.ts";
import { chooseMarks } from "../../table/formats/number-marks.ts";
import { numberOf, type NumberMarks } from "../../table/formats/number-format.ts";
import { missingOf, textsOf, type JoinSide } from "./side.ts";

/** A column's cells with what they are worth, level by level. */
export interface CellValues {
  readonly kind: "numbers" | "dates" | "texts";
  readonly codes: Int32Array;
  readonly levels: readonly string[];
  /** Level -> number or, where the column has dates, moment; NaN for any other text. A limit ("<5") counts as its number. */
  readonly values: Float64Array;
  readonly missing: readonly boolean[];
  /** kind "numbers": how they are written, and the most decimals of any */
  readonly marks: NumberMarks;
  readonly decimals: number;
}

/** "<5", "> 89", "≤0.5" */
export const LIMIT = /^(?:<=?|>=?|≤|≥)\s*(?=[\d.,])/;
const SAMPLE = 3000;

const known = new WeakMap<Int32Array, CellValues>();

/** What the cells of column `at` are: numbers where at least nine in ten of its values are, limits among them. */
export function cellValues(side: JoinSide, at: number): CellValues {
  const texts = textsOf(side, at);
  const before = known.get(texts.codes);
  if (before !== undefined) return before;
  const missing = missingOf(side, texts);
  const present = texts.levels.filter((_, i) => missing[i] !== true);
  const bare = present.slice(0, SAMPLE).map((text) => text.replace(LIMIT, ""));
  const { marks, fits } = chooseMarks(bare, side.context);
  const common = { codes: texts.codes, levels: texts.levels, missing };
  const numbers = Float64Array.from(texts.levels, (text, i) =>
    missing[i] === true ? NaN : numberOf(text.replace(LIMIT, ""), marks),
  );
  const decimals = decimalsOf(present, marks);
  let made: CellValues = { ...common, kind: "texts", values: numbers, marks, decimals };
  if (present.length > 0 && fits >= 0.9 * bare.length) made = { ...made, kind: "numbers" };
  else {
    const date = guessDate(present.slice(0, SAMPLE), { dayFirst: side.context.dayFirst, compact: false });
    if (date !== undefined && date.fits >= 0.95 * Math.min(SAMPLE, present.length)) {
      const values = Float64Array.from(texts.levels, (text) => readDate(text, date.format));
      made = { ...made, kind: "dates", values };
    }
  }
  known.set(texts.codes, made);
  return made;
}

function decimalsOf(texts: readonly string[], { decimalMark }: NumberMarks): number {
  return texts.reduce((most, text) => {
    const at = text.lastIndexOf(decimalMark);
    return at < 0 || !/^\d+$/.test(text.slice(at + 1)) ? most : Math.max(most, text.length - at - 1);
  }, 0);
}
