import { memo, useState } from "react";
import type { MetricInfo, Unit } from "../../../core/metrics/metric.ts";
import { ChartFrame, type Tip } from "../../charts/chart-frame.tsx";
import { DetailChart } from "../../charts/evidence/detail-chart.tsx";
import { EvidenceTable } from "../../charts/evidence/evidence-table.tsx";
import evidence from "../../charts/evidence/evidence.module.css";
import { duration, intervalWords, measuredWords, writer } from "../../../core/words/numbers.ts";
import { RangeDrawing, rangeHeight } from "../../charts/range-plot.tsx";
import { percentTick, place, plainTick, valueAxis } from "../../../core/shapes/range-shape.ts";
import { useWidth } from "../../charts/use-width.ts";
import { VerdictMark } from "../../charts/verdict-mark.tsx";
import { Icon } from "../../parts/icon.tsx";
import { metricId } from "./evidence-nav.tsx";
import type { OkResult } from "../../state/measured.ts";
import styles from "./metric-block.module.css";
import type { MetricRow } from "./sections.ts";

/**
 * The unit of the figure that is the metric's own number, where there is one. Else shares of rows and of patients are
 * percentages; what has another scale, and areas under curves, are numbers.
 */
function unitOf({ family, range }: MetricInfo, { value, detail }: OkResult): Unit {
  const own = detail?.type === "figures" && detail.rows.find(({ synthetic }) => synthetic.value === value);
  if (own) return own.unit;
  const ofShares = range[0] === 0 && range[1] === 1;
  return ofShares && (family === "privacy" || family === "clinical") ? "share" : "number";
}

/** What chance gives, for a metric whose best lies inside its range: a coin, a share of one half. */
const chanceOf = ({ ideal, range }: MetricInfo): number | undefined =>
  ideal > range[0] && ideal < range[1] ? ideal : undefined;

function writeFor(info: MetricInfo, result: OkResult): (value: number) => string {
  const { value, interval, baseline } = result;
  return writer(unitOf(info, result), [value, baseline.value, interval.high - interval.low || value]);
}

export type Place = "column" | "wide" | "beside";

interface MetricBlockProps {
  readonly row: MetricRow;
  /** `beside`: alone in its line, with what stands behind the number at the right */
  readonly place: Place;
}

/** One metric: verdict, number, interval and reference; a sentence; what stands behind it; what it is. */
export const MetricBlock = memo(function MetricBlock({ row, place }: MetricBlockProps) {
  const { info, result, seconds } = row;
  const [asTable, setAsTable] = useState(false);
  if (result.status === "skipped") {
    return (
      <article id={metricId(info.id)} tabIndex={-1} className={styles.block} aria-label={info.name}>
        <header>
          <h3>{info.name}</h3>
        </header>
        <p className={styles.sentence}>
          <b>Not measured.</b> {result.reason}
        </p>
        <About info={info} />
      </article>
    );
  }
  return (
    <article
      id={metricId(info.id)}
      tabIndex={-1}
      className={styles.block}
      aria-label={info.name}
      data-place={place}
      data-worst
    >
      <header>
        <h3>{info.name}</h3>
        <VerdictMark verdict={result.verdict} />
        <button
          type="button"
          className={styles.tableButton}
          aria-pressed={asTable}
          aria-label={`Show ${info.name} as a table`}
          title="Show as a table"
          data-key="v"
          data-worst-focus
          onClick={() => setAsTable(!asTable)}
        >
          <Icon name="table" />
        </button>
      </header>
      <p className={styles.sentence}>{result.sentence}</p>
      {asTable ? <ValueTable info={info} result={result} /> : <ValuePlot info={info} result={result} />}
      {result.detail !== undefined && (
        <div className={styles.detail}>
          <DetailChart name={info.name} detail={result.detail} verdict={result.verdict} asTable={asTable} />
        </div>
      )}
      <ExtremesLine info={info} result={result} />
      {result.note !== undefined && <p className={styles.quiet}>{result.note}</p>}
      <About info={info} seconds={seconds} />
    </article>
  );
});

interface ValueProps {
  readonly info: MetricInfo;
  readonly result: OkResult;
}

const HEIGHT = 32;

/** The metric's own number: synthetic with its interval, held-out real with its band, chance dotted. */
function ValuePlot({ info, result }: ValueProps) {
  const [ref, width] = useWidth<HTMLDivElement>();
  const { value, interval, baseline } = result;
  const write = writeFor(info, result);
  const chance = chanceOf(info);
  const synthetic = { value, interval };
  const marks = [synthetic, baseline, ...(chance === undefined ? [] : [{ value: chance }])];
  const axis = valueAxis(marks, unitOf(info, result) === "share" ? percentTick : plainTick, info.range);
  const words = [measuredWords(synthetic, write), measuredWords(baseline, write)] as const;
  const tipOf = (): Tip => ({
    x: place(axis, width)(value),
    y: 2,
    title: info.name,
    lines: [
      { of: "syn", label: "Synthetic", value: words[0] },
      { of: "real", label: "Held-out real", value: words[1] },
      ...(chance === undefined ? [] : [{ label: "Chance", value: write(chance) }]),
    ],
  });
  return (
    <div className={styles.value}>
      <div ref={ref} style={{ minHeight: rangeHeight(HEIGHT, 0, true) }}>
        {width > 0 && (
          <ChartFrame
            label={`${info.name}: synthetic ${words[0]}, held-out real ${words[1]}${chance === undefined ? "" : `, chance ${write(chance)}`}.`}
            width={width}
            height={rangeHeight(HEIGHT, 0, true)}
            points={1}
            pointAt={() => 0}
            tipOf={tipOf}
            floating
          >
            <RangeDrawing
              axis={axis}
              width={width}
              height={HEIGHT}
              ticks
              synthetic={synthetic}
              reference={baseline}
              chance={chance}
            />
          </ChartFrame>
        )}
      </div>
      <dl className={styles.numbers}>
        {chance !== undefined && (
          <div>
            <dt>Chance</dt>
            <dd>{write(chance)}</dd>
          </div>
        )}
        <div>
          <dt>Held-out</dt>
          <dd className={evidence.ofReal}>{write(baseline.value)}</dd>
        </div>
        <div>
          <dt>Synthetic</dt>
          <dd className={evidence.ofSynthetic}>{write(value)}</dd>
          <dd className={styles.interval}>{intervalWords(interval, write)}</dd>
        </div>
      </dl>
    </div>
  );
}

function ValueTable({ info, result }: ValueProps) {
  const { value, interval, baseline, score } = result;
  const write = writeFor(info, result);
  const whole = writer("number", [100, value]);
  return (
    <EvidenceTable label={`${info.name}, the numbers`}>
      <thead>
        <tr>
          <th scope="col">Rows</th>
          <th scope="col">Value</th>
          <th scope="col">Interval</th>
          <th scope="col">Score, of 100</th>
        </tr>
      </thead>
      <tbody>
        <tr>
          <th scope="row">Synthetic, 95%</th>
          <td className={evidence.ofSynthetic}>{write(value)}</td>
          <td className={evidence.ofSynthetic}>{intervalWords(interval, write)}</td>
          <td>{whole(score.value)}</td>
        </tr>
        <tr>
          <th scope="row">Held-out real, 5 to 95% of resamples</th>
          <td className={evidence.ofReal}>{write(baseline.value)}</td>
          <td className={evidence.ofReal}>{intervalWords(baseline.interval, write)}</td>
          <td>{whole(score.baseline.value)}</td>
        </tr>
      </tbody>
    </EvidenceTable>
  );
}

/** What the number is for two tables of which the truth is known. */
function ExtremesLine({ info, result }: ValueProps) {
  const { extremes, value } = result;
  if (extremes === undefined) return null;
  const write = writer(unitOf(info, result), [value, extremes.independent, extremes.bootstrap]);
  return (
    <p className={styles.quiet}>
      Independent columns {write(extremes.independent)}, copied rows {write(extremes.bootstrap)}
    </p>
  );
}

function About({ info, seconds }: { info: MetricInfo; seconds?: number }) {
  return (
    <details className={styles.about}>
      <summary>What this is</summary>
      <p>{info.summary}</p>
      <p>{info.limits}</p>
      <p className="q3">
        {info.reference}
        {seconds !== undefined && ` Measured in ${duration(seconds)}.`}
      </p>
    </details>
  );
}
