import { memo } from "react";
import { differenceWords, marginWords, measureWriter, unsettledWords } from "../../../core/words/measure.ts";
import { heldOutOf } from "../../../core/words/unanswered.ts";
import type { Report } from "../../../core/report/report.ts";
import { marginSentence } from "../../../core/shapes/margin-shape.ts";
import { MarginDrawing } from "../../charts/margin-plot.tsx";
import { NotMeasuredShape, VerdictMark } from "../../charts/verdict-mark.tsx";
import { Icon } from "../../parts/icon.tsx";
import { measureHref } from "../../state/address.ts";
import { measureFold, useFolds } from "./folds.ts";
import styles from "./all-measures.module.css";
import type { MetricRow } from "./found.ts";
import { MetricBlock } from "./metric-block.tsx";

const PICTURE = 180;

interface MeasureLineProps {
  readonly row: MetricRow;
  readonly report: Report;
  /** open although the person did not open it: what is looked for stands inside */
  readonly found: boolean;
}

/** One measure on one line: synthetic, held-out real, margin, picture, answer; it opens into everything that stands behind. */
export const MeasureLine = memo(function MeasureLine({ row, report, found }: MeasureLineProps) {
  const folds = useFolds();
  const { info, result } = row;
  const id = measureFold(info.id);
  const open = found || folds.open.has(id);
  return (
    <details id={id} open={open} className={styles.measure} data-worst data-measure={info.id}>
      <summary
        className={styles.line}
        data-worst-focus
        onClick={(event) => {
          event.preventDefault();
          folds.toggle(id);
        }}
      >
        <span className={styles.name}>{info.name}</span>
        {result.status === "ok" ? (
          <Numbers row={row} />
        ) : (
          <span className={styles.reason}>{result.reason}</span>
        )}
        <span className={styles.answer}>
          {result.status === "ok" ? (
            <VerdictMark verdict={result.verdict} />
          ) : (
            <span className="v un">
              <NotMeasuredShape />
              Not measured
            </span>
          )}
        </span>
        <Icon name="right" className={`${styles.turn}`} />
      </summary>
      {open && (
        <div className={styles.behind}>
          {result.status === "ok" && result.verdict === "cannot-tell" && (
            <p className={styles.unsettled}>
              <b>Cannot tell.</b> {unsettledWords(info, result, heldOutOf(report))}
            </p>
          )}
          <MetricBlock row={row} />
          <p className={styles.address}>
            <a href={measureHref(info.id)}>Address of this measure</a>
          </p>
        </div>
      )}
    </details>
  );
});

function Numbers({ row: { info, result } }: { row: MetricRow }) {
  if (result.status !== "ok") return null;
  const write = measureWriter(info, result);
  const { loss, judgement } = result;
  return (
    <>
      <span className={styles.synthetic}>
        <span className="vh">Synthetic </span>
        {write(result.value)}
      </span>
      <span className={styles.real}>
        <span className="vh">held-out real </span>
        {write(result.baseline.value)}
      </span>
      <span className={styles.number} title={`Loss ${differenceWords(info, result, loss.value)}`}>
        <span className="vh">margin </span>
        {marginWords(info, result)}
      </span>
      <span
        className={styles.picture}
        role="img"
        aria-label={marginSentence(info.name, loss, judgement.margin)}
      >
        <MarginDrawing loss={loss} margin={judgement.margin} width={PICTURE} />
      </span>
    </>
  );
}
