import { useEffect, useRef, type ReactNode } from "react";
import type { StudyResult } from "../../../core/report/study.ts";
import { count, plural } from "../../../core/words/numbers.ts";
import type { StudyView } from "../../../worker/protocol.ts";
import { Icon } from "../../parts/icon.tsx";
import { isTyping } from "../../parts/is-typing.ts";
import { FigureTable } from "./figure-table.tsx";
import { StudyPictures } from "./study-pictures.tsx";
import { cellsWords } from "./study-words.ts";
import styles from "./studies.module.css";

interface FoundProps {
  readonly result: StudyResult;
  readonly view: StudyView;
}

/** The sentence, what else is worth knowing, the grid in words, the pictures. */
export function Found({ result, view }: FoundProps) {
  const { say, more, settings, table, pictures } = result;
  const words = [
    { name: "Table", words: `${table.name}, ${count(table.rows)} rows, ${plural(table.columns, "column")}` },
    ...settings,
  ];
  return (
    <>
      <Sentence view={view}>
        <b>{say.bold}</b> {say.rest}
      </Sentence>
      {more !== undefined && more.length > 0 && <p className={styles.more}>{more.join(" ")}</p>}
      <dl className={styles.settings}>
        {words.map(({ name, words: said }) => (
          <div key={name}>
            <dt>{name}</dt> <dd>{said}</dd>
          </div>
        ))}
        <div>
          <dt>Cells</dt> <dd>{cellsWords(result)}</dd>
        </div>
      </dl>
      {pictures.length > 0 && <StudyPictures pictures={pictures} />}
    </>
  );
}

/** It takes the focus when the study that is shown has come to its end. */
function Sentence({ view, children }: { readonly view: StudyView; readonly children: ReactNode }) {
  const sentence = useRef<HTMLParagraphElement>(null);
  const before = useRef({ study: view.study, state: view.state });
  useEffect(() => {
    const was = before.current;
    before.current = { study: view.study, state: view.state };
    const ended = was.study === view.study && was.state === "running" && view.state === "done";
    if (ended && !isTyping(document.activeElement)) sentence.current?.focus();
  }, [view.study, view.state]);
  return (
    <p ref={sentence} className={styles.say} tabIndex={-1} data-testid="study-sentence">
      {children}
    </p>
  );
}

/** The tables of a study, its limits, and the cells that could not be run. */
export function FoundTables({ result }: { readonly result: StudyResult }) {
  const { tables, notes, failed } = result;
  return (
    <>
      {tables.map((table, at) => (
        <section key={`${at} ${table.title}`} className={`card ${styles.section}`} aria-label={table.title}>
          <header>
            <h2>{table.title}</h2>
            {table.note !== undefined && <p>{table.note}</p>}
          </header>
          <FigureTable table={table} label={`${table.title}, scrolls sideways`} />
          {at === tables.length - 1 && <Notes notes={notes} />}
        </section>
      ))}
      {tables.length === 0 && notes !== undefined && notes.length > 0 && (
        <section className={`card ${styles.section}`} aria-label="Limits">
          <Notes notes={notes} />
        </section>
      )}
      {failed.length > 0 && <FailedCells failed={failed} />}
    </>
  );
}

function Notes({ notes }: { readonly notes: StudyResult["notes"] }) {
  return (notes ?? []).map((note) => (
    <p key={note} className={styles.note}>
      <Icon name="note" />
      <span>{note}</span>
    </p>
  ));
}

function FailedCells({ failed }: Pick<StudyResult, "failed">) {
  return (
    <section className={`card ${styles.section}`} aria-label="Cells that could not be run">
      <header>
        <h2>{plural(failed.length, "cell")} could not be run</h2>
        <p>The others went on. What they would have shown is missing above.</p>
      </header>
      <ul className={styles.failed}>
        {failed.map(({ cell, reason }) => (
          <li key={cell}>
            <Icon name="triangle" />
            <span>
              <b>{cell}.</b> {reason}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
