import type { Report } from "../../../core/lab/comparison.ts";
import { fixed, percent } from "../../charts/format.ts";
import { percentTick, plainTick, RangePlot, valueAxis } from "../../charts/range-plot.tsx";
import { VerdictMark } from "../../charts/verdict-mark.tsx";
import styles from "./compare.module.css";
import { EvidenceTable } from "./evidence-table.tsx";
import { evidenceProps } from "./evidence-nav.tsx";
import { measured, type Measured } from "./measured.ts";

/** Whether synthetic rows are nearer to the rows that were learned from than held-out rows would be. */
export function PrivacySection({ report }: { report: Report }) {
  const rows = measured(report).filter(({ info }) => info.family === "privacy");
  const skipped = report.metrics.flatMap(({ info, result }) =>
    info.family === "privacy" && result.status === "skipped" ? [{ info, reason: result.reason }] : [],
  );
  return (
    <section {...evidenceProps("privacy")} className={`card ${styles.section}`} aria-label="Privacy">
      <header>
        <h2>Privacy</h2>
        <p>What was measured, not a promise; the dotted line is chance</p>
      </header>
      {rows.length > 0 && (
        <EvidenceTable label="Measures of privacy" plots>
          <thead>
            <tr>
              <th scope="col">Measure</th>
              <th className={styles.plotCell}>
                <span className="vh">Range</span>
              </th>
              <th scope="col">Chance</th>
              <th scope="col">Held-out</th>
              <th scope="col">Synthetic</th>
              <th>
                <span className="vh">Verdict</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <PrivacyRow key={row.info.id} row={row} />
            ))}
          </tbody>
        </EvidenceTable>
      )}
      {rows.map(({ info, result }) => (
        <p key={info.id} className={styles.reason}>
          {result.sentence}
        </p>
      ))}
      {skipped.map(({ info, reason }) => (
        <p key={info.id} className={styles.reason}>
          <b>{info.name} was not measured.</b> {reason}
        </p>
      ))}
      {rows.length + skipped.length === 0 && (
        <p className={styles.reason}>No measure of privacy was asked for.</p>
      )}
    </section>
  );
}

function PrivacyRow({ row: { info, result } }: { row: Measured }) {
  const share = info.range[0] === 0 && info.range[1] === 1;
  const write = (value: number): string => (share ? percent(value, value < 0.1 ? 2 : 1) : fixed(value, 3));
  const chance = info.better === "middle" ? info.ideal : undefined;
  const marks = [
    { value: result.value, interval: result.interval },
    { value: result.baseline.value, interval: result.baseline.interval },
    ...(chance === undefined ? [] : [{ value: chance, interval: { low: chance, high: chance } }]),
  ];
  const axis = valueAxis(marks, share ? percentTick : plainTick, info.range);
  return (
    <tr>
      <th scope="row">{info.name}</th>
      <td className={styles.plotCell}>
        <RangePlot
          axis={axis}
          height={34}
          ticks
          gridlines={false}
          synthetic={{ value: result.value, interval: result.interval }}
          reference={result.baseline}
          {...(chance === undefined ? {} : { chance })}
          label={`${info.name}: synthetic ${write(result.value)}, held-out real ${write(result.baseline.value)}`}
        />
      </td>
      <td>{chance === undefined ? "–" : write(chance)}</td>
      <td className={styles.ofReal}>{write(result.baseline.value)}</td>
      <td className={styles.ofSynthetic}>{write(result.value)}</td>
      <td className={styles.markCell}>
        <VerdictMark verdict={result.verdict} word={false} />
      </td>
    </tr>
  );
}
