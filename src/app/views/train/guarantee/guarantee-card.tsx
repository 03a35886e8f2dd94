import { useId } from "react";
import type { GuaranteeStop } from "../../../../core/lab/guarantee/guarantee-offer.ts";
import { describeFault } from "../../../../core/fault.ts";
import { fixed } from "../../../../core/words/numbers.ts";
import { epsilonWords, limitSentence, sureOf } from "../../../../core/words/privacy-limit.ts";
import { STOPS } from "../../../state/guarantee/guarantee.ts";
import { setSettings } from "../../../state/training.ts";
import { useLab } from "../../../state/use-lab.ts";
import { Icon } from "../../../parts/icon.tsx";
import { SureFigure, UseFigure, useScale, type UseScale } from "./level-figures.tsx";
import styles from "./guarantee.module.css";

/** The switch with its stops: what each lets anybody know, and what use is expected of it, before any run. */
export function GuaranteeCard() {
  const title = useId();
  const unit = useLab((state) => state.guarantee.offer?.unit ?? "patient");
  return (
    <section className="card" aria-labelledby={title} data-testid="guarantee">
      <div className={styles.intro}>
        <h2 id={title}>Privacy guarantee</h2>
        <p className="q">
          Noise is added while learning, so that the result would look almost the same had any one {unit} not
          been there. It holds against attacks nobody has thought of yet.
        </p>
        <Stops labelledBy={title} />
        <p className="s q3">ε (epsilon): the smaller, the more private</p>
      </div>
      <Levels />
      <Foot />
    </section>
  );
}

const OFF = "off";

/** The stops, and the limit that was typed where it is none of them. */
function Stops({ labelledBy }: { labelledBy: string }) {
  const epsilon = useLab((state) => state.settings.epsilon);
  const own = epsilon !== null && !STOPS.includes(epsilon);
  const all = own ? [...STOPS, epsilon].toSorted((a, b) => b - a) : STOPS;
  return (
    <div className={styles.stops} role="radiogroup" aria-labelledby={labelledBy}>
      <Stop value={OFF} on={epsilon === null} label="Off" set={() => setSettings({ epsilon: null })} />
      {all.map((stop) => (
        <Stop
          key={stop}
          value={String(stop)}
          on={epsilon === stop}
          label={String(stop)}
          name={epsilonWords(stop)}
          set={() => setSettings({ epsilon: stop })}
        />
      ))}
    </div>
  );
}

interface StopProps {
  readonly value: string;
  readonly label: string;
  readonly name?: string;
  readonly on: boolean;
  readonly set: () => void;
}

function Stop({ value, label, name = label, on, set }: StopProps) {
  return (
    <label className={on ? styles.on : undefined}>
      <input
        type="radio"
        name="guarantee-stop"
        value={value}
        checked={on}
        aria-label={name}
        {...(on ? { "data-key": "g" } : {})}
        onChange={set}
      />
      {label}
    </label>
  );
}

/** What is known of each stop without the patients: the worker's answer, or the limit alone until it is there. */
function useLevels(): readonly GuaranteeStop[] {
  const offered = useLab((state) => state.guarantee.offer?.stops);
  const epsilon = useLab((state) => state.settings.epsilon);
  const known: readonly GuaranteeStop[] = offered ?? [
    {
      sentence:
        "No mathematical limit. What an attacker could learn is measured after training, with the attacks we know.",
    },
    ...STOPS.map((stop) => ({ epsilon: stop, sentence: limitSentence(stop), sure: sureOf(stop) })),
  ];
  if (epsilon === null || known.some((level) => level.epsilon === epsilon)) return known;
  const own = { epsilon, sentence: limitSentence(epsilon), sure: sureOf(epsilon) };
  return [...known, own].toSorted((a, b) => (b.epsilon ?? Infinity) - (a.epsilon ?? Infinity));
}

function Levels() {
  const levels = useLevels();
  const use = useLab((state) => state.guarantee.offer?.use);
  const unit = useLab((state) => state.guarantee.offer?.unit ?? "row");
  const epsilon = useLab((state) => state.settings.epsilon);
  const scale = useScale(levels);
  const attacker = `An attacker cannot tell, 50 to 50, whether a ${unit === "patient" ? "patient was" : "row was"} in the table. What can the result add?`;
  return (
    <div className={styles.levels} role="table" aria-label="What each stop means">
      <div className={`${styles.level} ${styles.top}`} role="row">
        <span role="columnheader">ε</span>
        <span role="columnheader">{attacker}</span>
        <span role="columnheader">
          At most this sure
          <br />
          50% is a coin, to 100%
        </span>
        <span role="columnheader">
          {scale !== undefined && <UseHead use={use} free={scale.free !== undefined} />}
        </span>
      </div>
      <p className={styles.narrow}>{attacker}</p>
      {levels.map((level) => (
        <Level
          key={level.epsilon ?? OFF}
          level={level}
          on={(level.epsilon ?? null) === epsilon}
          scale={scale}
          use={use}
        />
      ))}
    </div>
  );
}

function UseHead({ use, free }: { use: string | undefined; free: boolean }) {
  return (
    <>
      {use ?? "Expected use"}
      <br />
      <span className={styles.keys}>
        {free && (
          <>
            <i className="k real" />
            without a limit
          </>
        )}
        <svg width="16" height="10" aria-hidden="true" className={styles.point}>
          <path d="M0 5H16" />
          <circle cx="8" cy="5" r="3.4" />
        </svg>
        expected
      </span>
    </>
  );
}

interface LevelProps {
  readonly level: GuaranteeStop;
  readonly on: boolean;
  readonly scale: UseScale | undefined;
  readonly use: string | undefined;
}

function Level({ level, on, scale, use }: LevelProps) {
  const { epsilon, sentence, expected } = level;
  return (
    <div className={on ? `${styles.level} ${styles.on}` : styles.level} role="row">
      <b role="rowheader">{epsilon === undefined ? "Off" : epsilonWords(epsilon)}</b>
      <p role="cell">{sentence}</p>
      <div role="cell">
        <span className={`${styles.narrow} s q3`}>At most this sure</span>
        <SureFigure {...level} />
      </div>
      <div role="cell">
        {expected !== undefined && scale !== undefined && (
          <>
            <span className={`${styles.narrow} s q3`}>{use ?? "Expected use"}</span>
            <UseFigure expected={expected} scale={scale} />
          </>
        )}
      </div>
    </div>
  );
}

/** Where the figures come from, how easily the rows will be told from real ones, and what stands in the way. */
function Foot() {
  const epsilon = useLab((state) => state.settings.epsilon);
  const levels = useLevels();
  const offer = useLab((state) => state.guarantee.offer);
  const fault = useLab((state) => state.guarantee.fault);
  const asking = useLab((state) => state.guarantee.job !== undefined && state.guarantee.offer === undefined);
  if (fault !== undefined) return <Refused fault={fault} />;
  const level = levels.find((one) => (one.epsilon ?? null) === epsilon);
  const measured = levels.some((one) => one.expected !== undefined);
  return (
    <div className={styles.foot} aria-live="polite">
      {asking && <p className="q s13">Looking at what can be offered for this table…</p>}
      {epsilon !== null &&
        offer?.warnings.map((warning) => (
          <p key={warning} className={styles.warning}>
            <Icon name="triangle" />
            <span>{warning}</span>
          </p>
        ))}
      {offer !== undefined && (
        <p className="s13 q">
          <Icon name="note" />
          <span>
            {measured
              ? "Expected from tables of this size measured in advance, not from your patients."
              : "No table like this one was measured in advance, so no use can be expected in numbers."}{" "}
            {level?.epsilon !== undefined && level.told !== undefined && (
              <>
                At {epsilonWords(level.epsilon)} synthetic patients will be easy to tell from real ones (AUC
                about {fixed(level.told, 2)}; 0.50 is a coin): use them for their outcome relations, not as
                look-alikes.
              </>
            )}
            {level?.epsilon !== undefined && level.told === undefined && (
              <>
                With a limit synthetic patients are easy to tell from real ones at this size: use them for
                their relations, not as look-alikes.
              </>
            )}
          </span>
        </p>
      )}
    </div>
  );
}

function Refused({ fault }: { fault: Parameters<typeof describeFault>[0] }) {
  const { title, detail, remedy } = describeFault(fault);
  return (
    <div className={`fault flat ${styles.refused}`} role="alert">
      <h3>
        <Icon name="stop" />
        {title}
      </h3>
      <p>
        {detail} {remedy}
      </p>
    </div>
  );
}
