/** The words for kinds and roles, as every view says them. */
import type {
  ColumnSchema,
  Kind,
  Measure,
  Outsider,
  RareLevels,
  Role,
  Survival,
} from "../../../core/table/table.ts";

export const kindWords: Readonly<Record<Kind, string>> = {
  integer: "Whole number",
  decimal: "Number",
  datetime: "Date and time",
  category: "Category",
  boolean: "Yes / no",
  identifier: "Identifier",
  text: "Free text",
  constant: "Constant",
};

export const roleWords: Readonly<Record<Role, string>> = {
  feature: "Feature",
  target: "Target",
  sensitive: "Sensitive group",
  identifier: "Patient ID",
  omit: "Left out",
};

/** What choosing a role means, on hover. */
export const roleHelp: Readonly<Record<Role, string>> = {
  feature: "Learned and made anew.",
  target: "The outcome that predictions are measured on.",
  sensitive: "Learned; results are also compared between its groups.",
  identifier: "Never learned. Rows of one patient stay together; made-up ids take its place.",
  omit: "Never learned. The column stays in the synthetic table, empty.",
};

export const rareLevelsWords: Readonly<Record<RareLevels, string>> = {
  empty: "Leave empty",
  common: "One common level",
};

export const survivalWords: Readonly<Record<Survival | "none", string>> = {
  none: "Not in a survival analysis",
  time: "Follow-up time",
  event: "Event",
};

export const survivalHelp =
  "One column says how long each patient was followed, one whether the event was seen then. With both, survival is compared.";

export const rareLevelsHelp =
  "The names of these levels are in no model. Their cells come out empty, or as “other (rare levels)”.";

/** What an outsider has to do with a column; `by-itself` is nobody's choice. */
export const outsiderWords: Readonly<Record<Outsider | "by-itself", string>> = {
  "by-itself": "Chosen by its name and type",
  knows: "Known: they know it of a patient",
  seeks: "Secret: they would like to learn it",
  neither: "Neither",
};

export const outsiderHelp =
  "Privacy is measured against somebody who knows some columns of a patient and seeks others. Once one column is named as known, or as secret, no other is taken for one.";

export const measureWords: Readonly<Record<Measure, string>> = {
  ordinal: "Ordered category",
  count: "Count",
  percentage: "Percentage",
  duration: "Duration",
  clock: "Time of day",
  code: "Code",
};

/** What a column of a kind can measure beyond it. */
const measuresOf: Readonly<Record<Kind, readonly Measure[]>> = {
  integer: ["count", "percentage", "duration", "ordinal"],
  decimal: ["percentage", "duration"],
  datetime: [],
  category: ["ordinal", "code"],
  boolean: ["ordinal"],
  identifier: [],
  text: ["code"],
  constant: [],
};

/** Those that a person can choose for a column; the one it has is always among them. */
export function measuresFor({ kind, measure }: ColumnSchema): readonly Measure[] {
  const known = measuresOf[kind];
  return measure === undefined || known.includes(measure) ? known : [...known, measure];
}

/** Kinds whose distribution is over bins and not over levels. */
export const isBinned = (kind: Kind): boolean =>
  kind === "integer" || kind === "decimal" || kind === "datetime";

export const kinds = Object.keys(kindWords) as Kind[];
export const roles = Object.keys(roleWords) as Role[];

/** "Date" where the column's pattern has no time of day, "Time of day" where it has nothing else. */
export function kindName(column: ColumnSchema, kind: Kind = column.kind): string {
  if (kind === "datetime" && column.kind === "datetime") {
    const pattern = column.date?.pattern ?? "YYYY HH";
    if (!/[YL]/.test(pattern)) return "Time of day";
    if (!/[Hhk]/.test(pattern)) return "Date";
  }
  if (kind === column.kind && column.limits !== undefined && column.limits.length > 0)
    return "Number with limit";
  return kindWords[kind];
}

/** A measure as the column has it: "Code, ICD-10". */
export const measureName = ({ measure, system }: ColumnSchema, of: Measure): string =>
  of === "code" && measure === "code" && system !== undefined
    ? `${measureWords.code}, ${system}`
    : measureWords[of];

/** What a column is read as, in two or three words. */
export const readAs = (column: ColumnSchema): string =>
  column.measure === undefined ? kindName(column) : measureName(column, column.measure);
