import type { DeviceChoice, DeviceFacts, DeviceOptions } from "../../nn/device.ts";
import type { ColumnComparison } from "../../report/report.ts";
import type { Rule } from "../../rules/constraint.ts";
import type { KeptSteps, Params, PrivateFit, Synthesizer, Tried } from "../../synthesizers/synthesizer.ts";
import type { Split } from "../../table/split.ts";
import type { TrainedModel } from "../model-file/model-file.ts";
import type { LiveLook } from "./live-watch.ts";

export interface FitRequest {
  readonly synthesizer: string;
  readonly params: Partial<Params>;
  readonly seed: number;
  readonly device: DeviceChoice;
  /** Left out: everything is trained on and nothing is held out. */
  readonly holdout?: { readonly share: number; readonly seed: number };
  /** Goes on training from this model, of the same synthesizer and the same learned columns. */
  readonly from?: TrainedModel;
  /** What every row keeps, of these those that are on. Left out: what holds in every row that is trained on. */
  readonly rules?: readonly Rule[];
  /**
   * Ends the fit when its rows come to lie nearer to training rows than to held-out ones beyond chance, with the model as
   * it was at the last look before. Needs a holdout and previews.
   */
  readonly stopWhenNearer?: boolean;
  /** For methods with a guarantee: what is public, and rows of one patient that count (1 unless said). */
  readonly guarantee?: Pick<PrivateFit, "public" | "rowsPerPatient" | "noise">;
}

/** How a fit goes. */
export interface FitProgress {
  readonly step: number;
  readonly steps?: number;
  readonly epoch: number;
  readonly epochs?: number;
  readonly fraction: number;
  /** of work; pauses are not counted */
  readonly seconds: number;
  readonly secondsLeft?: number;
  /** rows of train gone through */
  readonly rowsPerSecond: number;
  readonly losses: Readonly<Record<string, number>>;
  readonly validation?: number;
  readonly kept?: KeptSteps;
  readonly restart?: string;
  readonly trial?: readonly Tried[];
  readonly note?: string;
  /** worst first, at most 8 */
  readonly margins?: readonly ColumnComparison[];
  /** every few seconds, where rows are held out and the method shows previews */
  readonly look?: LiveLook;
  readonly tensors: number;
}

export interface FitListener {
  readonly onDevice?: (device: DeviceFacts) => void;
  readonly onProgress?: (progress: FitProgress) => void;
  readonly onNotice?: (notice: string) => void;
  readonly onPaused?: (paused: boolean) => void;
}

export interface FittedRun {
  readonly model: TrainedModel;
  readonly split: Split;
  readonly device: DeviceFacts;
}

/** A fit under way. */
export interface Fit {
  /** Rejects with FaultError; with `cancelled` after `cancel(false)`. */
  readonly done: Promise<FittedRun>;
  pause(): void;
  resume(): void;
  /** keep: end early with the model as it is now, if a step has been taken; else drop everything. */
  cancel(keep: boolean): void;
}

export interface FitSettings extends DeviceOptions {
  /** 0: no live margins */
  readonly previewRows: number;
  /** Least milliseconds between two looks at quality and privacy; four seconds unless said. */
  readonly lookEvery?: number;
  /** Where the request's synthesizer is looked up: the registry unless another place is given. */
  readonly find?: (id: string) => Synthesizer;
}

/** What a person may ask of a fit under way; the fit looks here between two steps. */
export interface Wish {
  paused: boolean;
  ending: "no" | "keep" | "drop";
  wake: () => void;
}

/** What a fit is given beside its table and its method. */
export interface FitGiven {
  readonly request: FitRequest;
  readonly settings: FitSettings;
  readonly listener: FitListener;
  readonly wish: Wish;
}

/** A table of fewer rows, or of fewer patients where a guarantee is of patients, is not learned from. */
export const LEAST_ROWS = 10;
