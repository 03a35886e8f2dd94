import { FaultError } from "../../fault.ts";
import { tensorCount } from "../../nn/device.ts";
import type { KeptSteps, Model, Progress, Synthesizer } from "../../synthesizers/synthesizer.ts";
import { takeRows, type Table } from "../../table/table.ts";
import type { EndedEarly } from "../../report/report.ts";
import { compareColumns } from "../evaluate/compare-columns.ts";
import type { TrainedModel } from "../model-file/model-file.ts";
import type { FitListener, Wish } from "./fit-request.ts";
import type { LiveLook, LiveWatch } from "./live-watch.ts";
import { createTimeLeft } from "./time-left.ts";

const SHOWN_MARGINS = 8;
/** Rows of train that live margins are measured against. */
const MARGIN_ROWS = 5000;

export interface Learned {
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

/** Runs a fit to its end, hearing what the person asks of it meanwhile. `train`: what live margins are measured against. */
export async function learn(
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
