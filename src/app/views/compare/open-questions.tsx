import { useState } from "react";
import type { Report } from "../../../core/report/report.ts";
import { changesOf } from "../../../core/words/changed.ts";
import { count, sentence } from "../../../core/words/numbers.ts";
import { answerCounts, unanswered, type Unanswered } from "../../../core/words/unanswered.ts";
import { NotMeasuredShape, VerdictShape } from "../../charts/verdict-mark.tsx";
import { useMedia } from "../../parts/use-media.ts";
import { Icon } from "../../parts/icon.tsx";
import { goodFold, measureFold, sideFold, useFolds } from "./folds.ts";
import styles from "./open-questions.module.css";

/** Beside each other: what has no answer and why, and what was changed before anything was learned. */
export function OpenQuestions({ report }: { report: Report }) {
  return (
    <div className={styles.two}>
      <NoAnswer report={report} />
      <Changed report={report} />
    </div>
  );
}

const FIRST = 5;

function NoAnswer({ report }: { report: Report }) {
  const list = unanswered(report);
  const { all, cannotTell, notMeasured } = answerCounts(report);
  const [more, setMore] = useState(false);
  const narrow = useMedia("(max-width: 759px)");
  if (list.length === 0) return null;
  const shown = more ? list : list.slice(0, FIRST);
  return (
    <details className={`card ${styles.list}`} open={!narrow}>
      <summary>
        <h2>No answer, and why</h2>
        <p>
          {count(cannotTell + notMeasured)} of {count(all)}
        </p>
        <Icon name="right" className={`${styles.turn}`} />
      </summary>
      {shown.map((item) => (
        <Question key={item.metrics.join(" ")} item={item} />
      ))}
      {shown.length < list.length && (
        <p className={styles.more}>
          <button type="button" className="link s13" onClick={() => setMore(true)}>
            Show {count(list.length - shown.length)} more
          </button>
        </p>
      )}
    </details>
  );
}

function Question({ item }: { item: Unanswered }) {
  const folds = useFolds();
  const { family, kind, title, why, metrics } = item;
  const show = (): void =>
    folds.show(sideFold(family), goodFold(family), ...metrics.map(measureFold).toReversed());
  return (
    <div className={styles.item}>
      <span className="v un">
        {kind === "cannot-tell" ? <VerdictShape verdict="cannot-tell" /> : <NotMeasuredShape />}
      </span>
      <b>{title}</b>
      <p>{why}</p>
      <button type="button" className={`link s13 ${styles.show}`} aria-label={`Show ${title}`} onClick={show}>
        Show
      </button>
    </div>
  );
}

/** What was changed at reading, and what was noted while it was trained. */
function Changed({ report }: { report: Report }) {
  const narrow = useMedia("(max-width: 759px)");
  const { reading, run } = report;
  const changes = changesOf(reading ?? []);
  const notices = run.notices ?? [];
  return (
    <details className={`card ${styles.list}`} open={!narrow}>
      <summary>
        <h2>Changed when the file was read</h2>
        <p>{run.table}</p>
        <Icon name="right" className={`${styles.turn}`} />
      </summary>
      {changes.map(({ title, text, count: how }) => (
        <div key={title} className={styles.item}>
          <Icon name="note" />
          <b>{title}</b>
          {text !== "" && <p>{text}</p>}
          {how !== undefined && <span className={styles.count}>{how}</span>}
        </div>
      ))}
      {changes.length === 0 && (
        <p className={styles.none}>
          {reading === undefined
            ? "Not known here: the file was read elsewhere."
            : "Nothing: every cell was read as what it says."}
        </p>
      )}
      {notices.map((notice, i) => (
        <div key={`${i} ${notice}`} className={styles.item}>
          <Icon name="note" />
          <p>{sentence(notice)}</p>
        </div>
      ))}
    </details>
  );
}
