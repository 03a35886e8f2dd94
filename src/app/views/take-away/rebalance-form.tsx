import { useId } from "react";
import type { ConditionField } from "../../../worker/protocol.ts";
import { fixed } from "../../../core/words/numbers.ts";
import { Choice } from "../../parts/choice.tsx";
import { NumberField } from "../../parts/number-field.tsx";
import type { Rebalance } from "../../state/conditions.ts";
import styles from "./conditions.module.css";

interface RebalanceProps {
  readonly fields: readonly ConditionField[];
  readonly rebalance: Rebalance | undefined;
  readonly set: (rebalance: Rebalance | undefined) => void;
}

/** Levels that begin with an equal share; the rest can be added. */
const FIRST_LEVELS = 8;

/** One column's levels, each with the percentage it is to come with. */
export function RebalanceForm({ fields, rebalance, set }: RebalanceProps) {
  const withLevels = fields.filter((field) => field.type === "levels" && field.levels.length > 1);
  const levels = withLevels.flatMap((field) =>
    field.type === "levels" && field.name === rebalance?.column ? field.levels : [],
  );
  const choose = (column: string): void => {
    const chosen = withLevels.find(({ name }) => name === column);
    if (chosen?.type !== "levels") return set(undefined);
    const first = chosen.levels.slice(0, FIRST_LEVELS);
    const even = Math.round(1000 / first.length) / 10;
    set({ column, percents: Object.fromEntries(first.map((level) => [level, even])) });
  };
  return (
    <>
      <Choice
        label="Column whose shares are set"
        value={rebalance?.column ?? ""}
        options={[
          { value: "", label: "As the model draws them" },
          ...withLevels.map(({ name }) => ({ value: name, label: name })),
        ]}
        onChange={choose}
      />
      {rebalance !== undefined && <Percents levels={levels} rebalance={rebalance} set={set} />}
    </>
  );
}

interface PercentsProps {
  readonly levels: readonly string[];
  readonly rebalance: Rebalance;
  readonly set: (rebalance: Rebalance) => void;
}

function Percents({ levels, rebalance, set }: PercentsProps) {
  const id = useId();
  const { column, percents } = rebalance;
  const change = (level: string, share: number): void =>
    set({ column, percents: { ...percents, [level]: share } });
  const total = Object.values(percents).reduce((sum, share) => sum + share, 0);
  const open = levels.filter((level) => !Object.hasOwn(percents, level));
  return (
    <div className={styles.percents}>
      {Object.entries(percents).map(([level, share], i) => (
        <div key={level} className={styles.percent}>
          <label htmlFor={`${id}-${i}`}>{level}</label>
          <NumberField
            id={`${id}-${i}`}
            min={0}
            max={100}
            step={5}
            value={share}
            set={(next) => change(level, next)}
          />
          <span className="q3">%</span>
        </div>
      ))}
      {open.length > 0 && (
        <Choice
          label={`Another level of ${column}`}
          value=""
          options={[
            { value: "", label: "Add a level" },
            ...open.map((level) => ({ value: level, label: level })),
          ]}
          onChange={(level) => change(level, 10)}
        />
      )}
      <p className="s13 q">
        {Math.abs(total - 100) < 0.5 ? "" : `They add up to ${fixed(total, 0)}% and are scaled to 100%. `}
        Levels that are not listed, and empty cells, do not come.
      </p>
    </div>
  );
}
