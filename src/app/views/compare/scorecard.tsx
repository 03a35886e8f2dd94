import { count, fixed } from "../../charts/format.ts";
import { RangeKeys } from "../../charts/keys.tsx";
import { RangePlot, RangeScale, scoreAxis, type RangeAxis } from "../../charts/range-plot.tsx";
import { VerdictMark } from "../../charts/verdict-mark.tsx";
import type { RunView } from "../../../worker/protocol.ts";
import { toggleCompared } from "../../state/actions.ts";
import { hrefOf } from "../../state/route.ts";
import { lowestScore, runTitle } from "../../state/runs.ts";
import { useLab } from "../../state/use-lab.ts";
import { Icon } from "../shell/icon.tsx";
import type { MeasuredRun } from "./compare-view.tsx";
import styles from "./compare.module.css";
import { evidenceOf, showEvidence } from "./evidence-nav.tsx";
import { measured, scores, type Measured } from "./measured.ts";

/** One row per measure, worst first: score, held-out real beside it, verdict, and one sentence. */
export function Scorecard({ run, beside }: { run: MeasuredRun; beside: readonly MeasuredRun[] }) {
  const rows = measured(run.report);
  const axis = scoreAxis([run, ...beside].flatMap(({ report }) => scores(report)));
  const skipped = run.report.metrics.filter(({ result }) => result.status === "skipped");
  return (
    <section className="card" aria-label="Scorecard">
      <Beside run={run} />
      <div className={styles.score} data-head>
        <span>Worst first</span>
        <span className={styles.right}>Score</span>
        <RangeScale axis={axis} />
        <span className={styles.right}>Reference</span>
        <span className={styles.legend}>
          <RangeKeys other={beside.length > 0} />
        </span>
      </div>
      {rows.map((row) => (
        <ScoreRow key={row.info.id} row={row} axis={axis} beside={beside} />
      ))}
      {skipped.map(({ info, result }) => (
        <div key={info.id} className={styles.score} data-skipped>
          <span className={styles.name}>{info.name}</span>
          <span className={styles.skipped}>
            <b>Not measured.</b> {result.status === "skipped" && result.reason}
          </span>
        </div>
      ))}
    </section>
  );
}

function ScoreRow({ row, axis, beside }: { row: Measured; axis: RangeAxis; beside: readonly MeasuredRun[] }) {
  const { info, result } = row;
  const { score } = result;
  const others = beside.flatMap(({ report, number }) => {
    const same = measured(report).find((other) => other.info.id === info.id);
    return same ? [{ ...same.result.score, name: String(number) }] : [];
  });
  return (
    <button
      type="button"
      className={styles.score}
      data-verdict={result.verdict}
      data-worst
      onClick={() => showEvidence(evidenceOf(info))}
    >
      <span className={styles.name}>{info.name}</span>
      <span className={styles.number}>{count(score.value)}</span>
      <span className={styles.range}>
        <RangePlot
          axis={axis}
          synthetic={score}
          reference={score.baseline}
          others={others}
          label={rangeSentence(row)}
        />
      </span>
      <span className={styles.reference}>{count(score.baseline.value)}</span>
      <span className={styles.mark}>
        <VerdictMark verdict={result.verdict} />
      </span>
      <span className={styles.sentence}>{result.sentence}</span>
      <Icon name="right" />
    </button>
  );
}

function rangeSentence({ info, result: { score } }: Measured): string {
  const { value, interval, baseline } = score;
  return (
    `${info.name}: synthetic ${fixed(value, 1)}, 95% interval ${fixed(interval.low, 1)} to ` +
    `${fixed(interval.high, 1)}; held-out real ${fixed(baseline.value, 1)}.`
  );
}

/** Which other runs stand beside this one. */
function Beside({ run }: { run: MeasuredRun }) {
  const others = useLab((state) => state.runs.filter((r) => r.report !== undefined && r.run !== run.run));
  const compared = useLab((state) => state.compared);
  if (others.length === 0) return null;
  return (
    <div className={styles.beside} role="group" aria-label="Compare with">
      <span>Beside it</span>
      {others.map((other) => (
        <button
          key={other.run}
          type="button"
          className="btn sm"
          aria-pressed={compared.includes(other.run)}
          onClick={() => toggleCompared(other.run)}
        >
          {compared.includes(other.run) && <Icon name="check" />}
          {runTitle(other)}
          <span className="q3">{scoreWords(other)}</span>
        </button>
      ))}
      <span className="grow" />
      <a href={hrefOf("leaderboard")}>Leaderboard</a>
    </div>
  );
}

function scoreWords(run: RunView): string {
  const score = lowestScore(run.report);
  return score === undefined ? "" : count(score);
}
