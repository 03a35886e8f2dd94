import { useState } from "react";
import { plural } from "../../../../core/words/numbers.ts";
import { declareColumns } from "../../../state/guarantee/guarantee.ts";
import { useLab } from "../../../state/use-lab.ts";
import styles from "./guarantee.module.css";

/** A form's code list has few; longer lists are declared one by one. */
const MOST = 12;

interface Seen {
  readonly name: string;
  readonly levels: readonly string[];
}

/** The levels of several columns declared at once, as they stand in the table: only those that the person ticks as known. */
export function SeenLevels() {
  const open = useLab(({ guarantee }) =>
    (guarantee.offer?.lines ?? []).flatMap(({ cost, declares, column }) =>
      cost === "decision" && declares === "levels" && column !== undefined ? [column] : [],
    ),
  );
  const columns = useLab(({ table }) => table?.columns);
  const [shown, setShown] = useState(false);
  const seen = (columns ?? []).flatMap(({ schema: { name }, levels }): Seen[] =>
    open.includes(name) && levels !== undefined && levels.length > 0 && levels.length <= MOST
      ? [{ name, levels: levels.map(({ text }) => text) }]
      : [],
  );
  if (seen.length < 2) return null;
  if (!shown)
    return (
      <p className={`s13 ${styles.several}`}>
        <button type="button" className="link" onClick={() => setShown(true)}>
          Declare the levels of several columns at once
        </button>
      </p>
    );
  return <Several seen={seen} close={() => setShown(false)} />;
}

function Several({ seen, close }: { seen: readonly Seen[]; close: () => void }) {
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const [said, setSaid] = useState(false);
  const chosen = seen.filter(({ name }) => ticked.has(name));
  const tick = (name: string, on: boolean): void => {
    const next = new Set(ticked);
    if (on) next.add(name);
    else next.delete(name);
    setTicked(next);
  };
  return (
    <form
      className={styles.form}
      aria-label="Levels of several columns"
      onSubmit={(event) => {
        event.preventDefault();
        if (chosen.length === 0 || !said) return;
        declareColumns(
          chosen.map(({ name, levels }) => ({ name, levels: { values: levels, why: "declared" } })),
        );
        close();
      }}
    >
      <p className="s13 q">
        These levels stand in your table, and that does not make them public. Tick a column only where
        everybody who knows the form or the code list knows each of its levels, whoever is in the table.
      </p>
      <fieldset className={styles.seen}>
        <legend className="vh">Columns whose levels are known</legend>
        {seen.map(({ name, levels }) => (
          <label key={name} className={styles.tick}>
            <input
              type="checkbox"
              checked={ticked.has(name)}
              onChange={(event) => tick(name, event.currentTarget.checked)}
            />
            <b>{name}</b> <span className="q">{levels.join(", ")}</span>
          </label>
        ))}
      </fieldset>
      <label className={styles.tick}>
        <input type="checkbox" checked={said} onChange={(event) => setSaid(event.currentTarget.checked)} />
        <span>I have read the levels of the columns I ticked; they are known without these patients.</span>
      </label>
      <div className={styles.acts}>
        <button type="submit" className="btn sm" disabled={chosen.length === 0 || !said}>
          {chosen.length === 0 ? "Declare" : `Declare the levels of ${plural(chosen.length, "column")}`}
        </button>
        <button type="button" className="btn quiet sm" onClick={close}>
          Cancel
        </button>
      </div>
    </form>
  );
}
