import type { SchemaChange } from "../table/profile.ts";
import type { Kind, QuantityChoice, Role } from "../table/table.ts";

const KINDS: Readonly<Record<Kind, string>> = {
  integer: "whole numbers",
  decimal: "numbers",
  datetime: "dates",
  category: "a category",
  boolean: "yes or no",
  identifier: "an identifier",
  text: "free text",
  constant: "one value",
};

const ROLES: Readonly<Record<Role, string>> = {
  feature: "learned",
  target: "the target",
  sensitive: "a sensitive group",
  identifier: "the patient",
  omit: "left out",
};

const MEASURES: Readonly<Record<string, string>> = {
  ordinal: "levels in their order",
  count: "a count",
  percentage: "a percentage",
  duration: "a duration",
  clock: "a time of day",
  code: "codes",
};

function quantityWords(choice: QuantityChoice | null): string {
  if (choice === null) return "what it measures is told by itself";
  if (choice.of === null) return "measures no known quantity";
  return `measures ${choice.of}${choice.unit === undefined ? "" : ` in ${choice.unit}`}`;
}

/** A change to the schema in words: "age: read as a category". Cleaning steps have their own words. */
export function changeWords(change: Exclude<SchemaChange, { type: "clean" }>): string {
  switch (change.type) {
    case "kind":
      return `${change.column}: read as ${KINDS[change.kind]}`;
    case "role":
      return `${change.column}: ${ROLES[change.role]}`;
    case "survival":
      return `${change.column}: ${change.survival === "time" ? "the follow-up time" : change.survival === "event" ? "the event" : "no part in survival"}`;
    case "course":
      return `${change.column}: ${change.course === "time" ? "when a visit was" : change.course === "end" ? "the end of follow-up" : "no part in courses"}`;
    case "rare-levels":
      return `${change.column}: rare levels ${change.rareLevels === "common" ? "share one level" : "are left empty"}`;
    case "outsider":
      return `${change.column}: ${change.outsider === null ? "what an outsider knows is told by itself" : `an outsider ${change.outsider === "neither" ? "neither knows nor seeks it" : `${change.outsider} it`}`}`;
    case "quantity":
      return `${change.column}: ${quantityWords(change.quantity)}`;
    case "measure":
      return `${change.column}: ${change.measure === null ? "measures nothing beyond its type" : `read as ${MEASURES[change.measure] ?? change.measure}`}`;
    case "fresh":
      return `${change.column}: ${change.form === null ? "left empty" : "fresh ids in the same form"}`;
    case "missing-tokens":
      return `Missing is written as ${change.tokens.map((token) => `“${token}”`).join(", ")}`;
    case "encoding":
      return `File read as ${change.encoding}`;
  }
}
