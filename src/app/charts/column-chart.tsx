import { memo } from "react";
import type { ColumnComparison } from "../../core/lab/comparison.ts";
import { BarsChart } from "./bars-chart.tsx";
import styles from "./charts.module.css";
import {
  anyMissing,
  barShapes,
  columnSentence,
  histogramShape,
  liesDown,
  type Scale,
} from "./column-shape.ts";
import { HistogramChart } from "./histogram-chart.tsx";
import { MissingGauge } from "./missing-gauge.tsx";
import { useWidth } from "./use-width.ts";

interface ColumnChartProps {
  readonly column: ColumnComparison;
  /** of the plot without tick labels */
  readonly height?: number;
  /** log where it is offered */
  readonly scale?: Scale;
  /** held-out real as a dashed step */
  readonly holdout?: boolean;
}

/** Real against synthetic in one column: histogram or bars, with missing cells as a gauge of their own. */
export const ColumnChart = memo(function ColumnChart(props: ColumnChartProps) {
  const { column, height = 82, scale = "log", holdout = false } = props;
  const [ref, width] = useWidth<HTMLDivElement>();
  const { chart } = column;
  const label = columnSentence(column);
  return (
    <div className={styles.column}>
      <div ref={ref} className={styles.measured} style={{ minHeight: height + 18 }}>
        {width > 0 && chart.type === "histogram" && (
          <HistogramChart
            label={label}
            shape={histogramShape(chart, scale)}
            width={width}
            height={height}
            holdout={holdout}
          />
        )}
        {width > 0 && chart.type === "bars" && chart.levels.length > 0 && (
          <BarsChart
            label={label}
            bars={barShapes(chart)}
            width={width}
            height={height}
            holdout={holdout}
            lying={liesDown(chart.levels, width)}
          />
        )}
      </div>
      {anyMissing(column) && (
        <MissingGauge real={column.missing.real} synthetic={column.missing.synthetic} height={height} />
      )}
    </div>
  );
});
