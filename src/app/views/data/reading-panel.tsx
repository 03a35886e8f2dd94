import { useEffect, useState } from "react";
import { cancelReading } from "../../state/files/opening.ts";
import type { Reading } from "../../state/lab-state.ts";
import { count, duration, percent, size } from "../../../core/words/numbers.ts";

const words: Readonly<Record<Reading["kind"], { title: (name: string) => string; lede: string }>> = {
  table: {
    title: (name) => `Reading ${name}`,
    lede: "The file stays on this machine. You can cancel at any time.",
  },
  model: { title: (name) => `Opening ${name}`, lede: "The model file stays on this machine." },
  cohort: { title: (name) => `Simulating ${name}`, lede: "No real patient is behind any row." },
};

const widths = [96, 72, 84, 64, 104, 76, 90, 68];

/** A file on its way in: how far, how long still, and a way out. */
export function ReadingPanel({ reading }: { reading: Reading }) {
  const seconds = useSeconds(reading.job);
  const { looked } = reading;
  const share = looked ?? (reading.total > 0 ? Math.min(1, reading.bytes / reading.total) : 0);
  const left = looked === undefined && share > 0.05 ? (seconds * (1 - share)) / share : undefined;
  const { title, lede } = words[reading.kind];
  return (
    <div className="wrap">
      <h1>{title(reading.name)}</h1>
      <p className="lede">{lede}</p>
      <section className="card load" aria-busy="true">
        <div className="t">
          <span role="status">{rowsWords(reading)}</span>
          <span className="q">
            {reading.total > 0 && `${size(reading.bytes)} of ${size(reading.total)}`}
            {left !== undefined && left > 0.5 && ` · about ${duration(left)} left`}
          </span>
        </div>
        <div
          className="bar"
          role="progressbar"
          aria-label={title(reading.name)}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={Math.round(100 * share)}
        >
          <i style={{ width: `${100 * share}%` }} />
        </div>
        <Skeleton filled={share} />
        <div className="acts">
          <button type="button" className="btn" onClick={cancelReading}>
            Cancel
          </button>
        </div>
      </section>
    </div>
  );
}

function rowsWords({ rows, looked, kind }: Reading): string {
  if (looked !== undefined)
    return `${count(rows)} rows are there; looking at their columns, ${percent(looked, 0)}`;
  if (rows > 0) return `${count(rows)} rows so far`;
  return kind === "cohort" ? "Simulating the first rows" : "Looking at the first rows";
}

/** Rows of the table to come; they gain colour with the share that is read. */
function Skeleton({ filled }: { filled: number }) {
  return (
    <div className="sks" aria-hidden="true">
      {widths.map((width, i) => (
        <div key={width} className={i < filled * widths.length ? "in" : ""}>
          <span style={{ width }} />
          <span style={{ width: 76 }} />
          <span style={{ width: 132 }} />
          <span style={{ width: 28 }} />
          <span style={{ width: 60 }} />
        </div>
      ))}
    </div>
  );
}

/** Seconds since `job` began, twice a second. */
function useSeconds(job: number): number {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const from = performance.now();
    const timer = setInterval(() => setSeconds((performance.now() - from) / 1000), 500);
    return () => clearInterval(timer);
  }, [job]);
  return seconds;
}
