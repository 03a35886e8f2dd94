import { useId } from "react";

interface SwitchProps {
  readonly id?: string;
  readonly label?: string;
  readonly about?: string;
  /** said to assistive technology where what is beside it is seen as its label */
  readonly name?: string;
  readonly on: boolean;
  readonly set: (on: boolean) => void;
}

/** On or off, with what it means below its name. Without a label it takes the one that points to `id`. */
export function Switch({ id, label, about, name, on, set }: SwitchProps) {
  const words = useId();
  const input = (
    <input
      type="checkbox"
      role="switch"
      className="switch"
      checked={on}
      aria-checked={on}
      {...(id === undefined ? {} : { id })}
      {...(name === undefined ? {} : { "aria-label": name })}
      {...(about === undefined ? {} : { "aria-describedby": words })}
      onChange={(event) => set(event.currentTarget.checked)}
    />
  );
  if (label === undefined) return input;
  return (
    <div className="switch-row">
      <label>
        {input}
        {label}
      </label>
      {about !== undefined && (
        <p id={words} className="s q3">
          {about}
        </p>
      )}
    </div>
  );
}
