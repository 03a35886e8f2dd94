import { cutCell } from "./cut-number.ts";
import { PLAIN, readNumber, type NumberMarks, type WrittenNumber } from "./number-format.ts";
import type { NumberFormat } from "../table.ts";

/** What the rest of the file says about how it writes numbers and dates. */
export interface NumberContext {
  /** Some column can only be read with a decimal comma, or the file is separated by semicolons. */
  decimalComma: boolean;
  /** Day before month where a date column does not settle it. */
  dayFirst: boolean;
}

const CANDIDATES: readonly NumberMarks[] = [
  PLAIN,
  { decimalMark: ",", thousandsMark: "" },
  { decimalMark: ".", thousandsMark: "," },
  { decimalMark: ",", thousandsMark: "." },
  { decimalMark: ".", thousandsMark: " " },
  { decimalMark: ",", thousandsMark: " " },
  { decimalMark: ".", thousandsMark: "'" },
  { decimalMark: ",", thousandsMark: "'" },
];

/** 1,234 or 1.234.567: groups of three after a single kind of mark, which may be a thousands mark. */
const GROUPS = { ",": /^[+-]?[1-9]\d{0,2}(,\d{3})+$/, ".": /^[+-]?[1-9]\d{0,2}(\.\d{3})+$/ } as const;

const fitting = (texts: readonly string[], marks: NumberMarks): number =>
  texts.reduce((sum, text) => sum + (readNumber(text, marks) === undefined ? 0 : 1), 0);

/** The marks under which most of `texts` are numbers, and how many are; the context decides where texts allow two. */
export function chooseMarks(
  texts: readonly string[],
  context: NumberContext,
): { marks: NumberMarks; fits: number } {
  const marked: string[] = [];
  let bare = 0;
  for (const text of texts) {
    if (/[.,' \u00a0\u202f\u2019]/.test(text)) marked.push(text);
    else if (readNumber(text, PLAIN) !== undefined) bare++;
  }
  if (marked.length === 0) {
    return { marks: context.decimalComma ? { decimalMark: ",", thousandsMark: "" } : PLAIN, fits: bare };
  }
  const scored = CANDIDATES.map((marks) => ({ marks, fits: fitting(marked, marks) }));
  const best = Math.max(...scored.map(({ fits }) => fits));
  const equal = scored.filter(({ fits }) => fits === best).map(({ marks }) => marks);
  return { marks: settle(equal, marked, context), fits: best + bare };
}

function settle(
  equal: readonly NumberMarks[],
  marked: readonly string[],
  context: NumberContext,
): NumberMarks {
  const prefers = (decimalMark: "." | ",", thousandsMark: string): NumberMarks | undefined =>
    equal.find((it) => it.decimalMark === decimalMark && it.thousandsMark === thousandsMark);
  const grouped = (mark: "," | "."): boolean => marked.every((text) => GROUPS[mark].test(text));
  if (context.decimalComma) {
    const plainComma = prefers(",", "");
    if (plainComma !== undefined && marked.some((text) => text.includes(","))) return plainComma;
    if (grouped(".")) return prefers(",", ".") ?? (equal[0] as NumberMarks);
    return plainComma ?? (equal.find((it) => it.decimalMark === ",") || (equal[0] as NumberMarks));
  }
  if (grouped(",")) return prefers(".", ",") ?? (equal[0] as NumberMarks);
  return equal[0] as NumberMarks;
}

/** True when `texts` can only be numbers with a decimal comma: "1,5", "1.234,5". */
export function showsDecimalComma(texts: readonly string[]): boolean {
  const numbers = texts.map((text) => cutCell(text)?.number ?? text);
  const { marks, fits } = chooseMarks(numbers, { decimalComma: false, dayFirst: false });
  return marks.decimalMark === "," && fits > 0 && fits >= 0.8 * texts.length;
}

/** How a column's numbers were written; see NumberFormat. */
export interface NumberWriting {
  readonly decimals: number;
  readonly least: number;
  readonly grouped: boolean;
  readonly exact: boolean;
}

export function formatOf(marks: NumberMarks, writing: NumberWriting, affix?: Affixes): NumberFormat {
  return {
    decimals: writing.decimals,
    decimalMark: marks.decimalMark,
    thousandsMark: writing.grouped ? marks.thousandsMark : "",
    ...(writing.least > 0 ? { leastDecimals: writing.least } : {}),
    exact: writing.exact && affix?.even !== false,
    ...(affix?.prefix ? { prefix: affix.prefix } : {}),
    ...(affix?.suffix ? { suffix: affix.suffix } : {}),
    ...(affix?.one === undefined ? {} : { one: affix.one }),
  };
}

type Affixes = Pick<NumberFormat, "prefix" | "suffix" | "one"> & { readonly even: boolean };

/** Gathers, number by number, how a column writes them. */
export class WritingSoFar {
  private decimals = 0;
  private least = Infinity;
  private paddedMost = 0;
  private grouped = 0;
  private ungroupedLong = 0;
  private odd = 0;

  add(number: WrittenNumber): void {
    this.addPlain(number.value, number.shown, number.decimals);
    if (number.grouped) {
      this.grouped++;
      if (Math.abs(number.value) >= 1000) this.ungroupedLong--;
    }
    if (!number.plain) this.odd++;
  }

  /** A number without thousands marks, exponent or plus sign. */
  addPlain(value: number, shown: number, decimals: number): void {
    if (decimals > this.decimals) this.decimals = decimals;
    if (shown < this.least) this.least = shown;
    if (shown > decimals && shown > this.paddedMost) this.paddedMost = shown;
    if (value >= 1000 || value <= -1000) this.ungroupedLong++;
  }

  done(): NumberWriting {
    const least = this.paddedMost > 0 ? this.least : 0;
    const mixed = this.grouped > 0 && this.ungroupedLong > 0;
    return {
      decimals: this.decimals,
      least,
      grouped: this.grouped > 0 && !mixed,
      exact: this.odd === 0 && !mixed && this.paddedMost <= least && this.decimals <= 15,
    };
  }
}
