import { memo, useId, useState } from "react";
import type { ColumnComparison } from "../../../core/report/report.ts";
import styles from "../charts.module.css";
import { ColumnChart } from "./column-chart.tsx";
import { distanceWords, offersLog, type Scale } from "../../../core/shapes/column-shape.ts";
import { ColumnTable } from "./column-table.tsx";
import { fixed } from "../../../core/words/numbers.ts";
import { VerdictMark } from "../verdict-mark.tsx";

interface ColumnFigureProps {
  readonly column: ColumnComparison;
  readonly holdout?: boolean;
  /** the scale where log is offered, until this figure's own switch is used */
  readonly scale?: Scale;
  /** all figures as tables, until this figure's own switch is used */
  readonly asTable?: boolean;
  readonly height?: number;
  readonly expanded?: boolean;
  /** the name becomes a button that asks for more or less room */
  readonly onExpand?: () => void;
}

/** The frame of one column: name, mark, distance, table button, chart, and a remark when it is beyond sampling noise. */
export const ColumnFigure = memo(function ColumnFigure(props: ColumnFigureProps) {
  const { column, holdout = false, height = 82 } = props;
  const title = useId();
  const [own, setOwn] = useState<{ table?: boolean; scale?: Scale }>({});
  const table = own.table ?? props.asTable ?? false;
  const scale = own.scale ?? props.scale ?? "log";
  return (
    <figure className={styles.figure} aria-labelledby={title} data-column={column.name}>
      <header className={styles.figureHead}>
        <h3 id={title} title={column.name}>
          {props.onExpand === undefined ? (
            column.name
          ) : (
            <button
              type="button"
              className={styles.bare}
              aria-expanded={props.expanded ?? false}
              data-worst-focus
              onClick={props.onExpand}
            >
              {column.name}
            </button>
          )}
        </h3>
        <VerdictMark verdict={column.verdict} word={false} noise />
      </header>
      <div className={styles.distance}>
        <span>
          {distanceWords(column)}
          {offersLog(column.chart) && (
            <>
              {" · "}
              <button
                type="button"
                className={`${styles.bare} ${styles.scaleSwitch}`}
                aria-label={`Axis of ${column.name}: ${scale}. Change it`}
                onClick={() => setOwn({ ...own, scale: scale === "log" ? "linear" : "log" })}
              >
                {scale}
              </button>
            </>
          )}
        </span>
        <button
          type="button"
          className={`${styles.bare} ${styles.asTable}`}
          aria-pressed={table}
          data-key="v"
          aria-label={`Show ${column.name} as a table`}
          title="Show as a table"
          onClick={() => setOwn({ ...own, table: !table })}
        >
          <svg className="ic" viewBox="0 0 16 16" aria-hidden="true">
            <path d="M2 3h12v10H2zM2 6.4h12M2 9.7h12M6.500 3v10" />
          </svg>
        </button>
      </div>
      <div className={styles.body} data-table={table || undefined}>
        {table ? (
          <ColumnTable column={column} scale={scale} />
        ) : (
          <ColumnChart column={column} scale={scale} holdout={holdout} height={height} />
        )}
      </div>
      {column.remark !== undefined && column.verdict !== "good" && (
        <p className={styles.remark}>{column.remark}</p>
      )}
    </figure>
  );
});

/** A column while a run is under way: name, distance in brief, chart. */
export const MarginFigure = memo(function MarginFigure({
  column,
  height = 70,
}: {
  column: ColumnComparison;
  height?: number;
}) {
  return (
    <figure className={styles.figure} data-bare data-column={column.name}>
      <header className={styles.figureHead}>
        <h3 title={column.name}>{column.name}</h3>
        <span className={styles.brief}>
          {fixed(column.distance, 3)} · {fixed(column.noise, 1)}×
        </span>
      </header>
      <div className={styles.body}>
        <ColumnChart column={column} height={height} />
      </div>
    </figure>
  );
});
