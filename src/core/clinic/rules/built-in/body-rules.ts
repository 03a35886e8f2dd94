import type { ClinicalRule, Reference } from "../clinical-rule.ts";
import { COMPUTED, IMPLIED, ORDER, ruleOf } from "./rule-of.ts";

const WHO_BMI: Reference = { source: "WHO Technical Report Series 894, obesity", year: 2000 };
const WHO_GROWTH: Reference = {
  source: "WHO Child Growth Standards; limits chosen, wide of their extreme centiles",
  year: 2006,
};
const FLEMING: Reference = {
  source:
    "Fleming et al., Lancet 377:1011; limits chosen at half the 1st and one and a half times the 99th centile",
  year: 2011,
};
/** What it calls low was compared with centiles of the population by Hagedoorn et al., Critical Care 23:380, 2019. */
const PALS: Reference = {
  source: "Pediatric Advanced Life Support, low systolic pressure by age; limits chosen, from half of it",
  year: 2020,
};
const AGE_DAY: Reference = {
  source: "Kahn et al., eGEMs 4:1244: values that are derived from each other agree",
  year: 2016,
};
const WAIST: Reference = {
  source: "WHO expert consultation on waist circumference; limits chosen, wide of any body",
  year: 2008,
};
const SMALLEST: Reference = { source: "Chosen, below the shortest and lightest adults reported" };

const AGED = { ...IMPLIED, kind: "age" } as const;

/** Age, weight and height. */
export const bodyRules: readonly ClinicalRule[] = [
  ruleOf(
    "body.bmi",
    "abs({Body mass index} - {Weight, kg} / ({Height, cm} / 100)^2) <= 0.1 * {Weight, kg} / ({Height, cm} / 100)^2",
    "{Body mass index} agrees with {Weight} and {Height} to 10%",
    { ...COMPUTED, ...WHO_BMI },
  ),
  ruleOf(
    "body.mass-for-height",
    "{Weight, kg} / ({Height, cm} / 100)^2 in 7..210",
    "{Weight} and {Height} go together: a body mass index of 7 to 210",
    { ...COMPUTED, kahn: "plausibility.atemporal", ...WHO_BMI },
  ),
  ruleOf("body.waist", "{Waist, cm} <= 1.6 * {Height, cm}", "{Waist} is at most 1.6 times {Height}", {
    ...ORDER,
    hard: false,
    ...WAIST,
  }),
  ruleOf("body.surface", "{Waist, cm} >= 0.15 * {Height, cm}", "{Waist} is at least 0.15 times {Height}", {
    ...ORDER,
    hard: false,
    ...WAIST,
  }),
  ruleOf(
    "age.birth-at-visit",
    "years({Any visit} - {Birth}) - {Age, years} in -1..2",
    "{Age} is the years from {Birth} to {Any visit}",
    { ...COMPUTED, pick: "best", ...AGE_DAY },
  ),
  ruleOf(
    "age.birth-on-day",
    "years({Day of the data} - {Birth}) - {Age, years} in -1..2",
    "{Age} is the years from {Birth} to {Day of the data}",
    { ...COMPUTED, ...AGE_DAY },
  ),
  ruleOf(
    "age.birth-year-at-visit",
    '1900 + years({Any visit} - "1900-01-01") - {Birth year} - {Age, years} in -1..3',
    "{Age} is the years from {Birth year} to {Any visit}",
    { ...COMPUTED, pick: "best", ...AGE_DAY },
  ),
  ruleOf(
    "age.birth-at-visit-to-the-year",
    "years({Any visit} - {Birth}) - {Age, years} in -0.02..1.02",
    "{Age} is the whole years from {Birth} to {Any visit}",
    { ...COMPUTED, pick: "best", quiet: true, ...AGE_DAY },
  ),
  ruleOf("age.band", "{Age in its band}", "{Age in its band}", {
    ...COMPUTED,
    kind: "implies",
    hard: true,
    ...AGE_DAY,
  }),
  ruleOf(
    "age.adult-height",
    "if {Age, years} >= 20 then {Height, cm} >= 54",
    "{Height} of an adult is at least 54 cm",
    { ...AGED, ...SMALLEST },
  ),
  ruleOf(
    "age.adult-weight",
    "if {Age, years} >= 20 then {Weight, kg} >= 20",
    "{Weight} of an adult is at least 20 kg",
    { ...AGED, ...SMALLEST },
  ),
  ruleOf(
    "age.infant-weight",
    "if {Age, years} < 1 then {Weight, kg} <= 20",
    "{Weight} of an infant is at most 20 kg",
    { ...AGED, ...WHO_GROWTH },
  ),
  ruleOf(
    "age.toddler-weight",
    "if {Age, years} >= 1 and {Age, years} < 3 then {Weight, kg} in 4..35",
    "{Weight} from 1 to 2 years is 4 to 35 kg",
    { ...AGED, ...WHO_GROWTH },
  ),
  ruleOf(
    "age.child-weight",
    "if {Age, years} >= 3 and {Age, years} < 10 then {Weight, kg} in 6..110",
    "{Weight} from 3 to 9 years is 6 to 110 kg",
    { ...AGED, ...WHO_GROWTH },
  ),
  ruleOf(
    "age.infant-height",
    "if {Age, years} < 1 then {Height, cm} <= 95",
    "{Height} of an infant is at most 95 cm",
    { ...AGED, ...WHO_GROWTH },
  ),
  ruleOf(
    "age.toddler-height",
    "if {Age, years} >= 1 and {Age, years} < 3 then {Height, cm} in 50..120",
    "{Height} from 1 to 2 years is 50 to 120 cm",
    { ...AGED, ...WHO_GROWTH },
  ),
  ruleOf(
    "age.child-height",
    "if {Age, years} >= 3 and {Age, years} < 10 then {Height, cm} in 60..175",
    "{Height} from 3 to 9 years is 60 to 175 cm",
    { ...AGED, ...WHO_GROWTH },
  ),
];

/** Age in years from, to (not reached), 1st and 99th centile of healthy children: Fleming et al. */
const HEART_RATES: readonly (readonly [number, number, number, number])[] = [
  [0, 1, 93, 181],
  [1, 2, 82, 156],
  [2, 4, 70, 142],
  [4, 8, 59, 131],
  [8, 12, 52, 115],
  [12, 18, 43, 108],
];
const BREATHS: readonly (readonly [number, number, number, number])[] = [
  [0, 1, 22, 66],
  [1, 2, 19, 53],
  [2, 4, 17, 38],
  [4, 8, 16, 29],
  [8, 12, 14, 25],
  [12, 18, 11, 23],
];
/** Systolic pressure: the bound of low at the youngest age (60, then 70 and twice the years), and a high one that is chosen. */
const PRESSURES: readonly (readonly [number, number, number, number])[] = [
  [0, 1, 60, 120],
  [1, 6, 72, 140],
  [6, 12, 82, 160],
];

const byAge = (
  quantity: string,
  id: string,
  list: readonly (readonly [number, number, number, number])[],
  reference: Reference,
): ClinicalRule[] =>
  list.map(([from, to, low, high]) => {
    const least = Math.round(low / 2);
    const most = Math.round(1.5 * high);
    return ruleOf(
      `age.${id}-from-${from}`,
      `if {Age, years} >= ${from} and {Age, years} < ${to} then {${quantity}} in ${least}..${most}`,
      `{${quantity}} of a child from ${from} to under ${to} years of age is ${least} to ${most}`,
      { ...AGED, ...reference },
    );
  });

/** Vital signs of children by age. */
export const childRules: readonly ClinicalRule[] = [
  ...byAge("Heart rate", "heart-rate", HEART_RATES, FLEMING),
  ...byAge("Respiratory rate", "breaths", BREATHS, FLEMING),
  ...byAge("Systolic pressure", "systolic", PRESSURES, PALS),
];
