import type { RunView } from "../../../worker/protocol.ts";
import { count, deviceTitle, duration } from "../../charts/format.ts";
import { runTitle, selectedRun } from "../../state/runs.ts";
import { hrefOf } from "../../state/route.ts";
import { useLab } from "../../state/use-lab.ts";
import { RunChoice } from "../compare/run-choice.tsx";
import { DownloadCsv } from "./download-csv.tsx";
import { EvidenceList } from "./evidence-list.tsx";
import { ModelCard, OpenModel } from "./model-files.tsx";
import { useOrder } from "./order.ts";
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
  const { rows, seed } = useOrder(run);
  const preview = usePreview(run.run, seed);
  const bytes = preview && estimatedBytes(preview, rows);
  return (
    <>
      <div className={`head ${styles.head}`}>
        <div className="grow">
          <h1>{count(rows)} synthetic rows</h1>
          <p className="sub">{madeFrom(run, seed)} The same settings give the same rows on this machine.</p>
        </div>
        <div className={styles.actions}>
          <RunChoice run={run} />
          <DownloadCsv run={run} bytes={bytes} />
        </div>
      </div>
      <div className={styles.main}>
        <div className={styles.column}>
          <RowsCard run={run} bytes={bytes} />
          <PreviewCard run={run} preview={preview} rows={rows} />
          <ModelCard run={run} />
        </div>
        <aside className={`card ${styles.aside}`} aria-label="Before you share">
          <BeforeYouShare run={run} />
          {run.report && <EvidenceList report={run.report} number={run.number} />}
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
