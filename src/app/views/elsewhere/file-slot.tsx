import { useDropHere } from "../../parts/use-drop-here.ts";
import { useId, useRef } from "react";
import { describeFault, type Fault } from "../../../core/fault.ts";
import type { ElsewhereFile, ElsewhereSlot } from "../../../worker/protocol.ts";
import {
  cancelElsewhereReading,
  chooseElsewhere,
  chooseElsewhereAgain,
  emptyElsewhere,
} from "../../state/elsewhere.ts";
import type { ElsewhereReading } from "../../state/lab-state.ts";
import { useLab } from "../../state/use-lab.ts";
import { count, percent, plural } from "../../../core/words/numbers.ts";
import { encodingRepairs, repairsOf } from "../../parts/repairs.ts";
import { Icon } from "../../parts/icon.tsx";
import { tableEndings } from "../../parts/table-endings.ts";
import styles from "./elsewhere.module.css";

interface FileSlotProps {
  readonly slot: ElsewhereSlot;
  readonly title: string;
  readonly about: string;
  readonly optional?: boolean;
  /** what can be done in place of opening a file */
  readonly offer?: React.ReactNode;
}

/** One of the three tables: a place to drop it, how it was read, what is wrong with it. */
export function FileSlot({ slot, title, about, optional = false, offer }: FileSlotProps) {
  const file = useLab((state) => state.elsewhere.look[slot]);
  const reading = useLab((state) => state.elsewhere.readings[slot]);
  const { over, ...drop } = useDropHere((file) => chooseElsewhere(slot, file, file.name));
  const heading = useId();
  const underWay = reading !== undefined && reading.fault === undefined;
  const wrong = reading?.fault ?? (file && "fault" in file ? file.fault : undefined);
  return (
    <section
      className={`card ${styles.slot}`}
      aria-labelledby={heading}
      aria-busy={underWay}
      data-over={over || undefined}
      data-filled={file !== undefined || undefined}
      data-testid={`elsewhere-${slot}-slot`}
      {...drop}
    >
      <h2 id={heading}>
        {title}
        {optional && <span className="q s13"> optional</span>}
      </h2>
      <div aria-live="polite">
        {underWay ? (
          <Reading slot={slot} reading={reading} />
        ) : file === undefined ? (
          <p className="s13 q">{about}</p>
        ) : (
          <Chosen file={file} />
        )}
      </div>
      {wrong !== undefined && (
        <Wrong slot={slot} fault={wrong} {...(reading?.fault && { name: reading.name, stays: file?.name })} />
      )}
      {!underWay && (
        <>
          {file === undefined && offer}
          <div className={styles.doors}>
            <OpenHere slot={slot} title={title} filled={file !== undefined} />
            {file !== undefined && (
              <button
                type="button"
                className="btn sm quiet"
                aria-label={`Remove ${file.name}`}
                onClick={() => emptyElsewhere(slot)}
              >
                Remove
              </button>
            )}
            {file === undefined && <span className="s13 q">or drop it here</span>}
          </div>
        </>
      )}
    </section>
  );
}

function OpenHere({ slot, title, filled }: { slot: ElsewhereSlot; title: string; filled: boolean }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        className="vh"
        type="file"
        accept={tableEndings}
        tabIndex={-1}
        aria-label={`${title}: open a file`}
        data-testid={`elsewhere-${slot}`}
        onChange={(event) => {
          const { currentTarget } = event;
          const file = currentTarget.files?.[0];
          if (file !== undefined) chooseElsewhere(slot, file, file.name);
          currentTarget.value = "";
        }}
      />
      <button
        type="button"
        className={filled ? "btn sm" : "btn"}
        aria-label={`${title}: open ${filled ? "another" : "a file"}`}
        onClick={() => input.current?.click()}
      >
        <Icon name="file" />
        {filled ? "Open another" : "Open a file"}
      </button>
    </>
  );
}

function Reading({ slot, reading }: { slot: ElsewhereSlot; reading: ElsewhereReading }) {
  return (
    <div className={styles.reading}>
      <p className={`s13 ${styles.name}`}>Reading {reading.name}</p>
      <div
        className="bar"
        role="progressbar"
        aria-label={`Reading ${reading.name}`}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(100 * reading.fraction)}
      >
        <i style={{ width: percent(reading.fraction) }} />
      </div>
      <button type="button" className="btn sm" onClick={() => cancelElsewhereReading(slot)}>
        Cancel
      </button>
    </div>
  );
}

/** The file and, before anything is measured, how it was matched with the real one. */
function Chosen({ file }: { file: ElsewhereFile }) {
  return (
    <>
      <p className={styles.name}>
        <b>{file.name}</b>
      </p>
      <p className="s13 q">
        {file.patients !== undefined && `${plural(file.patients, "patient")}, `}
        {plural(file.rows, "row")}, {count(file.columns)} columns
      </p>
      {file.notes.length > 0 && (
        <ul className={styles.notes}>
          {file.notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
    </>
  );
}

interface WrongProps {
  readonly slot: ElsewhereSlot;
  readonly fault: Fault;
  readonly name?: string;
  readonly stays?: string | undefined;
}

function Wrong({ slot, fault, name, stays }: WrongProps) {
  const repairs = fault.code === "encoding-unclear" ? encodingRepairs(fault) : repairsOf(fault);
  const { title, detail, remedy } = describeFault(fault);
  const said = name !== undefined && !title.includes(name) ? `${name}: ` : "";
  return (
    <div className={styles.wrong} role="alert">
      <Icon name="stop" />
      <p>
        <b>
          {said}
          {title}
        </b>{" "}
        {detail} {remedy}
        {stays !== undefined && ` ${stays} is still chosen.`}
        {repairs.map(({ label, repair }) => (
          <button
            key={label}
            type="button"
            className="btn sm"
            onClick={() => chooseElsewhereAgain(slot, repair)}
          >
            {label}
          </button>
        ))}
      </p>
    </div>
  );
}
