import { hrefOf } from "../state/route.ts";

/** The door to the comparison with a table made elsewhere. */
export function ToElsewhere() {
  return (
    <a className="btn" href={hrefOf("elsewhere")} data-testid="to-elsewhere">
      Compare a table made elsewhere
    </a>
  );
}
