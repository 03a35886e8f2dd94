import { useEffect, useState } from "react";
import { forgetEverything, undoForgetting } from "../../state/leaving/coming-back.ts";
import { useLab } from "../../state/use-lab.ts";
import { hrefOf } from "../../state/route.ts";
import { keepsSettings } from "../../state/settings.ts";
import { useChosenTheme } from "../../state/theme.ts";
import { plural } from "../../../core/words/numbers.ts";
import type { Kept } from "../../../worker/protocol.ts";
import { KeepRuns } from "./keep-runs.tsx";

/** A little less than the worker's own half minute. */
const UNDO_FOR = 28_000;

const MB = 1_000_000;

/** "Kept in this browser: the table and 2 runs (1.3 MB, encrypted), settings." */
export function keptWords(kept: Kept | undefined, settings: boolean): string {
  const { runs = 0, table = false, bytes = 0, refused } = kept ?? {};
  const held = [table ? "the table" : "", runs > 0 ? plural(runs, "run") : ""].filter(Boolean).join(" and ");
  const size = bytes < MB / 10 ? `${Math.ceil(bytes / 1000)} KB` : `${(bytes / MB).toFixed(1)} MB`;
  const all = [held && `${held} (${size}, encrypted)`, settings ? "settings" : ""].filter(Boolean);
  const rest = held === "" ? " No table, no run." : table ? "" : " No table.";
  const why = refused === undefined ? "" : ` None can be kept: ${refused}`;
  return `Kept in this browser: ${all.join(", ") || "nothing"}.${rest}${why}`;
}

/** What this browser keeps, and the way to remove all of it; a slip can be taken back for half a minute. */
export function Footer() {
  const kept = useLab((state) => state.kept);
  useLab((state) => state.settings);
  useChosenTheme();
  const [, another] = useState(0);
  useEffect(() => {
    const follow = (): void => another((times) => times + 1);
    addEventListener("storage", follow);
    return () => removeEventListener("storage", follow);
  }, []);
  const newVersion = useLab((state) => state.newVersion);
  const [phase, setPhase] = useState<"rest" | "removing" | "gone" | "failed">("rest");

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
            : keptWords(kept, keepsSettings())}
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
      <KeepRuns />
      <a href={hrefOf("verify")}>How to verify</a>
      <a href={hrefOf("licences")}>Licences</a>
      {newVersion && (
        <p role="status">A newer version is here. It opens once every tab of this page has been closed.</p>
      )}
    </footer>
  );
}
