import { useState } from "react";
import { aboutDuration, percent } from "../../../core/words/numbers.ts";
import { attack, cancelAttack } from "../../state/files/taking-away.ts";
import { runUnderWay } from "../../state/runs.ts";
import { useLab, useLabEvery } from "../../state/use-lab.ts";
import styles from "./shadow-card.module.css";

/** Numbers of shadow models on offer: more are a stronger attack, and take longer. */
const OFFERED = [8, 16, 32] as const;
const USUAL = 16;

/** The attack with models of the same kind, for the asking: what it takes is said first, and it can be ended. */
export function ShadowCard({ run: id }: { run: string }) {
  const run = useLab((state) => state.runs.find(({ run }) => run === id));
  const hasTable = useLab((state) => state.table !== null);
  const busy = useLab((state) => runUnderWay(state) !== undefined);
  const attacking = useLabEvery(250, (state) => state.live[id]?.attacking);
  const [shadows, setShadows] = useState<number>(USUAL);
  const measured = run?.report?.metrics.some(({ info }) => info.id === "membership-shadow") === true;
  if (run?.facts === undefined || (!hasTable && attacking === undefined)) return null;
  const seconds = secondsOf(run.facts.seconds, run.request.holdout.share);
  return (
    <div className={styles.shadow} role="group" aria-label="Attack with shadow models">
      <div>
        <h3>Attack with shadow models</h3>
        <p>
          The strongest attack here: it trains models as this one was, on random halves of all patients, and
          compares patient by patient.{" "}
          {measured ? "Its result stands under Membership." : "Not part of measuring, since it takes long."}
        </p>
      </div>
      {attacking === undefined ? (
        <div className={styles.ask}>
          <label>
            Models{" "}
            <select
              className="sel"
              value={shadows}
              onChange={(event) => setShadows(Number(event.currentTarget.value))}
            >
              {OFFERED.map((n) => (
                <option key={n} value={n}>
                  {n}, {aboutDuration(n * seconds)}
                </option>
              ))}
            </select>
          </label>
          <button type="button" className="btn" disabled={busy} onClick={() => attack(id, shadows)}>
            {measured ? "Attack again" : "Attack"}
          </button>
          {busy && <span>once what is under way is done</span>}
        </div>
      ) : (
        <div className={styles.ask}>
          <div
            className="bar"
            role="progressbar"
            aria-label="Attack with shadow models"
            aria-valuemin={0}
            aria-valuemax={100}
            aria-valuenow={Math.floor(100 * attacking.fraction)}
          >
            <i style={{ width: `${Math.round(1000 * attacking.fraction) / 10}%` }} />
          </div>
          <span>
            {percent(attacking.fraction, 0)}
            {attacking.secondsLeft !== undefined && `, ${aboutDuration(attacking.secondsLeft)} left`}
          </span>
          <button type="button" className="btn" onClick={() => cancelAttack(attacking.job)}>
            End the attack
          </button>
        </div>
      )}
    </div>
  );
}

/** One shadow model learns from half of all patients, where the run learned from all but the held-out share. */
const secondsOf = (seconds: number, share: number): number => (seconds * 0.5) / (1 - share);
