import type { Axis } from "../../../core/report/report.ts";
import { sides } from "../../../core/words/sides.ts";
import { RULE } from "../../../core/words/verdict.ts";
import { MarginKeys, MarginPlot, MarginScale, type OtherLoss } from "../../charts/margin-plot.tsx";
import { VerdictMark } from "../../charts/verdict-mark.tsx";
import { Icon } from "../../parts/icon.tsx";
import { axisOf, isMeasuredAxis } from "../../state/axes.ts";
import { hrefOf } from "../../state/route.ts";
import type { MeasuredRun } from "../../state/measured.ts";
import { runTitle } from "../../state/runs.ts";
import { toggleCompared } from "../../state/training.ts";
import { useLab } from "../../state/use-lab.ts";
import { Answers } from "./answers.tsx";
import { sideFold, useFolds } from "./folds.ts";
import styles from "./sides-card.module.css";

interface SidesProps {
  readonly run: MeasuredRun;
  readonly beside: readonly MeasuredRun[];
}

/** The five sides, worst first: answer, distance from held-out patients in margins, what was found, how many measures say what. */
export function SidesCard({ run, beside }: SidesProps) {
  const { report } = run;
  return (
    <section className="card" aria-label="Five sides">
      <Beside run={run} />
      <div className={styles.side} data-head>
        <span>Worst first</span>
        <span>Against held-out patients</span>
        <span className={styles.picture}>
          <MarginScale />
        </span>
        <span className={styles.legend}>
          <MarginKeys other={beside.length > 0} />
        </span>
        <span className={styles.right}>Deciding measures</span>
      </div>
      {report.axes.map((side) => (
        <Side key={side.family} side={side} beside={beside} />
      ))}
      <p className={styles.foot}>
        {RULE} <a href={hrefOf("leaderboard")}>All runs side by side</a>
      </p>
    </section>
  );
}

function Side({ side, beside }: Pick<SidesProps, "beside"> & { readonly side: Axis }) {
  const folds = useFolds();
  const { family } = side;
  const { name } = sides[family];
  const others = beside.flatMap(({ report, number }): OtherLoss[] => {
    const axis = axisOf(report, family);
    return axis === undefined ? [] : [{ name: String(number), loss: axis.loss, margin: axis.margin }];
  });
  return (
    <button
      type="button"
      className={styles.side}
      data-verdict={side.verdict}
      data-side={family}
      title={`Open the measures of ${name.toLowerCase()}`}
      onClick={() => folds.show(sideFold(family))}
    >
      <span className={styles.name}>{name}</span>
      <span className={styles.mark}>
        <VerdictMark verdict={side.verdict} />
      </span>
      <span className={styles.picture}>
        {(isMeasuredAxis(side) || others.length > 0) && (
          <MarginPlot
            name={name}
            loss={isMeasuredAxis(side) ? side.loss : undefined}
            margin={isMeasuredAxis(side) ? side.margin : 1}
            others={others}
          />
        )}
      </span>
      <span className={styles.sentence}>{side.sentence}</span>
      <Answers counts={side.answers} />
      <Icon name="down" />
    </button>
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
        </button>
      ))}
    </div>
  );
}
