import type { Derivations } from "../../codec/derived/derivations.ts";
import type { Rng } from "../../math/rng.ts";
import type { Table } from "../../table/table.ts";
import type { ColumnCondition } from "./check.ts";

/** Rules that every row is asked, whatever else it is asked for. */
export interface HeldRows {
  readonly rules: readonly {
    readonly text: string;
    /** places of the columns that it speaks of */
    readonly columns: readonly number[];
    /** it only says which cells are empty: whoever asks for such cells to be filled means to have them filled */
    readonly empties: boolean;
  }[];
  /** Which of the rules a row of `table` breaks. */
  broken(table: Table): (row: number) => readonly number[];
}

/** What a model can do; the rest of a request is made of it. */
export interface RowSource {
  /** Rows from the model as it is; 0 rows give its columns and levels. */
  draw(rows: number, rng: Rng): Promise<Table>;
  /**
   * Rows that meet as much of `where` as the model can promise, from the model's distribution given that; what does not
   * meet it is rejected and drawn again. Without it candidates come from `draw`. There is one condition per column.
   */
  drawWhere?(rows: number, rng: Rng, where: readonly ColumnCondition[]): Promise<Table>;
  /**
   * Rows of `given` with their missing cells drawn given the present ones. `given` has the model's columns and levels;
   * what it returns in present cells is not looked at. Cells that come back missing stay missing. `gated`: cells that a rule
   * leaves empty are asked for too.
   */
  completeRows?(given: Table, rng: Rng, gated?: boolean): Promise<Table>;
  /** What is put back behind the model: completed rows are held to it too. */
  readonly related?: Derivations | undefined;
  /** Rows that break one of these are drawn again. */
  readonly holds?: HeldRows | undefined;
}
