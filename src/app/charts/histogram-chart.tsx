import { Area, ComposedChart, Line, XAxis, YAxis } from "recharts";
import { ChartFrame, type Tip } from "./chart-frame.tsx";
import { tallest, type HistogramShape, type Step } from "./column-shape.ts";
import { percent } from "./format.ts";

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

/** One point per edge: a step chart holds its value until the next one. */
function points(steps: readonly Step[]) {
  const starts = steps.map(({ from, real, holdout, synthetic }) => ({ at: from, real, holdout, synthetic }));
  const last = steps.at(-1);
  return last ? [...starts, { ...starts.at(-1), at: last.to }] : starts;
}

/** Real = filled steps, synthetic = an outline with a casing, held-out real = dashes. */
export function HistogramChart({ label, shape, width, height, holdout }: HistogramChartProps) {
  const { steps, ticks } = shape;
  const top = tallest(steps, holdout);
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
      <ComposedChart
        width={width}
        height={height + 1}
        data={points(steps)}
        margin={{ top: TOP, right: 0, bottom: 1, left: 0 }}
        accessibilityLayer={false}
      >
        <XAxis dataKey="at" type="number" domain={[0, 1]} hide />
        <YAxis domain={[0, top]} hide />
        <Area
          type="stepAfter"
          dataKey="real"
          fill="var(--real-fill)"
          fillOpacity={1}
          stroke="var(--real)"
          strokeWidth={1}
          isAnimationActive={false}
          activeDot={false}
        />
        {holdout && (
          <Line
            type="stepAfter"
            dataKey="holdout"
            stroke="var(--real)"
            strokeWidth={1.5}
            strokeDasharray="3 2"
            dot={false}
            isAnimationActive={false}
            activeDot={false}
          />
        )}
        {(["casing", "mark"] as const).map((part) => (
          <Line
            key={part}
            type="stepAfter"
            dataKey="synthetic"
            stroke={part === "casing" ? "var(--surface)" : "var(--syn)"}
            strokeWidth={part === "casing" ? 4.5 : 1.75}
            dot={false}
            isAnimationActive={false}
            activeDot={false}
          />
        ))}
      </ComposedChart>
      <svg width={width} height={TICKS} aria-hidden="true">
        <path className="ax" d={`M0 -.5H${width}`} />
        {ticks.map((t) => (
          <text key={t.at} x={t.at * width} y={13} textAnchor={t.anchor}>
            {t.label}
          </text>
        ))}
      </svg>
    </ChartFrame>
  );
}
