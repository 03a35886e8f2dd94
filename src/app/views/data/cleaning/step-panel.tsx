import { useEffect, useId, useRef } from "react";
import { describeFault } from "../../../../core/fault.ts";
import type { CleaningStep } from "../../../../core/table/cleaning-step.ts";
import type { TableView } from "../../../../worker/protocol.ts";
import { count, plural } from "../../../../core/words/numbers.ts";
import { Sparkline } from "../../../charts/sparkline.tsx";
import { applySteps, closePreview, leaveAsItIs } from "../../../state/cleaning/cleaning.ts";
import {
  columnOf,
  similarTo,
  type CleaningState,
  type Previewed,
} from "../../../state/cleaning/cleaning-state.ts";
import { useLab } from "../../../state/use-lab.ts";
import { Icon } from "../../../parts/icon.tsx";
import { useEscape } from "../../../parts/use-escape.ts";
import { isBinned } from "../words.ts";
import { StepForm } from "./step-form.tsx";
import { stepNames } from "./step-words.ts";
import styles from "./cleaning.module.css";

/** The column under which a step is shown; "" above the table, undefined where none is. */
export const shownUnder = ({ making, previewed }: CleaningState): string | undefined =>
  making?.column ?? (previewed === undefined ? undefined : columnOf(previewed.step));

/** A step before it is done: made by hand or suggested, what it would do, and the choice to do it. */
export function StepPanel({ table }: { table: TableView }) {
  const cleaning = useLab((state) => state.cleaning);
  const { making, previewed } = cleaning;
  const panel = useRef<HTMLElement>(null);
  const heading = useId();
  const under = shownUnder(cleaning);
  useEffect(() => {
    panel.current?.scrollIntoView({ block: "nearest" });
  }, [under, making?.kind]);
  useEscape(closePreview);
  if (under === undefined) return null;
  const column = table.columns.find(({ schema }) => schema.name === under);
  const title =
    previewed?.preview?.title ??
    (making === undefined ? undefined : stepNames[making.kind]) ??
    (previewed === undefined ? "" : stepNames[previewed.step.step]);
  return (
    <section
      ref={panel}
      className={styles.panel}
      aria-labelledby={heading}
      aria-busy={previewed !== undefined && !previewed.answered}
      data-testid="step-preview"
    >
      <h2 id={heading}>
        {under === "" ? title : `${under}: ${title}`}
        <span>{previewed === undefined ? "" : "Preview. "}Nothing has changed yet.</span>
      </h2>
      {making !== undefined && (
        <StepForm key={`${making.kind} ${making.column}`} making={making} column={column} table={table} />
      )}
      <div role="status">{previewed !== undefined && <Told previewed={previewed} table={table} />}</div>
      <Actions cleaning={cleaning} />
    </section>
  );
}

function Told({ previewed, table }: { previewed: Previewed; table: TableView }) {
  const { preview, fault, answered } = previewed;
  if (fault !== undefined) {
    const { title, detail } = describeFault(fault);
    return (
      <p className={styles.wrong}>
        <Icon name="stop" />
        {fault.code === "step-impossible" ? fault.reason : `${title} ${detail}`}
      </p>
    );
  }
  if (preview === undefined) return <p className="q s13">{answered ? "" : "Counting the cells…"}</p>;
  if (!changes(preview)) return <p className="q s13">Nothing in the table would change.</p>;
  return (
    <div className={styles.told}>
      {preview.texts.length > 0 && <Texts preview={preview} />}
      {preview.changed.length > 0 && <Changed preview={preview} />}
      {previewed.after !== undefined && <After previewed={previewed} />}
      {preview.rows > 0 && (
        <p className="s13">
          {plural(preview.rows, "row")} of {count(table.rows)} would be left out.
        </p>
      )}
    </div>
  );
}

type Preview = NonNullable<Previewed["preview"]>;

/** Names and columns can change without a cell. */
const changes = ({ cells, rows, step: { step } }: Preview): boolean =>
  cells + rows > 0 || step === "rename" || step === "derive" || step === "combine" || step === "split";

function Texts({ preview: { texts, cells } }: { preview: Preview }) {
  return (
    <div>
      <h3>What is in the {plural(cells, "cell")}, and what becomes of it</h3>
      <div className={styles.texts} tabIndex={0} role="group" aria-label="What becomes of the cells">
        <table>
          <thead>
            <tr>
              <th scope="col">In the file</th>
              <th scope="col" className="r">
                Cells
              </th>
              <th scope="col">Becomes</th>
            </tr>
          </thead>
          <tbody>
            {texts.map(({ text, cells: of, becomes }, i) => (
              <tr key={i}>
                <td className="m">{text}</td>
                <td className="r">{count(of)}</td>
                <td className={becomes === null ? "q" : "m"}>{becomes ?? "missing"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

function Changed({ preview: { changed } }: { preview: Preview }) {
  const [from, to] = [changed[0]?.row ?? 1, changed.at(-1)?.row ?? 1];
  return (
    <div>
      <h3>
        {from === to
          ? `Row ${count(from)}`
          : to - from === changed.length - 1
            ? `Rows ${count(from)} to ${count(to)}`
            : `First ${count(changed.length)} rows that change`}
      </h3>
      <table className={styles.rows}>
        <thead>
          <tr>
            <th scope="col">before</th>
            <th scope="col">after</th>
          </tr>
        </thead>
        <tbody>
          {changed.map(({ row, before, after }) => (
            <tr key={row}>
              <td>{before === "" ? <span className="q3">empty</span> : before}</td>
              <td>{after ?? <span className="q3">missing</span>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function After({ previewed: { after } }: { previewed: Previewed }) {
  if (after === undefined) return null;
  const { schema, bars, range, distinct } = after;
  const words = isBinned(schema.kind) ? range : plural(distinct, "level");
  return (
    <div>
      <h3>
        {schema.name} after: {words}
      </h3>
      {bars.length > 0 ? (
        <div className={styles.after}>
          <Sparkline
            bars={bars}
            width={220}
            height={104}
            joined={isBinned(schema.kind)}
            label={`${schema.name} after the step`}
          />
          <p className="s q3">
            {range}
            {schema.unit !== undefined && `, ${schema.unit}`}
          </p>
        </div>
      ) : (
        <p className="q s13">not shown</p>
      )}
    </div>
  );
}

function names(columns: readonly string[]): string {
  if (columns.length > 3) return `${columns[0]} and ${columns.length - 1} others`;
  return columns.length < 2 ? (columns[0] ?? "") : `${columns.slice(0, -1).join(", ")} and ${columns.at(-1)}`;
}

function Actions({ cleaning }: { cleaning: CleaningState }) {
  const { previewed } = cleaning;
  const ready =
    previewed?.preview !== undefined &&
    previewed.answered &&
    previewed.fault === undefined &&
    changes(previewed.preview);
  const similar = previewed?.by === "suggestion" ? similarTo(cleaning, previewed.step) : [];
  const step: CleaningStep | undefined = previewed?.step;
  const column = step === undefined ? "" : columnOf(step);
  return (
    <div className={styles.acts}>
      <button
        type="button"
        className="btn sm strong"
        data-testid="apply-step"
        disabled={!ready}
        onClick={() => step !== undefined && applySteps([step])}
      >
        {column === "" ? "Apply" : `Apply to ${column}`}
      </button>
      {step !== undefined && similar.length > 0 && (
        <button
          type="button"
          className="btn sm"
          disabled={!ready}
          onClick={() => applySteps([step, ...similar.map((one) => one.step)])}
        >
          Apply to {names([column, ...new Set(similar.map((one) => one.column))])}
        </button>
      )}
      <span className="grow" />
      {previewed?.by === "suggestion" ? (
        <button type="button" className="link s13" onClick={() => leaveAsItIs(previewed.step)}>
          Leave as it is
        </button>
      ) : null}
      <button type="button" className="link s13" onClick={closePreview}>
        Close
      </button>
    </div>
  );
}
