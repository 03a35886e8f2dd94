import { memo, useDeferredValue } from "react";
import { Line, LineChart, XAxis, YAxis } from "recharts";
import { ChartFrame, type Tip } from "../chart-frame.tsx";
import styles from "../charts.module.css";
import { count, fixed } from "../../../core/words/numbers.ts";
import { usePartByPart } from "../use-turn.ts";
import { useWidth } from "../use-width.ts";

export interface LossPoint {
  readonly step: number;
  readonly epoch: number;
  readonly losses: Readonly<Record<string, number>>;
  readonly validation?: number;
}

interface LossChartProps {
  readonly points: readonly LossPoint[];
  /** the steps whose weights are kept */
  readonly kept?: { readonly from: number; readonly to: number } | undefined;
  /** steps after which the losses do not go on from those before */
  readonly restarts?: readonly number[] | undefined;
  /** what the axis counts; steps where an epoch is long or its number unknown */
  readonly along?: "epoch" | "step";
  /** where the axis ends, when it is known how long training may take */
  readonly epochs?: number;
  readonly height?: number;
}

interface Series {
  readonly name: string;
  readonly of: (point: LossPoint) => number | undefined;
  readonly dash?: string;
}

const capital = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** Told apart by their strokes, all in one ink: training losses solid, dotted, dash-dotted; validation dashed. */
export function seriesOf(points: readonly LossPoint[]): Series[] {
  const names = [...new Set(points.flatMap((point) => Object.keys(point.losses)))].slice(0, 3);
  const dashes = [undefined, "1.5 2.5", "8 3 1.5 3"];
  const training = names.map((name, i): Series => {
    const dash = dashes[i];
    return { name: capital(name), of: (point) => point.losses[name], ...(dash !== undefined && { dash }) };
  });
  const judged = points.filter((point) => point.validation !== undefined).length;
  return judged > 1
    ? [...training, { name: "Validation", of: (point) => point.validation, dash: "5 3" }]
    : training;
}

/** The numbers of the last point in words: "training 3.20, validation 3.41". */
export function lastLosses(points: readonly LossPoint[]): string {
  const last = points.at(-1);
  if (last === undefined) return "";
  const named = Object.entries(last.losses).map(([name, loss]) => `${name} ${fixed(loss, 2)}`);
  return [
    ...named,
    ...(last.validation === undefined ? [] : [`validation ${fixed(last.validation, 2)}`]),
  ].join(", ");
}

/** "Weights kept: step 340", or from the first to the last where every column keeps its own. */
export const keptSteps = ({ from, to }: { readonly from: number; readonly to: number }): string =>
  from === to
    ? `Weights kept: step ${count(from)}`
    : `Weights kept: steps ${count(from)} to ${count(to)}, each column at its own best`;

/** Which stretch each point belongs to: how many restarts lie before it. */
const stretchOf = (restarts: readonly number[], { step }: LossPoint): number =>
  restarts.filter((restart) => step > restart).length;

/** Round steps of 1, 2, 2.5 or 5 that hold all values. */
export function roundTicks(low: number, high: number, wanted = 4): number[] {
  const span = high - low || Math.abs(high) || 1;
  const rough = span / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 2.5, 5, 10].find((m) => m * power >= rough) ?? 10);
  const first = Math.floor(low / step + 1e-9);
  const last = Math.ceil(high / step - 1e-9);
  return Array.from({ length: Math.max(2, last - first + 1) }, (_, i) =>
    Number(((first + i) * step).toPrecision(12)),
  );
}

/** The range drawn: all values after the first few, so that a steep start does not flatten the rest. */
function bounds(points: readonly LossPoint[], series: readonly Series[]): [number, number] {
  const late = points.slice(Math.min(points.length - 2, Math.floor(points.length * 0.03)));
  const values = late.flatMap((point) => series.flatMap((s) => s.of(point) ?? [])).filter(Number.isFinite);
  return values.length === 0 ? [0, 1] : [Math.min(...values), Math.max(...values)];
}

const LEFT = 44;
const RIGHT = 8;
const TOP = 8;
const TICKS = 20;

function tipAt(points: readonly LossPoint[], series: readonly Series[], i: number, x: number): Tip {
  const point = points[i] as LossPoint;
  return {
    x,
    y: TOP + 24,
    title: `Epoch ${count(point.epoch)}, step ${count(point.step)}`,
    lines: series.flatMap((s) => {
      const value = s.of(point);
      return value === undefined ? [] : [{ label: s.name, value: fixed(value, 3) }];
    }),
  };
}

const nothing: readonly LossPoint[] = [];
const noRestarts: readonly number[] = [];

/**
 * Loss over epochs: ink solid = training, ink dashed = validation; what is kept and where training restarts is marked. Grows by steps, never tweens. New points are drawn in
 * slices between whatever else the page has to do.
 */
export const LossChart = memo(function LossChart(props: LossChartProps) {
  const [ref, width] = useWidth<HTMLDivElement>();
  const points = useDeferredValue(props.points, nothing);
  const { along = "epoch", epochs = 0, height = 170, kept, restarts = noRestarts } = props;
  const last = points.at(-1);
  return (
    <div ref={ref} style={{ minHeight: height }}>
      {width > 0 && last !== undefined && (
        <Plot
          points={points}
          kept={kept}
          restarts={restarts}
          along={along}
          end={Math.max(epochs, last[along], 1)}
          width={width}
          height={height}
        />
      )}
    </div>
  );
});

interface PlotProps {
  readonly points: readonly LossPoint[];
  readonly kept: LossChartProps["kept"];
  readonly restarts: readonly number[];
  readonly along: "epoch" | "step";
  /** of the axis */
  readonly end: number;
  readonly width: number;
  readonly height: number;
}

const Plot = memo(function Plot(props: PlotProps) {
  const { points, kept, restarts, along, end, width, height } = props;
  const series = seriesOf(points);
  const lines = series.flatMap((s) =>
    Array.from({ length: restarts.length + 1 }, (_, stretch) => ({
      ...s,
      stretch,
      key: `${s.name} ${stretch}`,
    })),
  );
  const drawn = usePartByPart(3 + lines.length);
  const first = Math.min(points[0]?.[along] ?? 0, 1);
  const ticks = roundTicks(...bounds(points, series));
  const low = ticks[0] ?? 0;
  const high = ticks.at(-1) ?? 1;
  const decimals = high - low < 0.2 ? 3 : high - low < 2 ? 2 : 1;
  const across = (at: number): number => LEFT + ((at - first) / (end - first || 1)) * (width - LEFT - RIGHT);
  const up = (value: number): number => TOP + (1 - (value - low) / (high - low)) * (height - TOP - TICKS);
  const innerTicks = roundTicks(0, end, 3).filter((t) => t <= end * 0.9);
  const data = points.map((point) => ({
    at: point[along],
    ...Object.fromEntries(series.map((s) => [`${s.name} ${stretchOf(restarts, point)}`, s.of(point)])),
  }));
  const acrossStep = (step: number): number =>
    across(along === "step" ? step : (points.find((point) => point.step >= step)?.epoch ?? end));
  const lastValues = series.flatMap((s) => {
    const value = points.findLast((point) => s.of(point) !== undefined);
    const shown = value && s.of(value);
    return shown === undefined ? [] : [`${s.name.toLowerCase()} ${fixed(shown, 2)}`];
  });
  const keptWords = kept === undefined ? "" : ` ${keptSteps(kept)}.`;
  const nearest = (x: number): number | undefined => {
    if (points.length === 0 || x < LEFT - 8) return undefined;
    const distances = points.map((point) => Math.abs(across(point[along]) - x));
    return distances.indexOf(Math.min(...distances));
  };
  return (
    <ChartFrame
      label={`Loss up to ${along} ${count(points.at(-1)?.[along] ?? 0)}: ${lastValues.join(", ")}.${keptWords}`}
      width={width}
      height={height}
      points={points.length}
      pointAt={nearest}
      tipOf={(i) => tipAt(points, series, i, across(points[i]?.[along] ?? 0))}
    >
      <Marks
        kept={kept && [acrossStep(kept.from), acrossStep(kept.to)]}
        restarts={restarts.map(acrossStep)}
        size={[width, height]}
      />
      <Axes
        marks={[...innerTicks, end].map((value) => ({ x: across(value), label: count(value) }))}
        along={along}
        levels={ticks.map((value) => ({ y: up(value), label: fixed(value, decimals) }))}
        size={[width, height]}
      />
      {drawn > 0 && (
        <LineChart
          width={width}
          height={height}
          data={data}
          margin={{ top: TOP, right: RIGHT, bottom: TICKS, left: LEFT }}
          accessibilityLayer={false}
        >
          {drawn > 1 && <XAxis dataKey="at" type="number" domain={[first, end]} allowDataOverflow hide />}
          {drawn > 2 && <YAxis type="number" domain={[low, high]} allowDataOverflow hide />}
          {lines.slice(0, Math.max(0, drawn - 3)).map((s) => (
            <Line
              key={s.key}
              type="linear"
              dataKey={s.key}
              stroke="var(--ink)"
              strokeWidth={1.5}
              {...(s.dash === undefined ? {} : { strokeDasharray: s.dash })}
              connectNulls
              dot={false}
              activeDot={false}
              isAnimationActive={false}
            />
          ))}
        </LineChart>
      )}
    </ChartFrame>
  );
});

interface MarksProps {
  /** from where to where along the axis, in px */
  readonly kept: readonly [number, number] | undefined;
  readonly restarts: readonly number[];
  readonly size: readonly [number, number];
}

/** A tinted stretch with its name where the kept weights come from; a dotted line where training restarts. */
function Marks({ kept, restarts, size: [width, height] }: MarksProps) {
  const bottom = height - TICKS;
  const label = (x: number, text: string) => (
    <text x={x + (x > width - 70 ? -4 : 4)} y={TOP + 10} textAnchor={x > width - 70 ? "end" : "start"}>
      {text}
    </text>
  );
  return (
    <svg className={styles.under} width={width} height={height} aria-hidden="true">
      {kept && (
        <g data-mark="kept">
          <rect
            x={kept[0] - 1}
            y={TOP}
            width={Math.max(2, kept[1] - kept[0] + 2)}
            height={bottom - TOP}
            fill="var(--tint)"
          />
          <path d={`M${kept[0]} ${TOP}V${bottom}M${kept[1]} ${TOP}V${bottom}`} stroke="var(--accent)" />
          {label(kept[1], "kept")}
        </g>
      )}
      {restarts.map((x) => (
        <g key={x} data-mark="restart">
          <path d={`M${x} ${TOP}V${bottom}`} stroke="var(--ink-3)" strokeDasharray="1 3" />
          <text x={x - 4} y={bottom - 6} textAnchor="end">
            restart
          </text>
        </g>
      ))}
    </svg>
  );
}

interface AxesProps {
  /** along the bottom; the last one says what is counted */
  readonly marks: readonly { readonly x: number; readonly label: string }[];
  readonly along: "epoch" | "step";
  readonly levels: readonly { readonly y: number; readonly label: string }[];
  readonly size: readonly [number, number];
}

/** Drawn here rather than by the charting library, which measures the text of its axes anew at every change. */
function Axes({ marks, along, levels, size: [width, height] }: AxesProps) {
  const bottom = height - TICKS;
  return (
    <svg className={styles.under} width={width} height={height} aria-hidden="true">
      <path className="gr" d={levels.map(({ y }) => `M${LEFT} ${y}H${width - RIGHT}`).join("")} />
      <path className="ax" d={`M${LEFT} ${bottom}H${width - RIGHT}`} />
      {levels.map(({ y, label }) => (
        <text key={y} x={LEFT - 8} y={y + 4} textAnchor="end">
          {label}
        </text>
      ))}
      {marks.map(({ x, label }, i) => (
        <text key={x} x={x} y={bottom + 16} textAnchor={i === marks.length - 1 ? "end" : "middle"}>
          {i === marks.length - 1 ? `${along} ${label}` : label}
        </text>
      ))}
    </svg>
  );
}

/** The key of the loss chart. */
export const LossKeys = memo(function LossKeys({ points }: { points: readonly LossPoint[] }) {
  return (
    <span className="keys">
      {seriesOf(points).map((s) => (
        <span key={s.name} className="key">
          <svg width="18" height="8" aria-hidden="true">
            <path d="M0 4h18" stroke="var(--ink)" strokeWidth="1.5" strokeDasharray={s.dash} />
          </svg>
          {s.name}
        </span>
      ))}
    </span>
  );
});
