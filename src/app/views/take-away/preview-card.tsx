import type { Acceptance, Asked, RunView } from "../../../worker/protocol.ts";
import { describeFault } from "../../../core/fault.ts";
import type { Sample } from "../../state/lab-state.ts";
import { count, percent, plural } from "../../../core/words/numbers.ts";
import { Icon } from "../../parts/icon.tsx";
import { acceptanceWords } from "../../state/conditions.ts";
import type { Amount } from "../../state/order.ts";
import styles from "./take-away.module.css";

interface PreviewCardProps {
  readonly run: RunView;
  readonly preview: Sample | undefined;
  readonly asked: Asked | undefined;
  readonly amount: Amount;
}

/** The first rows of the file, as they will be written; under a condition how rare they are, or why there are none. */
export function PreviewCard({ run, preview, asked, amount }: PreviewCardProps) {
  const { rows, patients } = amount;
  const shown = preview !== undefined && preview.names.length > 0 ? preview : undefined;
  const cells = patients === undefined ? shown?.cells.slice(0, rows) : shown?.cells;
  const drawn =
    shown?.acceptance &&
    drawnWords(shown.acceptance, asked !== undefined, patients === undefined ? "rows" : "patients");
  return (
    <section className="card" aria-label="Preview">
      <div className={styles.previewHead}>
        <h2 className="grow">Preview</h2>
        <span className="q s13" aria-live="polite" data-testid="acceptance">
          {drawn !== undefined && <b>{drawn}. </b>}
          {cells !== undefined &&
            (patients === undefined
              ? `first ${cells.length} of ${plural(rows, "row")}`
              : `${plural(cells.length, "visit")} of the first patients`)}
          {cells === undefined && preview?.fault === undefined && waitingWords(asked)}
        </span>
      </div>
      {preview?.fault === undefined ? (
        <Rows run={run} names={shown?.names} cells={cells} />
      ) : (
        <Unmet preview={preview} />
      )}
    </section>
  );
}

/** How rare what is asked for is; without a condition only where rows that break a rule were drawn again. */
function drawnWords(
  acceptance: Acceptance,
  conditioned: boolean,
  of: "rows" | "patients",
): string | undefined {
  if (conditioned) return acceptanceWords(acceptance);
  const { drawn, kept } = acceptance;
  return drawn > kept ? `${percent(kept / drawn, 0)} of the ${of} drawn keep every rule` : undefined;
}

const waitingWords = (asked: Asked | undefined): string =>
  asked === undefined ? "Making the first rows…" : "Drawing candidates…";

/** A condition that too few candidates met, or that cannot be; what was asked for stays in the form. */
function Unmet({ preview }: { preview: Sample }) {
  const fault = preview.fault ?? { code: "unexpected", message: "" };
  const { title, detail, remedy } = describeFault(fault);
  const words =
    fault.code === "condition-unmet"
      ? `${count(fault.kept)} of ${count(fault.drawn)} candidates met it. Widen it, or take one of its parts away; everything else stays as it is.`
      : `${detail} ${remedy}`;
  return (
    <div className={styles.unmet} role="alert" data-testid="unmet">
      <h3>
        <Icon name="triangle" />
        {title}
      </h3>
      <p className="s13 q">{words}</p>
    </div>
  );
}

interface RowsProps {
  readonly run: RunView;
  readonly names: readonly string[] | undefined;
  readonly cells: readonly (readonly string[])[] | undefined;
}

function Rows({ run, names: drawn, cells }: RowsProps) {
  const { columns } = run.schema;
  const isNumber = (i: number): boolean => columns[i]?.kind === "integer" || columns[i]?.kind === "decimal";
  const isMissing = (text: string, i: number): boolean => text === (columns[i]?.missingToken ?? "");
  const names = drawn ?? columns.map((column) => column.name);
  return (
    <div className={styles.preview} tabIndex={0} role="region" aria-label="First synthetic rows">
      <table aria-busy={cells === undefined}>
        <thead>
          <tr>
            {names.map((name, i) => (
              <th key={name} scope="col" className={isNumber(i) ? "r" : ""}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {cells
            ? cells.map((row, r) => (
                <tr key={r}>
                  {row.map((text, i) => (
                    <td
                      key={names[i] ?? i}
                      className={`${isNumber(i) ? "r" : ""} ${isMissing(text, i) ? "q3" : ""}`}
                    >
                      {text === "" ? "empty" : text}
                    </td>
                  ))}
                </tr>
              ))
            : Array.from({ length: 5 }, (_, r) => (
                <tr key={r} className={styles.skeleton}>
                  {names.map((name) => (
                    <td key={name}>
                      <i />
                    </td>
                  ))}
                </tr>
              ))}
        </tbody>
      </table>
    </div>
  );
}
