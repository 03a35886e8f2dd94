import type { RunView } from "../../../worker/protocol.ts";
import { cancelMaking, completedName, completeTable } from "../../state/taking-away.ts";
import { useLab } from "../../state/use-lab.ts";
import { count, percent, plural } from "../../charts/format.ts";
import { Icon } from "../shell/icon.tsx";
import styles from "./take-away.module.css";

/** The open table with its empty cells filled in by the model: real rows, so it is no synthetic table. */
export function CompleteCard({ run, seed }: { run: RunView; seed: number }) {
  const table = useLab((state) => state.table);
  const making = useLab((state) => state.making.find((m) => m.run === run.run && m.kind === "completed"));
  if (table === null) return null;
  const learned = new Set(
    run.schema.columns
      .filter(({ role, kind }) => role !== "identifier" && role !== "omit" && kind !== "text")
      .map(({ name }) => name),
  );
  const gaps = table.columns.filter(({ missing, schema }) => missing > 0 && learned.has(schema.name));
  const cells = gaps.reduce((sum, { missing }) => sum + missing, 0);
  const share = making === undefined || making.total === 0 ? 0 : making.rows / making.total;
  return (
    <section className="card" aria-label="Fill in empty cells">
      <div className={styles.model}>
        <div className="grow">
          <h2>Fill in empty cells</h2>
          <p className="s13 q">
            {cells === 0
              ? `${table.name} has no empty cells in the columns this model learned.`
              : `${plural(cells, "empty cell")} in ${plural(gaps.length, "column")} of ${table.name} ${cells === 1 ? "is" : "are"} drawn by the model, each given the rest of its row; all other cells stay as they are.`}{" "}
            <b>The file holds the rows of your patients</b>, not synthetic ones.
          </p>
        </div>
        {making ? (
          <button type="button" className="btn sm" onClick={() => cancelMaking(making.job)}>
            {percent(share, 0)} of {count(making.total)} rows. Cancel
          </button>
        ) : (
          <button
            type="button"
            className="btn sm"
            data-testid="complete-csv"
            disabled={cells === 0}
            title={completedName(run.run)}
            onClick={() => {
              // A fault is shown under the header by the store.
              completeTable(run.run, seed).catch(() => {});
            }}
          >
            <Icon name="download" />
            Save the completed table
          </button>
        )}
      </div>
    </section>
  );
}
