import type { CoursesComparison, VisitsComparison } from "../../../../core/report/report.ts";
import { histogramShape } from "../../../../core/shapes/column-shape.ts";
import { rasterDrawing, rasterListing } from "../../../../core/shapes/raster-shape.ts";
import { visitingSentence } from "../../../../core/words/courses.ts";
import { percent, plural } from "../../../../core/words/numbers.ts";
import { HistogramChart } from "../../../charts/columns/histogram-chart.tsx";
import { CourseFigure } from "../../../charts/courses/course-figure.tsx";
import { Keys } from "../../../charts/keys.tsx";
import { labelWidth } from "../../../charts/text-width.ts";
import { useWidth } from "../../../charts/use-width.ts";
import compare from "../compare.module.css";
import shapes from "../../../charts/courses/shapes.module.css";
import styles from "./courses.module.css";

/** When synthetic patients come, beside how often and how far apart real ones do. */
export function VisitsSection({ courses }: { courses: CoursesComparison }) {
  const { visiting, clock } = courses;
  const gapTitle = clock.unit === "visit" ? "Gaps between visits" : `Gaps between visits, ${clock.unit}`;
  return (
    <div className={compare.section}>
      <header>
        <p>
          {visitingSentence(courses)} Bins of fewer than 5 real patients are merged with their neighbours.
        </p>
        <Keys />
      </header>
      <div className={styles.tri}>
        {visiting.raster.length > 0 && (
          <CourseFigure
            title={`Visits of ${plural(visiting.raster.length, "synthetic patient")}`}
            label={`Visits of ${plural(visiting.raster.length, "synthetic patient")}, a row each, the shortest course on top. ${visitingSentence(courses)}`}
            draw={(width) => rasterDrawing({ raster: visiting.raster, clock, width, labelWidth })}
            listing={rasterListing({ raster: visiting.raster, clock })}
            height={8 * visiting.raster.length + 42}
            near="place"
          />
        )}
        <Distribution title={gapTitle} chart={visiting.gaps} />
        <Distribution title="Visits per patient" chart={visiting.perPatient} />
      </div>
    </div>
  );
}

const HEIGHT = 160;

function Distribution({ title, chart }: { title: string; chart: VisitsComparison["gaps"] }) {
  const [ref, width] = useWidth<HTMLDivElement>();
  const shape = histogramShape(chart, "linear");
  const most = shape.steps.toSorted((a, b) => b.shares.real - a.shares.real)[0];
  if (most === undefined) return null;
  const label =
    `${title}: most often ${most.label}, ${percent(most.shares.real)} of real and ` +
    `${percent(most.shares.synthetic)} of synthetic.`;
  return (
    <figure className={shapes.figure}>
      <header className={shapes.head}>
        <h4>{title}</h4>
      </header>
      <div ref={ref} style={{ minHeight: HEIGHT + 18 }}>
        {width > 0 && (
          <HistogramChart label={label} shape={shape} width={width} height={HEIGHT} holdout={false} />
        )}
      </div>
    </figure>
  );
}
