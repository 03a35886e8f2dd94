import { useState } from "react";
import type { RunView } from "../../../worker/protocol.ts";
import { describeFault } from "../../../core/fault.ts";
import { deleteRun, renameRun, selectRun, toggleCompared, train } from "../../state/actions.ts";
import { bestFirst, isUnderWay, lowestScore, verdicts } from "../../state/runs.ts";
import { useLab } from "../../state/use-lab.ts";
import { duration, fixed } from "../../charts/format.ts";
import { verdictWords, VerdictMark } from "../../charts/verdict-mark.tsx";
import { hrefOf } from "../../state/route.ts";
import { Icon } from "../shell/icon.tsx";
import { deviceWords, stateWords } from "./words.ts";

/** Every run: what it was, how it did, and what can be done with it. */
export function RunsPanel() {
  const runs = useLab((state) => bestFirst(state.runs));
  return (
    <aside className="card runs" aria-label="Runs">
      <div className="h">
        <h2 className="grow">Runs</h2>
        {runs.length > 1 && <span className="q3 s13">best first</span>}
      </div>
      {runs.length === 0 ? (
        <p className="emp">
          No runs yet. Each run you train is kept here, in this browser, with its seed, time and score.
        </p>
      ) : (
        <>
          <ul>
            {runs.map((run) => (
              <RunRow key={run.run} run={run} />
            ))}
          </ul>
          <p className="run q s13">Score: the lowest of those measured, of 100. Marks: one per measure.</p>
        </>
      )}
    </aside>
  );
}

function RunRow({ run }: { run: RunView }) {
  const selected = useLab((state) => state.selected === run.run);
  const [mode, setMode] = useState<"rest" | "renaming" | "deleting">("rest");
  return (
    <li className={selected ? "run on" : "run"}>
      <div className="a">
        {mode === "renaming" ? (
          <Rename run={run} close={() => setMode("rest")} />
        ) : (
          <button
            type="button"
            className="pick"
            aria-pressed={selected}
            {...(selected ? { "data-key": "r" } : {})}
            onClick={() => selectRun(run.run)}
          >
            {run.number} · {run.name}
          </button>
        )}
        <RunScore run={run} />
      </div>
      <div className="q">{about(run)}</div>
      <Marks run={run} />
      {run.state === "failed" && run.fault !== undefined && (
        <p className="why">{describeFault(run.fault).title}</p>
      )}
      {mode === "deleting" ? (
        <span className="ask" role="group" aria-label={`Delete run ${run.number}?`}>
          <span>Delete this run and its model?</span>
          <button type="button" className="btn sm danger" onClick={() => deleteRun(run.run)}>
            Delete
          </button>
          <button type="button" className="btn sm" onClick={() => setMode("rest")}>
            Keep
          </button>
        </span>
      ) : (
        <RowActions run={run} selected={selected} setMode={setMode} />
      )}
    </li>
  );
}

function about(run: RunView): string {
  const parts = run.fromFile
    ? ["opened from a model file"]
    : [
        run.facts?.synthesizerName ?? run.request.synthesizer,
        `seed ${run.request.seed}`,
        run.facts === undefined ? "" : duration(run.facts.seconds),
        run.device === undefined ? "" : deviceWords[run.device.got],
      ];
  return parts.filter((part) => part !== "" && part !== run.name).join(" · ");
}

function RunScore({ run }: { run: RunView }) {
  const fraction = useLab((state) => {
    const live = state.live[run.run];
    return run.state === "evaluating" ? live?.evaluating?.fraction : live?.progress?.fraction;
  });
  const score = lowestScore(run.report);
  if (isUnderWay(run)) {
    const done = fraction === undefined ? "" : `${Math.floor(100 * fraction)}%`;
    return (
      <span className="q nw">{run.state === "running" ? done : `${stateWords[run.state]} ${done}`}</span>
    );
  }
  if (score !== undefined) {
    return (
      <span className="sc" title="Lowest score of those measured, of 100">
        {fixed(score, 0)}
      </span>
    );
  }
  return <span className="q nw">{run.state === "done" ? "not measured" : stateWords[run.state]}</span>;
}

function Marks({ run }: { run: RunView }) {
  const marks = verdicts(run.report);
  if (marks.length === 0) return null;
  return (
    <div className="dots">
      {marks.map(({ name, verdict }) => (
        <span key={name} title={`${name}: ${verdictWords[verdict].toLowerCase()}`}>
          <VerdictMark verdict={verdict} word={false} />
        </span>
      ))}
    </div>
  );
}

interface RowActionsProps {
  readonly run: RunView;
  readonly selected: boolean;
  readonly setMode: (mode: "renaming" | "deleting") => void;
}

function RowActions({ run, selected, setMode }: RowActionsProps) {
  const compared = useLab((state) => state.compared.includes(run.run));
  const hasTable = useLab((state) => state.table !== null);
  return (
    <div className="do">
      {run.report !== undefined &&
        (selected ? (
          <a href={hrefOf("compare")}>Compare</a>
        ) : (
          <label className="beside">
            <input type="checkbox" checked={compared} onChange={() => toggleCompared(run.run)} />
            Show beside
          </label>
        ))}
      {run.state === "failed" && hasTable && (
        <button type="button" className="link" onClick={() => train(run.request)}>
          Retry
        </button>
      )}
      <span className="grow" />
      <button
        type="button"
        className="btn quiet sm icon"
        aria-label={`Rename run ${run.number}`}
        title="Rename"
        onClick={() => setMode("renaming")}
      >
        <Icon name="pen" />
      </button>
      {!isUnderWay(run) && (
        <button
          type="button"
          className="btn quiet sm icon"
          aria-label={`Delete run ${run.number}`}
          title="Delete"
          onClick={() => setMode("deleting")}
        >
          <Icon name="bin" />
        </button>
      )}
    </div>
  );
}

function Rename({ run, close }: { run: RunView; close: () => void }) {
  const [name, setName] = useState(run.name);
  const save = (): void => {
    const next = name.trim();
    if (next !== "" && next !== run.name) renameRun(run.run, next);
    close();
  };
  return (
    <input
      className="inp rename"
      aria-label={`New name of run ${run.number}`}
      value={name}
      maxLength={60}
      autoFocus
      onChange={(event) => setName(event.currentTarget.value)}
      onBlur={save}
      onKeyDown={(event) => {
        if (event.key === "Enter") save();
        if (event.key === "Escape") close();
      }}
    />
  );
}
