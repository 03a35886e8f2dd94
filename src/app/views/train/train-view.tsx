import "./train.css";
import { useEffect, useRef } from "react";
import { useLab } from "../../state/use-lab.ts";
import { isUnderWay, runUnderWay, selectedRun } from "../../state/runs.ts";
import { Guarantee } from "./guarantee/guarantee.tsx";
import { AuditCard } from "./audit-card.tsx";
import { Config } from "./config.tsx";
import { RunDetail } from "./run-detail.tsx";
import { ProgressCard } from "./progress-card.tsx";
import { ReadyCard } from "./ready-card.tsx";
import { StoppedCard } from "./stopped-card.tsx";
import { RunsPanel } from "./runs-panel.tsx";
import { TrainHead } from "./train-head.tsx";
import { hrefOf } from "../../state/route.ts";

/** Step 2: what to train with, the run under way, and every run so far. */
export function TrainView() {
  const table = useLab((state) => state.table);
  const runs = useLab((state) => state.runs.length);
  const connected = useLab((state) => state.connected);
  if (table === null && runs === 0) {
    return connected ? <NoTable /> : <p className="wait">Getting the lab ready…</p>;
  }
  return <Training />;
}

function Training() {
  const table = useLab((state) => state.table);
  const underWay = useLab(runUnderWay);
  const selected = useLab(selectedRun);
  const verdict = useVerdictFocus(selected?.run, selected !== undefined && isUnderWay(selected));
  const started = underWay?.run;
  useEffect(() => {
    if (started !== undefined) scrollTo(0, 0);
  }, [started]);
  const stopping = useLab((state) => state.stopping);
  const shown = selected ?? underWay;
  return (
    <div className="train-view">
      <TrainHead headRef={verdict} />
      <div className="main">
        <Config />
        <div className="col">
          {underWay !== undefined &&
            (underWay.run === stopping?.run ? (
              <StoppedCard run={underWay} />
            ) : (
              <ProgressCard run={underWay} />
            ))}
          {shown !== undefined && <RunDetail key={shown.run} run={shown} />}
          {table !== null && <AuditCard />}
          {table !== null && <Guarantee />}
          {shown === undefined && table !== null && <ReadyCard table={table} />}
        </div>
        <RunsPanel />
      </div>
    </div>
  );
}

/** After training the focus goes to the verdict, so that it is read out and Tab goes on from there. */
function useVerdictFocus(run: string | undefined, underWay: boolean) {
  const heading = useRef<HTMLHeadingElement>(null);
  const before = useRef<{ run: string | undefined; underWay: boolean }>({ run, underWay });
  useEffect(() => {
    if (before.current.run === run && before.current.underWay && !underWay) heading.current?.focus();
    before.current = { run, underWay };
  }, [run, underWay]);
  return heading;
}

function NoTable() {
  return (
    <div className="wrap">
      <h1>Open a table first</h1>
      <p className="lede">Training learns from a table of patients: your own, or a simulated cohort.</p>
      <p className="acts">
        <a className="btn pri lg" href={hrefOf("data")}>
          Go to Data
        </a>
      </p>
    </div>
  );
}
