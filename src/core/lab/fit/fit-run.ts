import { FaultError } from "../../fault.ts";
import { withholding } from "../../codec/columns/withheld.ts";
import { createRng } from "../../math/rng.ts";
import {
  currentDevice,
  openDevice,
  tensorCount,
  type DeviceFacts,
  type DeviceOptions,
} from "../../nn/device.ts";
import type { DeviceChoice } from "../../nn/device.ts";
import { findSynthesizer, resolveParams } from "../../synthesizers/registry.ts";
import type {
  FitOptions,
  KeptSteps,
  Model,
  Params,
  PrivateFit,
  Progress,
  Synthesizer,
  Tried,
} from "../../synthesizers/synthesizer.ts";
import type { Rule } from "../../rules/constraint.ts";
import { givenAway, givenAwayWords } from "../../table/profile/given-away.ts";
import { withPatients, type Split } from "../../table/split.ts";
import { withSharedLabels } from "../../table/shared-labels.ts";
import { withSharedLimits } from "../../table/shared-limits.ts";
import { takeRows, type Table } from "../../table/table.ts";
import type { ColumnComparison, EndedEarly, RunFacts } from "../../report/report.ts";
import { compareColumns } from "../evaluate/compare-columns.ts";
import { artifactToContinue, continuedNotice } from "./continue-from.ts";
import { readRules, ruleTexts } from "../rules/keep-rules.ts";
import { fillings, leftOutNotice } from "../left-out.ts";
import { courseFacts } from "../course-facts.ts";
import type { TrainedModel } from "../model-file/model-file.ts";
import { createLiveWatch, type LiveLook, type LiveWatch } from "./live-watch.ts";
import { createTimeLeft } from "./time-left.ts";
import { askedRows, trainingRows } from "./training-rows.ts";

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

const PREVIEW_EVERY = 1000;
const SHOWN_MARGINS = 8;
/** Rows of train that live margins are measured against. */
const MARGIN_ROWS = 5000;
export const LEAST_ROWS = 10;

/** What a person may ask of a fit under way; the fit looks here between two steps. */
interface Wish {
  paused: boolean;
  ending: "no" | "keep" | "drop";
  wake: () => void;
}

/** Splits `table`, opens the device and fits; the split comes before anything is learned from the table. */
export function startFit(
  table: Table,
  request: FitRequest,
  settings: FitSettings,
  listener: FitListener = {},
): Fit {
  const wish: Wish = { paused: false, ending: "no", wake: () => {} };
  const paused = (on: boolean): void => {
    if (wish.paused === on) return;
    wish.paused = on;
    listener.onPaused?.(on);
    if (!on) wish.wake();
  };
  return {
    done: fit(table, request, settings, listener, wish),
    pause: () => paused(true),
    resume: () => paused(false),
    cancel: (keep) => {
      wish.ending = keep && wish.ending !== "drop" ? "keep" : "drop";
      wish.paused = false;
      wish.wake();
    },
  };
}

async function fit(
  source: Table,
  request: FitRequest,
  settings: FitSettings,
  listener: FitListener,
  wish: Wish,
): Promise<FittedRun> {
  const table = { ...source, schema: withSharedLabels(withSharedLimits(withPatients(source))).schema };
  const synthesizer = (settings.find ?? findSynthesizer)(request.synthesizer);
  const params = resolveParams(synthesizer, request.params);
  if (table.rows < LEAST_ROWS)
    throw new FaultError({ code: "too-few-rows", rows: table.rows, needed: LEAST_ROWS });
  const { learned, split, train } = trainingRows(table, request.holdout);
  if (learned.columns.length === 0) throw new FaultError({ code: "no-columns-to-learn" });
  const from = request.from && artifactToContinue(request.from, synthesizer, learned);
  const asked = request.rules && (await readRules(request.rules, askedRows(table, request.holdout)));
  const opened = await openDevice(request.device, settings);
  listener.onDevice?.(opened);

  const notices: string[] = [];
  const onNotice = (notice: string): void => {
    notices.push(notice);
    listener.onNotice?.(notice);
  };
  if (request.from) onNotice(continuedNotice(request.from));
  const leftOut = leftOutNotice(table);
  if (leftOut !== undefined) onNotice(leftOut);
  const options: FitOptions = {
    previewRows: settings.previewRows,
    previewEvery: PREVIEW_EVERY,
    enough: () => wish.ending === "keep",
    ...(from && { from }),
    ...asked,
  };
  const steps = synthesizer.fit(train, params, createRng(request.seed), options);
  const known = withholding(train);
  const shown = known.apply(train);
  const held = known.apply(takeRows(learned, split.holdout));
  const gives = givenAwayWords(await givenAway(shown));
  if (gives !== undefined) onNotice(gives);
  const watch = createLiveWatch(shown, held, createRng(request.seed).fork("live watch"), settings.lookEvery);
  const watched = { watch, stops: request.stopWhenNearer === true };
  const { artifact, seconds, endedEarly, overTime } = await learn(
    synthesizer,
    steps,
    shown,
    { ...listener, onNotice },
    wish,
    watched,
  );
  const device = currentDevice() ?? opened;
  const kept = ruleTexts(artifact);
  if ((asked?.rules.length ?? 0) > 0 && kept.length === 0)
    onNotice(`${synthesizer.name} keeps no rule: its rows may break those that are on.`);
  const facts: RunFacts = {
    table: table.name,
    synthesizer: synthesizer.id,
    synthesizerName: synthesizer.name,
    params,
    seed: request.seed,
    device: device.got,
    seconds,
    learned: { rows: train.rows, ...(overTime && { patients: patientsIn(train) }) },
    finishedAt: new Date().toISOString(),
    ...(endedEarly && { endedEarly }),
    ...(notices.length > 0 && { notices }),
    ...(kept.length > 0 && { rules: kept }),
  };
  const courses = overTime ? courseFacts(takeRows(withPatients(table), split.train)) : undefined;
  const model = { artifact, schema: table.schema, filling: fillings(table), facts };
  return { model: { ...model, ...(courses && { courses }) }, split, device };
}

const patientsIn = ({ patients, rows }: Table): number =>
  patients === undefined ? rows : new Set(patients).size;

interface Learned {
  readonly artifact: TrainedModel["artifact"];
  readonly seconds: number;
  readonly endedEarly?: EndedEarly;
  /** it draws patients over time */
  readonly overTime: boolean;
}

/** Whether a model that was saved on the way is one of patients over time. */
async function drawsPatients(synthesizer: Synthesizer, artifact: TrainedModel["artifact"]): Promise<boolean> {
  if (synthesizer.needs === "courses") return true;
  const model = await synthesizer.load(artifact);
  try {
    return model.courses !== undefined;
  } finally {
    model.dispose();
  }
}

async function learn(
  synthesizer: Synthesizer,
  steps: AsyncIterator<Progress, Model, void>,
  train: Table,
  listener: FitListener,
  wish: Wish,
  { watch, stops }: { watch: LiveWatch | undefined; stops: boolean },
): Promise<Learned> {
  const report = createReporter(train, listener);
  const clock = { started: performance.now(), paused: 0 };
  const seconds = (): number => (performance.now() - clock.started - clock.paused) / 1000;
  let model: Model | undefined;
  let taken = 0;
  let kept: KeptSteps | undefined;
  try {
    while (model === undefined) {
      if (wish.paused) clock.paused += await whilePaused(wish);
      if (wish.ending === "drop" || (wish.ending === "keep" && taken === 0)) {
        throw new FaultError({ code: "cancelled" });
      }
      const next = await steps.next();
      if (next.done === true) model = next.value;
      else {
        taken = Math.max(taken, next.value.step);
        kept = next.value.kept ?? kept;
        const look = await watch?.look(next.value);
        report(next.value, seconds(), look);
        if (stops && watch?.leaking && look) {
          const { step, checkpoint } = watch.leaking;
          report({ ...next.value, kept: { from: step, to: step } }, seconds(), look);
          listener.onNotice?.(leakingNotice(look, next.value.step, step));
          const endedEarly = { by: "privacy", step } as const;
          const artifact = await checkpoint();
          return {
            artifact,
            seconds: seconds(),
            endedEarly,
            overTime: await drawsPatients(synthesizer, artifact),
          };
        }
      }
    }
    if (kept) listener.onNotice?.(keptNotice(kept));
    const artifact = await model.save();
    const overTime = model.courses !== undefined;
    if (wish.ending !== "keep") return { artifact, seconds: seconds(), overTime };
    listener.onNotice?.(`Training was ended early, at step ${taken}, by hand; the model is as it was then.`);
    return { artifact, seconds: seconds(), endedEarly: { by: "person", step: taken }, overTime };
  } finally {
    await steps.return?.();
    model?.dispose();
  }
}

/** Resolves with the milliseconds waited. */
async function whilePaused(wish: Wish): Promise<number> {
  const from = performance.now();
  while (wish.paused) await new Promise<void>((resolve) => (wish.wake = resolve));
  return performance.now() - from;
}

const whole = (share: number): string => `${Math.round(100 * share)}%`;

const leakingNotice = ({ nearer, nearerByChance }: LiveLook, ended: number, kept: number): string =>
  `Training was ended at step ${ended}: ${whole(nearer)} of the rows lay nearer to a training row than to a held-out one, ` +
  `where up to ${whole(nearerByChance)} may by chance. The model is as it was at step ${kept}.`;

const keptNotice = ({ from, to }: KeptSteps): string => {
  const [first, last] = [from.toLocaleString("en"), to.toLocaleString("en")];
  return from === to
    ? `The weights of step ${first} are kept, at the least held-out loss.`
    : `Each column keeps the weights of its own least held-out loss, from step ${first} to ${last}.`;
};

type Reporter = (progress: Progress, seconds: number, look?: LiveLook) => void;

function createReporter(train: Table, listener: FitListener): Reporter {
  const timeLeft = createTimeLeft();
  const stride = Math.max(1, train.rows / MARGIN_ROWS);
  const few = Int32Array.from({ length: Math.min(train.rows, MARGIN_ROWS) }, (_, i) =>
    Math.floor(i * stride),
  );
  let shown: Table | undefined;
  return (progress, seconds, look) => {
    if (progress.notice !== undefined) listener.onNotice?.(progress.notice);
    if (listener.onProgress === undefined) return;
    const { preview, notice: _told, checkpoint: _kept, ...said } = progress;
    const secondsLeft = timeLeft(seconds, progress.fraction);
    if (preview !== undefined) shown ??= takeRows(train, few);
    listener.onProgress({
      ...said,
      seconds,
      rowsPerSecond: seconds > 0 ? (train.rows * epochsDone(progress)) / seconds : 0,
      tensors: tensorCount(),
      ...(secondsLeft === undefined ? {} : { secondsLeft }),
      ...(look && { look }),
      ...(preview === undefined || shown === undefined
        ? {}
        : { margins: compareColumns(shown, undefined, preview).slice(0, SHOWN_MARGINS) }),
    });
  };
}

function epochsDone({ step, steps, epoch, epochs }: Progress): number {
  return steps !== undefined && epochs !== undefined && steps > 0 ? (step / steps) * epochs : epoch;
}
