import { useState } from "react";
import type { LabState } from "../../state/lab-state.ts";
import { canReopen } from "../../state/files/opening.ts";
import { restartLab } from "../../state/leaving/restarting.ts";
import { runTitle } from "../../state/runs.ts";
import { useLab } from "../../state/use-lab.ts";
import { plural } from "../../../core/words/numbers.ts";
import { Icon } from "../../parts/icon.tsx";

/** What goes with a worker that has ended, and what comes back: one sentence each, "" for nothing. */
function lossesOf({ runs, table, kept, keepRuns }: LabState): { lost: string; back: string } {
  const underWay = runs.filter(({ fault }) => fault?.code === "worker-ended").map(runTitle);
  const finished = runs.filter(({ state, hasModel, report }) => state === "done" && (hasModel || report));
  const runsKept = keepRuns === true && (kept?.runs ?? 0) > 0;
  const lost = [
    underWay.length > 0 ? `${underWay.join(", ")}, not finished` : "",
    finished.length > 0 && !runsKept ? `${plural(finished.length, "finished run")}, not kept` : "",
    table !== null && !table.remembered && !canReopen() ? `${table.name}, not kept` : "",
  ].filter(Boolean);
  const back = [
    table === null || !(table.remembered || canReopen()) ? "" : table.name,
    finished.length > 0 && runsKept ? plural(kept?.runs ?? 0, "kept run") : "",
  ].filter(Boolean);
  return {
    lost: lost.length > 0 ? `Lost: ${lost.join("; ")}.` : "Nothing is lost.",
    back: back.length > 0 ? `Restarting reads ${back.join(" and ")} again.` : "",
  };
}

/** That the lab's worker has ended or gives no answer: what is lost, what comes back, and how to go on. */
export function WorkerTrouble() {
  const trouble = useLab((state) => state.trouble);
  const { lost, back } = useLab(lossesOf);
  const [restarting, setRestarting] = useState(false);
  if (trouble === undefined) return null;
  const restart = (): void => {
    setRestarting(true);
    restartLab()
      .catch(() => undefined)
      .finally(() => setRestarting(false));
  };
  return (
    <div className="problem" role="alert" data-testid="worker-trouble">
      <Icon name="stop" />
      {trouble === "ended" ? (
        <p>
          <b>The lab's worker ended: it crashed, ran out of memory or was ended by the browser.</b> {lost}{" "}
          {back}
        </p>
      ) : (
        <p>
          <b>The lab's worker has not answered for a while.</b> It is busy with something large, or it has
          ended. You can wait. Restarting loses what is under way and what is not kept.
        </p>
      )}
      <button type="button" className="btn" disabled={restarting} onClick={restart}>
        Restart the lab
      </button>
    </div>
  );
}
