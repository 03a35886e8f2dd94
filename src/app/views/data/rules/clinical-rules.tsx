import { useState } from "react";
import { describeFault } from "../../../../core/fault.ts";
import { count, plural } from "../../../../core/words/numbers.ts";
import { JsonDoor } from "../../../parts/json-door.tsx";
import { Icon } from "../../../parts/icon.tsx";
import {
  askClinical,
  dismissClinicalFile,
  openClinical,
  redoClinical,
  saveClinical,
  undoClinical,
  type ClinicalLine,
} from "../../../state/rules/clinical.ts";
import { useLab } from "../../../state/use-lab.ts";
import { UndoButtons } from "../undo-buttons.tsx";
import { ClinicalEditor } from "./clinical-editor.tsx";
import { ClinicalRow } from "./clinical-row.tsx";
import styles from "./clinical.module.css";

/** What no patient can have, or hardly any: the rules that fit this table, with their counts, and a person's own. */
export function ClinicalRules() {
  const clinical = useLab((state) => state.clinical);
  const [editing, setEditing] = useState<string | undefined>();
  const { list, fault } = clinical;
  const line = list?.lines.find(({ id }) => id === editing);
  const edit = (one: ClinicalLine): void => setEditing(one.id === editing ? undefined : one.id);
  return (
    <section
      className={`card tbl ${styles.clinical}`}
      aria-label="Clinical rules"
      aria-busy={clinical.job !== undefined}
    >
      <header className={styles.head}>
        <h2>Clinical rules</h2>
        <p className="q s13">
          What a patient can have. They are counted in real and synthetic rows when a run is evaluated;
          nothing is changed by them. A hard one can be made a constraint, which every synthetic row is then
          held to.
        </p>
      </header>
      <ClinicalEditor key={line?.id ?? "new"} {...(line && { line })} close={() => setEditing(undefined)} />
      {list === undefined ? (
        <p className="wait" role="status">
          {fault === undefined ? "Counting…" : `${Object.values(describeFault(fault)).join(" ")} `}
          {fault !== undefined && (
            <button type="button" className="link" onClick={askClinical}>
              Count again
            </button>
          )}
        </p>
      ) : (
        <Groups lines={list.lines} opened={editing} edit={edit} />
      )}
      {list !== undefined && (
        <div className={styles.foot}>
          {list.notes.map((note) => (
            <p key={note} className="q s13">
              {note}
            </p>
          ))}
          <p className="q s13">
            {plural(list.others, "more rule")} {list.others === 1 ? "asks" : "ask"} about what this table does
            not have, or has in too few rows.
          </p>
        </div>
      )}
      <Files />
    </section>
  );
}

interface GroupsProps {
  readonly lines: readonly ClinicalLine[];
  readonly opened: string | undefined;
  readonly edit: (line: ClinicalLine) => void;
}

function Groups({ lines, opened, edit }: GroupsProps) {
  const of = (title: string, about: string, shown: readonly ClinicalLine[]) =>
    shown.length === 0 ? null : (
      <Group key={title} title={title} about={about} lines={shown} opened={opened} edit={edit} />
    );
  return (
    <>
      {of(
        "Do these hold here?",
        "more than 5% of the real rows break them, so they are not counted until you say so",
        lines.filter(({ state }) => state === "asked"),
      )}
      {of(
        "Your clinical rules",
        "",
        lines.filter(({ state, by }) => state !== "asked" && by === "person"),
      )}
      {of(
        "Built in",
        "those that fit this table’s columns",
        lines.filter(({ state, by }) => state !== "asked" && by === "built-in"),
      )}
      {lines.length === 0 && (
        <p className="wait">No built-in rule fits this table’s columns. You can write one above.</p>
      )}
    </>
  );
}

/** So many are drawn at first. */
const AT_FIRST = 30;

function Group({ title, about, lines, opened, edit }: GroupsProps & { title: string; about: string }) {
  const [whole, setWhole] = useState(false);
  const shown = whole ? lines : lines.filter(({ id }, i) => i < AT_FIRST || id === opened);
  return (
    <section className={styles.group} aria-label={title}>
      <header>
        <h3>{title}</h3>
        <span className="q">
          {count(lines.length)}
          {about !== "" && `, ${about}`}
        </span>
      </header>
      <ul className={styles.list}>
        {shown.map((line) => (
          <ClinicalRow key={`${line.id} ${line.text}`} line={line} open={opened === line.id} edit={edit} />
        ))}
      </ul>
      {shown.length < lines.length && (
        <p className="hint under">
          <button type="button" className="link" onClick={() => setWhole(true)}>
            Show all {count(lines.length)}
          </button>
        </p>
      )}
    </section>
  );
}

function Files() {
  const { past, future } = useLab((state) => state.clinical.history);
  const file = useLab((state) => state.clinical.file);
  return (
    <div className={styles.files}>
      <UndoButtons
        {...(past.length > 0 && { undo: "the last change to the clinical rules" })}
        {...(future.length > 0 && { redo: "the change to the clinical rules" })}
        onUndo={undoClinical}
        onRedo={redoClinical}
        status=""
        keyless
      />
      <button type="button" className="link" data-testid="save-clinical" onClick={() => void saveClinical()}>
        Save clinical rules (JSON)
      </button>
      <JsonDoor
        words="Use saved clinical rules"
        label="Open saved clinical rules"
        testId="open-clinical"
        className="link"
        take={(chosen) => void openClinical(chosen)}
      />
      {file?.fault !== undefined && (
        <div className={styles.wrong} role="alert">
          <p>
            <Icon name="stop" /> {Object.values(describeFault(file.fault)).join(" ")} The clinical rules are
            as they were.
          </p>
          <button type="button" className="link s13" onClick={dismissClinicalFile}>
            Close
          </button>
        </div>
      )}
    </div>
  );
}
