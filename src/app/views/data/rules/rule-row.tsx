import { memo } from "react";
import { switchRule, type RuleLine } from "../../../state/rules/rules.ts";
import { Icon } from "../../../parts/icon.tsx";
import { Switch } from "../../../parts/switch.tsx";
import { lineMark, RuleMark } from "./rule-kinds.tsx";
import styles from "./rules.module.css";

interface RuleRowProps {
  readonly line: RuleLine;
  /** it is being edited */
  readonly open: boolean;
  /** it must be settled before training */
  readonly bad: boolean;
  readonly edit: (line: RuleLine) => void;
}

/** One rule: on or off, its kind, its words and text, where it held, how it is kept. */
export const RuleRow = memo(function RuleRow({ line, open, bad, edit }: RuleRowProps) {
  const { index, rule, kind, words, held, remark, gap, notes, kept, constraint } = line;
  const said = remark === "" ? gap : remark;
  return (
    <li
      className={styles.rule}
      data-open={open || undefined}
      data-off={!rule.on || undefined}
      data-bad={bad || undefined}
    >
      <Switch name={`Rule ${index}: ${words}`} on={rule.on} set={(on) => switchRule(line, on)} />
      <span className={styles.number}>{index}</span>
      <span className={styles.kind}>
        <RuleMark mark={lineMark(constraint?.kind, kind)} />
        {kind}
      </span>
      <span className={styles.words}>
        {words}
        {words !== rule.text && <small>{rule.text}</small>}
        {notes.map((note) => (
          <span key={note} className={styles.note}>
            {note}
          </span>
        ))}
      </span>
      <span className={styles.held}>
        {held}
        {said !== "" && <small>{said}</small>}
      </span>
      <span className={styles.kept}>{kept}</span>
      <button
        type="button"
        className="btn quiet icon sm"
        aria-label={`Edit rule ${index}`}
        aria-pressed={open}
        onClick={() => edit(line)}
      >
        <Icon name="pen" />
      </button>
    </li>
  );
});
