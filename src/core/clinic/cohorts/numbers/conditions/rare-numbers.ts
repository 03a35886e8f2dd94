import { sourced } from "../sourced-number.ts";
import type { SourcedNumber } from "../sourced-number.ts";

const NORWAY = { population: "Norway, 2008, treated with pyridostigmine", source: "andersen-2010" };
const DETROIT = {
  population: "Adults of Detroit, 1989 to 1991",
  source: "mayes-2003",
  how: "computed",
  note: "242 per million adults, 4.6 women to a man, as many women as men: 242 × 2 × 4.6 / 5.6.",
} as const;

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
    ["rare.myasthenia.share.women", "Myasthenia gravis, women", 170e-6, NORWAY],
    ["rare.myasthenia.share.men", "Myasthenia gravis, men", 92e-6, NORWAY],
    ["rare.sclerosis.share.women", "Systemic sclerosis, women", 398e-6, DETROIT],
    ["rare.sclerosis.share.men", "Systemic sclerosis, men", 86e-6, DETROIT],
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
