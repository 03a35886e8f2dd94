/**
 * Everything that crosses between the page and the worker: one union each way. Types only.
 * Tables and models stay in the worker; the page gets profiles, previews, progress and results.
 */
import type { Fault } from "../core/fault.ts";
import type { StudiesEvent, StudiesRequest } from "./protocol-studies.ts";
import type { CoarsenedBy, CoarsenedFacts, Plane, Sweep } from "../core/report/plane.ts";
import type { CohortInfo } from "../core/clinic/cohorts/cohort.ts";
import type { Climb } from "../core/clinic/cohorts/climb/climb.ts";
import type { ListedNumber } from "../core/clinic/cohorts/numbers/listed-numbers.ts";
import type { NumbersFile } from "../core/clinic/cohorts/numbers/numbers-file.ts";
import type { PyramidBand } from "../core/clinic/cohorts/population/pyramid.ts";
import type { CohortPicture } from "../core/table/cohort-picture.ts";
import type { SimulatedAs } from "../core/lab/simulation/simulated-file.ts";
import type { Simulation } from "../core/clinic/cohorts/simulating/simulate.ts";
import type { Report, RunFacts } from "../core/report/report.ts";
import type { AuditRequest, AuditResult } from "../core/lab/audit/audit-shape.ts";
import type { CoursesFound } from "../core/lab/courses/courses-found.ts";
import type { MeasuredColumn, QuantityOffer } from "../core/lab/quantities.ts";
import type { ConditionField } from "../core/lab/sample/condition-fields.ts";
import type { EmptyByRule } from "../core/lab/sample/empty-by-rule.ts";
import type { ExposedRow } from "../core/lab/evaluate/exposed-rows.ts";
import type { Seen } from "../core/lab/evaluate/whose-rows.ts";
import type { Estimate } from "../core/lab/fit/estimate.ts";
import type { FitProgress } from "../core/lab/fit/fit-request.ts";
import type { LiveLook } from "../core/lab/fit/live-watch.ts";
import type { ReadItem } from "../core/report/read-item.ts";
import type { SourceFacts, StatedUse } from "../core/lab/take-away/facts.ts";
import type { TakeAwayKind } from "../core/lab/take-away/take-away.ts";
import type { ClinicalCheck } from "../core/lab/rules/check-clinical-rule.ts";
import type { ClinicalList } from "../core/lab/rules/clinical-list.ts";
import type { RuleBook } from "../core/clinic/rules/book/rule-book.ts";
import type { OpenedRules, RuleCheck, RuleChoice, RuleList } from "../core/lab/rules/rule-list.ts";
import type { DeviceChoice, DeviceFacts } from "../core/nn/device.ts";
import type { ExportFormat } from "../core/export/formats.ts";
import type { Sheet, SheetChoice } from "../core/intake/file.ts";
import type { JoinChoice, JoinLook } from "../core/intake/join/join.ts";
import type { CleaningStep, StepPreview, Suggestion } from "../core/table/cleaning-step.ts";
import type { IdentifierFinding } from "../core/table/identifier-finding.ts";
import type { PatientQuestion } from "../core/table/identifies.ts";
import type { Repair } from "../core/table/repair.ts";
import type { Constraint } from "../core/rules/constraint.ts";
import type { GuaranteeOffer } from "../core/lab/guarantee/guarantee-offer.ts";
import type { RowsCounted } from "../core/lab/guarantee/rows-counted.ts";
import type { LedgerNext, LedgerRun, LedgerView } from "../core/lab/guarantee/ledger-view.ts";
import type { PublicFacts } from "../core/private/public/public-facts.ts";
import type { ColumnProfile, SchemaChange } from "../core/table/profile.ts";
import type { Schema } from "../core/table/table.ts";
import type { FutureBands } from "../core/lab/sample/futures/future-bands.ts";
import type {
  Acceptance,
  Params,
  PatientRequest,
  SampleRequest,
  SynthesizerInfo,
} from "../core/synthesizers/synthesizer.ts";

export type { GivenReply, StudyOffer, StudyView } from "./protocol-studies.ts";
export type {
  Acceptance,
  AuditRequest,
  AuditResult,
  ConditionField,
  ExposedRow,
  DeviceChoice,
  DeviceFacts,
  Estimate,
  FutureBands,
  LedgerNext,
  LedgerRun,
  LedgerView,
  OpenedRules,
  Repair,
  RowsCounted,
  RuleCheck,
  RuleChoice,
  RuleList,
  Seen,
  StatedUse,
  TakeAwayKind,
};
export type { FitProgress as RunProgress, LiveLook };

export interface HoldoutChoice {
  /** Share of rows (or patients) held out, in [0.05, 0.5]. */
  readonly share: number;
  readonly seed: number;
}

export interface TrainRequest {
  readonly synthesizer: string;
  readonly params: Params;
  readonly seed: number;
  readonly device: DeviceChoice;
  readonly holdout: HoldoutChoice;
  /** The run whose model it goes on from; that model's synthesizer and settings take the place of those above. */
  readonly from?: string;
  /** Ends the run when its rows come to lie nearer to training rows than to held-out ones beyond chance. */
  readonly stopWhenNearer?: boolean;
  /** What the person made of the rules of its training rows; left out: what holds in all of them is kept. */
  readonly rules?: readonly RuleChoice[];
  /** For methods with a guarantee: what the person confirmed to be public, and rows of one patient that count. */
  readonly guarantee?: { readonly public: PublicFacts; readonly rowsPerPatient?: number };
}

/** What a person made of “What is public”, per table. */
export interface PublicChoices {
  readonly declared: PublicFacts;
  /** the list that was confirmed as public, as `publicList` has it; left out: none was */
  readonly confirmed?: string;
}

/**
 * What is asked of synthetic rows: that all meet `where`, that a column's levels come in `shares`; of patients over time also how
 * many visits each has, and until when.
 */
export type Asked = Pick<SampleRequest, "where" | "shares"> & CourseAsked;
export type CourseAsked = Pick<PatientRequest, "visits" | "until">;

/** Patients whose futures can be drawn, of a file or the open table. */
export interface GivenView {
  readonly name: string;
  /** visits of each patient */
  readonly visits: readonly number[];
  /** the places of those whose course has ended */
  readonly ended: readonly number[];
  /** what can be looked at: learned columns that change from visit to visit */
  readonly columns: readonly string[];
  /** one sentence each: what was left aside */
  readonly notes: readonly string[];
  /** of the time: “days” where it has dates, else its own unit, or nothing */
  readonly timeUnit?: string;
}

/** The synthetic file that an evaluation goes with: its name, its rows, and in words which ones, unless of all kinds. */
export interface GoesWith {
  readonly name: string;
  readonly rows: number;
  /** whole patients of a model of patients over time, in place of `rows`, which then says about how many they have */
  readonly patients?: number;
  readonly seed: number;
  readonly asked?: Asked;
  readonly which?: string;
}

/** page -> worker. `job` numbers are the page's; every answer carries the job it belongs to. */
export type Request =
  | StudiesRequest
  | { type: "hello" }
  /** answered by `pong` */
  | { type: "ping" }
  /** whether finished runs are kept in this browser; off until the person agrees, and when off those kept are removed */
  | { type: "keep-runs"; on: boolean }
  | {
      type: "open";
      job: number;
      source: File | Blob | ArrayBuffer;
      name: string;
      repair?: Repair;
      choice?: SheetChoice;
      /** a second table that is joined to it */
      join?: JoinedSource;
    }
  /** what several files, or one with several tables, hold; answered by `files-seen`. Nothing is opened. */
  | { type: "look-into"; job: number; files: readonly OfferedFile[] }
  /** the first rows of a table as they stand, with what is above its names; answered by `sheet-rows` */
  | { type: "sheet-rows"; job: number; source: File | Blob | ArrayBuffer; name: string; choice: SheetChoice }
  /** what a join would make; left out of `join`: the likeliest key. Answered by `join-seen` */
  | {
      type: "look-at-join";
      job: number;
      source: File | Blob | ArrayBuffer;
      name: string;
      choice?: SheetChoice;
      join: JoinedSource;
    }
  /** steps that the cells of the open table ask for; answered by `suggestions` */
  | { type: "suggest-steps"; job: number }
  /** what a step would do to the open table as it is now; answered by `step-preview` */
  | { type: "preview-step"; job: number; step: CleaningStep }
  /** the changes made so far, to be used on another file; answered by `steps-file` */
  | { type: "save-steps"; job: number }
  /** steps that were saved before; answered by `steps-opened` */
  | { type: "open-steps"; job: number; source: Blob; name: string }
  /** simulates a cohort and opens it; `reading` says how many rows there are so far */
  | { type: "open-cohort"; job: number; simulation: Simulation }
  /** the open table, a simulated one, as it was simulated; answered as `export-csv` */
  | { type: "export-simulated"; job: number; as: SimulatedAs }
  /** the pictures of all cohorts; answered by a `cohort-picture` each */
  | { type: "draw-cohorts"; job: number }
  /** what each level of a cohort adds, on the same patient; answered by `climb` */
  | { type: "climb"; job: number; cohort: string }
  /** every number that the simulator uses; answered by `simulator-numbers` */
  | { type: "list-numbers"; job: number }
  /** the same as a file to be edited, with values that stand in the place of published ones; answered by `numbers-file` */
  | { type: "save-numbers"; job: number; values: Readonly<Record<string, number>> }
  /** such a file, edited; answered by `numbers-opened` */
  | { type: "open-numbers"; job: number; source: Blob; name: string }
  | { type: "revise"; job: number; changes: readonly SchemaChange[] }
  | { type: "preview-rows"; job: number; from: number; count: number }
  | { type: "close-table" }
  /** Clinical rules of the open table, as `book` has them from then on; answered by `clinical`, then `done`. */
  | { type: "list-clinical"; job: number; book: RuleBook }
  /** a clinical rule that is being written, in the place of that with `id`; answered by `clinical-checked` */
  | { type: "check-clinical"; job: number; text: string; book: RuleBook; id?: string }
  /** clinical rules that were saved before; answered by `book-opened` */
  | { type: "open-book"; job: number; source: Blob }
  /** answered by `book-file` */
  | { type: "save-book"; job: number; book: RuleBook }
  /** Rules of the rows that a run with `holdout` would train on; answered by `rules`, then `done`. */
  | { type: "list-rules"; job: number; holdout: HoldoutChoice; choices: readonly RuleChoice[] }
  /** a rule that is being written, as its text or its form has it, asked of those rows; answered by `rule-checked` */
  | { type: "check-rule"; job: number; holdout: HoldoutChoice; rule: string | Constraint }
  /** rules that were saved before; answered by `rules-opened` */
  | { type: "open-rules"; job: number; source: Blob; name: string }
  /** as they are listed; answered by `rules-file` */
  | { type: "save-rules"; job: number; lines: RuleList["lines"] }
  /**
   * What can be guaranteed of the rows that a run with `holdout` would train on; `choices` are kept with the table. `next`: the
   * run whose sum with the ledger is asked for. Answered by `guarantee-offer`, then `done`.
   */
  | {
      type: "offer-guarantee";
      job: number;
      holdout: HoldoutChoice;
      choices: PublicChoices;
      rowsPerPatient: number;
      next?: { readonly synthesizer: string; readonly epsilon: number; readonly delta: number };
    }
  /** a line of the ledger goes, since the person says that nothing of its run has left this computer */
  | { type: "strike-entry"; job: number; run: string }
  /** all of them do */
  | { type: "clear-ledger"; job: number }
  /** answered by `ledger-file` */
  | { type: "save-ledger"; job: number }
  /** a ledger that was saved before, of the same table; its entries join those here */
  | { type: "open-ledger"; job: number; source: Blob; name: string }
  | { type: "train"; job: number; run: string; request: TrainRequest }
  | { type: "pause"; run: string }
  | { type: "resume"; run: string }
  /** a run that waits becomes the next */
  | { type: "run-next"; run: string }
  /** What runs on the open table are expected to take; `params` by synthesizer. Answered by `estimates`, then `done`. */
  | {
      type: "estimate";
      job: number;
      device: DeviceChoice;
      share: number;
      params: Readonly<Record<string, Params>>;
    }
  /** keep: the model as it is now becomes the run's model, if it is usable */
  | { type: "cancel-run"; run: string; keep: boolean }
  | { type: "cancel"; job: number }
  | { type: "rename-run"; run: string; name: string }
  | { type: "delete-run"; run: string }
  | { type: "evaluate"; job: number; run: string }
  /** a file for its place in the comparison of a table made elsewhere, or none; answered by `elsewhere` */
  | {
      type: "elsewhere-file";
      job: number;
      slot: ElsewhereSlot;
      source: ElsewhereSource | null;
      name: string;
      repair?: Repair;
    }
  | { type: "elsewhere-target"; job: number; column: string | null }
  /** what is chosen becomes a run that has no model; `seen`: which of the real patients its tool had seen */
  | { type: "evaluate-elsewhere"; job: number; run: string; seen: Seen; seed: number }
  /** what rows of the run can be asked for */
  | { type: "condition-fields"; job: number; run: string }
  /** the training rows that the run exposes most, for this screen only */
  | { type: "exposed-rows"; job: number; run: string }
  /** the shadow-model attack on the run's model; answered by `attacking` and a `report` that holds it */
  | { type: "attack"; job: number; run: string; shadows: number }
  /** risk against use of the run, those beside it and the real table; answered by `plane-working` and `plane` */
  | { type: "plane"; job: number; run: string }
  /** what each epsilon costs, by runs of which none is kept; answered by `plane-working` and `sweep` */
  | { type: "sweep"; job: number; run: string; seeds?: number }
  /** what coarsening the whole open table would cost; answered by `coarsened` */
  | { type: "look-coarsened"; job: number; run: string; k: number; by: CoarsenedBy }
  /** the open table's real rows, coarsened; answered as `export-csv` */
  | { type: "export-coarsened"; job: number; run: string; k: number; by: CoarsenedBy }
  /** tries to break the guarantee of a method on a table like the open one; answered by `auditing`, `audited` and `done` */
  | { type: "audit"; job: number; request: AuditRequest }
  /** `patients`, here and where rows are exported: as in `GoesWith` */
  | {
      type: "sample-preview";
      job: number;
      run: string;
      rows: number;
      patients?: number;
      seed: number;
      asked?: Asked;
    }
  /** answered by `chunk`s of CSV bytes, each to be answered by `chunk-written`, then `done` */
  | {
      type: "export-csv";
      job: number;
      run: string;
      rows: number;
      patients?: number;
      seed: number;
      asked?: Asked;
      /** csv, in the source's dialect, unless said */
      format?: ExportFormat;
    }
  /** the page has put a chunk of the job where it belongs: the worker runs only a few ahead */
  | { type: "chunk-written"; job: number }
  /**
   * The open table's file with its empty cells filled in by the run's model, or the list of those cells; answered as
   * `export-csv`. `fillAll`: what is empty by rule too.
   */
  | {
      type: "complete-csv";
      job: number;
      run: string;
      seed: number;
      what: "table" | "cells";
      fillAll: boolean;
    }
  /** patients whose futures the run's model is to draw; answered by `given-patients` */
  | {
      type: "read-given";
      job: number;
      run: string;
      source: File | Blob | ArrayBuffer | "open-table";
      name: string;
    }
  /** the futures of one of them, by its place; answered by `future-bands` */
  | {
      type: "preview-futures";
      job: number;
      run: string;
      patient: number;
      column: string;
      futures: number;
      seed: number;
      asked: CourseAsked;
    }
  /** the futures of all of them as a file, whose chunks count patients; answered as `export-csv`, with `futures-told` before */
  | {
      type: "export-futures";
      job: number;
      run: string;
      futures: number;
      seed: number;
      asked: CourseAsked;
      format?: ExportFormat;
    }
  | { type: "export-model"; job: number; run: string }
  /**
   * A file of the run's evaluation; answered as `export-csv`. `synthetic` is left out where the table was made elsewhere:
   * it has not been kept. `withRows`: the zip holds the synthetic rows too.
   */
  | {
      type: "export-report";
      job: number;
      run: string;
      kind: TakeAwayKind;
      synthetic?: GoesWith;
      withRows: boolean;
      /** what the person says of the use, for the report's first page */
      use?: StatedUse;
    }
  | { type: "open-model"; job: number; source: File | Blob | ArrayBuffer; name: string }
  /** keep the table in this browser: off unless the person agrees */
  | { type: "remember-table"; job: number; on: boolean }
  | { type: "restore"; job: number }
  | { type: "forget"; job: number }
  /** takes the last forgetting back, within its half minute and before the tab is closed */
  | { type: "undo-forget"; job: number };

/** The whole open table coarsened, before it becomes a file. */
export interface CoarsenedLook extends CoarsenedFacts {
  /** rows of the open table */
  readonly of: number;
  /** patients of the smallest group */
  readonly smallest: number;
  readonly known: readonly string[];
  /** columns that stand as they were, the target among them */
  readonly untouched: readonly string[];
  /** identifiers, texts and columns that are left out */
  readonly withoutColumns: readonly string[];
}

/** The three tables of the comparison with a table made elsewhere. */
export type ElsewhereSlot = "real" | "holdout" | "synthetic";

/** `open-table`, for the real one: what is open on Data, as it is typed and with its roles. */
export type ElsewhereSource = File | Blob | ArrayBuffer | "open-table";

/** A file beside the real one: how it was read as that, or why it cannot be. */
export interface ElsewhereFile {
  readonly name: string;
  readonly rows: number;
  /** where they have several rows */
  readonly patients?: number;
  readonly columns: number;
  /** one sentence each: what was matched, left aside, read as missing */
  readonly notes: readonly string[];
  /** set when it does not fit the real table that was chosen after it */
  readonly fault?: Fault;
}

/** What is chosen so far. */
export interface ElsewhereLook {
  readonly real?: Omit<ElsewhereFile, "fault"> & { readonly fromOpenTable: boolean };
  readonly holdout?: ElsewhereFile;
  readonly synthetic?: ElsewhereFile;
  /** columns of the real table that can be the target, and the one that is */
  readonly targets: readonly string[];
  readonly target?: string;
  /** columns that all of them have, of how many that are learned from the real one */
  readonly compared: number;
  readonly learned: number;
}

export interface OfferedFile {
  readonly source: File | Blob | ArrayBuffer;
  readonly name: string;
}

export interface JoinedSource extends OfferedFile {
  readonly choice?: SheetChoice;
  /** left out: the likeliest key, and the first and last of several values */
  readonly join?: JoinChoice;
}

/** A file and the tables in it, or why it cannot be opened. */
export interface FileSeen {
  readonly name: string;
  readonly bytes: number;
  /** “Excel workbook” */
  readonly words: string;
  readonly sheets: readonly Sheet[];
  readonly fault?: Fault;
}

/** What two files dropped at once may be, judged by their columns. */
export interface PairSeen {
  /** columns that both have by name, and whether those are all */
  readonly shared: readonly string[];
  readonly alike: boolean;
}

/** A change that is made, in words: “sex: 9 spellings merged into 3”, 1,204 cells. */
export interface DoneStep {
  readonly text: string;
  readonly cells?: number;
  readonly rows?: number;
}

/** What this browser keeps of tables and runs, as its files say. */
export interface Kept {
  readonly runs: number;
  readonly table: boolean;
  readonly bytes: number;
  /** why nothing can be kept here, in words */
  readonly refused?: string;
}

export interface TableView {
  /** as `tableId` of the runs on it */
  readonly id?: string;
  readonly name: string;
  readonly rows: number;
  readonly bytes: number;
  readonly seconds: number;
  readonly schema: Schema;
  readonly columns: readonly ColumnProfile[];
  /** true when the source can be read again with other kinds (always, except for a table restored without its bytes) */
  readonly simulated: boolean;
  /** what was asked for, where it was simulated here; it can be saved as it was simulated */
  readonly simulation?: Simulation;
  readonly remembered: boolean;
  /** The changes applied to the inferred schema, so that a restored table can go on being revised and undone. */
  readonly changes?: readonly SchemaChange[];
  /** what the person made of the clinical rules */
  readonly book?: RuleBook;
  /** what the person made of its rules */
  readonly rules?: readonly RuleChoice[];
  /** what the person made of what is public */
  readonly public?: PublicChoices;
  /** `changes` in words, one for one */
  readonly done?: readonly DoneStep[];
  readonly identifiers?: readonly IdentifierFinding[];
  readonly patient?: PatientQuestion;
  /** what goes on over time, where patients have several rows */
  readonly courses?: CoursesFound;
  /** what its columns measure, guesses too */
  readonly measured?: readonly MeasuredColumn[];
  /** what a person can say that they measure */
  readonly quantities?: readonly QuantityOffer[];
  /** how its file is stored: “Excel workbook, sheet Visits” */
  readonly storedAs?: string;
  readonly notes: readonly string[];
  /** What was not understood when it was read; its examples are cells, for this screen only. */
  readonly reading: readonly ReadItem[];
  /** Empty cells that follow a rule: filled in only where that is asked for. */
  readonly emptyByRule: readonly Omit<EmptyByRule, "rows">[];
}

/** Rows a second, from asking until a table can be shown: of one row a patient, and of visits. */
export interface SimulatingPace {
  readonly patients: number;
  readonly visits: number;
}

/** A cohort that is looked at before it is simulated. */
export interface ClimbView {
  readonly climb: Climb;
  /** numbers of published sources that its simulation uses */
  readonly numbers: number;
  /** ages and sexes of a sample, as percentages */
  readonly ages: readonly PyramidBand[];
}

export type RunState = "queued" | "running" | "paused" | "evaluating" | "done" | "failed" | "cancelled";

export interface RunView {
  readonly run: string;
  /** 1, 2, 3 ... in the order they were started */
  readonly number: number;
  readonly name: string;
  readonly state: RunState;
  readonly request: TrainRequest;
  readonly table: string;
  /** Columns as the synthetic table has them. */
  readonly schema: Schema;
  readonly device?: DeviceFacts;
  readonly facts?: RunFacts;
  readonly fault?: Fault;
  readonly hasModel: boolean;
  readonly report?: Report;
  /** the clinical rules that `report` counted */
  readonly book?: RuleBook;
  /** the table's file, as it was when the run was measured */
  readonly source?: SourceFacts;
  /** e.g. "The WebGPU context was lost at step 120; training goes on on WASM from step 110." */
  readonly notices: readonly string[];
  /** opened from a model file: there is no table to compare with */
  readonly fromFile: boolean;
  /** The table it was trained on: runs with the same one and the same holdout can be compared. */
  readonly tableId?: string;
  /** its synthetic table came from a file: there is no model, only its report */
  readonly madeElsewhere?: boolean;
  /** its model can go on training */
  readonly continues?: boolean;
  /** `report` is of the first pass: the rest is measured behind other work, until `cancel-run` */
  readonly measuring?: boolean;
}

/** worker -> page */
export type Event =
  | StudiesEvent
  | {
      type: "ready";
      synthesizers: readonly SynthesizerInfo[];
      cohorts: readonly CohortInfo[];
      devices: readonly DeviceFacts[];
    }
  | { type: "cohort-picture"; job: number; cohort: string; picture: CohortPicture }
  | { type: "climb"; job: number; view: ClimbView }
  | { type: "simulator-numbers"; job: number; numbers: readonly ListedNumber[] }
  | { type: "numbers-file"; job: number; text: string }
  | { type: "numbers-opened"; job: number; name: string; file: NumbersFile }
  /** how fast this machine simulates a cohort, as measured last */
  | { type: "simulating-pace"; cohort: string; pace: SimulatingPace }
  /** `looked`: all rows are there, and so much of looking at their columns is done, 0 to 1 */
  | { type: "reading"; job: number; bytes: number; total: number; rows: number; looked?: number }
  | { type: "table"; job: number; table: TableView | null }
  | { type: "rows"; job: number; from: number; cells: readonly (readonly string[])[] }
  | { type: "files-seen"; job: number; files: readonly FileSeen[]; pair?: PairSeen }
  /** `header`: the row of the names, from 1; 0: none. `first`: the number of the first of `cells` */
  | {
      type: "sheet-rows";
      job: number;
      cells: readonly (readonly string[])[];
      first: number;
      header: number;
    }
  | {
      type: "join-seen";
      job: number;
      look: JoinLook;
      /** the first rows of what would be opened, identifiers masked; the first line: the names */
      cells: readonly (readonly string[])[];
    }
  | { type: "suggestions"; job: number; suggestions: readonly Suggestion[] }
  | { type: "step-preview"; job: number; preview: StepPreview; after?: ColumnProfile }
  | { type: "steps-file"; job: number; text: string }
  | {
      type: "steps-opened";
      job: number;
      /** what to revise the table to: the changes made so far, then those of the file that fit */
      changes: readonly SchemaChange[];
      /** those that do not fit the open table, and why */
      unfit: readonly { readonly text: string; readonly reason: string }[];
    }
  | { type: "rules"; job: number; list: RuleList }
  | { type: "clinical"; job: number; list: ClinicalList }
  | { type: "clinical-checked"; job: number; check: ClinicalCheck }
  | { type: "book-opened"; job: number; book: RuleBook }
  | { type: "book-file"; job: number; text: string }
  | { type: "rule-checked"; job: number; check: RuleCheck }
  | { type: "rules-opened"; job: number; opened: OpenedRules }
  | { type: "rules-file"; job: number; text: string }
  | { type: "guarantee-offer"; job: number; offer: GuaranteeOffer; counted: RowsCounted; next?: LedgerNext }
  /** of the open table; after each change */
  | { type: "ledger"; ledger: LedgerView }
  | { type: "ledger-file"; job: number; text: string }
  | { type: "run"; run: RunView }
  | { type: "run-deleted"; run: string }
  /** the runs that wait, the next one first */
  | { type: "queue"; runs: readonly string[] }
  /**
   * By synthesizer; left out where nothing is known. Seconds that follow each: until its first report, until all is measured.
   * `few`: what the evaluation of so few patients cannot tell, in a sentence
   */
  | {
      type: "estimates";
      job: number;
      of: Readonly<Record<string, Estimate>>;
      first: number;
      measuring: number;
      few?: string;
    }
  | { type: "run-progress"; run: string; progress: FitProgress }
  | { type: "evaluating"; run: string; metric: string; fraction: number; secondsLeft?: number }
  | { type: "attacking"; job: number; run: string; fraction: number; secondsLeft?: number }
  | {
      type: "plane-working";
      job: number;
      run: string;
      what: "plane" | "sweep";
      fraction: number;
      secondsLeft?: number;
    }
  | { type: "plane"; job: number; run: string; plane: Plane }
  | { type: "sweep"; job: number; run: string; sweep: Sweep }
  | { type: "coarsened"; job: number; run: string; look: CoarsenedLook }
  | { type: "auditing"; job: number; fraction: number; secondsLeft?: number }
  | { type: "audited"; job: number; result: AuditResult }
  | { type: "elsewhere"; look: ElsewhereLook }
  | { type: "report"; run: string; report: Report }
  | { type: "condition-fields"; job: number; run: string; fields: readonly ConditionField[] }
  | { type: "exposed-rows"; job: number; run: string; rows: readonly ExposedRow[] }
  /** `acceptance`: how many candidates were drawn for the rows that met what was asked */
  | {
      type: "sample";
      job: number;
      names: readonly string[];
      cells: readonly (readonly string[])[];
      acceptance?: Acceptance;
    }
  | { type: "given-patients"; job: number; run: string; given: GivenView }
  /** `bands` of one patient; no points where the course has ended, or none of the futures has a visit */
  | { type: "future-bands"; job: number; run: string; bands: FutureBands; last?: number | string }
  /** what has to be said of the file, one sentence each */
  | { type: "futures-told"; job: number; words: readonly string[] }
  /** `rows`: rows written so far, this chunk included; `patients`: likewise, where whole ones are drawn */
  | { type: "chunk"; job: number; bytes: Uint8Array; rows: number; patients?: number }
  | { type: "model-file"; job: number; bytes: Uint8Array; name: string }
  | { type: "done"; job: number }
  /** resources the worker has fetched since it said `ready`, from its own PerformanceObserver */
  | { type: "requests"; count: number; urls: readonly string[] }
  | { type: "blocked"; count: number }
  /** after each change, in this tab or another */
  | { type: "kept"; kept: Kept }
  /** another tab has forgotten everything; what is open stays and is no longer kept */
  | { type: "forgotten-elsewhere" }
  | { type: "pong" }
  /** from now until it ends the worker holds the lock of its name */
  | { type: "alive" }
  /** told by the client: the worker is there no more, and nothing that was in it */
  | { type: "worker-ended" }
  /** told by the client: it has not answered for a while, or does again */
  | { type: "worker-silent"; silent: boolean }
  | { type: "fault"; job?: number; run?: string; fault: Fault };
