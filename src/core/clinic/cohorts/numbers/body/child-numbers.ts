import { sourced } from "../sourced-number.ts";
import type { Shared, SourcedNumber } from "../sourced-number.ts";

/** Where a curve has points below 18, and whether girls and boys have their own. */
export interface ChildPoints {
  readonly ages: readonly number[];
  readonly apart: boolean;
}

type Values = readonly number[];
interface ChildTable {
  readonly id: string;
  readonly about: string;
  readonly ages: readonly number[];
  readonly shared: Omit<Shared, "measure">;
  readonly mean: readonly [Values] | readonly [girls: Values, boys: Values];
  readonly sd: readonly [Values] | readonly [girls: Values, boys: Values];
}

const who: Omit<Shared, "measure"> = {
  unit: "1",
  population: "healthy breastfed children of six countries to 2 years, US children from 3",
  source: "who-2006",
  how: "computed",
  note: "WHO medians and spreads to 2 years (body mass index from the medians of weight and length); from 3 on the weighted public rows of NHANES 2009 to 2012.",
  range: [0, 200],
};
const fleming: Omit<Shared, "measure"> = {
  unit: "/min",
  population: "healthy children of 69 studies",
  source: "fleming-2011",
  how: "computed",
  note: "Median of the band of ages around it; the spread is what lies between 1st and 99th centile, by 4.65.",
  range: [0, 200],
};
const fourth: Omit<Shared, "measure"> = {
  unit: "mmHg",
  population: "US children of median height; newborns in the first month",
  source: "nhbpep-2004",
  how: "stated",
  note: "50th centiles at the 50th centile of height; the value at birth is chosen, below those at 1 year.",
  range: [0, 160],
};
const dacie: Omit<Shared, "measure"> = {
  unit: "1",
  population: "healthy children",
  source: "dacie-lewis-2017",
  how: "computed",
  note: "Middle of the range of 95% at 1 year, 2 to 6 and 6 to 12 years, and a quarter of its width.",
  range: [0, 120],
};

const GROWTH = [0, 0.25, 0.5, 0.75, 1, 1.5, 2, 3.5, 4.5, 6.5, 8.5, 10.5, 12.5, 14.5, 16.5, 18.5];
const RATES = [0, 0.1, 0.4, 0.9, 1.25, 1.75, 2.5, 3.5, 5, 7, 10, 13.5, 16.5];
const PRESSURES = [0, 1, 3, 6, 9, 12, 15, 17];
const BLOOD = [1, 4, 9];

const tables: readonly ChildTable[] = [
  {
    id: "height_cm",
    about: "Length or height",
    ages: GROWTH,
    shared: { ...who, unit: "cm" },
    mean: [
      [49.1, 59.8, 65.7, 70.1, 74, 80.7, 85.7, 98.8, 105.7, 119.6, 132.5, 144.7, 157.5, 161.3, 161.6, 162],
      [49.9, 61.4, 67.6, 72, 75.7, 82.3, 87.1, 99.7, 107, 119.8, 131.5, 143.8, 157.3, 168.6, 175, 176.8],
    ],
    sd: [
      [1.9, 2.1, 2.3, 2.4, 2.6, 2.9, 3.2, 4.2, 4.6, 5.6, 7, 7.3, 6.9, 6.7, 6.1, 6.7],
      [1.9, 2, 2.1, 2.2, 2.4, 2.7, 3.1, 4.7, 5, 5.4, 6.5, 7.3, 8.1, 7.5, 6.6, 7.1],
    ],
  },
  {
    id: "bmi",
    about: "Body mass index",
    ages: GROWTH,
    shared: { ...who, unit: "kg/m2" },
    mean: [
      [13.3, 16.4, 16.9, 16.7, 16.4, 15.7, 15.7, 16.2, 16.1, 16.8, 18.6, 19.3, 22.4, 23.9, 24.4, 26.1],
      [13.4, 16.9, 17.3, 17.2, 16.8, 16.1, 16, 16.6, 16.5, 16.3, 17.8, 19.8, 21.2, 22.8, 24.1, 26.6],
    ],
    sd: [
      [1.2, 1.4, 1.5, 1.4, 1.4, 1.3, 1.3, 2, 1.8, 2.7, 4.1, 3.9, 5.6, 5.2, 6.3, 8.3],
      [1.2, 1.4, 1.4, 1.3, 1.3, 1.2, 1.3, 1.9, 2, 2.3, 3.5, 4.3, 4.7, 5.7, 5.1, 7.2],
    ],
  },
  {
    id: "heart_rate",
    about: "Heart rate",
    ages: RATES,
    shared: fleming,
    mean: [[127, 145, 140, 128, 123, 116, 110, 104, 98, 91, 84, 78, 73]],
    sd: [[15.9, 15.9, 15.3, 14.6, 14.6, 14.4, 14.2, 14.2, 14.2, 13.8, 13.5, 13.1, 13.1]],
  },
  {
    id: "respiratory_rate",
    about: "Respiratory rate",
    ages: RATES,
    shared: fleming,
    mean: [[44, 43, 41, 37, 35, 31, 28, 25, 23, 21, 19, 18, 16]],
    sd: [[8.8, 8.8, 8.6, 7.7, 6.9, 5.8, 4.3, 3.4, 2.6, 2.4, 2.4, 2.4, 2.4]],
  },
  {
    id: "sbp",
    about: "Systolic pressure",
    ages: PRESSURES,
    shared: fourth,
    mean: [
      [72, 86, 89, 94, 100, 105, 110, 111],
      [72, 85, 91, 96, 100, 106, 113, 118],
    ],
    sd: [PRESSURES.map(() => 10.5), PRESSURES.map(() => 10.7)],
  },
  {
    id: "dbp",
    about: "Diastolic pressure",
    ages: PRESSURES,
    shared: fourth,
    mean: [
      [38, 40, 49, 56, 59, 62, 65, 66],
      [36, 37, 46, 55, 60, 62, 64, 67],
    ],
    sd: [
      [8, 8, 9, 10, 11, 11, 11, 11],
      [8, 8, 9, 10, 11.6, 11.6, 11.6, 11.6],
    ],
  },
  {
    id: "haematocrit",
    about: "Haematocrit",
    ages: BLOOD,
    shared: { ...dacie, unit: "%" },
    mean: [[34, 37, 40]],
    sd: [[2, 1.5, 2.5]],
  },
  {
    id: "mcv",
    about: "Mean cell volume",
    ages: BLOOD,
    shared: { ...dacie, unit: "fL" },
    mean: [[78, 81, 86]],
    sd: [[3, 3, 4.5]],
  },
  {
    id: "white_cells",
    about: "White cells",
    ages: BLOOD,
    shared: { ...dacie, unit: "10^9/L" },
    mean: [[11, 10, 9]],
    sd: [[2.5, 2.5, 2]],
  },
];

const sexesOf = (values: readonly Values[]): readonly string[] =>
  values.length === 1 ? ["children"] : ["girls", "boys"];

/** Points below 18 of curves such as "sbp.mean". */
export const childPoints: ReadonlyMap<string, ChildPoints> = new Map([
  ...tables.flatMap(({ id, ages, mean, sd }) => [
    [`${id}.mean`, { ages, apart: mean.length > 1 }] as const,
    [`${id}.sd`, { ages, apart: sd.length > 1 }] as const,
  ]),
  ["correlation.sbp.dbp", { ages: [17], apart: false }] as const,
]);

/** What is measured in children: `sbp.mean.girls.3`, or `heart_rate.mean.children.3.5` where both sexes have the same. */
export const childNumbers: readonly SourcedNumber[] = [
  ...tables.flatMap(({ id, about, ages, shared, mean, sd }) =>
    (
      [
        ["mean", "mean", mean],
        ["sd", "standard deviation", sd],
      ] as const
    ).flatMap(([part, measure, values]) =>
      sourced(
        { ...shared, measure },
        values.flatMap((ofSex, place) =>
          ages.map(
            (age, i) =>
              [
                `${id}.${part}.${sexesOf(values)[place]}.${age}`,
                `${about}, ${part === "sd" ? "spread" : "mean"}, ${sexesOf(values)[place]} of ${age} years`,
                ofSex[i] as number,
              ] as const,
          ),
        ),
      ),
    ),
  ),
  ...sourced(
    {
      measure: "correlation",
      unit: "1",
      population: "US children of 8 to 17, NHANES 2009 to 2012",
      source: "nhanes-2009",
      how: "computed",
      note: "Of what is left of both after sex and year of age in the public rows.",
      range: [-0.2, 0.9],
    },
    [["correlation.sbp.dbp.children.17", "Systolic and diastolic pressure, children", 0.18]],
  ),
];
