import type { Plane, PlanePoint } from "../../../../core/report/plane.ts";
import { fixed } from "../../../../core/words/numbers.ts";
import { planeSentences } from "../../../../core/words/plane-words.ts";
import { PlaneChart, PlaneKeys, PointMark } from "../../../charts/plane/plane-chart.tsx";
import type { MeasuredRun } from "../../../state/measured.ts";
import { askPlane } from "../../../state/plane/plane.ts";
import { useLab } from "../../../state/use-lab.ts";
import { AskOrWait } from "./ask-or-wait.tsx";
import { CoarsenedSection } from "./coarsened-section.tsx";
import { NotCovered } from "./not-covered.tsx";
import styles from "./plane.module.css";
import { SweepSection } from "./sweep-section.tsx";

/** k of the coarsened table that stands in the list; all of them stand in the table below. */
const LISTED_K = 10;

/** Privacy risk against use: this run, those beside it, the real rows as they are and coarsened. For the asking. */
export function PlaneSection({ run }: { run: MeasuredRun }) {
  const plane = useLab((state) => state.plane.planes[run.run]);
  const hasTable = useLab((state) => state.table !== null);
  if (run.fromFile || run.madeElsewhere === true || (plane === undefined && !hasTable)) return null;
  return (
    <>
      {plane === undefined ? <Asked run={run} /> : <PlaneCard run={run} plane={plane} />}
      <SweepSection run={run} />
      {plane !== undefined && <CoarsenedSection run={run.run} plane={plane} />}
      {run.report.run.guarantee !== undefined && <NotCovered />}
    </>
  );
}

function Asked({ run }: { run: MeasuredRun }) {
  return (
    <section className={`card ${styles.sec}`} aria-label="Risk and use">
      <header>
        <h2>Risk and use</h2>
        <p>
          How much an attacker gains against how useful the rows are: this run, the runs beside it,
          independent columns, and the real table as it is and coarsened until k patients look alike. The
          attacks and models of this report are used on all of them.
        </p>
      </header>
      <AskOrWait run={run.run} what="plane" ask={() => askPlane(run.run)}>
        Draw the plane
      </AskOrWait>
    </section>
  );
}

function PlaneCard({ run, plane }: { run: MeasuredRun; plane: Plane }) {
  const there = useLab(
    (state) => state.runs.filter((one) => one.report !== undefined && one.tableId === run.tableId).length,
  );
  const drawn = plane.points.filter(({ kind }) => kind === "run").length;
  return (
    <section className={`card ${styles.plane}`} aria-label="Risk and use">
      <div className={styles.picture}>
        <header>
          <h2>Risk and use</h2>
          <PlaneKeys />
        </header>
        {plane.use === undefined ? (
          <p className="q">Use could not be measured on the held-out patients, so no plane can be drawn.</p>
        ) : (
          <PlaneChart plane={plane} />
        )}
      </div>
      <aside className={styles.aside} aria-label="What the plane says">
        {planeSentences(plane).map((said, i) => (
          <p key={i} className={i === 0 ? "" : styles.quiet}>
            {said.map(({ text, strong }, k) => (strong ? <b key={k}>{text}</b> : text))}
          </p>
        ))}
        <PointList plane={plane} />
        <p className={styles.foot}>
          Bars are 95% intervals over the {plane.heldOut.toLocaleString("en-US")} held-out patients or rows;
          runs with a guarantee hold out their own.
          {plane.attacks.length > 0 && ` Attacks tried on all: ${plane.attacks.join(", ")}.`}
        </p>
        {there > drawn && (
          <AskOrWait run={run.run} what="plane" ask={() => askPlane(run.run)}>
            Draw again with new runs
          </AskOrWait>
        )}
      </aside>
    </section>
  );
}

function PointList({ plane }: { plane: Plane }) {
  const listed = plane.points.filter(
    ({ coarsened }) => coarsened === undefined || (coarsened.by === "all" && coarsened.k === LISTED_K),
  );
  const rank = ({ id, kind }: PlanePoint): number =>
    id === plane.run ? 0 : { run: 1, coarsened: 2, real: 3, independent: 4 }[kind];
  return (
    <table className={styles.points}>
      <caption className="vh">Points of the plane</caption>
      <thead>
        <tr>
          <th scope="col">
            <span className="vh">Mark</span>
          </th>
          <th scope="col">This table’s runs</th>
          <th scope="col">Risk</th>
          <th scope="col">Use</th>
        </tr>
      </thead>
      <tbody>
        {listed
          .toSorted((a, b) => rank(a) - rank(b))
          .map((point) => (
            <tr key={point.id} data-on={point.id === plane.run || undefined}>
              <td>
                <PointMark point={point} />
              </td>
              <th scope="row">{nameOf(point)}</th>
              <td>{point.risk === undefined ? <Unmeasured /> : fixed(point.risk.value, 2)}</td>
              <td>{point.use === undefined ? <Unmeasured /> : fixed(point.use.value, 3)}</td>
            </tr>
          ))}
      </tbody>
    </table>
  );
}

const Unmeasured = () => <span className={styles.unmeasured}>not measurable</span>;

const nameOf = ({ name, guarantee }: PlanePoint): string =>
  guarantee === undefined
    ? name
    : `${name}, ε ${guarantee.epsilon}${guarantee.seeded === true ? " (not private)" : ""}`;
