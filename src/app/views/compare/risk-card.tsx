import { useId, useState } from "react";
import type { Report, SummaryRisk } from "../../../core/report/report.ts";
import { fixed, intervalWords, percent } from "../../../core/words/numbers.ts";
import { RangePlot } from "../../charts/range-plot.tsx";
import { percentTick, valueAxis } from "../../../core/shapes/range-shape.ts";
import { keepRiskThreshold, riskThreshold } from "../../state/settings.ts";
import { NumberField } from "../../parts/number-field.tsx";
import { measureHref } from "../../state/address.ts";
import { standingOf, standingWords } from "./risk-words.ts";
import styles from "./risk-card.module.css";

const write = (share: number): string => percent(share, 1);

/** The highest attack risk beside the one that the person accepts. */
export function RiskCard({ report, risk }: { report: Report; risk: SummaryRisk }) {
  const [threshold, setThreshold] = useState(riskThreshold);
  const field = useId();
  const { value, interval, attack, measured } = risk;
  const name = report.metrics.find(({ info }) => info.id === attack)?.info.name ?? attack;
  const standing = standingOf(risk, threshold);
  const axis = valueAxis([{ value: 0 }, { value, interval }, { value: threshold }], percentTick, [0, 1]);
  const set = (next: number): void => {
    setThreshold(next);
    keepRiskThreshold(next);
  };
  return (
    <div
      className={styles.risk}
      role="group"
      aria-label="Summary risk"
      data-above={standing.above || undefined}
    >
      <div>
        <h3>Summary risk</h3>
        <p className={styles.number}>
          <b>{write(value)}</b>
          <span>{intervalWords(interval, write)}</span>
        </p>
        <p className={styles.quiet}>
          {measured === 1
            ? "From the one attack that could be measured: "
            : `The highest of ${measured} attacks: `}
          <a href={measureHref(attack)}>{name}</a>
        </p>
      </div>
      <div>
        <RangePlot
          axis={axis}
          height={36}
          ticks
          gridlines={false}
          synthetic={{ value, interval }}
          chance={threshold}
          label={`Summary risk ${write(value)}, 95% interval ${intervalWords(interval, write)}; threshold ${write(threshold)}.`}
        />
        <p className={styles.standing} aria-live="polite">
          {standingWords(standing, fixed(threshold, threshold < 0.1 ? 3 : 2).replace(/0$/, ""))}
        </p>
      </div>
      <div className={styles.threshold}>
        <label htmlFor={field}>Highest risk you accept, dotted</label>
        <NumberField id={field} value={threshold} min={0.001} max={0.999} step={0.01} set={set} />
        <p className={styles.quiet}>
          0.09 is the convention of the European Medicines Agency and Health Canada for released clinical
          data. It was not derived for synthetic data. The risk is that of the attacks that were tried; others
          may do better.
        </p>
      </div>
    </div>
  );
}
