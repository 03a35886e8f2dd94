import { useDropHere } from "../../parts/use-drop-here.ts";
import { useId, useRef, useState } from "react";
import { describeFault } from "../../../core/fault.ts";
import { count, plural } from "../../../core/words/numbers.ts";
import { Icon } from "../../parts/icon.tsx";
import { tableEndings } from "../../parts/table-endings.ts";
import { cancelAsked, closeSecond, openSecond, openSecondCohort } from "../../state/studies/studies.ts";
import { useLab } from "../../state/use-lab.ts";
import { SecondMatches } from "./second-matches.tsx";
import styles from "./studies.module.css";

const ABOUT = {
  hospitals:
    "Another hospital’s table, so that a model learned here is tested there. It is read by this tab and goes nowhere else.",
  transfer:
    "The table to learn from first: another hospital’s, or a simulated cohort. It is read by this tab and goes nowhere else.",
} as const;

interface SecondTableProps {
  readonly study: keyof typeof ABOUT;
  /** the person said which columns are the same */
  readonly onConfirm: () => void;
}

/** The table beside the open one: opened, and its columns matched with those of the open table. */
export function SecondTable({ study, onConfirm }: SecondTableProps) {
  const second = useLab(({ studies }) => studies.second);
  const fault = useLab(({ studies }) => studies.faults.second);
  const reading = useLab(({ studies }) => studies.asked.second !== undefined);
  const { over, ...drop } = useDropHere(openSecond);
  const heading = useId();
  const words = fault && describeFault(fault);
  return (
    <section
      className={`card ${styles.section}`}
      aria-labelledby={heading}
      aria-busy={reading}
      data-over={over || undefined}
      {...drop}
    >
      <header>
        <h2 id={heading}>A second table</h2>
        {second !== undefined && (
          <p>
            {second.facts.name}, {plural(second.facts.rows, "row")}, {count(second.facts.columns.length)}{" "}
            columns
          </p>
        )}
      </header>
      {second === undefined && <p className="s13 q">{ABOUT[study]}</p>}
      {words !== undefined && (
        <div className={styles.standing} role="alert">
          <Icon name="stop" />
          <p>
            <b>{words.title}</b> {words.detail} {words.remedy}
          </p>
        </div>
      )}
      {second !== undefined && <SecondMatches key={second.id} facts={second.facts} onConfirm={onConfirm} />}
      <Doors filled={second !== undefined} reading={reading} />
    </section>
  );
}

interface DoorsProps {
  readonly filled: boolean;
  readonly reading: boolean;
}

function Doors({ filled, reading }: DoorsProps) {
  const input = useRef<HTMLInputElement>(null);
  const cohorts = useLab((state) => state.cohorts);
  // Beside a simulated table other patients are needed than its own.
  const seed = useLab(({ table }) => (table?.simulated === true ? 2 : 1));
  const [cohort, setCohort] = useState<string>();
  const chosen = cohort ?? cohorts[0]?.id;
  if (reading)
    return (
      <div className={styles.doors} role="status">
        <span className="q">Reading…</span>
        <button type="button" className="btn sm" onClick={() => cancelAsked("second")}>
          Cancel
        </button>
      </div>
    );
  return (
    <div className={styles.doors}>
      <input
        ref={input}
        className="vh"
        type="file"
        accept={tableEndings}
        tabIndex={-1}
        aria-label="Second table: open a file"
        data-testid="open-second"
        onChange={(event) => {
          const { currentTarget } = event;
          const file = currentTarget.files?.[0];
          if (file !== undefined) openSecond(file);
          currentTarget.value = "";
        }}
      />
      <button type="button" className="btn sm" onClick={() => input.current?.click()}>
        <Icon name="file" />
        {filled ? "Open another" : "Open a file"}
      </button>
      {chosen !== undefined && (
        <span className={styles.cohort}>
          <span className="q">or a simulated cohort</span>
          <select
            className="sel"
            aria-label="Simulated cohort"
            value={chosen}
            onChange={(event) => setCohort(event.currentTarget.value)}
          >
            {cohorts.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
          <button
            type="button"
            className="btn sm"
            data-testid="second-cohort"
            onClick={() => openSecondCohort(chosen, seed)}
          >
            Simulate
          </button>
        </span>
      )}
      {filled && (
        <button type="button" className="btn sm quiet" onClick={closeSecond}>
          Remove
        </button>
      )}
    </div>
  );
}
