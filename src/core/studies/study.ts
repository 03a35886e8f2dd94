import type { Fault } from "../fault.ts";
import type { Pulse } from "../metrics/metric.ts";
import type { DeviceOptions } from "../nn/device.ts";
import type { StudyFound, StudyId } from "../report/study.ts";
import type { Synthesizer } from "../synthesizers/synthesizer.ts";
import type { Table } from "../table/table.ts";

/** What a study is asked of. */
export interface StudySource {
  /** as it is open: every column, with roles */
  readonly table: Table;
  /** another table, for studies that compare two; read by itself */
  readonly second?: Table;
  /** synthetic tables that were made elsewhere (parsed replies of a language model), read as `table` is */
  readonly made?: readonly MadeTable[];
}

/** Rows of a language model or another tool, beside what is known of how they came. */
export interface MadeTable {
  readonly name: string;
  /** its columns are those of the source's learned columns that it has */
  readonly table: Table;
  /** "251 rows kept of 300 asked for" */
  readonly note?: string;
}

/** One setting of a study: its form field, its flag and its check derive from this. */
export type StudyField = {
  readonly name: string;
  readonly label: string;
  /** why this default, one sentence */
  readonly reason: string;
} & (
  | {
      readonly type: "numbers";
      readonly default: readonly number[];
      readonly min: number;
      readonly max: number;
      readonly integer?: boolean;
      /** fewest and most of them */
      readonly least: number;
      readonly most: number;
    }
  | {
      readonly type: "number";
      readonly default: number;
      readonly min: number;
      readonly max: number;
      readonly integer?: boolean;
    }
  /** several of `choices`: methods, columns */
  | {
      readonly type: "several";
      readonly default: readonly string[];
      readonly choices: readonly { readonly value: string; readonly label: string }[];
      readonly least: number;
      readonly most: number;
    }
  /** one of `choices`: a column that marks groups, an order */
  | {
      readonly type: "choice";
      readonly default: string;
      readonly choices: readonly { readonly value: string; readonly label: string }[];
      /** what a person may ask for and cannot have: the value, and why, a sentence */
      readonly unfit?: Readonly<Record<string, string>>;
    }
);

export type StudyValue = number | string | readonly number[] | readonly string[];
/** By the names of the fields. */
export type StudySettings = Readonly<Record<string, StudyValue>>;

/** What a person asks for; settings that are left out are the defaults. */
export interface StudyRequest {
  readonly study: StudyId;
  readonly settings: StudySettings;
  readonly seed: number;
}

/** One run of a grid: same table, settings, seed and key, same rows. */
export interface StudyCell {
  /** unique in the grid and the same whenever the grid is made anew */
  readonly key: string;
  /** its place in the grid, for the file of every cell: { rows: 400, method: "copula", seed: 2 } */
  readonly factors: Readonly<Record<string, string | number>>;
  /** "20 columns, VAE, seed 2" */
  readonly words: string;
  /** seconds expected on the machine of METHODS.md's figures */
  readonly effort: number;
}

/** One number that a cell measured. */
export interface CellRow {
  /** "c2st", "tstr", "kl", "pairs", "attack", "seconds" or a study's own */
  readonly measure: string;
  readonly value: number;
  /** the same on resampled patients, draw i of all cells with the same patients being the same resample (`RESAMPLES`) */
  readonly draws?: readonly number[];
  /** what of the cell it is about, where that is more than the cell: { group: "F" }, { column: "age" } */
  readonly of?: Readonly<Record<string, string | number>>;
  /** patients or rows behind it */
  readonly n?: number;
}

/** A cell that has been run. */
export interface CellDone {
  readonly key: string;
  readonly rows: readonly CellRow[];
  readonly seconds: number;
  /** why it could not be run; `rows` is then empty */
  readonly failed?: string;
}

/** What a cell is run with. */
export interface StudyTools extends DeviceOptions {
  /** lets other work through; rejects with FaultError `cancelled` when the cell is no longer wanted */
  readonly pulse: Pulse;
  readonly cancelled: () => boolean;
  /** share of the cell that is done, in [0, 1] */
  readonly onProgress?: (fraction: number) => void;
  /** where synthesizers are looked up: the registry unless another place is given */
  readonly find?: (id: string) => Synthesizer;
}

/** A study on one table with its settings: the cells, how each is run, and what they say together. */
export interface StudyGrid {
  readonly cells: readonly StudyCell[];
  /** the settings in words, in the order of the fields */
  readonly settings: readonly { readonly name: string; readonly words: string }[];
  /** Rejects with FaultError. */
  run(cell: StudyCell, tools: StudyTools): Promise<readonly CellRow[]>;
  /** Of the cells done so far, in any order; cells that failed or are not yet run are just missing. Pure. */
  reduce(done: readonly CellDone[]): StudyFound;
}

/** A question that needs many runs: one file, one line of the registry. */
export interface Study {
  readonly id: StudyId;
  /** "Rows" */
  readonly name: string;
  /** "How many patients are enough?" */
  readonly question: string;
  /** Its settings for this table, with defaults that fit it. Throws FaultError `study-refused` where the table has no grid. */
  fields(source: StudySource): readonly StudyField[];
  /** `settings` has a value for every field. Throws FaultError `study-refused`. */
  open(source: StudySource, settings: StudySettings, seed: number): StudyGrid;
}

/** The study cannot be asked of this table: why, a sentence, and the way out, another. */
export const refusedStudy = (reason: string, remedy: string): Fault => ({
  code: "study-refused",
  reason,
  remedy,
});
