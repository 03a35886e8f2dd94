import { useId, useState, type ReactNode } from "react";
import type { Plane, PlanePoint, Sweep } from "../../../core/report/plane.ts";
import type { Drawing, Listing } from "../../../core/shapes/drawing.ts";
import {
  circle,
  cross,
  diamond,
  planeDrawing,
  planeListing,
  square,
} from "../../../core/shapes/plane-shape.ts";
import {
  SWEEP_HEIGHT,
  sweepLabel,
  sweepListing,
  sweepRiskDrawing,
  sweepUseDrawing,
} from "../../../core/shapes/sweep-shape.ts";
import { planeLabel } from "../../../core/words/plane-words.ts";
import { ListingTable } from "../courses/course-figure.tsx";
import { ShapeChart } from "../courses/shape-chart.tsx";
import shapes from "../courses/shapes.module.css";
import { labelWidth } from "../text-width.ts";
import { useWidth } from "../use-width.ts";
import styles from "./plane.module.css";

const HEIGHT = 470;
const NARROW = 400;

/** Risk across, use upwards; arrow keys go from point to point by risk, V shows the table. */
export function PlaneChart({ plane }: { plane: Plane }) {
  return (
    <WithTable name="Risk and use" listing={planeListing(plane)} byKey>
      <Drawn
        label={planeLabel(plane)}
        height={NARROW}
        draw={(width) => planeDrawing({ plane, width, height: width < 600 ? NARROW : HEIGHT, labelWidth })}
      />
    </WithTable>
  );
}

/** Use and measured advantage by epsilon, beside each other where there is room. */
export function SweepCharts({ sweep }: { sweep: Sweep }) {
  return (
    <WithTable name="What each ε costs" listing={sweepListing(sweep)}>
      <div className={styles.curves}>
        {sweep.use !== undefined && (
          <Drawn
            label={sweepLabel(sweep, "use")}
            height={SWEEP_HEIGHT}
            draw={(width) => sweepUseDrawing(sweep, width)}
          />
        )}
        <Drawn
          label={sweepLabel(sweep, "risk")}
          height={SWEEP_HEIGHT}
          draw={(width) => sweepRiskDrawing(sweep, width)}
        />
      </div>
    </WithTable>
  );
}

interface DrawnProps {
  readonly label: string;
  readonly height: number;
  readonly draw: (width: number) => Drawing;
}

/** Drawn again for each width, never scaled. */
function Drawn({ label, height, draw }: DrawnProps) {
  const [ref, width] = useWidth<HTMLDivElement>();
  return (
    <div ref={ref} style={{ minHeight: height }} className={styles.drawn}>
      {width > 0 && <ShapeChart label={label} drawing={draw(width)} near="place" />}
    </div>
  );
}

interface WithTableProps {
  readonly name: string;
  readonly listing: Listing;
  /** V shows it */
  readonly byKey?: boolean;
  readonly children: ReactNode;
}

function WithTable({ name, listing, byKey = false, children }: WithTableProps) {
  const id = useId();
  const [table, setTable] = useState(false);
  return (
    <div {...(byKey && { "data-worst": true })}>
      <div id={id}>{table ? <ListingTable label={`${name} as a table`} listing={listing} /> : children}</div>
      <button
        type="button"
        className={`link s13 ${styles.asTable}`}
        aria-pressed={table}
        aria-controls={id}
        {...(byKey && { "data-key": "v" })}
        onClick={() => setTable(!table)}
      >
        {table ? "As a picture" : "As a table"}
      </button>
    </div>
  );
}

/** The mark of a point, as the plane draws it. */
export function PointMark({ point }: { point: Pick<PlanePoint, "kind" | "guarantee"> }) {
  const d =
    point.kind === "independent"
      ? cross(8, 8)
      : point.kind !== "run"
        ? square(8, 8)
        : point.guarantee === undefined
          ? circle(8, 8)
          : diamond(8, 8);
  const real = point.kind === "real" || point.kind === "coarsened";
  return (
    <svg width="16" height="16" aria-hidden="true">
      {real && <path className={shapes["real-fill"]} d={d} />}
      <path
        className={
          shapes[real ? "real-line" : point.kind === "independent" ? "synthetic-line" : "synthetic-point"]
        }
        d={d}
      />
    </svg>
  );
}

const guaranteed = { epsilon: 1, delta: 0, limit: 0 };

/** What the marks of the plane are. */
export function PlaneKeys() {
  return (
    <span className="keys">
      <span className="key">
        <PointMark point={{ kind: "real" }} />
        Real rows, as they are or coarsened
      </span>
      <span className="key">
        <PointMark point={{ kind: "run" }} />
        Synthetic
      </span>
      <span className="key">
        <PointMark point={{ kind: "run", guarantee: guaranteed }} />
        Synthetic with ε
      </span>
    </span>
  );
}
