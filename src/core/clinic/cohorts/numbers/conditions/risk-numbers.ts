import { sourced } from "../sourced-number.ts";
import type { SourcedNumber } from "../sourced-number.ts";

/** What people are before they have any condition: whether they smoke, how heavy they are. */
export const riskNumbers: readonly SourcedNumber[] = [
  ...sourced(
    {
      measure: "share",
      unit: "1",
      population: "US adults, NHIS 2021",
      source: "cornelius-2023",
      how: "stated",
      note: "Cigarettes every day or some days.",
      range: [0.0001, 0.9],
    },
    [
      ["smoking.current.18-24", "Smoke cigarettes, 18 to 24", 0.053],
      ["smoking.current.25-44", "Smoke cigarettes, 25 to 44", 0.126],
      ["smoking.current.45-64", "Smoke cigarettes, 45 to 64", 0.149],
      ["smoking.current.65-84", "Smoke cigarettes, 65 and over", 0.083],
      ["smoking.current.women", "Smoke cigarettes, women", 0.101],
      ["smoking.current.men", "Smoke cigarettes, men", 0.131],
      ["smoking.current.all", "Smoke cigarettes, adults", 0.115],
      [
        "smoking.quit.18-24",
        "Have stopped among those who ever smoked, 18 to 24",
        0.503,
        {
          measure: "share",
          note: "Former smokers among those who ever smoked; the share of former smokers is current × ratio / (1 - ratio).",
        },
      ],
      [
        "smoking.quit.25-44",
        "Have stopped among those who ever smoked, 25 to 44",
        0.59,
        {
          measure: "share",
          note: "Former smokers among those who ever smoked; the share of former smokers is current × ratio / (1 - ratio).",
        },
      ],
      [
        "smoking.quit.45-64",
        "Have stopped among those who ever smoked, 45 to 64",
        0.621,
        {
          measure: "share",
          note: "Former smokers among those who ever smoked; the share of former smokers is current × ratio / (1 - ratio).",
        },
      ],
      [
        "smoking.quit.65-84",
        "Have stopped among those who ever smoked, 65 and over",
        0.819,
        {
          measure: "share",
          note: "Former smokers among those who ever smoked; the share of former smokers is current × ratio / (1 - ratio).",
        },
      ],
      [
        "smoking.quit.women",
        "Have stopped among those who ever smoked, women",
        0.654,
        {
          measure: "share",
          note: "Former smokers among those who ever smoked; the share of former smokers is current × ratio / (1 - ratio).",
        },
      ],
      [
        "smoking.quit.men",
        "Have stopped among those who ever smoked, men",
        0.674,
        {
          measure: "share",
          note: "Former smokers among those who ever smoked; the share of former smokers is current × ratio / (1 - ratio).",
        },
      ],
      [
        "smoking.quit.all",
        "Have stopped among those who ever smoked, adults",
        0.665,
        {
          measure: "share",
          note: "Former smokers among those who ever smoked; the share of former smokers is current × ratio / (1 - ratio).",
        },
      ],
    ],
  ),
  ...sourced(
    {
      measure: "share",
      unit: "1",
      population: "US adults, NHANES 2017 to 2018",
      source: "hales-2020",
      how: "stated",
      note: "Body mass index of 30 and over, age adjusted.",
      range: [0.05, 0.6],
    },
    [
      ["obese.share.women", "Obesity, women", 0.419],
      ["obese.share.men", "Obesity, men", 0.43],
    ],
  ),
  ...sourced(
    {
      measure: "share",
      unit: "1",
      population: "US adults, NHANES 2017 to 2018",
      source: "fryar-2020",
      how: "stated",
      note: "Body mass index of 25 to under 30, age adjusted.",
      range: [0.05, 0.39],
    },
    [
      ["overweight.share.women", "Overweight without obesity, women", 0.275],
      ["overweight.share.men", "Overweight without obesity, men", 0.341],
    ],
  ),
  ...sourced(
    {
      measure: "share",
      unit: "1",
      population: "US adults, NHIS 2016",
      source: "bullard-2018",
      how: "stated",
      note: "Of all adults, not of those with diabetes.",
      range: [0.0001, 0.02],
    },
    [["type_1.share", "Type 1 diabetes, adults", 0.0055]],
  ),
  ...sourced(
    {
      measure: "limit",
      unit: "years",
      population: "US adults, NHANES August 2021 to August 2023",
      source: "gwira-2024",
      how: "chosen",
      note: "The surveys ask adults: younger people are drawn with none of these conditions, and beyond the last year shares stay.",
      range: [16, 110],
    },
    [
      ["conditions.age.first", "Youngest who can have a condition", 18],
      ["conditions.age.last", "Age after which shares stay", 99],
    ],
  ),
];
