import { describeFault } from "../../../../core/fault.ts";
import type { Suggestion } from "../../../../core/table/cleaning-step.ts";
import type { TableView } from "../../../../worker/protocol.ts";
import { count, plural } from "../../../../core/words/numbers.ts";
import {
  applySteps,
  askSuggestions,
  losslessOf,
  makeStep,
  previewStep,
} from "../../../state/cleaning/cleaning.ts";
import { keyOfStep, openSuggestions } from "../../../state/cleaning/cleaning-state.ts";
import { useLab } from "../../../state/use-lab.ts";
import { StepPanel } from "./step-panel.tsx";
import { useMedia } from "../../../parts/use-media.ts";
import styles from "./cleaning.module.css";

/** On a narrow screen a preview stands under its suggestion, else under the row of its column. */
export const useNarrow = (): boolean => useMedia("(max-width: 759px)");

const AT_FIRST = 8;

/** Steps that the cells themselves ask for, and steps about rows and columns by hand. */
export function Suggestions({ table }: { table: TableView }) {
  const cleaning = useLab((state) => state.cleaning);
  const open = openSuggestions(cleaning);
  const looked = cleaning.previewed?.by === "suggestion" ? keyOfStep(cleaning.previewed.step) : undefined;
  const lossless = losslessOf(open);
  const narrow = useNarrow();
  const shown = open.filter(({ step }, i) => i < AT_FIRST || keyOfStep(step) === looked);
  return (
    <section aria-label="Suggestions" data-testid="suggestions">
      <h2 className={styles.heading}>
        Suggestions
        <small>
          {open.length === 0
            ? cleaning.job === undefined
              ? "none"
              : "looking at the cells…"
            : `${count(open.length)}, nothing applied yet`}
        </small>
      </h2>
      {cleaning.fault !== undefined && (
        <p className="q s13" role="status">
          {describeFault(cleaning.fault).title}{" "}
          <button type="button" className="link s13" onClick={askSuggestions}>
            Look again
          </button>
        </p>
      )}
      <ul className={styles.suggestions}>
        {shown.map((suggestion, i) => {
          const current = keyOfStep(suggestion.step) === looked;
          return (
            <li
              key={keyOfStep(suggestion.step)}
              data-current={current || undefined}
              tabIndex={-1}
              {...(shown.findIndex(({ column }) => column === suggestion.column) === i && {
                id: `suggested-${suggestion.column}`,
              })}
            >
              <SuggestionLine suggestion={suggestion} current={current} />
              {narrow && current && <StepPanel table={table} />}
            </li>
          );
        })}
      </ul>
      {shown.length < open.length && (
        <p className="q s13">{plural(open.length - shown.length, "more")} once these are answered.</p>
      )}
      <div className={styles.foot}>
        {lossless.length > 1 && (
          <button
            type="button"
            className="btn sm"
            data-testid="apply-lossless"
            onClick={() => applySteps(lossless.map(({ step }) => step))}
          >
            Apply the {count(lossless.length)} that lose nothing
          </button>
        )}
        <button
          type="button"
          className="link s13"
          onClick={() => makeStep({ column: "", kind: "keep-rows" })}
        >
          Filter rows
        </button>
        <button type="button" className="link s13" onClick={() => makeStep({ column: "", kind: "derive" })}>
          New column
        </button>
      </div>
    </section>
  );
}

function SuggestionLine({ suggestion, current }: { suggestion: Suggestion; current: boolean }) {
  const { column, cells, seen, step } = suggestion;
  return (
    <div className={styles.suggestion}>
      <b>{column}</b>
      <span className={styles.count}>{plural(cells, "cell")}</span>
      <p>{seen}</p>
      <button
        type="button"
        className="btn sm"
        aria-pressed={current}
        aria-label={`Preview: ${column}, ${seen}`}
        onClick={() => previewStep(step, "suggestion")}
      >
        {current ? "In preview" : "Preview"}
      </button>
    </div>
  );
}
