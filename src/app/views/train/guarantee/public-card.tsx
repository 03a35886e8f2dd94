import { useEffect, useRef, useState } from "react";
import type { PublicLine } from "../../../../core/lab/guarantee/guarantee-offer.ts";
import { plural } from "../../../../core/words/numbers.ts";
import { isDeclared } from "../../../state/guarantee/declarations.ts";
import { redoDeclared, takeBack, undoDeclared } from "../../../state/guarantee/guarantee.ts";
import { useLab } from "../../../state/use-lab.ts";
import { Icon } from "../../../parts/icon.tsx";
import { Confirm } from "./confirm.tsx";
import { SeenLevels } from "./seen-levels.tsx";
import { DeclareForm } from "./declare-form.tsx";
import styles from "./guarantee.module.css";

/** Of wide tables the first lines are enough until somebody wants all. */
const SHOWN = 40;
/** Fewer than this: what has to be found from them is likely to be found wrong. */
const FEW = 1000;

/** What the model is told: what is public, what is paid for, what the person may still declare. */
export function PublicCard() {
  const lines = useLab((state) => state.guarantee.offer?.lines);
  const unit = useLab((state) => state.guarantee.offer?.unit);
  const units = useLab((state) => state.guarantee.counted?.units ?? Infinity);
  const [all, setAll] = useState(false);
  const [editing, setEditing] = useState<string>();
  if (lines === undefined) return null;
  const open = lines.filter(({ cost }) => cost === "decision").length;
  const shown = all ? lines : lines.slice(0, SHOWN);
  const whose = unit === "patient" ? "patients" : "rows";
  return (
    <section className={`card ${styles.section}`} aria-labelledby="public-title" data-testid="public">
      <header>
        <h2 id="public-title">What is public</h2>
        <UndoDeclared />
      </header>
      <p className="q s13">
        Anything read from the {whose} must be paid for.{" "}
        {open === 0
          ? "Nothing is left to decide."
          : `${open === 1 ? "One thing" : plural(open, "thing")} to decide: what you declare costs nothing and leaves more of the budget for the rest.`}
      </p>
      {open > 0 && units < FEW && (
        <p className={`s13 ${styles.warning} ${styles.note}`}>
          <Icon name="triangle" />
          <span>
            With {plural(units, unit ?? "row")} little can be found through the noise: a range that nobody
            declared may come out far too wide, and levels may come out empty. Declare what is known.
          </span>
        </p>
      )}
      <SeenLevels />
      <div className={styles.scroll} tabIndex={0} role="region" aria-label="What is public, as a table">
        <table className={styles.public}>
          <thead>
            <tr>
              <th scope="col">What the model is told</th>
              <th scope="col">Cost</th>
              <th scope="col">Why</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((line) => (
              <Line
                key={line.what}
                line={line}
                editing={editing === line.what}
                edit={(on) => setEditing(on ? line.what : undefined)}
              />
            ))}
          </tbody>
        </table>
      </div>
      {lines.length > SHOWN && (
        <button type="button" className="link s13" onClick={() => setAll(!all)}>
          {all ? "Show fewer" : `Show all ${plural(lines.length, "line")}`}
        </button>
      )}
      <Confirm />
    </section>
  );
}

function UndoDeclared() {
  const { past, future } = useLab((state) => state.guarantee.history);
  if (past.length === 0 && future.length === 0) return null;
  return (
    <span className={styles.links}>
      <button type="button" className="btn quiet sm" disabled={past.length === 0} onClick={undoDeclared}>
        <Icon name="undo" />
        Undo
      </button>
      <button type="button" className="btn quiet sm" disabled={future.length === 0} onClick={redoDeclared}>
        <Icon name="redo" />
        Redo
      </button>
    </span>
  );
}

interface LineProps {
  readonly line: PublicLine;
  readonly editing: boolean;
  readonly edit: (on: boolean) => void;
}

function Line({ line, editing, edit }: LineProps) {
  const { what, why, cost, column, declares } = line;
  const declared = useLab(
    ({ guarantee }) =>
      column !== undefined && declares !== undefined && isDeclared(guarantee.declared, column, declares),
  );
  const head = useRef<HTMLTableCellElement>(null);
  const before = useRef(editing);
  // Whoever wrote in a line goes on from it.
  useEffect(() => {
    if (before.current && !editing) head.current?.focus();
    before.current = editing;
  }, [editing]);
  const editable = column !== undefined && declares !== undefined;
  return (
    <tr>
      <th scope="row" ref={head} tabIndex={-1}>
        {what}
      </th>
      <td>
        <Cost cost={cost} />
      </td>
      <td className="q">
        {cost === "decision" && editable ? (
          <Decision line={line} edit={() => edit(true)} />
        ) : (
          <>
            {why}
            {editable && !editing && <Change line={line} declared={declared} edit={() => edit(true)} />}
          </>
        )}
        {editing && column !== undefined && (
          <DeclareForm column={column} what={what} close={() => edit(false)} />
        )}
      </td>
    </tr>
  );
}

/** The first words of what can be decided are the way to decide it. */
function Decision({ line: { what, why, declares }, edit }: { line: PublicLine; edit: () => void }) {
  const way = declares === "levels" ? "Declare the levels" : "Declare a range";
  const rest = why.startsWith(way) ? why.slice(way.length) : ` ${why}`;
  return (
    <>
      <button type="button" className="link" aria-label={`Declare: ${what}`} onClick={edit}>
        {way}
      </button>
      {rest}
    </>
  );
}

interface ChangeProps {
  readonly line: PublicLine;
  /** by the person, not as a known clinical quantity */
  readonly declared: boolean;
  readonly edit: () => void;
}

function Change({ line: { what, column, declares }, declared, edit }: ChangeProps) {
  if (column === undefined || declares === undefined) return null;
  return (
    <span className={styles.links}>
      {declares !== "missing" && (
        <button type="button" className="link" aria-label={`Change: ${what}`} onClick={edit}>
          Change
        </button>
      )}
      {declared && (
        <button
          type="button"
          className="link"
          aria-label={`Take back: ${what}`}
          onClick={() => takeBack(column, declares)}
        >
          Take back
        </button>
      )}
    </span>
  );
}

function Cost({ cost }: { cost: PublicLine["cost"] }) {
  if (cost === "public")
    return (
      <span className={styles.cost}>
        <Icon name="check" />
        Public
      </span>
    );
  if (cost === "paid") return <span className={styles.cost}>Paid from the budget</span>;
  return (
    <span className={`${styles.cost} ${styles.decision}`}>
      <Icon name="triangle" />
      Your decision
    </span>
  );
}
