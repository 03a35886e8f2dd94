import type { ClinicalRule, Reference } from "../clinical-rule.ts";
import { COMPUTED, ORDER, ruleOf } from "./rule-of.ts";

const TIETZ: Reference = {
  source: "Tietz Fundamentals of Clinical Chemistry and Molecular Diagnostics",
  year: 2019,
};
const GAP: Reference = {
  source: "Emmett and Narins, clinical use of the anion gap, Medicine 1977",
  year: 1977,
};
const ACID: Reference = { source: "Hasselbalch, Biochemische Zeitschrift 78:112", year: 1916 };
const LDL: Reference = { source: "Friedewald, Levy and Fredrickson, Clinical Chemistry 18:499", year: 1972 };
const EAG: Reference = {
  source: "Nathan et al., A1C-derived average glucose, Diabetes Care 31:1473",
  year: 2008,
};
const CKD_EPI: Reference = {
  source: "CKD-EPI creatinine equation without race, Inker et al., NEJM 385:1737",
  year: 2021,
};
const OSMOLES: Reference = { source: "Dorwart and Chalmers, Clinical Chemistry 21:190", year: 1975 };
const KDIGO: Reference = { source: "KDIGO guideline for chronic kidney disease", year: 2024 };

const ckdEpi = (k: number, a: number, more: string): string =>
  `142 * min({Creatinine, mg/dL} / ${k}, 1)^${a} * max({Creatinine, mg/dL} / ${k}, 1)^-1.2 * 0.9938^{Age, years}${more}`;

const egfr = (sex: "Female" | "Male", k: number, a: number, more = ""): ClinicalRule =>
  ruleOf(
    `egfr.agrees-${sex.toLowerCase()}`,
    `if {${sex}} and {Age, years} >= 18 then abs({eGFR} - ${ckdEpi(k, a, more)}) <= 0.25 * {eGFR} + 5`,
    `{eGFR} agrees with {Creatinine} and {Age} where {${sex}}, by CKD-EPI 2021 to 25%`,
    { ...COMPUTED, ...CKD_EPI },
  );

/** What laboratory values say of each other. */
export const laboratoryRules: readonly ClinicalRule[] = [
  ruleOf(
    "lipids.parts",
    "{LDL cholesterol} + {HDL cholesterol} <= 1.02 * {Cholesterol}",
    "{LDL cholesterol} and {HDL cholesterol} are together not above {Cholesterol}",
    { ...ORDER, hard: false, ...LDL },
  ),
  ruleOf(
    "lipids.hdl",
    "{HDL cholesterol, mg/dL} <= {Cholesterol, mg/dL} + 1",
    "{HDL cholesterol} is not above {Cholesterol}",
    { ...ORDER, ...LDL },
  ),
  ruleOf(
    "lipids.ldl",
    "{LDL cholesterol, mg/dL} <= 1.02 * {Cholesterol, mg/dL} + 1",
    "{LDL cholesterol} is not above {Cholesterol}",
    { ...ORDER, hard: false, ...LDL },
  ),
  ruleOf(
    "lipids.friedewald",
    "if {Triglycerides, mg/dL} < 400 then abs({LDL cholesterol, mg/dL} - ({Cholesterol, mg/dL} - {HDL cholesterol, mg/dL} - {Triglycerides, mg/dL} / 5)) <= 0.15 * {LDL cholesterol, mg/dL} + 10",
    "{LDL cholesterol} agrees with {Cholesterol}, {HDL cholesterol} and {Triglycerides} by Friedewald to 15% and 10 mg/dL",
    { ...COMPUTED, ...LDL },
  ),
  ruleOf(
    "lipids.non-hdl",
    "abs({Non-HDL cholesterol, mg/dL} - ({Cholesterol, mg/dL} - {HDL cholesterol, mg/dL})) <= 5",
    "{Non-HDL cholesterol} is {Cholesterol} less {HDL cholesterol}",
    { ...COMPUTED, ...LDL },
  ),
  ruleOf(
    "electrolytes.anion-gap",
    "min(abs({Anion gap} - ({Sodium} - {Chloride} - {Bicarbonate})), abs({Anion gap} - ({Sodium} + {Potassium} - {Chloride} - {Bicarbonate}))) <= 3",
    "{Anion gap} is {Sodium}, with or without {Potassium}, less {Chloride} and {Bicarbonate}",
    { ...COMPUTED, ...GAP },
  ),
  ruleOf(
    "electrolytes.anion-gap-without-potassium",
    "{Anion gap} - ({Sodium} - {Chloride} - {Bicarbonate}) in -3..9",
    "{Anion gap} is {Sodium} less {Chloride} and {Bicarbonate}, within the potassium",
    { ...COMPUTED, ...GAP },
  ),
  ruleOf(
    "electrolytes.neutral",
    "{Sodium} - {Chloride} - {Bicarbonate} in -15..60",
    "{Sodium} less {Chloride} and {Bicarbonate} is −15 to 60 mmol/L",
    {
      ...COMPUTED,
      ...GAP,
    },
  ),
  ruleOf("electrolytes.chloride", "{Chloride} < {Sodium}", "{Chloride} is below {Sodium}", {
    ...ORDER,
    hard: false,
    ...GAP,
  }),
  ruleOf(
    "gases.henderson-hasselbalch",
    "abs({pH of blood} - 6.1 - log({Bicarbonate} / (0.0307 * {Carbon dioxide pressure, mmHg})) / log(10)) <= 0.15",
    "{pH of blood} agrees with {Bicarbonate} and {Carbon dioxide pressure} to 0.15",
    { ...COMPUTED, ...ACID },
  ),
  ruleOf(
    "osmolality.agrees",
    "{Osmolality} - (2 * {Sodium} + {Glucose, mg/dL} / 18 + {Urea nitrogen, mg/dL} / 2.8) in -40..150",
    "{Osmolality} agrees with {Sodium}, {Glucose} and {Urea nitrogen}",
    { ...COMPUTED, ...OSMOLES },
  ),
  ruleOf(
    "calcium.ionised",
    "{Ionised calcium, mmol/L} <= {Calcium, mmol/L} + 0.1",
    "{Ionised calcium} is not above {Calcium}",
    { ...ORDER, ...TIETZ },
  ),
  ruleOf(
    "bilirubin.direct",
    "{Direct bilirubin, mg/dL} <= {Bilirubin, mg/dL} + 0.1",
    "{Direct bilirubin} is not above {Bilirubin}",
    { ...ORDER, ...TIETZ },
  ),
  ruleOf(
    "bilirubin.indirect",
    "{Indirect bilirubin, mg/dL} <= {Bilirubin, mg/dL} + 0.1",
    "{Indirect bilirubin} is not above {Bilirubin}",
    { ...ORDER, ...TIETZ },
  ),
  ruleOf(
    "bilirubin.sum",
    "abs({Bilirubin, mg/dL} - {Direct bilirubin, mg/dL} - {Indirect bilirubin, mg/dL}) <= 0.2",
    "{Direct bilirubin} and {Indirect bilirubin} are together {Bilirubin}",
    { ...COMPUTED, ...TIETZ },
  ),
  ruleOf(
    "protein.albumin",
    "{Albumin, g/dL} <= {Total protein, g/dL}",
    "{Albumin} is not above {Total protein}",
    { ...ORDER, ...TIETZ },
  ),
  ruleOf(
    "urea.nitrogen",
    "abs({Urea, mg/dL} - 2.14 * {Urea nitrogen, mg/dL}) <= 0.1 * {Urea, mg/dL} + 3",
    "{Urea} is 2.14 times {Urea nitrogen}",
    { ...COMPUTED, ...TIETZ },
  ),
  egfr("Female", 0.7, -0.241, " * 1.012"),
  egfr("Male", 0.9, -0.302),
  ruleOf(
    "egfr.contradicts",
    "never {eGFR} > 110 and {Creatinine, mg/dL} > 2.5",
    "{eGFR} is not above 110 where {Creatinine} is above 2.5 mg/dL",
    { ...COMPUTED, ...KDIGO },
  ),
  ruleOf(
    "egfr.contradicts-low",
    "never {eGFR} < 15 and {Creatinine, mg/dL} < 1 and {Age, years} >= 18",
    "{eGFR} is not below 15 where {Creatinine} of an adult is below 1 mg/dL",
    { ...COMPUTED, ...KDIGO },
  ),
  ruleOf(
    "glucose.average",
    "abs({Estimated average glucose, mg/dL} - (28.7 * {HbA1c, %} - 46.7)) <= 8",
    "{Estimated average glucose} is 28.7 times {HbA1c} less 46.7",
    { ...COMPUTED, ...EAG },
  ),
  ruleOf(
    "glucose.hba1c-high",
    "never {HbA1c, %} >= 12 and {Glucose, mg/dL} < 40",
    "{Glucose} is not below 40 mg/dL where {HbA1c} is 12% or more",
    { ...COMPUTED, kahn: "plausibility.atemporal", ...EAG },
  ),
  ruleOf(
    "glucose.hba1c-low",
    "never {HbA1c, %} < 5 and {Glucose, mg/dL} > 600",
    "{Glucose} is not above 600 mg/dL where {HbA1c} is below 5%",
    { ...COMPUTED, kahn: "plausibility.atemporal", ...EAG },
  ),
];

/** What blood counts say of each other. */
export const bloodCountRules: readonly ClinicalRule[] = [
  ruleOf(
    "blood.cell-volume",
    "abs({Cell volume} - 10 * {Haematocrit, %} / {Red cells}) <= 0.12 * {Cell volume}",
    "{Cell volume} is {Haematocrit} by {Red cells}",
    { ...COMPUTED, ...TIETZ },
  ),
  ruleOf(
    "blood.cell-haemoglobin",
    "abs({Cell haemoglobin} - 10 * {Haemoglobin, g/dL} / {Red cells}) <= 0.12 * {Cell haemoglobin}",
    "{Cell haemoglobin} is {Haemoglobin} by {Red cells}",
    { ...COMPUTED, ...TIETZ },
  ),
  ruleOf(
    "blood.cell-concentration",
    "abs({Cell haemoglobin concentration, g/dL} - 100 * {Haemoglobin, g/dL} / {Haematocrit, %}) <= 0.12 * {Cell haemoglobin concentration, g/dL}",
    "{Cell haemoglobin concentration} is {Haemoglobin} by {Haematocrit}",
    { ...COMPUTED, ...TIETZ },
  ),
  ruleOf(
    "blood.haematocrit",
    "{Haematocrit, %} / {Haemoglobin, g/dL} in 2.1..4.8",
    "{Haematocrit} is about three times {Haemoglobin}",
    { ...COMPUTED, ...TIETZ },
  ),
  ...["Neutrophils", "Lymphocytes", "Monocytes", "Eosinophils", "Basophils"].map((kind) =>
    ruleOf(
      `blood.${kind.toLowerCase()}-of-white`,
      `{${kind}, 10⁹/L} <= {White cells, 10⁹/L} + 0.1`,
      `{${kind}} are not more than {White cells}`,
      { ...ORDER, ...TIETZ },
    ),
  ),
  ruleOf(
    "blood.shares",
    "{Neutrophils share} + {Lymphocytes share} + {Monocytes share} <= 102",
    "{Neutrophils share}, {Lymphocytes share} and {Monocytes share} are together at most 100%",
    { ...ORDER, ...TIETZ, unit: "%" },
  ),
  ruleOf(
    "blood.shares-of-two",
    "{Neutrophils share} + {Lymphocytes share} <= 101",
    "{Neutrophils share} and {Lymphocytes share} are together at most 100%",
    { ...ORDER, ...TIETZ, unit: "%" },
  ),
  ruleOf(
    "blood.shares-of-all",
    "abs({Neutrophils share} + {Lymphocytes share} + {Monocytes share} + {Eosinophils share} + {Basophils share} - 100) <= 15",
    "{Neutrophils share}, {Lymphocytes share}, {Monocytes share}, {Eosinophils share} and {Basophils share} are together 100%",
    { ...COMPUTED, ...TIETZ, unit: "%" },
  ),
  ruleOf(
    "clotting.inr",
    "never {INR} > 4 and {Prothrombin time} < 15",
    "{Prothrombin time} is not short where {INR} is above 4",
    { ...COMPUTED, kahn: "plausibility.atemporal", ...TIETZ },
  ),
];
