import type { RunView } from "../../../worker/protocol.ts";
import { count, deviceTitle, duration } from "../../../core/words/numbers.ts";
import { runTitle, selectedRun } from "../../state/runs.ts";
import { hrefOf } from "../../state/route.ts";
import { useLab } from "../../state/use-lab.ts";
import { RunChoice } from "../../parts/run-choice.tsx";
import { rowsName } from "../../state/files/taking-away.ts";
import { CompleteCard } from "./complete-card.tsx";
import { ConditionsCard } from "./conditions-card.tsx";
import { askedOf, askedWords } from "../../state/conditions.ts";
import { DownloadCsv } from "../../parts/download-csv.tsx";
import { EvidenceList } from "./evidence-list.tsx";
import { MadeElsewhere } from "./made-elsewhere.tsx";
import { ModelCard, OpenModel } from "./model-files.tsx";
import { useOrder, useWanted } from "../../state/order.ts";
import { PreviewCard } from "./preview-card.tsx";
import { RowsCard } from "./rows-card.tsx";
import { BeforeYouShare } from "./before-you-share.tsx";
import styles from "./take-away.module.css";
import { estimatedBytes, usePreview } from "./use-preview.ts";

/** Synthetic rows, the trained model and the evidence, as files. */
export function TakeAwayView() {
  const selected = useLab(selectedRun);
  const latest = useLab((state) => state.runs.findLast((run) => run.hasModel));
  const run = selected?.hasModel === true ? selected : latest;
  if (selected?.madeElsewhere === true && selected.report !== undefined)
    return <MadeElsewhere run={selected} report={selected.report} />;
  return run === undefined ? <NothingToTake /> : <TakeAway key={run.run} run={run} />;
}

function NothingToTake() {
  const hasTable = useLab((state) => state.table !== null);
  return (
    <div className="wrap">
      <h1>Nothing to take away yet</h1>
      <p className="lede">
        Synthetic rows are made by a trained model. Train one, or open a model file that was saved before.
      </p>
      <div className="acts">
        <a className="btn" href={hrefOf(hasTable ? "train" : "data")}>
          {hasTable ? "Go to Train" : "Go to Data"}
        </a>
        <OpenModel />
      </div>
    </div>
  );
}

function TakeAway({ run }: { run: RunView }) {
  const { rows, seed, format } = useOrder(run);
  const asked = askedOf(useWanted(run.run));
  const fields = useLab((state) => state.fields[run.run]);
  const preview = usePreview(run.run, seed, asked);
  const csvBytes = estimatedBytes(preview, rows);
  const bytes = format === "csv" || format === "tsv" ? csvBytes : undefined;
  const file = rowsName(run.run, rows, format, asked);
  const which = askedWords(asked, fields);
  return (
    <>
      <div className={`head ${styles.head}`}>
        <div className="grow">
          <h1>
            {count(rows)} synthetic rows{asked !== undefined && ", under a condition"}
          </h1>
          <p className="sub">
            {asked !== undefined && <b>{which}. </b>}
            {madeFrom(run, seed)} The same settings give the same rows on this machine.
          </p>
        </div>
        <div className={styles.actions}>
          <RunChoice run={run} />
          <DownloadCsv run={run} bytes={bytes} asked={asked} />
        </div>
      </div>
      <div className={styles.main}>
        <div className={styles.column}>
          <RowsCard run={run} bytes={bytes} file={file} which={which} />
          <ConditionsCard run={run} asked={asked} />
          <PreviewCard run={run} preview={preview} asked={asked} rows={rows} />
          <CompleteCard run={run} seed={seed} />
          <ModelCard run={run} />
        </div>
        <aside className={`card ${styles.aside}`} aria-label="Before you share">
          <BeforeYouShare run={run} which={which} />
          {run.report && (
            <EvidenceList
              run={run}
              report={run.report}
              bytes={csvBytes}
              synthetic={{
                name: rowsName(run.run, rows, "csv", asked),
                rows,
                seed,
                ...(asked && { asked }),
                ...(which !== "" && { which }),
              }}
            />
          )}
        </aside>
      </div>
    </>
  );
}

function madeFrom(run: RunView, seed: number): string {
  const parts = [
    `From run ${runTitle(run)}`,
    `seed ${seed}`,
    run.facts && `trained in ${duration(run.facts.seconds)} on ${deviceTitle(run.facts.device)}`,
  ];
  return `${parts.filter(Boolean).join(", ")}.`;
}
