import { useState } from "react";
import { count, percent, plural } from "../../../core/words/numbers.ts";
import { askExposed } from "../../state/files/taking-away.ts";
import { useLab } from "../../state/use-lab.ts";
import styles from "./exposed-card.module.css";

const SHOWN = 10;

/** Which training rows the synthetic rows show most of: by their numbers in the open table, on this screen only. */
export function ExposedCard({ run }: { run: string }) {
  const rows = useLab((state) => state.exposed[run]);
  const hasTable = useLab((state) => state.table !== null);
  const [asking, setAsking] = useState(false);
  const [all, setAll] = useState(false);
  if (rows === undefined && !hasTable) return null;
  const ask = async (): Promise<void> => {
    setAsking(true);
    await askExposed(run);
    setAsking(false);
  };
  return (
    <div className={styles.exposed} role="group" aria-label="Most exposed rows" data-private>
      <div>
        <h3>Most exposed rows</h3>
        <p>
          Unusual training rows with a synthetic row at less than half the distance of any other real row.
          Shown here only: never in a report, a file or a picture.
        </p>
      </div>
      {rows === undefined ? (
        <button type="button" className="btn" disabled={asking} onClick={() => void ask()}>
          {asking ? "Looking for them …" : "Show their row numbers"}
        </button>
      ) : rows.length === 0 ? (
        <p role="status">None was found among the rows that were looked at.</p>
      ) : (
        <div role="status">
          <p>{plural(rows.length, "row")} of the open table, the most exposed first:</p>
          <ol className={styles.rows}>
            {rows.slice(0, all ? rows.length : SHOWN).map(({ row, ratio }) => (
              <li key={row}>
                row {count(row)} <span>{percent(ratio, 0)} of the distance</span>
              </li>
            ))}
          </ol>
          {!all && rows.length > SHOWN && (
            <button type="button" className="link s13" onClick={() => setAll(true)}>
              Show {rows.length - SHOWN} more
            </button>
          )}
        </div>
      )}
    </div>
  );
}
