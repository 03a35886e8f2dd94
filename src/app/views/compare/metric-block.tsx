import { memo, useState } from "react";
import type { MetricInfo } from "../../../core/metrics/metric.ts";
import { ChartFrame, type Tip } from "../../charts/chart-frame.tsx";
import { DetailChart, isWide } from "../../charts/evidence/detail-chart.tsx";
import { EvidenceTable } from "../../charts/evidence/evidence-table.tsx";
import evidence from "../../charts/evidence/evidence.module.css";
import { differenceWords, marginWords, measureWriter, unitOf } from "../../../core/words/measure.ts";
import { duration, intervalWords, measuredWords, writer } from "../../../core/words/numbers.ts";
import { RangeDrawing, rangeHeight } from "../../charts/range-plot.tsx";
import { percentTick, place, plainTick, valueAxis } from "../../../core/shapes/range-shape.ts";
import { useWidth } from "../../charts/use-width.ts";
import { Icon } from "../../parts/icon.tsx";
import type { OkResult } from "../../state/measured.ts";
import styles from "./metric-block.module.css";
import type { MetricRow } from "./found.ts";

/** What chance gives, for a metric whose best lies inside its range: a coin, a share of one half. */
const chanceOf = ({ ideal, range }: MetricInfo): number | undefined =>
  ideal > range[0] && ideal < range[1] ? ideal : undefined;

interface MetricBlockProps {
  readonly row: MetricRow;
}

/** What stands behind one line: the sentence, number, interval and reference, the detail, and what the measure is. */
export const MetricBlock = memo(function MetricBlock({ row }: MetricBlockProps) {
  const { info, result, seconds } = row;
  const [asTable, setAsTable] = useState(false);
  if (result.status === "skipped")
    return (
      <div className={styles.block} role="group" aria-label={info.name}>
        <p className={styles.sentence}>
          <b>Not measured.</b> {result.reason}
        </p>
        <About info={info} />
      </div>
    );
  const beside = result.detail !== undefined && !isWide(result.detail);
  return (
    <div
      className={styles.block}
      role="group"
      aria-label={info.name}
      data-place={beside ? "beside" : undefined}
    >
      <header>
        <p className={styles.sentence}>{result.sentence}</p>
        <button
          type="button"
          className={styles.tableButton}
          aria-pressed={asTable}
          aria-label={`Show ${info.name} as a table`}
          title="Show as a table"
          data-key="v"
          onClick={() => setAsTable(!asTable)}
        >
          <Icon name="table" />
        </button>
      </header>
      {asTable ? <ValueTable info={info} result={result} /> : <ValuePlot info={info} result={result} />}
      {result.detail !== undefined && (
        <div className={styles.detail}>
          <DetailChart name={info.name} detail={result.detail} verdict={result.verdict} asTable={asTable} />
        </div>
      )}
      <ExtremesLine info={info} result={result} />
      {!info.scored && <p className={styles.quiet}>Evidence: it does not decide for its side.</p>}
      {result.note !== undefined && <p className={styles.quiet}>{result.note}</p>}
      <About info={info} seconds={seconds} />
    </div>
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
  const write = measureWriter(info, result);
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
  const { value, interval, baseline, loss } = result;
  const write = measureWriter(info, result);
  const inUnit = (value: number): string => differenceWords(info, result, value);
  return (
    <EvidenceTable label={`${info.name}, the numbers`}>
      <thead>
        <tr>
          <th scope="col">Rows</th>
          <th scope="col">Value</th>
          <th scope="col">Interval</th>
        </tr>
      </thead>
      <tbody>
        <tr>
          <th scope="row">Synthetic, 95%</th>
          <td className={evidence.ofSynthetic}>{write(value)}</td>
          <td className={evidence.ofSynthetic}>{intervalWords(interval, write)}</td>
        </tr>
        <tr>
          <th scope="row">Held-out real, 5 to 95% of resamples</th>
          <td className={evidence.ofReal}>{write(baseline.value)}</td>
          <td className={evidence.ofReal}>{intervalWords(baseline.interval, write)}</td>
        </tr>
        <tr>
          <th scope="row">Worse than held-out real by, 95%</th>
          <td>{inUnit(loss.value)}</td>
          <td>{intervalWords(loss.interval, inUnit)}</td>
        </tr>
        <tr>
          <th scope="row">Margin</th>
          <td>{marginWords(info, result)}</td>
          <td />
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
