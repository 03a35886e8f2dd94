import { useEffect, useRef } from "react";
import { describeFault } from "../../../core/fault.ts";
import { joined, openLabel, titleOf, whyNotOpen } from "./words.ts";
import { plural, size } from "../../../core/words/numbers.ts";
import { leaveChoosing, openChosen } from "../../state/choosing/choosing.ts";
import { tablesOf, type ChoosingState } from "../../state/choosing/choosing-state.ts";
import { browse } from "../../parts/file-doors.tsx";
import { Icon } from "../../parts/icon.tsx";
import { tableFormats } from "../../parts/table-endings.ts";
import { useEscape } from "../../parts/use-escape.ts";
import { FileList } from "./file-list.tsx";
import { JoinCard } from "./join-card.tsx";
import { PurposeQuestion } from "./purpose-question.tsx";
import { ResultCard } from "./result-card.tsx";
import { SheetCard } from "./sheet-card.tsx";
import { ViewCard } from "./view-card.tsx";
import styles from "./opening.module.css";

/** Several files, or one with several tables: what they are, which are opened, how they are read and joined. */
export function OpeningView({ choosing }: { choosing: ChoosingState }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  useEscape(leaveChoosing);
  const names = choosing.files.map(({ name }) => name);
  const bytes = choosing.files.reduce((sum, file) => sum + file.bytes, 0);
  const joins = choosing.purpose === "parts" && choosing.ticked.length === 2;
  return (
    <form
      className={styles.page}
      aria-busy={choosing.job !== undefined}
      onSubmit={(event) => {
        event.preventDefault();
        if (whyNotOpen(choosing) === undefined) openChosen();
      }}
    >
      <div className="head">
        <div className="grow">
          <h1 ref={heading} tabIndex={-1}>
            {titleOf(choosing)}
          </h1>
          <p className="sub">
            {joined(names)}, {size(bytes)}. Read on this machine only.
          </p>
        </div>
        <Actions choosing={choosing} />
      </div>
      {choosing.fault !== undefined && <Wrong fault={choosing.fault} />}
      {choosing.job === undefined && <PurposeQuestion choosing={choosing} />}
      <div className={styles.main}>
        <div className={styles.files}>
          <FileList choosing={choosing} />
          <button type="button" className={styles.more} onClick={() => browse("open-file")}>
            <b>Drop or open another file</b>
            <span>{tableFormats} Read on this machine only.</span>
          </button>
        </div>
        <div className={styles.cards}>
          {choosing.job === undefined && tablesOf(choosing.files).length === 0 && (
            <section className="card pad">
              <h2>There is nothing to open</h2>
              <p className="q s13">
                No table was found in {plural(names.length, "file")}. Open another file.
              </p>
            </section>
          )}
          {choosing.shown !== undefined && <SheetCard choosing={choosing} at={choosing.shown} />}
          {choosing.shown !== undefined && <ViewCard choosing={choosing} at={choosing.shown} />}
          {joins && <JoinCard choosing={choosing} />}
          {joins && <ResultCard choosing={choosing} />}
        </div>
      </div>
    </form>
  );
}

function Actions({ choosing }: { choosing: ChoosingState }) {
  const why = whyNotOpen(choosing);
  const { what, more } = openLabel(choosing);
  return (
    <div className="dock">
      <button type="button" className="btn" onClick={leaveChoosing}>
        Cancel
      </button>
      <button
        type="submit"
        className="btn pri"
        data-testid="open-chosen"
        disabled={why !== undefined}
        title={why}
      >
        <span>
          {what}
          {more !== "" && <span className="opt">{more}</span>}
        </span>
      </button>
    </div>
  );
}

function Wrong({ fault }: { fault: NonNullable<ChoosingState["fault"]> }) {
  const { title, detail, remedy } = describeFault(fault);
  return (
    <div className={`problem ${styles.problem}`} role="alert">
      <Icon name="stop" />
      <p>
        <b>{title}</b> {detail} {remedy}
      </p>
    </div>
  );
}
