import { count } from "../../../core/words/numbers.ts";
import { describeFault } from "../../../core/fault.ts";
import type { StudyView } from "../../../worker/protocol.ts";
import { goTo } from "../../state/route.ts";
import {
  cancelStudy,
  continueStudy,
  nextStudy,
  removeStudy,
  showStudy,
} from "../../state/studies/studies.ts";
import { useLab } from "../../state/use-lab.ts";
import { aboutDuration } from "../../../core/words/numbers.ts";
import { currentOf, inQueue, stateWords } from "./study-words.ts";
import styles from "./studies.module.css";

/** Every study of this visit and those that came back, in the order in which they run. */
export function QueueList() {
  const studies = useLab((state) => state.studies.studies);
  const current = currentOf(studies);
  const queued = studies.filter(inQueue);
  const rest = studies.filter((one) => !inQueue(one));
  return (
    <ul className={styles.studies} aria-label="Studies in the queue and done">
      {[...queued, ...rest].map((view) => (
        <QueueItem
          key={view.study}
          view={view}
          canBeNext={view !== current && inQueue(view) && queued[1] !== view}
        />
      ))}
    </ul>
  );
}

function QueueItem({ view, canBeNext }: { readonly view: StudyView; readonly canBeNext: boolean }) {
  const { study, name, table, cells, done, failed, secondsLeft, fault } = view;
  const goesOn = view.state === "cancelled" || view.state === "failed";
  return (
    <li>
      <span className="grow">
        <button type="button" className="link" onClick={() => show(view)}>
          {name}
        </button>{" "}
        <span className="q">
          {table}, {count(done)} of {count(cells)} cells
          {failed > 0 && `, ${count(failed)} failed`}
          {inQueue(view) && secondsLeft !== undefined && `, ${aboutDuration(secondsLeft)}`}
        </span>
        {view.apart !== undefined && (
          <span className={styles.under}>
            {view.apart === "changed"
              ? `${table} has changed since it began.`
              : `It waits until ${table} is open again.`}
          </span>
        )}
        {fault !== undefined && <span className={styles.under}>{faultWords(fault)}</span>}
      </span>
      <span className={styles.state} data-state={view.state}>
        {stateWords(view)}
      </span>
      <span className={styles.does}>
        {canBeNext && (
          <button
            type="button"
            className="link"
            onClick={() => nextStudy(study)}
            aria-label={`${name}: next`}
          >
            Next
          </button>
        )}
        {goesOn && (
          <button
            type="button"
            className="link"
            onClick={() => continueStudy(study)}
            aria-label={`${name}: go on`}
          >
            Go on
          </button>
        )}
        {inQueue(view) ? (
          <button
            type="button"
            className="link"
            onClick={() => cancelStudy(study)}
            aria-label={`${name}: cancel`}
          >
            Cancel
          </button>
        ) : (
          <button
            type="button"
            className="link"
            onClick={() => removeStudy(study)}
            aria-label={`${name}: remove`}
          >
            Remove
          </button>
        )}
      </span>
    </li>
  );
}

/** What language models wrote is shown in a room of its own. */
function show({ study, request }: StudyView): void {
  if (request.study === "language") goTo("language-models");
  else showStudy(study);
}

const faultWords = (fault: NonNullable<StudyView["fault"]>): string => {
  const { title, detail, remedy } = describeFault(fault);
  return [title, detail, remedy].filter(Boolean).join(" ");
};
