import { describeFault } from "../../../core/fault.ts";
import { plural } from "../../../core/words/numbers.ts";
import type { StudyView } from "../../../worker/protocol.ts";
import { Icon } from "../../parts/icon.tsx";
import { cancelStudy, continueStudy, removeStudy } from "../../state/studies/studies.ts";
import { inQueue } from "./study-words.ts";
import styles from "./studies.module.css";

/** Where a study that is not done stands, why it is not kept, and what can be done about it. */
export function Standing({ view }: { readonly view: StudyView }) {
  const { state, fault, unkept } = view;
  const words = fault && describeFault(fault);
  const lost = unkept && describeFault(unkept);
  return (
    <>
      {(state !== "done" || words !== undefined) && (
        <div className={styles.standing} role={words === undefined ? "status" : "alert"}>
          <Icon name={words === undefined ? "note" : "stop"} />
          <p>
            {words === undefined ? (
              standingWords(view)
            ) : (
              <>
                <b>{words.title}</b> {words.detail} {words.remedy}
              </>
            )}
          </p>
          <Ways view={view} />
        </div>
      )}
      {lost !== undefined && (
        <div className={styles.standing} role="alert">
          <Icon name="stop" />
          <p>
            <b>It is not kept in this browser.</b> {lost.title} {lost.detail} {lost.remedy}
          </p>
        </div>
      )}
    </>
  );
}

function Ways({ view: { study, state, done, apart }, view }: { readonly view: StudyView }) {
  if (inQueue(view))
    return (
      <>
        {apart === "changed" && (
          <button type="button" className="btn sm" onClick={() => continueStudy(study)}>
            Begin anew
          </button>
        )}
        <button type="button" className="btn sm" onClick={() => cancelStudy(study)}>
          Cancel
        </button>
      </>
    );
  if (state === "done") return null;
  return (
    <>
      <button type="button" className="btn sm" onClick={() => continueStudy(study)}>
        {done > 0 ? "Go on" : "Try again"}
      </button>
      <button type="button" className="btn sm" onClick={() => removeStudy(study)}>
        Remove
      </button>
    </>
  );
}

function standingWords({ state, table, done, cells, apart }: StudyView): string {
  const cut =
    done === 0
      ? "Nothing is done yet."
      : `${done} of ${plural(cells, "cell")} ${done === 1 ? "is" : "are"} done and stay.`;
  if (apart === "changed") return `${table} has changed since it began, so its cells no longer belong to it.`;
  if (apart === "other-table") return `It waits until ${table} is open again. ${cut}`;
  switch (state) {
    case "running":
      return done > 0
        ? "Running. What stands below may still change."
        : "Running. First results appear once its first cells are done.";
    case "paused":
      return `Paused. ${cut} Resume the queue above to go on.`;
    case "waiting":
      return `It waits for its turn in the queue.${done > 0 ? ` ${cut}` : ""}`;
    case "cancelled":
      return `It was stopped. ${cut}`;
    case "failed":
      return `It ended early. ${cut}`;
    case "done":
      return "";
  }
}
