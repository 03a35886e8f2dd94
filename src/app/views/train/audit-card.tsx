import { describeFault } from "../../../core/fault.ts";
import { aboutDuration, count, percent } from "../../../core/words/numbers.ts";
import type { AuditResult } from "../../../worker/protocol.ts";
import { Icon } from "../../parts/icon.tsx";
import {
  auditSeconds,
  AUDIT_RUNS,
  cancelAudit,
  closeAudit,
  startAudit,
} from "../../state/guarantee/audit.ts";
import type { AuditState } from "../../state/guarantee/fold-audit.ts";
import { limited } from "../../state/guarantee/guarantee.ts";
import { runUnderWay } from "../../state/runs.ts";
import { useLab, useLabEvery } from "../../state/use-lab.ts";
import styles from "./audit-card.module.css";

const HEADINGS = {
  holds: "The test could not break it",
  broken: "The guarantee is broken",
  "not measurable": "The test says little",
} as const;

/** Stands beside Train while a limit is chosen and nothing is under way. */
export function AuditButton() {
  const offered = useLab((state) => limited(state) && state.guarantee.offer !== undefined);
  const busy = useLab((state) => runUnderWay(state) !== undefined || state.audit?.job !== undefined);
  const seconds = useLab(auditSeconds);
  if (!offered) return null;
  return (
    <button
      type="button"
      className="btn"
      data-testid="audit"
      disabled={busy}
      title={`Tries to break it: ${count(AUDIT_RUNS)} runs with a made-up patient and ${count(AUDIT_RUNS)} without.`}
      onClick={() => startAudit()}
    >
      Test the guarantee{seconds !== undefined && seconds >= 1 && `, ${aboutDuration(seconds)}`}
    </button>
  );
}

/** A test of the guarantee, while it runs and once it is done. */
export function AuditCard() {
  const audit = useLabEvery(250, (state) => state.audit);
  if (audit === undefined) return null;
  return (
    <section className="card pad" aria-label="Test of the guarantee" data-testid="audit-card">
      {audit.job !== undefined ? (
        <UnderWay audit={audit} />
      ) : (
        <>
          {audit.fault !== undefined && <Failed audit={audit} />}
          {audit.result !== undefined && <Result result={audit.result} />}
          <p className={styles.acts}>
            <button type="button" className="btn sm" onClick={closeAudit}>
              Close
            </button>
          </p>
        </>
      )}
    </section>
  );
}

function UnderWay({ audit: { request, fraction, secondsLeft } }: { audit: AuditState }) {
  const name = useLab(({ synthesizers }) => synthesizers.find(({ id }) => id === request.synthesizer)?.name);
  return (
    <>
      <h2>Testing the guarantee</h2>
      <p className={styles.what}>
        {name ?? request.synthesizer}, ε {String(request.params["epsilon"])}: {count(request.runs)} runs with
        a made-up patient who stands out, and {count(request.runs)} without. If what they release can be told
        apart better than ε allows, it is broken. All patients in it are made up, with the columns of your
        table; nothing is spent from the ledger.
      </p>
      <div className={styles.going}>
        <div
          className="bar"
          role="progressbar"
          aria-label="Test of the guarantee"
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={Math.floor(100 * fraction)}
        >
          <i style={{ width: `${Math.round(1000 * fraction) / 10}%` }} />
        </div>
        <span>
          {percent(fraction, 0)}
          {secondsLeft !== undefined && `, ${aboutDuration(secondsLeft)} left`}
        </span>
        <button type="button" className="btn sm" onClick={cancelAudit}>
          Stop the test
        </button>
      </div>
    </>
  );
}

function Failed({ audit: { fault } }: { audit: AuditState }) {
  if (fault === undefined) return null;
  const { title, detail, remedy } = describeFault(fault);
  return (
    <div role="alert">
      <h2>The test could not be run</h2>
      <p className={styles.what}>{[title, detail, remedy].filter(Boolean).join(" ")}</p>
    </div>
  );
}

const digits = (value: number): string => String(Number(value.toPrecision(2)));

function Result({ result }: { result: AuditResult }) {
  const { verdict, least, epsilon, name, sentence, answers } = result;
  const broken = verdict === "broken";
  return (
    <div role={broken ? "alert" : "status"} className={broken ? styles.broken : undefined}>
      <h2 className={styles.title}>
        <Icon name={broken ? "triangle" : result.verdict === "holds" ? "check" : "note"} />
        {HEADINGS[verdict]}
      </h2>
      <dl className={styles.figures}>
        <div>
          <dt>ε stated, {name}</dt>
          <dd>{digits(epsilon)}</dd>
        </div>
        <div>
          <dt>ε shown by the test, at least</dt>
          <dd>{digits(least)}</dd>
        </div>
        {answers !== undefined && (
          <div>
            <dt>noise found, of what is stated</dt>
            <dd>{percent(answers.spread, 0)}</dd>
          </div>
        )}
      </dl>
      <p className={styles.what}>{sentence}</p>
      {!broken && (
        <p className={styles.note}>
          A test can break a guarantee, never prove it: the proof is the mathematics. It ran on made-up
          patients, since noise does not depend on whom it protects.
        </p>
      )}
    </div>
  );
}
