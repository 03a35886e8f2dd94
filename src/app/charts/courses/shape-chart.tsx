import { useId, type CSSProperties } from "react";
import type { Drawing, Mark } from "../../../core/shapes/drawing.ts";
import { ChartFrame, type Tip } from "../chart-frame.tsx";
import { Hatch } from "../hatch.tsx";
import styles from "./shapes.module.css";

interface ShapeChartProps {
  /** one sentence: what the picture shows and what it finds */
  readonly label: string;
  readonly drawing: Drawing;
  /** what is pointed at is the spot nearest along the axis of time, or in both directions */
  readonly near?: "time" | "place";
}

/** Pixels from a spot within which it is pointed at. */
const REACH = 40;

/** A drawing of core/shapes on the page: one image to assistive technology, its spots walked by arrow keys. */
export function ShapeChart({ label, drawing, near = "time" }: ShapeChartProps) {
  const hatch = useId();
  const { width, height, marks, labels, spots } = drawing;
  const pointAt = (x: number, y: number): number | undefined => {
    const off = spots.map((spot) =>
      near === "time" ? Math.abs(spot.x - x) : Math.hypot(spot.x - x, spot.y + 13 - y),
    );
    const least = Math.min(...off);
    return least <= REACH ? off.indexOf(least) : undefined;
  };
  const tipOf = (at: number): Tip => {
    const { x, y, title, lines } = spots[at] as Drawing["spots"][number];
    return { x, y: y - 4, title, lines };
  };
  return (
    <ChartFrame
      label={label}
      width={width}
      height={height}
      points={spots.length}
      pointAt={pointAt}
      tipOf={tipOf}
      floating
    >
      <svg width={width} height={height} className={styles.picture} aria-hidden="true">
        <defs>
          <Hatch id={hatch} />
        </defs>
        {marks.map((mark, i) => (
          <MarkPath key={i} mark={mark} hatch={hatch} />
        ))}
        {labels.map(({ x, y, text, anchor, tone }, i) => (
          <text key={i} x={x} y={y} textAnchor={anchor} data-tone={tone}>
            {text}
          </text>
        ))}
      </svg>
    </ChartFrame>
  );
}

export function MarkPath({ mark: { kind, d, strength, dash }, hatch }: { mark: Mark; hatch: string }) {
  if (d === "") return null;
  return (
    <path
      className={styles[kind]}
      d={d}
      strokeDasharray={dash}
      {...(kind === "synthetic-hatch" && { fill: `url(#${hatch})` })}
      {...(strength !== undefined && { style: { "--strength": strength } as CSSProperties })}
    />
  );
}
