import { labelWidth } from "../text-width.ts";
import { memo } from "react";
import type { ColumnComparison } from "../../../core/report/report.ts";
import { BarsChart } from "./bars-chart.tsx";
import styles from "../charts.module.css";
import {
  anyMissing,
  barShapes,
  columnSentence,
  histogramShape,
  liesDown,
  type Scale,
} from "../../../core/shapes/column-shape.ts";
import { HistogramChart } from "./histogram-chart.tsx";
import { MissingGauge } from "./missing-gauge.tsx";
import { useTurn } from "../use-turn.ts";
import { useWidth } from "../use-width.ts";

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
  const drawn = useTurn(props);
  const [ref, width] = useWidth<HTMLDivElement>();
  const { height = 82 } = props;
  return (
    <div ref={ref} style={{ minHeight: height + 18 }}>
      {drawn !== undefined && width > 0 && <Drawing {...drawn} width={width} />}
    </div>
  );
});

const GAUGE = 42;

function Drawing(props: ColumnChartProps & { readonly width: number }) {
  const { column, height = 82, scale = "log", holdout = false } = props;
  const { chart } = column;
  const label = columnSentence(column);
  const missing = anyMissing(column);
  const common = { label, height, holdout, width: missing ? props.width - GAUGE : props.width };
  return (
    <div className={styles.column}>
      {chart.type === "histogram" && <HistogramChart {...common} shape={histogramShape(chart, scale)} />}
      {chart.type === "bars" && chart.levels.length > 0 && (
        <BarsChart
          {...common}
          bars={barShapes(chart)}
          lying={liesDown(chart.levels, common.width, labelWidth)}
        />
      )}
      {missing && <MissingGauge missing={column.missing} height={height} />}
    </div>
  );
}
