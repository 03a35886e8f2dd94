import type { RunView } from "../../../worker/protocol.ts";
import { describeFault } from "../../../core/fault.ts";
import { percent } from "../../../core/words/numbers.ts";
import { evaluate } from "../../state/training.ts";
import type { View } from "../../state/lab-state.ts";
import { hrefOf } from "../../state/route.ts";
import { runTitle } from "../../state/runs.ts";
import { useLab } from "../../state/use-lab.ts";
import { ToElsewhere } from "../../parts/to-elsewhere.tsx";
import { RunChoice } from "../../parts/run-choice.tsx";
import styles from "./compare.module.css";

interface Words {
  readonly title: string;
  readonly text: string;
  readonly link?: { readonly to: View; readonly label: string };
}

function wordsFor(run: RunView | undefined, hasTable: boolean): Words {
  if (run === undefined) {
    return hasTable
      ? {
          title: "Nothing to compare yet",
          text: "Train a synthesizer first. Some rows are held out before it starts; its synthetic rows are compared with those.",
          link: { to: "train", label: "Go to Train" },
        }
      : {
          title: "Nothing to compare yet",
          text: "Open a table, train a synthesizer on it, and the comparison appears here.",
          link: { to: "data", label: "Go to Data" },
        };
  }
  const name = `Run ${runTitle(run)}`;
  switch (run.state) {
    case "queued":
      return { title: `${name} is waiting`, text: "It starts when the previous run has ended." };
    case "running":
    case "paused":
      return {
        title: `${name} is ${run.state === "paused" ? "paused" : "training"}`,
        text: "It is compared with held-out real rows as soon as it has learned.",
        link: { to: "train", label: "Watch it on Train" },
      };
    case "evaluating":
      return { title: `Measuring ${name}`, text: "Synthetic rows are compared with real rows held out." };
    case "failed": {
      const words = run.fault && describeFault(run.fault);
      return {
        title: `${name} did not finish`,
        text: words ? `${words.title} ${words.detail} ${words.remedy}` : "It left no model.",
        link: { to: "train", label: "Go to Train" },
      };
    }
    case "done":
    case "cancelled":
      return unmeasured(run, name, hasTable);
  }
}

function unmeasured(run: RunView, name: string, hasTable: boolean): Words {
  if (run.fromFile && !hasTable)
    return {
      title: `${name} was opened from a file`,
      text: "A model file holds no rows, so there is nothing to compare it with. It can still make synthetic rows.",
      link: { to: "take-away", label: "Go to Take away" },
    };
  if (run.madeElsewhere === true)
    return {
      title: `${name} was cancelled`,
      text: "It was not measured to the end.",
      link: { to: "elsewhere", label: "Back to its files" },
    };
  if (!run.hasModel)
    return {
      title: `${name} left no model`,
      text: "It was cancelled before it had learned enough.",
      link: { to: "train", label: "Go to Train" },
    };
  return { title: `${name} has not been measured`, text: "Its table must be open to compare with it." };
}

/** What stands here while there is no report, and the way to one. */
export function NothingYet({ run }: { run: RunView | undefined }) {
  const hasTable = useLab((state) => state.table !== null);
  const live = useLab((state) => (run ? state.live[run.run]?.evaluating : undefined));
  const others = useLab((state) => state.runs.some((r) => r.hasModel && r.run !== run?.run));
  const words = wordsFor(run, hasTable);
  const canMeasure =
    run !== undefined &&
    run.hasModel &&
    hasTable &&
    !run.fromFile &&
    (run.state === "done" || run.state === "cancelled");
  return (
    <div className="wrap">
      <h1 tabIndex={-1} aria-live="polite">
        {words.title}
      </h1>
      <p className="lede">{words.text}</p>
      {run?.state === "evaluating" && (
        <Measuring metric={live?.metric ?? "Sampling"} fraction={live?.fraction ?? 0} />
      )}
      <div className="acts">
        {canMeasure && (
          <button type="button" className="btn pri" onClick={() => evaluate(run.run)}>
            Measure it now
          </button>
        )}
        {words.link && (
          <a className="btn" href={hrefOf(words.link.to)}>
            {words.link.label}
          </a>
        )}
        {run !== undefined && others && <RunChoice run={run} />}
        <ToElsewhere />
      </div>
    </div>
  );
}

function Measuring({ metric, fraction }: { metric: string; fraction: number }) {
  return (
    <div className={styles.measuring}>
      <div
        className="bar"
        role="progressbar"
        aria-label="Measuring"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(100 * fraction)}
      >
        <i style={{ width: percent(fraction) }} />
      </div>
      <p className="s13 q">
        {metric}, {percent(fraction, 0)}
      </p>
    </div>
  );
}
