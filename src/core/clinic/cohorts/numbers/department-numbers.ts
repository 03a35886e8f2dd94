import { sourced } from "./sourced-number.ts";
import type { SourcedNumber } from "./sourced-number.ts";

const visits = "119 million visits to US emergency departments, 2006";
const manchester = "288,663 visits to three European emergency departments";

/** Who comes to an emergency department for what, how urgent it is, and who stays. */
export const departmentNumbers: readonly SourcedNumber[] = [
  ...sourced(
    {
      measure: "share",
      unit: "1",
      population: visits,
      source: "nhamcs-2006",
      how: "chosen",
      note: "the survey's leading reasons in an order of size; they are grouped here",
      range: [0, 1],
    },
    [
      ["ed.share.injury", "Come for an injury", 0.356, { how: "stated" }],
      ["ed.share.abdomen", "Come for abdominal pain", 0.1],
      ["ed.share.chest", "Come for chest pain", 0.07],
      ["ed.share.breath", "Come for breathing", 0.06],
      ["ed.share.fever", "Come for fever or infection", 0.11],
      ["ed.share.head", "Come for the head or nerves", 0.08],
      ["ed.share.mind", "Come for mental health", 0.04],
      ["ed.share.weak", "Come for weakness or collapse", 0.06],
      ["ed.share.other", "Come for another reason", 0.124],
      [
        "ed.small.rarely",
        "Small children: chest pain, mental health, head and weakness against everyone",
        0.1,
        {
          measure: "relative risk",
          note: "none of them is among the leading reasons of children under 15, fever and cough are",
          range: [0, 1],
        },
      ],
      [
        "ed.small.often",
        "Small children: fever and breathing against everyone",
        2.2,
        {
          measure: "relative risk",
          note: "fever, cough and vomiting lead the reasons of children under 15",
          range: [1, 5],
        },
      ],
      [
        "ed.small.until",
        "Age until which children are small",
        6,
        { measure: "limit", unit: "years", note: "the age at which school begins", range: [0, 15] },
      ],
      ["ed.drawn", "Have blood drawn", 0.388, { how: "stated" }],
    ],
  ),
  ...sourced(
    {
      measure: "share",
      unit: "1",
      population: "331.5 million adult visits to US emergency departments, 2001 to 2004",
      source: "wang-2007",
      how: "stated",
      range: [0, 0.2],
    },
    [["ed.sepsis", "Severe sepsis, of adults who come", 0.0069]],
  ),
  ...sourced(
    {
      measure: "share",
      unit: "1",
      population: visits,
      source: "nhamcs-2006",
      how: "chosen",
      note: "rarer than 1 in 100 visits; the survey is too small to count them by itself",
      range: [0, 0.2],
    },
    [
      ["ed.ketoacidosis.1", "Ketoacidosis, of adults with type 1 diabetes who come", 0.07],
      ["ed.ketoacidosis.2", "Ketoacidosis, of adults with type 2 diabetes who come", 0.006],
      ["ed.hyperkalaemia", "Potassium above 6, of adults with chronic kidney disease who come", 0.018],
      ["ed.bleed", "Upper gastrointestinal bleeding, of adults who come", 0.006],
      [
        "ed.sepsis.age",
        "Log odds of sepsis and bleeding, for ten years of age",
        0.3,
        { measure: "coefficient", range: [0, 1] },
      ],
      [
        "ed.sepsis.middle",
        "Age about which these shares hold",
        55,
        { unit: "years", measure: "mean", range: [18, 90] },
      ],
      [
        "ed.adult",
        "Age from which these emergencies are drawn",
        18,
        { unit: "years", measure: "limit", range: [0, 30] },
      ],
    ],
  ),
  ...sourced(
    {
      measure: "share",
      unit: "1",
      population: manchester,
      source: "zachariasse-2017",
      how: "chosen",
      note: "within what the three departments show: few immediate, about 1 in 8 very urgent, urgent and standard about the same",
      range: [0, 1],
    },
    [
      ["ed.triage.1", "Immediate", 0.008],
      ["ed.triage.2", "Very urgent", 0.13],
      ["ed.triage.3", "Urgent", 0.41],
      ["ed.triage.4", "Standard", 0.42],
      [
        "ed.triage.illness",
        "Share of urgency that illness says; the rest is the complaint and the nurse",
        0.65,
        { measure: "correlation" },
      ],
    ],
  ),
  ...sourced(
    {
      measure: "limit",
      unit: "points",
      population: "adults in hospital",
      source: "news2-2017",
      how: "stated",
      range: [0, 20],
    },
    [
      ["ed.news.urgent", "NEWS2 from which a patient is at least urgent", 5],
      ["ed.news.emergency", "NEWS2 from which a patient is at least very urgent", 7],
    ],
  ),
  ...sourced(
    {
      measure: "share",
      unit: "1",
      population: "34,546 visits to US emergency departments, 2001",
      source: "nhamcs-2001",
      how: "stated",
      range: [0, 1],
    },
    [
      ["ed.left.busy", "Leave unseen in the busiest quarter of hours", 0.0166],
      ["ed.left.quiet", "Leave unseen in the quietest quarter of hours", 0.0087],
      [
        "ed.stay.admitted",
        "Stay of those admitted against those discharged",
        1.74,
        { measure: "effect", range: [0.5, 4] },
      ],
      [
        "ed.stay",
        "Hours in the department of those discharged, median",
        2.5,
        {
          measure: "duration",
          unit: "h",
          how: "chosen",
          note: "the abstract gives the ratio and not the hours",
          range: [0.5, 10],
        },
      ],
      [
        "ed.stay.spread",
        "Spread of the logarithm of hours",
        0.45,
        { measure: "standard deviation", how: "chosen", note: "the abstract gives no spread" },
      ],
      [
        "ed.stay.most",
        "Most hours that are shown",
        8,
        { measure: "limit", unit: "h", how: "chosen", note: "a table of hours stays short", range: [2, 24] },
      ],
      [
        "ed.stay.alone",
        "Hours shown of those who leave unseen",
        2,
        {
          measure: "limit",
          unit: "h",
          how: "chosen",
          note: "the hour of arrival and an hour of waiting",
          range: [2, 8],
        },
      ],
      ["ed.admitted", "Are admitted", 0.135],
      [
        "ed.admitted.shift",
        "Log odds of admission, standard triage, no emergency, middle age, against the share of all",
        -0.763,
        { measure: "coefficient", how: "calibrated", note: "13.5% of all are admitted", range: [-8, 2] },
      ],
    ],
  ),
  ...sourced(
    {
      measure: "coefficient",
      unit: "1",
      population: "25,218 triaged patients of a large Portuguese hospital, 2011",
      source: "santos-2014",
      how: "calibrated",
      note: "immediate and very urgent together are admitted 4.9 times as often as the others",
      range: [-4, 5],
    },
    [
      ["ed.admitted.1", "Log odds of admission, immediate", 3.3],
      ["ed.admitted.2", "Log odds of admission, very urgent", 2.1],
      ["ed.admitted.3", "Log odds of admission, urgent", 0.95],
      ["ed.admitted.4", "Log odds of admission, standard", 0],
      ["ed.admitted.5", "Log odds of admission, not urgent", -1],
      ["ed.admitted.age", "Log odds of admission, for ten years of age", 0.24],
      ["ed.admitted.illness", "Log odds of admission, for a standard deviation of illness", 0.45],
      ["ed.admitted.crisis", "Log odds of admission, with one of the emergencies", 3],
    ],
  ),
  ...sourced(
    {
      measure: "duration",
      unit: "h",
      population: "49,331 patients with sepsis in 149 New York hospitals, 2014 to 2016",
      source: "seymour-2017",
      how: "computed",
      note: "median of .95 h to the first antibiotic, in whole hours",
      range: [0, 12],
    },
    [["ed.treated.after", "Hours from arrival to treatment of an emergency", 1]],
  ),
];
