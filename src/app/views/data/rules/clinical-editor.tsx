import { useEffect, useId, useState } from "react";
import type { ClinicalCheck } from "../../../../core/lab/rules/check-clinical-rule.ts";
import { Icon } from "../../../parts/icon.tsx";
import {
  checkClinical,
  deleteClinical,
  keepClinical,
  leaveClinical,
  type ClinicalLine,
} from "../../../state/rules/clinical.ts";
import { useLab } from "../../../state/use-lab.ts";
import styles from "./clinical.module.css";

/** A text is asked of the rows once nobody has typed for so long. */
const STILL_MS = 300;

interface ClinicalEditorProps {
  /** the rule that is changed; none: a new one */
  readonly line?: ClinicalLine;
  readonly close: () => void;
}

/** A clinical rule as text, in the rule language or plainly, with its count while it is written. */
export function ClinicalEditor({ line, close }: ClinicalEditorProps) {
  const [text, setText] = useState(line?.rule.text ?? "");
  const check = useLab((state) => state.clinical.checked?.check);
  const about = useId();
  const id = line?.id;
  useEffect(() => {
    if (text.trim() === "") {
      leaveClinical();
      return undefined;
    }
    const timer = setTimeout(() => checkClinical(text, id), STILL_MS);
    return () => clearTimeout(timer);
  }, [text, id]);
  useEffect(() => leaveClinical, []);
  const fresh = check?.asked === text ? check : undefined;
  const keep = (): void => {
    if (fresh?.rule === undefined) return;
    keepClinical(fresh.rule);
    setText("");
    close();
  };
  return (
    <div className={styles.editor} data-testid="clinical-editor">
      <label>
        <span className="vh">Clinical rule</span>
        <input
          type="text"
          aria-label="Clinical rule"
          aria-describedby={about}
          aria-invalid={fresh?.said.some(({ mark }) => mark === "bad") === true}
          placeholder="ejection_fraction between 5 and 85"
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="off"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter") keep();
            if (event.key === "Escape") close();
          }}
        />
      </label>
      <button type="button" className="btn sm" disabled={fresh?.rule === undefined} onClick={keep}>
        {line === undefined ? "Add the clinical rule" : "Keep the change"}
      </button>
      {line?.by === "person" && (
        <button
          type="button"
          className="btn sm quiet"
          onClick={() => {
            deleteClinical(line);
            close();
          }}
        >
          Delete
        </button>
      )}
      {line !== undefined && (
        <button type="button" className="btn sm quiet" onClick={close}>
          Close
        </button>
      )}
      <div id={about} role="status" className={styles.said} data-testid="clinical-check">
        {text.trim() === "" ? (
          <p className="q3">
            Plainly, such as “discharge after admission” or “if pregnant then female”, or in the rule language
            over columns and quantities: {"{Diastolic pressure} < {Systolic pressure}"}.
          </p>
        ) : fresh === undefined ? (
          <p className="q3">Reading…</p>
        ) : (
          <Said check={fresh} />
        )}
      </div>
    </div>
  );
}

/** The rule over the columns of this table, and what there is to say of it. */
function Said({ check: { written, said } }: { check: ClinicalCheck }) {
  return (
    <>
      {written.map((text) => (
        <p key={text} className="m">
          {text}
        </p>
      ))}
      {said.map(({ mark, text }) => (
        <p key={text} data-mark={mark}>
          <Icon name={mark === "ok" ? "check" : mark === "bad" ? "stop" : "note"} />
          <span>{text}</span>
        </p>
      ))}
    </>
  );
}
