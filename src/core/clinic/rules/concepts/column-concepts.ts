import { writeName } from "../../../rules/language/cursor.ts";
import type { Table } from "../../../table/table.ts";
import type { KnownColumn, KnownColumns } from "../../ranges/known-quantities.ts";
import { plainWords } from "../../ranges/quantity-names.ts";
import { quantities } from "../../ranges/reference-ranges.ts";
import type { ColumnConcept } from "./concept.ts";
import { dataDay } from "./data-day.ts";
import { datedConcepts, EVENT_NAMES } from "./dated-concepts.ts";
import { familyConcepts } from "./family-concepts.ts";
import { STATE_NAMES, statedConcepts } from "./stated-concepts.ts";

/** Quantities of the patient rather than of a moment: they go with whatever was measured. */
const OF_PATIENT: ReadonlySet<string> = new Set([
  "Age",
  "Height",
  "Birth weight",
  "Gestational age",
  "Maternal age",
  "Gravidity",
  "Parity",
  "Birth year",
]);

/** Everything of a table that a rule's braces can stand for. */
export interface TableConcepts {
  readonly concepts: readonly ColumnConcept[];
  /** columns whose name is known and whose values contradict it: a rule about their range alone may be asked about them */
  readonly disputed: readonly ColumnConcept[];
}

export function columnConcepts(train: Table, known: KnownColumns): TableConcepts {
  const dated = datedConcepts(train);
  return {
    concepts: [
      ...known.columns.map(quantityConcept),
      ...familyConcepts(train, known.columns),
      ...dated,
      ...statedConcepts(train),
      ...dataDay(train, known.columns, dated),
    ],
    disputed: known.disputed.map(quantityConcept),
  };
}

function quantityConcept({ name, quantity, unit, beside }: KnownColumn): ColumnConcept {
  return {
    concept: quantity.name,
    columns: [name],
    text: () => writeName(name),
    says: name,
    named: plainWords(quantity.name).join() === plainWords(name).join() ? name : `${name} (${quantity.name})`,
    unit: unit.unit,
    severalUnits: quantity.units.length > 1,
    beside,
    goes: OF_PATIENT.has(quantity.name) ? "patient" : "beside",
  };
}

/** What can stand in braces. */
export const conceptNames: ReadonlySet<string> = new Set([
  ...quantities.map(({ name }) => name),
  ...EVENT_NAMES,
  ...STATE_NAMES,
  "Count",
  "Years so far",
  "Earlier age",
  "Least to greatest",
  "Age in its band",
  "Day of the data",
]);
