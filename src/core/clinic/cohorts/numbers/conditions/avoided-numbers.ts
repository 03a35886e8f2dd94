import { sourced } from "../sourced-number.ts";
import type { SourcedNumber } from "../sourced-number.ts";

/** What stands against a drug, and how often it is left out for that; 1 where it is never given. */
export const avoidedNumbers: readonly SourcedNumber[] = [
  ...sourced(
    {
      measure: "share",
      unit: "1",
      population: "People with type 2 diabetes",
      source: "fda-metformin-2016",
      how: "stated",
      range: [0, 1],
    },
    [
      [
        "metformin.avoided.egfr_surely_30",
        "Metformin left out where eGFR is under 30",
        1,
        { note: "Contraindicated: no prescription at all." },
      ],
      [
        "metformin.avoided.egfr_under_45",
        "Metformin left out where eGFR is under 45",
        0.4,
        {
          how: "chosen",
          note: "Not to be begun, and to be weighed by those who take it: between none and all.",
        },
      ],
    ],
  ),
  ...sourced(
    {
      measure: "share",
      unit: "1",
      population: "People with diabetes",
      source: "ada-2024",
      how: "stated",
      range: [0, 1],
    },
    [
      [
        "sglt2_inhibitor.avoided.type_1",
        "SGLT2 inhibitor left out in type 1 diabetes",
        1,
        { note: "Not licensed there: no prescription at all." },
      ],
      [
        "glp1.avoided.pregnant",
        "GLP-1 receptor agonist left out in pregnancy",
        1,
        { note: "Contraindicated: no prescription at all." },
      ],
      [
        "sglt2_inhibitor.avoided.pregnant",
        "SGLT2 inhibitor left out in pregnancy",
        1,
        { note: "Contraindicated: no prescription at all." },
      ],
      [
        "sulfonylurea.avoided.egfr_under_30",
        "Sulfonylurea left out where eGFR is under 30",
        0.6,
        { how: "chosen", note: "Glibenclamide not at all, others with care: between none and all." },
      ],
      [
        "statin.avoided.pregnant",
        "Statin left out in pregnancy",
        0.95,
        { how: "chosen", note: "To be stopped in nearly all; very high risk excepted." },
      ],
    ],
  ),
  ...sourced(
    {
      measure: "share",
      unit: "1",
      population: "US inpatients with heart failure",
      source: "pierce-2023",
      how: "stated",
      range: [0, 1],
    },
    [
      [
        "sglt2_inhibitor.avoided.egfr_surely_20",
        "SGLT2 inhibitor left out where eGFR is under 20",
        1,
        { note: "Not eligible: no prescription at all." },
      ],
    ],
  ),
  ...sourced(
    {
      measure: "share",
      unit: "1",
      population: "Adults with heart failure",
      source: "heidenreich-2022",
      how: "stated",
      range: [0, 1],
    },
    [
      [
        "mra.avoided.egfr_surely_30",
        "MRA left out where eGFR is under 30",
        1,
        { note: "Contraindicated: no prescription at all." },
      ],
      [
        "mra.avoided.potassium_surely_5.5",
        "MRA left out where potassium is over 5.5",
        1,
        { note: "Harm: to be stopped where it cannot be kept under 5.5." },
      ],
      [
        "mra.avoided.raas_inhibitor+potassium_over_5",
        "MRA left out with a RAAS inhibitor where potassium is over 5.0",
        0.8,
        { how: "chosen", note: "Not to be begun over 5.0; some go on who took it before." },
      ],
      [
        "raas_inhibitor.avoided.potassium_over_5",
        "RAAS inhibitor left out where potassium is over 5.0",
        0.2,
        { how: "chosen", note: "With caution; most go on." },
      ],
      [
        "raas_inhibitor.avoided.potassium_surely_5.5",
        "RAAS inhibitor left out where potassium is over 5.5",
        0.6,
        { how: "chosen", note: "Halved or stopped; between none and all." },
      ],
      [
        "arni.avoided.egfr_under_30",
        "ARNI left out where eGFR is under 30",
        0.7,
        { how: "chosen", note: "Half the dose with caution; few were studied." },
      ],
      [
        "ace_inhibitor.avoided.arni",
        "ACE inhibitor left out with ARNI",
        1,
        { note: "Contraindicated together: angioedema." },
      ],
      [
        "calcium_channel_blocker.avoided.heart_failure",
        "Calcium channel blocker left out in heart failure",
        0.5,
        { how: "chosen", note: "Verapamil and diltiazem harm, amlodipine may be given." },
      ],
      [
        "nsaid.avoided.heart_failure",
        "NSAID left out in heart failure",
        0.4,
        { how: "chosen", note: "Harm; but most are bought without a prescription." },
      ],
    ],
  ),
  ...sourced(
    {
      measure: "share",
      unit: "1",
      population: "Adults with hypertension",
      source: "whelton-2018",
      how: "stated",
      range: [0, 1],
    },
    [
      [
        "raas_inhibitor.avoided.pregnant",
        "RAAS inhibitor left out in pregnancy",
        1,
        { note: "Contraindicated: no prescription at all." },
      ],
      [
        "mra.avoided.pregnant",
        "MRA left out in pregnancy",
        1,
        { note: "Contraindicated: no prescription at all." },
      ],
      [
        "thiazide.avoided.loop_diuretic",
        "Thiazide left out with a loop diuretic",
        0.7,
        { how: "chosen", note: "Together only where a loop diuretic does not do." },
      ],
      [
        "thiazide.avoided.egfr_under_30",
        "Thiazide left out where eGFR is under 30",
        0.6,
        { how: "chosen", note: "Loop diuretics are preferred there." },
      ],
    ],
  ),
  ...sourced(
    {
      measure: "share",
      unit: "1",
      population: "Scottish adults with COPD, 2001 to 2010",
      source: "short-2011",
      how: "computed",
      range: [0, 1],
    },
    [
      [
        "non_selective_beta_blocker.avoided.copd",
        "Non-selective beta-blocker left out in COPD",
        0.52,
        { note: "12 of 100 beta-blockers are non-selective, against 25 elsewhere." },
      ],
      [
        "beta_blocker.avoided.copd",
        "Beta-blocker left out in COPD",
        0.3,
        { how: "chosen", note: "Given to fewer than could gain by it, as the source finds." },
      ],
    ],
  ),
  ...sourced(
    {
      measure: "share",
      unit: "1",
      population: "People with diabetes",
      source: "ada-2024",
      how: "chosen",
      note: "Hides low glucose; how often it is minded is not told.",
      range: [0, 1],
    },
    [
      ["non_selective_beta_blocker.avoided.insulin", "Non-selective beta-blocker left out with insulin", 0.3],
      [
        "non_selective_beta_blocker.avoided.sulfonylurea",
        "Non-selective beta-blocker left out with a sulfonylurea",
        0.2,
      ],
    ],
  ),
  ...sourced(
    {
      measure: "share",
      unit: "1",
      population: "US outpatients with atrial fibrillation, 2010 to 2011",
      source: "steinberg-2013",
      how: "computed",
      range: [0, 1],
    },
    [
      [
        "antiplatelet.avoided.anticoagulant",
        "Antiplatelet left out with an anticoagulant",
        0.5,
        { note: "35 of 100 with an anticoagulant take aspirin as well, against 70 with coronary disease." },
      ],
      [
        "nsaid.avoided.anticoagulant",
        "NSAID left out with an anticoagulant",
        0.6,
        {
          how: "chosen",
          note: "Minded more than aspirin, which has an indication; sold without a prescription.",
        },
      ],
    ],
  ),
  ...sourced(
    {
      measure: "share",
      unit: "1",
      population: "Adults with kidney disease",
      source: "kdigo-2024",
      how: "chosen",
      range: [0, 1],
    },
    [
      [
        "nsaid.avoided.egfr_under_30",
        "NSAID left out where eGFR is under 30",
        0.8,
        { note: "To be avoided; some is bought without a prescription." },
      ],
      [
        "nsaid.avoided.raas_inhibitor+loop_diuretic",
        "NSAID left out with a RAAS inhibitor and a loop diuretic",
        0.3,
        { note: "To be avoided together; seldom minded." },
      ],
      [
        "nsaid.avoided.raas_inhibitor+thiazide",
        "NSAID left out with a RAAS inhibitor and a thiazide",
        0.2,
        { note: "To be avoided together; seldom minded." },
      ],
      [
        "nsaid.avoided.pregnant",
        "NSAID left out in pregnancy",
        0.9,
        { note: "To be avoided from 20 weeks; some before." },
      ],
    ],
  ),
  ...sourced(
    {
      measure: "limit",
      unit: "mL/min/1.73 m²",
      population: "People with type 2 diabetes",
      source: "fda-metformin-2016",
      how: "stated",
      range: [10, 90],
    },
    [
      ["drugs.limit.egfr.45", "eGFR under which a drug is weighed", 45],
      ["drugs.limit.egfr.30", "eGFR under which a drug is not given", 30],
    ],
  ),
  ...sourced(
    {
      measure: "limit",
      unit: "mL/min/1.73 m²",
      population: "US inpatients with heart failure",
      source: "pierce-2023",
      how: "stated",
      range: [10, 90],
    },
    [["drugs.limit.egfr.20", "eGFR under which SGLT2 inhibitors are not given", 20]],
  ),
  ...sourced(
    {
      measure: "limit",
      unit: "mmol/L",
      population: "Adults with heart failure",
      source: "heidenreich-2022",
      how: "stated",
      range: [4, 7],
    },
    [
      ["drugs.limit.potassium.5", "Potassium over which MRAs are not begun", 5],
      ["drugs.limit.potassium.5.5", "Potassium over which MRAs are not given", 5.5],
      [
        "drugs.margin.potassium",
        "Room for the error of a measured potassium",
        0.5,
        {
          how: "chosen",
          measure: "effect",
          note: "What must not be given over a limit is not given within this of it, so that no measured value breaks it.",
          range: [0, 1],
        },
      ],
    ],
  ),
  ...sourced(
    {
      measure: "effect",
      unit: "1",
      population: "Adults with kidney disease",
      source: "kdigo-2024",
      how: "computed",
      note: "Changes of up to 20 of 100 are within expected variability: 1 / 0.8. What must not be given under a limit is not given under this many times it.",
      range: [1, 2],
    },
    [["drugs.margin.egfr", "Room for the error of a measured eGFR", 1.25]],
  ),
];
