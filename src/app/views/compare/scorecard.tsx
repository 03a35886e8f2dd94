import { useState } from "react";
import { sides } from "../../../core/words/sides.ts";
import type { Axis, Report } from "../../../core/report/report.ts";
import type { Family } from "../../../core/metrics/metric.ts";
import { count, fixed } from "../../../core/words/numbers.ts";
import { RangeKeys } from "../../charts/keys.tsx";
import { RangePlot, RangeScale, type OtherMark } from "../../charts/range-plot.tsx";
import { beyondNoise, scoreAxis, type RangeAxis } from "../../../core/shapes/range-shape.ts";
import { VerdictMark } from "../../charts/verdict-mark.tsx";
import type { RunView } from "../../../worker/protocol.ts";
import { toggleCompared } from "../../state/training.ts";
import { axisOf, isMeasuredAxis, lowestScore, measuredAxes, type MeasuredAxis } from "../../state/axes.ts";
import { hrefOf } from "../../state/route.ts";
import { runTitle } from "../../state/runs.ts";
import { useLab } from "../../state/use-lab.ts";
import { Icon } from "../../parts/icon.tsx";
import type { MeasuredRun } from "../../state/measured.ts";
import { showEvidence, showMetric } from "./evidence-nav.tsx";
import { measured, type Measured } from "../../state/measured.ts";
import styles from "./scorecard.module.css";
import { sectionNames, sectionOfFamily } from "./sections.ts";

type Score = MeasuredAxis["score"];

interface ScorecardProps {
  readonly run: MeasuredRun;
  readonly beside: readonly MeasuredRun[];
}

const scoredOf = (report: Report, family: Family): Measured[] =>
  measured(report).filter(({ info }) => info.scored && info.family === family);

/** Other runs' scores beside this one's, and whether they differ by more than the noise of both. */
function marksOf(
  own: Score,
  beside: readonly MeasuredRun[],
  read: (report: Report) => Score | undefined,
): OtherMark[] {
  return beside.flatMap(({ report, number }) => {
    const score = read(report);
    if (score === undefined) return [];
    const beyond = beyondNoise(own, score) ? (score.value > own.value ? "better" : "worse") : undefined;
    return [{ ...score, name: String(number), beyond }];
  });
}

/** The five sides, worst first: score, held-out real beside it, verdict, and one sentence. */
export function Scorecard({ run, beside }: ScorecardProps) {
  const [open, setOpen] = useState<ReadonlySet<Family>>(new Set());
  const { report } = run;
  const toggle = (family: Family): void => {
    const next = new Set(open);
    if (!next.delete(family)) next.add(family);
    setOpen(next);
  };
  // All that may be opened is in it, so that the axis stays where it is when a side opens.
  const axis = scoreAxis(
    [run, ...beside].flatMap((one) => [
      ...measuredAxes(one.report).map(({ score }) => score),
      ...measured(one.report).flatMap(({ info, result }) => (info.scored ? [result.score] : [])),
    ]),
  );
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
      {report.axes.map((side) => (
        <Side
          key={side.family}
          side={side}
          report={report}
          axis={axis}
          beside={beside}
          open={open.has(side.family)}
          toggle={() => toggle(side.family)}
        />
      ))}
      {beside.length > 0 && (
        <p className={styles.foot}>
          “better” and “worse”: the other run differs by more than the noise of both, the root of the squared
          halves of their intervals.
        </p>
      )}
    </section>
  );
}

interface SideProps {
  readonly side: Axis;
  readonly report: Report;
  readonly axis: RangeAxis;
  readonly beside: readonly MeasuredRun[];
  readonly open: boolean;
  readonly toggle: () => void;
}

function Side({ side, report, axis, beside, open, toggle }: SideProps) {
  const { family } = side;
  const name = sides[family].name;
  if (!isMeasuredAxis(side))
    return (
      <div className={styles.score} data-skipped>
        <span className={styles.name}>{name}</span>
        <span className={styles.skipped}>
          <b>Not measured.</b> {side.sentence}
        </span>
      </div>
    );
  return (
    <>
      <button
        type="button"
        className={styles.score}
        data-verdict={side.verdict}
        data-worst
        aria-expanded={open}
        aria-controls={`side-${family}`}
        onClick={toggle}
      >
        <ScoreCells
          name={name}
          score={side.score}
          verdict={side.verdict}
          sentence={side.sentence}
          axis={axis}
          others={marksOf(side.score, beside, (other) => axisOf(other, family)?.score)}
        />
        <Icon name={open ? "down" : "right"} />
      </button>
      <div id={`side-${family}`} hidden={!open}>
        {open && <SideDetail family={family} report={report} axis={axis} beside={beside} />}
      </div>
    </>
  );
}

/** The metrics that may speak for a side, and the ways to their evidence. */
function SideDetail({
  family,
  report,
  axis,
  beside,
}: Pick<SideProps, "report" | "axis" | "beside"> & { readonly family: Family }) {
  const rows = scoredOf(report, family);
  const skipped = report.metrics.flatMap(({ info, result }) =>
    info.family === family && info.scored && result.status === "skipped" ? [{ info, result }] : [],
  );
  const section = sectionOfFamily[family];
  return (
    <div className={styles.inside} role="group" aria-label={`${sides[family].name}, measure by measure`}>
      {rows.map(({ info, result }) => (
        <button
          key={info.id}
          type="button"
          className={styles.score}
          data-verdict={result.verdict}
          data-inner
          title={`To the evidence: ${info.name}`}
          onClick={() => showMetric(info.id)}
        >
          <ScoreCells
            name={info.name}
            score={result.score}
            verdict={result.verdict}
            sentence={result.sentence}
            axis={axis}
            others={marksOf(
              result.score,
              beside,
              (other) => scoredOf(other, family).find((same) => same.info.id === info.id)?.result.score,
            )}
          />
          <Icon name="right" />
        </button>
      ))}
      {skipped.map(({ info, result }) => (
        <div key={info.id} className={styles.score} data-skipped data-inner>
          <span className={styles.name}>{info.name}</span>
          <span className={styles.skipped}>
            <b>Not measured.</b> {result.reason}
          </span>
        </div>
      ))}
      <p className={styles.foot}>
        A side is as good as the worst of these.{" "}
        <button type="button" className={styles.link} onClick={() => showEvidence(section)}>
          All evidence: {sectionNames[section]}
        </button>
      </p>
    </div>
  );
}

interface ScoreCellsProps {
  readonly name: string;
  readonly score: Score;
  readonly verdict: MeasuredAxis["verdict"];
  readonly sentence: string;
  readonly axis: RangeAxis;
  readonly others: readonly OtherMark[];
}

function ScoreCells({ name, score, verdict, sentence, axis, others }: ScoreCellsProps) {
  return (
    <>
      <span className={styles.name}>{name}</span>
      <span className={styles.number}>{count(score.value)}</span>
      <span className={styles.range}>
        <RangePlot
          axis={axis}
          synthetic={score}
          reference={score.baseline}
          others={others}
          label={rangeSentence(name, score, others)}
        />
      </span>
      <span className={styles.reference}>{count(score.baseline.value)}</span>
      <span className={styles.mark}>
        <VerdictMark verdict={verdict} />
      </span>
      <span className={styles.sentence}>{sentence}</span>
    </>
  );
}

function rangeSentence(name: string, score: Score, others: readonly OtherMark[]): string {
  const { value, interval, baseline } = score;
  const rest = others.map(
    (other) =>
      `run ${other.name} ${fixed(other.value, 1)}${other.beyond === undefined ? ", within noise" : `, ${other.beyond}`}`,
  );
  return (
    `${name}: synthetic ${fixed(value, 1)}, 95% interval ${fixed(interval.low, 1)} to ` +
    `${fixed(interval.high, 1)}; held-out real ${fixed(baseline.value, 1)}` +
    `${rest.length > 0 ? `; ${rest.join("; ")}` : ""}.`
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
