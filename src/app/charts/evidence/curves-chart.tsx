import type { Detail } from "../../../core/metrics/metric.ts";
import { ChartFrame, type Tip } from "../chart-frame.tsx";
import styles from "./evidence.module.css";
import { EvidenceTable } from "./evidence-table.tsx";
import { count, fixed } from "../../../core/words/numbers.ts";
import { RealKey, SyntheticKey } from "../keys.tsx";
import { percentTick, plainTick, valueAxis, type RangeAxis } from "../../../core/shapes/range-shape.ts";
import { useWidth } from "../use-width.ts";

type Curves = Extract<Detail, { type: "curves" }>;
type Curve = Curves["curves"][number];

const LEFT = 44;
const TOP = 8;
const BELOW = 36;
const RIGHT = 12;

interface Frame {
  readonly x: RangeAxis;
  readonly y: RangeAxis;
  readonly writeX: (value: number) => string;
  readonly writeY: (value: number) => string;
  /** what is expected is seen there */
  readonly diagonal: boolean;
}

/**
 * Both axes are the same, so that the diagonal is where what is expected is seen; where x and y are of two kinds each has
 * its own. Shares are written as percentages.
 */
function frameOf({ curves, diagonal: drawn }: Curves): Frame {
  const diagonal = drawn !== false;
  const points = curves.flatMap((curve) => curve.points);
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  if (!diagonal) {
    const [x, y] = [axisOf(xs, false), axisOf(ys, isShares(ys))];
    return { x, y, writeX: writer(false), writeY: writer(isShares(ys)), diagonal };
  }
  const all = [...xs, ...ys];
  const axis = axisOf(all, isShares(all));
  return { x: axis, y: axis, writeX: writer(isShares(all)), writeY: writer(isShares(all)), diagonal };
}

const isShares = (values: readonly number[]): boolean =>
  values.filter(Number.isFinite).every((value) => value >= 0 && value <= 1);

const writer = (shares: boolean) => (value: number) =>
  shares ? `${fixed(100 * value, 1)}%` : fixed(value, Math.abs(value) >= 100 ? 0 : 3);

function axisOf(values: readonly number[], shares: boolean): RangeAxis {
  const known = values.filter(Number.isFinite);
  return valueAxis(
    known.map((value) => ({ value })),
    shares ? percentTick : plainTick,
    shares ? [0, 1] : known.every((value) => value >= 0) ? [0, Infinity] : undefined,
  );
}

/** Curves of real and synthetic under one name stand in one picture; else all of them do. */
function pictures(curves: readonly Curve[]): { name: string; curves: readonly Curve[] }[] {
  const names = [...new Set(curves.map(({ name }) => name))];
  const paired = names.map((name) => curves.filter((curve) => curve.name === name));
  if (names.length > 1 && paired.every((own) => own.length > 1))
    return paired.map((own, i) => ({ name: names[i] ?? "", curves: own }));
  return [{ name: "", curves }];
}

const finite = ({ points }: Curve): Curve["points"] =>
  points.filter(({ x, y }) => Number.isFinite(x) && Number.isFinite(y));

/** The points in words where no curve has two of them: a dot makes no chart. Undefined where there is one to draw. */
export function pointWords(
  { x, y }: Pick<Curves, "x" | "y">,
  curves: readonly Curve[],
  write: (value: number) => string,
  writeX: (value: number) => string = write,
): string | undefined {
  if (curves.some((curve) => finite(curve).length > 1)) return undefined;
  const told = curves.flatMap((curve) =>
    finite(curve).map(
      (point) =>
        `${curve.of === "real" ? "Real" : "Synthetic"}, ${curve.name}: ${y.toLowerCase()} ${write(point.y)} where ${x.toLowerCase()} is ${writeX(point.x)}, of ${count(point.rows)} rows.`,
    ),
  );
  return told.length > 0 ? told.join(" ") : "No group of rows is large enough to draw a curve.";
}

/** What is expected against what is seen: real filled and solid, synthetic outlined, the diagonal dotted. */
export function CurvesChart({ detail, asTable }: { detail: Curves; asTable: boolean }) {
  const frame = frameOf(detail);
  if (asTable) return <CurvesTable detail={detail} frame={frame} />;
  const parts = pictures(detail.curves);
  const wordsOf = (curves: readonly Curve[]) => {
    const words = pointWords(detail, curves, frame.writeY, frame.writeX);
    return words === undefined ? undefined : <p className={styles.reason}>{words}</p>;
  };
  return (
    <div className={styles.curves} data-many={parts.length > 1 || undefined}>
      {parts.map((part) => (
        <div key={part.name}>
          {part.name !== "" && <h4>{part.name}</h4>}
          {wordsOf(part.curves) ?? <CurvePicture detail={detail} curves={part.curves} frame={frame} />}
        </div>
      ))}
    </div>
  );
}

interface PictureProps {
  readonly detail: Curves;
  readonly curves: readonly Curve[];
  readonly frame: Frame;
}

function CurvePicture({ detail, curves, frame }: PictureProps) {
  const [ref, width] = useWidth<HTMLDivElement>();
  const side = Math.max(0, Math.min(300, width - LEFT - RIGHT));
  const share = (axis: RangeAxis, value: number): number => (value - axis.low) / (axis.high - axis.low || 1);
  const x = (value: number): number => LEFT + share(frame.x, value) * side;
  const y = (value: number): number => TOP + (1 - share(frame.y, value)) * side;
  const shared = new Set(curves.map(({ name }) => name)).size < curves.length;
  const keyOf = ({ name }: Curve, side: string): string => (shared ? `${side}: ${name}` : name);
  const points = curves.flatMap((curve) => curve.points.map((point) => ({ curve, ...point })));
  const nearest = (px: number, py: number): number | undefined => {
    const distances = points.map((point) => Math.hypot(x(point.x) - px, y(point.y) - py));
    const least = Math.min(...distances);
    return least <= 24 ? distances.indexOf(least) : undefined;
  };
  const tipOf = (i: number): Tip => {
    const point = points[i] as (typeof points)[number];
    const of = point.curve.of === "real" ? ("real" as const) : ("syn" as const);
    return {
      x: x(point.x),
      y: y(point.y) - 4,
      title: keyOf(point.curve, of === "real" ? "Real" : "Synthetic"),
      lines: [
        { label: detail.x, value: frame.writeX(point.x) },
        { of, label: detail.y, value: frame.writeY(point.y) },
        { label: "Rows", value: count(point.rows) },
      ],
    };
  };
  const height = TOP + side + BELOW;
  return (
    <div ref={ref} style={{ minHeight: 280 }}>
      {side > 0 && (
        <ChartFrame
          label={curveSentence(detail, curves, frame)}
          width={LEFT + side + RIGHT}
          height={height}
          points={points.length}
          pointAt={nearest}
          tipOf={tipOf}
          floating
        >
          <svg width={LEFT + side + RIGHT} height={height} aria-hidden="true">
            <Axes frame={frame} x={x} y={y} side={side} detail={detail} />
            {frame.diagonal && (
              <path
                className="ck"
                d={`M${x(frame.x.low)} ${y(frame.y.low)}L${x(frame.x.high)} ${y(frame.y.high)}`}
              />
            )}
            {curves.map((curve) => (
              <CurveMarks key={`${curve.of} ${curve.name}`} curve={curve} x={x} y={y} />
            ))}
          </svg>
        </ChartFrame>
      )}
      <div className={styles.curveKeys}>
        {curves.map((curve) =>
          curve.of === "real" ? (
            <RealKey key={`real ${curve.name}`}>{keyOf(curve, "Real")}</RealKey>
          ) : (
            <SyntheticKey key={`synthetic ${curve.name}`}>{keyOf(curve, "Synthetic")}</SyntheticKey>
          ),
        )}
      </div>
    </div>
  );
}

function Axes({
  frame,
  x,
  y,
  side,
  detail,
}: {
  frame: Frame;
  x: (value: number) => number;
  y: (value: number) => number;
  side: number;
  detail: Curves;
}) {
  const foot = TOP + side;
  return (
    <>
      <path className="ax" d={`M${LEFT - 0.5} ${TOP}V${foot + 0.5}H${LEFT + side}`} />
      {frame.x.ticks.map((t) => (
        <text key={`x ${t.value}`} x={x(t.value)} y={foot + 15} textAnchor="middle">
          {t.label}
        </text>
      ))}
      {frame.y.ticks.map((t) => (
        <text key={`y ${t.value}`} x={LEFT - 6} y={y(t.value) + 4} textAnchor="end">
          {t.label}
        </text>
      ))}
      <text x={LEFT + side / 2} y={foot + 31} textAnchor="middle">
        {detail.x}
      </text>
      <text x={LEFT + 6} y={TOP + 10}>
        {detail.y}
      </text>
    </>
  );
}

function CurveMarks({ curve, x, y }: { curve: Curve; x: (v: number) => number; y: (v: number) => number }) {
  const drawn = curve.points.filter((point) => Number.isFinite(point.x) && Number.isFinite(point.y));
  const line = drawn.map((point, i) => `${i === 0 ? "M" : "L"}${x(point.x)} ${y(point.y)}`).join("");
  const real = curve.of === "real";
  return (
    <>
      {!real && <path className="eh" d={line} />}
      <path className={real ? styles.realLine : "es"} d={line} />
      {drawn.map((point) => (
        <circle
          key={`${point.x} ${point.y}`}
          cx={x(point.x)}
          cy={y(point.y)}
          r="4"
          fill={real ? "var(--real)" : "var(--surface)"}
          stroke={real ? "var(--real)" : "var(--syn)"}
          strokeWidth="1.75"
        />
      ))}
    </>
  );
}

/** Which curve strays furthest from the diagonal, and where; without one, where the curves end. */
function curveSentence(detail: Curves, curves: readonly Curve[], frame: Frame): string {
  const about = `${detail.y} against ${detail.x.toLowerCase()}`;
  if (!frame.diagonal) {
    const ends = curves.flatMap((curve) => {
      const last = curve.points.at(-1);
      return last ? [`${curve.of} ${frame.writeY(last.y)} at ${frame.writeX(last.x)}`] : [];
    });
    return ends.length > 0 ? `${about}: ${ends.join(", ")}.` : `${about}: nothing to draw.`;
  }
  const worst = curves
    .flatMap((curve) => curve.points.map((point) => ({ curve, ...point })))
    .toSorted((a, b) => Math.abs(b.y - b.x) - Math.abs(a.y - a.x))[0];
  if (worst === undefined) return `${about}: nothing to draw.`;
  return `${about}; furthest from the diagonal is ${worst.curve.name}, ${frame.writeY(worst.y)} where ${frame.writeX(worst.x)} is expected.`;
}

function CurvesTable({ detail, frame }: { detail: Curves; frame: Frame }) {
  return (
    <EvidenceTable label={`${detail.y} against ${detail.x}`}>
      <thead>
        <tr>
          <th scope="col">Of</th>
          <th scope="col">{detail.x}</th>
          <th scope="col">{detail.y}</th>
          <th scope="col">Rows</th>
        </tr>
      </thead>
      <tbody>
        {detail.curves.flatMap((curve) =>
          curve.points.map((point) => (
            <tr key={`${curve.of} ${curve.name} ${point.x}`}>
              <th scope="row">{curve.name}</th>
              <td>{frame.writeX(point.x)}</td>
              <td className={curve.of === "real" ? styles.ofReal : styles.ofSynthetic}>
                {frame.writeY(point.y)}
              </td>
              <td>{count(point.rows)}</td>
            </tr>
          )),
        )}
      </tbody>
    </EvidenceTable>
  );
}
