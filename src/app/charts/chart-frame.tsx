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
  readonly children: ReactNode;
}

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
  const [pointed, setPointed] = useState<{ at: number; byKeyboard: boolean } | undefined>(undefined);
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
    setPointed({ at: pointed === undefined ? 0 : next, byKeyboard: true });
  };
  const onPointerMove = (event: PointerEvent) => {
    const box = event.currentTarget.getBoundingClientRect();
    const at = pointAt(event.clientX - box.left, event.clientY - box.top);
    setPointed(at === undefined ? undefined : { at, byKeyboard: false });
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
          setPointed((before) => before ?? { at: 0, byKeyboard: true });
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
      {shown && <TipBox tip={shown} width={width} />}
    </div>
  );
}

function TipBox({ tip, width }: { tip: Tip; width: number }) {
  const side = tip.x < width * 0.33 ? "start" : tip.x > width * 0.67 ? "end" : "middle";
  return (
    <div
      className={styles.tip}
      data-side={side}
      data-below={tip.below || undefined}
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
