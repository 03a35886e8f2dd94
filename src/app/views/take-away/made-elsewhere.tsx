import type { Report } from "../../../core/report/report.ts";
import type { RunView } from "../../../worker/protocol.ts";
import { runTitle } from "../../state/runs.ts";
import { ToElsewhere } from "../../parts/to-elsewhere.tsx";
import { RunChoice } from "../../parts/run-choice.tsx";
import { EvidenceList } from "./evidence-list.tsx";
import styles from "./take-away.module.css";

/** A table made elsewhere has no model here: what can be taken away is its evidence. */
export function MadeElsewhere({ run, report }: { run: RunView; report: Report }) {
  return (
    <>
      <div className={`head ${styles.head}`}>
        <div className="grow">
          <h1>The evidence for {run.name}</h1>
          <p className="sub">Run {runTitle(run)} was made elsewhere. Its evaluation is here, as files.</p>
        </div>
        <div className={styles.actions}>
          <RunChoice run={run} />
          <ToElsewhere />
        </div>
      </div>
      <div className={styles.main}>
        <div className={styles.column}>
          <section className="card" aria-label="Rows and model">
            <div className={styles.model}>
              <div className="grow">
                <h2>Rows and model</h2>
                <p className="s13 q">
                  There is no model: {run.name} came from a file, so no more rows can be made from it here.
                  The file itself is where you opened it; this lab has not kept it.
                </p>
              </div>
            </div>
          </section>
        </div>
        <aside className={`card ${styles.aside}`} aria-label="Evidence">
          <EvidenceList run={run} report={report} />
        </aside>
      </div>
    </>
  );
}
