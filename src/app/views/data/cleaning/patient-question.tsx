import { useId } from "react";
import type { PatientCandidate } from "../../../../core/table/identifies.ts";
import type { SchemaChange } from "../../../../core/table/profile.ts";
import type { TableView } from "../../../../worker/protocol.ts";
import { count, plural } from "../../../../core/words/numbers.ts";
import { reviseAll } from "../../../state/schema-changes.ts";
import styles from "./cleaning.module.css";

/** Which column tells patients apart; asked where the content leaves two answers. */
export function PatientQuestion({ table }: { table: TableView }) {
  const name = useId();
  const { candidates, asked } = table.patient ?? { candidates: [], asked: false };
  const [only] = candidates;
  if (only === undefined) return null;
  const none = !candidates.some(({ chosen }) => chosen);
  return (
    <section data-testid="patient-question">
      <fieldset className={styles.question}>
        <legend className={styles.heading}>
          Which column is the patient?
          <small>
            {candidates.length === 1 ? "one could be" : `${count(candidates.length)} could be`}
            {asked && none && ", please choose"}
          </small>
        </legend>
        {candidates.map((candidate) => (
          <label key={candidate.column} data-on={candidate.chosen || undefined}>
            <input
              type="radio"
              name={name}
              checked={candidate.chosen}
              onChange={() => reviseAll(changesFor(candidates, candidate.column))}
            />
            <b>{candidate.column}</b>
            <span>{facts(candidate)}</span>
          </label>
        ))}
        <label data-on={none || undefined}>
          <input
            type="radio"
            name={name}
            checked={none}
            onChange={() => reviseAll(changesFor(candidates, undefined))}
          />
          <b>None</b>
          <span>Every row is a patient of its own.</span>
        </label>
      </fieldset>
    </section>
  );
}

const facts = ({ values, most, why }: PatientCandidate): string =>
  `${plural(values, "value")}, ${most === 1 ? "never repeated" : `up to ${count(most)} rows each`}. ${why}`;

/** One column is the patient; another that was is left out. */
function changesFor(candidates: readonly PatientCandidate[], column: string | undefined): SchemaChange[] {
  const before = candidates.filter((one) => one.chosen && one.column !== column);
  return [
    ...before.map((one) => ({ type: "role", column: one.column, role: "omit" }) as const),
    ...(column === undefined ? [] : [{ type: "role", column, role: "identifier" } as const]),
  ];
}
