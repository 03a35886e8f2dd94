import type { ClinicalRule, Reference } from "../clinical-rule.ts";

type About = Pick<ClinicalRule, "kahn" | "kind"> &
  Partial<Pick<ClinicalRule, "unit" | "hard" | "pick" | "quiet">> &
  Reference;

/** A built-in rule; one that illness could break is not hard. */
export const ruleOf = (id: string, text: string, says: string, about: About): ClinicalRule => ({
  id,
  text,
  says,
  hard: false,
  ...about,
});

/** A name or a unit as part of a rule's id: "sodium", "10-9-l". */
export const idPart = (text: string): string =>
  text
    .toLowerCase()
    .replace("µ", "u")
    .replace("°", "deg-")
    .replace("⁹", "9")
    .replace("¹²", "12")
    .replace("%", "percent")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");

/** One number before, not above or below another, as they are defined. */
export const ORDER = { kahn: "plausibility.atemporal", kind: "order", hard: true } as const;
/** A value that is computed from others. */
export const COMPUTED = { kahn: "conformance.computational", kind: "agreement" } as const;
/** What one value says of another. */
export const IMPLIED = { kahn: "plausibility.atemporal", kind: "implies" } as const;

export const OHDSI: Reference = {
  source: "OHDSI Data Quality Dashboard 2.8.4",
  year: 2026,
};
export const CLIF: Reference = {
  source: "CLIF 3.0, outlier configuration",
  year: 2026,
};
export const MIMIC_EXTRACT: Reference = {
  source: "MIMIC-Extract (Wang et al. 2020), widened",
  year: 2020,
};
