import type { RunView } from "../../../worker/protocol.ts";
import { count, deviceTitle, duration, plural } from "../../../core/words/numbers.ts";
import { runTitle, selectedRun } from "../../state/runs.ts";
import { hrefOf } from "../../state/route.ts";
import { guaranteeOfRun } from "../../state/guarantee/guarantee.ts";
import { useLab } from "../../state/use-lab.ts";
import { RunChoice } from "../../parts/run-choice.tsx";
import { rowsName } from "../../state/files/taking-away.ts";
import { CompleteCard } from "./complete-card.tsx";
import { ContinueCard } from "./continuing/continue-card.tsx";
import { ConditionsCard } from "./conditions-card.tsx";
import { askedOf, askedWords, timeUnit } from "../../state/conditions.ts";
import { DownloadCsv } from "../../parts/download-csv.tsx";
import { LimitCard } from "./limit-card.tsx";
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
  const asked = askedOf(useWanted(run.run));
  const order = useOrder(run, asked);
  const { rows, patients, seed, format } = order;
  const amount = { rows, ...(patients !== undefined && { patients }) };
  const unit = timeUnit(run.schema);
  const fields = useLab((state) => state.fields[run.run]);
  const preview = usePreview(run.run, seed, asked, patients !== undefined);
  const csvBytes = estimatedBytes(preview, rows);
  const bytes = format === "csv" || format === "tsv" ? csvBytes : undefined;
  const file = rowsName(run.run, amount, format, asked);
  const which = askedWords(asked, fields, unit);
  return (
    <>
      <div className={`head ${styles.head}`}>
        <div className="grow">
          <h1>
            {patients === undefined
              ? `${count(rows)} synthetic rows`
              : `${plural(patients, "synthetic patient")}, about ${plural(rows, "visit")}`}
            {asked !== undefined && ", under a condition"}
          </h1>
          <p className="sub">
            {asked !== undefined && <b>{which}. </b>}
            {madeFrom(run, seed)} The same settings give the same{" "}
            {patients === undefined ? "rows" : "patients"} on this machine.
          </p>
        </div>
        <div className={styles.actions}>
          <RunChoice run={run} />
          <DownloadCsv run={run} bytes={bytes} asked={asked} />
        </div>
      </div>
      <div className={styles.main}>
        <div className={styles.column}>
          {guaranteeOfRun(run) !== undefined && <LimitCard run={run} />}
          <RowsCard run={run} bytes={bytes} file={file} which={which} />
          <ConditionsCard run={run} asked={asked} />
          <PreviewCard run={run} preview={preview} asked={asked} amount={amount} />
          {patients !== undefined && <ContinueCard run={run} seed={seed} format={format} />}
          <CompleteCard run={run} seed={seed} over={patients !== undefined} />
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
                name: rowsName(run.run, amount, "csv", asked),
                ...amount,
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
