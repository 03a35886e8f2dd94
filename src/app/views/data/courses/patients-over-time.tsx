import type { CoursePart } from "../../../../core/table/table.ts";
import type { SchemaChange } from "../../../../core/table/profile.ts";
import type { TableView } from "../../../../worker/protocol.ts";
import { plural } from "../../../../core/words/numbers.ts";
import { revise, reviseAll } from "../../../state/schema-changes.ts";
import { Choice } from "../../../parts/choice.tsx";
import { Icon } from "../../../parts/icon.tsx";
import styles from "./courses.module.css";

type Courses = NonNullable<TableView["courses"]>;

/** What goes on over time: whose visits, when they were, what is kept of them, and what is not clear. */
export function PatientsOverTime({ table }: { table: TableView }) {
  const { courses } = table;
  if (courses === undefined) return null;
  const { patients, visits, patient, time, facts, troubles } = courses;
  return (
    <section data-testid="patients-over-time" aria-labelledby="courses-heading">
      <h2 id="courses-heading" className={styles.heading}>
        Patients over time
        <small>
          {plural(patients, "patient")} with {plural(visits, time === undefined ? "row" : "visit")}
        </small>
      </h2>
      {time === undefined && (
        <p className="q s13">No column says when a visit was, so rows are learned one by one.</p>
      )}
      <dl className={styles.parts}>
        <dt>Patient</dt>
        <dd>
          <b>{patient}</b>
        </dd>
        <Part part="time" label="Time" courses={courses} />
        {time !== undefined && <Part part="end" label="End of follow-up" courses={courses} />}
      </dl>
      {facts.length > 0 && (
        <ul className={styles.facts}>
          {facts.map((fact) => (
            <li key={fact}>{fact}</li>
          ))}
        </ul>
      )}
      {troubles.map((trouble) => (
        <Trouble key={trouble.words} {...trouble} />
      ))}
    </section>
  );
}

interface PartProps {
  readonly part: CoursePart;
  readonly label: string;
  readonly courses: Courses;
}

function Part({ part, label, courses }: PartProps) {
  const { [part]: chosen, times, ends } = courses;
  const names = part === "time" ? times : ends;
  const all = chosen === undefined || names.includes(chosen.column) ? names : [chosen.column, ...names];
  return (
    <>
      <dt>{label}</dt>
      <dd>
        <Choice
          label={`${label}: column`}
          value={chosen === undefined ? "none" : `column ${chosen.column}`}
          options={[
            ...all.map((name) => ({ value: `column ${name}`, label: name })),
            { value: "none", label: "None" },
          ]}
          onChange={(value) => choose(part, chosen?.column, value)}
        />
        {chosen !== undefined && <small>{sentence(chosen.why)}</small>}
      </dd>
    </>
  );
}

function choose(part: CoursePart, before: string | undefined, value: string): void {
  const none = value === "none";
  if (none && before === undefined) return;
  const column = none ? (before as string) : value.slice("column ".length);
  revise({ type: "course", column, course: none ? null : part });
}

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function Trouble({ level, words, ways }: Courses["troubles"][number]) {
  return (
    <div className="w" role="note">
      <Icon name={level === "check" ? "triangle" : "note"} className={level} />
      <p>{words}</p>
      {ways.map(({ label, changes }) => (
        <Way key={label} label={label} changes={changes} />
      ))}
    </div>
  );
}

const Way = ({ label, changes }: { readonly label: string; readonly changes: readonly SchemaChange[] }) => (
  <div className="offer">
    <button type="button" className="link s13" onClick={() => reviseAll(changes)}>
      {label}
    </button>
  </div>
);
