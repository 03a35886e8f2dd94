import type { ColumnComparison, Finding, Report } from "../../../core/report/report.ts";
import { measureWriter } from "../../../core/words/measure.ts";
import { measuredWords } from "../../../core/words/numbers.ts";
import { sides } from "../../../core/words/sides.ts";
import { unitOf } from "../../../core/words/measure.ts";
import { percentTick, plainTick, valueAxis } from "../../../core/shapes/range-shape.ts";
import { ColumnChart } from "../../charts/columns/column-chart.tsx";
import { Keys } from "../../charts/keys.tsx";
import { RangePlot } from "../../charts/range-plot.tsx";
import { VerdictShape } from "../../charts/verdict-mark.tsx";
import { columnHref, measureHref } from "../../state/address.ts";
import { nothingWanted, type Rebalance } from "../../state/conditions.ts";
import type { MeasuredRun } from "../../state/measured.ts";
import { setWanted } from "../../state/order.ts";
import { goTo, hrefOf } from "../../state/route.ts";
import { RulesTable } from "../../charts/evidence/rules-table.tsx";
import styles from "./findings.module.css";

/** What would hurt, at most five: one fact, one picture, one thing to do each. */
export function FindingsSection({ run }: { run: MeasuredRun }) {
  const { findings } = run.report;
  if (findings.length === 0)
    return (
      <section className={styles.findings} aria-label="Findings">
        <h2>Nothing was worse than held-out patients</h2>
        <p className="s13 q">What could have been seen stands with each measure below.</p>
      </section>
    );
  return (
    <section className={styles.findings} aria-label="Findings">
      <header>
        <h2>{findings.length === 1 ? "1 finding to act on" : `${findings.length} findings to act on`}</h2>
        <p>Worst first, at most five. Every measure stands in the list below.</p>
        <span className="grow" />
        <Keys />
      </header>
      <div className={styles.cards}>
        {findings.map((finding) => (
          <FindingCard key={`${finding.metric} ${finding.title}`} finding={finding} run={run} />
        ))}
      </div>
    </section>
  );
}

const rowOf = (report: Report, metric: string) => report.metrics.find(({ info }) => info.id === metric);

function FindingCard({ finding, run }: { finding: Finding; run: MeasuredRun }) {
  const { report } = run;
  const row = rowOf(report, finding.metric);
  const verdict = row?.result.status === "ok" ? row.result.verdict : "cannot-tell";
  const at = report.columns.findIndex(({ name }) => name === finding.column);
  const column = report.columns[at];
  const tone = verdict === "cannot-tell" ? "un" : "low";
  return (
    <article className={`card ${styles.card}`} aria-label={finding.title} data-worst>
      <p className={styles.side}>
        <span className={`v ${tone}`}>
          <VerdictShape verdict={verdict} />
        </span>
        {sides[finding.family].name}
      </p>
      <h3>{finding.title}</h3>
      <p className={styles.text}>{finding.text}</p>
      <div className={styles.picture}>
        {column ? (
          <ColumnChart column={column} height={82} />
        ) : (
          <Picture report={report} metric={finding.metric} />
        )}
      </div>
      <div className={styles.act}>
        <span>What to do</span>
        <p>{finding.remedy}</p>
        <p className={styles.buttons}>
          <Prepare finding={finding} run={run} column={column} />
          {column ? (
            <a href={columnHref(at)} data-worst-focus>
              Show the column
            </a>
          ) : (
            <a href={measureHref(finding.metric)} data-worst-focus>
              Show the measure
            </a>
          )}
        </p>
      </div>
    </article>
  );
}

/** The measure's own number beside held-out real, or its worst rules. */
function Picture({ report, metric }: { report: Report; metric: string }) {
  const row = rowOf(report, metric);
  if (row?.result.status !== "ok") return null;
  const { info, result } = row;
  if (result.detail?.type === "rules" && result.detail.rules.length > 0)
    return <RulesTable rules={result.detail.rules.slice(0, 3)} full={false} />;
  const write = measureWriter(info, result);
  const synthetic = { value: result.value, interval: result.interval };
  const axis = valueAxis(
    [synthetic, result.baseline],
    unitOf(info, result) === "share" ? percentTick : plainTick,
    info.range,
  );
  const words = [measuredWords(synthetic, write), measuredWords(result.baseline, write)] as const;
  return (
    <RangePlot
      axis={axis}
      height={40}
      ticks
      gridlines={false}
      synthetic={synthetic}
      reference={result.baseline}
      label={`${info.name}: synthetic ${words[0]}, held-out real ${words[1]}.`}
    />
  );
}

const MOST_LEVELS = 8;

/** Shares as in the real rows, for a column whose levels the synthetic rows missed; undefined where they are not all known. */
export function sharesToAsk(column: ColumnComparison | undefined): Rebalance | undefined {
  if (column?.chart.type !== "bars") return undefined;
  const { levels, real } = column.chart;
  if (levels.length < 2 || levels.length > MOST_LEVELS) return undefined;
  if (levels.some((level) => /^Other \(\d/.test(level))) return undefined;
  const percents = levels.map((level, i) => [level, Math.round(1000 * (real[i] ?? 0)) / 10] as const);
  return { column: column.name, percents: Object.fromEntries(percents) };
}

/** The button that prepares what is to be done and shows it; nothing is trained or saved by it. */
function Prepare({
  finding,
  run,
  column,
}: {
  finding: Finding;
  run: MeasuredRun;
  column: ColumnComparison | undefined;
}) {
  if (run.madeElsewhere === true)
    return (
      <a className="btn sm" href={hrefOf("elsewhere")}>
        Back to its files
      </a>
    );
  const shares = run.hasModel ? sharesToAsk(column) : undefined;
  if (shares)
    return (
      <button
        type="button"
        className="btn sm"
        onClick={() => {
          setWanted(run.run, { ...nothingWanted, rebalance: shares });
          goTo("take-away");
        }}
      >
        Ask for the real shares
      </button>
    );
  if (finding.family === "utility") return null;
  return (
    <a className="btn sm" href={hrefOf("train")}>
      Open Train
    </a>
  );
}
