import type { AnswerCounts } from "../../../core/words/unanswered.ts";
import { countWords } from "../../../core/words/unanswered.ts";
import { NotMeasuredShape, VerdictShape } from "../../charts/verdict-mark.tsx";
import styles from "./sides-card.module.css";

/** How many measures are worse, cannot be told, are as good, were not measured: a mark and a number each. */
export function Answers({ counts }: { counts: Omit<AnswerCounts, "all"> }) {
  const { worse, cannotTell, good, notMeasured } = counts;
  return (
    <span className={styles.answers} role="img" aria-label={countWords(counts) || "no measure"}>
      {worse > 0 && (
        <span className="v low">
          <VerdictShape verdict="worse" />
          {worse}
        </span>
      )}
      {cannotTell > 0 && (
        <span className="v un">
          <VerdictShape verdict="cannot-tell" />
          {cannotTell}
        </span>
      )}
      {good > 0 && (
        <span className="v ok">
          <VerdictShape verdict="good" />
          {good}
        </span>
      )}
      {notMeasured > 0 && (
        <span className="v un">
          <NotMeasuredShape />
          {notMeasured}
        </span>
      )}
    </span>
  );
}
