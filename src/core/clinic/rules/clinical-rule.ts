import * as z from "zod";

/** What a rule checks, in the words of Kahn et al. 2016 (EGEMS 4:1244), which OHDSI's data quality dashboard uses too. */
export const KAHN = [
  "conformance.value",
  "conformance.relational",
  "conformance.computational",
  "completeness",
  "plausibility.atemporal",
  "plausibility.temporal",
  "plausibility.uniqueness",
] as const;

const RULE_KINDS = [
  "range",
  "order",
  "implies",
  "sex",
  "agreement",
  "unit",
  "date",
  "missing",
  "increment",
  "age",
  "same",
] as const;

/** The longest texts that a rule may have. */
const LONGEST = { id: 80, text: 20_000, says: 400, source: 400 } as const;

/** A sentence or name of a rule: plain text of one line, never markup. */
const plain = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .refine((text) => !/<\/?[a-z!]/i.test(text), "holds HTML; write plain text")
    .refine(
      (text) => !/\p{Cc}/u.test(text),
      "holds signs that cannot be shown; write plain text of one line",
    );

export const ruleId = z
  .string()
  .max(LONGEST.id)
  .regex(/^[a-z0-9][a-z0-9._-]*$/, "is made of other signs than small letters, digits, dots, hyphens and _");

/**
 * A clinical rule as data. `text` is in the rule language (`core/rules`); what stands in braces is a quantity, a moment or
 * a state that columns are matched to ("{Sodium}", "{Discharge}", "{Female}"), with a unit where the rule needs one:
 * "{Creatinine, mg/dL}" is converted from the column's unit. What is not in braces is a column's own name.
 */
export const clinicalRule = z.strictObject({
  id: ruleId,
  text: z.string().min(1).max(LONGEST.text),
  /** what holds where it is kept, a plain sentence without a full stop; braces as in the text */
  says: plain(LONGEST.says),
  kahn: z.enum(KAHN),
  kind: z.enum(RULE_KINDS),
  /** the unit that columns whose braces name none must be in; a rule for another unit does not apply */
  unit: z.string().max(40).optional(),
  /** no patient can break it, whatever their illness: it can be made a constraint */
  hard: z.boolean(),
  source: plain(LONGEST.source),
  year: z.int().min(1800).max(2200).optional(),
  /** where several sets of columns fit, only the one that the real rows keep best: an age is one at one of several dates */
  pick: z.literal("best").optional(),
  /** a stricter form of another rule: where more than 5% of the real rows break it, it is left off without a question */
  quiet: z.literal(true).optional(),
});

export type ClinicalRule = z.infer<typeof clinicalRule>;

/** Where a rule comes from. */
export type Reference = Pick<ClinicalRule, "source" | "year">;
