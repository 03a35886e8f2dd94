import type { RunView } from "../../../worker/protocol.ts";
import { emptyQueue, takeOut, trainNext } from "../../state/training.ts";
import { useLab } from "../../state/use-lab.ts";
import { plural } from "../../../core/words/numbers.ts";
import { totalOf, totalWords } from "./expected-words.ts";

/** How many runs wait, for about how long, and the way to send them all home. */
export function QueueLine() {
  const waiting = useLab((state) => state.queue.length);
  const total = useLab((state) => {
    const ids = state.queue.flatMap(
      (id) => state.runs.find(({ run }) => run === id)?.request.synthesizer ?? [],
    );
    return totalWords(totalOf(state, ids));
  });
  const held = useLab(({ stopping, runs }) =>
    stopping === undefined ? undefined : runs.find(({ run }) => run === stopping.run)?.number,
  );
  if (waiting === 0) return null;
  return (
    <div className="run waiting" data-testid="queue">
      <p className="q grow">
        <b>{plural(waiting, "run")}</b> {waiting === 1 ? "waits" : "wait"}, {total}.
        {held !== undefined && ` Run ${held} must be kept or discarded first.`}
      </p>
      {waiting > 1 && (
        <button type="button" className="btn sm" onClick={emptyQueue}>
          Take all out
        </button>
      )}
    </div>
  );
}

/** What can be done with a run that waits. */
export function WaitingTools({ run }: { run: RunView }) {
  const first = useLab((state) => state.queue[0] === run.run);
  return (
    <span className="tools-links">
      {!first && (
        <button
          type="button"
          className="link"
          aria-label={`Train run ${run.number} next`}
          onClick={() => trainNext(run.run)}
        >
          Train next
        </button>
      )}
      <button
        type="button"
        className="link"
        aria-label={`Take run ${run.number} out of the queue`}
        onClick={() => takeOut(run.run)}
      >
        Take out
      </button>
    </span>
  );
}
