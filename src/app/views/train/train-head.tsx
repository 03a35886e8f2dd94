import { realRowsWords } from "../../../core/words/real-rows.ts";
import { type Ref } from "react";
import type { RunView } from "../../../worker/protocol.ts";
import type { LabState } from "../../state/lab-state.ts";
import { pause, resume, stopRun, train } from "../../state/training.ts";
import { isConfirmed, limited, whatToConfirm } from "../../state/guarantee/guarantee.ts";
import { whatToSettle } from "../../state/rules/rules.ts";
import { hrefOf } from "../../state/route.ts";
import { chosenSynthesizer, placeInQueue, runUnderWay, selectedRun } from "../../state/runs.ts";
import { patientsOverTime, tableWords } from "../../state/table-words.ts";
import { useLab } from "../../state/use-lab.ts";
import { count, ordinal, plural } from "../../../core/words/numbers.ts";
import { epsilonWords } from "../../../core/words/privacy-limit.ts";
import { Icon } from "../../parts/icon.tsx";
import { DownloadCsv } from "../../parts/download-csv.tsx";
import { AuditButton } from "./audit-card.tsx";
import { Expected } from "./expected.tsx";

interface Words {
  readonly title: string;
  readonly sub: string;
}

function underWayWords(run: RunView, stopped: boolean): Words {
  const name = `run ${run.number}`;
  if (stopped) return { title: `Run ${run.number} has stopped`, sub: "Nothing is lost yet." };
  if (run.state === "paused")
    return { title: `Run ${run.number} is paused`, sub: "It goes on from where it is." };
  if (run.state === "evaluating") {
    return {
      title: `Measuring ${name}`,
      sub: `${run.schema.columns.some(({ course }) => course === "time") ? "Synthetic patients are compared with the patients" : "Synthetic rows are compared with the rows"} that were held out.${run.madeElsewhere === true ? "" : " Training is over."}`,
    };
  }
  return {
    title: `Training ${name}`,
    sub: "Leave the tab open; you can keep working in others. Stop at any point and keep what is learned.",
  };
}

function endedWords(run: RunView): Words {
  const { report, state } = run;
  if (state === "failed")
    return { title: `Run ${run.number} failed`, sub: "Other runs and the table are untouched." };
  if (state === "cancelled") {
    return {
      title: `Run ${run.number} was cancelled`,
      sub: run.hasModel ? "What it had learned is kept and can be used." : "Nothing of it was kept.",
    };
  }
  if (report !== undefined) return { title: report.headline, sub: report.caveat ?? measuredOn(run) };
  if (run.fromFile) {
    return { title: run.name, sub: "Opened from a model file: there is no table to compare its rows with." };
  }
  return { title: `Run ${run.number} is trained`, sub: "It has not been measured yet." };
}

const measuredOn = (run: RunView): string =>
  `Measured on ${realRowsWords(run.report?.shape ?? { train: 0, holdout: 0 })}.`;

/** Patients go through time, and the chosen method learns row by row. */
function byRow(state: LabState): boolean {
  const chosen = chosenSynthesizer(state);
  const over = state.table !== null && patientsOverTime(state.table) !== undefined;
  return over && chosen !== undefined && chosen.id !== "auto" && chosen.needs !== "courses";
}

/** Before a run with a limit: what is missing, or that it can begin. */
function limitedWords(state: LabState, name: string): Words | undefined {
  const { epsilon } = state.settings;
  if (epsilon === null) return undefined;
  const { counted, offer, fault } = state.guarantee;
  const unit = offer?.unit ?? "row";
  const target = state.table?.schema.columns.find(({ role }) => role === "target")?.name;
  const learned = counted === undefined ? "" : ` ${plural(counted.units, unit)} to learn from`;
  const about = `${name}, ${state.table === null ? "no table" : tableWords(state.table)}${learned === "" ? "" : `,${learned}`}${target === undefined ? "" : `; target ${target}`}.`;
  const dropped =
    counted !== undefined && counted.dropped > 0
      ? ` Of ${plural(counted.rows, "row")} ${count(counted.dropped)} are dropped, since only ${state.settings.rowsPerPatient === 1 ? "one" : count(state.settings.rowsPerPatient)} of each patient ${state.settings.rowsPerPatient === 1 ? "counts" : "count"}.`
      : "";
  if (fault !== undefined)
    return { title: "No guarantee can be given here", sub: "What stands in the way is said below." };
  const title =
    offer !== undefined && !isConfirmed(state)
      ? "What is public has to be confirmed first"
      : `Ready to train with a guarantee of ${epsilonWords(epsilon)}`;
  return { title, sub: `${about}${dropped}` };
}

function words(state: LabState): Words {
  const underWay = runUnderWay(state);
  const run = selectedRun(state);
  if (underWay !== undefined && (run === undefined || run.run === underWay.run))
    return underWayWords(underWay, state.stopping?.run === underWay.run);
  if (run?.state === "queued") {
    const place = placeInQueue(state, run.run) ?? 1;
    return {
      title: `Run ${run.number} is waiting${place === 1 ? "" : `, ${ordinal(place)}`}`,
      sub:
        place === 1 ? "It starts when the previous run has ended." : "Runs take their turn, one at a time.",
    };
  }
  if (run !== undefined) return endedWords(run);
  const name = chosenSynthesizer(state)?.name ?? "";
  const limit = limitedWords(state, name);
  if (limit !== undefined) return limit;
  const settle = whatToSettle(state);
  if (settle !== undefined)
    return { title: "Rules to settle first", sub: `A run cannot start yet: ${settle}, on the Data page.` };
  return {
    title: "Ready to train",
    sub: [
      `${name}, ${state.table === null ? "no table" : tableWords(state.table)}. You can stop at any point and keep what is learned.`,
      ...(byRow(state)
        ? ["It learns visits one by one, as strangers: only Auto and Visits learn whole patients."]
        : []),
      ...(state.estimates.few === undefined ? [] : [state.estimates.few]),
    ].join(" "),
  };
}

/** The fact of the moment as a heading, and what can be done now; one filled button. */
export function TrainHead({ headRef }: { headRef: Ref<HTMLHeadingElement> }) {
  const { title, sub } = useLab(words);
  return (
    <div className="head">
      <div className="grow" aria-live="polite">
        <h1 ref={headRef} tabIndex={-1}>
          {title}
        </h1>
        <p className="sub">{sub}</p>
      </div>
      <div className="dock">
        <Actions />
      </div>
    </div>
  );
}

function Actions() {
  const underWay = useLab(runUnderWay);
  const selected = useLab(selectedRun);
  const hasTable = useLab((state) => state.table !== null);
  const stopping = useLab((state) => state.stopping);
  // Methods with a guarantee take seconds; a time that is not known says nothing.
  const unknownLimit = useLab(
    (state) =>
      limited(state) &&
      (selectedRun(state)?.report !== undefined ||
        state.estimates.of[chosenSynthesizer(state)?.id ?? ""] === undefined),
  );
  const settle = useLab((state) => (limited(state) ? whatToConfirm(state) : whatToSettle(state)));
  if (underWay !== undefined && underWay.run !== stopping?.run) return <RunActions run={underWay} />;
  const measured = selected?.report !== undefined;
  return (
    <>
      {hasTable && !unknownLimit && <Expected />}
      {hasTable && <AuditButton />}
      {hasTable && (
        <button
          type="button"
          className={measured ? "btn" : settle === undefined ? "btn pri" : "btn pri held"}
          data-testid="train"
          onClick={() => train()}
        >
          {settle !== undefined ? `Train: ${settle}` : selected === undefined ? "Train" : "Train again"}
        </button>
      )}
      {measured && (
        <a className="btn" href={hrefOf("compare")}>
          <span>
            <span className="opt-words">See how it </span>
            <span>compares</span>
          </span>
        </a>
      )}
      {measured && selected.madeElsewhere !== true && <DownloadCsv run={selected} />}
    </>
  );
}

/** Cancel holds still at once; whether to keep what was learned is asked beside the run. */
function RunActions({ run }: { run: RunView }) {
  const paused = run.state === "paused";
  return (
    <>
      {run.state !== "evaluating" && (
        <button
          type="button"
          className="btn"
          data-testid="pause"
          onClick={() => (paused ? resume(run.run) : pause(run.run))}
        >
          <Icon name={paused ? "play" : "pause"} />
          {paused ? "Resume" : "Pause"}
        </button>
      )}
      <button type="button" className="btn" data-testid="cancel" onClick={() => stopRun(run.run)}>
        <Icon name="close" />
        {run.state === "evaluating" ? "Stop measuring" : "Cancel"}
      </button>
    </>
  );
}
