import type { SchemaChange } from "../core/table/profile.ts";
import type { Given, OptionSpecs } from "./options.ts";

/** Who the privacy of patients is measured against, and between which groups; the same on every command that measures. */
export const outsiderOptions: OptionSpecs = {
  "quasi-identifiers": {
    value: "A,B",
    help: "Columns that an outsider knows of a patient, dates too. Without it they are chosen by name and type; the target is never among those.",
    many: true,
  },
  secrets: {
    value: "A,B",
    help: "Columns that an outsider would like to learn. Without it: the target, outcomes and other columns in turn.",
    many: true,
  },
  groups: {
    value: "A,B",
    help: "Columns between whose groups results are compared, privacy too.",
    many: true,
  },
};

/** What those options ask of single columns. */
export function outsiderChanges({ lists }: Given): SchemaChange[] {
  const named = (option: string): string[] =>
    (lists[option] ?? []).flatMap((list) => list.split(",").map((name) => name.trim())).filter(Boolean);
  return [
    ...named("groups").map((column): SchemaChange => ({ type: "role", column, role: "sensitive" })),
    ...named("quasi-identifiers").map((column): SchemaChange => ({
      type: "outsider",
      column,
      outsider: "knows",
    })),
    ...named("secrets").map((column): SchemaChange => ({ type: "outsider", column, outsider: "seeks" })),
  ];
}
