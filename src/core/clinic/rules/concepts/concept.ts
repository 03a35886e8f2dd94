import type { Table } from "../../../table/table.ts";

/** Columns of a table that a rule's braces can stand for. */
export interface ColumnConcept {
  /** as it stands in braces: "Sodium", "Discharge", "Pregnant" */
  readonly concept: string;
  readonly columns: readonly string[];
  /** It in the rule language, as the cells of `table` have it; undefined where none of them says so. */
  readonly text: (table: Table) => string | undefined;
  /** It in a sentence: a column's name, or "sex is female". */
  readonly says: string;
  /** In a rule about its range: "Hb (Haemoglobin)". */
  readonly named?: string;
  readonly unit?: string;
  /** others measure it in other units */
  readonly severalUnits?: boolean;
  /** the other words of the name, which tell when it was measured */
  readonly beside: string;
  /**
   * What it goes together with in one rule. "beside": what was measured together; "patient": anything of the patient;
   * "event": dates that share the rest of their names, or are the only ones; "each": every one of its kind.
   */
  readonly goes: "beside" | "patient" | "event" | "each";
}

/** A level or a text in the rule language. */
export const quoted = (text: string): string => `"${text.replace(/[\\"]/g, "\\$&")}"`;

/** Levels that a rule can name at most. */
const MOST_LEVELS = 1000;

/** A column that has one of `levels`; undefined for none, or for more than a rule can name. */
export function isOneOf(name: string, levels: readonly string[]): string | undefined {
  if (levels.length === 0 || levels.length > MOST_LEVELS) return undefined;
  const [only] = levels;
  return levels.length === 1 && only !== undefined
    ? `${name} = ${quoted(only)}`
    : `${name} in (${levels.map(quoted).join(", ")})`;
}
