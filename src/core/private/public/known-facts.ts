import { namedQuantity } from "../../clinic/ranges/quantity-names.ts";
import type { ClinicalUnit, Quantity } from "../../clinic/ranges/clinical-quantity.ts";
import type { ColumnSchema, Schema } from "../../table/table.ts";
import { learnedColumns } from "../../table/table.ts";
import type { PublicColumn, PublicFacts } from "./public-facts.ts";

/** One fact, and why it is public, in words. */
export interface PublicReason {
  readonly column: string;
  readonly fact: "range" | "levels" | "missing";
  readonly why: "declared" | "clinical";
  /** one sentence for a person */
  readonly sentence: string;
}

export interface KnownFacts {
  readonly facts: PublicFacts;
  readonly reasons: readonly PublicReason[];
}

/** Most of what is counted of one patient. */
const MOST_COUNTED = 1000;

/**
 * What is known of clinical quantities before a patient is looked at, by the column's name and unit alone: the range that
 * is plausible in its unit, or in all units of the quantity where none is named. Percentages lie in 0 to 100, counts in 0
 * to 1,000.
 */
export const clinicalFacts = (schema: Schema): PublicFacts => publicFacts(schema, { columns: [] }).facts;

/** Declared facts over those of clinical quantities, and why each is public. Learned columns alone. */
export function publicFacts(schema: Schema, declared: PublicFacts): KnownFacts {
  const reasons: PublicReason[] = [];
  const columns = learnedColumns(schema).flatMap((i): PublicColumn[] => {
    const column = schema.columns[i] as ColumnSchema;
    const own = declared.columns.find(({ name }) => name === column.name);
    const known = own?.range === undefined ? clinicalRange(column) : undefined;
    if (own !== undefined) reasons.push(...declaredReasons(own));
    if (known !== undefined)
      reasons.push({ column: column.name, fact: "range", why: "clinical", sentence: known.sentence });
    if (own === undefined && known === undefined) return [];
    const range = known && { from: known.from, to: known.to, why: "clinical" as const };
    return [{ ...(own ?? { name: column.name }), ...(range && { range }) }];
  });
  return { facts: { columns }, reasons };
}

function declaredReasons({ name, range, levels: known, missing }: PublicColumn): PublicReason[] {
  const levels = known?.why === "declared" ? known : undefined;
  const reason = (fact: PublicReason["fact"], sentence: string): PublicReason => ({
    column: name,
    fact,
    why: "declared",
    sentence,
  });
  return [
    ...(range ? [reason("range", "You declared it; values beyond it are moved to its ends.")] : []),
    ...(levels ? [reason("levels", "You declared them; cells with another level count as missing.")] : []),
    ...(missing === false ? [reason("missing", "You declared that no cell is ever missing.")] : []),
  ];
}

interface Range {
  readonly from: number;
  readonly to: number;
  readonly sentence: string;
}

function clinicalRange({ name, kind, unit, measure }: ColumnSchema): Range | undefined {
  if (kind !== "integer" && kind !== "decimal") return undefined;
  const named = namedQuantity(name) ?? (unit === undefined ? undefined : namedQuantity(`${name} ${unit}`));
  if (named !== undefined) return quantityRange(named.quantity, named.unit ?? unitOf(named.quantity, unit));
  if (measure === "percentage") return { from: 0, to: 100, sentence: "It is a percentage: from 0 to 100." };
  if (measure === "count")
    return {
      from: 0,
      to: MOST_COUNTED,
      sentence: `It counts something of one patient: from 0 to ${MOST_COUNTED}.`,
    };
  return undefined;
}

/** The unit that the schema names, as the quantity knows it. */
function unitOf({ units }: Quantity, unit: string | undefined): ClinicalUnit | undefined {
  if (unit === undefined) return undefined;
  const plain = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}%]/gu, "");
  return units.find((own) => plain(own.unit) === plain(unit) || own.hints.includes(plain(unit)));
}

function quantityRange({ name, units }: Quantity, unit: ClinicalUnit | undefined): Range {
  const all = (unit === undefined ? units : [unit]).map(({ plausible }) => plausible);
  const from = Math.min(...all.map(([low]) => low));
  const to = Math.max(...all.map(([, high]) => high));
  const which = unit?.unit ?? (units.length > 1 ? "any of its units" : units[0]?.unit);
  return {
    from,
    to,
    sentence: `What is plausible of ${name} in ${which}: from ${from} to ${to}. Values beyond are moved to its ends.`,
  };
}
