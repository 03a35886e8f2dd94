import { useEffect, useId, useRef, useState } from "react";
import type { Constraint } from "../../../../core/rules/constraint.ts";
import type { ColumnSchema } from "../../../../core/table/table.ts";
import { checkRule, deleteRule, keepRule, leaveRule, type RuleLine } from "../../../state/rules/rules.ts";
import { useLab } from "../../../state/use-lab.ts";
import { Icon } from "../../../parts/icon.tsx";
import { RuleForm } from "./rule-form.tsx";
import { ruled, type Beginning } from "./rule-kinds.tsx";
import styles from "./rules.module.css";

/** A text is asked of the rows once nobody has typed for so long. */
const STILL_MS = 300;

interface RuleEditorProps {
  /** the rule that is changed; none: a new one */
  readonly line?: RuleLine;
  readonly begin: Beginning;
  readonly columns: readonly ColumnSchema[];
  readonly close: () => void;
}

/** One rule as a form and as text, and what the training rows say of it while it is written. */
export function RuleEditor({ line, begin, columns, close }: RuleEditorProps) {
  const draft = useDraft(line?.rule.text ?? "", line?.constraint ?? begin.rule);
  const field = useRef<HTMLTextAreaElement>(null);
  const about = useId();
  useEffect(() => field.current?.focus(), []);
  const title = line === undefined ? "A new rule" : `Rule ${line.index}: ${line.words}`;
  const keep = (): void => {
    if (draft.ready === undefined) return;
    keepRule(draft.ready, line);
    close();
  };
  return (
    <section
      aria-label={line === undefined ? "New rule" : `Edit rule ${line.index}`}
      data-testid="rule-editor"
    >
      <h2>{title}</h2>
      <p className="q s13">
        {line === undefined ? "Kept in every synthetic row once it is added." : origin(line)}
      </p>
      {draft.constraint !== undefined && (
        <RuleForm rule={draft.constraint} columns={ruled(columns)} change={draft.fill} />
      )}
      <h3>{draft.constraint === undefined ? "The rule as text" : "The same rule as text"}</h3>
      <textarea
        ref={field}
        className={styles.code}
        aria-label="Rule as text"
        aria-describedby={about}
        aria-invalid={draft.check?.said.some(({ mark }) => mark === "bad") === true}
        rows={3}
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        value={draft.text}
        onChange={(event) => draft.type(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") close();
          if (event.key !== "Enter" || event.shiftKey) return;
          event.preventDefault();
          keep();
        }}
      />
      <div id={about} role="status" className={styles.said} data-testid="rule-check">
        <Said draft={draft} example={begin.example} />
      </div>
      <div className={styles.keep}>
        <button type="button" className="btn sm strong" disabled={draft.ready === undefined} onClick={keep}>
          {line === undefined ? "Add the rule" : "Keep changes"}
        </button>
        {line?.rule.by === "person" && (
          <button
            type="button"
            className="btn sm quiet"
            onClick={() => {
              deleteRule(line);
              close();
            }}
          >
            {line.rule.instead === undefined ? "Delete" : "Back to what was found"}
          </button>
        )}
        <button type="button" className="btn sm quiet" onClick={close}>
          Close
        </button>
      </div>
    </section>
  );
}

function origin({ rule, group, kept }: RuleLine): string {
  const from =
    rule.by === "found"
      ? group === "nearly"
        ? "Found in the data, with exceptions."
        : "Found in the data."
      : rule.instead === undefined
        ? "Set by you."
        : "Set by you, in the place of one that was found.";
  return `${from} How it is kept: ${kept}.`;
}

interface Draft {
  readonly text: string;
  /** as it was read last */
  readonly constraint: Constraint | undefined;
  readonly check: ReturnType<typeof useCheck>;
  /** the text as it can be kept; none until it was read without a fault */
  readonly ready: string | undefined;
  readonly type: (text: string) => void;
  readonly fill: (rule: Constraint) => void;
}

const useCheck = () => useLab((state) => state.rules.checked?.check);

/** What is written, in step with its form: the one that was changed last says what the other shows. */
function useDraft(text: string, rule: Constraint | undefined): Draft {
  const [typed, setTyped] = useState<string | undefined>(text === "" ? undefined : text);
  const [filled, setFilled] = useState(rule);
  const check = useCheck();
  useEffect(() => {
    if (typed === undefined) {
      if (filled !== undefined) checkRule(filled);
      return undefined;
    }
    if (typed.trim() === "") {
      leaveRule();
      return undefined;
    }
    const timer = setTimeout(() => checkRule(typed), STILL_MS);
    return () => clearTimeout(timer);
  }, [typed, filled]);
  useEffect(() => leaveRule, []);
  const shown = typed ?? check?.text ?? "";
  const fresh = check !== undefined && (typed === undefined || check.asked === typed);
  const read = fresh ? check.constraint : undefined;
  return {
    text: shown,
    constraint: typed === undefined ? filled : read,
    check: fresh ? check : undefined,
    ready: read === undefined ? undefined : check?.text,
    type: setTyped,
    fill: (next) => {
      setFilled(next);
      setTyped(undefined);
    },
  };
}

function Said({ draft: { check, text }, example }: { draft: Draft; example: string }) {
  if (check === undefined) {
    if (text.trim() !== "") return <p className="q3">Reading…</p>;
    return (
      <p className="q3">
        For example <span className="m">{example}</span>
      </p>
    );
  }
  const { at } = check;
  return (
    <>
      {at !== undefined && (
        <p className={styles.where}>
          <span className="m">
            {text.slice(0, at)}
            <mark>{text.slice(at) === "" ? "…" : text.slice(at)}</mark>
          </span>
        </p>
      )}
      {check.words !== undefined && check.words !== check.text && (
        <p className={styles.read}>{check.words}</p>
      )}
      {check.said.map(({ mark, text: said }) => (
        <p key={said} data-mark={mark}>
          <Icon name={mark === "ok" ? "check" : mark === "bad" ? "stop" : "note"} />
          <span>{said}</span>
        </p>
      ))}
    </>
  );
}
