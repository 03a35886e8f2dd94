import type { Report } from "../../../core/lab/comparison.ts";
import type { Verdict } from "../../../core/metrics/metric.ts";
import { fixed } from "../../charts/format.ts";
import { plainTick, RangePlot, RangeScale, valueAxis } from "../../charts/range-plot.tsx";
import { VerdictMark } from "../../charts/verdict-mark.tsx";
import styles from "./compare.module.css";
import { EvidenceTable } from "./evidence-table.tsx";
import { evidenceProps } from "./evidence-nav.tsx";
import { measured, type Measured, type Models } from "./measured.ts";

/** A model trained on synthetic rows beside one trained on real rows, both judged on held-out real rows. */
export function UtilitySection({ report }: { report: Report }) {
  const ok = measured(report).filter(({ info }) => info.family === "utility");
  const skipped = report.metrics.flatMap(({ info, result }) =>
    info.family === "utility" && result.status === "skipped" ? [{ info, reason: result.reason }] : [],
  );
  const target = report.target === undefined ? "the target" : report.target;
  const unit = ok.flatMap(({ result }) => (result.detail?.type === "models" ? [result.detail.unit] : []))[0];
  return (
    <section {...evidenceProps("utility")} className={`card ${styles.section}`} aria-label="Utility">
      <header>
        <h2>Utility</h2>
        {ok.length > 0 && (
          <p>
            Predict {target} for held-out real rows{unit === undefined ? "" : ` (${unit})`}
          </p>
        )}
      </header>
      {ok.map((metric) => (
        <ModelRows key={metric.info.id} metric={metric} />
      ))}
      {skipped.map(({ info, reason }) => (
        <p key={info.id} className={styles.reason}>
          <b>{info.name} was not measured.</b> {reason}
        </p>
      ))}
      {ok.length + skipped.length === 0 && (
        <p className={styles.reason}>No measure of utility was asked for.</p>
      )}
    </section>
  );
}

/** A predictor's own mark: within reference when its interval reaches that of the real one. */
function verdictOf(row: Models["rows"][number], whole: Verdict): Verdict {
  if (row.syntheticInterval.high >= row.realInterval.low) return "within";
  return whole === "within" ? "close" : whole;
}

function ModelRows({ metric }: { metric: Measured }) {
  const { result } = metric;
  if (result.detail?.type !== "models") return <p className={styles.reason}>{result.sentence}</p>;
  const { rows } = result.detail;
  const axis = valueAxis(
    rows.flatMap((row) => [
      { value: row.real, interval: row.realInterval },
      { value: row.synthetic, interval: row.syntheticInterval },
    ]),
    plainTick,
  );
  return (
    <>
      <EvidenceTable label="Models trained on real and on synthetic rows" plots>
        <thead>
          <tr>
            <th scope="col">Model</th>
            <th className={styles.plotCell}>
              <RangeScale axis={axis} />
            </th>
            <th scope="col">Trained on real</th>
            <th scope="col">on synthetic</th>
            <th scope="col">Loss</th>
            <th>
              <span className="vh">Verdict</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.name}>
              <th scope="row">{row.name}</th>
              <td className={styles.plotCell}>
                <RangePlot
                  axis={axis}
                  height={36}
                  synthetic={{ value: row.synthetic, interval: row.syntheticInterval }}
                  reference={{ value: row.real, interval: row.realInterval }}
                  label={`${row.name}: ${fixed(row.synthetic, 3)} trained on synthetic, ${fixed(row.real, 3)} on real rows`}
                />
              </td>
              <td className={styles.ofReal}>{fixed(row.real, 3)}</td>
              <td className={styles.ofSynthetic}>{fixed(row.synthetic, 3)}</td>
              <td>{fixed(row.real - row.synthetic, 3)}</td>
              <td className={styles.markCell}>
                <VerdictMark verdict={verdictOf(row, result.verdict)} word={false} />
              </td>
            </tr>
          ))}
        </tbody>
      </EvidenceTable>
      <p className={styles.reason}>{result.sentence}</p>
    </>
  );
}
