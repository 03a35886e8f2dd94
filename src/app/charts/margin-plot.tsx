import type { Interval } from "../../core/metrics/metric.ts";
import { marginLines, marginSentence, marginShape } from "../../core/shapes/margin-shape.ts";
import { useWidth } from "./use-width.ts";
import styles from "./charts.module.css";

export interface Loss {
  readonly value: number;
  readonly interval?: Interval;
}

export interface OtherLoss {
  readonly name: string;
  readonly loss: Loss;
  readonly margin: number;
}

interface MarginDrawingProps {
  readonly loss: Loss | undefined;
  readonly margin: number;
  readonly width: number;
  readonly others?: readonly OtherLoss[];
}

const HEIGHT = 30;
const LANE = 16;

/** How far a measure lies from held-out patients, in margins; `loss` is left out where nothing was measured. */
export function MarginDrawing({ loss, margin, width, others = [] }: MarginDrawingProps) {
  const height = HEIGHT + others.length * LANE;
  const at = (share: number): number => share * width;
  const edge = at(marginLines.margin);
  return (
    <svg width={width} height={height} aria-hidden="true">
      <path className="fr" d={`M${edge} 8H${width}V22H${edge}Z`} />
      <path className={styles.margin} d={`M${edge} 5V${height - 5}`} />
      <path className={styles.equal} d={`M${at(marginLines.equal)} 8V22`} />
      {loss !== undefined && <Mark loss={loss} margin={margin} at={at} />}
      {others.map((other, i) => (
        <Other key={other.name} other={other} at={at} y={HEIGHT - 4 + (i + 0.5) * LANE} width={width} />
      ))}
    </svg>
  );
}

interface MarkProps {
  readonly loss: Loss;
  readonly margin: number;
  readonly at: (share: number) => number;
}

function Mark({ loss, margin, at }: MarkProps) {
  const { whisker, beyond, point, far } = marginShape(loss, margin);
  if (far !== undefined)
    return (
      <>
        <path className="es" d="M6 11l-5 4 5 4M1 15h20" />
        <text x="26" y="19" className={styles.far}>
          {far}
        </text>
      </>
    );
  if (whisker === undefined) return null;
  const [from, to] = [at(whisker.from), at(whisker.to)];
  const left = beyond.worse ? `M${from + 5} 11l-5 4 5 4` : `M${from} 11v8`;
  const right = beyond.better ? `M${to - 5} 11l5 4-5 4` : `M${to} 11v8`;
  return (
    <>
      <path className="eh" d={`M${from} 15H${to}`} />
      <path className="es" d={`${left}M${from} 15H${to}${right}`} />
      {point !== undefined && (
        <circle cx={at(point)} cy="15" r="5" fill="var(--surface)" stroke="var(--syn)" strokeWidth="2.25" />
      )}
    </>
  );
}

/** Another run: a hollow diamond on a lane of its own. */
function Other({ other, at, y, width }: { other: OtherLoss; at: MarkProps["at"]; y: number; width: number }) {
  const { whisker, point } = marginShape(other.loss, other.margin);
  if (whisker === undefined) return null;
  const right = at(whisker.to);
  const fits = right + 8 + other.name.length * 6 < width;
  return (
    <g>
      <path className={styles.otherWhisker} d={`M${at(whisker.from)} ${y}H${right}`} />
      {point !== undefined && (
        <path className={styles.otherPoint} d={`M${at(point)} ${y - 5}l5 5-5 5-5-5z`} />
      )}
      <text x={fits ? right + 8 : at(whisker.from) - 8} y={y + 4} textAnchor={fits ? "start" : "end"}>
        {other.name}
      </text>
    </g>
  );
}

/** The same as wide as its place, with its sentence for those who do not see it. */
export function MarginPlot({
  name,
  loss,
  margin,
  others = [],
}: Omit<MarginDrawingProps, "width"> & { readonly name: string }) {
  const [ref, width] = useWidth<HTMLSpanElement>();
  const told = loss === undefined ? `${name}: not measured.` : marginSentence(name, loss, margin);
  const beside = others.map((other) => marginSentence(`run ${other.name}`, other.loss, other.margin));
  return (
    <span ref={ref} className={styles.marginPlot} role="img" aria-label={[told, ...beside].join(" ")}>
      {width > 0 && <MarginDrawing loss={loss} margin={margin} width={width} others={others} />}
    </span>
  );
}

/** The labels of a column of these pictures. */
export function MarginScale() {
  const [ref, width] = useWidth<HTMLSpanElement>();
  return (
    <span ref={ref} className={styles.marginScale} aria-hidden="true">
      {width > 0 && (
        <svg width={width} height="16">
          <text x="0" y="13">
            ← worse
          </text>
          <text x={marginLines.margin * width} y="13" textAnchor="middle">
            margin
          </text>
          <text x={marginLines.equal * width} y="13">
            equal
          </text>
        </svg>
      )}
    </span>
  );
}

/** What its marks mean. */
export function MarginKeys({ other = false }: { other?: boolean }) {
  return (
    <span className="keys">
      <span className="key">
        <svg width="26" height="12" aria-hidden="true">
          <path className="es" d="M1 2v8m0-4h24m0-4v8" />
          <circle cx="13" cy="6" r="4.5" fill="var(--surface)" stroke="var(--syn)" strokeWidth="2" />
        </svg>
        Synthetic, 95% interval
      </span>
      {other && (
        <span className="key">
          <svg width="26" height="12" aria-hidden="true">
            <path className={styles.otherWhisker} d="M1 6h24" />
            <path className={styles.otherPoint} d="M13 1.2l4.8 4.8-4.8 4.8-4.8-4.8z" />
          </svg>
          Other runs
        </span>
      )}
      <span className="key">
        <svg width="26" height="14" aria-hidden="true">
          <path d="M3 0h23v14H3z" fill="var(--real-fill)" />
          <path className={styles.margin} d="M3 0v14" />
          <path className={styles.equal} d="M15 0v14" />
        </svg>
        Held-out real and the margin
      </span>
    </span>
  );
}
