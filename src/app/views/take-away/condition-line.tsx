import { useId, useState } from "react";
import type { ConditionField } from "../../../worker/protocol.ts";
import { Choice } from "../../parts/choice.tsx";
import { Icon } from "../../parts/icon.tsx";
import { dayOf, momentOf, type Draft, type Empty } from "../../state/conditions.ts";
import styles from "./conditions.module.css";

interface LineProps {
  readonly draft: Draft;
  readonly field: ConditionField | undefined;
  readonly change: (draft: Draft) => void;
  readonly remove: () => void;
}

const emptyWords: readonly { value: Empty; label: string }[] = [
  { value: "no", label: "not empty" },
  { value: "also", label: "or empty" },
  { value: "only", label: "only empty" },
];

/** One column and what its cells must be. */
export function ConditionLine({ draft, field, change, remove }: LineProps) {
  const { column, empty } = draft;
  return (
    <div className={styles.line} role="group" aria-label={`Condition on ${column}`}>
      <b className={styles.column}>{column}</b>
      {empty !== "only" && field?.type === "levels" && (
        <Levels draft={draft} levels={field.levels} change={change} />
      )}
      {empty !== "only" && field?.type === "range" && <Range draft={draft} field={field} change={change} />}
      <Choice
        label={`Empty cells of ${column}`}
        value={empty}
        options={emptyWords}
        onChange={(value) => change({ ...draft, empty: value })}
      />
      <button
        type="button"
        className="btn quiet sm icon"
        aria-label={`Remove the condition on ${column}`}
        title="Remove"
        onClick={remove}
      >
        <Icon name="close" />
      </button>
    </div>
  );
}

interface LevelsProps {
  readonly draft: Draft;
  readonly levels: readonly string[];
  readonly change: (draft: Draft) => void;
}

function Levels({ draft, levels, change }: LevelsProps) {
  const open = levels.filter((level) => !draft.levels.includes(level));
  return (
    <>
      {draft.levels.map((level) => (
        <button
          key={level}
          type="button"
          className={`btn sm ${styles.chip}`}
          aria-label={`${draft.column} ${level}: remove`}
          onClick={() => change({ ...draft, levels: draft.levels.filter((other) => other !== level) })}
        >
          {level}
          <Icon name="close" />
        </button>
      ))}
      {open.length > 0 && (
        <Choice
          label={`Levels of ${draft.column}`}
          value=""
          options={[
            { value: "", label: draft.levels.length === 0 ? "any level" : "or…" },
            ...open.map((level) => ({ value: level, label: level })),
          ]}
          onChange={(level) => change({ ...draft, levels: [...draft.levels, level] })}
        />
      )}
    </>
  );
}

type RangeField = Extract<ConditionField, { type: "range" }>;

interface RangeProps {
  readonly draft: Draft;
  readonly field: RangeField;
  readonly change: (draft: Draft) => void;
}

function Range({ draft, field, change }: RangeProps) {
  const set = (end: "from" | "to", value: number | undefined): void => {
    const { [end]: _before, ...others } = draft;
    change({ ...others, ...(value === undefined ? {} : { [end]: value }) });
  };
  return (
    <>
      <Bound end="from" draft={draft} field={field} set={(value) => set("from", value)} />
      <Bound end="to" draft={draft} field={field} set={(value) => set("to", value)} />
    </>
  );
}

interface BoundProps {
  readonly end: "from" | "to";
  readonly draft: Draft;
  readonly field: RangeField;
  readonly set: (value: number | undefined) => void;
}

/** A number or a day; left empty it bounds nothing. What does not fit is said and not used. */
function Bound({ end, draft, field, set }: BoundProps) {
  const id = useId();
  const [typed, setTyped] = useState<string | undefined>();
  const isDate = field.datePattern !== undefined;
  const value = draft[end];
  const read = (text: string): number | undefined => {
    if (isDate) return momentOf(text, end === "from" ? "first" : "last");
    const number = Number(text.replace(",", "."));
    return text.trim() !== "" && Number.isFinite(number) ? number : undefined;
  };
  const shown = value === undefined ? "" : isDate ? dayOf(value) : String(value);
  const wrong = typed !== undefined && typed.trim() !== "" && read(typed) === undefined;
  const hint = end === "from" ? field.low : field.high;
  return (
    <span className={styles.bound}>
      <label htmlFor={id}>{end}</label>
      <input
        id={id}
        className="inp"
        type={isDate ? "date" : "text"}
        inputMode={isDate ? undefined : "decimal"}
        autoComplete="off"
        aria-label={`${draft.column} ${end}`}
        aria-invalid={wrong}
        placeholder={hint === undefined || isDate ? "" : String(hint)}
        value={typed ?? shown}
        onChange={(event) => {
          setTyped(event.target.value);
          set(read(event.target.value));
        }}
        onBlur={() => setTyped(undefined)}
      />
    </span>
  );
}
