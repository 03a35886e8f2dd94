import { JsonDoor } from "../../../parts/json-door.tsx";
import { describeFault } from "../../../../core/fault.ts";
import type { TableView } from "../../../../worker/protocol.ts";
import { count, plural } from "../../../../core/words/numbers.ts";
import { dismissStepsFile, saveSteps, takeSavedSteps } from "../../../state/cleaning/cleaning.ts";
import type { CleaningState } from "../../../state/cleaning/cleaning-state.ts";
import { undoAt } from "../../../state/schema-changes.ts";
import { useLab } from "../../../state/use-lab.ts";
import { Icon } from "../../../parts/icon.tsx";
import { changeWords } from "./step-words.ts";
import styles from "./cleaning.module.css";

/** Every change to the table, each with its count and a way back; saved and used again. */
export function StepsDone({ table }: { table: TableView }) {
  const { past } = useLab((state) => state.history);
  const busy = useLab((state) => state.revising !== undefined);
  const file = useLab((state) => state.cleaning.file);
  const done = table.changes?.length === past.length ? table.done : undefined;
  return (
    <section aria-label="Steps done" data-testid="steps-done" aria-busy={busy}>
      <h2 className={styles.heading}>
        Steps done
        <small>{past.length === 0 ? "none" : count(past.length)}</small>
      </h2>
      <ol className={styles.done}>
        {past.map((change, i) => {
          const step = done?.[i];
          const text = step?.text ?? changeWords(change);
          return (
            <li key={i}>
              <span className={styles.number}>{i + 1}</span>
              <span>{text}</span>
              <span className={styles.count}>
                {step?.cells !== undefined && step.cells > 0 && plural(step.cells, "cell")}
                {step?.rows !== undefined && step.rows > 0 && ` ${plural(step.rows, "row")}`}
              </span>
              <button
                type="button"
                className="link s13"
                aria-label={`Undo step ${i + 1}: ${text}`}
                disabled={busy}
                onClick={() => undoAt(i)}
              >
                Undo
              </button>
            </li>
          );
        })}
      </ol>
      <div className={styles.foot}>
        <button
          type="button"
          className="link s13"
          data-testid="save-steps"
          disabled={past.length === 0}
          onClick={() => void saveSteps().catch(() => undefined)}
        >
          Save steps
        </button>
        <JsonDoor
          words="Use saved steps"
          label="Open saved steps"
          testId="open-steps"
          className="link s13"
          take={(file) => void takeSavedSteps(file)}
        />
        <span className="grow" />
        {past.length > 0 && (
          <span className="q3 s">
            Undo <kbd className="chip">Ctrl Z</kbd>
          </span>
        )}
      </div>
      {file !== undefined && <OfFile file={file} />}
    </section>
  );
}

/** Why a file of steps cannot be used, or which of its steps do not fit this table. */
function OfFile({ file }: { file: NonNullable<CleaningState["file"]> }) {
  const { fault, unfit, done = 0 } = file;
  if (fault === undefined && unfit === undefined) return null;
  return (
    <div className={styles.ofFile} role={fault === undefined ? "status" : "alert"}>
      {fault !== undefined ? (
        <p>
          <Icon name="stop" /> {Object.values(describeFault(fault)).join(" ")} The table is as it was.
        </p>
      ) : (
        <p>
          {plural(done, "step")} of the file {done === 1 ? "was" : "were"} done
          {unfit?.length === 0 ? "." : `; ${plural(unfit?.length ?? 0, "step")} did not fit this table:`}
        </p>
      )}
      {unfit !== undefined && unfit.length > 0 && (
        <ul>
          {unfit.map(({ text, reason }, i) => (
            <li key={i}>
              <b>{text}</b> {reason}
            </li>
          ))}
        </ul>
      )}
      <button type="button" className="link s13" onClick={dismissStepsFile}>
        Close
      </button>
    </div>
  );
}
