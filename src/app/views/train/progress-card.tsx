import type { RunView } from "../../../worker/protocol.ts";
import type { RunLive } from "../../state/lab-state.ts";
import { useLabEvery } from "../../state/use-lab.ts";
import { useMedia } from "../../parts/use-media.ts";
import { count, duration } from "../../../core/words/numbers.ts";
import { deviceName } from "./words.ts";

const nothing: RunLive = { losses: [] };

function heading(run: RunView, live: RunLive): string {
  if (live.evaluating !== undefined && run.state === "evaluating")
    return `Measuring: ${live.evaluating.metric}`;
  const { progress } = live;
  if (progress === undefined) return run.state === "evaluating" ? "Measuring" : "Getting the device ready";
  if (progress.note !== undefined && progress.note !== "") return progress.note;
  const of = progress.epochs === undefined ? "" : ` of ${count(progress.epochs)}`;
  if (progress.epochs === undefined && progress.steps !== undefined) {
    return `Epoch ${count(progress.epoch)}, step ${count(progress.step)} of at most ${count(progress.steps)}`;
  }
  return `Epoch ${count(progress.epoch)}${of}`;
}

/** How far the run under way is, how long still, how fast, on what. */
export function ProgressCard({ run }: { run: RunView }) {
  const live = useLabEvery(250, (state) => state.live[run.run]) ?? nothing;
  const calm = useMedia("(prefers-reduced-motion: reduce)");
  const { progress } = live;
  const fraction = run.state === "evaluating" ? (live.evaluating?.fraction ?? 0) : (progress?.fraction ?? 0);
  const shown = calm ? Math.floor(fraction * 20) * 5 : Math.round(fraction * 1000) / 10;
  return (
    <section className="card prog" aria-label="Progress">
      <div className="l">
        <h2 className="grow">
          {run.state === "paused" && "Paused. "}
          {heading(run, live)}
        </h2>
        {run.device !== undefined && (
          <span className="chip device" title={run.device.reason}>
            {deviceName(run.device)}
          </span>
        )}
      </div>
      <div
        className="bar"
        role="progressbar"
        data-testid="progress"
        aria-label={`Run ${run.number}`}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.floor(shown)}
      >
        <i style={{ width: `${shown}%` }} />
      </div>
      <div className="stat">
        {progress?.secondsLeft !== undefined && run.state === "running" && (
          <span>
            <b>{duration(progress.secondsLeft)}</b> left
          </span>
        )}
        {run.state === "evaluating" && live.evaluating?.secondsLeft !== undefined && (
          <span>
            <b>{duration(live.evaluating.secondsLeft)}</b> of measuring left
          </span>
        )}
        {progress !== undefined && (
          <span>
            <b>{duration(progress.seconds)}</b> so far
          </span>
        )}
        {progress !== undefined && run.state === "running" && progress.rowsPerSecond > 0 && (
          <span>
            <b>{count(progress.rowsPerSecond)}</b> rows / s
          </span>
        )}
        {progress === undefined && <span>{run.device?.reason ?? "A moment"}</span>}
      </div>
    </section>
  );
}
