import { describeFault } from "../../../core/fault.ts";
import { revise } from "../../state/schema-changes.ts";
import { tell } from "../../state/lab.ts";
import { useLab } from "../../state/use-lab.ts";
import { Icon } from "../../parts/icon.tsx";

/** A change to the columns that could not be made, and the choice it leaves. */
export function SchemaNotice() {
  const schemaFault = useLab((state) => state.schemaFault);
  if (schemaFault === undefined) return null;
  const { fault, change } = schemaFault;
  const { title, detail, remedy } = describeFault(fault);
  const close = (): void => tell({ type: "page-dismiss", what: "schema-fault" });
  const canDrop = fault.code === "kind-mismatch" && change?.type === "kind";
  const after =
    change === undefined
      ? "It needs the change that was to be taken back, so all of them stay as they were."
      : canDrop
        ? "Everything is as it was before."
        : remedy;
  return (
    <div className="schema-notice" role="alert">
      <Icon name="triangle" />
      <p>
        <b>{title}</b> {detail} {after}
      </p>
      <div className="acts">
        {canDrop && (
          <button
            type="button"
            className="btn sm"
            onClick={() => revise({ ...change, strayAsMissing: true })}
          >
            Read those as missing
          </button>
        )}
        <button type="button" className="btn sm" onClick={close}>
          Leave it as it was
        </button>
      </div>
    </div>
  );
}
