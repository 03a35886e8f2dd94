import { useMemo, useRef, useState, type ReactNode } from "react";
import { useVirtualizer } from "@tanstack/react-virtual";
import type { ColumnProfile } from "../../../core/table/profile.ts";
import type { TableView } from "../../../worker/protocol.ts";
import { count, plural } from "../../../core/words/numbers.ts";
import { Icon } from "../../parts/icon.tsx";
import { tickColumns } from "../../state/cleaning/cleaning.ts";
import { lab } from "../../state/lab.ts";
import { useLab } from "../../state/use-lab.ts";
import { BulkBar } from "./cleaning/bulk-bar.tsx";
import { shownUnder, StepPanel } from "./cleaning/step-panel.tsx";
import { useNarrow } from "./cleaning/suggestions.tsx";
import { COLUMNS } from "./column-detail.tsx";
import { ColumnRow } from "./column-row.tsx";

/** From this many columns on, only the rows in sight are in the page. */
const virtualFrom = 60;
const rowHeight = 35;
const orders = [
  { id: "file", label: "File order" },
  { id: "flags", label: "Flagged first" },
  { id: "missing", label: "Most missing" },
] as const;
type Order = (typeof orders)[number]["id"];

const severity = (column: ColumnProfile): number =>
  Math.max(0, ...column.flags.map((flag) => ({ stop: 3, check: 2, note: 1 })[flag.level]));

function arranged(
  columns: readonly ColumnProfile[],
  find: string,
  onlyFlagged: boolean,
  order: Order,
): readonly ColumnProfile[] {
  const wanted = find.trim().toLowerCase();
  const kept = columns.filter(
    (column) =>
      column.schema.name.toLowerCase().includes(wanted) && (!onlyFlagged || column.flags.length > 0),
  );
  if (order === "flags") return kept.toSorted((a, b) => severity(b) - severity(a));
  if (order === "missing") return kept.toSorted((a, b) => b.missing - a.missing);
  return kept;
}

/** One column more or less among those that are ticked. */
function tick(name: string, on: boolean): void {
  const { ticked } = lab.getState().cleaning;
  if (on !== ticked.includes(name))
    tickColumns(on ? [...ticked, name] : ticked.filter((one) => one !== name));
}

/** The name of the column below whose row a step is shown; "" above all of them. */
function useStepped(): string | undefined {
  const under = useLab((state) => shownUnder(state.cleaning));
  const suggested = useLab((state) => state.cleaning.previewed?.by === "suggestion");
  return useNarrow() && suggested ? undefined : under;
}

/** The column table: find, sort, change kind and role in place, expand, tick and clean. */
export function Columns({ table, tabs }: { table: TableView; tabs: ReactNode }) {
  const [find, setFind] = useState("");
  const [onlyFlagged, setOnlyFlagged] = useState(false);
  const [order, setOrder] = useState<Order>("file");
  const [open, setOpen] = useState<string | undefined>();
  const shown = useMemo(
    () => arranged(table.columns, find, onlyFlagged, order),
    [table.columns, find, onlyFlagged, order],
  );
  const flagged = table.columns.filter((column) => column.flags.length > 0).length;
  const ticked = useLab((state) => state.cleaning.ticked);
  const stepped = useStepped();
  const listed = stepped !== undefined && shown.some(({ schema }) => schema.name === stepped);
  const next = orders[(orders.findIndex((o) => o.id === order) + 1) % orders.length] ?? orders[0];
  return (
    <>
      <div className="tools-row">
        {tabs}
        <span className="q3 s13 hint-inline">Click a kind or role to change it</span>
        {flagged > 0 && (
          <button
            type="button"
            className="btn sm quiet"
            aria-pressed={onlyFlagged}
            onClick={() => setOnlyFlagged(!onlyFlagged)}
          >
            {onlyFlagged ? "All columns" : `Only the ${flagged} flagged`}
          </button>
        )}
        <button
          type="button"
          className="btn sm quiet"
          data-key="s"
          title={`Sort: ${next.label.toLowerCase()} (S)`}
          onClick={() => setOrder(next.id)}
        >
          Sort: {orders.find((o) => o.id === order)?.label.toLowerCase()}
        </button>
        <label className="find">
          <Icon name="find" />
          <input
            type="search"
            autoComplete="off"
            placeholder="Find column"
            aria-label="Find column"
            value={find}
            data-key="/"
            onChange={(event) => setFind(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === "Escape") setFind("");
            }}
          />
          <kbd className="chip">/</kbd>
        </label>
      </div>
      {ticked.length > 0 && <BulkBar columns={ticked} />}
      {stepped !== undefined && !listed && <StepPanel table={table} />}
      {shown.length === 0 ? (
        <p className="wait">
          No column’s name has “{find}” in it.{" "}
          <button type="button" className="link" onClick={() => setFind("")}>
            Show all {plural(table.columns.length, "column")}
          </button>
        </p>
      ) : (
        <ColumnTable
          shown={shown}
          table={table}
          ticked={ticked}
          stepped={stepped}
          open={open}
          toggle={(name) => setOpen(open === name ? undefined : name)}
        />
      )}
      {shown.length > virtualFrom && (
        <p className="hint under">{count(shown.length)} columns; scroll inside the table.</p>
      )}
    </>
  );
}

interface ColumnTableProps {
  readonly shown: readonly ColumnProfile[];
  readonly table: TableView;
  readonly ticked: readonly string[];
  readonly stepped: string | undefined;
  readonly open: string | undefined;
  readonly toggle: (name: string) => void;
}

function ColumnTable({ shown, table, ticked, stepped, open, toggle }: ColumnTableProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const many = shown.length > virtualFrom;
  const virtual = useVirtualizer({
    count: many ? shown.length : 0,
    // None for a short table: measuring it would lay the page out in the middle of drawing it.
    getScrollElement: () => (many ? scroller.current : null),
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  const items = virtual.getVirtualItems();
  const from = many ? (items[0]?.index ?? 0) : 0;
  const to = many ? (items.at(-1)?.index ?? Math.min(shown.length, 40) - 1) : shown.length - 1;
  const above = many ? (items[0]?.start ?? 0) : 0;
  const below = many ? Math.max(0, virtual.getTotalSize() - (items.at(-1)?.end ?? 0)) : 0;
  return (
    <div
      ref={scroller}
      className={many ? "scroll tall" : "scroll"}
      {...(many ? { tabIndex: 0, role: "group", "aria-label": "Columns" } : {})}
    >
      <table className="cols" aria-rowcount={shown.length + 1}>
        <thead>
          <tr>
            <th scope="col" className="tk">
              <TickAll shown={shown} ticked={ticked} />
            </th>
            <th scope="col" className="nm">
              Column
            </th>
            <th scope="col" className="ty">
              Kind
            </th>
            <th scope="col" className="sp">
              Distribution
            </th>
            <th scope="col">In the file</th>
            <th scope="col" className="rg">
              Range
            </th>
            <th scope="col" className="r mis" title="Cells that do not fit the kind">
              Not read %
            </th>
            <th scope="col" className="r mis">
              Missing %
            </th>
            <th scope="col" className="rl">
              Role
            </th>
            <th scope="col" className="fl">
              <span className="vh">Cells</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {above > 0 && <Spacer height={above} />}
          {shown.slice(from, to + 1).map((column) => (
            <ColumnRow
              key={column.schema.name}
              column={column}
              table={table}
              ticked={ticked.includes(column.schema.name)}
              tick={tick}
              stepped={stepped === column.schema.name}
              expanded={open === column.schema.name}
              toggle={toggle}
            />
          ))}
          {below > 0 && <Spacer height={below} />}
        </tbody>
      </table>
    </div>
  );
}

/** Ticks every column that is listed, or none. */
function TickAll({ shown, ticked }: { shown: readonly ColumnProfile[]; ticked: readonly string[] }) {
  const names = shown.map(({ schema }) => schema.name);
  const all = names.length > 0 && names.every((name) => ticked.includes(name));
  return (
    <input
      ref={(box) => {
        if (box !== null) box.indeterminate = !all && ticked.length > 0;
      }}
      type="checkbox"
      aria-label="Select all columns"
      checked={all}
      onChange={() => tickColumns(all ? [] : names)}
    />
  );
}

const Spacer = ({ height }: { height: number }) => (
  <tr aria-hidden="true" className="spacer">
    <td colSpan={COLUMNS} style={{ height }} />
  </tr>
);
