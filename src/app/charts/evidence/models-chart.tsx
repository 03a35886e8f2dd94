import type { Detail, Verdict } from "../../../core/metrics/metric.ts";
import { fixed, measuredWords } from "../../../core/words/numbers.ts";
import { PlotTable, type PlotRow } from "./plot-table.tsx";
import { RangeDrawing } from "../range-plot.tsx";
import { plainTick, valueAxis } from "../../../core/shapes/range-shape.ts";

type Models = Extract<Detail, { type: "models" }>;
type Model = Models["rows"][number];

const HEIGHT = 36;
const write = (value: number): string => fixed(value, 3);

/** A predictor's own mark: within sampling noise when its interval reaches that of the real one. */
function verdictOf(row: Model, whole: Verdict): Verdict {
  if (row.syntheticInterval.high >= row.realInterval.low) return "good";
  return whole === "good" ? "worse" : whole;
}

interface ModelsChartProps {
  readonly detail: Models;
  /** of the metric */
  readonly verdict: Verdict;
  readonly asTable: boolean;
}

/** A model trained on synthetic rows beside one trained on real rows, both judged on held-out real rows. */
export function ModelsChart({ detail: { rows, unit }, verdict, asTable }: ModelsChartProps) {
  const real = (row: Model) => ({ value: row.real, interval: row.realInterval });
  const synthetic = (row: Model) => ({ value: row.synthetic, interval: row.syntheticInterval });
  const axis = valueAxis(
    rows.flatMap((row) => [real(row), synthetic(row)]),
    plainTick,
  );
  const plotRows = rows.map((row): PlotRow => {
    const words = [measuredWords(real(row), write), measuredWords(synthetic(row), write)] as const;
    return {
      name: row.name,
      axis,
      at: row.synthetic,
      height: HEIGHT,
      draw: (width) => (
        <RangeDrawing
          axis={axis}
          width={width}
          height={HEIGHT}
          synthetic={synthetic(row)}
          reference={real(row)}
        />
      ),
      label: `${row.name}, ${unit}: ${words[1]} trained on synthetic rows, ${words[0]} on real rows.`,
      tip: [
        { of: "real", label: "Trained on real", value: words[0] },
        { of: "syn", label: "on synthetic", value: words[1] },
      ],
      cells: [
        { text: write(row.real), of: "real" },
        { text: write(row.synthetic), of: "syn" },
        { text: write(row.real - row.synthetic) },
      ],
      full: [
        { text: words[0], of: "real" },
        { text: words[1], of: "syn" },
        { text: write(row.real - row.synthetic) },
      ],
      verdict: verdictOf(row, verdict),
    };
  });
  const heads = ["Trained on real", "on synthetic", "Loss"];
  return (
    <PlotTable
      label={`Models trained on real and on synthetic rows, ${unit}`}
      what={`Model (${unit})`}
      heads={heads}
      fullHeads={heads}
      rows={plotRows}
      axis={axis}
      asTable={asTable}
    />
  );
}
