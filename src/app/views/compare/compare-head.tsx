import { useEffect, useRef, useState } from "react";
import { answersWords, comparedWords } from "../../../core/words/unanswered.ts";
import { saveCard } from "../../card/save-card.ts";
import { DownloadCsv } from "../../parts/download-csv.tsx";
import { hrefOf } from "../../state/route.ts";
import { ToElsewhere } from "../../parts/to-elsewhere.tsx";
import { Icon } from "../../parts/icon.tsx";
import { LimitNote } from "../../parts/limit-note.tsx";
import { OlderRulesLine } from "../../parts/older-rules-line.tsx";
import { RestLine } from "../../parts/rest-line.tsx";
import type { MeasuredRun } from "../../state/measured.ts";
import styles from "./compare.module.css";
import { RunChoice } from "../../parts/run-choice.tsx";

/** The verdict in two sentences, what it rests on, and what to do next. */
export function CompareHead({ run }: { run: MeasuredRun }) {
  const { report } = run;
  const { headline, caveat } = report;
  const verdict = useRef<HTMLHeadingElement>(null);
  // Whoever waited here for the measuring to end is taken to its result; a focus elsewhere stays where it is.
  useEffect(() => {
    if (document.activeElement === document.body) verdict.current?.focus({ preventScroll: true });
  }, []);
  return (
    <div className={`head ${styles.head}`}>
      <div className="grow">
        <h1 ref={verdict} className={styles.verdict} tabIndex={-1} aria-live="polite">
          {headline}
        </h1>
        {caveat !== undefined && <p className={styles.not}>{caveat}</p>}
        <p className={styles.facts}>
          {comparedWords(report)} {answersWords(report)}
          {run.source?.simulated === true &&
            ` ${run.table} is simulated: “real” on this page means its patients, and nobody’s data are behind them.`}
        </p>
        <LimitNote run={run} covers="page" />
        <RestLine run={run} />
        <OlderRulesLine run={run} />
      </div>
      <p className={styles.narrowOnly}>
        <a href={hrefOf("elsewhere")}>Compare a table made elsewhere</a>
      </p>
      <div className={styles.actions}>
        <RunChoice run={run} />
        <span className={`${styles.wideOnly} ${styles.elsewhere}`}>
          <ToElsewhere />
        </span>
        <CardButton run={run} />
        {run.madeElsewhere !== true && <DownloadCsv run={run} />}
      </div>
    </div>
  );
}

function CardButton({ run }: { run: MeasuredRun }) {
  const [failed, setFailed] = useState(false);
  return (
    <button
      type="button"
      className={`btn ${styles.wideOnly}`}
      data-testid="save-card"
      onClick={() => {
        saveCard(run.report, run.number).then(
          () => setFailed(false),
          () => setFailed(true),
        );
      }}
    >
      <Icon name="image" />
      {failed ? "Card could not be drawn" : "Evaluation card"}
    </button>
  );
}
