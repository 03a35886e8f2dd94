import type { RawCells } from "../read/column-cells.ts";
import type { Facts } from "../read/kinds/column-facts.ts";

/** Rows that are looked at for how numbers are spread. */
const ROWS = 20_000;
/** Least share of different ones among numbers of patients that have many rows each. */
const REPEATED = 0.02;
/** Fewer rows say nothing about how numbers were given out. */
const LEAST = 20;

/** How the whole numbers of a column are spread. */
export interface Spread {
  readonly rows: number;
  /** different ones among the rows, as a share */
  readonly different: number;
  /** share of the numbers that have the most frequent count of digits */
  readonly sameWidth: number;
  /** that count of digits */
  readonly width: number;
  /** share of neighbouring rows in which the number rises */
  readonly rising: number;
  /** share that ends with 0 */
  readonly round: number;
  /** how many different ones */
  readonly distinct: number;
  /** greatest distance between the distribution of the different ones and an even one from the least to the greatest (Kolmogorov) */
  readonly unevenness: number;
  readonly least: number;
  readonly greatest: number;
}

/** The present numbers of the first rows; undefined where some are no whole numbers of at least 0. */
function wholeNumbers(cells: RawCells): number[] | undefined {
  const numbers: number[] = [];
  if (cells.type === "values") {
    for (const value of cells.values.subarray(0, ROWS)) {
      if (Number.isNaN(value)) continue;
      if (!Number.isInteger(value) || value < 0) return undefined;
      numbers.push(value);
    }
    return numbers;
  }
  const values = cells.levels.map((text) => (/^\d{1,18}(\.0)?$/.test(text) ? Number(text) : NaN));
  for (const code of cells.codes.subarray(0, ROWS)) {
    const value = values[code] as number;
    if (!Number.isNaN(value)) numbers.push(value);
  }
  return numbers;
}

/** How whole numbers are spread over the first rows; undefined where the column holds others or too few. */
export function spreadOf(facts: Facts, cells: RawCells): Spread | undefined {
  if (facts.writing.decimals > 0 || facts.numberShare < 0.95) return undefined;
  const numbers = wholeNumbers(cells);
  if (numbers === undefined || numbers.length < LEAST) return undefined;
  const sorted = Float64Array.from(numbers).sort();
  const widths = new Map<number, number>();
  let [round, rises] = [0, 0];
  numbers.forEach((value, row) => {
    const width = String(value).length;
    widths.set(width, (widths.get(width) ?? 0) + 1);
    if (value % 10 === 0) round++;
    if (row > 0 && value > (numbers[row - 1] as number)) rises++;
  });
  const [width, most] = [...widths].reduce((a, b) => (b[1] > a[1] ? b : a));
  const n = sorted.length;
  const [least, greatest] = [sorted[0] as number, sorted[n - 1] as number];
  const different = sorted.filter((value, i) => i === 0 || value !== sorted[i - 1]);
  const unevenness = different.reduce((most, value, i) => {
    const even = greatest > least ? (value - least) / (greatest - least) : 0;
    return Math.max(most, Math.abs((i + 0.5) / different.length - even));
  }, 0);
  return {
    rows: n,
    different: different.length / n,
    distinct: different.length,
    sameWidth: most / n,
    width,
    rising: rises / Math.max(1, n - 1),
    round: round / n,
    unevenness,
    least,
    greatest,
  };
}

const isDay = (value: number): boolean => {
  const [year, month, day] = [Math.floor(value / 10_000), Math.floor(value / 100) % 100, value % 100];
  return year >= 1880 && year <= 2100 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
};

/** YYYYMMDD, or seconds or milliseconds since 1970 within the last decades. */
export function areTimes(spread: Spread): boolean {
  const { least, greatest, width } = spread;
  const unit = width >= 12 ? 1000 : 1;
  const seconds = width >= 9 && width <= 13 && least / unit > 600_000_000 && greatest / unit < 1_900_000_000;
  return areDays(spread) || seconds;
}

/** YYYYMMDD. */
export const areDays = ({ least, greatest, width }: Spread): boolean =>
  width === 8 && isDay(least) && isDay(greatest) && greatest < 21_000_000;

/**
 * Why the numbers look given out one to a case and not measured, in words; undefined where they do not. Measured numbers
 * are seldom all different, rise with the rows or are spread evenly, and those of seven digits span several widths.
 */
export function issuedInWords(spread: Spread): string | undefined {
  const { different, distinct, sameWidth, width, rising, round, unevenness, rows } = spread;
  if (sameWidth < 0.85 || areTimes(spread)) return undefined;
  const even = unevenness < 1.3 / Math.sqrt(distinct) + 0.01;
  if (different < 0.95) {
    const repeated =
      different > REPEATED && distinct > 20 && width >= 7 && sameWidth >= 0.95 && round <= 0.3 && even;
    return repeated ? `Whole numbers of ${width} digits that repeat, spread evenly.` : undefined;
  }
  const all = different === 1 ? "all different" : "nearly all different";
  if (width >= 4 && rising >= 0.98)
    return `Whole numbers of ${width} digits that rise from row to row, ${all}.`;
  if (round > 0.3) return undefined;
  if (width >= 7 && (even || (width >= 8 && sameWidth >= 0.95)))
    return `Whole numbers of ${width} digits, ${all} and spread evenly.`;
  if (width >= 5 && even && rows >= 40 && spread.greatest > 1.5 * spread.least)
    return `Whole numbers of ${width} digits, ${all} and spread evenly over their range.`;
  return undefined;
}
