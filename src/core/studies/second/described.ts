import { knownColumns, type KnownColumn } from "../../clinic/ranges/known-quantities.ts";
import { quantityOf, type NamedQuantity } from "../../clinic/ranges/quantity-names.ts";
import { unitWritten } from "../../clinic/ranges/unit-conversions.ts";
import { sortedPresent } from "../../math/statistics.ts";
import { LEAST_SHARED } from "../../table/rare-levels.ts";
import { withPatients } from "../../table/split.ts";
import type { Column, ColumnSchema, Table } from "../../table/table.ts";

/** A column with what is known of it, for being compared with one of another table. */
export interface Described {
  readonly schema: ColumnSchema;
  readonly column: Column;
  readonly named: NamedQuantity | undefined;
  /** the unit of that quantity that its name, its schema or its values say */
  readonly unit: string | undefined;
  /** present values in order; empty for levels */
  readonly sorted: Float64Array;
  /** levels that some cell has, with their cells; empty for numbers */
  readonly counts: ReadonlyMap<string, number>;
  /** whose each row is; left out: one patient a row */
  readonly patients?: Int32Array | undefined;
}

/** Texts of cells that five patients or more share: others are not named, as a sentence may end up in a file. */
export function sharedTexts(
  cells: readonly (string | undefined)[],
  patients: Int32Array | undefined,
): ReadonlySet<string> {
  const whose = new Map<string, Set<number>>();
  cells.forEach((text, row) => {
    if (text === undefined) return;
    const own = whose.get(text) ?? new Set<number>();
    if (own.size < LEAST_SHARED) own.add(patients?.[row] ?? row);
    whose.set(text, own);
  });
  return new Set([...whose].flatMap(([text, own]) => (own.size < LEAST_SHARED ? [] : [text])));
}

/** Columns by their names. Identifiers are never matched: they tell patients apart and mean nothing elsewhere. */
export function describedColumns(table: Table): Map<string, Described> {
  const known = new Map(knownColumns([table]).columns.map((column) => [column.name, column]));
  const { patients } = withPatients(table);
  return new Map(
    table.schema.columns.flatMap((schema, i): [string, Described][] => {
      if (schema.role === "identifier" || schema.kind === "identifier") return [];
      const column = table.columns[i] as Column;
      const named = quantityOf(schema) ?? ofKnown(known.get(schema.name));
      return [
        [
          schema.name,
          {
            schema,
            column,
            named,
            unit: unitOf(schema, named, known.get(schema.name)),
            sorted: column.type === "numeric" ? sortedPresent(column.values) : new Float64Array(),
            counts: column.type === "coded" ? countsOf(column.codes, column.levels) : new Map(),
            patients,
          },
        ],
      ];
    }),
  );
}

/** An abbreviation that the values confirm. */
const ofKnown = (known: KnownColumn | undefined): NamedQuantity | undefined =>
  known && { quantity: known.quantity, beside: known.beside };

function unitOf(
  { unit }: ColumnSchema,
  named: NamedQuantity | undefined,
  known: KnownColumn | undefined,
): string | undefined {
  if (named?.unit) return named.unit.unit;
  const said = named && unit !== undefined ? unitWritten(named.quantity, unit) : undefined;
  return said?.unit ?? known?.unit.unit;
}

function countsOf(codes: Int32Array, levels: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const code of codes) {
    const level = code < 0 ? undefined : levels[code];
    if (level !== undefined) counts.set(level, (counts.get(level) ?? 0) + 1);
  }
  return counts;
}
