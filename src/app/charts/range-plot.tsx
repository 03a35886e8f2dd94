import type { Interval, Measured } from "../../core/metrics/metric.ts";
import { place, type RangeAxis } from "../../core/shapes/range-shape.ts";
import styles from "./charts.module.css";
import { useWidth } from "./use-width.ts";

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

export interface RangeDrawingProps {
  readonly axis: RangeAxis;
  readonly width: number;
  readonly height: number;
  readonly synthetic?: Measured | undefined;
  /** held-out real: tick and band */
  readonly reference?: Measured | undefined;
  /** further runs, each on a lane of its own under the first */
  readonly others?: readonly OtherMark[];
  /** dotted */
  readonly chance?: number | undefined;
  /** prints the axis' labels under the plot */
  readonly ticks?: boolean;
}

export interface OtherMark {
  readonly value: number;
  readonly interval: Interval;
  readonly name: string;
  /** said beside its name: what a difference beyond noise means */
  readonly beyond?: "better" | "worse" | undefined;
}

const LANE = 16;
const TICKS = 16;

/** Pixels that a range drawing takes from top to bottom. */
export const rangeHeight = (height: number, others: number, ticks: boolean): number =>
  height + others * LANE + (ticks ? TICKS : 0);

/** Band and tick = held-out real, open circle and whisker = synthetic, hollow diamonds = other runs, dots = chance. */
export function RangeDrawing(props: RangeDrawingProps) {
  const { axis, width, height, synthetic, reference, others = [], chance, ticks = false } = props;
  const at = place(axis, width);
  const drawn = height + others.length * LANE;
  const y = height / 2;
  return (
    <svg width={width} height={rangeHeight(height, others.length, ticks)} aria-hidden="true">
      {chance !== undefined && <path className="ck" d={`M${at(chance)} 0V${drawn}`} />}
      {reference !== undefined && <ReferenceMark mark={reference} at={at} y={y} />}
      {synthetic !== undefined && Number.isFinite(synthetic.value) && (
        <SyntheticMark mark={synthetic} at={at} y={y} />
      )}
      {others.map((other, i) => (
        <OtherRun key={other.name} other={other} at={at} y={height - 8 + i * LANE} width={width} />
      ))}
      {ticks &&
        axis.ticks.map((t) => (
          <text key={t.value} x={at(t.value)} y={drawn + 12} textAnchor="middle">
            {t.label}
          </text>
        ))}
    </svg>
  );
}

interface MarkProps {
  readonly mark: Measured;
  readonly at: (value: number) => number;
  readonly y: number;
}

function ReferenceMark({ mark: { value, interval }, at, y }: MarkProps) {
  const band = interval && ([at(interval.low), at(interval.high)] as const);
  return (
    <>
      {band && (
        <path
          fill="var(--real-fill)"
          d={`M${band[0]} ${y - 9}H${Math.max(band[1], band[0] + 2)}V${y + 9}H${band[0]}Z`}
        />
      )}
      {Number.isFinite(value) && (
        <path d={`M${at(value)} ${y - 9}v18`} stroke="var(--real)" strokeWidth="2" />
      )}
    </>
  );
}

/** A synthetic value: open circle, and the whisker of its interval where it has one. */
export function SyntheticMark({ mark: { value, interval }, at, y }: MarkProps) {
  return (
    <>
      {interval && (
        <>
          <path className="eh" d={`M${at(interval.low)} ${y}H${at(interval.high)}`} />
          <path className="es" d={`M${at(interval.low)} ${y - 4}v8m0-4H${at(interval.high)}m0-4v8`} />
        </>
      )}
      <circle cx={at(value)} cy={y} r="5.5" fill="var(--surface)" stroke="var(--syn)" strokeWidth="2.25" />
    </>
  );
}

interface RangePlotProps extends Omit<RangeDrawingProps, "width" | "height"> {
  readonly label: string;
  readonly height?: number;
  readonly gridlines?: boolean;
}

/** A range drawing as wide as its place. */
export function RangePlot({ label, height = 52, gridlines = true, ...drawing }: RangePlotProps) {
  const { axis, others = [], ticks = false } = drawing;
  const [ref, width] = useWidth<HTMLDivElement>();
  return (
    <div
      ref={ref}
      className={styles.range}
      style={{ minHeight: rangeHeight(height, others.length, ticks) }}
      role="img"
      aria-label={label}
    >
      {gridlines && <Gridlines axis={axis} width={width} />}
      {width > 0 && <RangeDrawing {...drawing} width={width} height={height} />}
    </div>
  );
}

/** Hairlines at the ticks, as high as the row. */
export function Gridlines({ axis, width }: { axis: RangeAxis; width: number }) {
  const at = place(axis, width);
  return axis.ticks.map((t) => (
    <i key={t.value} className={styles.gridline} style={{ left: Math.floor(at(t.value)) }} />
  ));
}

interface OtherRunProps {
  readonly other: OtherMark;
  readonly at: (value: number) => number;
  readonly y: number;
  readonly width: number;
}

function OtherRun({ other, at, y, width }: OtherRunProps) {
  const right = at(other.interval.high);
  const words = other.beyond === undefined ? other.name : `${other.name} ${other.beyond}`;
  const fits = right + 8 + words.length * 6 < width;
  return (
    <g>
      <path className={styles.otherWhisker} d={`M${at(other.interval.low)} ${y}H${right}`} />
      <path
        className={styles.otherPoint}
        d={`M${at(other.value)} ${y - 5.5}l5.500 5.500-5.500 5.500-5.500-5.500z`}
      />
      <text
        x={fits ? right + 8 : at(other.interval.low) - 8}
        y={y + 4}
        textAnchor={fits ? "start" : "end"}
        className={other.beyond === undefined ? undefined : styles.beyond}
      >
        {words}
      </text>
    </g>
  );
}
