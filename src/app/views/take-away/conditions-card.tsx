import { useEffect, useState } from "react";
import type { Asked, ConditionField, RunView } from "../../../worker/protocol.ts";
import { askFields } from "../../state/files/taking-away.ts";
import { useLab } from "../../state/use-lab.ts";
import { Choice } from "../../parts/choice.tsx";
import { Icon } from "../../parts/icon.tsx";
import { ConditionLine } from "./condition-line.tsx";
import { CourseForm } from "./continuing/course-form.tsx";
import { askedWords, nothingWanted, timeUnit, type Draft, type Wanted } from "../../state/conditions.ts";
import { setWanted, useWanted } from "../../state/order.ts";
import { RebalanceForm } from "./rebalance-form.tsx";
import styles from "./conditions.module.css";

const none: readonly ConditionField[] = [];

/** Which rows: all kinds, only some, or one column's levels in other shares. Closed until it is needed. */
export function ConditionsCard({ run, asked }: { run: RunView; asked: Asked | undefined }) {
  const fields = useLab((state) => state.fields[run.run]) ?? none;
  const wanted = useWanted(run.run);
  useEffect(() => askFields(run.run), [run.run]);
  const [openAtFirst] = useState(asked !== undefined);
  const set = (next: Wanted): void => setWanted(run.run, next);
  const overTime = run.facts?.learned?.patients !== undefined;
  const title = overTime ? "Which patients" : "Which rows";
  const unit = timeUnit(run.schema);
  return (
    <section className="card" aria-label={title}>
      <details className={styles.card} open={openAtFirst}>
        <summary>
          <Icon name="right" />
          <h2>{title}</h2>
          <span className="q s13 grow" data-testid="which-rows">
            {asked === undefined ? "all kinds, as the model draws them" : askedWords(asked, fields, unit)}
          </span>
        </summary>
        {fields.length === 0 && !overTime ? (
          <p className="q s13">Looking at what can be asked of this model…</p>
        ) : (
          <Form fields={fields} wanted={wanted} set={set} overTime={overTime} unit={unit} />
        )}
      </details>
    </section>
  );
}

interface FormProps {
  readonly fields: readonly ConditionField[];
  readonly wanted: Wanted;
  readonly set: (wanted: Wanted) => void;
  /** whole patients are drawn: conditions are on what does not change within them */
  readonly overTime: boolean;
  readonly unit: string | undefined;
}

function Form({ fields, wanted, set, overTime, unit }: FormProps) {
  const { drafts, rebalance, visits, until } = wanted;
  const change = (draft: Draft): void =>
    set({ ...wanted, drafts: drafts.map((other) => (other.id === draft.id ? draft : other)) });
  const add = (column: string): void => {
    const id = Math.max(0, ...drafts.map((draft) => draft.id)) + 1;
    set({ ...wanted, drafts: [...drafts, { id, column, levels: [], empty: "no" }] });
  };
  return (
    <>
      <fieldset className={styles.part}>
        <legend>Only {overTime ? "patients" : "rows"} with</legend>
        {drafts.map((draft) => (
          <ConditionLine
            key={draft.id}
            draft={draft}
            field={fields.find(({ name }) => name === draft.column)}
            change={change}
            remove={() => set({ ...wanted, drafts: drafts.filter(({ id }) => id !== draft.id) })}
          />
        ))}
        <Choice
          label="Add a condition on"
          value=""
          options={[
            { value: "", label: drafts.length === 0 ? "Choose a column" : "and another column" },
            ...fields.map(({ name }) => ({ value: name, label: name })),
          ]}
          onChange={add}
        />
      </fieldset>
      {overTime ? (
        <CourseForm wanted={wanted} set={set} unit={unit} />
      ) : (
        <fieldset className={styles.part}>
          <legend>Other shares of one column</legend>
          <RebalanceForm
            fields={fields}
            rebalance={rebalance}
            set={(next) => set({ drafts, ...(next && { rebalance: next }) })}
          />
        </fieldset>
      )}
      {(drafts.length > 0 || [rebalance, visits, until].some((part) => part !== undefined)) && (
        <button type="button" className="link s13" onClick={() => set(nothingWanted)}>
          Back to all kinds of {overTime ? "patients" : "rows"}
        </button>
      )}
    </>
  );
}
