import { cameUnprotected, worksOffline } from "../../../state/network/how-served.ts";
import { useLab } from "../../../state/use-lab.ts";
import { hrefOf } from "../../../state/route.ts";
import { plural } from "../../../../core/words/numbers.ts";
import { browse } from "../../../parts/file-doors.tsx";
import { Icon } from "../../../parts/icon.tsx";
import { Gallery } from "./gallery.tsx";
import { tableFormats } from "../../../parts/table-endings.ts";
import styles from "./start.module.css";

/** Nothing is open yet: a place to drop a file, and simulated cohorts to try. */
export function Start() {
  const runs = useLab((state) => state.runs.length);
  useLab((state) => state.ready);
  return (
    <div className="wrap empty">
      <h1>Synthetic patients from your own table</h1>
      <p className="lede">
        Open a table, train a model in this tab, and see how close the synthetic rows come to the real ones.
        Nothing to install, no account.
      </p>
      {cameUnprotected() && <Unprotected />}
      <div className={styles.doors}>
        <div className="drop">
          <div className="in">
            <svg className="g" width="56" height="40" viewBox="0 0 56 40" aria-hidden="true">
              <path
                d="M1 1h54v38H1zM1 11h54M1 20.5h54M1 30h54M15 1v38M34 1v38"
                fill="none"
                stroke="currentColor"
                strokeWidth="1.5"
              />
            </svg>
            <div>
              <b className="big">Drop a file here</b>
              <p className="q s13">or paste a table with Ctrl V. {tableFormats} Read on this machine only.</p>
            </div>
            <button type="button" className="btn pri lg" onClick={() => browse("open-file")}>
              Open a file
            </button>
            <button type="button" className="link s13" onClick={() => browse("open-model")}>
              Open a model file
            </button>
          </div>
        </div>
      </div>
      <p className="q s13 kept">
        Have synthetic rows from another tool already?{" "}
        <a href={hrefOf("elsewhere")} data-testid="to-elsewhere">
          Compare a synthetic table made elsewhere
        </a>
      </p>
      {runs > 0 && (
        <p className="q kept">
          {plural(runs, "run")} from before {runs === 1 ? "is" : "are"} still here: see{" "}
          <a href={hrefOf("train")}>Train</a> or <a href={hrefOf("take-away")}>Take away</a>.
        </p>
      )}
      <Gallery />
      <div className="claims">
        <span>
          <Icon name="alone" />
          Your file is read by this tab and goes nowhere else
        </span>
        {worksOffline() && (
          <span>
            <Icon name="check" />
            Works with the network switched off
          </span>
        )}
        <a href={hrefOf("verify")}>How to check this yourself</a>
      </div>
    </div>
  );
}

/** Said before a file is chosen: what this page cannot promise as it was opened. */
function Unprotected() {
  return (
    <div className="problem" role="alert">
      <Icon name="stop" />
      <p>
        <b>This page came over plain http.</b> Anyone on the network between could have changed it on its way,
        and it cannot keep a copy of itself for use without a network. Before you open patient data, open the
        page over https or from this machine (localhost).
      </p>
    </div>
  );
}
