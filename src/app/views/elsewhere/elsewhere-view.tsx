import { useEffect, useRef } from "react";
import { chooseElsewhere } from "../../state/elsewhere.ts";
import { useLab } from "../../state/use-lab.ts";
import { isTyping } from "../../parts/is-typing.ts";
import styles from "./elsewhere.module.css";
import { FileSlot } from "./file-slot.tsx";
import { SeenQuestion } from "../../parts/seen-question.tsx";
import { OpenTableOffer } from "./open-table-offer.tsx";
import { StartCard } from "./start-card.tsx";

/** The report of the lab for a synthetic table from any tool: three files, a question, a target, and off. */
export function ElsewhereView() {
  const heading = useRef<HTMLHeadingElement>(null);
  const connected = useLab((state) => state.connected);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  usePastedTable();
  return (
    <div className={`wrap ${styles.page}`}>
      <h1 ref={heading} tabIndex={-1}>
        Compare a synthetic table made elsewhere
      </h1>
      <p className="lede">
        Made by a language model, CTGAN, synthpop, another Semblance: open it beside the real table and get
        the same report as for a run of this lab. The files are read by this tab and go nowhere else.
      </p>
      {connected ? (
        <>
          <div className={styles.slots}>
            <FileSlot
              slot="real"
              title="Real table"
              about="What the synthetic table was made from."
              offer={<OpenTableOffer />}
            />
            <FileSlot
              slot="holdout"
              title="Real rows held out"
              optional
              about="Patients who were kept away from the tool. Only they show what chance alone does; most measures of privacy, and all of models, need them."
            />
            <FileSlot
              slot="synthetic"
              title="Synthetic table"
              about="From any tool. Columns are found by their names, in any order. Ctrl V pastes it."
            />
          </div>
          <SeenQuestion />
          <StartCard />
        </>
      ) : (
        <p className="q s13">Getting the lab ready…</p>
      )}
    </div>
  );
}

/** A pasted table is the synthetic one: that is how a language model hands it over. */
function usePastedTable(): void {
  useEffect(() => {
    const onPaste = (event: ClipboardEvent): void => {
      if (isTyping(event.target)) return;
      const file = event.clipboardData?.files[0];
      const text = event.clipboardData?.getData("text/plain") ?? "";
      if (file !== undefined) chooseElsewhere("synthetic", file, file.name);
      else if (/\S[^]*[\r\n][^]*\S/u.test(text))
        chooseElsewhere("synthetic", new Blob([text], { type: "text/csv" }), "Pasted table.csv");
    };
    addEventListener("paste", onPaste);
    return () => removeEventListener("paste", onPaste);
  }, []);
}
