import { useId } from "react";
import type { Seen } from "../../worker/protocol.ts";
import { count } from "../../core/words/numbers.ts";
import { answerSeen } from "../state/elsewhere.ts";
import { useLab } from "../state/use-lab.ts";
import styles from "./seen-question.module.css";

/** Whether there is a true holdout, which decides what can be measured of a table made elsewhere. */
export function SeenQuestion() {
  const seen = useLab((state) => state.elsewhere.seen);
  const patients = useLab(({ elsewhere: { look } }) => look.real?.patients ?? look.real?.rows);
  const name = useId();
  const these = patients === undefined ? "The real rows" : `These ${count(patients)}`;
  const answers: readonly { value: Seen; label: string; words: string }[] = [
    { value: "all", label: "Yes, all of them", words: "Only copies and rare combinations are measured." },
    { value: "some", label: "Not all", words: "Open the patients who were kept away from it." },
    { value: "none", label: "None of them", words: `${these} are other patients; all are held out.` },
  ];
  return (
    <fieldset className={`card ${styles.question}`} data-testid="elsewhere-seen">
      <legend>Had the tool that made these rows seen all of these patients?</legend>
      <p className="s13 q">
        The answer decides what can be measured. Until you say otherwise, we assume that it had.
      </p>
      <div className={styles.answers}>
        {answers.map(({ value, label, words }) => (
          <label key={value} data-on={seen === value || undefined}>
            <input
              type="radio"
              name={name}
              value={value}
              checked={seen === value}
              data-testid={`elsewhere-seen-${value}`}
              onChange={() => answerSeen(value)}
            />
            <b>{label}</b>
            <span>{words}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
