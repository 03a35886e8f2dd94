import { shareLevels } from "../../table/rare-levels.ts";
import type { Column, Table } from "../../table/table.ts";
import type { Expression } from "../expression.ts";

/** A column of few values, by which rows can be told apart. */
export interface FewValued {
  readonly column: number;
  readonly name: string;
  /** per row: which of `values` it has; -1 = missing, or a level that too few share */
  readonly codes: Int32Array;
  readonly values: readonly (string | number)[];
}

const MOST_LEVELS = 20;
const MOST_NUMBERS = 8;

/** The columns of `table` that have at most 20 levels, or 8 different numbers, that five patients share. */
export function fewValuedIn(table: Table): FewValued[] {
  return table.columns.flatMap((column, j) => {
    const schema = table.schema.columns[j];
    if (!schema || schema.kind === "datetime" || schema.kind === "text" || schema.kind === "identifier")
      return [];
    const coded = codedOf(column);
    if (coded === undefined) return [];
    const { known } = shareLevels(
      { type: "coded", codes: coded.codes, levels: coded.values.map(String) },
      table.patients,
    );
    const kept = coded.values.flatMap((_, code) => (known[code] === 1 ? [code] : []));
    if (kept.length < 1 || kept.length > MOST_LEVELS) return [];
    const place = new Map(kept.map((code, i) => [code, i]));
    return [
      {
        column: j,
        name: schema.name,
        codes: coded.codes.map((code) => place.get(code) ?? -1),
        values: kept.map((code) => coded.values[code] as string | number),
      },
    ];
  });
}

function codedOf(column: Column): { codes: Int32Array; values: (string | number)[] } | undefined {
  if (column.type === "coded") return { codes: column.codes, values: [...column.levels] };
  const place = new Map<number, number>();
  for (const value of column.values) {
    if (!Number.isFinite(value) || place.has(value)) continue;
    place.set(value, place.size);
    if (place.size > MOST_NUMBERS) return undefined;
  }
  return {
    codes: Int32Array.from(column.values, (value) => place.get(value) ?? -1),
    values: [...place.keys()],
  };
}

const literal = (value: string | number): Expression =>
  typeof value === "number" ? { type: "number", value } : { type: "text", value };

/** `name = value`, or `name in (a, b)`. */
export function isOneOf(name: string, values: readonly (string | number)[]): Expression {
  const of: Expression = { type: "column", name };
  if (values.length > 1) return { type: "in", of, options: values.map(literal) };
  return { type: "compare", operands: [of, literal(values[0] as string | number)], comparisons: ["="] };
}

/** `name = other`. */
export const isSameAs = (name: string, other: string): Expression => ({
  type: "compare",
  operands: [
    { type: "column", name },
    { type: "column", name: other },
  ],
  comparisons: ["="],
});
