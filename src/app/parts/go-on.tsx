import type { RunView } from "../../worker/protocol.ts";
import { goOnFrom } from "../state/training.ts";
import { whyNotContinue } from "../state/runs.ts";
import { useLab } from "../state/use-lab.ts";

/** The door to fine-tuning: goes on training from this run's model on the table that is open, where the columns agree. */
export function GoOn({ run }: { run: RunView }) {
  const table = useLab((state) => state.table);
  if (!run.hasModel || run.continues !== true || table === null) return null;
  const why = whyNotContinue(run.schema, table.schema);
  return (
    <div className="go-on">
      <button
        type="button"
        className="btn sm"
        data-testid="go-on"
        disabled={why !== ""}
        aria-describedby={`go-on-${run.run}`}
        onClick={() => goOnFrom(run)}
      >
        Go on training from this model
      </button>
      <p id={`go-on-${run.run}`} className="s13 q">
        {why === ""
          ? `On ${table.name}, as a run of its own; this model stays as it is.`
          : `Not on ${table.name}: ${why}.`}
      </p>
    </div>
  );
}
