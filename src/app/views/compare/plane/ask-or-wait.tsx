import type { ReactNode } from "react";
import { describeFault } from "../../../../core/fault.ts";
import { aboutDuration, percent } from "../../../../core/words/numbers.ts";
import { cancelPlane } from "../../../state/plane/plane.ts";
import type { PlaneWork } from "../../../state/plane/plane-state.ts";
import { runUnderWay } from "../../../state/runs.ts";
import { useLab, useLabEvery } from "../../../state/use-lab.ts";
import styles from "./plane.module.css";

interface AskOrWaitProps {
  readonly run: string;
  readonly what: PlaneWork;
  readonly ask: () => void;
  /** what the button says */
  readonly children: ReactNode;
}

/** The button that asks, or how far the answer is and the way to end it; why there was none. */
export function AskOrWait({ run, what, ask, children }: AskOrWaitProps) {
  const working = useLabEvery(200, (state) => state.plane.working);
  const fault = useLab((state) => state.plane.fault);
  const busy = useLab((state) => runUnderWay(state) !== undefined || state.plane.working !== undefined);
  const hasTable = useLab((state) => state.table !== null);
  if (working?.run === run && working.what === what)
    return (
      <div className={styles.wait} role="group" aria-label="Under way">
        <div
          className="bar"
          role="progressbar"
          aria-label={what === "plane" ? "Measuring risk and use" : "Running the sweep"}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={Math.floor(100 * working.fraction)}
        >
          <i style={{ width: `${Math.round(1000 * working.fraction) / 10}%` }} />
        </div>
        <span>
          {percent(working.fraction, 0)}
          {working.secondsLeft !== undefined && `, ${aboutDuration(working.secondsLeft)} left`}
        </span>
        <button type="button" className="btn" onClick={() => cancelPlane(working.job)}>
          Cancel
        </button>
      </div>
    );
  const words = fault?.run === run && fault.what === what ? describeFault(fault.fault) : undefined;
  return (
    <div className={styles.wait}>
      <button type="button" className="btn" disabled={busy || !hasTable} onClick={ask}>
        {children}
      </button>
      {busy && <span>once what is under way is done</span>}
      {!hasTable && <span>The table is not open any more.</span>}
      {words && (
        <p role="alert">
          {words.title} {words.detail} {words.remedy}
        </p>
      )}
    </div>
  );
}
