import type { RunView } from "../../../worker/protocol.ts";
import { cancelMaking, exportModel } from "../../state/files/taking-away.ts";
import { isPrivate } from "../../../core/words/privacy-limit.ts";
import { guaranteeOfRun } from "../../state/guarantee/guarantee.ts";
import { useLab } from "../../state/use-lab.ts";
import { browse } from "../../parts/file-doors.tsx";
import { Icon } from "../../parts/icon.tsx";
import { GoOn } from "../../parts/go-on.tsx";
import styles from "./take-away.module.css";

/** Opens a model file from the disk; it can make rows without the table it was learned from. */
export function OpenModel() {
  return (
    <button type="button" className="btn sm" onClick={() => browse("open-model")}>
      <Icon name="file" />
      Open a model file
    </button>
  );
}

/** What asking it more and more can tell. */
function questions(run: RunView): string {
  const guarantee = guaranteeOfRun(run);
  return guarantee !== undefined && isPrivate(guarantee) && !run.fromFile
    ? "and asking it more spends no more: its limit holds for all of it. It goes without its evaluation, which the guarantee does not cover."
    : "but it can be questioned without limit.";
}

/** The trained model as one file, and the way back from such a file. */
export function ModelCard({ run }: { run: RunView }) {
  const making = useLab((state) => state.making.find((m) => m.run === run.run && m.kind === "model"));
  return (
    <section className="card" aria-label="Model">
      <div className={styles.model}>
        <div className="grow">
          <h2>Model</h2>
          <p className="s13 q">
            One file that makes more rows on another machine, without the table: settings and weights,
            versioned. It holds no row of {run.table}, {questions(run)}
          </p>
          <GoOn run={run} />
        </div>
        <OpenModel />
        {making ? (
          <button type="button" className="btn sm" onClick={() => cancelMaking(making.job)}>
            Saving… Cancel
          </button>
        ) : (
          <button
            type="button"
            className="btn sm"
            data-testid="export-model"
            onClick={() => {
              // A fault is shown under the header by the store.
              exportModel(run.run).catch(() => {});
            }}
          >
            <Icon name="download" />
            Save the model
          </button>
        )}
      </div>
    </section>
  );
}
