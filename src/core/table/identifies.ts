/**
 * The direct identifiers of the HIPAA Safe Harbor list (45 CFR 164.514(b)(2)(i)) and their like under the GDPR, as a
 * column can hold them.
 */
export const IDENTIFIERS = [
  "name",
  "address",
  "small-area",
  "coordinates",
  "birth-date",
  "date",
  "age-over-89",
  "phone",
  "email",
  "national-number",
  "insurance-number",
  "record-number",
  "account-number",
  "licence-number",
  "vehicle",
  "device",
  "web-address",
  "ip-address",
  "biometric",
  "photo",
  "unique-code",
  "free-text",
] as const;
export type IdentifierClass = (typeof IDENTIFIERS)[number];

/** What a column can tell of a person. */
export interface Identifies {
  readonly what: IdentifierClass;
  /** in words, with counts and without a cell */
  readonly why: string;
}

/** A column that may tell patients apart, the likeliest first. */
export interface PatientCandidate {
  readonly column: string;
  readonly values: number;
  /** most rows of one value */
  readonly most: number;
  /** why it may be the patient, or why it is more likely something else */
  readonly why: string;
  readonly chosen: boolean;
}

/** `asked`: two compete, and a person should choose. */
export interface PatientQuestion {
  readonly candidates: readonly PatientCandidate[];
  readonly asked: boolean;
}
