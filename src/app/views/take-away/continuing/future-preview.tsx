import { useEffect, useState } from "react";
import { describeFault } from "../../../../core/fault.ts";
import { count, percent, plain, plural } from "../../../../core/words/numbers.ts";
import type { FutureBands, GivenView, RunView } from "../../../../worker/protocol.ts";
import { Choice } from "../../../parts/choice.tsx";
import { lookAtFutures, type Futures } from "../../../state/continuing/continuing.ts";
import type { LookedAt } from "../../../state/continuing/fold-continuing.ts";
import styles from "./continuing.module.css";
import { FutureChart } from "./future-chart.tsx";

interface PreviewProps {
  readonly run: RunView;
  readonly given: GivenView;
  readonly looked: LookedAt | undefined;
  readonly request: Futures;
  readonly unit: string | undefined;
}

/** A moment of standing still before futures are drawn anew. */
const WAIT = 250;

/** One patient's futures in one column: bands, and the same as a table. */
export function FuturePreview({ run, given, looked, request, unit }: PreviewProps) {
  const first = given.visits.findIndex((_, at) => !given.ended.includes(at));
  const [patient, setPatient] = useState(Math.max(0, first));
  const [column, setColumn] = useState(given.columns[0] ?? "");
  const asked = JSON.stringify(request);
  useEffect(() => {
    if (column === "") return undefined;
    const same = JSON.parse(asked) as Futures;
    const timer = setTimeout(() => lookAtFutures(run.run, patient, column, same), WAIT);
    return () => clearTimeout(timer);
  }, [run.run, patient, column, asked]);
  if (column === "") return null;
  const last = given.visits.length - 1;
  const step = (by: number): void => setPatient((at) => Math.max(0, Math.min(last, at + by)));
  return (
    <div className={styles.preview} role="group" aria-label="One patient’s futures">
      <div className={styles.which}>
        <button type="button" className="btn sm" disabled={patient === 0} onClick={() => step(-1)}>
          Previous
        </button>
        <span aria-live="polite" data-testid="which-patient">
          Patient {count(patient + 1)} of {count(last + 1)}, {plural(given.visits[patient] ?? 0, "visit")}
        </span>
        <button type="button" className="btn sm" disabled={patient === last} onClick={() => step(1)}>
          Next
        </button>
        <Choice
          label="Column that is shown"
          value={column}
          options={given.columns.map((name) => ({ value: name, label: name }))}
          onChange={setColumn}
        />
      </div>
      <Looked looked={looked} ended={given.ended.includes(patient)} column={column} unit={unit} />
    </div>
  );
}

interface LookedProps {
  readonly looked: LookedAt | undefined;
  readonly ended: boolean;
  readonly column: string;
  readonly unit: string | undefined;
}

function Looked({ looked, ended, column, unit }: LookedProps) {
  if (ended)
    return <p className="s13 q">This patient’s course has already ended: there is no future to draw.</p>;
  if (looked?.fault !== undefined) {
    const { title, detail, remedy } = describeFault(looked.fault);
    return (
      <p className="s13" role="alert">
        <b>{title}</b> {detail} {remedy}
      </p>
    );
  }
  const bands = looked?.bands;
  if (bands === undefined || looked === undefined)
    return (
      <p className={`s13 q ${styles.waiting}`} role="status">
        Drawing futures…
      </p>
    );
  if (bands.points.length === 0)
    return (
      <p className="s13 q">
        Fewer than five of {plural(bands.futures, "future")} have a further visit with {column}: too few for a
        band. Ask for more futures, or for a later time.
      </p>
    );
  return (
    <>
      <FutureChart bands={bands} last={looked.last} column={looked.column} unit={unit} />
      <p className="s13 q">{keyWords(bands)}</p>
      <details className="s13">
        <summary>As a table</summary>
        <BandTable bands={bands} column={looked.column} unit={unit} />
      </details>
    </>
  );
}

const keyWords = (bands: FutureBands): string =>
  `${bands.type === "number" ? `Line: median of ${plural(bands.futures, "future")}. Darker: 80% of them, lighter: 95%.` : `Share of ${plural(bands.futures, "future")} in each level.`} A future counts until its last visit${bands.type === "levels" ? ", or for good where that ends the course" : ""}.`;

function BandTable({
  bands,
  column,
  unit,
}: {
  bands: FutureBands;
  column: string;
  unit: string | undefined;
}) {
  const head =
    bands.type === "number" ? ["median", "80% from", "80% to", "95% from", "95% to"] : [...bands.levels];
  const rows =
    bands.type === "number"
      ? bands.points.map(({ median, low80, high80, low95, high95, ...at }) => ({
          ...at,
          cells: [median, low80, high80, low95, high95].map(plain),
        }))
      : bands.points.map(({ shares, ...at }) => ({ ...at, cells: shares.map((share) => percent(share, 0)) }));
  return (
    <div className={styles.table} tabIndex={0} role="region" aria-label={`Futures of ${column}`}>
      <table>
        <thead>
          <tr>
            <th scope="col">{unit === undefined ? "time" : unit}</th>
            <th scope="col" className="r">
              futures
            </th>
            {head.map((name) => (
              <th key={name} scope="col" className="r">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ time, count: futures, cells }) => (
            <tr key={time}>
              <td>{plain(time)}</td>
              <td className="r">{count(futures)}</td>
              {cells.map((cell, i) => (
                <td key={head[i]} className="r">
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
