import type { ParamSpec, SynthesizerInfo } from "../../../core/synthesizers/synthesizer.ts";
import { setParam } from "../../state/training.ts";
import { useLab } from "../../state/use-lab.ts";
import { NumberField } from "../../parts/number-field.tsx";
import { Switch } from "../../parts/switch.tsx";
import { Icon } from "../../parts/icon.tsx";

/** One field per parameter of the synthesizer, with the reason for its default. */
export function Params({ info }: { info: SynthesizerInfo }) {
  const own = useLab((state) => state.settings.params[info.id]) ?? {};
  // Epsilon and delta are set by the switch and its details.
  const shown = Object.entries(info.params).filter(
    ([name]) => info.guarantee !== true || (name !== "epsilon" && name !== "delta"),
  );
  return shown.map(([name, spec]) => (
    <Param
      key={`${info.id} ${name}`}
      id={`param-${name}`}
      spec={spec}
      value={own[name] ?? spec.default}
      set={(value) => setParam(info.id, name, value)}
    />
  ));
}

interface ParamProps {
  readonly id: string;
  readonly spec: ParamSpec;
  readonly value: number | string | boolean;
  readonly set: (value: number | string | boolean) => void;
}

function Param({ id, spec, value, set }: ParamProps) {
  const changed = value !== spec.default;
  return (
    <div className="fld">
      <label htmlFor={id} className={changed ? "changed" : ""}>
        {spec.label}
      </label>
      <Field id={id} spec={spec} value={value} set={set} />
      <span className="s q3">
        {spec.reason}
        {changed && (
          <>
            {" "}
            <button type="button" className="link" onClick={() => set(spec.default)}>
              Back to {String(spec.default)}
            </button>
          </>
        )}
      </span>
    </div>
  );
}

function Field({ id, spec, value, set }: ParamProps) {
  switch (spec.type) {
    case "number":
      return (
        <NumberField
          id={id}
          min={spec.min}
          max={spec.max}
          step={stepOf(spec)}
          whole={spec.integer === true}
          value={typeof value === "number" ? value : spec.default}
          set={set}
        />
      );
    case "choice":
      return (
        <span className="choice wide">
          <select
            id={id}
            className="sel"
            value={String(value)}
            onChange={(event) => set(event.currentTarget.value)}
          >
            {spec.choices.map((choice) => (
              <option key={choice.value} value={choice.value}>
                {choice.label}
              </option>
            ))}
          </select>
          <Icon name="down" />
        </span>
      );
    case "switch":
      return <Switch id={id} on={value === true} set={set} />;
  }
}

/** The arrows of a field move by a part of its default that is worth trying. */
function stepOf(spec: Extract<ParamSpec, { type: "number" }>): number {
  if (spec.default === 0) return spec.integer === true ? 1 : (spec.max - spec.min) / 20;
  const step = 10 ** Math.floor(Math.log10(Math.abs(spec.default)));
  return spec.integer === true ? Math.max(1, step) : step;
}
