import { realRowsWords } from "../../../core/words/real-rows.ts";
import type { Report } from "../../../core/report/report.ts";
import { duration, fixed } from "../../../core/words/numbers.ts";
import { heldOutWords, rowsWords } from "../../../core/words/visits.ts";
import { isMadeElsewhere, madeWords } from "../../charts/made.ts";
import { VerdictMark } from "../../charts/verdict-mark.tsx";
import { EvidenceTable } from "../../charts/evidence/evidence-table.tsx";
import evidence from "../../charts/evidence/evidence.module.css";
import { useFirstRows } from "../../charts/evidence/more-rows.tsx";
import styles from "./compare.module.css";

/** What each score is, in whose words it is defined, and what it was before it became a score. */
export function MethodsSection({ report }: { report: Report }) {
  const { run, shape, notes } = report;
  // A measure's own note stands with the measure.
  const told = new Set(
    report.metrics.flatMap(({ result }) => (result.status === "ok" ? (result.note ?? []) : [])),
  );
  const { shown, foot } = useFirstRows(report.metrics);
  return (
    <div className={styles.section}>
      <header>
        <p>
          {madeWords(run)}.{" "}
          {isMadeElsewhere(run)
            ? shape.train === 0 || shape.holdout === 0
              ? `Compared with ${realRowsWords(shape)}.`
              : `Compared with ${rowsWords(shape.train, shape.trainPatients)} to train with and ${heldOutWords(shape)} held out.`
            : `Learned from ${rowsWords(shape.train, shape.trainPatients)}; ${heldOutWords(shape)} were held out before anything was fitted.`}
        </p>
      </header>
      <EvidenceTable label="Every measure">
        <thead>
          <tr>
            <th scope="col">Measure</th>
            <th scope="col" className={evidence.words}>
              What it is
            </th>
            <th scope="col">Held-out</th>
            <th scope="col">Synthetic</th>
            <th scope="col">Time</th>
            <th>
              <span className="vh">Verdict</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ info, result, seconds }) => (
            <tr key={info.id}>
              <th scope="row">{info.name}</th>
              <td className={evidence.words}>
                {info.summary} <span className="q3">{info.reference}</span>
              </td>
              {result.status === "ok" ? (
                <>
                  <td className={evidence.ofReal}>{fixed(result.baseline.value, 3)}</td>
                  <td className={evidence.ofSynthetic}>{fixed(result.value, 3)}</td>
                </>
              ) : (
                <td colSpan={2} className="q3">
                  not measured
                </td>
              )}
              <td>{duration(seconds)}</td>
              <td className={evidence.markCell}>
                {result.status === "ok" && <VerdictMark verdict={result.verdict} word={false} />}
              </td>
            </tr>
          ))}
        </tbody>
      </EvidenceTable>
      {foot}
      <ul className={styles.notes}>
        {notes
          .filter((note) => !told.has(note))
          .map((note) => (
            <li key={note}>{note}</li>
          ))}
      </ul>
    </div>
  );
}
