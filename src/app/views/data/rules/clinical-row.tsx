import { memo } from "react";
import { Icon } from "../../../parts/icon.tsx";
import { Switch } from "../../../parts/switch.tsx";
import {
  answerClinical,
  makeConstraint,
  switchClinical,
  type ClinicalLine,
} from "../../../state/rules/clinical.ts";
import { useLab } from "../../../state/use-lab.ts";
import styles from "./clinical.module.css";

interface ClinicalRowProps {
  readonly line: ClinicalLine;
  /** it is being edited */
  readonly open: boolean;
  readonly edit: (line: ClinicalLine) => void;
}

/** One clinical rule: on or off, its words and text, where it held, what it checks and who says so. */
export const ClinicalRow = memo(function ClinicalRow({ line, open, edit }: ClinicalRowProps) {
  const { words, text, state, held, remark, kahn, source, notes } = line;
  return (
    <li className={styles.rule} data-open={open || undefined} data-off={state === "off" || undefined}>
      {state === "asked" ? (
        <Icon name="note" />
      ) : (
        <Switch
          name={`Count the rule: ${words}`}
          on={state !== "off"}
          set={(on) => switchClinical(line, on)}
        />
      )}
      <span className={styles.words}>
        {words}
        {words !== text && <small>{text}</small>}
        {notes.map((note) => (
          <span key={note} className={styles.note}>
            {note}
          </span>
        ))}
        {state === "asked" && (
          <span className={styles.ask}>
            <button type="button" className="btn sm" onClick={() => answerClinical(line, true)}>
              Keep it
            </button>
            <button type="button" className="btn sm quiet" onClick={() => answerClinical(line, false)}>
              Leave it off
            </button>
          </span>
        )}
        <MakeConstraint line={line} />
      </span>
      <span className={styles.held}>
        {held}
        {remark !== "" && <small>{remark}</small>}
      </span>
      <span className={styles.source}>
        {kahn}
        <small>{source}</small>
      </span>
      <button
        type="button"
        className="btn quiet icon sm"
        aria-label={`Edit the clinical rule: ${words}`}
        aria-pressed={open}
        onClick={() => edit(line)}
      >
        <Icon name="pen" />
      </button>
    </li>
  );
});

/** A rule that nobody can break, or that the person set, can hold every synthetic row. */
function MakeConstraint({ line }: { line: ClinicalLine }) {
  const { rule, by, state, text, words } = line;
  const made = useLab(
    ({ rules }) =>
      rules.choices.some((choice) => choice.text === text && choice.on) ||
      rules.list?.lines.some((one) => one.rule.text === text && one.rule.on) === true,
  );
  if ((!rule.hard && by === "built-in") || state === "idle" || state === "asked") return null;
  return made ? (
    <span className={styles.note}>Every synthetic row is held to it.</span>
  ) : (
    <span className={styles.ask}>
      <button
        type="button"
        className="link s13"
        aria-label={`Make it a constraint: ${words}`}
        onClick={() => makeConstraint(line)}
      >
        Make it a constraint
      </button>
    </span>
  );
}
