import { Icon } from "../../parts/icon.tsx";

interface UndoButtonsProps {
  /** what would be undone, in words; left out: nothing can be */
  readonly undo?: string;
  readonly redo?: string;
  readonly onUndo: () => void;
  readonly onRedo: () => void;
  readonly status: string;
  /** Ctrl Z does something else here */
  readonly keyless?: true;
}

/** Back and forth through changes. */
export function UndoButtons({ undo, redo, onUndo, onRedo, status, keyless }: UndoButtonsProps) {
  return (
    <div className="undo">
      <button
        type="button"
        className="btn quiet icon"
        aria-label={undo === undefined ? "Undo" : `Undo: ${undo}`}
        title={undo === undefined ? "Nothing to undo" : `Undo: ${undo}${keyless ? "" : " (Ctrl Z)"}`}
        disabled={undo === undefined}
        onClick={onUndo}
      >
        <Icon name="undo" />
      </button>
      <button
        type="button"
        className="btn quiet icon"
        aria-label={redo === undefined ? "Redo" : `Redo: ${redo}`}
        title={redo === undefined ? "Nothing to redo" : `Redo: ${redo}${keyless ? "" : " (Ctrl Shift Z)"}`}
        disabled={redo === undefined}
        onClick={onRedo}
      >
        <Icon name="redo" />
      </button>
      <span role="status" className="q3 s13">
        {status}
      </span>
    </div>
  );
}
