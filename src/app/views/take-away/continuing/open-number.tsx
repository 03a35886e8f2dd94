import { useId, useState } from "react";
import styles from "../conditions.module.css";

interface OpenNumberProps {
  readonly label: string;
  /** said to assistive technology, where `label` alone is too short */
  readonly name?: string;
  readonly value: number | undefined;
  readonly least: number;
  readonly most?: number;
  readonly whole?: boolean;
  readonly placeholder?: string;
  readonly testId?: string;
  readonly set: (value: number | undefined) => void;
}

/** A number that may be left out; what does not fit is said and not used. */
export function OpenNumber(props: OpenNumberProps) {
  const { label, name, value, least, most = Infinity, whole = false, placeholder = "", testId, set } = props;
  const id = useId();
  const [typed, setTyped] = useState<string | undefined>();
  const read = (text: string): number | undefined => {
    const number = Number(text.replace(",", "."));
    const fits =
      text.trim() !== "" && number >= least && number <= most && (!whole || Number.isInteger(number));
    return fits ? number : undefined;
  };
  const range = most === Infinity ? `from ${least}` : `from ${least} to ${most}`;
  const wrong = typed !== undefined && typed.trim() !== "" && read(typed) === undefined;
  return (
    <span className={styles.bound}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className="inp"
        inputMode={whole ? "numeric" : "decimal"}
        autoComplete="off"
        aria-label={name ?? label}
        aria-invalid={wrong}
        data-testid={testId}
        placeholder={placeholder}
        value={typed ?? value ?? ""}
        onChange={(event) => {
          setTyped(event.target.value);
          set(read(event.target.value));
        }}
        onBlur={() => setTyped(undefined)}
      />
      {wrong && (
        <span role="alert" className="s13">
          {whole ? `A whole number ${range}.` : `A number ${range}.`}
        </span>
      )}
    </span>
  );
}
