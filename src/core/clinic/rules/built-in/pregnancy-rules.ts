import type { ClinicalRule, Reference } from "../clinical-rule.ts";
import { IMPLIED, OHDSI, ORDER, ruleOf } from "./rule-of.ts";

const REVITALIZE: Reference = { source: "ACOG reVITALize obstetric data definitions", year: 2014 };
const FENTON: Reference = {
  source: "Fenton and Kim, BMC Pediatrics 13:59, wide of the extreme centiles",
  year: 2013,
};
const MENOPAUSE: Reference = { source: "STRAW+10, Harlow et al., Menopause 19:387", year: 2012 };

/** Ages at which pregnancies were carried. */
const FERTILE = "9..66";

/** Pregnancy and birth. */
export const pregnancyRules: readonly ClinicalRule[] = [
  ruleOf(
    "pregnancy.age",
    `if {Pregnant} then {Age, years} in ${FERTILE}`,
    "{Age} is 9 to 66 where {Pregnant}",
    { ...IMPLIED, ...REVITALIZE },
  ),
  ruleOf(
    "pregnancy.childbed-age",
    `if {Puerperium} then {Age, years} in ${FERTILE}`,
    "{Age} is 9 to 66 where {Puerperium}",
    { ...IMPLIED, ...REVITALIZE },
  ),
  ruleOf("pregnancy.menopause", "never {Pregnant} and {Menopause}", "Never both: {Pregnant}, {Menopause}", {
    ...IMPLIED,
    ...MENOPAUSE,
  }),
  ruleOf(
    "menopause.age",
    "if {Menopause} then {Age, years} >= 20",
    "{Age} is at least 20 where {Menopause}",
    { ...IMPLIED, ...MENOPAUSE },
  ),
  ruleOf("pregnancy.parity", "{Parity} <= {Gravidity} * 6", "{Parity} is possible with {Gravidity}", {
    ...ORDER,
    ...REVITALIZE,
  }),
  ruleOf(
    "pregnancy.parity-none",
    "if {Gravidity} = 0 then {Parity} = 0",
    "{Parity} is 0 where {Gravidity} is 0",
    { ...IMPLIED, hard: true, ...REVITALIZE },
  ),
  ruleOf(
    "pregnancy.gravidity-age",
    "if {Age, years} < 9 then {Gravidity} = 0",
    "{Gravidity} is 0 under 9 years of age",
    { ...IMPLIED, hard: true, ...REVITALIZE },
  ),
  ruleOf(
    "pregnancy.length",
    "days({Delivery} - {Last menses}) in 120..330",
    "{Delivery} is 120 to 330 days after {Last menses}",
    { kahn: "plausibility.temporal", kind: "date", ...REVITALIZE },
  ),
  ruleOf(
    "birth.weight-extremely-preterm",
    "if {Gestational age} < 26 then {Birth weight, g} <= 1800",
    "{Birth weight} before 26 weeks of {Gestational age} is at most 1,800 g",
    { ...IMPLIED, ...FENTON },
  ),
  ruleOf(
    "birth.weight-very-preterm",
    "if {Gestational age} < 32 then {Birth weight, g} <= 3500",
    "{Birth weight} before 32 weeks of {Gestational age} is at most 3,500 g",
    { ...IMPLIED, ...FENTON },
  ),
  ruleOf(
    "birth.weight-term",
    "if {Gestational age} >= 37 then {Birth weight, g} >= 900",
    "{Birth weight} at term by {Gestational age} is at least 900 g",
    { ...IMPLIED, ...FENTON },
  ),
  ruleOf(
    "birth.length-weight",
    "{Birth weight, g} / {Birth length}^3 in 0.008..0.06",
    "{Birth weight} and {Birth length} go together",
    { ...IMPLIED, kind: "agreement", ...FENTON },
  ),
  ruleOf(
    "birth.head-length",
    "{Head circumference} <= {Birth length}",
    "{Head circumference} is not above {Birth length}",
    { ...ORDER, hard: false, ...FENTON },
  ),
];

/** What one sex alone can have: the organs of OHDSI's sex-specific concepts. */
const only = (sex: "female" | "male", concept: string): ClinicalRule =>
  ruleOf(
    `sex.${concept.toLowerCase().replace(/[^a-z]+/g, "-")}`,
    `if {${concept}} then not {${sex === "female" ? "Male" : "Female"}}`,
    `{${concept}} only where {${sex === "female" ? "Female" : "Male"}}`,
    { ...IMPLIED, kind: "sex", hard: true, ...OHDSI },
  );

export const sexRules: readonly ClinicalRule[] = [
  ...[
    "Pregnant",
    "Been pregnant",
    "Puerperium",
    "Pre-eclampsia",
    "Ovarian disease",
    "Uterine disease",
    "Disease of the cervix",
    "Disease of vagina or vulva",
    "Menopause",
    "Menstrual disorder",
    "Miscarriage",
  ].map((concept) => only("female", concept)),
  ...[
    "Prostate disease",
    "Disease of the testis",
    "Disease of the penis",
    "Erectile dysfunction",
    "Vasectomy",
  ].map((concept) => only("male", concept)),
  ruleOf("sex.psa", "if {Female} then {PSA} <= 20", "{PSA} is at most 20 where {Female}", {
    ...IMPLIED,
    kind: "sex",
    ...OHDSI,
  }),
];
