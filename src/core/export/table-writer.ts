import type { Schema, Table } from "../table/table.ts";

/** A piece of a file. `rows`: rows of the table in it and in all pieces before. It may have no bytes yet. */
export interface Written {
  readonly bytes: Uint8Array;
  readonly rows: number;
}

/** What is written, beside its rows. */
export interface Writing {
  /** The table's name, without an ending. */
  readonly name: string;
  readonly schema: Schema;
  /** How many rows `blocks` will have; fewer come where a condition is seldom met. */
  readonly rows: number;
  /** The table that the model was trained on, where it is at hand: see `createCsvWriter`. */
  readonly source?: Table;
}

/**
 * Writes `blocks`, whose columns are those of `writing.schema`, one after another, and never holds more of them than the
 * format needs. Rejects with FaultError `export-impossible`, before the first block is asked for where that can be told.
 */
export type TableWriter = (writing: Writing, blocks: AsyncIterable<Table>) => AsyncGenerator<Written>;
