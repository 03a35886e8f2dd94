import { describeFault } from "../../core/fault.ts";
import { tell } from "../state/lab.ts";
import { useLab } from "../state/use-lab.ts";
import { Icon } from "./icon.tsx";

/** A fault that belongs to nothing else on the page, until the person closes it. */
export function Problem() {
  const problem = useLab((state) => state.problem);
  if (problem === undefined) return null;
  const { title, detail, remedy } = describeFault(problem);
  return (
    <div className="problem" role="alert">
      <Icon name="stop" />
      <p>
        <b>{title}</b> {detail} {remedy}
      </p>
      <button
        type="button"
        className="btn quiet icon"
        aria-label="Close this message"
        onClick={() => tell({ type: "page-dismiss", what: "problem" })}
      >
        <Icon name="close" />
      </button>
    </div>
  );
}
