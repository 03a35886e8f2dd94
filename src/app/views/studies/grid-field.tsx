import { useId, useState } from "react";
import type { StudyField, StudyValue } from "../../../core/studies/study.ts";
import { NumberField } from "../../parts/number-field.tsx";
import { listText, readList } from "./number-list.ts";
import styles from "./studies.module.css";

interface GridFieldProps<F extends StudyField> {
  readonly field: F;
  readonly value: StudyValue;
  /** told only of values that fit, and of what is wrong with one that does not */
  readonly set: (value: StudyValue) => void;
  readonly setWrong: (wrong: boolean) => void;
}

/** One setting of a study's grid. */
export function GridField({ field, ...rest }: GridFieldProps<StudyField>) {
  switch (field.type) {
    case "numbers":
      return <ListField field={field} {...rest} />;
    case "number":
      return <OneNumber field={field} {...rest} />;
    case "several":
      return <SeveralField field={field} {...rest} />;
    case "choice":
      return <ChoiceField field={field} {...rest} />;
  }
}

type Of<T extends StudyField["type"]> = GridFieldProps<Extract<StudyField, { type: T }>>;

function ListField({ field, value, set, setWrong }: Of<"numbers">) {
  const id = useId();
  const given = listText(
    Array.isArray(value) ? value.filter((one) => typeof one === "number") : field.default,
  );
  const [text, setText] = useState<string>();
  const read = readList(text ?? given, field);
  const wrong = "wrong" in read ? read.wrong : undefined;
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{field.label}</label>
      <input
        id={id}
        className="inp number"
        inputMode="text"
        autoComplete="off"
        spellCheck={false}
        value={text ?? given}
        aria-invalid={wrong !== undefined}
        aria-describedby={`${id}-about`}
        onChange={(event) => {
          const typed = event.currentTarget.value;
          const now = readList(typed, field);
          setText(typed);
          setWrong("wrong" in now);
          if ("numbers" in now) set(now.numbers);
        }}
        onBlur={() => {
          if (wrong === undefined) setText(undefined);
        }}
      />
      <About id={`${id}-about`} wrong={wrong} reason={field.reason} />
    </div>
  );
}

function OneNumber({ field, value, set, setWrong }: Of<"number">) {
  const id = useId();
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{field.label}</label>
      <NumberField
        id={id}
        value={typeof value === "number" ? value : field.default}
        min={field.min}
        max={field.max}
        whole={field.integer === true}
        set={set}
        setWrong={setWrong}
      />
      <About id={`${id}-about`} wrong={undefined} reason={field.reason} />
    </div>
  );
}

function SeveralField({ field, value, set, setWrong }: Of<"several">) {
  const id = useId();
  const given = Array.isArray(value) ? value.map(String) : field.default;
  const [ticked, setTicked] = useState<readonly string[]>();
  const chosen = ticked ?? given;
  const misfit = misfitOf(chosen.length, field);
  const toggle = (one: string, on: boolean): void => {
    const next = field.choices
      .map((choice) => choice.value)
      .filter((known) => (known === one ? on : chosen.includes(known)));
    const wrong = misfitOf(next.length, field) !== undefined;
    setTicked(wrong ? next : undefined);
    setWrong(wrong);
    if (!wrong) set(next);
  };
  return (
    <fieldset className={styles.field} aria-describedby={`${id}-about`} data-wide="">
      <legend>{field.label}</legend>
      <div className={styles.several}>
        {field.choices.map((choice) => (
          <label key={choice.value}>
            <input
              type="checkbox"
              checked={chosen.includes(choice.value)}
              onChange={(event) => toggle(choice.value, event.currentTarget.checked)}
            />
            {choice.label}
          </label>
        ))}
      </div>
      <About id={`${id}-about`} wrong={misfit} reason={field.reason} />
    </fieldset>
  );
}

function misfitOf(n: number, { least, most }: Extract<StudyField, { type: "several" }>): string | undefined {
  if (n < least) return `At least ${least} ${least === 1 ? "is" : "are"} needed.`;
  return n > most ? `At most ${most} can be taken.` : undefined;
}

function ChoiceField({ field, value, set }: Of<"choice">) {
  const id = useId();
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{field.label}</label>
      <select
        id={id}
        className="sel"
        value={typeof value === "string" ? value : field.default}
        onChange={(event) => set(event.currentTarget.value)}
      >
        {field.choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
      <About id={`${id}-about`} wrong={undefined} reason={field.reason} />
    </div>
  );
}

interface AboutProps {
  readonly id: string;
  readonly wrong: string | undefined;
  readonly reason: string;
}

function About({ id, wrong, reason }: AboutProps) {
  return (
    <p id={id} role="status" className={wrong === undefined ? styles.reason : "wrong"}>
      {wrong ?? reason}
    </p>
  );
}
