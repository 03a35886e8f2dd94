import { isMissing } from "../../table/formats/missing-tokens.ts";
import type { TextCells } from "../../table/read/column-cells.ts";
import type { CellReading } from "../../table/read/rows.ts";
import type { ColumnSchema } from "../../table/table.ts";

/** A text of a column and its cells. */
export interface Level {
  readonly text: string;
  readonly cells: number;
}

/** One column as suggestions look at it. */
export interface Look {
  readonly name: string;
  readonly names: readonly string[];
  readonly schema: ColumnSchema;
  readonly cells: TextCells;
  readonly reading: CellReading;
  /** the texts that are not missing, most frequent first, and their cells in all */
  readonly levels: readonly Level[];
  readonly present: number;
}

export function lookAt(
  schema: ColumnSchema,
  names: readonly string[],
  cells: TextCells,
  reading: CellReading,
): Look {
  const levels = cells.levels
    .flatMap((text, level): Level[] => {
      const count = cells.counts[level] as number;
      return count > 0 && !isMissing(text, reading.tokens) ? [{ text, cells: count }] : [];
    })
    .sort((a, b) => b.cells - a.cells);
  const present = cellsIn(levels);
  return { name: schema.name, names, schema, cells, reading, levels, present };
}

/** Numbers, every one of which was read. */
export const isCleanNumber = ({ kind, findings }: ColumnSchema): boolean =>
  (kind === "integer" || kind === "decimal") && findings?.stray === undefined;

export const cellsIn = (levels: readonly Level[]): number =>
  levels.reduce((sum, level) => sum + level.cells, 0);

export const isNumber = ({ kind }: ColumnSchema): boolean => kind === "integer" || kind === "decimal";
