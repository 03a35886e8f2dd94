import { redo, undo } from "../../state/schema-changes.ts";
import { useLab } from "../../state/use-lab.ts";
import { UndoButtons } from "./undo-buttons.tsx";
import { changeWords } from "./cleaning/step-words.ts";

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
