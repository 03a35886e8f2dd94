/** Dates of a column, in days since 1970, beside the other dates of the same rows; NaN = missing. */
export interface DatedRows {
  readonly own: Float64Array;
  readonly others: readonly Float64Array[];
  /** Ages in years by a column that is named so, where there is one. */
  readonly ages?: Float64Array;
}

const YEAR = 365.25;
const OLDEST = 113;
/** Days since 1970 of 1890 and 2035: nobody was born outside them. */
const FIRST_DAY = -80 * YEAR;
const LAST_DAY = 65 * YEAR;
/** Rows below which dates say nothing. */
const LEAST = 15;

const at = (sorted: Float64Array, share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] as number;

const present = (values: Iterable<number>): Float64Array =>
  Float64Array.from([...values].filter((value) => !Number.isNaN(value))).sort();

/** Differences to another date in years, where both are there. */
const yearsUntil = (own: Float64Array, other: Float64Array): Float64Array =>
  present(own.map((value, row) => ((other[row] as number) - value) / YEAR));

/**
 * Why dates are dates of birth, in words; undefined where they are not. The ages that they make at another date of their
 * row lie between 0 and 113 and are spread as ages are; where no other date is there, they span four decades or more.
 */
export function birthInWords({ own, others, ages }: DatedRows): string | undefined {
  const sorted = present(own);
  if (sorted.length < LEAST) return undefined;
  if (ages !== undefined && tellAges(own, others, ages))
    return "The dates lie as many years back as the ages say.";
  const span = (at(sorted, 0.98) - at(sorted, 0.02)) / YEAR;
  let compared = 0;
  for (const other of others) {
    const years = yearsUntil(own, other);
    if (years.length < LEAST) continue;
    compared++;
    const within = years.filter((age) => age >= -0.01 && age <= OLDEST).length / years.length;
    const wide = at(years, 0.95) - at(years, 0.05) >= 30 && at(years, 0.75) - at(years, 0.25) >= 10;
    if (within >= 0.98 && wide)
      return "The ages that these dates make at other dates of the row are those of people.";
  }
  if (compared > 0) return undefined;
  const plausible = at(sorted, 0.02) > FIRST_DAY && at(sorted, 0.98) < LAST_DAY;
  return span >= 40 && plausible ? "Dates over more than 40 years, as dates of birth are." : undefined;
}

/** Whether the years from the date to another date of the row are the ages, within one year. */
function tellAges(own: Float64Array, others: readonly Float64Array[], ages: Float64Array): boolean {
  return others.some((other) => {
    let [rows, fits] = [0, 0];
    ages.forEach((age, row) => {
      const years = ((other[row] as number) - (own[row] as number)) / YEAR;
      if (Number.isNaN(years) || Number.isNaN(age)) return;
      rows++;
      if (Math.abs(years - age - 0.5) <= 1) fits++;
    });
    return rows >= LEAST && fits >= 0.95 * rows && present(ages).length > 0 && at(present(ages), 0.9) > 3;
  });
}
