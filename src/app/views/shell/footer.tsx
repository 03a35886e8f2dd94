import { useState } from "react";
import { forgetEverything } from "../../state/actions.ts";
import { useLab } from "../../state/use-lab.ts";
import { hrefOf } from "../../state/route.ts";
import { plural } from "../../charts/format.ts";

/** What this browser keeps, and the way to remove all of it. */
export function Footer() {
  const [runs, remembered] = useLab((s) => [s.runs.length, s.table?.remembered ?? false]);
  const newVersion = useLab((state) => state.newVersion);
  const [phase, setPhase] = useState<"rest" | "asking" | "removing" | "gone" | "failed">("rest");
  const kept = ["settings", ...(runs > 0 ? [plural(runs, "run")] : []), ...(remembered ? ["the table"] : [])];

  const forget = (): void => {
    setPhase("removing");
    forgetEverything().then(
      () => setPhase("gone"),
      () => setPhase("failed"),
    );
  };

  return (
    <footer className="foot">
      <p aria-live="polite">
        {phase === "gone"
          ? "Everything kept in this browser has been removed."
          : phase === "failed"
            ? "Not everything could be removed. Clear this site's data in the browser's own settings."
            : `Kept in this browser: ${kept.join(", ")}.${remembered ? "" : " No table."}`}
      </p>
      {phase === "asking" ? (
        <span className="ask" role="group" aria-label="Forget everything?">
          <span>Remove every table, model, run and setting kept here?</span>
          <button type="button" className="btn sm danger" data-testid="forget-confirm" onClick={forget}>
            Forget everything
          </button>
          <button type="button" className="btn sm" onClick={() => setPhase("rest")}>
            Keep
          </button>
        </span>
      ) : (
        <button
          type="button"
          className="link"
          data-testid="forget"
          disabled={phase === "removing"}
          onClick={() => setPhase("asking")}
        >
          {phase === "removing" ? "Removing…" : "Forget everything"}
        </button>
      )}
      <a href={hrefOf("verify")}>How to verify</a>
      {newVersion && (
        <p role="status">A newer version is here. It opens once every tab of this page has been closed.</p>
      )}
    </footer>
  );
}
