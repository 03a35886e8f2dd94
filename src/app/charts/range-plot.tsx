import type { Interval } from "../../core/metrics/metric.ts";
import styles from "./charts.module.css";
import { fixed } from "./format.ts";
import { useWidth } from "./use-width.ts";

/** A labelled axis for points: it may start anywhere, because nothing is drawn as a length from its start. */
export interface RangeAxis {
  readonly low: number;
  readonly high: number;
  readonly ticks: readonly { readonly value: number; readonly label: string }[];
}

export interface RangeMark {
  readonly value: number;
  readonly interval: Interval;
}

/** Scores: from 0, 50 or 70 to 100, the highest start that fits all marks. */
export function scoreAxis(marks: readonly RangeMark[]): RangeAxis {
  const least = Math.min(100, ...marks.flatMap((mark) => [mark.value, mark.interval.low]));
  const low = [70, 50, 0].find((start) => start <= least) ?? 0;
  const steps =
    low === 70 ? [70, 80, 90, 100] : low === 50 ? [50, 60, 70, 80, 90, 100] : [0, 25, 50, 75, 100];
  return { low, high: 100, ticks: steps.map((value) => ({ value, label: String(value) })) };
}

/** The widest of 1, 2 or 5 times a power of ten that puts at least three ticks between the ends. */
function widestStep(low: number, high: number): number {
  const power = 10 ** Math.floor(Math.log10((high - low) / 2));
  const ticks = (step: number): number => Math.floor(high / step + 1e-9) - Math.ceil(low / step - 1e-9) + 1;
  return [5, 2, 1, 0.5, 0.2].map((m) => m * power).find((step) => ticks(step) >= 3) ?? power / 10;
}

/** An axis in a metric's own units around the marks, with about four round ticks. */
export function valueAxis(
  marks: readonly RangeMark[],
  write: (value: number, step: number) => string,
  within?: readonly [number, number],
): RangeAxis {
  const all = marks
    .flatMap((mark) => [mark.value, mark.interval.low, mark.interval.high])
    .filter(Number.isFinite);
  const least = Math.min(...all);
  const most = Math.max(...all);
  const margin = (most - least) * 0.12 || Math.abs(most) * 0.05 || 0.01;
  const low = Math.max(within?.[0] ?? -Infinity, least - margin);
  const high = Math.min(within?.[1] ?? Infinity, most + margin);
  const step = widestStep(low, high);
  const ticks: { value: number; label: string }[] = [];
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) {
    ticks.push({ value: i * step, label: write(i * step, step) });
  }
  return { low, high, ticks };
}

/** Decimals that tell steps apart: 0.05 -> 2. */
export const decimalsOf = (step: number): number => Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));

export const plainTick = (value: number, step: number): string => fixed(value, decimalsOf(step));
export const percentTick = (value: number, step: number): string =>
  `${fixed(100 * value, decimalsOf(100 * step))}%`;

const PAD = 9;

const place =
  (axis: RangeAxis, width: number) =>
  (value: number): number =>
    PAD +
    ((Math.max(axis.low, Math.min(axis.high, value)) - axis.low) / (axis.high - axis.low || 1)) *
      (width - 2 * PAD);

/** The axis' labels, for the head of a column of range plots. */
export function RangeScale({ axis }: { axis: RangeAxis }) {
  const [ref, width] = useWidth<HTMLDivElement>();
  const at = place(axis, width);
  return (
    <div ref={ref} style={{ minHeight: 20 }}>
      {width > 0 && (
        <svg
          width={width}
          height="20"
          role="img"
          aria-label={`Scale ${axis.ticks[0]?.label ?? ""} to ${axis.ticks.at(-1)?.label ?? ""}`}
        >
          {axis.ticks.map((t) => (
            <text key={t.value} x={at(t.value)} y="17" textAnchor="middle">
              {t.label}
            </text>
          ))}
        </svg>
      )}
    </div>
  );
}

interface RangePlotProps {
  readonly axis: RangeAxis;
  readonly synthetic: RangeMark;
  /** held-out real: tick and band */
  readonly reference: RangeMark;
  /** further runs, each on a lane of its own under the first */
  readonly others?: readonly (RangeMark & { readonly name: string })[];
  readonly chance?: number;
  readonly label: string;
  readonly height?: number;
  readonly gridlines?: boolean;
  /** prints the axis' labels under the plot */
  readonly ticks?: boolean;
}

const LANE = 16;

/** Band and tick = held-out real, open circle and whisker = synthetic, hollow diamonds = other runs, dots = chance. */
export function RangePlot(props: RangePlotProps) {
  const { axis, synthetic, reference, others = [], chance, label, height = 52, gridlines = true } = props;
  const [ref, width] = useWidth<HTMLDivElement>();
  const at = place(axis, width);
  const drawn = height + others.length * LANE;
  const y = height / 2;
  const whisker = (mark: RangeMark, line: number): string =>
    `M${at(mark.interval.low)} ${line - 4}v8m0-4H${at(mark.interval.high)}m0-4v8`;
  const band = [at(reference.interval.low), at(reference.interval.high)] as const;
  return (
    <div ref={ref} className={styles.range} style={{ minHeight: drawn }}>
      {gridlines &&
        axis.ticks.map((t) => (
          <i key={t.value} className={styles.gridline} style={{ left: Math.floor(at(t.value)) }} />
        ))}
      {width > 0 && (
        <svg width={width} height={drawn + (props.ticks ? 16 : 0)} role="img" aria-label={label}>
          {chance !== undefined && <path className="ck" d={`M${at(chance)} 0V${drawn}`} />}
          <path
            fill="var(--real-fill)"
            d={`M${band[0]} ${y - 9}H${Math.max(band[1], band[0] + 2)}V${y + 9}H${band[0]}Z`}
          />
          <path d={`M${at(reference.value)} ${y - 9}v18`} stroke="var(--real)" strokeWidth="2" />
          <path className="eh" d={`M${at(synthetic.interval.low)} ${y}H${at(synthetic.interval.high)}`} />
          <path className="es" d={whisker(synthetic, y)} />
          <circle
            cx={at(synthetic.value)}
            cy={y}
            r="5.5"
            fill="var(--surface)"
            stroke="var(--syn)"
            strokeWidth="2.25"
          />
          {others.map((other, i) => (
            <OtherRun key={other.name} other={other} at={at} y={height - 8 + i * LANE} width={width} />
          ))}
          {props.ticks &&
            axis.ticks.map((t) => (
              <text key={t.value} x={at(t.value)} y={drawn + 12} textAnchor="middle">
                {t.label}
              </text>
            ))}
        </svg>
      )}
    </div>
  );
}

function OtherRun({
  other,
  at,
  y,
  width,
}: {
  other: RangeMark & { readonly name: string };
  at: (value: number) => number;
  y: number;
  width: number;
}) {
  const right = at(other.interval.high);
  const fits = right + 8 + other.name.length * 6 < width;
  return (
    <g>
      <path className={styles.otherWhisker} d={`M${at(other.interval.low)} ${y}H${right}`} />
      <path
        className={styles.otherPoint}
        d={`M${at(other.value)} ${y - 5.5}l5.500 5.500-5.500 5.500-5.500-5.500z`}
      />
      <text x={fits ? right + 8 : at(other.interval.low) - 8} y={y + 4} textAnchor={fits ? "start" : "end"}>
        {other.name}
      </text>
    </g>
  );
}
