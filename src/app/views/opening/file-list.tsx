import { describeFault } from "../../../core/fault.ts";
import { plural, size } from "../../../core/words/numbers.ts";
import { showSheet, tickSheet } from "../../state/choosing/choosing.ts";
import {
  keyOf,
  nameOf,
  sameSheet,
  type ChoosingState,
  type OfferedName,
  type SheetAt,
} from "../../state/choosing/choosing-state.ts";
import { Icon } from "../../parts/icon.tsx";
import { shapeOf } from "./words.ts";
import styles from "./opening.module.css";

/** Files and the tables in them, to be ticked; arrows go from one to the next. */
export function FileList({ choosing }: { choosing: ChoosingState }) {
  return (
    <div className={styles.list} data-arrows>
      {choosing.files.map((file, i) => (
        <FileCard key={`${i} ${file.name}`} choosing={choosing} file={file} index={i} />
      ))}
    </div>
  );
}

interface FileCardProps {
  readonly choosing: ChoosingState;
  readonly file: OfferedName;
  readonly index: number;
}

function FileCard({ choosing, file: { name, bytes, seen }, index }: FileCardProps) {
  const sheets = seen?.sheets ?? [];
  const archive = /\.(zip|gz|tgz)$/i.test(name);
  return (
    <section
      className={`card ${styles.file}`}
      aria-label={name}
      aria-busy={seen === undefined}
      data-testid="offered-file"
    >
      <header>
        <Icon name={archive ? "document" : "table"} />
        <b>{name}</b>
        <span className="q3 s">
          {size(bytes)}
          {sheets.length > 1 && `, ${plural(sheets.length, archive ? "file" : "table")}`}
        </span>
      </header>
      {seen === undefined && (
        <p className={styles.note} role="status">
          Looking into it…
        </p>
      )}
      {seen !== undefined && seen.fault === undefined && <p className={styles.note}>{seen.words}</p>}
      {seen?.fault !== undefined && <FileWrong fault={seen.fault} />}
      {sheets.map((sheet, i) => (
        <SheetLine
          key={`${i} ${sheet.name}`}
          choosing={choosing}
          at={{ file: index, sheet: i }}
          name={nameOf(choosing, { file: index, sheet: i })}
          note={sheet.note}
          table={sheet.table && seen?.fault === undefined}
        />
      ))}
    </section>
  );
}

function FileWrong({ fault }: { fault: NonNullable<NonNullable<OfferedName["seen"]>["fault"]> }) {
  const { title, detail, remedy } = describeFault(fault);
  return (
    <p className={styles.wrong} role="alert">
      <Icon name="stop" />
      <span>
        <b>{title}</b> {detail} {remedy}
      </span>
    </p>
  );
}

interface SheetLineProps {
  readonly choosing: ChoosingState;
  readonly at: SheetAt;
  readonly name: string;
  readonly note: string | undefined;
  readonly table: boolean;
}

function SheetLine({ choosing, at, name, note, table }: SheetLineProps) {
  const on = choosing.ticked.some((one) => sameSheet(one, at));
  const single = choosing.purpose === "one";
  const shape = shapeOf(choosing, at);
  return (
    <div
      className={styles.sheet}
      data-on={on || undefined}
      data-off={!table || undefined}
      data-shown={sameSheet(choosing.shown, at) || undefined}
    >
      <label>
        <input
          type={single ? "radio" : "checkbox"}
          {...(single && { name: "one-sheet" })}
          value={keyOf(at)}
          checked={on}
          disabled={!table}
          data-testid="offered-sheet"
          onKeyDown={moveByArrows}
          onChange={(event) => tickSheet(at, event.currentTarget.checked)}
        />
        <b>{name}</b>
        <span className={styles.shape}>{shape}</span>
        {note !== undefined && note !== shape && <span className={styles.about}>{note}</span>}
      </label>
      {table && !on && (
        <button
          type="button"
          className={`link s13 ${styles.look}`}
          aria-label={`Show the first rows of ${name}`}
          onClick={() => showSheet(at)}
        >
          Rows
        </button>
      )}
    </div>
  );
}

/** Up and down go to the next box; radios do so by themselves. */
function moveByArrows(event: React.KeyboardEvent<HTMLInputElement>): void {
  const { currentTarget: box, key } = event;
  const by = key === "ArrowDown" ? 1 : key === "ArrowUp" ? -1 : 0;
  if (by === 0 || box.type !== "checkbox") return;
  const boxes = [
    ...(box.closest("[data-arrows]")?.querySelectorAll<HTMLInputElement>("input:not(:disabled)") ?? []),
  ];
  const next = boxes[boxes.indexOf(box) + by];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}
