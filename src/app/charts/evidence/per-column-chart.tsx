import type { Detail } from "../../../core/metrics/metric.ts";
import { fixed, writer } from "../../../core/words/numbers.ts";
import { PlotTable, type PlotRow } from "./plot-table.tsx";
import { RangeDrawing } from "../range-plot.tsx";
import { plainTick, valueAxis, type RangeAxis } from "../../../core/shapes/range-shape.ts";

type Column = Extract<Detail, { type: "per-column" }>["columns"][number];

const HEIGHT = 30;
/** multiples of sampling noise that count as within: the band */
const NOISE = { value: Number.NaN, interval: { low: 0, high: 1.5 } };

function columnRow(column: Column, axis: RangeAxis, write: (value: number) => string): PlotRow {
  const times = `${fixed(column.noise, 1)}×`;
  return {
    name: column.name,
    axis,
    at: column.noise,
    height: HEIGHT,
    draw: (width) => (
      <RangeDrawing
        axis={axis}
        width={width}
        height={HEIGHT}
        synthetic={{ value: column.noise }}
        reference={NOISE}
      />
    ),
    label: `${column.name}: ${write(column.value)}, ${times} its sampling noise.`,
    tip: [
      { of: "syn", label: "Measured", value: write(column.value) },
      { label: "Times its noise", value: times },
    ],
    cells: [{ text: write(column.value), of: "syn" }, { text: times }],
    full: [{ text: write(column.value), of: "syn" }, { text: times }],
    verdict: column.verdict,
  };
}

/** One row per column or pair: how many times its sampling noise it differs; the band is what noise alone does. */
export function PerColumnChart({
  columns,
  asTable,
  label,
}: {
  columns: readonly Column[];
  asTable: boolean;
  label: string;
}) {
  const axis = valueAxis(
    [{ value: 0 }, { value: 3 }, ...columns.map(({ noise }) => ({ value: noise }))],
    plainTick,
    [0, Infinity],
  );
  const write = writer(
    "number",
    columns.map(({ value }) => value),
  );
  const heads = ["Measured", "Noise"];
  return (
    <PlotTable
      label={label}
      heads={heads}
      fullHeads={heads}
      rows={columns.map((column) => columnRow(column, axis, write))}
      axis={axis}
      asTable={asTable}
    />
  );
}
