import { useRef, useState } from "react";
import type { Spend } from "../../../../core/private/accounting/spend.ts";
import { describeFault } from "../../../../core/fault.ts";
import { count, dayOf, fixed, plain } from "../../../../core/words/numbers.ts";
import { deltaWords, epsilonWords } from "../../../../core/words/privacy-limit.ts";
import type { LedgerRun } from "../../../../worker/protocol.ts";
import {
  clearLedger,
  dismissLedgerFile,
  openLedger,
  saveLedger,
  strikeEntry,
} from "../../../state/guarantee/guarantee.ts";
import { runTitle } from "../../../state/runs.ts";
import { useLab } from "../../../state/use-lab.ts";
import { JsonDoor } from "../../../parts/json-door.tsx";
import styles from "./guarantee.module.css";

/** Above it a limit says next to nothing. */
const WEAK = 10;

/** Everything that runs on this table have given away, added up. It is the person's own and stays here. */
export function LedgerCard() {
  const { entries, epsilon, delta } = useLab((state) => state.guarantee.ledger);
  const title = useRef<HTMLHeadingElement>(null);
  return (
    <section className={`card ${styles.section}`} aria-labelledby="ledger-title" data-testid="ledger">
      <header>
        <h2 id="ledger-title" ref={title} tabIndex={-1}>
          Ledger of this table
        </h2>
        <span className="q s13">Every release adds up, across runs</span>
      </header>
      {entries.length === 0 ? (
        <p className="q s13">
          Nothing is spent yet. Each run with a guarantee is entered here with what it paid for; a second one
          of the same table adds to the first.
        </p>
      ) : (
        <>
          <Entries entries={entries} />
          <p className={`s13 q ${styles.total}`} data-testid="ledger-total">
            In total <b>{epsilonWords(epsilon)}</b> at δ {deltaWords(delta)} for this table, if everything
            listed is given away.
            {epsilon > WEAK && " That is a limit on paper only: somebody can become all but certain."}
          </p>
        </>
      )}
      <Tools any={entries.length > 0} answered={() => title.current?.focus()} />
    </section>
  );
}

function Entries({ entries }: { entries: readonly LedgerRun[] }) {
  const [opened, setOpened] = useState<string>();
  const shown = opened ?? entries.at(-1)?.run;
  return (
    <div className={styles.scroll} tabIndex={0} role="region" aria-label="Ledger, as a table">
      <table className={styles.ledger}>
        <thead>
          <tr>
            <th scope="col">Mechanism</th>
            <th scope="col" className={styles.num}>
              Columns
            </th>
            <th scope="col" className={styles.num}>
              Noise σ
            </th>
            <th scope="col" className={styles.num}>
              Share
            </th>
            <th scope="col" className={styles.num}>
              ρ
            </th>
            <th scope="col" className={styles.num}>
              ε so far
            </th>
          </tr>
        </thead>
        {entries.map((entry) => (
          <Entry
            key={`${entry.run} ${entry.at}`}
            entry={entry}
            open={shown === entry.run}
            toggle={() => setOpened(shown === entry.run ? "" : entry.run)}
          />
        ))}
      </table>
    </div>
  );
}

const rhoOf = (spent: readonly Spend[]): number => spent.reduce((sum, { rho }) => sum + rho, 0);

interface EntryProps {
  readonly entry: LedgerRun;
  readonly open: boolean;
  readonly toggle: () => void;
}

function Entry({ entry, open, toggle }: EntryProps) {
  const { run, epsilon, spent, soFar, at, synthesizer } = entry;
  const name = useLab((state) => {
    const of = state.runs.find((one) => one.run === run);
    const method = state.synthesizers.find(({ id }) => id === synthesizer)?.name ?? synthesizer;
    return of === undefined ? `${method}, ${dayOf(at)}` : `Run ${runTitle(of)}`;
  });
  const here = useLab((state) => state.runs.some((one) => one.run === run));
  const rho = rhoOf(spent);
  return (
    <tbody>
      <tr className={styles.entry}>
        <th scope="row">
          <b>{name}</b>, {epsilonWords(epsilon)}
          {!here && ", not in the list of runs any more"}
          <span className={styles.links}>
            <button type="button" className="link" aria-expanded={open} onClick={toggle}>
              {open ? "Hide what it paid for" : "What it paid for"}
            </button>
            {!here && <Strike run={run} name={name} />}
          </span>
        </th>
        <td />
        <td />
        <td />
        <td className={styles.num}>{rho > 0 ? plain(rho) : "–"}</td>
        <td className={styles.num}>
          <b>{fixed(soFar.at(-1) ?? epsilon, 2)}</b>
        </td>
      </tr>
      {open &&
        spent.map((spend, i) => (
          <tr key={`${i} ${spend.what}`}>
            <th scope="row">{spend.what}</th>
            <td className={styles.num}>{spend.columns}</td>
            <td className={styles.num}>{noiseOf(spend)}</td>
            <td className={styles.num}>{rho > 0 ? fixed(spend.rho / rho, 2) : "–"}</td>
            <td className={styles.num}>{spend.sampled === undefined ? plain(spend.rho) : "–"}</td>
            <td className={styles.num}>{fixed(soFar[i] ?? epsilon, 2)}</td>
          </tr>
        ))}
    </tbody>
  );
}

/** A choice has no noise of its own; a sampled one is said with its steps. */
function noiseOf({ sigma, sampled }: Spend): string {
  if (sampled !== undefined) return `${plain(sampled.sigma)} × ${count(sampled.steps)} steps`;
  return sigma === undefined ? "a choice" : plain(sigma);
}

/** An entry whose run is gone goes only by the person's word. */
function Strike({ run, name }: { run: string; name: string }) {
  const [asks, setAsks] = useState(false);
  if (!asks)
    return (
      <button type="button" className="link" aria-label={`Strike ${name}`} onClick={() => setAsks(true)}>
        Strike
      </button>
    );
  return (
    <span className={styles.asks} role="group" aria-label={`Strike ${name}?`}>
      <span>
        Has anything made from it left this computer: rows, the model, a report, a screenshot? If so, it
        stays.
      </span>
      <span className={styles.acts}>
        <button type="button" className="btn sm" onClick={() => strikeEntry(run)}>
          Nothing has left: strike it
        </button>
        <button type="button" className="btn quiet sm" onClick={() => setAsks(false)}>
          Keep it
        </button>
      </span>
    </span>
  );
}

interface ToolsProps {
  readonly any: boolean;
  /** whoever answered goes on from the ledger's heading */
  readonly answered: () => void;
}

/** What asks has the focus: the button that it came from is gone. */
const takeFocus = (asks: HTMLElement | null): void => asks?.focus();

function Tools({ any, answered }: ToolsProps) {
  const [asks, setAsks] = useState(false);
  const file = useLab((state) => state.guarantee.file);
  return (
    <>
      <div className={`${styles.acts} ${styles.tools}`}>
        {any && (
          <button
            type="button"
            className="btn sm"
            data-testid="save-ledger"
            onClick={() => {
              // A fault is shown under the header by the store.
              saveLedger().catch(() => {});
            }}
          >
            Save the ledger
          </button>
        )}
        <JsonDoor
          words="Open a saved ledger"
          label="Open a saved ledger"
          testId="open-ledger"
          className="btn quiet sm"
          take={(chosen) => void openLedger(chosen)}
        />
        {any && !asks && (
          <button type="button" className="btn quiet sm" onClick={() => setAsks(true)}>
            Start over
          </button>
        )}
      </div>
      {asks && any && (
        <div
          className={styles.asks}
          role="group"
          aria-label="Start the ledger over?"
          tabIndex={-1}
          ref={takeFocus}
        >
          <p>
            Starting over needs your word that nothing from any of these runs has left this computer: no rows,
            no model, no report, no screenshot. What has left cannot be taken back, and its ε stays spent.
          </p>
          <span className={styles.acts}>
            <button
              type="button"
              className="btn sm danger"
              onClick={() => {
                clearLedger();
                setAsks(false);
                answered();
              }}
            >
              Nothing has left: start over
            </button>
            <button
              type="button"
              className="btn sm"
              onClick={() => {
                setAsks(false);
                answered();
              }}
            >
              Keep the ledger
            </button>
          </span>
        </div>
      )}
      {file?.fault !== undefined && (
        <p className={styles.wrong} role="alert">
          {describeFault(file.fault).title} {describeFault(file.fault).detail}{" "}
          {describeFault(file.fault).remedy}{" "}
          <button type="button" className="link" onClick={dismissLedgerFile}>
            Dismiss
          </button>
        </p>
      )}
      <p className="s q3">
        The ledger is yours alone: keep it where the table is kept, and share it with nobody.
      </p>
    </>
  );
}
