import { Icon } from "../../parts/icon.tsx";

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly title: string;
  readonly value: T;
  readonly options: readonly { value: T; label: string }[];
  readonly plain?: boolean;
  readonly strong?: boolean;
  readonly choose: (value: T) => void;
}

/** Looks like text until it is pointed at or has the focus. */
export function Choice<T extends string>(props: ChoiceProps<T>) {
  const { label, title, value, options, plain = false, strong = false, choose } = props;
  return (
    <span className="choice" title={title}>
      <select
        className={`sel${plain ? " plain" : ""}${strong ? " tg" : ""}`}
        aria-label={label}
        value={value}
        onChange={(event) => {
          const chosen = options.find((option) => option.value === event.currentTarget.value);
          if (chosen !== undefined) choose(chosen.value);
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
