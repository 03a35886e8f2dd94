import { chooseOpenTable } from "../../state/elsewhere.ts";
import { useLab } from "../../state/use-lab.ts";
import styles from "./elsewhere.module.css";

/** The table that is open on Data comes first. */
export function OpenTableOffer() {
  const table = useLab((state) => state.table);
  if (table === null) return null;
  return (
    <div className={styles.offer}>
      <button type="button" className="btn pri" data-testid="elsewhere-open-table" onClick={chooseOpenTable}>
        Use the open table
      </button>
      <span className="s13 q">{table.name}, typed as on Data</span>
    </div>
  );
}
