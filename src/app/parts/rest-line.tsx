import { percent, plural } from "../../core/words/numbers.ts";
import type { RunView } from "../../worker/protocol.ts";
import { cancelRun, evaluate } from "../state/training.ts";
import { useLab, useLabEvery } from "../state/use-lab.ts";
import styles from "./rest-line.module.css";

/** Where a report is of the first pass: how far the rest is, and its Cancel; or that it was not measured, and the way to it. */
export function RestLine({ run }: { run: RunView }) {
  if (run.report?.pending === undefined) return null;
  return run.measuring === true ? <UnderWay run={run} /> : <LeftOut run={run} />;
}

function UnderWay({ run }: { run: RunView }) {
  const live = useLabEvery(250, (state) => state.live[run.run]?.evaluating);
  const waits = useLab((state) =>
    state.runs.some(({ state: now }) => now === "running" || now === "evaluating"),
  );
  const fraction = live?.fraction ?? 0;
  return (
    <div className={styles.line} data-testid="rest">
      <div
        className="bar"
        role="progressbar"
        aria-label={`The rest of run ${run.number}`}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(100 * fraction)}
      >
        <i style={{ width: percent(fraction) }} />
      </div>
      <p className="s13 q">
        The verdicts stand.{" "}
        {waits ? "What else is measured waits for the run under way" : "The rest is being measured"}
        {live === undefined ? "" : `: ${live.metric}, ${percent(fraction, 0)}`}.
      </p>
      <button
        type="button"
        className="btn quiet"
        data-testid="cancel-rest"
        aria-label={`Cancel the rest of run ${run.number}`}
        onClick={() => cancelRun(run.run, true)}
      >
        Cancel
      </button>
    </div>
  );
}

function LeftOut({ run }: { run: RunView }) {
  const hasTable = useLab((state) => state.table !== null);
  const left = run.report?.pending?.length ?? 0;
  return (
    <div className={styles.line} data-testid="rest">
      <p className="s13 q">
        The rest was not measured: {left === 0 ? "" : `${plural(left, "further measure")}, `}what independent
        columns and copied rows reach, and the map of rows.
      </p>
      {run.hasModel && hasTable && !run.fromFile && run.state === "done" && (
        <button type="button" className="btn quiet" onClick={() => evaluate(run.run)}>
          Measure it all
        </button>
      )}
    </div>
  );
}
