import type { ClinicalRule, Reference } from "../clinical-rule.ts";
import { COMPUTED, ORDER, ruleOf } from "./rule-of.ts";

const GCS: Reference = { source: "Teasdale and Jennett, Lancet 304:81", year: 1974 };
const SEPSIS3: Reference = { source: "Singer et al., Sepsis-3, JAMA 315:801", year: 2016 };
const BARTHEL: Reference = {
  source: "Mahoney and Barthel, Maryland State Medical Journal 14:61",
  year: 1965,
};
const KURTZKE: Reference = { source: "Kurtzke, Neurology 33:1444", year: 1983 };
const KARNOFSKY: Reference = {
  source: "Oken et al., American Journal of Clinical Oncology 5:649",
  year: 1982,
};
const APGAR: Reference = { source: "ACOG Committee Opinion 644, the Apgar score", year: 2015 };
const STROKE: Reference = { source: "Brott et al., Stroke 20:864", year: 1989 };
const RASS: Reference = { source: "Sessler et al., AJRCCM 166:1338", year: 2002 };

const qsofa = (points: number): string => `{qSOFA} = ${points}`;

/** Scores and the values they are made of. */
export const scoreRules: readonly ClinicalRule[] = [
  ruleOf(
    "gcs.total",
    "{Glasgow coma scale} = {GCS eye} + {GCS verbal} + {GCS motor}",
    "{Glasgow coma scale} is {GCS eye}, {GCS verbal} and {GCS motor} together",
    { ...COMPUTED, hard: true, ...GCS },
  ),
  ruleOf(
    "qsofa.none",
    `never ${qsofa(0)} and ({Respiratory rate} >= 22 or {Systolic pressure} <= 100)`,
    "{qSOFA} is not 0 where {Respiratory rate} is 22 or more or {Systolic pressure} is 100 or less",
    { ...COMPUTED, ...SEPSIS3 },
  ),
  ruleOf(
    "qsofa.all",
    `never ${qsofa(3)} and ({Respiratory rate} < 22 or {Systolic pressure} > 100)`,
    "{qSOFA} is not 3 where {Respiratory rate} is below 22 or {Systolic pressure} is above 100",
    { ...COMPUTED, ...SEPSIS3 },
  ),
  ruleOf(
    "qsofa.awake",
    `never ${qsofa(3)} and {Glasgow coma scale} = 15`,
    "{qSOFA} is not 3 where {Glasgow coma scale} is 15",
    { ...COMPUTED, ...SEPSIS3 },
  ),
  ruleOf(
    "qsofa.drowsy",
    `never ${qsofa(0)} and {Glasgow coma scale} < 15`,
    "{qSOFA} is not 0 where {Glasgow coma scale} is below 15",
    { ...COMPUTED, ...SEPSIS3 },
  ),
  ruleOf("sofa.qsofa", "never {qSOFA} = 3 and {SOFA} = 0", "{SOFA} is not 0 where {qSOFA} is 3", {
    ...COMPUTED,
    ...SEPSIS3,
  }),
  ruleOf(
    "gcs.sedation",
    "never {RASS} <= -4 and {Glasgow coma scale} = 15",
    "{Glasgow coma scale} is not 15 where {RASS} is −4 or −5",
    { ...COMPUTED, kahn: "plausibility.atemporal", ...RASS },
  ),
  ruleOf(
    "nihss.coma",
    "never {Glasgow coma scale} <= 5 and {NIHSS} <= 2",
    "{NIHSS} is above 2 where {Glasgow coma scale} is 5 or less",
    { ...COMPUTED, kahn: "plausibility.atemporal", ...STROKE },
  ),
  ruleOf("barthel.steps", "{Barthel index} multiple of 5", "{Barthel index} goes in steps of 5", {
    kahn: "conformance.value",
    kind: "increment",
    hard: true,
    ...BARTHEL,
  }),
  ruleOf("karnofsky.steps", "{Karnofsky} multiple of 10", "{Karnofsky} goes in steps of 10", {
    kahn: "conformance.value",
    kind: "increment",
    hard: true,
    ...KARNOFSKY,
  }),
  ruleOf("edss.steps", "{EDSS} multiple of 0.5", "{EDSS} goes in steps of 0.5", {
    kahn: "conformance.value",
    kind: "increment",
    hard: true,
    ...KURTZKE,
  }),
  ruleOf(
    "ecog.karnofsky-well",
    "never {ECOG} = 0 and {Karnofsky} <= 50",
    "{Karnofsky} is above 50 where {ECOG} is 0",
    { ...COMPUTED, ...KARNOFSKY },
  ),
  ruleOf(
    "ecog.karnofsky-ill",
    "never {ECOG} >= 4 and {Karnofsky} >= 80",
    "{Karnofsky} is below 80 where {ECOG} is 4 or 5",
    { ...COMPUTED, ...KARNOFSKY },
  ),
  ruleOf(
    "apgar.fall",
    "{APGAR at 5 minutes} >= {APGAR at 1 minute} - 4",
    "{APGAR at 5 minutes} is not far below {APGAR at 1 minute}",
    { ...ORDER, hard: false, ...APGAR },
  ),
  ruleOf(
    "apgar.fall-later",
    "{APGAR at 10 minutes} >= {APGAR at 5 minutes} - 4",
    "{APGAR at 10 minutes} is not far below {APGAR at 5 minutes}",
    { ...ORDER, hard: false, ...APGAR },
  ),
];
