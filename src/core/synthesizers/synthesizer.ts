import type { Table } from "../table/table.ts";
import type { Rng } from "../math/rng.ts";
import type { Constraint } from "../rules/constraint.ts";
import type { NoiseSource } from "../private/noise/noise-source.ts";
import type { PublicFacts } from "../private/public/public-facts.ts";
import type { WatchedRow } from "../private/rows/private-rows.ts";

/** One setting of a synthesizer: its form field, its command-line flag and its check derive from this. */
export type ParamSpec =
  | {
      readonly type: "number";
      readonly label: string;
      readonly default: number;
      readonly min: number;
      readonly max: number;
      readonly integer?: boolean;
      /** a slider moves in powers of ten */
      readonly log?: boolean;
      /** one sentence: why this default */
      readonly reason: string;
    }
  | {
      readonly type: "choice";
      readonly label: string;
      readonly default: string;
      readonly choices: readonly { readonly value: string; readonly label: string }[];
      readonly reason: string;
    }
  | { readonly type: "switch"; readonly label: string; readonly default: boolean; readonly reason: string };

export type Params = Readonly<Record<string, number | string | boolean>>;

export interface SynthesizerInfo {
  readonly id: string;
  readonly name: string;
  /** One honest sentence for the list. */
  readonly summary: string;
  /** Paper or source. */
  readonly reference: string;
  /** 0 means "by the table" for numeric settings that say so in their reason. */
  readonly params: Readonly<Record<string, ParamSpec>>;
  /** One sentence that stands beside it wherever it is offered: what it risks. */
  readonly warning?: string;
  /** Whether a saved model of it can go on training on another table (`FitOptions.from`). */
  readonly continues?: boolean;
  /** "courses": it learns patients over time only (`core/visits`); FaultError `no-courses` where a table has none. */
  readonly needs?: "courses";
  /**
   * Its models are differentially private: parameters `epsilon` and `delta`, `Guarantee` in `Artifact.state.guarantee`, and
   * nothing of the table but through `PrivateRows` (core/private).
   */
  readonly guarantee?: true;
}

/** The steps whose weights are kept: one; where every column keeps its own, from the first of them to the last. */
export interface KeptSteps {
  readonly from: number;
  readonly to: number;
}

/** Settings that are tried shortly before training, and what came of them. */
export interface Tried {
  /** "one network a column" */
  readonly what: string;
  /** share done, in [0, 1] */
  readonly fraction: number;
  /** held-out negative log-likelihood once it is done, nats a row */
  readonly loss?: number;
}

/** One report of a fit under way; at least one every 200 ms where a step is shorter than that. */
export interface Progress {
  readonly step: number;
  /** Expected number of steps when it is known. */
  readonly steps?: number;
  readonly epoch: number;
  readonly epochs?: number;
  /** Share done in [0, 1], never falling. Early stopping may end a fit before 1. */
  readonly fraction: number;
  /** Named training losses since the last report, e.g. { training: 3.2 } or { generator, discriminator }. */
  readonly losses: Readonly<Record<string, number>>;
  /** Held-out loss, where this step measured one. */
  readonly validation?: number;
  /** The steps whose weights would be the model's if nothing gained any more. */
  readonly kept?: KeptSteps;
  /** What begins after this step, where losses do not go on from it: "training restarts with lighter dropout". */
  readonly restart?: string;
  /** While settings are tried: all that are, in their order. */
  readonly trial?: readonly Tried[];
  /** One short sentence for what is going on now when it is not a plain step ("Fitting the latent prior"). */
  readonly note?: string;
  /** Something the person must know and that stays with the run: a lost context and where training went on. */
  readonly notice?: string;
  /** A small synthetic table from the model as it is now; asked for with `FitOptions.previewRows`. */
  readonly preview?: Table;
  /** With a preview, where the method can: the model that drew it, to be asked for at any later time. */
  readonly checkpoint?: () => Promise<Artifact>;
}

/** What a method with a guarantee is told beside its parameters. */
export interface PrivateFit {
  readonly public: PublicFacts;
  /** rows of one patient that count; 1 unless said */
  readonly rowsPerPatient?: number;
  /** the cryptographic generator unless said */
  readonly noise?: NoiseSource;
  /** for an audit */
  readonly watched?: WatchedRow;
}

export interface FitOptions {
  /** Rows of the live preview; 0 = none. */
  readonly previewRows: number;
  /** Least milliseconds between two previews. */
  readonly previewEvery: number;
  /**
   * Asked before every step. Once it answers true the fit ends early, as if this step had been its last: priors and
   * other closing work included, so that the model as it is now becomes usable.
   */
  readonly enough?: () => boolean;
  /**
   * Fine-tuning, where `continues`: goes on from this saved model of the same synthesizer, with its codec, on a table
   * with the same columns. Throws FaultError `columns-differ` where the table is another one.
   */
  readonly from?: Artifact;
  /** What every row keeps. Left out: what holds in every row of `train`, as far as it is found. */
  readonly rules?: readonly Constraint[];
  /** Those of `rules` that were found, not set by a person: where most rows that are drawn break one, it is let go. */
  readonly found?: ReadonlySet<Constraint>;
  /** How many columns of `train`, its last, are what remains of a formula: nearly decided in each row; 0 unless said. */
  readonly remaining?: number;
  /** For methods with a guarantee alone; left out: nothing is public but names, kinds and how cells are written. */
  readonly guarantee?: PrivateFit;
}

/** A table of noisy counts that a model with a guarantee was made from, as shares. It is public: whoever has the model has it. */
export interface ReleasedTable {
  /** names of its columns: one or several */
  readonly columns: readonly string[];
  /** of each cell, by the noisy counts; sums to 1 */
  readonly shares: Float64Array;
  /** standard deviation of the noise of one cell, as a share of all rows */
  readonly noise: number;
  /** the cell of each row of a table such as the model draws; -1: in none */
  readonly cellsOf: (rows: Table) => Int32Array;
}

/** What every row must have in one column. `missing`: whether the cell is empty; given alone or beside the others. */
export type Condition = { readonly column: string } & (
  | { readonly in: readonly string[]; readonly missing?: boolean }
  | { readonly from?: number; readonly to?: number; readonly missing?: boolean }
);

/** How often each level of one column comes, e.g. { F: 0.5, M: 0.5 }; made to sum to 1. Other levels do not come. */
export interface Shares {
  readonly column: string;
  readonly shares: Readonly<Record<string, number>>;
}

/** How many candidates were drawn for the rows that were kept. */
export interface Acceptance {
  readonly drawn: number;
  readonly kept: number;
}

/** Which rows are asked for. */
export interface SampleRequest {
  /** every row meets all of these */
  readonly where?: readonly Condition[];
  readonly shares?: Shares;
  /** Its rows with their missing cells filled in; `rows` must be its length. Not together with the others. */
  readonly complete?: Table;
  /** With `complete`: cells that a kept rule leaves empty are filled too; false unless said. */
  readonly gated?: boolean;
  /** Candidates drawn for each row asked for before giving up with FaultError `condition-unmet`; 1,000 unless said. */
  readonly tries?: number;
  /** Told once, after the rows are drawn. */
  readonly onAcceptance?: (acceptance: Acceptance) => void;
}

/** Which patients are asked for. Times are in days where the time column has dates, else in its own unit. */
export interface PatientRequest {
  /** every patient meets all of these: on columns that do not change within a patient */
  readonly where?: readonly Condition[];
  /** visits of each patient */
  readonly visits?: { readonly least: number; readonly most: number };
  /** no visit is later than so long after the first (continued: after the last that is given) */
  readonly until?: number;
  /** Candidates drawn for each patient before giving up with FaultError `condition-unmet`; 1,000 unless said. */
  readonly tries?: number;
  /** Told once, after the patients are drawn; candidates are patients. */
  readonly onAcceptance?: (acceptance: Acceptance) => void;
  /**
   * Which of the visits just drawn a course may not have, 1 for each: they are drawn again, up to a bound. Rows are one visit
   * each of different patients, in the model's columns; their `patients` say whose, as in what is returned.
   */
  readonly refuses?: (visits: Table) => Uint8Array;
}

/** What a model of patients over time can do besides. Rows of a patient stand beside each other, in the order of time. */
export interface CourseModel {
  /** Whole patients; `Table.patients` counts them from 0. Chunks of at most 2,000 patients together are the stream. */
  sample(patients: number, rng: Rng, request?: PatientRequest): Promise<Table>;
  /**
   * `futures` continuations of each patient of `given` (which has the model's columns, and `patients`): the visits that
   * follow only. `patients` of a row is p * futures + k for the k-th future of the p-th patient of `given` by first row; a
   * future without a further visit has no row.
   */
  goOn(given: Table, futures: number, rng: Rng, request?: PatientRequest): Promise<Table>;
}

/** What the length of a fit depends on. */
export interface TableShape {
  readonly rows: number;
  readonly columns: number;
  /** where rows are visits of patients over time: the patients */
  readonly patients?: number;
  /** columns of numbers and dates */
  readonly numeric: number;
  /** levels of all coded columns together */
  readonly levels: number;
}

/** The bytes of a saved tensor: row-major float32. */
export interface SavedTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** A saved model. `state` is JSON-safe. Neither it nor the tensors hold a row of the source. */
export interface Artifact {
  readonly synthesizer: string;
  /** Version of this synthesizer's own format. */
  readonly version: number;
  readonly params: Params;
  readonly state: Readonly<Record<string, unknown>>;
  readonly tensors: readonly SavedTensor[];
}

/** What a fit yields. */
export interface Model {
  readonly synthesizer: string;
  /** `rows` synthetic rows, same columns and schema as the table that was fitted. Same rng state, same rows.
   *  Asked in chunks from one rng, the chunks together are the stream; callers use chunks of at most 10,000 rows. */
  sample(rows: number, rng: Rng, request?: SampleRequest): Promise<Table>;
  save(): Promise<Artifact>;
  /** A model of patients over time: `sample` then draws whole patients until there are rows enough and cuts the last one. */
  readonly courses?: CourseModel;
  /** Of a model with a guarantee: the noisy tables it was made from, in the order they were paid for; none of a network's. */
  released?(): readonly ReleasedTable[];
  /** Frees every tensor; calling it twice is harmless. */
  dispose(): void;
}

export interface Synthesizer extends SynthesizerInfo {
  /**
   * Fits on `train` (learned columns only, see `learnedColumns`). The generator yields at least every 50 ms of work
   * so that a worker can hear "cancel"; `return()` cancels and frees every tensor. Throws FaultError.
   */
  fit(train: Table, params: Params, rng: Rng, options: FitOptions): AsyncGenerator<Progress, Model, void>;
  /**
   * Seconds that a fit is expected to take, within a factor of two, on WASM on the machine of METHODS.md's figures;
   * `pace` is how many times slower than that machine this one is.
   */
  expectedSeconds?(shape: TableShape, params: Params, pace: number): number;
  /**
   * How likely a saved model finds each row of `table`, which has its columns: nats, comparable between rows only. Left out
   * where a method has no likelihood. Rejects as `pulse` does.
   */
  logLikelihoods?(artifact: Artifact, table: Table, pulse?: () => Promise<void>): Promise<Float64Array>;
  /** Throws FaultError `model-damaged` when shapes and state do not agree. */
  load(artifact: Artifact): Promise<Model>;
}
