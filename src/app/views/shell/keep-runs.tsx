import { keepRuns } from "../../state/leaving/coming-back.ts";
import { useLab } from "../../state/use-lab.ts";
import { Switch } from "../../parts/switch.tsx";

/** Whether finished runs are kept in this browser: asked once there is one, changed here at any time. */
export function KeepRuns() {
  const [on, refused] = useLab((state) => [state.keepRuns, state.kept?.refused]);
  const finished = useLab((state) => state.runs.some(({ state: now }) => now === "done"));
  if (refused !== undefined) return null;
  if (on !== undefined || !finished)
    return <Switch label="Keep finished runs in this browser" on={on === true} set={keepRuns} />;
  return (
    <div className="keep-question" role="group" aria-label="Keep finished runs in this browser?">
      <p>
        <b>Keep finished runs in this browser?</b> They hold the model, its evaluation and the names of the
        table, its columns and their levels, encrypted, until you forget them. Otherwise they are gone when
        you close the tab.
      </p>
      <button type="button" className="btn sm" onClick={() => keepRuns(true)}>
        Keep them
      </button>
      <button type="button" className="btn sm" onClick={() => keepRuns(false)}>
        Do not keep
      </button>
    </div>
  );
}
