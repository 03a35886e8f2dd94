import { sourced } from "../sourced-number.ts";
import type { Shared, SourcedNumber } from "../sourced-number.ts";

/** First years of the bands of ages that adults' numbers are given for; the last is open. */
export const ADULT_BANDS = [20, 30, 40, 50, 60, 70, 80] as const;

/** Middle of a band of ten years. */
export const HALF_BAND = 5;

/** One value a band of `ADULT_BANDS`. */
export type Banded = readonly [number, number, number, number, number, number, number];

const inBand = (from: number, i: number): string =>
  i === ADULT_BANDS.length - 1 ? `${from} and over` : `${from} to ${from + 9}`;

/** Rows `ID.women.20` to `ID.men.80`, of words such as "Heart rate, women of 40 to 49". */
export function bySexAndBand(
  shared: Shared,
  id: string,
  about: string,
  { women, men }: { women: Banded; men: Banded },
): SourcedNumber[] {
  return sourced(
    shared,
    Object.entries({ women, men }).flatMap(([sex, values]) =>
      ADULT_BANDS.map(
        (from, i) =>
          [`${id}.${sex}.${from}`, `${about}, ${sex} of ${inBand(from, i)}`, values[i] as number] as const,
      ),
    ),
  );
}

/** Mean and spread of a quantity by sex and band of age. */
export function spreadByAge(
  shared: Omit<Shared, "measure">,
  id: string,
  about: string,
  values: { women: readonly [mean: Banded, sd: Banded]; men: readonly [mean: Banded, sd: Banded] },
): SourcedNumber[] {
  const { women, men } = values;
  const most = shared.range[1] - shared.range[0];
  return [
    ...bySexAndBand({ ...shared, measure: "mean" }, `${id}.mean`, `${about}, mean`, {
      women: women[0],
      men: men[0],
    }),
    ...bySexAndBand(
      { ...shared, measure: "standard deviation", range: [0, most] },
      `${id}.sd`,
      `${about}, spread`,
      { women: women[1], men: men[1] },
    ),
  ];
}
