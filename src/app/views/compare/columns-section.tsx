import { useState } from "react";
import type { ColumnComparison, Report } from "../../../core/report/report.ts";
import { ColumnFigure } from "../../charts/columns/column-figure.tsx";
import { offersLog, type Scale } from "../../../core/shapes/column-shape.ts";
import { plural } from "../../../core/words/numbers.ts";
import { Keys } from "../../charts/keys.tsx";
import { useFind } from "../../charts/columns/column-filter.ts";
import { Icon } from "../../parts/icon.tsx";
import { Choice } from "../../parts/choice.tsx";
import styles from "./compare.module.css";

type Order = "worst" | "name" | "table";

interface Shown {
  readonly order: Order;
  readonly limit: number;
  readonly scale: Scale;
  readonly table: boolean;
  readonly holdout: boolean;
  /** the column drawn large */
  readonly expanded: string | undefined;
}

const FIRST = 12;
const MORE = 48;

const orders = [
  { value: "worst", label: "Worst first" },
  { value: "name", label: "By name" },
  { value: "table", label: "As in the table" },
] as const;

/** Found and sorted columns. */
function arranged(
  columns: readonly ColumnComparison[],
  inTable: readonly string[],
  find: string,
  order: Order,
): ColumnComparison[] {
  const wanted = find.toLowerCase();
  const found = columns.filter((column) => column.name.toLowerCase().includes(wanted));
  const place = new Map(inTable.map((name, i) => [name, i]));
  const by: Record<Order, (a: ColumnComparison, b: ColumnComparison) => number> = {
    worst: (a, b) => b.noise - a.noise,
    name: (a, b) => a.name.localeCompare(b.name, "en", { numeric: true }),
    table: (a, b) => (place.get(a.name) ?? 0) - (place.get(b.name) ?? 0),
  };
  return found.sort(by[order]);
}

/** Every column as a small multiple. `anchor`: what a figure's id begins with. */
export function ColumnsSection({
  report,
  order,
  anchor = "column",
}: {
  report: Report;
  order: readonly string[];
  anchor?: string;
}) {
  const find = useFind();
  const [shown, setShown] = useState<Shown>({
    order: "worst",
    limit: FIRST,
    scale: "log",
    table: false,
    holdout: false,
    expanded: undefined,
  });
  const columns = arranged(report.columns, order, find, shown.order);
  const drawn = columns.slice(0, shown.limit);
  const rest = columns.slice(shown.limit);
  return (
    <div className={styles.section}>
      <ColumnsBar shown={shown} onChange={setShown} skewed={report.columns.some((c) => offersLog(c.chart))} />
      <div className={styles.multiples}>
        {drawn.map((column) => (
          <Multiple
            key={`${column.name} ${shown.scale} ${shown.table}`}
            column={column}
            id={`${anchor}-${report.columns.indexOf(column)}`}
            shown={shown}
            onExpand={() =>
              setShown({ ...shown, expanded: shown.expanded === column.name ? undefined : column.name })
            }
          />
        ))}
      </div>
      {columns.length === 0 && <p className={styles.none}>No column is called “{find}”.</p>}
      {rest.length > 0 && (
        <p className={styles.more}>
          <button
            type="button"
            className="btn quiet"
            onClick={() => setShown({ ...shown, limit: shown.limit + MORE })}
          >
            {moreWords(rest)}
          </button>
        </p>
      )}
    </div>
  );
}

/** One column; Enter or its name draws it large, with held-out real beside the others. */
function Multiple({
  column,
  id,
  shown,
  onExpand,
}: {
  column: ColumnComparison;
  /** with its place in the report, by which an address names it */
  id: string;
  shown: Shown;
  onExpand: () => void;
}) {
  const expanded = shown.expanded === column.name;
  return (
    <div id={id} tabIndex={-1} className={styles.multiple} data-worst data-expanded={expanded || undefined}>
      <ColumnFigure
        column={column}
        scale={shown.scale}
        asTable={shown.table}
        holdout={shown.holdout || expanded}
        height={expanded ? 240 : 82}
        expanded={expanded}
        onExpand={onExpand}
      />
    </div>
  );
}

function moreWords(rest: readonly ColumnComparison[]): string {
  const next = Math.min(MORE, rest.length);
  const within = rest.every((column) => column.verdict === "good");
  return `Show ${plural(next, "more column")}${within ? ", all within noise" : ""}`;
}

function ColumnsBar({
  shown,
  onChange,
  skewed,
}: {
  shown: Shown;
  onChange: (shown: Shown) => void;
  skewed: boolean;
}) {
  return (
    <div className={styles.bar}>
      <Keys holdout={shown.holdout || shown.expanded !== undefined} />
      <span className="grow" />
      {skewed && (
        <button
          type="button"
          className="btn sm"
          aria-pressed={shown.scale === "log"}
          title="A logarithmic axis for columns with a long tail"
          onClick={() => onChange({ ...shown, scale: shown.scale === "log" ? "linear" : "log" })}
        >
          Log axis
        </button>
      )}
      <button
        type="button"
        className="btn sm"
        aria-pressed={shown.holdout}
        title="Real rows that were held out, as a dashed line"
        onClick={() => onChange({ ...shown, holdout: !shown.holdout })}
      >
        Held-out real
      </button>
      <button
        type="button"
        className="btn sm"
        aria-pressed={shown.table}
        data-key="v"
        onClick={() => onChange({ ...shown, table: !shown.table })}
      >
        <Icon name="table" />
        Tables
      </button>
      <Choice
        label="Order of the columns"
        letter="s"
        value={shown.order}
        options={orders}
        onChange={(order) => onChange({ ...shown, order })}
      />
    </div>
  );
}
