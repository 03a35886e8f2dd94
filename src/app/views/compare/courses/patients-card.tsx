import { Fragment, useState } from "react";
import type { CoursesComparison, Report } from "../../../../core/report/report.ts";
import { percentTick, plainTick, valueAxis } from "../../../../core/shapes/range-shape.ts";
import { courseCounts } from "../../../../core/words/courses.ts";
import { measureWriter, unitOf } from "../../../../core/words/measure.ts";
import { measuredWords, plural } from "../../../../core/words/numbers.ts";
import { sides } from "../../../../core/words/sides.ts";
import { RangeKeys } from "../../../charts/keys.tsx";
import { RangePlot } from "../../../charts/range-plot.tsx";
import { VerdictMark } from "../../../charts/verdict-mark.tsx";
import { measureHref } from "../../../state/address.ts";
import type { MetricRow } from "../found.ts";
import { useFolds } from "../folds.ts";
import { courseParts, foldOf } from "./course-parts.ts";
import styles from "./courses.module.css";

const FIRST = 6;

/** What the measures about courses say, worst first, and the way to each picture. */
export function PatientsCard({ report, courses }: { report: Report; courses: CoursesComparison }) {
  const folds = useFolds();
  const about = new Set(courses.measures);
  const all = report.metrics.filter(({ info }) => about.has(info.id));
  const rows = all.filter(({ result }) => result.status === "ok");
  const others = all.filter(({ result }) => result.status !== "ok");
  const [limit, setLimit] = useState(FIRST);
  return (
    <section className="card" aria-label="Patients over time">
      <div className={styles.intro}>
        <h2>{courses.sentence.replace(/\.$/u, "")}</h2>
        <div className={styles.facts}>
          <p>Patients over time: {courseCounts(courses)}.</p>
          {rows.length > 0 && <RangeKeys />}
        </div>
      </div>
      {rows.length > 0 && (
        <div className={styles.row} data-head>
          <span>Worst first</span>
          <span>Interval, and held-out real</span>
          <span className={styles.right}>Synthetic</span>
          <span>Verdict</span>
          <span />
        </div>
      )}
      {rows.slice(0, limit).map((row) => (
        <Measure key={row.info.id} row={row} />
      ))}
      {(rows.length > limit || others.length > 0) && (
        <div className={styles.rest}>
          {rows.length > limit && (
            <button type="button" className="link" onClick={() => setLimit(rows.length)}>
              Show {plural(rows.length - limit, "more measure")}
            </button>
          )}
          {others.length > 0 && (
            <p>
              Not measured:{" "}
              {others.map(({ info }, i) => (
                <Fragment key={info.id}>
                  {i > 0 && ", "}
                  <a href={measureHref(info.id)}>{info.name}</a>
                </Fragment>
              ))}
              .
            </p>
          )}
        </div>
      )}
      <div className={styles.links}>
        {courseParts(courses).map(({ part, title }) => (
          <button key={part} type="button" className="link" onClick={() => folds.show(foldOf(part))}>
            {title}
          </button>
        ))}
      </div>
    </section>
  );
}

function Measure({ row: { info, result } }: { row: MetricRow }) {
  return (
    <div className={styles.row} data-course-measure={info.id}>
      <span>
        <a className={styles.name} href={measureHref(info.id)}>
          {info.name}
        </a>
        <small>{sides[info.family].name}</small>
      </span>
      {result.status === "ok" ? (
        <Measured info={info} result={result} />
      ) : (
        <p className="q">{result.reason}</p>
      )}
    </div>
  );
}

function Measured({
  info,
  result,
}: {
  info: MetricRow["info"];
  result: Extract<MetricRow["result"], { status: "ok" }>;
}) {
  const write = measureWriter(info, result);
  const synthetic = { value: result.value, interval: result.interval };
  const axis = valueAxis(
    [synthetic, result.baseline],
    unitOf(info, result) === "share" ? percentTick : plainTick,
    info.range,
  );
  const label = `${info.name}: synthetic ${measuredWords(synthetic, write)}, held-out real ${measuredWords(result.baseline, write)}.`;
  return (
    <>
      <RangePlot
        axis={axis}
        height={28}
        gridlines={false}
        synthetic={synthetic}
        reference={result.baseline}
        label={label}
      />
      <span className={styles.number}>{write(result.value)}</span>
      <VerdictMark verdict={result.verdict} />
      <p>{result.sentence}</p>
    </>
  );
}
