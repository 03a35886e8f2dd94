import { describeFault } from "../../../core/fault.ts";
import { count } from "../../../core/words/numbers.ts";
import { setHeader } from "../../state/choosing/choosing.ts";
import {
  keyOf,
  nameOf,
  type ChoosingState,
  type SheetAt,
  type SheetRows,
} from "../../state/choosing/choosing-state.ts";
import { Choice } from "../../parts/choice.tsx";
import { Icon } from "../../parts/icon.tsx";
import styles from "./opening.module.css";

/** As many cells of a row are shown at most; a wide table says how many there are. */
const WIDTH = 40;

/** First rows as they stand; a row number makes its row the header. */
export function SheetCard({ choosing, at }: { choosing: ChoosingState; at: SheetAt }) {
  const rows = choosing.rows[keyOf(at)];
  const busy = rows === undefined || (rows.cells === undefined && rows.fault === undefined);
  return (
    <section className={`card ${styles.card}`} aria-labelledby="sheet-title" aria-busy={busy}>
      <header>
        <h2 id="sheet-title">{nameOf(choosing, at)}, as it is in the file</h2>
        <p>Identifiers and free text are masked. Click a row number to make it the header.</p>
      </header>
      <div className={styles.in}>
        {busy && (
          <p className="q s13" role="status">
            Fetching the first rows…
          </p>
        )}
        {rows?.fault !== undefined && <RowsWrong rows={rows} at={at} />}
        {rows?.cells !== undefined && rows.fault === undefined && (
          <>
            <Rows rows={rows} cells={rows.cells} at={at} />
            <HeaderChoice rows={rows} at={at} chosen={choosing.headers[keyOf(at)]} />
          </>
        )}
      </div>
    </section>
  );
}

interface RowsProps {
  readonly rows: SheetRows;
  readonly cells: readonly (readonly string[])[];
  readonly at: SheetAt;
}

function Rows({ rows, cells, at }: RowsProps) {
  const { first = 1, header = 0 } = rows;
  const width = cells.reduce((most, row) => Math.max(most, row.length), 0);
  const shown = Math.min(width, WIDTH);
  const columns = Array.from({ length: shown }, (_, i) => i);
  return (
    <div className={styles.cells} tabIndex={0} role="group" aria-label="First rows as they stand">
      <table>
        <tbody>
          {cells.map((row, i) => {
            const number = first + i;
            const names = number === header;
            return (
              <tr key={number} data-header={names || undefined} data-above={number < header || undefined}>
                <th scope="row" className={styles.ln}>
                  <button
                    type="button"
                    aria-pressed={names}
                    aria-label={names ? `Row ${number} holds the names` : `Make row ${number} the header`}
                    onKeyDown={moveByArrows}
                    onClick={() => setHeader(at, names ? 0 : number)}
                  >
                    {count(number)}
                    {names && " header"}
                  </button>
                </th>
                {columns.map((j) => (
                  <td key={j}>{row[j] ?? ""}</td>
                ))}
                {width > shown && <td className="q3">{i === 0 ? `${count(width - shown)} more` : "…"}</td>}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

interface HeaderChoiceProps {
  readonly rows: SheetRows;
  readonly at: SheetAt;
  readonly chosen: number | undefined;
}

function HeaderChoice({ rows, at, chosen }: HeaderChoiceProps) {
  const { first = 1, header = 0, cells = [] } = rows;
  const found = header === 0 ? "found: no header" : `found: row ${header}`;
  return (
    <div className={styles.controls}>
      <span>Header</span>
      <Choice
        label="Header"
        value={chosen === undefined ? "found" : String(chosen)}
        options={[
          { value: "found", label: chosen === undefined ? found : "found by itself" },
          ...cells.map((_, i) => ({ value: String(first + i), label: `row ${first + i}` })),
          { value: "0", label: "there is none" },
        ]}
        onChange={(value) => setHeader(at, value === "found" ? undefined : Number(value))}
      />
    </div>
  );
}

function RowsWrong({ rows, at }: { rows: SheetRows; at: SheetAt }) {
  const { title, detail, remedy } = describeFault(rows.fault ?? { code: "cancelled" });
  return (
    <div className={styles.wrong} role="alert">
      <Icon name="stop" />
      <span>
        <b>{title}</b> {detail} {remedy}{" "}
        {rows.asked !== undefined && (
          <button type="button" className="link" onClick={() => setHeader(at, undefined)}>
            Find the header by itself
          </button>
        )}
      </span>
    </div>
  );
}

/** Up and down go to the number of the next row. */
function moveByArrows(event: React.KeyboardEvent<HTMLButtonElement>): void {
  const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  const numbers = [
    ...(event.currentTarget.closest("tbody")?.querySelectorAll<HTMLElement>("th button") ?? []),
  ];
  const next = by === 0 ? undefined : numbers[numbers.indexOf(event.currentTarget) + by];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}
