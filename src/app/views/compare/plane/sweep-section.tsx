import { useState } from "react";
import { sweepFacts, sweepSentences } from "../../../../core/words/plane-words.ts";
import { SweepCharts } from "../../../charts/plane/plane-chart.tsx";
import type { MeasuredRun } from "../../../state/measured.ts";
import { askSweep } from "../../../state/plane/plane.ts";
import { useLab } from "../../../state/use-lab.ts";
import { AskOrWait } from "./ask-or-wait.tsx";
import styles from "./plane.module.css";

/** More seeds narrow the intervals and take longer. */
const OFFERED = [2, 5, 10] as const;
const USUAL = 5;

/** What each epsilon costs in use, and what attacks then gain: one click, and runs of which none is kept. */
export function SweepSection({ run }: { run: MeasuredRun }) {
  const sweep = useLab((state) => state.plane.sweeps[run.run]);
  const [seeds, setSeeds] = useState<number>(USUAL);
  return (
    <section className={`card ${styles.sec}`} aria-label="What each ε costs">
      <header>
        <h2>What each ε costs</h2>
        <p>
          {sweep === undefined
            ? "Runs with a privacy guarantee at ε 0.3, 1, 3 and 10, several seeds each, on the training rows. None is kept or given away, so nothing is added to the ledger."
            : `${sweep.synthesizer}: ${sweepFacts(sweep)}`}
        </p>
      </header>
      {sweep !== undefined && (
        <>
          <SweepCharts sweep={sweep} />
          <p className={styles.say}>{sweepSentences(sweep).join(" ")}</p>
        </>
      )}
      <div className={styles.wait}>
        <label>
          Seeds at each ε{" "}
          <select
            className="sel"
            value={seeds}
            onChange={(event) => setSeeds(Number(event.currentTarget.value))}
          >
            {OFFERED.map((n) => (
              <option key={n}>{n}</option>
            ))}
          </select>
        </label>
        <AskOrWait run={run.run} what="sweep" ask={() => askSweep(run.run, seeds)}>
          {sweep === undefined ? "Run the sweep" : "Run it again"}
        </AskOrWait>
      </div>
    </section>
  );
}
