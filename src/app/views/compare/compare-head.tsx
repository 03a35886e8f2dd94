import { realRowsWords } from "../../../core/words/real-rows.ts";
import { useEffect, useRef, useState } from "react";
import { plural } from "../../../core/words/numbers.ts";
import { saveCard } from "../../card/save-card.ts";
import { DownloadCsv } from "../../parts/download-csv.tsx";
import { hrefOf } from "../../state/route.ts";
import { ToElsewhere } from "../../parts/to-elsewhere.tsx";
import { Icon } from "../../parts/icon.tsx";
import { RestLine } from "../../parts/rest-line.tsx";
import type { MeasuredRun } from "../../state/measured.ts";
import styles from "./compare.module.css";
import { RunChoice } from "../../parts/run-choice.tsx";

const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

/** The verdict in words, against how many held-out rows it stands, and what to do next. */
export function CompareHead({ run }: { run: MeasuredRun }) {
  const { headline, caveat, shape } = run.report;
  const verdict = useRef<HTMLHeadingElement>(null);
  // Whoever waited here for the measuring to end is taken to its result; a focus elsewhere stays where it is.
  useEffect(() => {
    if (document.activeElement === document.body) verdict.current?.focus({ preventScroll: true });
  }, []);
  return (
    <div className={`head ${styles.head}`}>
      <div className="grow">
        <h1 ref={verdict} tabIndex={-1} aria-live="polite">
          {headline}
        </h1>
        <p className="sub">
          {caveat !== undefined && <b>{sentence(caveat)} </b>}
          {plural(shape.synthetic, "synthetic row")} against {realRowsWords(shape)}.
        </p>
        <RestLine run={run} />
        {(run.report.run.notices ?? []).map((notice, i) => (
          <p key={`${i} ${notice}`} className={`s13 q ${styles.notice}`}>
            {sentence(notice)}
          </p>
        ))}
      </div>
      <p className={styles.narrowOnly}>
        <a href={hrefOf("elsewhere")}>Compare a table made elsewhere</a>
      </p>
      <div className={styles.actions}>
        <RunChoice run={run} />
        <span className={styles.wideOnly}>
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
