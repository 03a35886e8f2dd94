import type { Detail, Measured } from "../../../core/metrics/metric.ts";
import styles from "./evidence.module.css";
import { fixed, measuredWords, percent, writer } from "../../../core/words/numbers.ts";
import { PlotTable, type PlotRow } from "./plot-table.tsx";
import { SyntheticMark } from "../range-plot.tsx";
import { place, plainTick, valueAxis, type RangeAxis } from "../../../core/shapes/range-shape.ts";

type Model = Extract<Detail, { type: "coefficients" }>["models"][number];
type Term = Model["rows"][number];

const HEIGHT = 40;

/** An interval that is far wider than the estimates lie apart ends at the axis: it would hide all others. */
function forestAxis(rows: readonly Term[]): RangeAxis {
  const values = rows.flatMap(({ real, synthetic }) => [real.value, synthetic.value]).filter(Number.isFinite);
  const least = Math.min(0, ...values);
  const most = Math.max(0, ...values);
  const room = most - least || 1;
  const clipped = ({ value, interval }: Measured): Measured =>
    interval === undefined
      ? { value }
      : {
          value,
          interval: {
            low: Math.max(interval.low, least - room),
            high: Math.min(interval.high, most + room),
          },
        };
  return valueAxis(
    [{ value: 0 }, ...rows.flatMap((row) => [clipped(row.real), clipped(row.synthetic)])],
    plainTick,
  );
}

/** Two intervals over each other: real filled, synthetic outlined; zero is dotted. */
function Forest({ row, axis, width }: { row: Term; axis: RangeAxis; width: number }) {
  const at = place(axis, width);
  const { real, synthetic } = row;
  const [top, bottom] = [HEIGHT / 2 - 7, HEIGHT / 2 + 7];
  return (
    <svg width={width} height={HEIGHT} aria-hidden="true">
      <path className="ck" d={`M${at(0)} 0V${HEIGHT}`} />
      {real.interval && (
        <path
          className={styles.realWhisker}
          d={`M${at(real.interval.low)} ${top - 4}v8m0-4H${at(real.interval.high)}m0-4v8`}
        />
      )}
      {Number.isFinite(real.value) && <circle cx={at(real.value)} cy={top} r="5" fill="var(--real)" />}
      {Number.isFinite(synthetic.value) && <SyntheticMark mark={synthetic} at={at} y={bottom} />}
    </svg>
  );
}

function termRow(row: Term, axis: RangeAxis, write: (value: number) => string): PlotRow {
  const words = { real: measuredWords(row.real, write), synthetic: measuredWords(row.synthetic, write) };
  const overlap = percent(row.overlap, 0);
  return {
    name: row.term,
    axis,
    at: row.real.value,
    height: HEIGHT,
    draw: (width) => <Forest row={row} axis={axis} width={width} />,
    label: `${row.term}: ${words.real} in real rows, ${words.synthetic} in synthetic rows; ${overlap} of the intervals overlaps.`,
    tip: [
      { of: "real", label: "Real", value: words.real },
      { of: "syn", label: "Synthetic", value: words.synthetic },
      { label: "Overlap", value: overlap },
    ],
    cells: [
      { text: write(row.real.value), of: "real" },
      { text: write(row.synthetic.value), of: "syn" },
      { text: overlap },
    ],
    full: [
      { text: words.real, of: "real" },
      { text: words.synthetic, of: "syn" },
      { text: fixed(row.overlap, 2) },
    ],
  };
}

/** One regression, coefficient by coefficient, least overlap first. */
export function CoefficientsChart({ models, asTable }: { models: readonly Model[]; asTable: boolean }) {
  return (
    <div className={styles.parts}>
      {models.map((model) => (
        <ModelChart key={model.name} model={model} asTable={asTable} />
      ))}
    </div>
  );
}

function ModelChart({ model, asTable }: { model: Model; asTable: boolean }) {
  const heads = ["Real", "Synthetic", "Overlap"];
  const rows = model.rows.toSorted((a, b) => a.overlap - b.overlap);
  const axis = forestAxis(rows);
  const write = writer(
    "number",
    rows.flatMap(({ real, synthetic }) => [real.value, synthetic.value]),
  );
  return (
    <div>
      <h4>{model.name}</h4>
      <PlotTable
        label={`${model.name}: coefficients from real and from synthetic rows`}
        what="Term"
        heads={heads}
        fullHeads={heads}
        rows={rows.map((row) => termRow(row, axis, write))}
        axis={axis}
        asTable={asTable}
      />
    </div>
  );
}
