import { useEffect, useRef } from "react";
import type { RunView } from "../../../worker/protocol.ts";
import { cancelRun, resume } from "../../state/training.ts";
import { useLab } from "../../state/use-lab.ts";
import { count } from "../../../core/words/numbers.ts";

/** A run that holds still: keep what is learned, discard it, or go on as if nothing had been pressed. */
export function StoppedCard({ run }: { run: RunView }) {
  const epoch = useLab((state) => state.live[run.run]?.progress?.epoch);
  const answered = useLab((state) => state.stopping?.answered === true);
  const keep = useRef<HTMLButtonElement>(null);
  useEffect(() => keep.current?.focus(), []);
  if (answered) {
    return (
      <section className="card ask-card" aria-label="Stopped run">
        <p role="status">Putting away what is learned…</p>
      </section>
    );
  }
  return (
    <section className="card ask-card" aria-label="Stopped run">
      <div className="grow">
        <h2>Keep what is learned?</h2>
        <p className="q s13">
          {epoch === undefined
            ? "It stopped before the first epoch."
            : `It stopped at epoch ${count(epoch)}.`}{" "}
          Kept, the model is measured and can make rows like any other.
        </p>
      </div>
      <div className="acts">
        <button ref={keep} type="button" className="btn" onClick={() => cancelRun(run.run, true)}>
          Keep
        </button>
        <button type="button" className="btn" onClick={() => cancelRun(run.run, false)}>
          Discard
        </button>
        <button type="button" className="btn quiet" onClick={() => resume(run.run)}>
          Go on training
        </button>
      </div>
    </section>
  );
}
