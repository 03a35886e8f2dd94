import { useId } from "react";
import type { PromptPart } from "../../../../core/studies/language/prompts/prompt-pack.ts";
import { count, plural, size } from "../../../../core/words/numbers.ts";
import { Icon } from "../../../parts/icon.tsx";
import { NumberField } from "../../../parts/number-field.tsx";
import { saveFile } from "../../../state/files/save-file.ts";
import { MOST_ROWS, MOST_TIMES, withCut } from "./prompt-choices.ts";
import type { PackProps } from "./prompt-card.tsx";
import styles from "./language.module.css";

/** More columns than this are folded, but for those that are cut. */
const FEW = 4;

/** What kinds of things go in, each to be cut. */
export function PartsCard({ pack, choices, onChoose }: PackProps) {
  const parts = pack?.parts ?? [];
  const columns = parts.filter(({ column }) => column === true);
  const cutOnes = columns.filter(({ cut }) => cut);
  const fold = columns.length > FEW;
  const shown = parts.filter((part) => part.column !== true || !fold || part.cut);
  const item = (part: PromptPart): React.ReactNode => (
    <li key={part.id}>
      <label>
        <input type="checkbox" checked={!part.cut} onChange={() => onChoose(withCut(choices, part.id))} />
        <span>{part.name}</span>
        <span className="q3">{part.count}</span>
      </label>
    </li>
  );
  return (
    <section className={`card ${styles.aside}`} aria-labelledby="goes-in">
      <h2 id="goes-in">What goes in</h2>
      <ul className={styles.parts}>{shown.map(item)}</ul>
      {fold && cutOnes.length < columns.length && (
        <details className={styles.columns}>
          <summary>{plural(columns.length - cutOnes.length, "column")} one by one</summary>
          <ul className={styles.parts}>{columns.filter(({ cut }) => !cut).map(item)}</ul>
        </details>
      )}
      {pack !== undefined && (
        <p className={styles.never}>
          <b>Never:</b> {pack.never.charAt(0).toLowerCase()}
          {pack.never.slice(1)}
        </p>
      )}
    </section>
  );
}

/** How many rows in how many replies, and the text files. */
export function BatchesCard({ pack, choices, onChoose }: PackProps) {
  const id = useId();
  const times = pack?.prompts.reduce((sum, prompt) => sum + prompt.times, 0) ?? choices.replies;
  const files = pack?.files ?? [];
  const bytes = files.reduce((sum, { text }) => sum + new Blob([text]).size, 0);
  const saveAll = (): void => {
    for (const { name, text } of files) saveFile([text], name, "text/markdown");
  };
  return (
    <section className={`card ${styles.aside}`} aria-labelledby={`${id}-batches`}>
      <h2 id={`${id}-batches`}>Batches</h2>
      <div className={styles.batches}>
        <div>
          <label htmlFor={`${id}-rows`}>Rows in a reply</label>
          <NumberField
            id={`${id}-rows`}
            value={choices.rows}
            min={1}
            max={MOST_ROWS}
            whole
            set={(rows) => onChoose({ ...choices, rows })}
          />
        </div>
        <div>
          <label htmlFor={`${id}-replies`}>Replies</label>
          <NumberField
            id={`${id}-replies`}
            value={choices.replies}
            min={1}
            max={MOST_TIMES}
            whole
            set={(replies) => onChoose({ ...choices, replies })}
          />
        </div>
        <div>
          <label htmlFor={`${id}-format`}>Ask for</label>
          <select
            id={`${id}-format`}
            className="sel"
            value={choices.format}
            onChange={(event) =>
              onChoose({ ...choices, format: event.currentTarget.value === "json" ? "json" : "csv" })
            }
          >
            <option value="csv">CSV</option>
            <option value="json">JSON</option>
          </select>
        </div>
        <div>
          <span className={styles.label}>Together</span>
          <p>{count(times * choices.rows)} rows</p>
        </div>
      </div>
      <button
        type="button"
        className={`btn ${styles.saveAll}`}
        data-testid="save-prompts"
        disabled={files.length === 0}
        onClick={saveAll}
      >
        <Icon name="download" />
        Save {count(files.length)} strategies as text, {size(bytes)}
      </button>
    </section>
  );
}
