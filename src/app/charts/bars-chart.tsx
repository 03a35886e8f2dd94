import { useId } from "react";
import { Bar, ComposedChart, XAxis, YAxis, type BarShapeProps } from "recharts";
import { ChartFrame, type Tip } from "./chart-frame.tsx";
import { tallest, type BarShape } from "./column-shape.ts";
import { percent } from "./format.ts";
import { labelWidth } from "./text-width.ts";
import { Hatch } from "./hatch.tsx";

interface BarsChartProps {
  readonly label: string;
  readonly bars: readonly BarShape[];
  readonly width: number;
  /** of the plot when the bars stand; lying bars take as much as they need */
  readonly height: number;
  readonly holdout: boolean;
  readonly lying: boolean;
}

const TOP = 4;
const TICKS = 18;
const ROW = 18;

const tipLines = (bar: BarShape, holdout: boolean): Tip["lines"] => [
  { of: "real", label: "Real", value: percent(bar.real) },
  { of: "syn", label: "Synthetic", value: percent(bar.synthetic) },
  ...(holdout ? [{ of: "held" as const, label: "Held-out real", value: percent(bar.holdout) }] : []),
];

/** Filled with its edge at the far end: real. */
function RealBar({ x, y, width, height, lying }: BarShapeProps & { lying: boolean }) {
  const edge = lying ? `M${x + width} ${y}v${height}` : `M${x} ${y}h${width}`;
  return (
    <g>
      <rect className="fr" x={x} y={y} width={width} height={height} />
      <path className="er" d={edge} />
    </g>
  );
}

/** Outlined and hatched, open at the axis: synthetic. */
function SyntheticBar({
  x,
  y,
  width,
  height,
  lying,
  hatch,
}: BarShapeProps & { lying: boolean; hatch: string }) {
  const d = lying
    ? `M${x} ${y + 1}h${Math.max(0, width - 0.5)}v${height - 2}H${x}`
    : `M${x + 1} ${y + height}V${y + 0.5}h${width - 2}V${y + height}`;
  return <path d={d} fill={`url(#${hatch})`} stroke="var(--syn)" strokeWidth={lying ? 1.25 : 1.75} />;
}

function HoldoutMarks({
  bars,
  top,
  width,
  height,
  from,
  lying,
}: {
  bars: readonly BarShape[];
  top: number;
  width: number;
  height: number;
  from: number;
  lying: boolean;
}) {
  const d = bars.map((bar, i) => {
    const at = bar.holdout / top;
    const slot = (lying ? height : width) / bars.length;
    return lying
      ? `M${from + at * (width - from)} ${i * slot + 2}v${slot - 4}`
      : `M${i * slot + slot * 0.1} ${TOP + (height - TOP) * (1 - at)}h${slot * 0.8}`;
  });
  return (
    <svg width={width} height={height} style={{ position: "absolute", left: 0, top: 0 }} aria-hidden="true">
      <path className="hl" d={d.join("")} />
    </svg>
  );
}

/** A filled bar beside an outlined, hatched one per level; standing, or lying with the names at the left. */
export function BarsChart({ label, bars, width, height, holdout, lying }: BarsChartProps) {
  const hatch = useId();
  const top = tallest(bars, holdout);
  const names = lying ? Math.min(width * 0.45, Math.max(...bars.map((bar) => labelWidth(bar.label))) + 8) : 0;
  const plot = lying ? bars.length * ROW : height;
  const slot = lying ? ROW : width / bars.length;
  const thick = lying ? 6 : Math.max(2, Math.min(30, slot * 0.36));
  const pointAt = (x: number, y: number): number | undefined => {
    const i = Math.floor((lying ? y : x) / slot);
    return i >= 0 && i < bars.length ? i : undefined;
  };
  const tipOf = (i: number): Tip => {
    const bar = bars[i] as BarShape;
    const longest = Math.max(bar.real, bar.synthetic) / top;
    return {
      x: lying ? names + (longest * (width - names)) / 2 : (i + 0.5) * slot,
      y: lying ? i * ROW : TOP + (height - TOP) * (1 - longest),
      title: bar.label,
      lines: tipLines(bar, holdout),
    };
  };
  const category = { dataKey: "label", type: "category" as const, hide: true };
  const value = { type: "number" as const, domain: [0, top], hide: true };
  return (
    <ChartFrame
      label={label}
      width={width}
      height={plot + (lying ? 2 : TICKS)}
      points={bars.length}
      pointAt={pointAt}
      tipOf={tipOf}
    >
      <ComposedChart
        width={width}
        height={plot + 1}
        data={[...bars]}
        layout={lying ? "vertical" : "horizontal"}
        margin={{ top: lying ? 0 : TOP, right: lying ? 2 : 0, bottom: 1, left: names }}
        barGap={lying ? 1 : 2}
        accessibilityLayer={false}
      >
        <defs>
          <Hatch id={hatch} />
        </defs>
        {lying ? <XAxis {...value} /> : <XAxis {...category} />}
        {lying ? <YAxis {...category} width={0} /> : <YAxis {...value} />}
        <Bar
          dataKey="real"
          barSize={thick}
          isAnimationActive={false}
          shape={(props: BarShapeProps) => <RealBar {...props} lying={lying} />}
        />
        <Bar
          dataKey="synthetic"
          barSize={thick}
          isAnimationActive={false}
          shape={(props: BarShapeProps) => <SyntheticBar {...props} lying={lying} hatch={hatch} />}
        />
      </ComposedChart>
      {holdout && (
        <HoldoutMarks bars={bars} top={top} width={width} height={plot} from={names} lying={lying} />
      )}
      {lying ? (
        <LevelNames bars={bars} width={names} plot={plot} />
      ) : (
        <svg width={width} height={TICKS} aria-hidden="true">
          <path className="ax" d={`M0 -.5H${width}`} />
          {bars.map((bar, i) => (
            <text key={bar.label} x={(i + 0.5) * slot} y={13} textAnchor="middle">
              {bar.label}
            </text>
          ))}
        </svg>
      )}
    </ChartFrame>
  );
}

function LevelNames({ bars, width, plot }: { bars: readonly BarShape[]; width: number; plot: number }) {
  const short = (name: string): string => {
    if (labelWidth(name) <= width - 8) return name;
    let end = name.length - 1;
    while (end > 1 && labelWidth(`${name.slice(0, end)}…`) > width - 8) end--;
    return `${name.slice(0, end).trimEnd()}…`;
  };
  return (
    <svg width={width} height={plot} style={{ position: "absolute", left: 0, top: 0 }} aria-hidden="true">
      <path className="ax" d={`M${width - 0.5} 0V${plot}`} />
      {bars.map((bar, i) => (
        <text key={bar.label} x={width - 6} y={(i + 0.5) * ROW + 4} textAnchor="end">
          {short(bar.label)}
        </text>
      ))}
    </svg>
  );
}
