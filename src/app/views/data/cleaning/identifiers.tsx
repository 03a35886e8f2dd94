import type { Coarsening } from "../../../../core/table/cleaning-step.ts";
import type { IdentifierFinding } from "../../../../core/table/identifier-finding.ts";
import type { TableView } from "../../../../worker/protocol.ts";
import { count } from "../../../../core/words/numbers.ts";
import { reviseAll } from "../../../state/schema-changes.ts";
import { Icon } from "../../../parts/icon.tsx";
import { Choice } from "../choice.tsx";
import styles from "./cleaning.module.css";

const doneWords: Readonly<Record<IdentifierFinding["done"], string>> = {
  patient: "Patient ID",
  "left-out": "Left out",
  fresh: "Fresh values",
  coarsened: "Less told",
  learned: "Learned",
};

const coarseWords: Readonly<Record<Coarsening["by"], string>> = {
  year: "Year only",
  month: "Month only",
  shift: "Dates shifted",
  first: "Shortened",
  top: "Cut off above",
};

/** Columns that may name a patient: what was seen, what is done with each, and what else can be done. */
export function Identifiers({ table }: { table: TableView }) {
  const found = table.identifiers ?? [];
  if (found.length === 0) return null;
  return (
    <section aria-label="May name a patient" data-testid="identifiers">
      <h2 className={styles.heading}>
        May name a patient
        <small>{count(found.length)} found</small>
      </h2>
      <ul className={styles.identifiers}>
        {found.map((finding) => (
          <IdentifierLine key={`${finding.column} ${finding.what}`} finding={finding} />
        ))}
      </ul>
    </section>
  );
}

function IdentifierLine({ finding }: { finding: IdentifierFinding }) {
  const { column, why, done, to, ways } = finding;
  const now = to === undefined ? doneWords[done] : coarseWords[to.by];
  return (
    <li tabIndex={-1} id={`named-${column}`} data-learned={done === "learned" || undefined}>
      <Icon name="stop" />
      <b>{column}</b>
      <span className="q">{why}</span>
      <Choice
        label={`What becomes of ${column}`}
        title={why}
        value="now"
        options={[
          { value: "now", label: now },
          ...ways.flatMap(({ label }, i) => (label === now ? [] : [{ value: String(i), label }])),
        ]}
        choose={(chosen) => reviseAll(ways[Number(chosen)]?.changes ?? [])}
      />
    </li>
  );
}
