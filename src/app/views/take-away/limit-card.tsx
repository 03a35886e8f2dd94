import { useState } from "react";
import type { RunView } from "../../../worker/protocol.ts";
import { guaranteeWords } from "../../../core/words/guarantee.ts";
import { epsilonWords, isPrivate } from "../../../core/words/privacy-limit.ts";
import { guaranteeOfRun } from "../../state/guarantee/guarantee.ts";
import { evaluationName, exportEvaluation } from "../../state/files/taking-away.ts";
import { Icon } from "../../parts/icon.tsx";
import { LimitNote } from "../../parts/limit-note.tsx";
import styles from "./take-away.module.css";

/** Of a run with a guarantee: what is guaranteed of what leaves, and the one report that may leave with it. */
export function LimitCard({ run }: { run: RunView }) {
  const guarantee = guaranteeOfRun(run);
  if (guarantee === undefined) return null;
  const keeps = isPrivate(guarantee);
  return (
    <section className="card" aria-labelledby="limit-title" data-testid="limit-card">
      <div className={styles.limit}>
        <h2 id="limit-title">
          {keeps ? `With a guarantee of ${epsilonWords(guarantee.epsilon)}` : "Not private"}
        </h2>
        <LimitNote run={run} covers="files" />
        {keeps &&
          !run.fromFile &&
          guaranteeWords(guarantee).map((words) => (
            <p key={words} className="s13 q">
              {words}
            </p>
          ))}
        {keeps && <WhatGoesWhere />}
        {keeps && <ForOutside run={run} />}
      </div>
    </section>
  );
}

function WhatGoesWhere() {
  return (
    <dl className={styles.where}>
      <dt>For others</dt>
      <dd>Synthetic rows, the model file, the report for outside: made from noisy counts alone.</dd>
      <dt>Stays here</dt>
      <dd>
        The evaluation, its card and Compare, which read real patients; the settings; the ledger. The
        guarantee covers none of them.
      </dd>
    </dl>
  );
}

/** The report that reads no real patient, as one file. */
function ForOutside({ run }: { run: RunView }) {
  const [said, setSaid] = useState("");
  const name = evaluationName(run, "guarantee-html");
  const save = (): void => {
    exportEvaluation(run, "guarantee-html", undefined, false).then(
      () => setSaid(`${name} is saved.`),
      () => setSaid("The report could not be made; the reason stands under the header."),
    );
  };
  return (
    <div className={styles.outside}>
      <button type="button" className="btn" data-testid="save-guarantee-html" onClick={save}>
        <Icon name="document" />
        Report for outside
      </button>
      <p className="s13 q" aria-live="polite">
        {said === ""
          ? "Synthetic rows beside the noisy counts, and what was spent. Reads no real patient."
          : said}
      </p>
    </div>
  );
}
