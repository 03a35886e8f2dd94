import { sourced } from "./sourced-number.ts";
import type { SourcedNumber } from "./sourced-number.ts";

/** Five conditions that fewer than 1 in 1,000 have. */
export const rareNumbers: readonly SourcedNumber[] = sourced(
  {
    measure: "share",
    unit: "1",
    population: "",
    source: "",
    how: "stated",
    range: [0, 0.001],
  },
  [
    [
      "rare.addison.share",
      "Addison's disease",
      140e-6,
      { population: "Western Norway, 1999", source: "lovas-2002" },
    ],
    [
      "rare.myasthenia.share",
      "Myasthenia gravis",
      77.7e-6,
      { population: "Pooled from 55 studies, all ages", source: "carr-2010" },
    ],
    [
      "rare.sclerosis.share",
      "Systemic sclerosis",
      242e-6,
      { population: "Adults of Detroit, 1989 to 1991", source: "mayes-2003" },
    ],
    [
      "rare.vasculitis.share",
      "ANCA vasculitis",
      421e-6,
      { population: "Adults of Olmsted County, Minnesota, 2015", source: "berti-2017" },
    ],
    [
      "rare.acromegaly.share",
      "Acromegaly",
      86e-6,
      { population: "Banbury, England, all ages", source: "fernandez-2010" },
    ],
  ],
);
