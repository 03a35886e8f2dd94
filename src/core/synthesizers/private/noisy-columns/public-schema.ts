import { isKnownUnit } from "../../../private/public/known-units.ts";
import { publicColumn, type PublicFacts } from "../../../private/public/public-facts.ts";
import type { ColumnSchema, DateFormat, NumberFormat, Schema } from "../../../table/table.ts";

/**
 * `schema` without anything that was read from cells and is not public: names, kinds, roles and how cells are written stay;
 * findings, reasons, limits, dates of less precision, missing tokens, rare levels and what a column can tell of a person
 * go. Names of values stay for declared levels alone, and units where everybody knows them: one cell can bring another.
 */
export const publicSchema = ({ columns, dialect }: Schema, facts: PublicFacts): Schema => ({
  columns: columns.map((column) => publicColumnSchema(column, facts)),
  dialect,
  missingTokens: [""],
});

function publicColumnSchema(column: ColumnSchema, facts: PublicFacts): ColumnSchema {
  const { name, kind, role, number, date, survival, course, label, unit, measure, system, storedAs } = column;
  const declared = new Set(publicColumn(facts, name).levels?.values);
  const labels = column.valueLabels?.filter((one) => declared.has(one.label));
  return {
    name,
    kind,
    role,
    reason: "",
    missingToken: "",
    ...(number && { number: publicNumber(number, name) }),
    ...(date && { date: publicDate(date) }),
    ...(survival && { survival }),
    ...(course && { course }),
    ...(label !== undefined && { label }),
    ...(unit !== undefined && isKnownUnit(unit, name) && { unit }),
    ...(measure !== undefined && measure !== "ordinal" && { measure }),
    ...(system !== undefined && { system }),
    ...(storedAs !== undefined && { storedAs }),
    ...(labels !== undefined && labels.length > 0 && { valueLabels: labels }),
  };
}

function publicNumber({ exact: _exact, suffix, one, ...format }: NumberFormat, column: string): NumberFormat {
  const known = suffix !== undefined && isKnownUnit(suffix, column);
  const knownOne = known && one !== undefined && isKnownUnit(one, column);
  return { ...format, ...(known && { suffix }), ...(knownOne && { one }) };
}

const publicDate = ({
  exact: _exact,
  others: _others,
  coarser: _coarser,
  ...format
}: DateFormat): DateFormat => format;
