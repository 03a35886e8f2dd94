import { useEffect, useState } from "react";
import { forgetEverything, undoForgetting } from "../../state/coming-back.ts";
import { useLab } from "../../state/use-lab.ts";
import { hrefOf } from "../../state/route.ts";
import { plural } from "../../charts/format.ts";

/** A little less than the worker's own half minute. */
const UNDO_FOR = 28_000;

/** What this browser keeps, and the way to remove all of it; a slip can be taken back for half a minute. */
export function Footer() {
  const [runs, remembered] = useLab((s) => [s.runs.length, s.table?.remembered ?? false]);
  const newVersion = useLab((state) => state.newVersion);
  const [phase, setPhase] = useState<"rest" | "removing" | "gone" | "failed">("rest");
  const kept = ["settings", ...(runs > 0 ? [plural(runs, "run")] : []), ...(remembered ? ["the table"] : [])];

  useEffect(() => {
    if (phase !== "gone") return;
    const timer = setTimeout(() => setPhase("rest"), UNDO_FOR);
    return () => clearTimeout(timer);
  }, [phase]);

  const forget = (): void => {
    setPhase("removing");
    forgetEverything().then(
      () => setPhase("gone"),
      () => setPhase("failed"),
    );
  };
  const undo = (): void => {
    undoForgetting().then(
      () => setPhase("rest"),
      () => setPhase("failed"),
    );
  };

  return (
    <footer className="foot">
      <p aria-live="polite">
        {phase === "gone"
          ? "Everything kept in this browser has been removed."
          : phase === "failed"
            ? "Not everything could be done. Clear this site's data in the browser's own settings."
            : `Kept in this browser: ${kept.join(", ")}.${remembered ? "" : " No table."}`}
      </p>
      {phase === "gone" && (
        <button type="button" className="link" onClick={undo}>
          Undo
        </button>
      )}
      {phase !== "gone" && (
        <button
          type="button"
          className="link"
          data-testid="forget"
          title="Removes every table, model, run and setting kept here, at once"
          disabled={phase === "removing"}
          onClick={forget}
        >
          {phase === "removing" ? "Removing…" : "Forget everything"}
        </button>
      )}
      <a href={hrefOf("verify")}>How to verify</a>
      <a href="licences.html" target="_blank" rel="noreferrer">
        Licences
      </a>
      {newVersion && (
        <p role="status">A newer version is here. It opens once every tab of this page has been closed.</p>
      )}
    </footer>
  );
}
