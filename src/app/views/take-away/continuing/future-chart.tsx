import type { RangeAxis } from "../../../../core/shapes/range-shape.ts";
import { bandShape, levelShape } from "../../../../core/shapes/future-shape.ts";
import { count, plain } from "../../../../core/words/numbers.ts";
import type { FutureBands } from "../../../../worker/protocol.ts";
import { useWidth } from "../../../charts/use-width.ts";
import styles from "./continuing.module.css";

interface ChartProps {
  readonly bands: FutureBands;
  /** the last given cell */
  readonly last: number | string | undefined;
  readonly column: string;
  readonly unit: string | undefined;
}

const HEIGHT = 200;
const LEFT = 48;
const BOTTOM = 34;
/** Room for the levels' names. */
const NAMES = 96;
const dashes = ["none", "6 3", "2 3", "8 3 2 3", "1 4"];

/** Bands of a number or lines of levels, from the last given visit on. */
export function FutureChart({ bands, last, column, unit }: ChartProps) {
  const [ref, width] = useWidth<HTMLDivElement>();
  const time = `${unit ?? "time"} after the last visit`;
  return (
    <div ref={ref} className={styles.chart} data-testid="future-bands">
      {width > 0 && (
        <svg width={width} height={HEIGHT} role="img" aria-label={described(bands, column, unit)}>
          {bands.type === "number" ? (
            <Bands bands={bands} last={last} width={width} />
          ) : (
            <Levels bands={bands} last={last} width={width} />
          )}
          <text className={styles.axis} x={LEFT} y={HEIGHT - 2}>
            {time}
          </text>
        </svg>
      )}
    </div>
  );
}

function described(bands: FutureBands, column: string, unit = ""): string {
  const of = `${column} of one patient, ${count(bands.futures)} futures`;
  if (bands.type === "levels") return `${of}: share of each level`;
  const end = bands.points.at(-1);
  if (end === undefined) return of;
  return `${of}: after ${plain(end.time)} ${unit} the median is ${plain(end.median)}, 95% from ${plain(end.low95)} to ${plain(end.high95)}`;
}

type Numbers = Extract<FutureBands, { type: "number" }>;
type Shares = Extract<FutureBands, { type: "levels" }>;

function Bands({ bands, last, width }: { bands: Numbers; last: ChartProps["last"]; width: number }) {
  const start = typeof last === "number" ? last : undefined;
  const shape = bandShape(bands.points, start, {
    width: width - 12,
    height: HEIGHT,
    left: LEFT,
    bottom: BOTTOM,
  });
  const [only] = bands.points;
  return (
    <>
      <Axes {...shape} right={width - 12} />
      <path className={styles.wide} d={shape.wide} />
      <path className={styles.narrow} d={shape.narrow} />
      <path className={styles.median} d={shape.median} />
      {start !== undefined && (
        <circle className={styles.start} cx={shape.atX(0)} cy={shape.atY(start)} r="4" />
      )}
      {start === undefined && bands.points.length === 1 && only !== undefined && (
        <circle className={styles.start} cx={shape.atX(only.time)} cy={shape.atY(only.median)} r="4" />
      )}
    </>
  );
}

function Levels({ bands, last, width }: { bands: Shares; last: ChartProps["last"]; width: number }) {
  const right = width - NAMES;
  const shape = levelShape(bands.levels, bands.points, typeof last === "string" ? last : undefined, {
    width: right,
    height: HEIGHT,
    left: LEFT,
    bottom: BOTTOM,
  });
  return (
    <>
      <Axes {...shape} right={right} />
      {shape.lines.map(({ level, path, label, last: share }, i) => (
        <g key={level}>
          <path className={styles.median} d={path} strokeDasharray={dashes[i % dashes.length]} />
          <circle className={styles.start} cx={right} cy={shape.atY(share)} r="2.5" />
          <text className={styles.level} x={right + 8} y={label + 4}>
            {level.length > 13 ? `${level.slice(0, 12)}…` : level}
          </text>
        </g>
      ))}
    </>
  );
}

interface AxesProps {
  readonly x: RangeAxis;
  readonly y: RangeAxis;
  readonly atX: (time: number) => number;
  readonly atY: (value: number) => number;
  readonly right: number;
}

function Axes({ x, y, atX, atY, right }: AxesProps) {
  return (
    <g>
      {y.ticks.map(({ value, label }) => (
        <g key={value}>
          <line className={styles.grid} x1={LEFT} x2={right} y1={atY(value)} y2={atY(value)} />
          <text className={styles.axis} x={LEFT - 8} y={atY(value) + 4} textAnchor="end">
            {label}
          </text>
        </g>
      ))}
      {x.ticks.map(({ value, label }) => (
        <text key={value} className={styles.axis} x={atX(value)} y={HEIGHT - BOTTOM + 16} textAnchor="middle">
          {label}
        </text>
      ))}
    </g>
  );
}
