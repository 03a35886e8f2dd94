import { cameUnprotected, worksOffline } from "../../state/network/how-served.ts";
import { openCohort } from "../../state/files/opening.ts";
import { useLab } from "../../state/use-lab.ts";
import { hrefOf } from "../../state/route.ts";
import { count, plural } from "../../../core/words/numbers.ts";
import { browse } from "../../parts/file-doors.tsx";
import { Icon } from "../../parts/icon.tsx";
import { tableFormats } from "../../parts/table-endings.ts";

/** Nothing is open yet: a place to drop a file, and simulated cohorts to try. */
export function Empty() {
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
      <Cohorts />
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

function Cohorts() {
  const cohorts = useLab((state) => state.cohorts);
  const connected = useLab((state) => state.connected);
  return (
    <>
      <div className="or">
        <h2>No data at hand?</h2>
        <span className="q s13">Start with a simulated cohort. No real patient is behind any row.</span>
      </div>
      <div className="coh" aria-busy={!connected}>
        {!connected && <p className="q s13">Getting the lab ready…</p>}
        {cohorts.map((cohort) => (
          <button
            key={cohort.id}
            type="button"
            className="card"
            data-testid={cohort.id === "heart-failure" ? "sample-cohort" : `sample-cohort-${cohort.id}`}
            onClick={() => openCohort(cohort.id)}
          >
            <span className="name">{cohort.name}</span>
            <span className="about">{cohort.summary}</span>
            <span className="s q3">
              {count(cohort.usual.patients)} simulated patients · {cohort.columns[cohort.usual.level - 1]}{" "}
              columns
            </span>
          </button>
        ))}
      </div>
    </>
  );
}
