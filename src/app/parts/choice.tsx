import { Icon } from "./icon.tsx";
import styles from "./choice.module.css";

interface ChoiceProps<V extends string> {
  /** said to assistive technology; the chosen option is what is seen */
  readonly label: string;
  readonly value: V;
  readonly options: readonly { readonly value: V; readonly label: string }[];
  readonly onChange: (value: V) => void;
  readonly large?: boolean;
  /** the letter that moves the focus here */
  readonly letter?: string;
}

/** One of a few, as the browser's own list in the look of a button. */
export function Choice<V extends string>(props: ChoiceProps<V>) {
  const { label, value, options, onChange, large = false, letter } = props;
  return (
    <span className={styles.choice} data-large={large || undefined}>
      <select
        className={`btn ${large ? "" : "sm"}`}
        aria-label={label}
        data-key={letter}
        value={value}
        onChange={(event) => {
          const chosen = options.find((option) => option.value === event.target.value);
          if (chosen) onChange(chosen.value);
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      <Icon name="down" />
    </span>
  );
}
