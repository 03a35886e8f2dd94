import { redo, undo } from "../../state/schema-changes.ts";
import { useLab } from "../../state/use-lab.ts";
import { Icon } from "../../parts/icon.tsx";
import type { SchemaChange } from "../../../core/table/profile.ts";
import { encodingNames } from "../../parts/encodings.ts";
import { kindWords, roleWords, survivalWords } from "./words.ts";

function changeWords(change: SchemaChange): string {
  if (change.type === "kind") return `${change.column} read as ${kindWords[change.kind].toLowerCase()}`;
  if (change.type === "role") return `${change.column} as ${roleWords[change.role].toLowerCase()}`;
  if (change.type === "survival")
    return `${change.column} as ${survivalWords[change.survival].toLowerCase()}`;
  if (change.type === "rare-levels") return `rare levels of ${change.column}`;
  if (change.type === "outsider") return `what an outsider has to do with ${change.column}`;
  return change.type === "encoding" ? `read as ${encodingNames[change.encoding]}` : "missing tokens";
}

/** Back and forth through the changes to the columns. */
export function SchemaUndo() {
  const { past, future } = useLab((state) => state.history);
  const busy = useLab((state) => state.revising !== undefined);
  const last = past.at(-1);
  const next = future[0];
  return (
    <div className="undo">
      <button
        type="button"
        className="btn quiet icon"
        aria-label={last === undefined ? "Undo" : `Undo: ${changeWords(last)}`}
        title={last === undefined ? "Nothing to undo" : `Undo: ${changeWords(last)} (Ctrl Z)`}
        disabled={last === undefined}
        onClick={undo}
      >
        <Icon name="undo" />
      </button>
      <button
        type="button"
        className="btn quiet icon"
        aria-label={next === undefined ? "Redo" : `Redo: ${changeWords(next)}`}
        title={next === undefined ? "Nothing to redo" : `Redo: ${changeWords(next)} (Ctrl Shift Z)`}
        disabled={next === undefined}
        onClick={redo}
      >
        <Icon name="redo" />
      </button>
      <span role="status" className="q3 s13">
        {busy ? "Reading again…" : ""}
      </span>
    </div>
  );
}
