import { createPortal } from "react-dom";
import { useId, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from "react";
import styles from "./charts.module.css";

export interface Tip {
  /** Where it points, in pixels of the frame. */
  readonly x: number;
  readonly y: number;
  /** under the point, where there is no room above it */
  readonly below?: boolean;
  readonly title: string;
  readonly lines: readonly {
    readonly of?: "real" | "syn" | "held";
    readonly label: string;
    readonly value: string;
  }[];
}

interface ChartFrameProps {
  /** One sentence: what the chart shows and what it finds. */
  readonly label: string;
  readonly width: number;
  readonly height: number;
  /** How many things can be pointed at; 0 = nothing. */
  readonly points: number;
  /** The thing under a pixel of the frame, or undefined. */
  readonly pointAt: (x: number, y: number) => number | undefined;
  readonly tipOf: (point: number) => Tip;
  /** Where an arrow key leads; by default left and right are the neighbours. */
  readonly step?: (from: number, key: string) => number | undefined;
  /** the tooltip hangs from the window, because what holds the chart would cut it off */
  readonly floating?: boolean;
  readonly children: ReactNode;
}

/** What is pointed at; `from` is the frame's corner in the window. */
interface Pointed {
  readonly at: number;
  readonly byKeyboard: boolean;
  readonly from: { readonly x: number; readonly y: number };
}

const cornerOf = (element: Element): Pointed["from"] => {
  const { left, top } = element.getBoundingClientRect();
  return { x: left, y: top };
};

const alongOneAxis = (points: number) => (from: number, key: string) => {
  if (key === "ArrowRight" || key === "ArrowDown") return Math.min(points - 1, from + 1);
  if (key === "ArrowLeft" || key === "ArrowUp") return Math.max(0, from - 1);
  if (key === "Home") return 0;
  if (key === "End") return points - 1;
  return undefined;
};

/** One image to assistive technology; a tooltip follows the pointer, and the arrow keys while it has focus. */
export function ChartFrame(props: ChartFrameProps) {
  const { label, width, height, points, pointAt, tipOf, children } = props;
  const [pointed, setPointed] = useState<Pointed | undefined>(undefined);
  const live = useId();
  const step = props.step ?? alongOneAxis(points);
  const shown = pointed !== undefined && pointed.at < points ? tipOf(pointed.at) : undefined;

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Escape" && pointed !== undefined) {
      event.stopPropagation();
      setPointed(undefined);
      return;
    }
    const next = step(pointed?.at ?? 0, event.key);
    if (next === undefined) return;
    event.preventDefault();
    setPointed({
      at: pointed === undefined ? 0 : next,
      byKeyboard: true,
      from: cornerOf(event.currentTarget),
    });
  };
  const onPointerMove = (event: PointerEvent) => {
    const from = cornerOf(event.currentTarget);
    const at = pointAt(event.clientX - from.x, event.clientY - from.y);
    setPointed(at === undefined ? undefined : { at, byKeyboard: false, from });
  };

  return (
    <div className={styles.frame}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- an image whose values the arrow keys walk along */}
      <div
        className={styles.plot}
        role="img"
        aria-label={label}
        aria-describedby={live}
        tabIndex={points > 0 ? 0 : -1}
        onKeyDown={onKeyDown}
        onPointerMove={onPointerMove}
        onPointerLeave={() => setPointed(undefined)}
        onFocus={(event) => {
          if (points === 0 || !event.currentTarget.matches(":focus-visible")) return;
          const from = cornerOf(event.currentTarget);
          setPointed((before) => before ?? { at: 0, byKeyboard: true, from });
        }}
        onBlur={() => setPointed(undefined)}
        style={{ width, height }}
      >
        {children}
      </div>
      <span id={live} className="vh" aria-live="polite">
        {shown && pointed?.byKeyboard
          ? `${shown.title}: ${shown.lines.map((line) => `${line.label} ${line.value}`).join(", ")}`
          : ""}
      </span>
      {shown &&
        pointed &&
        (props.floating ? (
          <FloatingTip tip={shown} from={pointed.from} />
        ) : (
          <TipBox tip={shown} width={width} />
        ))}
    </div>
  );
}

function FloatingTip({ tip, from }: { tip: Tip; from: Pointed["from"] }) {
  const top = from.y + tip.y;
  const below = top < 150;
  const moved = { ...tip, x: from.x + tip.x, y: below ? top + 28 : top, below };
  return createPortal(<TipBox tip={moved} width={innerWidth} floating />, document.body);
}

function TipBox({ tip, width, floating }: { tip: Tip; width: number; floating?: boolean }) {
  const side = tip.x < width * 0.33 ? "start" : tip.x > width * 0.67 ? "end" : "middle";
  return (
    <div
      className={styles.tip}
      data-side={side}
      data-below={tip.below || undefined}
      data-floating={floating || undefined}
      style={{ left: tip.x, top: tip.y }}
      aria-hidden="true"
    >
      <b>{tip.title}</b>
      {tip.lines.map((line) => (
        <span key={line.label} className={styles.tipLine}>
          <span className="key">
            {line.of && <span className={`k ${line.of}`} />}
            {line.label}
          </span>
          <span>{line.value}</span>
        </span>
      ))}
    </div>
  );
}
