import type { ClinicalRule } from "../clinical-rule.ts";
import { OHDSI, ruleOf } from "./rule-of.ts";

const LATER = { kahn: "plausibility.temporal", kind: "date", hard: true, ...OHDSI } as const;

type About = Parameters<typeof ruleOf>[3];

/** Of what is usually so, and not where somebody was dead on arrival, gave organs, or an order was written down late. */
const WITHIN: About = { ...LATER, hard: false };

/** One moment that is not before another. */
const inOrder = (earlier: string, later: string, about: About = LATER): ClinicalRule =>
  ruleOf(
    `dates.${plain(earlier)}-${plain(later)}`,
    `{${earlier}} <= {${later}}`,
    `{${later}} is not before {${earlier}}`,
    about,
  );

const plain = (name: string): string => name.toLowerCase().replaceAll(" ", "-");

const FACT = { kahn: "plausibility.uniqueness", kind: "same", ...OHDSI } as const;

/** Dates in the order of a life. */
export const dateRules: readonly ClinicalRule[] = [
  inOrder("Birth", "Any date"),
  inOrder("Admission", "Discharge"),
  inOrder("Admission", "Death", WITHIN),
  inOrder("Start", "End"),
  inOrder("Arrival", "Departure"),
  inOrder("Arrival", "Discharge"),
  inOrder("Order", "Result", WITHIN),
  inOrder("Order", "Sample", WITHIN),
  inOrder("Sample", "Result"),
  inOrder("Referral", "Admission", WITHIN),
  inOrder("Diagnosis", "Follow-up", WITHIN),
  inOrder("Surgery", "Follow-up", WITHIN),
  inOrder("Visit", "Follow-up", WITHIN),
  inOrder("Last menses", "Delivery"),
  inOrder("Surgery", "Death", WITHIN),
  ruleOf(
    "dates.admission-surgery",
    "days({Surgery} - {Admission}) >= -1",
    "{Surgery} is not before {Admission}",
    WITHIN,
  ),
  ruleOf(
    "dates.surgery-discharge",
    "days({Discharge} - {Surgery}) >= -1",
    "{Discharge} is not before {Surgery}",
    WITHIN,
  ),
  ruleOf(
    "dates.event-death",
    "days({Event date} - {Death}) <= 60",
    "{Event date} is at most 60 days after {Death}",
    WITHIN,
  ),
  ruleOf(
    "dates.discharge-death",
    "days({Discharge} - {Death}) <= 2",
    "{Discharge} is at most two days after {Death}",
    WITHIN,
  ),
  ruleOf(
    "dates.longest-life",
    "years({Any date} - {Birth}) <= 122.5",
    "{Any date} is within 122 years of {Birth}",
    WITHIN,
  ),
  ruleOf(
    "dates.longest-stay",
    "days({Discharge} - {Admission}) <= 3650",
    "{Discharge} is within ten years of {Admission}",
    WITHIN,
  ),
  ruleOf(
    "stay.agrees",
    "abs({Length of stay, days} - days({Discharge} - {Admission})) <= 1.5",
    "{Length of stay} is the days from {Admission} to {Discharge}",
    { kahn: "conformance.computational", kind: "agreement", hard: false, ...OHDSI },
  ),
  ruleOf(
    "dates.result-without-sample",
    "if {Result} is present then {Sample} is present",
    "{Sample} is there where {Result} is",
    { kahn: "completeness", kind: "missing", ...OHDSI },
  ),
  ruleOf(
    "dates.discharge-without-admission",
    "if {Discharge} is present then {Admission} is present",
    "{Admission} is there where {Discharge} is",
    { kahn: "completeness", kind: "missing", ...OHDSI },
  ),
  ruleOf(
    "dates.end-without-start",
    "if {End} is present then {Start} is present",
    "{Start} is there where {End} is",
    { kahn: "completeness", kind: "missing", ...OHDSI },
  ),
  ruleOf("dates.death-of-living", "if {Death} is present then {Died}", "{Died} where {Death} is there", {
    kahn: "conformance.relational",
    kind: "implies",
    ...OHDSI,
  }),
  ruleOf(
    "patient.one-sex",
    "{Sex} same within patient",
    "{Sex} is the same at every visit of a patient",
    FACT,
  ),
  ruleOf(
    "patient.one-birth",
    "{Birth} same within patient",
    "{Birth} is the same at every visit of a patient",
    FACT,
  ),
  ruleOf(
    "patient.one-death",
    "{Death} same within patient",
    "{Death} is the same at every visit of a patient",
    FACT,
  ),
];

const NAMED = { source: "Kahn et al., eGEMs 4:1244: atemporal plausibility", year: 2016 } as const;

/** What names say besides quantities. */
export const namedRules: readonly ClinicalRule[] = [
  ruleOf("count.not-negative", "{Count} >= 0", "{Count} is not negative", {
    kahn: "conformance.value",
    kind: "range",
    hard: true,
    ...NAMED,
  }),
  ruleOf("age.years-so-far", "{Years so far} <= {Age, years} + 1", "{Years so far} is not above {Age}", {
    kahn: "plausibility.temporal",
    kind: "age",
    ...NAMED,
  }),
  ruleOf("age.earlier-age", "{Earlier age} <= {Age, years} + 1", "{Earlier age} is not above {Age}", {
    kahn: "plausibility.temporal",
    kind: "age",
    ...NAMED,
  }),
  ruleOf("statistic.order", "{Least to greatest}", "{Least to greatest}", {
    kahn: "plausibility.atemporal",
    kind: "order",
    hard: true,
    ...NAMED,
  }),
];
