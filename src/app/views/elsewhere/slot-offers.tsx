import { useId } from "react";
import { setSettings } from "../../state/training.ts";
import { chooseOpenTable } from "../../state/elsewhere.ts";
import { useLab } from "../../state/use-lab.ts";
import { count } from "../../../core/words/numbers.ts";
import { NumberField } from "../../parts/number-field.tsx";
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
      <span className="s13 q">{table.name}, typed as on Data, held-out rows as in Train</span>
    </div>
  );
}

/** What takes the place of a file of held-out rows. */
export function HoldoutShare() {
  const share = useLab((state) => state.settings.holdout.share);
  const seed = useLab((state) => state.settings.holdout.seed);
  const rows = useLab((state) => state.elsewhere.look.real?.rows);
  const id = useId();
  return (
    <div className={styles.share}>
      <label className="s13" htmlFor={id}>
        Otherwise set aside
      </label>
      <NumberField
        id={id}
        value={Math.round(100 * share)}
        min={5}
        max={50}
        whole
        set={(value) => setSettings({ holdout: { share: value / 100, seed } })}
      />
      <span className="s13">%{rows === undefined ? "" : `, about ${count(rows * share)} rows`}</span>
      <p className="s13 q">
        They count as unseen only where the tool did not learn from them. If it learned from the whole table,
        open rows that it never saw, if you have any; else the report says what it cannot show.
      </p>
    </div>
  );
}
