import { redo, undo } from "../../state/schema-changes.ts";
import { useLab } from "../../state/use-lab.ts";
import type { SchemaChange } from "../../../core/table/profile.ts";
import { encodingNames } from "../../parts/encodings.ts";
import { UndoButtons } from "./undo-buttons.tsx";
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
    <UndoButtons
      {...(last !== undefined && { undo: changeWords(last) })}
      {...(next !== undefined && { redo: changeWords(next) })}
      onUndo={undo}
      onRedo={redo}
      status={busy ? "Reading again…" : ""}
    />
  );
}
