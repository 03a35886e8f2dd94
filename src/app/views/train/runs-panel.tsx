import { useEffect, useRef, useState } from "react";
import type { RunView } from "../../../worker/protocol.ts";
import { describeFault } from "../../../core/fault.ts";
import { deleteRun, renameRun, selectRun, toggleCompared, train } from "../../state/training.ts";
import { verdicts } from "../../state/axes.ts";
import { bestFirst, isUnderWay, runTitle } from "../../state/runs.ts";
import { guaranteeOfRun, strikeEntry } from "../../state/guarantee/guarantee.ts";
import { useLab, useLabEvery } from "../../state/use-lab.ts";
import { limitName } from "../../../core/words/privacy-limit.ts";
import { duration } from "../../../core/words/numbers.ts";
import { SideMarks } from "../../charts/side-marks.tsx";
import { hrefOf } from "../../state/route.ts";
import { Icon } from "../../parts/icon.tsx";
import { IfKept } from "./guarantee/if-kept.tsx";
import { QueueLine, WaitingTools } from "./queue.tsx";
import { deviceWords, stateWords, waitingWords } from "./words.ts";

/** Every run: what it was, how it did, and what can be done with it. */
export function RunsPanel() {
  const runs = useLab((state) => bestFirst(state.runs, state.queue));
  const measured = runs.filter((run) => run.report !== undefined).length;
  return (
    <aside className="card runs" aria-label="Runs">
      <div className="h">
        <h2 className="grow">Runs</h2>
        {measured > 1 ? (
          <a className="s13" href={hrefOf("leaderboard")}>
            Leaderboard
          </a>
        ) : (
          runs.length > 1 && <span className="q3 s13">best first</span>
        )}
      </div>
      {runs.length === 0 ? (
        <>
          <p className="emp">No runs yet. Each run you train is listed here with its seed, time and score.</p>
          <IfKept />
        </>
      ) : (
        <>
          <QueueLine />
          <ul>
            {runs.map((run) => (
              <RunRow key={run.run} run={run} />
            ))}
          </ul>
          <IfKept />
          <p className="run q s13">
            Marks: fidelity, utility, privacy, fairness, clinical plausibility; in words, how many of them are
            as good as held-out patients.
          </p>
        </>
      )}
    </aside>
  );
}

function RunRow({ run }: { run: RunView }) {
  const selected = useLab((state) => state.selected === run.run);
  const entered = useLab(({ guarantee }) => guarantee.ledger.entries.some((one) => one.run === run.run));
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
            {runTitle(run)}
          </button>
        )}
        <RunScore run={run} />
      </div>
      <div className="a">
        <span className="q">{useAbout(run)}</span>
        {run.state === "queued" ? <WaitingTools run={run} /> : <RowTools run={run} setMode={setMode} />}
      </div>
      {run.state === "failed" && run.fault !== undefined && (
        <p className="why">{describeFault(run.fault).title}</p>
      )}
      {mode === "deleting" && entered && <DeleteEntered run={run} close={() => setMode("rest")} />}
      {mode === "deleting" && !entered && (
        <span className="ask" role="group" aria-label={`Delete run ${run.number}?`}>
          <span>Delete this run and its model?</span>
          <button type="button" className="btn sm danger" onClick={() => deleteRun(run.run)}>
            Delete
          </button>
          <button type="button" className="btn sm" onClick={() => setMode("rest")}>
            Keep
          </button>
        </span>
      )}
      <Outlook run={run} selected={selected} />
    </li>
  );
}

/** A run that is in the ledger: its line goes only if nothing of it has left. */
function DeleteEntered({ run, close }: { run: RunView; close: () => void }) {
  return (
    <span className="ask stacked" role="group" aria-label={`Delete run ${run.number}?`}>
      <span>
        Delete this run and its model? Has anything of it left this computer: rows, the model, a report, a
        screenshot? What has left stays spent.
      </span>
      <button
        type="button"
        className="btn sm danger"
        onClick={() => {
          strikeEntry(run.run);
          deleteRun(run.run);
        }}
      >
        Nothing has left: delete, strike from the ledger
      </button>
      <button type="button" className="btn sm danger" onClick={() => deleteRun(run.run)}>
        It has, or may have: delete, stay in the ledger
      </button>
      <button type="button" className="btn sm" onClick={close}>
        Keep
      </button>
    </span>
  );
}

/** Method, seed, time and device, less what the name says already. */
function useAbout(run: RunView): string {
  const method = useLab((state) => state.synthesizers.find((s) => s.id === run.request.synthesizer)?.name);
  const anyLimit = useLab((state) => state.runs.some((one) => guaranteeOfRun(one) !== undefined));
  const guarantee = guaranteeOfRun(run);
  if (run.fromFile) {
    const opened =
      run.report === undefined
        ? "opened from a model file"
        : "opened from a model file, scores claimed by the file";
    return guarantee === undefined ? opened : `${limitName(guarantee)}, claimed by the file · ${opened}`;
  }
  if (run.madeElsewhere === true) return "made elsewhere";
  const parts = [
    anyLimit && run.hasModel ? limitName(guarantee) : "",
    run.facts?.synthesizerName ?? method ?? run.request.synthesizer,
    `seed ${run.request.seed}`,
    run.facts === undefined ? "" : duration(run.facts.seconds),
    run.device === undefined ? "" : deviceWords[run.device.got],
  ];
  return parts
    .filter((part) => part !== "" && part !== run.name && `${part} ${run.number}` !== run.name)
    .join(" · ");
}

function RunScore({ run }: { run: RunView }) {
  const fraction = useLabEvery(1000, (state) => {
    const live = state.live[run.run];
    return run.state === "evaluating" ? live?.evaluating?.fraction : live?.progress?.fraction;
  });
  const stopping = useLab((state) => state.stopping?.run === run.run);
  const waiting = useLab((state) => waitingWords(state, run.run));
  if (run.state === "queued") return <span className="q nw">{waiting}</span>;
  if (stopping) return <span className="q nw">stopped</span>;
  if (isUnderWay(run)) {
    const done = fraction === undefined ? "" : `${Math.floor(100 * fraction)}%`;
    return (
      <span className="q nw">{run.state === "running" ? done : `${stateWords[run.state]} ${done}`}</span>
    );
  }
  if (run.report !== undefined) {
    const good = verdicts(run.report).filter(({ verdict }) => verdict === "good").length;
    return (
      <span className="q nw" title="Sides that are as good as held-out patients">
        {good} of 5 as good
      </span>
    );
  }
  return <span className="q nw">{run.state === "done" ? "not measured" : stateWords[run.state]}</span>;
}

interface OutlookProps {
  readonly run: RunView;
  readonly selected: boolean;
}

/** One mark per side, and the way to see what is behind them. */
function Outlook({ run, selected }: OutlookProps) {
  const compared = useLab((state) => state.compared.includes(run.run));
  const hasTable = useLab((state) => state.table !== null);
  if (run.state === "failed" && hasTable && run.madeElsewhere !== true) {
    return (
      <span>
        <button type="button" className="link" onClick={() => train(run.request)}>
          Retry
        </button>
      </span>
    );
  }
  if (run.report === undefined) return null;
  return (
    <div className="dots">
      <SideMarks sides={verdicts(run.report)} />
      <span className="grow" />
      {selected ? (
        <a href={hrefOf("compare")}>Compare</a>
      ) : (
        <label className="beside">
          <input type="checkbox" checked={compared} onChange={() => toggleCompared(run.run)} />
          Show beside
        </label>
      )}
    </div>
  );
}

interface RowToolsProps {
  readonly run: RunView;
  readonly setMode: (mode: "renaming" | "deleting") => void;
}

function RowTools({ run, setMode }: RowToolsProps) {
  return (
    <span className="do">
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
    </span>
  );
}

function Rename({ run, close }: { run: RunView; close: () => void }) {
  const [name, setName] = useState(run.name);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.select(), []);
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
      autoComplete="off"
      ref={field}
      onChange={(event) => setName(event.currentTarget.value)}
      onBlur={save}
      onKeyDown={(event) => {
        if (event.key === "Enter") save();
        if (event.key === "Escape") close();
      }}
    />
  );
}
