import { useState } from "react";
import { describeFault } from "../../../../core/fault.ts";
import type { CleaningStep } from "../../../../core/table/cleaning-step.ts";
import type { Kind, Role } from "../../../../core/table/table.ts";
import type { SchemaChange } from "../../../../core/table/profile.ts";
import { plural } from "../../../../core/words/numbers.ts";
import { applySteps, countSteps, leaveCounting, tickColumns } from "../../../state/cleaning/cleaning.ts";
import { reviseAll } from "../../../state/schema-changes.ts";
import { useLab } from "../../../state/use-lab.ts";
import { Choice } from "../../../parts/choice.tsx";
import { kinds, kindWords, roles, roleWords } from "../words.ts";
import { stepForms, type Values } from "./step-fields.ts";
import styles from "./cleaning.module.css";

type Form = "limit" | "replace";

/** What can be changed of all ticked columns at once; in the place of the toolbar while some are ticked. */
export function BulkBar({ columns }: { columns: readonly string[] }) {
  const [form, setForm] = useState<Form | undefined>();
  const change = (of: (column: string) => SchemaChange): void => {
    reviseAll(columns.map(of));
    tickColumns([]);
  };
  const open = (next: Form): void => {
    leaveCounting();
    setForm(form === next ? undefined : next);
  };
  return (
    <>
      <div
        className={styles.bulk}
        role="toolbar"
        aria-label={`Change ${plural(columns.length, "column")} at once`}
        data-testid="bulk-bar"
      >
        <b>{plural(columns.length, "column")} selected</b>
        <Choice<Kind | "">
          label="Kind of all"
          letter="b"
          value=""
          options={[
            { value: "", label: "Kind" },
            ...kinds.map((kind) => ({ value: kind, label: kindWords[kind] })),
          ]}
          onChange={(kind) => kind !== "" && change((column) => ({ type: "kind", column, kind }))}
        />
        <Choice<Role | "">
          label="Role of all"
          value=""
          options={[
            { value: "", label: "Role" },
            ...roles.map((role) => ({ value: role, label: roleWords[role] })),
          ]}
          onChange={(role) => role !== "" && change((column) => ({ type: "role", column, role }))}
        />
        <button
          type="button"
          className="btn sm"
          aria-expanded={form === "limit"}
          onClick={() => open("limit")}
        >
          Outside the range
        </button>
        <button
          type="button"
          className="btn sm"
          aria-expanded={form === "replace"}
          onClick={() => open("replace")}
        >
          Replace
        </button>
        <button
          type="button"
          className="btn sm"
          onClick={() => change((column) => ({ type: "role", column, role: "omit" }))}
        >
          Leave out
        </button>
        <span className="grow" />
        <button type="button" className="link s13" onClick={() => tickColumns([])}>
          Clear
        </button>
      </div>
      {form !== undefined && <BulkForm key={form} kind={form} columns={columns} />}
    </>
  );
}

/** The same step in every ticked column: counted first, then done. */
function BulkForm({ kind, columns }: { kind: Form; columns: readonly string[] }) {
  const form = stepForms[kind];
  const counting = useLab((state) => state.cleaning.counting);
  const [values, setValues] = useState<Values>({});
  const steps = columns.flatMap((column): CleaningStep[] => {
    const step = form.step(column, values);
    return step === undefined ? [] : [step];
  });
  const table = useLab((state) => state.table);
  if (table === null) return null;
  const counted = counting?.cells;
  return (
    <form
      className={`${styles.bulk} ${styles.bulkForm}`}
      aria-label={kind === "limit" ? "Outside the range" : "Replace"}
      onSubmit={(event) => {
        event.preventDefault();
        if (counted === undefined) void countSteps(steps);
        else applySteps(steps);
      }}
    >
      {form.fields(undefined, table).map(({ id, label, type, placeholder }) => (
        <label key={id} className={styles.field}>
          {label}
          <input
            className="inp number"
            type="text"
            inputMode={type === "number" ? "decimal" : "text"}
            autoComplete="off"
            placeholder={placeholder}
            value={values[id] ?? ""}
            onChange={(event) => {
              const { value } = event.currentTarget;
              leaveCounting();
              setValues((before) => ({ ...before, [id]: value }));
            }}
          />
        </label>
      ))}
      <button type="submit" className="btn sm strong" disabled={steps.length === 0 || counted === 0}>
        {counted === undefined ? "Preview" : `Apply to ${plural(columns.length, "column")}`}
      </button>
      <span className="s13 q" role="status">
        {counting?.fault !== undefined
          ? counting.fault.code === "step-impossible"
            ? counting.fault.reason
            : describeFault(counting.fault).title
          : counted !== undefined
            ? `${plural(counted, "cell")} would change. Nothing has changed yet.`
            : counting === undefined
              ? form.about
              : "Counting the cells…"}
      </span>
    </form>
  );
}
