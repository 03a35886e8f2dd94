import { useEffect, useId, useRef, useState } from "react";
import type { PublicColumn } from "../../../../core/private/public/public-facts.ts";
import type { ColumnProfile } from "../../../../core/table/profile.ts";
import type { ColumnSchema } from "../../../../core/table/table.ts";
import { rangeTexts, readLevels, readRange } from "../../../state/guarantee/declarations.ts";
import { declareColumn } from "../../../state/guarantee/guarantee.ts";
import { useLab } from "../../../state/use-lab.ts";
import { useEscape } from "../../../parts/use-escape.ts";
import styles from "./guarantee.module.css";

interface FormProps {
  readonly column: string;
  /** "Range of age" */
  readonly what: string;
  readonly close: () => void;
}

const numeric = ({ kind }: ColumnSchema): boolean =>
  kind === "integer" || kind === "decimal" || kind === "datetime";

/** Declares a range or levels in place; nothing in it is filled in from the table unasked. */
export function DeclareForm({ column, what, close }: FormProps) {
  const profile = useLab(({ table }) => table?.columns.find(({ schema }) => schema.name === column));
  const known = useLab(
    ({ guarantee }) =>
      guarantee.declared.columns.find(({ name }) => name === column) ??
      guarantee.offer?.facts.columns.find(({ name }) => name === column),
  );
  const form = useRef<HTMLFormElement>(null);
  useEscape(close);
  useEffect(() => form.current?.querySelector<HTMLElement>("input, textarea")?.focus(), []);
  if (profile === undefined) return null;
  const Fields = numeric(profile.schema) ? RangeForm : LevelsForm;
  return (
    <Fields
      form={form}
      profile={profile}
      known={known}
      what={what}
      close={close}
      done={(declared) => {
        declareColumn(declared);
        close();
      }}
    />
  );
}

interface FieldsProps {
  readonly form: React.RefObject<HTMLFormElement | null>;
  readonly profile: ColumnProfile;
  readonly known: PublicColumn | undefined;
  readonly what: string;
  readonly close: () => void;
  readonly done: (declared: PublicColumn) => void;
}

/** Whether no cell is ever missing, as a person knows it of the form. */
function Never({ on, set }: { on: boolean; set: (on: boolean) => void }) {
  return (
    <label className={styles.tick}>
      <input type="checkbox" checked={on} onChange={(event) => set(event.currentTarget.checked)} />
      <span>It is never missing: everybody who knows the form knows that it must be filled in.</span>
    </label>
  );
}

const neverMissing = (known: PublicColumn | undefined): boolean => known?.missing === false;

/** What is said of missing cells: only where it was or is said. */
const missingOf = (never: boolean, known: PublicColumn | undefined): Pick<PublicColumn, "missing"> =>
  never ? { missing: false } : neverMissing(known) ? { missing: true } : {};

function RangeForm({ form, profile, known, what, close, done }: FieldsProps) {
  const { name, kind, unit } = profile.schema;
  const of = kind === "datetime" ? "date" : "number";
  const [before, after] = rangeTexts(known?.range, of);
  const [from, setFrom] = useState(before);
  const [to, setTo] = useState(after);
  const [never, setNever] = useState(neverMissing(known));
  const [tried, setTried] = useState(false);
  const why = useId();
  const answer = readRange(from, to, of);
  const wrong = tried && "wrong" in answer ? answer.wrong : undefined;
  const type = of === "date" ? "date" : "text";
  return (
    <form
      ref={form}
      className={styles.form}
      noValidate
      aria-label={what}
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if ("wrong" in answer) return form.current?.querySelector("input")?.focus();
        done({ name, range: { ...answer.value, why: "declared" }, ...missingOf(never, known) });
      }}
    >
      <p className="s13 q">
        What anybody would expect of such a column, from a textbook or the form. Not what stands in this
        table: values beyond it are moved to its ends.
      </p>
      <div className={styles.ends}>
        <End label="From" {...{ type, unit, value: from, set: setFrom, wrong: wrong !== undefined, why }} />
        <End label="To" {...{ type, unit, value: to, set: setTo, wrong: wrong !== undefined, why }} />
      </div>
      <p id={why} className={styles.wrong} role="alert">
        {wrong}
      </p>
      <Never on={never} set={setNever} />
      <Acts close={close} />
    </form>
  );
}

interface EndProps {
  readonly label: string;
  readonly type: "text" | "date";
  readonly unit: string | undefined;
  readonly value: string;
  readonly set: (value: string) => void;
  readonly wrong: boolean;
  /** the id of what is said of it */
  readonly why: string;
}

function End({ label, type, unit, value, set, wrong, why }: EndProps) {
  return (
    <label>
      {unit === undefined ? label : `${label}, ${unit}`}
      <input
        className="inp"
        type={type}
        inputMode={type === "text" ? "decimal" : undefined}
        autoComplete="off"
        value={value}
        aria-invalid={wrong}
        aria-describedby={why}
        onChange={(event) => set(event.currentTarget.value)}
      />
    </label>
  );
}

function LevelsForm({ form, profile, known, what, close, done }: FieldsProps) {
  const { name } = profile.schema;
  const seen = profile.levels ?? [];
  const [text, setText] = useState((known?.levels?.values ?? []).join("\n"));
  const [taken, setTaken] = useState(false);
  const [said, setSaid] = useState(false);
  const [never, setNever] = useState(neverMissing(known));
  const [tried, setTried] = useState(false);
  const [list, why] = [useId(), useId()];
  const answer = readLevels(text);
  const fault =
    "wrong" in answer
      ? answer.wrong
      : taken && !said
        ? "The levels were read from your table: say that they are known without it, or type your own."
        : undefined;
  const wrong = tried ? fault : undefined;
  return (
    <form
      ref={form}
      className={styles.form}
      noValidate
      aria-label={what}
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if ("wrong" in answer || fault !== undefined) return;
        done({ name, levels: { values: answer.value, why: "declared" }, ...missingOf(never, known) });
      }}
    >
      <label htmlFor={list} className="s13 q">
        Levels as the form or the code list has them, one a line. A cell with another level counts as missing.
      </label>
      <textarea
        id={list}
        value={text}
        spellCheck={false}
        aria-invalid={wrong !== undefined}
        aria-describedby={why}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {seen.length > 0 && !taken && (
        <p className="s13 q">
          <button
            type="button"
            className="link"
            onClick={() => {
              setText(seen.map((level) => level.text).join("\n"));
              setTaken(true);
            }}
          >
            Fill in the {seen.length} that stand in this table
          </button>
          , and say below that they are known without it.
        </p>
      )}
      {taken && (
        <label className={styles.tick}>
          <input type="checkbox" checked={said} onChange={(event) => setSaid(event.currentTarget.checked)} />
          <span>
            I have read the list: everybody who knows the form or the code list knows each of these levels,
            whoever is in the table.
          </span>
        </label>
      )}
      <p id={why} className={styles.wrong} role="alert">
        {wrong}
      </p>
      <Never on={never} set={setNever} />
      <Acts close={close} />
    </form>
  );
}

function Acts({ close }: { close: () => void }) {
  return (
    <div className={styles.acts}>
      <button type="submit" className="btn sm">
        Declare
      </button>
      <button type="button" className="btn quiet sm" onClick={close}>
        Cancel
      </button>
    </div>
  );
}
