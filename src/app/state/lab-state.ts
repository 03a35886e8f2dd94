/** What the page knows: its parts, what it starts with, and what the page itself adds to the log. */
import type {
  ElsewhereLook,
  ElsewhereSlot,
  Seen,
  LiveLook,
  Acceptance,
  ConditionField,
  ExposedRow,
  DeviceChoice,
  DeviceFacts,
  Estimate,
  Event,
  HoldoutChoice,
  Kept,
  RuleCheck,
  RuleChoice,
  RuleList,
  RunProgress,
  RunView,
  TableView,
  TakeAwayKind,
  TrainRequest,
} from "../../worker/protocol.ts";
import type { CohortInfo } from "../../core/clinic/cohorts/cohort.ts";
import type { Fault } from "../../core/fault.ts";
import type { RuleBook } from "../../core/clinic/rules/book/rule-book.ts";
import type { ClinicalCheck } from "../../core/lab/rules/check-clinical-rule.ts";
import type { ClinicalList } from "../../core/lab/rules/clinical-list.ts";
import type { ColumnComparison } from "../../core/report/report.ts";
import type { SynthesizerInfo, Params } from "../../core/synthesizers/synthesizer.ts";
import type { SchemaChange } from "../../core/table/profile.ts";
import type { ChoosingEvent, ChoosingState } from "./choosing/choosing-state.ts";
import type { Continuing, ContinuingEvent } from "./continuing/fold-continuing.ts";
import type { AuditEvent, AuditState } from "./guarantee/fold-audit.ts";
import { noGuarantee, type GuaranteeEvent, type GuaranteeState } from "./guarantee/guarantee-state.ts";
import { noPlane, type PlaneEvent, type PlaneState } from "./plane/plane-state.ts";
import { noStudies, type StudiesPageEvent, type StudiesState } from "./studies/studies-state.ts";
import type { Steps } from "./rules/steps.ts";
import { noStart, type StartEvent, type StartState } from "./start/start-state.ts";
import { noCleaning, type CleaningEvent, type CleaningState } from "./cleaning/cleaning-state.ts";

export type Step = "data" | "train" | "compare" | "take-away";
export type View =
  Step | "studies" | "language-models" | "leaderboard" | "elsewhere" | "numbers" | "verify" | "licences";

/** A file being read, until its table or its fault arrives. */
export interface Reading {
  readonly job: number;
  readonly name: string;
  readonly kind: "table" | "model" | "cohort";
  readonly bytes: number;
  readonly total: number;
  readonly rows: number;
  /** all rows are there, and so much of looking at their columns is done, 0 to 1 */
  readonly looked?: number;
  /** the view that asked for it stays, and shows how far it is */
  readonly inPlace?: true;
}

export interface FileFault {
  readonly fault: Fault;
  readonly name: string;
  readonly kind: Reading["kind"];
  /** told by the view that asked */
  readonly inPlace?: true;
}

/** Changes to the inferred schema: `past` are applied in order, `future` can be done again. */
export interface History {
  readonly past: readonly SchemaChange[];
  readonly future: readonly SchemaChange[];
}

/** The rules of the rows that the next run trains on. */
export interface RulesState {
  /** the question under way: they are looked for, or counted anew */
  readonly job: number | undefined;
  /** the last answer; it may be to an older question while `job` is under way */
  readonly list: RuleList | undefined;
  /** the search was stopped by the person, or why there is no answer */
  readonly fault: Fault | undefined;
  readonly choices: readonly RuleChoice[];
  readonly history: Steps<readonly RuleChoice[]>;
  /** what was said last of the rule being written */
  readonly checked: { readonly job: number; readonly check?: RuleCheck } | undefined;
  /** a file of rules being opened, or why it cannot be used */
  readonly file: { readonly job: number; readonly fault?: Fault } | undefined;
}

/** The clinical rules of the open table. */
export interface ClinicalState {
  /** the question under way: they are counted */
  readonly job: number | undefined;
  /** the last answer; it may be to an older question while `job` is under way */
  readonly list: ClinicalList | undefined;
  /** why there is no answer */
  readonly fault: Fault | undefined;
  readonly book: RuleBook;
  readonly history: Steps<RuleBook>;
  /** what was said last of the rule being written */
  readonly checked: { readonly job: number; readonly check?: ClinicalCheck } | undefined;
  /** a file of clinical rules being opened, or why it cannot be used */
  readonly file: { readonly job: number; readonly fault?: Fault } | undefined;
}

export type DataTab = "columns" | "rows" | "rules";

/** What the next run starts with. `params` holds, per synthesizer, only what differs from its defaults. */
export interface TrainSettings {
  /** "" until one was chosen: the recommended one is used */
  readonly synthesizer: string;
  readonly params: Readonly<Record<string, Params>>;
  readonly seed: number;
  readonly device: DeviceChoice;
  readonly holdout: HoldoutChoice;
  /** see `TrainRequest.stopWhenNearer` */
  readonly stopWhenNearer: boolean;
  /** the limit that the next run keeps; null: no guarantee */
  readonly epsilon: number | null;
  /** of a run with a guarantee; 0: as offered */
  readonly delta: number;
  /** with a guarantee; "" until one was chosen */
  readonly privateSynthesizer: string;
  /** rows of one patient that count, with a guarantee */
  readonly rowsPerPatient: number;
}

/** A look at a fit under way, and when it was taken. */
export interface LookPoint extends LiveLook {
  readonly step: number;
  readonly validation?: number;
}

export interface LossPoint {
  readonly step: number;
  readonly epoch: number;
  readonly losses: Readonly<Record<string, number>>;
  readonly validation?: number;
}

/** What a run under way has told so far. */
export interface RunLive {
  readonly progress?: RunProgress;
  /** thinned to at most `LOSS_POINTS` */
  readonly losses: readonly LossPoint[];
  /** the steps whose weights are kept, as told last */
  readonly kept?: RunProgress["kept"];
  /** where losses do not go on from those before, and what begins there */
  readonly restarts?: readonly { readonly step: number; readonly what: string }[];
  /** how it looked to C2ST and DCR share, thinned likewise */
  readonly looks?: readonly LookPoint[];
  /** the last margins that were sent */
  readonly margins?: readonly ColumnComparison[];
  readonly evaluating?: {
    readonly metric: string;
    readonly fraction: number;
    readonly secondsLeft?: number;
  };
  /** an attack on its model that was asked for; the run itself is done */
  readonly attacking?: { readonly job: number; readonly fraction: number; readonly secondsLeft?: number };
}

/** A run that holds still; `answered` once the person has said keep or discard and the worker has not done it yet. */
export interface Stopping {
  readonly run: string;
  readonly answered: boolean;
}

/** A file being made for the person: rows already written, of how many. */
export interface Making {
  readonly job: number;
  readonly run: string;
  /** "simulated": the open table, of no run */
  readonly kind: "csv" | "completed" | "futures" | "model" | "simulated" | TakeAwayKind;
  readonly rows: number;
  readonly total: number;
  /** whole patients of a model of patients over time: how many are wanted, and are there so far */
  readonly patients?: { readonly wanted: number; readonly made: number };
}

/** A file being read into its place of the comparison with a table made elsewhere, or why it could not be. */
export interface ElsewhereReading {
  readonly job: number;
  readonly name: string;
  /** share of its bytes read */
  readonly fraction: number;
  readonly fault?: Fault;
}

/** The comparison with a table made elsewhere as it is being set up. */
export interface ElsewhereState {
  readonly look: ElsewhereLook;
  readonly readings: { readonly [slot in ElsewhereSlot]?: ElsewhereReading };
  /** which of the real patients the tool had seen, as the person says; all until then */
  readonly seen: Seen;
  /** the run that was started last */
  readonly run: string | undefined;
}

/** What runs on the open table would take, by synthesizer; empty until the worker has said. */
export interface Estimates {
  readonly of: Readonly<Record<string, Estimate>>;
  /** seconds that measuring takes after each of them, until there are verdicts */
  readonly first: number;
  /** seconds that measuring takes in all */
  readonly measuring: number;
  /** what the evaluation of so few patients cannot tell, in a sentence */
  readonly few?: string;
}

/** The first rows as they will be written; no names until they have come. */
export interface Sample {
  readonly run: string;
  /** rows of an older question are not shown */
  readonly job: number;
  readonly names: readonly string[];
  readonly cells: readonly (readonly string[])[];
  readonly acceptance?: Acceptance;
  /** why there are none */
  readonly fault?: Fault;
}

export interface Requests {
  /** resources fetched since the page was ready: by the page, by the worker */
  readonly page: number;
  readonly worker: number;
  /** attempts to reach elsewhere that were refused since the page was opened, by the policy or by src/doors */
  readonly blocked: number;
  /** addresses of those fetched, newest last, at most 20 */
  readonly urls: readonly string[];
}

/** A run that was under way or waiting when the page was closed. */
export interface LostRun {
  readonly number: number;
  readonly request: TrainRequest;
  readonly was: "training" | "measured" | "waiting";
}

export interface LabState {
  /** the worker has said what it can do */
  readonly connected: boolean;
  /** everything the page will ever fetch has been fetched; requests are counted from here */
  readonly ready: boolean;
  /** a newer copy of the page waits until every tab of it has been closed */
  readonly newVersion: boolean;
  /** what was kept in this browser has been asked for and has arrived */
  readonly restored: boolean;
  /** what this browser keeps, as the keep itself says */
  readonly kept: Kept | undefined;
  /** whether finished runs are kept in this browser; undefined until the person has said */
  readonly keepRuns: boolean | undefined;
  readonly lost: readonly LostRun[];
  /** how it is with the worker: ended, or without an answer for a while */
  readonly trouble: "ended" | "silent" | undefined;
  readonly synthesizers: readonly SynthesizerInfo[];
  readonly cohorts: readonly CohortInfo[];
  readonly devices: readonly DeviceFacts[];
  readonly view: View;
  readonly reading: Reading | undefined;
  readonly fileFault: FileFault | undefined;
  readonly table: TableView | null;
  /** the schema change that is being applied, and what to go back to if it cannot be */
  readonly revising:
    { readonly job: number; readonly before: History; readonly change?: SchemaChange } | undefined;
  /** what could not be applied, or taken back where there is no `change`; the schema is as before */
  readonly schemaFault: { readonly fault: Fault; readonly change?: SchemaChange } | undefined;
  readonly history: History;
  readonly rows: { readonly from: number; readonly cells: readonly (readonly string[])[] } | undefined;
  /** which side of the table Data shows */
  readonly dataTab: DataTab;
  readonly rules: RulesState;
  readonly clinical: ClinicalState;
  readonly guarantee: GuaranteeState;
  readonly plane: PlaneState;
  readonly studies: StudiesState;
  /** simulated cohorts, before one is opened */
  readonly start: StartState;
  /** a test of the guarantee, under way or done */
  readonly audit: AuditState | undefined;
  readonly cleaning: CleaningState;
  /** files from which a table is being chosen */
  readonly choosing: ChoosingState | undefined;
  readonly settings: TrainSettings;
  /** in the order they were started */
  readonly runs: readonly RunView[];
  readonly live: Readonly<Record<string, RunLive>>;
  /** the runs that wait, the next one first */
  readonly queue: readonly string[];
  readonly estimates: Estimates;
  /** a run that was told to stop: it holds still until the person says whether to keep what is learned */
  readonly stopping: Stopping | undefined;
  /** the run that Train, Compare and Take away show */
  readonly selected: string | undefined;
  /** further runs shown beside the selected one */
  readonly compared: readonly string[];
  readonly making: readonly Making[];
  /** the last CSV of a run, where fewer rows came out than were asked for */
  readonly short: { readonly run: string; readonly asked: number; readonly rows: number } | undefined;
  readonly sample: Sample | undefined;
  /** given patients whose futures are drawn */
  readonly continuing: Continuing | undefined;
  /** what rows can be asked for, by run */
  readonly fields: Readonly<Record<string, readonly ConditionField[]>>;
  /** the training rows a run exposes most, by run; only ever on this screen */
  readonly exposed: Readonly<Record<string, readonly ExposedRow[]>>;
  readonly elsewhere: ElsewhereState;
  readonly requests: Requests;
  /** a fault that belongs to nothing on the page, shown under the header until dismissed */
  readonly problem: Fault | undefined;
}

/** What the page itself adds to the log. */
export type PageEvent =
  | { type: "page-ready" }
  | { type: "page-new-version" }
  | { type: "page-restored" }
  | { type: "page-keep-runs"; on: boolean | undefined }
  | { type: "page-lost"; runs: readonly LostRun[] }
  | { type: "page-restarting" }
  | { type: "page-counting" }
  | { type: "page-view"; view: View }
  | { type: "page-opening"; job: number; name: string; kind: Reading["kind"]; total: number; inPlace?: true }
  | { type: "page-revising"; job: number; history: History; change?: SchemaChange }
  | ChoosingEvent
  | ContinuingEvent
  | CleaningEvent
  | GuaranteeEvent
  | PlaneEvent
  | StudiesPageEvent
  | StartEvent
  | AuditEvent
  | { type: "page-data-tab"; tab: DataTab }
  | { type: "page-clinical-asked"; job: number }
  | { type: "page-clinical-chosen"; book: RuleBook; history: Steps<RuleBook> }
  | { type: "page-clinical-checking"; job: number | undefined }
  | { type: "page-clinical-file"; job: number | undefined }
  | { type: "page-rules-asked"; job: number }
  | { type: "page-rules-chosen"; choices: readonly RuleChoice[]; history: Steps<readonly RuleChoice[]> }
  | { type: "page-rule-asked"; job: number | undefined }
  | { type: "page-rules-file"; job: number | undefined }
  | { type: "page-settings"; settings: Partial<TrainSettings> }
  | { type: "page-stopping"; stopping: Stopping | undefined }
  | { type: "page-select"; run: string | undefined }
  | { type: "page-compare"; runs: readonly string[] }
  | { type: "page-making"; making: Making }
  | { type: "page-made"; job: number }
  | { type: "page-attacking"; run: string; job: number }
  | { type: "page-sampling"; run: string; job: number }
  | { type: "page-elsewhere-reading"; slot: ElsewhereSlot; job: number; name: string }
  | { type: "page-elsewhere-read"; slot: ElsewhereSlot; job: number; fault?: Fault }
  | { type: "page-elsewhere-seen"; seen: Seen }
  | { type: "page-elsewhere-started"; run: string }
  | { type: "page-requests"; urls: readonly string[] }
  | { type: "page-blocked"; count: number }
  | { type: "page-dismiss"; what: "file-fault" | "schema-fault" | "problem" }
  | { type: "page-problem"; fault: Fault }
  | { type: "page-closed-table" }
  | { type: "page-forgotten" };

export type Message = Event | PageEvent;

export const LOSS_POINTS = 400;

export const defaultSettings: TrainSettings = {
  synthesizer: "",
  params: {},
  seed: 1,
  device: "auto",
  holdout: { share: 0.2, seed: 1 },
  stopWhenNearer: false,
  epsilon: null,
  delta: 0,
  privateSynthesizer: "",
  rowsPerPatient: 1,
};

export const noClinical: ClinicalState = {
  job: undefined,
  list: undefined,
  fault: undefined,
  book: { off: [], on: [], own: [] },
  history: { past: [], future: [] },
  checked: undefined,
  file: undefined,
};

export const noRules: RulesState = {
  job: undefined,
  list: undefined,
  fault: undefined,
  choices: [],
  history: { past: [], future: [] },
  checked: undefined,
  file: undefined,
};

export const noEstimates: Estimates = { of: {}, first: 0, measuring: 0 };

export const nothingElsewhere: ElsewhereState = {
  look: { targets: [], compared: 0, learned: 0 },
  readings: {},
  seen: "all",
  run: undefined,
};

export const initialState: LabState = {
  connected: false,
  ready: false,
  newVersion: false,
  restored: false,
  kept: undefined,
  keepRuns: undefined,
  lost: [],
  trouble: undefined,
  synthesizers: [],
  cohorts: [],
  devices: [],
  view: "data",
  reading: undefined,
  fileFault: undefined,
  table: null,
  revising: undefined,
  schemaFault: undefined,
  history: { past: [], future: [] },
  rows: undefined,
  dataTab: "columns",
  rules: noRules,
  clinical: noClinical,
  guarantee: noGuarantee,
  plane: noPlane,
  studies: noStudies,
  start: noStart,
  audit: undefined,
  cleaning: noCleaning,
  choosing: undefined,
  settings: defaultSettings,
  runs: [],
  live: {},
  queue: [],
  estimates: noEstimates,
  stopping: undefined,
  selected: undefined,
  compared: [],
  making: [],
  short: undefined,
  sample: undefined,
  continuing: undefined,
  fields: {},
  exposed: {},
  elsewhere: nothingElsewhere,
  requests: { page: 0, worker: 0, blocked: 0, urls: [] },
  problem: undefined,
};
