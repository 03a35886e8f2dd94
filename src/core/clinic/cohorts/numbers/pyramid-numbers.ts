import { sourced } from "./sourced-number.ts";
import type { Shared, SourcedNumber } from "./sourced-number.ts";

/** First years of the bands of the census; the last ends at `END`. */
export const BANDS = [
  0, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60, 65, 70, 75, 80, 85, 90, 95, 100,
] as const;
const END = 104;

/** Counts of 2010 in thousands, by `BANDS`. */
const WOMEN = [
  9882, 9959, 10097, 10737, 10571, 10466, 9966, 10138, 10497, 11500, 11365, 10141, 8740, 6583, 5034, 4135,
  3449, 2347, 1024, 289, 44,
];
const MEN = [
  10319, 10390, 10580, 11304, 11014, 10636, 9997, 10042, 10394, 11209, 10933, 9524, 8078, 5853, 4244, 3182,
  2294, 1274, 424, 82, 9,
];

const people: Shared = {
  measure: "share",
  unit: "thousand people",
  population: "United States, 1 April 2010",
  source: "census-2010",
  how: "stated",
  note: "Table 2 of the brief; bands from 85 on from the same census.",
  range: [0, 1e6],
};

/** Ages and sexes of those a cohort is drawn from. */
export const pyramidNumbers: readonly SourcedNumber[] = sourced(
  people,
  BANDS.flatMap((from, i) =>
    (["women", "men"] as const).map(
      (sex) =>
        [
          `people.${sex}.${from}`,
          `People: ${sex} of ${from} to ${endOf(i)}`,
          (sex === "women" ? WOMEN : MEN)[i] as number,
        ] as const,
    ),
  ),
);

/** Last year of the band at place `i`. */
export function endOf(i: number): number {
  return (BANDS[i + 1] ?? END + 1) - 1;
}
