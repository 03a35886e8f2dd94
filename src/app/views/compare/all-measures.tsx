import { useDeferredValue, useMemo, useState, type ReactNode } from "react";
import type { Family } from "../../../core/metrics/metric.ts";
import type { Report } from "../../../core/report/report.ts";
import { byCriterion } from "../../../core/words/criterion.ts";
import { sides } from "../../../core/words/sides.ts";
import { count, plural } from "../../../core/words/numbers.ts";
import { answerCounts } from "../../../core/words/unanswered.ts";
import { ColumnFilterContext } from "../../charts/columns/column-filter.ts";
import { MarginScale } from "../../charts/margin-plot.tsx";
import { Icon } from "../../parts/icon.tsx";
import type { MeasuredRun } from "../../state/measured.ts";
import styles from "./all-measures.module.css";
import { Answers } from "./answers.tsx";
import { CourseFolds } from "./courses/course-folds.tsx";
import { ColumnsSection } from "./columns-section.tsx";
import { ExposedCard } from "./exposed-card.tsx";
import { Fold } from "./fold.tsx";
import { goodFold, partFold, sideFold, useFolds } from "./folds.ts";
import { foundIn, type Found, type MetricRow } from "./found.ts";
import { IncidenceFold } from "./incidence-section.tsx";
import { MapSection } from "./map-section.tsx";
import { MeasureLine } from "./measure-line.tsx";
import { MethodsSection } from "./methods-section.tsx";
import { RelationshipsSection } from "./relationships-section.tsx";
import { RiskCard } from "./risk-card.tsx";
import { ShadowCard } from "./shadow-card.tsx";

interface AllMeasuresProps {
  readonly run: MeasuredRun;
  readonly all: boolean;
  toggleAll(): void;
}

/** Everything that was measured, folded: each side with a line for each measure, then columns, links, map and methods. */
export function AllMeasures({ run, all, toggleAll }: AllMeasuresProps) {
  const { report } = run;
  const [find, setFind] = useState("");
  // Typing stays quick: the list follows when there is time.
  const wanted = useDeferredValue(find);
  const found = useMemo(() => foundIn(report, wanted), [report, wanted]);
  const filter = useMemo(
    () => ({ find: wanted, names: new Set(report.columns.map(({ name }) => name)) }),
    [wanted, report],
  );
  const none = found.shown?.size === 0 && !found.columns;
  return (
    <section className={`card ${styles.all}`} aria-label="All measures">
      <div className={styles.bar}>
        <h2>All {plural(report.metrics.length, "measure")}, one line each</h2>
        <label className={styles.find}>
          <Icon name="find" />
          <input
            type="search"
            className="inp"
            placeholder="Find a measure or column"
            aria-label="Find a measure or column"
            data-key="/"
            value={find}
            onChange={(event) => setFind(event.target.value)}
          />
        </label>
        <button type="button" className="btn sm" data-key="e" aria-pressed={all} onClick={toggleAll}>
          {all ? "Close all" : "Open all"}
        </button>
      </div>
      {none && (
        <p className={styles.none} role="status">
          No measure and no column is called “{wanted.trim()}”.
        </p>
      )}
      <ColumnFilterContext value={filter}>
        {report.axes.map(({ family }) => (
          <SideFold key={family} family={family} run={run} found={found} />
        ))}
        <Parts run={run} found={found} />
      </ColumnFilterContext>
    </section>
  );
}

const isGood = ({ result }: MetricRow): boolean => result.status === "ok" && result.verdict === "good";

function SideFold({ family, run, found }: { family: Family; run: MeasuredRun; found: Found }) {
  const { report } = run;
  const own = report.metrics.filter(({ info }) => info.family === family);
  const shown = own.filter(({ info }) => found.shown?.has(info.id) ?? true);
  if (shown.length === 0) return null;
  const looking = found.shown !== undefined;
  return (
    <Fold
      id={sideFold(family)}
      title={sides[family].name}
      about={sides[family].asks}
      counts={<Answers counts={answerCounts(report, family)} />}
      found={looking}
    >
      <LineHead />
      {family === "privacy" ? (
        byCriterion(shown).map((group) => (
          <section key={group.name} aria-label={group.name}>
            <h3 className={styles.criterion}>
              {group.name} <span>{group.asks}</span>
            </h3>
            <Lines family={family} rows={group.rows} report={report} found={found} />
          </section>
        ))
      ) : (
        <Lines family={family} rows={shown} report={report} found={found} />
      )}
      {family === "privacy" && !looking && <PrivacyMore run={run} />}
    </Fold>
  );
}

function LineHead() {
  return (
    <div className={styles.line} data-head aria-hidden="true">
      <span>Measure</span>
      <span className={styles.number}>Synthetic</span>
      <span className={styles.number}>Held-out real</span>
      <span className={styles.number}>Margin</span>
      <span className={styles.picture}>
        <MarginScale />
      </span>
      <span>Answer</span>
    </div>
  );
}

interface LinesProps {
  readonly family: Family;
  readonly rows: readonly MetricRow[];
  readonly report: Report;
  readonly found: Found;
}

/** Worst first; those that are as good as held-out patients stay folded until they are asked for. */
function Lines({ family, rows, report, found }: LinesProps) {
  const folds = useFolds();
  const good = rows.filter(isGood);
  const others = rows.filter((row) => !isGood(row));
  const all = found.shown !== undefined || others.length === 0 || folds.open.has(goodFold(family));
  const lineOf = (row: MetricRow): ReactNode => (
    <MeasureLine key={row.info.id} row={row} report={report} found={found.inside.has(row.info.id)} />
  );
  return (
    <>
      {others.map(lineOf)}
      {all && good.map(lineOf)}
      {!all && good.length > 0 && (
        <p className={styles.more}>
          <button type="button" className="link s13" onClick={() => folds.toggle(goodFold(family))}>
            Show {count(good.length)} that {good.length === 1 ? "is" : "are"} as good as held-out patients
          </button>
        </p>
      )}
    </>
  );
}

function PrivacyMore({ run }: { run: MeasuredRun }) {
  const { risk } = run.report;
  const model = run.hasModel && !run.fromFile;
  if (risk === undefined && !model) return null;
  return (
    <div className={styles.behind}>
      {risk !== undefined && <RiskCard report={run.report} risk={risk} />}
      {model && <ShadowCard run={run.run} />}
      {model && <ExposedCard run={run.run} />}
    </div>
  );
}

/** What belongs to no single measure: every column, every pair, the map, the methods. */
function Parts({ run: { report, schema }, found }: { run: MeasuredRun; found: Found }) {
  const { correlations, columns, map, courses } = report;
  const order = schema.columns.map(({ name }) => name);
  const n = correlations.names.length;
  const looking = found.shown !== undefined;
  return (
    <>
      {courses !== undefined && <CourseFolds report={report} courses={courses} order={order} />}
      {(!looking || found.columns) && (
        <Fold
          id={partFold("columns")}
          title="Every column"
          about={`${plural(columns.length, "column")} ${courses === undefined ? "" : "of all visits "}as charts, real beside synthetic, worst first`}
          found={found.columns}
        >
          <ColumnsSection report={report} order={order} />
        </Fold>
      )}
      {!looking && (
        <>
          <Fold
            id={partFold("relationships")}
            title="Relationships"
            about={`How strongly ${plural((n * (n - 1)) / 2, "pair")} of columns go together`}
          >
            <RelationshipsSection report={report} />
          </Fold>
          {map !== undefined && map.maps.length > 0 && (
            <Fold id={partFold("map")} title="Map of rows" about="Where synthetic rows lie among real ones">
              <MapSection comparison={map} />
            </Fold>
          )}
          <IncidenceFold report={report} />
          <Fold
            id={partFold("methods")}
            title="How it was measured"
            about="What each measure is, by whom, and how long it took"
          >
            <MethodsSection report={report} />
          </Fold>
        </>
      )}
    </>
  );
}
