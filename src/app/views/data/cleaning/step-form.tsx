import { useEffect, useId, useRef, useState } from "react";
import type { CleaningStep } from "../../../../core/table/cleaning-step.ts";
import type { ColumnProfile } from "../../../../core/table/profile.ts";
import type { TableView } from "../../../../worker/protocol.ts";
import { count } from "../../../../core/words/numbers.ts";
import { applyPreviewed, previewStep } from "../../../state/cleaning/cleaning.ts";
import type { Making } from "../../../state/cleaning/cleaning-state.ts";
import { Choice } from "../../../parts/choice.tsx";
import { isAsked, stepForms, type Field, type Values } from "./step-fields.ts";
import styles from "./cleaning.module.css";

/** A step is asked of the table once nobody has typed for so long. */
const STILL_MS = 300;

interface StepFormProps {
  readonly making: Making;
  readonly column: ColumnProfile | undefined;
  readonly table: TableView;
}

/** A step by hand: its fields; what it would do is shown below while they are filled in. */
export function StepForm({ making, column, table }: StepFormProps) {
  return making.kind === "merge" ? (
    <MergeForm column={column} />
  ) : (
    <FieldsForm kind={making.kind} of={making.column} column={column} table={table} />
  );
}

/** Asks for the preview of the step, once it has stood still. */
function usePreviewOf(step: CleaningStep | undefined): void {
  const key = step === undefined ? undefined : JSON.stringify(step);
  useEffect(() => {
    if (key === undefined) return undefined;
    const timer = setTimeout(() => previewStep(JSON.parse(key) as CleaningStep, "person"), STILL_MS);
    return () => clearTimeout(timer);
  }, [key]);
}

interface FieldsFormProps {
  readonly kind: Exclude<Making["kind"], "merge">;
  /** the column's name, "" for none */
  readonly of: string;
  readonly column: ColumnProfile | undefined;
  readonly table: TableView;
}

function FieldsForm({ kind, of, column, table }: FieldsFormProps) {
  const form = stepForms[kind];
  const fields = form.fields(column, table);
  const [typed, setTyped] = useState<Values>({});
  const values: Values = Object.fromEntries(fields.map(({ id, value }) => [id, typed[id] ?? value]));
  usePreviewOf(form.step(of, values));
  const first = useRef<HTMLDivElement>(null);
  useEffect(() => first.current?.querySelector<HTMLElement>("input, select")?.focus(), []);
  return (
    <form className={styles.form} onSubmit={apply}>
      <div ref={first} className={styles.fields}>
        {fields
          .filter((field) => isAsked(field, values))
          .map((field) => (
            <FieldInput
              key={field.id}
              field={field}
              value={values[field.id] ?? ""}
              set={(value) => setTyped((before) => ({ ...before, [field.id]: value }))}
            />
          ))}
      </div>
      <p className="q s13">{form.about}</p>
      <button type="submit" className="vh" tabIndex={-1}>
        Apply
      </button>
    </form>
  );
}

const apply = (event: React.FormEvent): void => {
  event.preventDefault();
  applyPreviewed();
};

interface FieldInputProps {
  readonly field: Field;
  readonly value: string;
  readonly set: (value: string) => void;
}

function FieldInput({ field, value, set }: FieldInputProps) {
  const id = useId();
  if (field.type === "choice")
    return (
      <span className={styles.field}>
        <span aria-hidden="true">{field.label}</span>
        <Choice label={field.label} value={value} options={field.options ?? []} onChange={set} />
      </span>
    );
  return (
    <span className={styles.field} data-wide={field.type === "code" || undefined}>
      <label htmlFor={id}>{field.label}</label>
      <input
        id={id}
        className={`inp number${field.type === "code" ? " m" : ""}`}
        type="text"
        inputMode={field.type === "number" ? "decimal" : "text"}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        placeholder={field.placeholder}
        value={value}
        onChange={(event) => set(event.currentTarget.value)}
      />
    </span>
  );
}

/** Levels that are ticked become one, or missing. */
function MergeForm({ column }: { column: ColumnProfile | undefined }) {
  const [ticked, setTicked] = useState<readonly string[]>([]);
  const [typed, setTyped] = useState<string | undefined>();
  const [missing, setMissing] = useState(false);
  const id = useId();
  const levels = column?.levels ?? [];
  const frequent = levels.reduce<{ text: string; cells: number } | undefined>(
    (best, level) =>
      ticked.includes(level.text) && (best === undefined || level.cells > best.cells) ? level : best,
    undefined,
  );
  const to = missing ? null : (typed ?? frequent?.text ?? "");
  const from = ticked.filter((text) => text !== to);
  const complete = column !== undefined && from.length > 0 && to !== "";
  usePreviewOf(complete ? { step: "merge", column: column.schema.name, from, to } : undefined);
  return (
    <form className={styles.form} onSubmit={apply}>
      <fieldset className={styles.levels}>
        <legend>Levels that mean the same</legend>
        <div>
          {levels.map(({ text, cells }) => (
            <label key={text}>
              <input
                type="checkbox"
                checked={ticked.includes(text)}
                onChange={(event) =>
                  setTicked(
                    event.currentTarget.checked ? [...ticked, text] : ticked.filter((one) => one !== text),
                  )
                }
              />
              <span className="m">{text}</span>
              <span className="q3 s">{count(cells)}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <div className={styles.fields}>
        <span className={styles.field}>
          <label htmlFor={id}>become</label>
          <input
            id={id}
            className="inp number"
            autoComplete="off"
            spellCheck={false}
            disabled={missing}
            value={missing ? "missing" : (to ?? "")}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        </span>
        <label className={styles.tick}>
          <input
            type="checkbox"
            checked={missing}
            onChange={(event) => setMissing(event.currentTarget.checked)}
          />
          or missing
        </label>
      </div>
      <button type="submit" className="vh" tabIndex={-1}>
        Apply
      </button>
    </form>
  );
}
