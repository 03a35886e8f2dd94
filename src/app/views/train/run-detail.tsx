import { useMemo } from "react";
import { describeFault } from "../../../core/fault.ts";
import type { ColumnComparison } from "../../../core/report/report.ts";
import type { RunView } from "../../../worker/protocol.ts";
import type { LossPoint, RunLive } from "../../state/lab-state.ts";
import { evaluate, train } from "../../state/training.ts";
import { useLab, useLabEvery } from "../../state/use-lab.ts";
import { hrefOf } from "../../state/route.ts";
import { sides } from "../../../core/words/sides.ts";
import { count, duration } from "../../../core/words/numbers.ts";
import { heldOutWords, rowsWords } from "../../../core/words/visits.ts";
import { MarginFigure } from "../../charts/columns/column-figure.tsx";
import { Keys } from "../../charts/keys.tsx";
import { LossChart, LossKeys, keptSteps, lastLosses } from "../../charts/training/loss-chart.tsx";
import { LookChart, LookKeys, lookWords } from "../../charts/training/look-chart.tsx";
import { VerdictMark } from "../../charts/verdict-mark.tsx";
import { Icon } from "../../parts/icon.tsx";
import { GoOn } from "../../parts/go-on.tsx";
import { LimitNote } from "../../parts/limit-note.tsx";
import { RestLine } from "../../parts/rest-line.tsx";
import { Trial } from "./trial.tsx";
import { deviceName, deviceWords } from "./words.ts";

/** The selected run: what is to be said about it, its verdicts, loss and margins. */
export function RunDetail({ run }: { run: RunView }) {
  return (
    <>
      <Notices run={run} />
      {run.state === "failed" && <Failed run={run} />}
      {(run.state === "done" || (run.state === "cancelled" && run.hasModel)) && <Outcome run={run} />}
      <Trial run={run} />
      <Loss run={run} />
      <Looks run={run} />
      <Margins run={run} />
    </>
  );
}

/** What happened on the way: a device that was lost, a fallback. Beside the run, and it stays. */
function Notices({ run }: { run: RunView }) {
  if (run.notices.length === 0) return null;
  return (
    <section className="card notice" aria-label="Notices" role="status">
      <Icon name="note" />
      <ul>
        {run.notices.map((notice, i) => (
          <li key={`${i} ${notice}`}>{notice}</li>
        ))}
      </ul>
    </section>
  );
}

function Failed({ run }: { run: RunView }) {
  const hasTable = useLab((state) => state.table !== null);
  const { title, detail, remedy } = describeFault(run.fault ?? { code: "unexpected", message: "" });
  return (
    <section className="fault flat" role="alert">
      <h2>
        <Icon name="stop" />
        {title}
      </h2>
      <p>
        {detail} {remedy}
      </p>
      <div className="acts">
        {run.madeElsewhere === true ? (
          <a className="btn" href={hrefOf("elsewhere")}>
            Back to its files
          </a>
        ) : (
          <button type="button" className="btn" disabled={!hasTable} onClick={() => train(run.request)}>
            Retry with the same settings
          </button>
        )}
      </div>
    </section>
  );
}

function Outcome({ run }: { run: RunView }) {
  const hasTable = useLab((state) => state.table !== null);
  const { report, facts, device } = run;
  return (
    <section className="card outcome" aria-label="Outcome">
      <div className="l">
        <h2 className="grow">{report === undefined ? "Not measured yet" : "What was measured"}</h2>
        {device !== undefined && (
          <span className="chip device" title={device.reason}>
            {deviceName(device)}
          </span>
        )}
      </div>
      {report === undefined ? (
        <div className="acts">
          {run.hasModel && hasTable && !run.fromFile && (
            <button type="button" className="btn" onClick={() => evaluate(run.run)}>
              Measure this run
            </button>
          )}
          {run.hasModel && <a href={hrefOf("take-away")}>Take away synthetic rows</a>}
        </div>
      ) : (
        <table className="measured">
          <tbody>
            {report.axes.map((axis) => (
              <tr key={axis.family}>
                <th scope="row">{sides[axis.family].name}</th>
                <td>
                  <VerdictMark verdict={axis.verdict} />
                </td>
                <td className="q says">{axis.sentence}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <LimitNote run={run} covers="page" />
      <RestLine run={run} />
      <p className="s13 q facts">
        {[
          run.madeElsewhere === true ? "Made elsewhere" : "",
          facts === undefined ? "" : `Trained in ${duration(facts.seconds)}`,
          device !== undefined && device.asked !== "auto" && device.asked !== device.got
            ? `asked for ${deviceWords[device.asked]}: ${device.reason}`
            : "",
          `seed ${run.request.seed}`,
          report === undefined
            ? ""
            : `${rowsWords(report.shape.train, report.shape.trainPatients)} learned from, ${heldOutWords(report.shape)} held out`,
        ]
          .filter(Boolean)
          .join(" · ")}
      </p>
      <GoOn run={run} />
    </section>
  );
}

const noRestarts: NonNullable<RunLive["restarts"]> = [];

/** A single point makes no chart. */
function OneLoss({ points, at }: { points: readonly LossPoint[]; at: number }) {
  return (
    <section className="card" aria-label="Loss">
      <div className="ct one">
        <h2>Loss</h2>
        <p className="q s13 all-across">
          After step {count(at)}: {lastLosses(points)}.
        </p>
      </div>
    </section>
  );
}

function Loss({ run }: { run: RunView }) {
  const points = useLabEvery(1000, (state) => state.live[run.run]?.losses);
  const epochs = useLab((state) => state.live[run.run]?.progress?.epochs);
  const kept = useLab((state) => state.live[run.run]?.kept);
  const restarts = useLab((state) => state.live[run.run]?.restarts) ?? noRestarts;
  const steps = useMemo(() => restarts.map(({ step }) => step), [restarts]);
  const [first] = points ?? [];
  if (points === undefined || first === undefined) return null;
  if (points.length < 2) return <OneLoss points={points} at={first.step} />;
  const over = run.state === "done" || run.state === "cancelled" || run.state === "failed";
  const notes = [
    ...restarts.map(({ step, what }) => `At step ${count(step)} ${what}`),
    ...(kept === undefined
      ? []
      : [`${keptSteps(kept)}${run.state === "running" || run.state === "paused" ? " so far" : ""}`]),
  ];
  return (
    <section className="card" aria-label="Loss">
      <div className="ct">
        <h2 className="grow">Loss</h2>
        <LossKeys points={points} />
        {notes.length > 0 && <p className="q s13 all-across">{notes.join(". ")}.</p>}
      </div>
      <div className="loss">
        <LossChart
          points={points}
          kept={kept}
          restarts={steps}
          along={epochs === undefined ? "step" : "epoch"}
          {...(epochs === undefined || over ? {} : { epochs })}
        />
      </div>
    </section>
  );
}

/** Quality rises while a model learns, and while it memorises; nearness to training rows rises only then. */
function Looks({ run }: { run: RunView }) {
  const looks = useLabEvery(1000, (state) => state.live[run.run]?.looks);
  const [first] = looks ?? [];
  if (looks === undefined || first === undefined) return null;
  if (looks.length === 1) {
    return (
      <section className="card" aria-label="Quality and privacy so far">
        <div className="ct one">
          <h2>Quality and privacy so far</h2>
          <p className="q s13 all-across">{lookWords(first)} In small samples; 50% is best.</p>
        </div>
      </section>
    );
  }
  return (
    <section className="card" aria-label="Quality and privacy so far">
      <div className="ct">
        <h2 className="grow">Quality and privacy so far</h2>
        <LookKeys />
        <p className="q s13 all-across">Measured on small samples; 50% is best.</p>
      </div>
      <div className="loss">
        <LookChart looks={looks} />
      </div>
    </section>
  );
}

const none: readonly ColumnComparison[] = [];

function Margins({ run }: { run: RunView }) {
  const live = useLabEvery(2000, (state) => state.live[run.run]?.margins);
  const worst = useMemo(() => run.report?.columns.slice(0, 8), [run.report]);
  const margins = worst ?? live ?? none;
  if (margins.length === 0) return null;
  return (
    <section className="card" aria-label="Margins">
      <div className="ct">
        <h2 className="grow">{run.report === undefined ? "Margins now" : "Margins, worst first"}</h2>
        <Keys />
        <p className="q s13 all-across">Distance, and how many times sampling noise that is</p>
      </div>
      <div className="mu">
        {margins.map((column, place) => (
          <MarginFigure key={place} column={column} />
        ))}
      </div>
    </section>
  );
}
