import { bySexAndBand } from "../body/bands.ts";
import { sourced } from "../sourced-number.ts";
import type { Shared, SourcedNumber } from "../sourced-number.ts";

/** First years of bands and the last year of the last one. */
export interface Bands {
  readonly from: readonly number[];
  readonly end: number;
}

/** Bands of the census. */
export const CENSUS: Bands = {
  from: [0, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60, 65, 70, 75, 80, 85, 90, 95, 100],
  end: 104,
};
/** Bands in which stays in intensive care were counted. */
export const STAYS: Bands = { from: [18, 30, 40, 50, 60, 70, 80, 90], end: 95 };
/** Bands for which visits to emergency departments are given. */
export const VISITS: Bands = { from: [0, 1, 18, 45, 65, 75], end: 104 };

/** Last year of the band at place `i`. */
export const endOf = ({ from, end }: Bands, i: number): number => (from[i + 1] ?? end + 1) - 1;

type BySex = Readonly<Record<"women" | "men", readonly number[]>>;

/** Rows `ID.women.0` and so on. */
function byBand(shared: Shared, id: string, about: string, bands: Bands, counts: BySex): SourcedNumber[] {
  return sourced(
    shared,
    (["women", "men"] as const).flatMap((sex) =>
      bands.from.map(
        (from, i) =>
          [
            `${id}.${sex}.${from}`,
            `${about}: ${sex} of ${from} to ${endOf(bands, i)}`,
            counts[sex][i] as number,
          ] as const,
      ),
    ),
  );
}

const people: Shared = {
  measure: "share",
  unit: "thousand people",
  population: "United States, 1 April 2010",
  source: "census-2010",
  how: "stated",
  note: "Table 2 of the brief; bands from 85 on from the same census.",
  range: [0, 1e6],
};

const failing: Shared = {
  measure: "mean",
  unit: "years",
  population: "57,937 admissions for heart failure, United States, 2005 to 2007",
  source: "forman-2009",
  how: "stated",
  range: [18, 100],
};

const visits: Shared = {
  measure: "rate",
  unit: "visits per 100 people a year",
  population: "emergency departments of the United States, 2018",
  source: "nchs-2021",
  how: "stated",
  range: [0, 500],
};

/** Ages and sexes of those a cohort is drawn from. */
export const pyramidNumbers: readonly SourcedNumber[] = [
  ...byBand(people, "people", "People", CENSUS, {
    women: [
      9882, 9959, 10097, 10737, 10571, 10466, 9966, 10138, 10497, 11500, 11365, 10141, 8740, 6583, 5034, 4135,
      3449, 2347, 1024, 289, 44,
    ],
    men: [
      10319, 10390, 10580, 11304, 11014, 10636, 9997, 10042, 10394, 11209, 10933, 9524, 8078, 5853, 4244,
      3182, 2294, 1274, 424, 82, 9,
    ],
  }),
  ...bySexAndBand(
    {
      measure: "share",
      unit: "1",
      population: "US adults, NHANES 2009 to 2012",
      source: "nhanes-2009",
      how: "computed",
      note: "Told that they have diabetes, or HbA1c of 6.5% and more, in the public rows with their examination weights.",
      range: [0, 1],
    },
    "clinic.diabetes",
    "Diabetes, for whom a diabetes clinic sees",
    {
      women: [0.017, 0.045, 0.087, 0.15, 0.239, 0.251, 0.23],
      men: [0.011, 0.043, 0.104, 0.19, 0.266, 0.296, 0.287],
    },
  ),
  ...byBand(
    {
      measure: "share",
      unit: "stays",
      population: "1,835 stays in 174 US intensive care units, demo of the database, 2014 to 2015",
      source: "pollard-2018",
      how: "computed",
      note: "Counted in the public demo (version 2.0.1), those over 89 as 90 to 95.",
      range: [0, 1e6],
    },
    "stays",
    "Stays in intensive care",
    STAYS,
    { women: [42, 45, 44, 113, 156, 156, 109, 42], men: [62, 85, 104, 196, 230, 263, 153, 32] },
  ),
  ...sourced(visits, [
    ...VISITS.from.map(
      (from, i) =>
        [
          `visits.${from}`,
          `Visits to emergency departments at ${from} to ${endOf(VISITS, i)}`,
          [101, 37, 41, 37, 35, 52][i] as number,
        ] as const,
    ),
    [
      "visits.women",
      "Visits to emergency departments by women, of all",
      0.55,
      {
        measure: "share",
        unit: "1",
        how: "chosen",
        note: "Women come more often than men in the brief; 54% to 56% of visits in the survey's tables of these years.",
        range: [0.01, 0.99],
      },
    ],
  ]),
  ...sourced(failing, [
    ["failing.mean", "Age at admission for heart failure", 73],
    [
      "failing.sd",
      "Age at admission for heart failure, spread",
      14,
      { measure: "standard deviation", range: [1, 40] },
    ],
    [
      "failing.women",
      "Women among admissions for heart failure",
      0.5,
      {
        measure: "share",
        unit: "1",
        how: "chosen",
        note: "Half in this registry and in national discharges (51% in 2007 to 2008).",
        range: [0.01, 0.99],
      },
    ],
    [
      "failing.women.year",
      "Odds of a woman among admissions for heart failure, each year of age",
      1.02,
      {
        measure: "odds ratio",
        unit: "1",
        how: "chosen",
        note: "Men are admitted younger; 1.02 gives 40% women at 55 and 57% at 87.",
        range: [0.9, 1.1],
      },
    ],
  ]),
];
