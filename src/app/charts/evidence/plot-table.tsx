import type { ReactNode } from "react";
import type { Verdict } from "../../../core/metrics/metric.ts";
import { ChartFrame, type Tip } from "../chart-frame.tsx";
import { useFiltered, useRowKind } from "../columns/column-filter.ts";
import styles from "./evidence.module.css";
import { EvidenceTable } from "./evidence-table.tsx";
import { allWithin, useFirstRows } from "./more-rows.tsx";
import { Gridlines, RangeScale } from "../range-plot.tsx";
import { place, type RangeAxis } from "../../../core/shapes/range-shape.ts";
import { useWidth } from "../use-width.ts";
import { VerdictMark } from "../verdict-mark.tsx";

export interface PlotCell {
  readonly text: string;
  readonly of?: "real" | "syn";
}

export interface PlotRow {
  readonly name: string;
  /** under the name, quiet */
  readonly note?: string | undefined;
  /** of this row, or the one axis of all rows */
  readonly axis: RangeAxis;
  /** where the tooltip points */
  readonly at: number;
  readonly height: number;
  readonly draw: (width: number) => ReactNode;
  /** one sentence */
  readonly label: string;
  readonly tip: Tip["lines"];
  /** beside the plot */
  readonly cells: readonly PlotCell[];
  /** in place of the plot and the cells, when the chart is read as a table */
  readonly full: readonly PlotCell[];
  readonly verdict?: Verdict | undefined;
}

interface PlotTableProps {
  readonly label: string;
  /** over the names; by default what they are: columns, pairs, or measures */
  readonly what?: string;
  readonly heads: readonly string[];
  readonly fullHeads: readonly string[];
  readonly rows: readonly PlotRow[];
  /** where all rows share one axis: its labels stand in the heading */
  readonly axis?: RangeAxis | undefined;
  readonly asTable: boolean;
}

const tone = { real: styles.ofReal, syn: styles.ofSynthetic } as const;

/** Rows of a name, a plot and its numbers; as a table without the plots when asked for. */
export function PlotTable(props: PlotTableProps) {
  const { label, heads, fullHeads, axis, asTable } = props;
  const [ref, width] = useWidth<HTMLDivElement>();
  const rows = useFiltered(props.rows, (row) => row.name);
  const { shown, foot } = useFirstRows(rows, allWithin);
  const kind = useRowKind(props.rows, (row) => row.name);
  const marked = rows.some((row) => row.verdict !== undefined);
  return (
    <>
      <EvidenceTable label={label} plots={!asTable}>
        <thead>
          <tr>
            <th scope="col">{props.what ?? kind}</th>
            {!asTable && (
              <th className={styles.plotCell}>
                <span className="vh">Plot</span>
                <div ref={ref}>{axis !== undefined && <RangeScale axis={axis} />}</div>
              </th>
            )}
            {(asTable ? fullHeads : heads).map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
            {marked && (
              <th>
                <span className="vh">Verdict</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {shown.map((row, i) => (
            <tr key={`${i} ${row.name}`}>
              <th scope="row">
                {row.name}
                {row.note !== undefined && <small>{row.note}</small>}
              </th>
              {!asTable && (
                <td className={styles.plotCell}>
                  <RowPlot row={row} width={width} grid={axis !== undefined} />
                </td>
              )}
              {(asTable ? row.full : row.cells).map((cell, place) => (
                <td key={place} className={cell.of && tone[cell.of]}>
                  {cell.text}
                </td>
              ))}
              {marked && (
                <td className={styles.markCell}>
                  {row.verdict && <VerdictMark verdict={row.verdict} word={false} noise />}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </EvidenceTable>
      {foot}
    </>
  );
}

function RowPlot({ row, width, grid }: { row: PlotRow; width: number; grid: boolean }) {
  if (width === 0) return <div style={{ height: row.height }} />;
  const tipOf = (): Tip => ({
    x: place(row.axis, width)(row.at),
    y: 2,
    title: row.name,
    lines: row.tip,
  });
  return (
    <div className={styles.rowPlot}>
      {grid && <Gridlines axis={row.axis} width={width} />}
      <ChartFrame
        label={row.label}
        width={width}
        height={row.height}
        points={1}
        pointAt={() => 0}
        tipOf={tipOf}
        floating
      >
        {row.draw(width)}
      </ChartFrame>
    </div>
  );
}
