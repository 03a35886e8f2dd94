import { namedQuantity } from "../../clinic/ranges/quantity-names.ts";
import type { PublicColumn, PublicFacts } from "../../private/public/public-facts.ts";
import type { ColumnSchema, Schema } from "../../table/table.ts";

/** `declared` with the ranges of clinical quantities that are known by the columns' names, where nothing else is declared. */
export function withClinicalRanges(schema: Schema, declared: PublicFacts): PublicFacts {
  const others = schema.columns.flatMap((column): PublicColumn[] => {
    const own = declared.columns.find(({ name }) => name === column.name);
    const range = own?.range ?? clinicalRange(column);
    if (own === undefined && range === undefined) return [];
    return [{ name: column.name, ...own, ...(range && { range }) }];
  });
  return { columns: others };
}

/** By the name alone, never by the values: of a quantity that has several units the name must say which. */
function clinicalRange({ name, kind }: ColumnSchema): PublicColumn["range"] {
  if (kind !== "integer" && kind !== "decimal") return undefined;
  const named = namedQuantity(name);
  const unit = named?.unit ?? (named?.quantity.units.length === 1 ? named.quantity.units[0] : undefined);
  if (unit === undefined) return undefined;
  const [from, to] = unit.plausible;
  return Number.isFinite(from) && Number.isFinite(to) ? { from, to, why: "clinical" } : undefined;
}
