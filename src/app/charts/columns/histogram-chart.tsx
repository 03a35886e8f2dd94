import { labelWidth } from "../text-width.ts";
import { ChartFrame, type Tip } from "../chart-frame.tsx";
import {
  fittingTicks,
  stepPath,
  tallest,
  type HistogramShape,
  type Step,
} from "../../../core/shapes/column-shape.ts";
import { percent } from "../../../core/words/numbers.ts";

interface HistogramChartProps {
  readonly label: string;
  readonly shape: HistogramShape;
  readonly width: number;
  /** of the plot; the tick labels need 18 px more */
  readonly height: number;
  readonly holdout: boolean;
}

const TOP = 4;
const TICKS = 18;

/** Real = filled steps, synthetic = an outline with a casing, held-out real = dashes. */
export function HistogramChart({ label, shape, width, height, holdout }: HistogramChartProps) {
  const { steps, ticks } = shape;
  const top = tallest(steps, holdout);
  const box = { x: 0, y: TOP, width, height: height - TOP };
  const outline = (of: "real" | "holdout" | "synthetic"): string =>
    stepPath(steps, (step) => step[of] / top, box);
  const [real, synthetic] = [outline("real"), outline("synthetic")];
  const pointAt = (x: number): number | undefined => {
    const i = steps.findIndex((step) => x / width < step.to);
    return i < 0 ? undefined : i;
  };
  const tipOf = (i: number): Tip => {
    const step = steps[i] as Step;
    return {
      x: ((step.from + step.to) / 2) * width,
      y: TOP + (height - TOP) * (1 - Math.max(step.real, step.synthetic) / top),
      title: step.label,
      lines: [
        { of: "real", label: "Real", value: percent(step.shares.real) },
        { of: "syn", label: "Synthetic", value: percent(step.shares.synthetic) },
        ...(holdout
          ? [{ of: "held" as const, label: "Held-out real", value: percent(step.shares.holdout) }]
          : []),
      ],
    };
  };
  return (
    <ChartFrame
      label={label}
      width={width}
      height={height + TICKS}
      points={steps.length}
      pointAt={pointAt}
      tipOf={tipOf}
    >
      <svg width={width} height={height + TICKS} aria-hidden="true">
        <path className="fr" d={`${real}V${height}H0Z`} />
        <path className="er" d={real} />
        {holdout && <path className="hl" d={outline("holdout")} />}
        <path className="eh" d={synthetic} />
        <path className="es" d={synthetic} />
        <path className="ax" d={`M0 ${height + 0.5}H${width}`} />
        {fittingTicks(ticks, width, labelWidth).map((t) => (
          <text key={t.at} x={t.at * width} y={height + 14} textAnchor={t.anchor}>
            {t.label}
          </text>
        ))}
      </svg>
    </ChartFrame>
  );
}
