import { useId, useState } from "react";
import { setView } from "../../state/choosing/choosing.ts";
import { keyOf, sheetAt, type ChoosingState, type SheetAt } from "../../state/choosing/choosing-state.ts";
import styles from "./opening.module.css";

/** How FHIR resources become rows: the ViewDefinition, to be read and changed. Nothing where a table has none. */
export function ViewCard({ choosing, at }: { choosing: ChoosingState; at: SheetAt }) {
  const shipped = sheetAt(choosing, at)?.view;
  if (shipped === undefined) return null;
  return <ViewText key={keyOf(at)} at={at} shipped={shipped} chosen={choosing.views[keyOf(at)]} />;
}

interface ViewTextProps {
  readonly at: SheetAt;
  readonly shipped: string;
  readonly chosen: string | undefined;
}

function ViewText({ at, shipped, chosen }: ViewTextProps) {
  const field = useId();
  const used = chosen ?? shipped;
  const [text, setText] = useState(used);
  const changed = text !== used;
  return (
    <section className={`card ${styles.card}`} aria-label="What is taken from the resources">
      <details className={styles.viewed}>
        <summary>What is taken from the resources</summary>
        <label className="q s13" htmlFor={field}>
          A ViewDefinition of SQL on FHIR: each column has a name and a path. Change it to take something
          else.
        </label>
        <textarea
          id={field}
          className={styles.view}
          rows={16}
          spellCheck={false}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <div className={styles.controls}>
          <button type="button" className="btn" disabled={!changed} onClick={() => setView(at, text)}>
            Take it so
          </button>
          {(chosen !== undefined || text !== shipped) && (
            <button
              type="button"
              className="link"
              onClick={() => {
                setText(shipped);
                setView(at, undefined);
              }}
            >
              As it came
            </button>
          )}
        </div>
      </details>
    </section>
  );
}
