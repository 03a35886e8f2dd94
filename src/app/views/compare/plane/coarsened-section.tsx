import { useState } from "react";
import type { CoarsenedBy, Plane, PlanePoint } from "../../../../core/report/plane.ts";
import { count, fixed, intervalWords, percent } from "../../../../core/words/numbers.ts";
import { coarsenedByWords, coarsenedSentences, unitWords } from "../../../../core/words/plane-words.ts";
import { lookCoarsened } from "../../../state/plane/plane.ts";
import { useLab } from "../../../state/use-lab.ts";
import { CoarsenedExport } from "./coarsened-export.tsx";
import styles from "./plane.module.css";

type Point = PlanePoint & { readonly coarsened: NonNullable<PlanePoint["coarsened"]> };

/** What people do today: the real table with fewer details, and what that costs and protects. */
export function CoarsenedSection({ run, plane }: { run: string; plane: Plane }) {
  const points = plane.points.flatMap((point): Point[] =>
    point.coarsened === undefined ? [] : [{ ...point, coarsened: point.coarsened }],
  );
  const offered = (["known", "all"] as const).filter((by) =>
    points.some(({ coarsened }) => coarsened.by === by),
  );
  const [chosen, setChosen] = useState<CoarsenedBy>("known");
  const by = offered.includes(chosen) ? chosen : offered[0];
  if (by === undefined) return null;
  const who = by === "all" ? "every column but the target" : coarsenedByWords(by, plane.known);
  return (
    <section className={`card ${styles.sec}`} aria-label="Coarsen the real table">
      <header>
        <h2>What people do today: coarsen the real table</h2>
        <p>k-anonymity (Mondrian): every patient shares {who} with at least k − 1 others</p>
      </header>
      {offered.length > 1 && (
        <span className={`seg ${styles.seg}`} role="group" aria-label="Which columns are coarsened">
          {offered.map((one) => (
            <button
              key={one}
              type="button"
              className={one === by ? "on" : ""}
              aria-pressed={one === by}
              onClick={() => setChosen(one)}
            >
              {one === "known" ? "What an outsider knows" : "Every column but the target"}
            </button>
          ))}
        </span>
      )}
      <CoarsenedTable
        run={run}
        plane={plane}
        points={points.filter(({ coarsened }) => coarsened.by === by)}
      />
      {coarsenedSentences(plane, by).map((sentence) => (
        <p key={sentence} className={styles.say}>
          {sentence}
        </p>
      ))}
      {by === "known" && plane.knownNote !== undefined && <p className={styles.foot}>{plane.knownNote}</p>}
      <p className={styles.foot}>
        Detail lost: the normalised certainty penalty (Xu et al. 2006), a group’s range or set of levels over
        the whole table’s, averaged over rows and coarsened columns. Least variety, l: the fewest different
        values of the target in a group. Risk: the attacks above, which know every column.
      </p>
      <CoarsenedExport run={run} />
    </section>
  );
}

interface TableProps {
  readonly run: string;
  readonly plane: Plane;
  readonly points: readonly Point[];
}

function CoarsenedTable({ run, plane, points }: TableProps) {
  const exporting = useLab((state) => state.plane.coarsening);
  const hasTable = useLab((state) => state.table !== null);
  return (
    <div className={styles.scroll} role="group" aria-label="k-anonymity, scrolls sideways" tabIndex={0}>
      <table className={styles.coarsened}>
        <thead>
          <tr>
            <th scope="col">k</th>
            <th scope="col">Rows left out</th>
            <th scope="col">Detail lost</th>
            <th scope="col">Least variety, l</th>
            <th scope="col">Found by what is coarsened</th>
            <th scope="col">Risk</th>
            <th scope="col">{plane.use === undefined ? "Use" : unitWords(plane.use)}</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {points.map(({ id, coarsened, risk, use }) => (
            <tr key={id}>
              <th scope="row">{coarsened.k}</th>
              <td>
                {count(coarsened.leftOut)} of {count(coarsened.rows + coarsened.leftOut)}
              </td>
              <td>{percent(coarsened.detailLost, 0)}</td>
              <td>{coarsened.variety === undefined ? "–" : count(coarsened.variety)}</td>
              <td>{percent(coarsened.found)}</td>
              <td>
                {risk === undefined ? (
                  "not measurable"
                ) : (
                  <>
                    <span className={styles.real}>{fixed(risk.value, 2)}</span>{" "}
                    {intervalWords(risk.interval, (value) => fixed(value, 2))}
                  </>
                )}
              </td>
              <td className={styles.real}>{use === undefined ? "not measurable" : fixed(use.value, 3)}</td>
              <td>
                <button
                  type="button"
                  className="link"
                  disabled={!hasTable}
                  aria-expanded={exporting?.k === coarsened.k && exporting.by === coarsened.by}
                  aria-label={`Export the table at k = ${coarsened.k}`}
                  onClick={() => lookCoarsened(run, coarsened.k, coarsened.by)}
                >
                  Export
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
