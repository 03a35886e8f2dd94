import { aboutDuration } from "../../../core/words/numbers.ts";
import { pauseStudies, resumeStudies } from "../../state/studies/studies.ts";
import { runUnderWay } from "../../state/runs.ts";
import { useLab } from "../../state/use-lab.ts";
import { Icon } from "../../parts/icon.tsx";
import { ProgressBar } from "./progress-bar.tsx";
import { QueueList } from "./queue-list.tsx";
import {
  currentOf,
  inQueue,
  leftWords,
  nowWords,
  queueSeconds,
  standWords,
  thenWords,
} from "./study-words.ts";
import styles from "./studies.module.css";

interface QueueBarProps {
  readonly shown: boolean;
  readonly onShow: (shown: boolean) => void;
}

/** The study under way, how far it is, what comes after it. */
export function QueueBar({ shown, onShow }: QueueBarProps) {
  const studies = useLab((state) => state.studies.studies);
  const paused = useLab((state) => state.studies.paused);
  const kept = useLab((state) => state.keepRuns === true);
  const training = useLab((state) => runUnderWay(state) !== undefined);
  const current = currentOf(studies);
  if (current === undefined && !(shown && studies.length > 0)) return null;
  const after = studies.filter((one) => inQueue(one) && one !== current);
  const queue = queueSeconds(studies);
  return (
    <section className={`card ${styles.queue}`} aria-label="Queue">
      {current !== undefined && (
        <div className={styles.current}>
          <div>
            <b>{standWords(current, paused)}</b> <span className="q">{nowWords(current, training)}</span>
            <p className="q">
              {thenWords(after)}{" "}
              {kept
                ? "Comes back after a reload; at most one cell is lost."
                : "Gone when this tab is closed or reloaded, unless “Keep finished runs in this browser” is on (foot of the page)."}
            </p>
          </div>
          <ProgressBar label={`${current.name}, how far it is`} fraction={current.fraction} />
          <div>
            {current.secondsLeft !== undefined && (
              <>
                <b>{leftWords(current.secondsLeft)}</b> <span className="q">of this study</span>
              </>
            )}
            {after.length > 0 && queue !== undefined && (
              <p className="q">{aboutDuration(queue).replace(/^about /u, "")} for the queue</p>
            )}
          </div>
          <div className={styles.does}>
            <button
              type="button"
              className="btn sm"
              data-testid="pause-studies"
              onClick={paused ? resumeStudies : pauseStudies}
            >
              <Icon name={paused ? "play" : "pause"} />
              {paused ? "Resume" : "Pause"}
            </button>
            <button
              type="button"
              className="btn sm"
              data-key="q"
              aria-expanded={shown}
              onClick={() => onShow(!shown)}
            >
              {shown ? "Hide queue" : "Show queue"}
            </button>
          </div>
        </div>
      )}
      {current === undefined && (
        <div className={styles.does}>
          <p className="q grow">Nothing is running or waiting.</p>
          <button
            type="button"
            className="btn sm"
            data-key="q"
            aria-expanded={true}
            onClick={() => onShow(false)}
          >
            Hide queue
          </button>
        </div>
      )}
      {shown && <QueueList />}
    </section>
  );
}
