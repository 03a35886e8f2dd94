import { useId, useState } from "react";

interface NumberFieldProps {
  readonly id: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step?: number;
  readonly whole?: boolean;
  /** told only of numbers that fit */
  readonly set: (value: number) => void;
  /** told whether what stands there fits; a form that listens keeps what does not until it is put right */
  readonly setWrong?: (wrong: boolean) => void;
}

/** What is wrong with the text as a number for this field, in words. */
function misfit(text: string, { min, max, whole }: NumberFieldProps): string | undefined {
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value)) return "A number is needed.";
  if (whole === true && !Number.isInteger(value)) return "A whole number is needed.";
  if (value < min || value > max) return `From ${min} to ${max}.`;
  return undefined;
}

/** A number typed or stepped. What does not fit is said at once and, unless a form listens, put right when the field is left. */
export function NumberField(props: NumberFieldProps) {
  const { id, value, min, max, step = 1, whole = false, set, setWrong } = props;
  const [text, setText] = useState<string | undefined>();
  const why = useId();
  const wrong = text === undefined ? undefined : misfit(text, props);
  return (
    <>
      <input
        id={id}
        className="inp number"
        type="number"
        inputMode={whole ? "numeric" : "decimal"}
        min={min}
        max={max}
        step={whole ? step : "any"}
        value={text ?? value}
        aria-invalid={wrong !== undefined}
        {...(wrong === undefined ? {} : { "aria-describedby": why })}
        onChange={(event) => {
          const next = event.currentTarget.value;
          setText(next);
          const fits = misfit(next, props) === undefined;
          setWrong?.(!fits);
          if (fits) set(Number(next));
        }}
        onBlur={() => {
          if (wrong === undefined || setWrong === undefined) setText(undefined);
        }}
      />
      {wrong !== undefined && (
        <span id={why} className="wrong" role="status">
          {wrong}
        </span>
      )}
    </>
  );
}
