import { useEffect, useId, useRef } from "react";
import { describeFault } from "../../../core/fault.ts";
import type { RunView } from "../../../worker/protocol.ts";
import { cancelRun, selectRun } from "../../state/training.ts";
import { evaluateElsewhere, setElsewhereTarget } from "../../state/elsewhere.ts";
import type { LabState } from "../../state/lab-state.ts";
import { goTo } from "../../state/route.ts";
import { isUnderWay } from "../../state/runs.ts";
import { useLab, useLabEvery } from "../../state/use-lab.ts";
import { count, duration, percent } from "../../../core/words/numbers.ts";
import { Choice } from "../../parts/choice.tsx";
import { Icon } from "../../parts/icon.tsx";
import styles from "./elsewhere.module.css";

/** What is still missing before it can start; "" for nothing. */
function whyNot({ elsewhere: { look, readings, seen } }: LabState): string {
  if (Object.values(readings).some((reading) => reading.fault === undefined)) return "A file is being read.";
  if (look.real === undefined)
    return look.synthetic === undefined ? "Open the real and the synthetic table." : "Open the real table.";
  if (look.synthetic === undefined) return "Open the synthetic table.";
  if (look.synthetic.fault !== undefined) return "The synthetic table does not fit the real one.";
  if (look.holdout?.fault !== undefined) return "The held-out rows do not fit the real table.";
  if (seen === "some" && look.holdout === undefined)
    return "Open the patients who were kept away from the tool.";
  return "";
}

/** The target, what will be compared, and the start; then how far it is. */
export function StartCard() {
  const run = useLab((state) => state.runs.find((r) => r.run === state.elsewhere.run));
  useReportWhenDone(run);
  if (run !== undefined && (isUnderWay(run) || run.state === "queued")) return <UnderWay run={run} />;
  return <Start before={run} />;
}

/** Whoever waits here is taken to the report; whoever has gone on finds it among the runs. */
function useReportWhenDone(run: RunView | undefined): void {
  const waited = useRef(false);
  const id = run?.run;
  const state = run?.state;
  useEffect(() => {
    if (state === "queued" || state === "evaluating") waited.current = true;
    else if (state === "done" && waited.current && id !== undefined) {
      waited.current = false;
      selectRun(id);
      goTo("compare");
    }
  }, [id, state]);
}

function Start({ before }: { before: RunView | undefined }) {
  const look = useLab((state) => state.elsewhere.look);
  const why = useLab(whyNot);
  const reason = useId();
  const matched = look.real !== undefined && look.synthetic !== undefined;
  return (
    <section className={`card ${styles.start}`} aria-label="Compare">
      {look.real !== undefined && (
        <div className={styles.target}>
          <span className="s13">Target, which models predict</span>
          <Choice
            label="Target"
            value={look.target ?? ""}
            options={[
              { value: "", label: "none" },
              ...look.targets.map((name) => ({ value: name, label: name })),
            ]}
            onChange={(value) => setElsewhereTarget(value === "" ? null : value)}
          />
        </div>
      )}
      <div className="grow" aria-live="polite">
        {matched && why === "" && (
          <p className="s13" data-testid="elsewhere-matched">
            {look.compared === look.learned
              ? `All ${count(look.learned)} columns`
              : `${count(look.compared)} of ${count(look.learned)} columns`}{" "}
            will be compared{look.target === undefined ? "; without a target nothing is predicted" : ""}.
          </p>
        )}
        {before?.state === "failed" && <Failed run={before} />}
        {before?.state === "cancelled" && (
          <p className="s13 q">It was cancelled. The files are still chosen.</p>
        )}
        <p id={reason} className="s13 q">
          {why}
        </p>
      </div>
      <button
        type="button"
        className="btn pri"
        data-testid="elsewhere-start"
        disabled={why !== ""}
        aria-describedby={reason}
        onClick={evaluateElsewhere}
      >
        Compare
      </button>
    </section>
  );
}

function Failed({ run }: { run: RunView }) {
  const { title, detail, remedy } = describeFault(run.fault ?? { code: "unexpected", message: "" });
  return (
    <div className={styles.wrong} role="alert">
      <Icon name="stop" />
      <p>
        <b>{title}</b> {detail} {remedy}
      </p>
    </div>
  );
}

function UnderWay({ run }: { run: RunView }) {
  const live = useLabEvery(250, (state) => state.live[run.run]?.evaluating);
  const fraction = live?.fraction ?? 0;
  const waits = run.state === "queued";
  return (
    <section className={`card ${styles.start}`} aria-label="Progress">
      <div className="grow">
        <p className={styles.metric}>
          <b>{waits ? "Waits for the previous run" : `Measuring: ${live?.metric ?? "Columns"}`}</b>
          {!waits && (
            <span className="s13 q">
              {percent(fraction, 0)}
              {live?.secondsLeft !== undefined && `, ${duration(live.secondsLeft)} left`}
            </span>
          )}
        </p>
        <div
          className="bar"
          role="progressbar"
          data-testid="elsewhere-progress"
          aria-label={`Measuring ${run.name}`}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={Math.round(100 * fraction)}
        >
          <i style={{ width: percent(fraction) }} />
        </div>
      </div>
      <button type="button" className="btn" onClick={() => cancelRun(run.run, false)}>
        Cancel
      </button>
    </section>
  );
}
